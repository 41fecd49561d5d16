"""How Danish business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        faktura nr | fak nr | fakt nr | kreditnota nr | bilagsnr | bilag nr | dokumentnr | regningsnr |
        regning nr | kvitteringsnr | kvittering nr | fakturaens nr | faktura id | salgsfaktura nr |
        kreditfaktura nr | rykkernr | vor faktura | kredit nr | salgs nr
    """,
    Role.TITLE_NUMBER: """
        faktura | kreditnota | regning | kvittering | salgsfaktura | kreditfaktura
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        kobsordre | indkobsordre | indkobsordrenr | rekvisition | rekvisitionsnr | rekv nr | deres ordre |
        deres ordrenr | jeres ordrenr | jeres ordre | kundens ordrenr | kundeordrenr | bestillingsnr |
        bestilling nr | kobsordrenr | ordrereference | jeres bestilling | deres bestilling | deres bestillingsnr
        | indkobsnr | deres rekvisition | deres rekvisitionsnr | rekvnr | indkobs ordrenr | ordreref |
        deres ordrereference | jeres indkobsordre | jeres reference nr
    """,
    Role.ORDER: """
        ordrenr | ordre nr | ordre | ordre id
    """,
    Role.SELLER_ORDER: """
        vores ordrenr | vores ordre | vor ordre | vort ordrenr | vor ordrenr | salgsordre | salgsordrenr |
        sagsnr | sag nr | arbejdsordre | ordrebekraeftelse | ordrebekraeftelse nr | bekraeftelses nr
    """,
    Role.BUYER_REFERENCE: """
        deres ref | deres reference | jeres ref | jeres reference | kundereference | kunderef | rekvirent |
        koberreference | koberref | personreference | deres ref nr | ordregiver | kobers reference |
        kundens reference | bestilt af
    """,
    Role.REFERENCE: """
        referencenr
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        vedr faktura | vedrorende faktura | krediterer faktura | oprindelig faktura | tidligere faktura |
        krediteret faktura | kreditering af faktura | vedr faktura nr | oprindelig fakturanr |
        kreditering faktura | ref faktura | vedrorer faktura | til faktura | vedrorende fakturanr |
        krediterer fakturanr | modregnes faktura | krediteret fakturanr | vedrorer fakturanr | udligner faktura
        | ref faktura nr
    """,
    Role.ISSUE_DATE: """
        fakturadato | fakt dato | udstedelsesdato | udstedt | udstedt den | bilagsdato | kreditnotadato |
        faktura dato | regningsdato | fak dato | udstedelses dato | dok dato | dags dato | dato for udstedelse |
        dokumentdato | fakturadato date | fakturadag | faktureringsdato | kredit dato | krediteringsdato |
        notadato
    """,
    Role.DATE: """
        dato | den
    """,
    Role.DUE_DATE: """
        forfaldsdato | forfald | forfalder | betales senest | sidste rettidige betaling | betalingsfrist |
        forfaldsdag | sidste rettidige betalingsdato | forfalder til betaling | betal senest | betaling senest |
        seneste betaling | sidste betalingsdato | betalingsdato | forfalden | senest den |
        sidste rettidige betalingsdag | betales senest den | forfalder den | seneste betalingsdato | senest |
        betalingsfrist senest | netto senest | forf dato | senest betaling | rettidig betaling |
        til betaling den
    """,
    Role.DELIVERY_DATE: """
        leveringsdato | leveret | lev dato | levering | leveret den | leveringsdag | onsket leveringsdato |
        forventet leveringsdato | onsket levering | leverings dato | leveringstidspunkt | leveres |
        forventet levering | afsendelsesdato | leveringstid | leverancedato
        | leveres senest | leveres inden | levering senest | onskes leveret | skal leveres
    """,
    Role.ORDER_DATE: """
        ordredato | bestillingsdato | ordre dato | bestilt | bestilt den | kobsdato | indkobsdato
    """,
    Role.VAT_ID: """
        momsnr | moms nr | se nr | cvr moms nr | cvr momsnr | moms reg nr | momsregistreringsnr | vat cvr nr |
        moms | moms id | cvr se nr | vat se nr
    """,
    Role.SELLER_VAT_ID: """
        vores cvr | leverandor cvr | saelgers momsnr | vort momsnr | vores momsnr | vort cvr nr
    """,
    Role.BUYER_VAT_ID: """
        deres cvr | kundens cvr | kobers cvr | deres momsnr | kundens momsnr | deres cvr nr | kundens cvr nr |
        kunde cvr | kobers momsnr | jeres cvr | jeres cvr nr | kobers cvr nr | kunde cvr nr | cvr nr kunde |
        deres vat nr | kundens vat nr | deres se nr
    """,
    Role.REGISTRATION_ID: """
        cvr | cvr nr | cvrnr | cvr nummer | cvr se | virksomhedsnr
    """,
    Role.ACCOUNT_NUMBER: """
        konto | kontonr | reg konto | reg nr konto | bankkonto | reg nr konto nr | reg kontonr | reg nr kontonr
        | bankkontonr | bank konto | reg nr og kontonr | kontonummer nr | til konto
    """,
    Role.PAYMENT_REFERENCE: """
        betalings id | betalingsid | betalingsreference | betalingsref | fik | fik nr | kortart | fi kort |
        indbetalingskort | betalingsnr | fi nr | indbetalings id | fi kreditornr | giro | girokort | fik kode |
        betalingskode | ocr linje | kodelinje | kortart id | ved betaling angiv
    """,
    Role.PAYMENT_TERMS: """
        betalingsbetingelser | betalingsbetingelse | bet betingelser | betalingsvilkar | betaling |
        betalings betingelser | bet betingelse | betalingsaftale | betalingsbet
    """,
    Role.SELLER: """
        leverandor | saelger | fra | afsender | udsteder | saelger navn | leverandornavn | udstedt af |
        leveret af | forhandler | betalingsmodtager | til leverandor | leverandoradresse | ordre til |
        bestilles hos
        | ordre til leverandor | bestilt hos
    """,
    Role.BUYER: """
        kunde | faktureres til | fakturamodtager | kober | faktureringsadresse | fakturaadresse | faktura til |
        modtager | til | faktureret til | kundenavn | bestiller | sendt til | kobers navn | fakturadresse |
        kreditnota til | fakturering | betaler
        | faktura udstedt til | udstedt til | fakturaen udstedt til
        | modtaget fra
    """,
    Role.SHIP_TO: """
        leveres til | leveringsadresse | leveret til | leverings adresse | varemodtager | leveringssted |
        lev adresse | sendes til | lev adr | leveres hos
    """,
    Role.NAME: """
        navn | firmanavn
    """,
    Role.ADDRESS: """
        adresse | gade | postnr | by | land
    """,
    Role.OTHER_PARTY: """
        bank | kontaktperson | att | kontakt | saelger ref | pengeinstitut | vor ref | vores ref |
        vores reference | vor reference | speditor | fragtmand | bemaerkninger | bemaerkning | projekt |
        kontohaver | vores kontakt | kasserer | bankforbindelse | betalingsoplysninger | bankoplysninger |
        byggeplads | vedr | sagsnavn | sagsbehandler | leveringsbetingelser | lev bet | leveringsbetingelse |
        leveringsbet | incoterms | leveringsvilkar | fragtbetingelser | leveringsmade | forsendelsesmade |
        fragtforer | sendes med | lev made | betalingsmade | betalingsmetode | betalingsform | betalt med |
        bet made | betales via | betalingstype | betalingsmiddel | vores bank | banknavn | bankkonto i |
        belobsmodtager | kreditornavn | betales til | overfores til | betal via bank | bankoverforsel |
        indbetaling | belobet bedes indbetalt pa
    """,
    Role.OTHER_NUMBER: """
        kundenr | kunde nr | kundeid | debitornr | folgeseddel | folgeseddelnr | leverandornr | kontraktnr |
        aftalenr | side | ean nr | gln nr | projektnr | tilbudsnr | medlemsnr | kreditornr | varenr |
        lokationsnr | ean lokationsnr | sagsnr | sag | abonnementsnr | installationsnr | malernr | kunde id |
        pakkeseddel | ean nummer | reg nr | debitor nr | sporingsnr | forsendelsesnr | momssats | varenummer |
        ean lok nr | overslag nr | tilbud nr | folgesedels nr | leverance nr | leverings nr | pakkeseddel nr |
        debitorkonto | kundekonto | rammeaftale nr | police nr | aftale | valutakode | fakturavaluta | montfod |
        alle belob i | belob i | bruttovaegt | nettovaegt | samlet vaegt | vaegt kg | total vaegt | vaegt i alt
    """,
    Role.OTHER_DATE: """
        periode | udskrevet | gyldig til | startdato | slutdato | faktureringsperiode | abonnementsperiode |
        udskriftsdato | modtaget | betalt den | gaeldende fra | folgeseddeldato | kontantrabat for |
        for perioden | afregningsperiode | forbrugsperiode | ydelsesperiode | opkraevningsperiode
    """,
    Role.CONTACT: """
        tlf | telefon | mail | mobil | hjemmeside | e post | mailadresse | mail adr | webshop | kontaktpers
    """,
    Role.COLUMN: """
        beskrivelse | antal | enhedspris | enhed | stk pris | tekst | varebeskrivelse | a pris | pris | belob |
        varetekst
    """,
}
