"""How Dutch business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        factuurnr | factuur nr | creditnotanr | creditnota nr | creditfactuurnr | notanr | nota nr |
        factuurkenmerk | factuur id | fact nr | bonnr | onze factuur | kassabon nr | ontvangst nr
    """,
    Role.TITLE_NUMBER: """
        factuur | creditnota | creditfactuur | nota | verkoopfactuur
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        inkoopordernr | inkooporder | bestelnr | uw bestelnr | uw bestelling | uw ordernr | uw order |
        bestelling nr | bestelbon | inkoopnr | bestelling | bestelbonnr | bestelreferentie | uw inkoopordernr |
        uw inkooporder | uw po | inkoopreferentie | uw bestelbon | orderreferentie | uw opdracht nr |
        klantorder nr
    """,
    Role.ORDER: """
        ordernr | opdrachtnr | opdracht
    """,
    Role.SELLER_ORDER: """
        onze order | ons ordernr | onze referentie order | verkooporder | orderbevestiging | orderbevestiging nr
        | verkooporder nr | bevestigings nr | werkorder nr | werkbon nr
    """,
    Role.BUYER_REFERENCE: """
        uw referentie | uw kenmerk | uw ref | referentie klant | klantreferentie | kopersreferentie |
        referentie koper | besteld door | kostenplaats | aanvrager | contactpersoon klant
    """,
    Role.REFERENCE: """
        referentie | kenmerk | referentienr
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        oorspronkelijke factuur | voorgaande factuur | eerdere factuur | betreft factuur | originele factuur |
        credit op factuur | inzake factuur | oorspronkelijk factuurnr | betreft factuurnr |
        gecrediteerde factuur | origineel factuurnr | credit voor factuur | credit van factuur |
        factuurreferentie | correctie op factuur | ref factuur | creditering factuur
    """,
    Role.ISSUE_DATE: """
        factuurdatum | datum factuur | documentdatum | opgemaakt op | datum van uitgifte | creditnotadatum |
        factuur datum | uitgiftedatum | creditdatum | notadatum | dagtekening | boekingsdatum | fact datum |
        datum van factuur | boekdatum | factuurdatum date | datum creditnota
    """,
    Role.DATE: """
        datum | d d
    """,
    Role.DUE_DATE: """
        vervaldatum | vervaldag | te betalen voor | uiterste betaaldatum | betalen voor | betaaldatum |
        uiterste betaaldag | te voldoen voor | betaling voor | verval datum | uiterlijk | uiterlijk op |
        voor of op | betalen uiterlijk | te betalen uiterlijk | uiterlijk te betalen op | betaling uiterlijk |
        verv datum | uiterlijk betalen op | betaal voor | vervalt op
    """,
    Role.DELIVERY_DATE: """
        leverdatum | afleverdatum | leveringsdatum | levering | geleverd op | gewenste leverdatum |
        leverings datum | levertijd | leverdag | verwachte levering | verzenddatum
        | leveren voor | te leveren voor | leveren uiterlijk | levering uiterlijk | nodig op | vereist op |
        gewenst op
    """,
    Role.ORDER_DATE: """
        besteldatum | orderdatum | aankoopdatum | bestel datum | besteld op | datum bestelling | opdrachtdatum |
        order d d
    """,
    Role.VAT_ID: """
        btw nr | btw id | btw | btw identificatienr | btw nr nl | btw id nr | btwnr | btw nummer nl |
        btw identificatie nr
    """,
    Role.SELLER_VAT_ID: """
        ons btw nr | btw nr leverancier | btw nr verkoper | onze btw
    """,
    Role.BUYER_VAT_ID: """
        uw btw nr | btw nr klant | btw klant | btw nr afnemer | uw btw id | btw nr koper | klant btw nr | uw btw
        | btw nr opdrachtgever
    """,
    Role.REGISTRATION_ID: """
        kvk | kvk nr | kvknr | k v k | kamer van koophandel | kvk nummer | handelsregister kvk | k v k nr |
        ondernemingsnr
    """,
    Role.BUYER_REGISTRATION_ID: """
        uw kvk | kvk klant
    """,
    Role.IBAN: """
        iban rekening
    """,
    Role.ACCOUNT_NUMBER: """
        rekeningnr | bankrekening | rekening | bankrekeningnr | rek nr
    """,
    Role.PAYMENT_REFERENCE: """
        betalingskenmerk | betaalreferentie | gestructureerde mededeling | betalingsreferentie | mededeling |
        acceptgiro | betaalkenmerk | o v v | onder vermelding van
    """,
    Role.PAYMENT_TERMS: """
        betalingsvoorwaarden | betalingscondities | betaaltermijn | betalingstermijn | betalingsconditie |
        betaalvoorwaarden | betalingsvoorwaarde | bet conditie | betaalconditie | bet voorw
    """,
    Role.SELLER: """
        bedrijf | verkoper | leverancier | van | afzender | opdrachtnemer | crediteur | afkomstig van |
        leveranciersadres | aan leverancier | order aan | besteld bij
        | maak de betalingen over aan | gelieve te betalen aan | gelieve over te maken aan |
        te bestellen bij
    """,
    Role.BUYER: """
        klant | koper | factuuradres | afnemer | factuur aan | opdrachtgever | aan | gefactureerd aan |
        factureren aan | debiteur | geadresseerde | klantgegevens | facturatieadres | klantnaam | factuur voor |
        factuurontvanger | ontvanger
        | factuur uitgereikt aan | uitgereikt aan
        | ontvangen van
    """,
    Role.SHIP_TO: """
        afleveradres | leveradres | verzendadres | bezorgadres | leveren aan | geleverd aan | verzonden aan |
        afleveren aan | afleveren op | plaats van levering
    """,
    Role.NAME: """
        naam | bedrijfsnaam
    """,
    Role.ADDRESS: """
        adres | postadres | bezoekadres | straat | postcode | plaats | land
    """,
    Role.OTHER_PARTY: """
        bank | contactpersoon | onze referentie | ten name van | t n v | t a v | ons kenmerk | onze ref |
        behandeld door | tenaamstelling | contact | opmerkingen | bankgegevens | verkoper naam | betreft |
        project | omschrijving werk | uw project | vertegenwoordiger | leveringsvoorwaarden | leveringsconditie
        | lev conditie | leverconditie | vrachtconditie | lev voorw | verzendwijze | verzending | vervoerder |
        verzonden via | leveringswijze | betaalwijze | betaalmethode | betalingswijze | betaald met |
        betaald per | betaling via | wijze van betaling | betaalmiddel | onze bank | bankrelatie | banknaam |
        naam bank | bankrek bij | rekeninghouder | op naam van | betaalgegevens | betalingsgegevens |
        betaling op | betalen aan | over te maken op | rekeninggegevens | betaalinformatie
    """,
    Role.OTHER_NUMBER: """
        klantnr | pakbon | pakbonnr | leveranciersnr | contractnr | pagina | debiteurnr | projectnr | offertenr
        | relatienr | dossiernr | klant nr | debiteur nr | verzendnr | bladzijde | artikelnr | zending |
        btw tarief | leveringsbon | zendingnr | abonnementsnr | aanbiedings nr | prijsopgave nr | leverbon nr |
        levering nr | afleverbon nr | vrachtbrief nr | klantcode | raamcontract nr | polis nr | lidmaatschaps nr
        | overeenkomst nr | valutacode | factuurvaluta | alle bedragen in | bedragen in | munteenheid |
        brutogewicht | totaal gewicht
    """,
    Role.OTHER_DATE: """
        afgedrukt op | geldig tot | factuurperiode | periode van | printdatum | ingangsdatum | pakbondatum |
        over de periode | facturatieperiode | contractperiode | verbruiksperiode
    """,
    Role.CONTACT: """
        telefoon | mobiel | tel nr | telefoonnr | e mailadres | mailadres | webadres | ter attentie van
    """,
    Role.COLUMN: """
        omschrijving | aantal | prijs | stuksprijs | eenheid | bedrag | prijs per stuk
    """,
}
