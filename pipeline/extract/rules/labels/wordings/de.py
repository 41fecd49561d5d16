"""How German business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        rechnungsnr | rechnung nr | re nr | rg nr | rgnr | renr | rechn nr | belegnr | beleg nr | gutschriftsnr
        | gutschriftnr | gutschrift nr | dokumentnr | dokument nr | rechnungskorrektur nr | rechnungs id |
        nr der rechnung | korrekturrechnung nr | stornorechnung nr | schlussrechnung nr | quittungsnr |
        rechnungsnr nr | unsere rechnung | gs nr | storno nr | korrektur nr | kassenbon nr | quittung nr
    """,
    Role.TITLE_NUMBER: """
        rechnung | gutschrift | handelsrechnung | rechnungskorrektur | stornorechnung | schlussrechnung |
        quittung | abschlagsrechnung | teilrechnung | korrekturrechnung | kaufmannische gutschrift
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        bestellnr | bestellung | ihre bestellung | ihre bestellnr | bestellung nr | ihre bestell nr |
        kundenbestellung | kundenbestellnr | bestellreferenz | ihre best nr | ihre bestellung nr |
        bestell nr kunde | bestellungsnr | ihr auftrag | ihre auftragsnr | bestellnr kunde | auftragsreferenz |
        kunden bestellnr | ihr auftrag nr | auftragsnr kunde | kundenauftragsnr | einkaufsbestellung |
        bestellbezug | bestell id | unsere bestellung | ihre order
    """,
    Role.ORDER: """
        auftragsnr | auftrag nr | auftrag | auftrags nr
    """,
    Role.SELLER_ORDER: """
        unsere auftragsnr | unser auftrag | unsere auftrags nr | verkaufsauftrag | kommissionsnr | kommission |
        auftragsbestatigung | auftragsbestatigung nr | unsere auftragsbestatigung | ab nr | bestatigungsnr |
        auftr nr
    """,
    Role.BUYER_REFERENCE: """
        ihr zeichen | ihre referenz | kundenreferenz | kauferreferenz | leitweg id | referenz des kaufers |
        ihre nachricht | ihre zeichen | kunden referenz | kundenzeichen | ihr zeichen nr | leitweg |
        ihre referenznr | bestellt durch
    """,
    Role.REFERENCE: """
        referenz | referenznr | zeichen
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        zu rechnung | ursprungliche rechnung | zur rechnung | bezug rechnung | rechnungsbezug |
        rechnungsreferenz | originalrechnung | bezieht sich auf die rechnung | vorherige rechnung |
        gutschrift zu rechnung | korrektur zu rechnung | vorangegangene rechnung | vorausgegangene rechnung |
        urspr rechnung | zu rechnung nr | zur rechnung nr | betrifft rechnung | bezugsrechnung |
        ursprungliche rechnungsnr | fur rechnung nr | storno zu rechnung | stornierung der rechnung |
        stornierte rechnung | zu rechnungsnr | originalrechnungsnr | ursprungsrechnung | storno zu |
        originalrechnung nr
    """,
    Role.ISSUE_DATE: """
        rechnungsdatum | belegdatum | ausstellungsdatum | rechnung vom | rg datum | re datum | gutschriftsdatum
        | gutschriftdatum | dokumentdatum | rechnungs datum | ausgestellt am | datum der rechnung |
        rechnungsdatum leistungsdatum | erstellt am | rechnungsstellung | korrekturdatum | gutschrift vom
    """,
    Role.DATE: """
        datum | vom | dato
    """,
    Role.DUE_DATE: """
        fallig am | falligkeit | faelligkeit | falligkeitsdatum | fallig | zahlbar bis | zahlungsziel |
        zu zahlen bis | zahlung bis | zahlungsfrist | zahlungsdatum | zahlbar bis zum | falligkeitstag |
        fallig zum | bis zum | netto bis | netto bis zum | ohne abzug bis | ohne abzug bis zum | rein netto bis
        | netto kasse bis | netto zahlbar bis | faellig am | faellig | zahlbar bis spatestens | spatestens bis |
        bis spatestens | zahlbar am | faelligkeitsdatum | zu begleichen bis | zahlung fallig am |
        zu zahlen bis zum | bitte zahlen bis | nettofalligkeit | zahltermin | uberweisen bis | fallig bis |
        zahlungstermin | falligkeitstermin
        | bezahlbar bis | zu bezahlen bis | zahlungsziel bis | bitte bezahlen bis
    """,
    Role.DELIVERY_DATE: """
        lieferdatum | leistungsdatum | liefer und leistungsdatum | leistungszeitpunkt | lieferung am |
        liefertermin | leistung am | liefer leistungsdatum | lieferdatum leistungsdatum | liefertag |
        wunschliefertermin | leistungs lieferdatum | geliefert am | leistungs und lieferdatum | lieferzeitpunkt
        | leistungstag | lieferung | versanddatum | wunschtermin
        | lieferbar bis | zu liefern bis | lieferung bis | liefern bis | spatester liefertermin |
        liefertermin bis
    """,
    Role.ORDER_DATE: """
        bestelldatum | auftragsdatum | bestellung vom | datum der bestellung | auftrag vom | bestellt am |
        best datum
    """,
    Role.VAT_ID: """
        ust id nr | ust id | ustid | ust idnr | uid | uid nr | mwst nr | umsatzsteuer id |
        umsatzsteuer identifikationsnr | ust ident nr | umsatzsteuer id nr | umsatzsteueridentifikationsnr |
        mwst id | ust nr | uid nummer | ust identifikationsnr | atu nr | mwst idnr | ust id nr lieferant |
        umsatzsteuer idnr | ustidnr | ust identnr | mwst id nr
    """,
    Role.SELLER_VAT_ID: """
        unsere ust idnr | unsere ust id nr | ust idnr verkaufer | unsere ust id | ust id nr verkaufer |
        ust idnr lieferant
    """,
    Role.BUYER_VAT_ID: """
        ust idnr kunde | ihre ust idnr | ust id kunde | kunden ust id | ust id nr kunde | ihre ust id nr |
        ust id des kaufers | ihre uid | ihre ust id | ust idnr des kunden | ust id nr des kunden |
        ust idnr kaufer | ust id nr kaufer | kunden uid | ihre ustidnr | kunden ust idnr | kunden ust id nr |
        ust id nr des kaufers | ust idnr des leistungsempfangers | ihre uid nr | ust id nr empfanger
    """,
    Role.REGISTRATION_ID: """
        hrb | handelsregister | hr nr | handelsregisternr | hra | registernr | hrb nr | firmenbuch nr | fn |
        firmenbuchnr | amtsgericht hrb | handelsregister nr | registergericht | hrb nummer
    """,
    Role.ACCOUNT_NUMBER: """
        kto nr | konto nr | ktonr | bankkonto nr | kto
    """,
    Role.PAYMENT_REFERENCE: """
        verwendungszweck | zahlungsreferenz | zahlungszweck | buchungsreferenz | strukturierte referenz |
        zahlreferenz | qr referenz | zahlungs referenz | kassenzeichen | bitte angeben | zahlungsgrund |
        verw zweck
    """,
    Role.PAYMENT_TERMS: """
        zahlungsbedingungen | zahlungsbedingung | zahlungskonditionen | zahlungsvereinbarung | zahlbedingungen |
        zahlungsweise | zahlungskondition | zahlbar | zahlungsbed
    """,
    Role.SELLER: """
        verkaufer | lieferant | von | absender | aussteller | rechnungssteller | leistungserbringer |
        auftragnehmer | leistender unternehmer | rechnungsaussteller | zahlungsempfanger | kreditor |
        lieferantenadresse | bestellung an | lieferantenanschrift
        | zahlungen bitte an | bestellt bei | zu bestellen bei
    """,
    Role.BUYER: """
        kaufer | kunde | rechnungsempfanger | rechnungsadresse | rechnung an | leistungsempfanger | an |
        empfanger | auftraggeber | besteller | kaufer leistungsempfanger | rechnungsanschrift | kundenadresse |
        firma | kundenname | herrn | frau | rechnungsempfangende | kundenanschrift | rechnung fur |
        fakturiert an | vertragspartner | fakturaadresse
        | rechnung ausgestellt an | ausgestellt an
        | erhalten von
    """,
    Role.SHIP_TO: """
        lieferadresse | lieferanschrift | lieferung an | warenempfanger | abweichender warenempfanger |
        versandadresse | geliefert an | lieferempfanger | abweichende lieferanschrift | leistungsort | lieferort
        | abweichende lieferadresse
    """,
    Role.NAME: """
        name | firmenname
    """,
    Role.ADDRESS: """
        anschrift | adresse | strasse | ort | plz | sitz | land | sitz der gesellschaft | plz ort | postleitzahl
    """,
    Role.OTHER_PARTY: """
        kontoinhaber | kontoname | ansprechpartner | abweichender zahlungsempfanger | bearbeiter |
        sachbearbeiter | geschaftsfuhrer | bankverbindung | unser zeichen | unsere referenz | vertreter |
        verkaufer nr | inhaber | spediteur | versandart | projekt | bemerkungen | bemerkung | geschaftsfuhrerin
        | betreff | ihr ansprechpartner | ihr ansprechpartnerin | kreditinstitut | objekt | bauvorhaben |
        lieferbedingungen | lieferbedingung | versandbedingung | frachtbedingung | lief bed | lieferart |
        versandweg | versand durch | frachtfuhrer | zahlungsart | zahlweise | bezahlt mit | zahlart |
        zahlungsmittel | zahlungsmethode | zahlung per | hausbank | unsere bank | bankinstitut | geldinstitut |
        begunstigter | zugunsten von | kto inhaber | zahlungsinformationen | uberweisung an | bankdaten |
        zahlungsdaten | bitte uberweisen an | unsere bankverbindung | kontoverbindung |
        zahlbar durch
    """,
    Role.OTHER_NUMBER: """
        kundennr | kunden nr | kd nr | kdnr | lieferscheinnr | lieferschein | lieferantennr | vertragsnr |
        vertrag | seite | steuernr | st nr | projektnr | angebotsnr | lieferavis | angebot | mitgliedsnr |
        lieferant nr | ihre kundennr | ihre nr | nummer kunde | vertragskonto | blz | globale nr | debitor nr |
        kundennr id | zahlerstand | zahlernr | versicherungsnr | policennr | sendungsnr | steuer nr | lief nr |
        artikelnr | art nr | ihre kunden nr | unsere lieferantennr | vorgangsnr | vorgang | lieferantennr nr |
        kostenstelle | kunden id | kundenkonto | debitorennr | debitor | versandnr | wareneingang | glaubiger id
        | glaubiger identifikationsnr | mandatsreferenz | steuersatz | rabatt | wareneingangsnr | auftragsart |
        objektnr | kennzeichen | transaktionsnr | filialnr | kassennr | vertragskontonr | rahmenvertrag |
        lieferscheinnr vom | angebot nr | kv nr | ls nr | vertrag nr | abo nr | rechnungswahrung |
        alle betrage in | betrage in | wahrungscode | wahr | belegwahrung | gesamtgewicht | bruttogewicht |
        nettogewicht | gew kg | gewicht kg | versandgewicht
    """,
    Role.OTHER_DATE: """
        abrechnungszeitraum | leistungszeitraum | lieferzeitraum | zeitraum | druckdatum | gultig bis | erstellt
        | zeitraum von | buchungsdatum | lieferscheindatum | lieferschein vom | skonto bis | abrechnungsperiode
        | eingangsdatum | stand | mahndatum | liefer leistungszeitraum | rechnungszeitraum | fur den zeitraum |
        verbrauchszeitraum
    """,
    Role.CONTACT: """
        telefon | telefax | mobil | fon | mail | homepage | rufnr | tel fax | e mail adresse | webseite |
        zu handen
    """,
    Role.COLUMN: """
        bezeichnung | menge | einzelpreis | beschreibung | einheit | gesamtpreis | pos | nettobetrag |
        nettopreis | leistung | preis | betrag
    """,
}
