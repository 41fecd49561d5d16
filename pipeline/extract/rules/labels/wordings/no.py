"""How Norwegian business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        bilag nr | kreditfaktura nr | kreditnotanr | dokument nr | var faktura | bong nr
    """,
    Role.TITLE_NUMBER: """
        kreditnota
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        innkjopsordre | innkjopsordrenr | bestnr | best nr | rekvisisjon | rekvisisjonsnr | bestilling |
        ordrereferanse | kundens bestillingsnr | deres innkjopsordre | innkjops nr | deres best nr
    """,
    Role.ORDER: """
        ordrenr
    """,
    Role.SELLER_ORDER: """
        var ordre | vart ordrenr | salgsordre | salgsordrenr | saksnr | ordrebekreftelse | ordrebekreftelse nr |
        bekreftelse nr | var ordre nr | oppdrags nr | arbeidsordre nr
    """,
    Role.BUYER_REFERENCE: """
        deres referanse | kjopers referanse | kundereferanse | bestiller | deres ref | bestilt av | kundens ref
    """,
    Role.REFERENCE: """
        referanse | referansenr
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        opprinnelig faktura | gjelder faktura | kreditering av faktura | opprinnelig fakturanr |
        kreditert faktura | gjelder fakturanr | motpost faktura
    """,
    Role.ISSUE_DATE: """
        utstedelsesdato | utstedt | fakturadato | kreditnota dato | utskriftsdato | utstedt dato
    """,
    Role.DUE_DATE: """
        forfallsdato | forfall | betales innen | forfaller | betalingsfrist | forfallsdag | innen |
        ma betales innen | forfalldato | betalingsforfall | siste betalingsdato
    """,
    Role.DELIVERY_DATE: """
        levert | leveringsdato | onsket leveringsdato | leveransedato | levert dato
        | leveres innen | levering innen | onskes levert | onsket levert | leveres senest
    """,
    Role.ORDER_DATE: """
        bestillings dato | bestilt dato | innkjopsdato | best dato
    """,
    Role.VAT_ID: """
        mva nr | mvanr | org nr mva | mva | foretaksnr mva
    """,
    Role.BUYER_VAT_ID: """
        kundens orgnr | deres orgnr | kjopers orgnr | kundens mva nr | deres org nr | kundens org nr
    """,
    Role.REGISTRATION_ID: """
        org nr | orgnr | organisasjonsnr | foretaksregisteret | foretaksnr | org
    """,
    Role.ACCOUNT_NUMBER: """
        kontonr | bankkontonr | til konto | betales til konto | bankkonto nr
    """,
    Role.PAYMENT_REFERENCE: """
        kid | kid nr | kidnr | betalingsreferanse | kid kode | merk betalingen | kundeidentifikasjon |
        merkes med | kundeid kid
    """,
    Role.PAYMENT_TERMS: """
        betalingsbetingelser | betalingsvilkar | bet bet
    """,
    Role.SELLER: """
        selger | leverandor | fra | utsteder | avsender | betalingsmottaker | fakturautsteder
        | bestilles hos | bestilt hos | bestilling til
    """,
    Role.BUYER: """
        kjoper | fakturamottaker | fakturaadresse | kunde | mottaker | faktureres | kundens navn | kundeadresse
        | faktura utstedt til | utstedt til
        | mottatt fra
    """,
    Role.SHIP_TO: """
        leveringsadresse | leveres til | levert til | leveringssted | vareadresse | varemottaker
    """,
    Role.NAME: """
        firma
    """,
    Role.ADDRESS: """
        besoksadresse | poststed
    """,
    Role.OTHER_PARTY: """
        vår ref | kontaktperson | var referanse | selger ref | prosjekt | merknad | transportor | byggeplass |
        prosjektnavn | saksbehandler | kundeansvarlig | var kontakt | lev betingelser | fraktvilkar |
        leveringsmate | lev mate | forsendelsesmate | fraktmate | betalingsmate | bet mate | var bank |
        bankens navn | konto i | kontoeier | innbetales til | betalingsinformasjon | bankopplysninger |
        kontoopplysninger | innbetaling | betalingsopplysninger
    """,
    Role.OTHER_NUMBER: """
        kundenr | pakkseddel | leverandornr | avtalenr | side | prosjektnr | tilbudsnr | medlemsnr | avdeling |
        folgeseddel | malernr | anleggsnr | pakkseddelnr | kunde id | kontraktsnr | varenr | mva sats |
        anbuds nr | sendings nr | fraktbrev nr | kundekode | avtale | rammeavtale nr | polise nr | alle belop i
        | belop i | valutasort | myntenhet | bruttovekt | nettovekt | total vekt | vekt kg | sum vekt
    """,
    Role.OTHER_DATE: """
        utskrevet | fakturaperiode | avtaleperiode | gjelder periode | avregningsperiode | forbruksperiode
    """,
    Role.CONTACT: """
        tlf nr | epost | sentralbord | e postadresse | nettside | internett | webside
    """,
    Role.COLUMN: """
        antall | enhetspris | enhet | belop | varebeskrivelse
    """,
}
