"""How Swedish business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        fakt nr | faktura nr | kreditfakturanr | verifikationsnr | fakturans nr | kvittonr | rakning nr |
        kreditering | kop nr
    """,
    Role.TITLE_NUMBER: """
        kreditfaktura | kvitto | kundfaktura
    """,
    Role.NUMBER: """
        nmr
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        inkopsorder | inkopsordernr | bestallningsnr | bestallning nr | bestallning | er order | ert ordernr |
        er ordernr | kundens ordernr | er bestallning | ert bestallningsnr | er bestallningsnr | inkopsnr |
        ert inkopsordernr | ert order nr | orderreferens | er inkopsorder | kundordernr | best nr | ert po nr |
        ert best nr
    """,
    Role.ORDER: """
        ordernr | order nr
    """,
    Role.SELLER_ORDER: """
        var order | vart ordernr | salgsorder | var ordernr | arbetsorder | arendenr | orderbekraftelse |
        orderbekraftelse nr | bekraftelse nr | ordererkannande nr | uppdrags nr | arbetsorder nr
    """,
    Role.BUYER_REFERENCE: """
        er referens | er ref | kundreferens | koparens referens | bestallarreferens | ert referensnr |
        kundens referens | ert referens | bestallt av
    """,
    Role.REFERENCE: """
        referens | referensnr
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        avser faktura | krediterar faktura | ursprunglig faktura | tidigare faktura | ursprungligt fakturanr |
        krediterad faktura | avser fakturanr | kredit av faktura | kreditering av fakturanr | ursprungsfaktura |
        krediterar fakturanr | faktura som krediteras
    """,
    Role.ISSUE_DATE: """
        fakturadatum | utfardandedatum | fakturans datum | utfardad | fakt datum | kvittodatum |
        kreditfakturadatum | utstalld | utskriftsdatum | verifikationsdatum | fakturadatum date |
        faktureringsdatum | fakturadat | kreditdatum | krediteringsdatum | kred datum
    """,
    Role.DATE: """
        datum
    """,
    Role.DUE_DATE: """
        forfallodatum | forfallodag | forfaller | betalas senast | att betala senast | oss tillhanda senast |
        betalningsdag | sista betalningsdag | forf datum | betalas senast den | oss tillhanda |
        sista betalningsdatum | senast | tillhanda senast | betalningsdatum | att betala senast den |
        betala senast | sista bet dag
    """,
    Role.DELIVERY_DATE: """
        leveransdatum | lev datum | levererad | leveransdag | leverans | onskat leveransdatum | leveransdat |
        utleveransdatum | levererat | beraknad leverans | leveranstid
        | levereras senast | leverans senast | levereras fore | onskas levererad | levereras innan
    """,
    Role.ORDER_DATE: """
        orderdatum | bestallningsdatum | bestalld | bestallt den | inkopsdatum
    """,
    Role.VAT_ID: """
        momsreg nr | momsregnr | vat nummer | momsregistreringsnr | moms vat nr | vat momsreg nr |
        moms registreringsnr | vatnr | momsregistrerings nr | eu moms nr
    """,
    Role.SELLER_VAT_ID: """
        vart momsreg nr | vart vat nr | vart momsregnr | leverantorens vat nr
    """,
    Role.BUYER_VAT_ID: """
        ert vat nr | ert momsreg nr | kundens vat nr | ert momsregnr | kundens momsregnr | er vat nr |
        koparens vat nr | er momsregnr | ert momsregistreringsnr | koparens momsregnr | kundens momsreg nr |
        vat nr kund | er momsreg nr
    """,
    Role.REGISTRATION_ID: """
        organisationsnr | org nr | org nummer | orgnr
    """,
    Role.BUYER_REGISTRATION_ID: """
        kundens orgnr | ert orgnr | kundens organisationsnr | ert organisationsnr
    """,
    Role.ACCOUNT_NUMBER: """
        bankgiro | plusgiro | bg | pg | bankgironr | plusgironr | kontonr | bank giro | bg nr | postgiro
    """,
    Role.PAYMENT_REFERENCE: """
        ocr | ocr nr | ocrnr | ocr referens | betalningsreferens | ocr nummer | ange ocr |
        referens vid betalning | betalningsref | referensnr ocr | ocr referensnr | meddelande |
        ange vid betalning
    """,
    Role.PAYMENT_TERMS: """
        betalningsvillkor | bet villkor | betalvillkor | betalningsvilkor | betalningstid | bet vilk |
        betalningsvillk | kreditvillkor
    """,
    Role.SELLER: """
        foretag | saljare | leverantor | fran | avsandare | utfardare | leverantorens namn | betalningsmottagare
        | utstallare | leverantorsadress | till leverantor | bestalls hos | order till
        | bestalles hos | bestalld hos | bestallning till
    """,
    Role.BUYER: """
        kund | kopare | faktureringsadress | fakturaadress | fakturamottagare | till | mottagare |
        fakturera till | faktura till | bestallare | kundens namn | kundadress | faktureras till | betalare
        | faktura utfardad till | utfardad till | faktureras
        | faktura utstalld till | utstalld till
        | mottaget fran
    """,
    Role.SHIP_TO: """
        leveransadress | levereras till | godsmottagare | lev adress | leverans till | levadress |
        leverans adress | leveransmottagare | leveransplats | godsadress | varumottagare
    """,
    Role.NAME: """
        namn | foretag | foretagsnamn
    """,
    Role.ADDRESS: """
        adress | postadress | besoksadress | ort | postnr | sate
    """,
    Role.OTHER_PARTY: """
        var referens | kontakt | kontaktperson | var ref | godsmarke | handlaggare | projekt | leveranssatt |
        transportsatt | godsmarkning | anmarkning | ert marke | leveransvillkor | lev villkor |
        leveransbetingelser | lev vilk | fraktvillkor | lev satt | fraktsatt | skickas med | betalningssatt |
        betalsatt | betalningsmetod | bet satt | betalas via | betalningstyp | betalform | banknamn |
        bankkontakt | bankens namn | kontoinnehavare | betalas till | bet mottagare | inbetalning till |
        betalningsinformation | betala till | bankuppgifter | betalningsuppgifter | kontouppgifter
    """,
    Role.OTHER_NUMBER: """
        kundnr | kund nr | kundid | foljesedel | foljesedelnr | leverantorsnr | avtalsnr | sida | projektnr |
        offertnr | medlemsnr | kontraktsnr | anlaggnings id | sid | artikelnr | sparningsnr | art nr |
        foljesedels nr | matarnr | kundkod | momssats | glnnr | fraktsedelsnr | artnr | prisforslag nr |
        leverans nr | packsedel nr | sandnings nr | fraktsedel nr | kundkonto | avtal | abonnemangs nr |
        ramavtal nr | forsakrings nr | valutakod | alla belopp i | belopp i | valutaslag | bruttovikt |
        nettovikt | total vikt | vikt kg | sandningens vikt
    """,
    Role.OTHER_DATE: """
        utskriven | galler till | fakturaperiod | avtalsperiod | period | betald | avser period |
        faktureringsperiod | forbrukningsperiod | avlasningsperiod
    """,
    Role.CONTACT: """
        telefonnr | epost | mobil | hemsida | telefax | tel nr | vaxel | mejl | e postadress | webb | webbplats
        | webbadress
    """,
    Role.COLUMN: """
        benamning | antal | a pris | beskrivning | artikel | belopp | enhetspris
    """,
}
