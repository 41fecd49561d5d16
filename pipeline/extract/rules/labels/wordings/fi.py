"""How Finnish business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        laskun nr | lasku nr | laskunumero | laskunro | tosite nr | dokumentti nr | hyvityslaskun nr |
        hyvityslasku nr | hyvitys nr | kuitti nr | kuitin nr | myynti nr
    """,
    Role.TITLE_NUMBER: """
        lasku | hyvityslasku | kuitti | kateiskuitti
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        tilaus nr | ostotilaus nr | tilauksen nr | tilausnro | tilauksemme | hankinta nr | tilauksenne |
        tilausnumeronne | tilauksenne nro | asiakkaan tilaus nr | tilausnronne | tilausviite | ostotilauksenne |
        ostotilaus
    """,
    Role.ORDER: """
        tilausnumero | tilausnro | tilaus nr
    """,
    Role.SELLER_ORDER: """
        tilausvahvistus nr | vahvistus nr | myyntitilaus nr | vahvistuksen nro | tilausnumeromme | tyo nr |
        tyomaarain | toimeksianto
    """,
    Role.BUYER_REFERENCE: """
        viitteenne | asiakkaan viite | tilaaja | ostajan viite | tilaajan viite | yhteyshenkilonne |
        kustannuspaikka
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        hyvitetaan lasku | hyvitettava lasku | alkuperainen lasku | koskee laskua | hyvitys laskuun |
        viittaa laskuun | alkup laskunro | hyvitettavan laskun nro
    """,
    Role.ISSUE_DATE: """
        paivays | paivamaara | pvm | paivatty | laadittu | tositepaiva | tulostuspaiva | laskun paivays |
        laskun pvm | laskupaiva | laskun paivamaara | laskutuspaiva | laskupvm | hyvityspaiva |
        hyvityslaskun pvm
    """,
    Role.DATE: """
        paivays | pvm | paivamaara
    """,
    Role.DUE_DATE: """
        erapaiva | erapvm | maksettava viimeistaan | viimeinen maksupaiva | maksupaiva | maksettava | eraantyy
    """,
    Role.DELIVERY_DATE: """
        toimituspaiva | toimituspvm | toimitus | toimitettu | toimitusaika | toivottu toimitus | lahetyspaiva |
        toim pvm | toimituspaivamaara
    """,
    Role.ORDER_DATE: """
        tilauspaiva | tilauspvm | tilattu | tilauksen pvm | tilauspaivamaara | tilausaika
    """,
    Role.VAT_ID: """
        alv nro | alv tunnus | vat tunnus | y tunnus | alv rek | ostajan alv nro
    """,
    Role.BUYER_VAT_ID: """
        ostajan alv nr | ostajan y tunnus | asiakkaan y tunnus
    """,
    Role.REGISTRATION_ID: """
        y tunnus | ly tunnus | kaupparekisteri nr
    """,
    Role.IBAN: """
        tilin iban | iban tilinumero
    """,
    Role.ACCOUNT_NUMBER: """
        tilinumero | tilinro | pankkitili | tili
    """,
    Role.PAYMENT_REFERENCE: """
        viitenumero | viite nro | maksuviite | maksun viite | kayta maksaessasi viitetta
    """,
    Role.PAYMENT_TERMS: """
        maksuehto | maksuehdot | maksuaika | maksuehtomme | maksutapa ja ehto
    """,
    Role.SELLER: """
        yritys | myyja | laskuttaja | toimittaja | lahettaja | laskun lahettaja | palveluntarjoaja |
        toimittajan osoite | tavarantoimittaja | tilaus toimittajalle | toimittajalle
    """,
    Role.BUYER: """
        asiakas | ostaja | laskutusosoite | laskun saaja | laskutetaan | maksaja | laskutusasiakas | tilaaja |
        vastaanottaja
    """,
    Role.SHIP_TO: """
        toimitusosoite | toimitetaan | tavaran vastaanottaja | toimituspaikka | toim osoite |
        toimitus osoitteeseen | toimituskohde
    """,
    Role.NAME: """
        nimi | yrityksen nimi
    """,
    Role.ADDRESS: """
        osoite | postiosoite | kayntiosoite | postinumero | kotipaikka
    """,
    Role.OTHER_PARTY: """
        projekti | tyomaa | projekti nr | kohteen nimi | kasittelija | myyjan viite | yhteyshenkilomme |
        toimitusehto | toimitusehdot | toim ehto | toimituslauseke | rahtiehto | toim ehdot | toimitustapa |
        toim tapa | kuljetusliike | lahetystapa | rahdinkuljettaja | kuljetustapa | huolitsija | maksutapa |
        maksuvaline | suoritustapa | maksumuoto | maksettu kortilla | pankkiyhteys | saajan pankki | pankin nimi
        | pankkiyhteydet | tilipankki | pankkimme | saajan nimi | tilinomistaja | maksun saaja | maksutiedot |
        pankkiyhteystiedot | tilitiedot | maksu tilille | pankkitilit | maksuohjeet | saajan tilinumero
    """,
    Role.OTHER_NUMBER: """
        tarjous nr | tarjouksen nr | viitteemme | arvio nr | lahete nr | lahetteen nr | lahete | toimitus nr |
        lahetys nr | rahtikirja nr | kolli nr | asiakas nr | asiakasnro | asiakastunnus | asiakaskoodi | tili nr
        | asiakas id | sopimus nr | sopimuksen nr | puitesopimus nr | vakuutus nr | jasen nr | liittyma nr |
        valuuttakoodi | laskutusvaluutta | rahayksikko | summat valuutassa | rahalaji | bruttopaino | nettopaino
        | kokonaispaino | paino kg | paino yht
    """,
    Role.OTHER_DATE: """
        laskutuskausi | ajanjakso | laskutusjakso | ajalta | laskutusaika | sopimuskausi
    """,
    Role.CONTACT: """
        yhteyshenkilo | puhelin | puhelinnumero | matkapuh | sahkoposti | s posti | sahkopostiosoite | kotisivu
        | verkkosivu | kotisivut | www osoite | yht hlo | vast ott | yhteyshlo | kontakti
    """,
    Role.COLUMN: """
        kuvaus | maara | yksikko | yksikkohinta | a hinta | hinta | summa | nimike | tuote | selite | kpl
    """,
}
