"""The wordings business papers use for what they state, in en, da, no, sv, de, fr, nl, es and it.

Plain data: one line per language, alternatives parted by "|". "nr" stands for every way to write "number"; blanks,
accents, case and punctuation do not count, so "faktura nr" also covers "Fakturanr." and "FAKTURANUMMER:".
"""

from enum import StrEnum


class Role(StrEnum):
    """What a label announces. The roles under "not fields" are known so that their values are not taken for others."""

    INVOICE_NUMBER = "invoice_number"
    TITLE_NUMBER = "title_number"
    NUMBER = "number"
    PURCHASE_ORDER_REFERENCE = "purchase_order_reference"
    ORDER = "order"
    SELLER_ORDER = "seller_order"
    BUYER_REFERENCE = "buyer_reference"
    REFERENCE = "reference"
    PRECEDING_INVOICE_REFERENCE = "preceding_invoice_reference"
    ISSUE_DATE = "issue_date"
    DATE = "date"
    DUE_DATE = "due_date"
    DELIVERY_DATE = "delivery_date"
    ORDER_DATE = "order_date"
    VAT_ID = "vat_id"
    SELLER_VAT_ID = "seller_vat_id"
    BUYER_VAT_ID = "buyer_vat_id"
    REGISTRATION_ID = "registration_id"
    BUYER_REGISTRATION_ID = "buyer_registration_id"
    IBAN = "iban"
    BIC = "bic"
    ACCOUNT_NUMBER = "account_number"
    PAYMENT_REFERENCE = "payment_reference"
    PAYMENT_TERMS = "payment_terms"
    SELLER = "seller"
    BUYER = "buyer"
    SHIP_TO = "ship_to"
    NAME = "name"
    ADDRESS = "address"
    # not fields
    OTHER_PARTY = "other_party"
    OTHER_NUMBER = "other_number"
    OTHER_DATE = "other_date"
    CONTACT = "contact"
    COLUMN = "column"


WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        en: invoice nr | invoice id | inv nr | invoice reference | invoice ref | tax invoice nr | bill nr
          | document nr | credit note nr | credit memo nr | credit nr | receipt nr | invoice code | doc nr
          | sales invoice nr | nr of invoice | invoice reference nr | credit invoice nr | invoice document nr
          | tax invoice id | statement nr
        da: faktura nr | fak nr | fakt nr | kreditnota nr | bilagsnr | bilag nr | dokumentnr | regningsnr | regning nr
          | kvitteringsnr | kvittering nr | fakturaens nr | faktura id | salgsfaktura nr | kreditfaktura nr | rykkernr
        no: bilag nr | kreditfaktura nr | kreditnotanr | dokument nr
        sv: fakt nr | faktura nr | kreditfakturanr | verifikationsnr | fakturans nr | kvittonr
        de: rechnungsnr | rechnung nr | re nr | rg nr | rgnr | renr | rechn nr | belegnr | beleg nr | gutschriftsnr
          | gutschriftnr | gutschrift nr | dokumentnr | dokument nr | rechnungskorrektur nr | rechnungs id
          | nr der rechnung | korrekturrechnung nr | stornorechnung nr | schlussrechnung nr | quittungsnr
          | rechnungsnr nr
        fr: facture nr | nr facture | nr de facture | nr de la facture | nr d avoir | avoir nr | nr avoir
          | nr de l avoir | reference facture | ref facture | facture ref | nr de document | nr document | document nr
          | nr de piece | facture d acompte nr | nr recu | reference de la facture
        nl: factuurnr | factuur nr | creditnotanr | creditnota nr | creditfactuurnr | notanr | nota nr
          | factuurkenmerk | factuur id | fact nr | bonnr
        es: factura nr | nr factura | nr de factura | nr fra | fra nr | nr de abono | abono nr | nr documento
          | num factura | nr de documento | codigo factura | factura rectificativa nr | nr de la factura
          | numero factura
        it: fattura nr | nr fattura | nr documento | documento nr | nota di credito nr | nr doc | nr nota di credito
          | fattura numero | nr della fattura | numero del documento | nr del documento | fatt nr
    """,
    Role.TITLE_NUMBER: """
        en: invoice | tax invoice | credit note | credit memo | proforma invoice | sales invoice | receipt
          | commercial invoice
        da: faktura | kreditnota | regning | kvittering | salgsfaktura | kreditfaktura
        no: kreditnota
        sv: kreditfaktura | kvitto | kundfaktura
        de: rechnung | gutschrift | handelsrechnung | rechnungskorrektur | stornorechnung | schlussrechnung | quittung
          | abschlagsrechnung | teilrechnung | korrekturrechnung | kaufmannische gutschrift
        fr: facture | avoir | facture d avoir | facture d acompte | note de credit | recu
        nl: factuur | creditnota | creditfactuur | nota | verkoopfactuur
        es: factura | abono | factura rectificativa | recibo
        it: fattura | nota di credito | fattura di vendita | ricevuta
    """,
    Role.NUMBER: """
        en: nr
        sv: nmr
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        en: po nr | po | p o | po reference | po ref | purchase order | purchase order nr | your order nr | your order
          | po id | customer order nr | cust order nr | customer po | customer po nr | order reference | your po
          | your po nr | order ref | buyer order nr | buyers order nr | purchase order reference | customer order
          | purchase order id | your order ref | buyers order | cust po nr | customer order reference
          | customer purchase order | client po
        da: kobsordre | indkobsordre | indkobsordrenr | rekvisition | rekvisitionsnr | rekv nr | deres ordre
          | deres ordrenr | jeres ordrenr | jeres ordre | kundens ordrenr | kundeordrenr | bestillingsnr
          | bestilling nr | kobsordrenr | ordrereference | jeres bestilling | deres bestilling | deres bestillingsnr
          | indkobsnr | deres rekvisition | deres rekvisitionsnr | rekvnr | indkobs ordrenr | ordreref
          | deres ordrereference | jeres indkobsordre
        no: innkjopsordre | innkjopsordrenr | bestnr | best nr | rekvisisjon | rekvisisjonsnr | bestilling
          | ordrereferanse | kundens bestillingsnr | deres innkjopsordre
        sv: inkopsorder | inkopsordernr | bestallningsnr | bestallning nr | bestallning | er order | ert ordernr
          | er ordernr | kundens ordernr | er bestallning | ert bestallningsnr | er bestallningsnr | inkopsnr
          | ert inkopsordernr | ert order nr | orderreferens | er inkopsorder | kundordernr | best nr | ert po nr
        de: bestellnr | bestellung | ihre bestellung | ihre bestellnr | bestellung nr
          | ihre bestell nr | kundenbestellung | kundenbestellnr | bestellreferenz | ihre best nr | ihre bestellung nr
          | bestell nr kunde | bestellungsnr | ihr auftrag | ihre auftragsnr | bestellnr kunde | auftragsreferenz
          | kunden bestellnr | ihr auftrag nr | auftragsnr kunde | kundenauftragsnr | einkaufsbestellung
          | bestellbezug | bestell id
        fr: bon de commande | nr de commande | nr commande | commande nr | votre commande | votre commande nr
          | commande | reference commande | ref commande | nr bon de commande | bon de commande nr | bc nr
          | votre bon de commande | commande client | nr de commande client | votre nr de commande
          | reference de commande | votre nr commande | nr de bon de commande | commande d achat | ref de commande
          | reference de la commande
        nl: inkoopordernr | inkooporder | bestelnr | uw bestelnr | uw bestelling | uw ordernr | uw order
          | bestelling nr | bestelbon | inkoopnr | bestelling | bestelbonnr | bestelreferentie | uw inkoopordernr
          | uw inkooporder | uw po | inkoopreferentie | uw bestelbon | orderreferentie
        es: pedido nr | nr pedido | nr de pedido | su pedido | orden de compra | pedido cliente | pedido de compra
          | pedido | su pedido nr | oc nr | orden de compra nr | nr orden de compra | su nr de pedido | ref pedido
          | nr de orden de compra | referencia pedido | referencia de pedido | referencia del pedido
          | nr pedido cliente | s pedido
        it: ordine nr | nr ordine | ordine di acquisto | vs ordine | vostro ordine | rif ordine | ordine d acquisto
          | nr ordine d acquisto | ordine cliente | oda | oda nr | vs ordine nr | riferimento ordine | vs ord
          | ordine d acquisto nr | vostro ordine nr | ordine di acquisto nr | nr ordine di acquisto | ordine
          | rif ordine nr | rif vs ordine
    """,
    Role.ORDER: """
        en: order nr | order id | order | order number and date | order confirmation nr
        da: ordrenr | ordre nr | ordre | ordre id
        no: ordrenr
        sv: ordernr | order nr
        de: auftragsnr | auftrag nr | auftrag | auftrags nr
        fr: nr d ordre
        nl: ordernr | opdrachtnr | opdracht
        es: nr orden | orden nr | nr de orden
    """,
    Role.SELLER_ORDER: """
        en: sales order | sales order nr | our order | our order nr | so nr | job nr | work order | work order nr
          | order acknowledgement nr
        da: vores ordrenr | vores ordre | vor ordre | vort ordrenr | vor ordrenr | salgsordre | salgsordrenr | sagsnr
          | sag nr | arbejdsordre | ordrebekraeftelse | ordrebekraeftelse nr
        no: var ordre | vart ordrenr | salgsordre | salgsordrenr | saksnr | ordrebekreftelse
        sv: var order | vart ordernr | salgsorder | var ordernr | arbetsorder | arendenr | orderbekraftelse
        de: unsere auftragsnr | unser auftrag | unsere auftrags nr | verkaufsauftrag | kommissionsnr | kommission
          | auftragsbestatigung | auftragsbestatigung nr | unsere auftragsbestatigung
        fr: notre commande | notre nr de commande | commande fournisseur | accuse de commande
        nl: onze order | ons ordernr | onze referentie order | verkooporder | orderbevestiging
        es: nuestro pedido | pedido de venta | pedido venta
        it: nostro ordine | ns ordine | conferma ordine
    """,
    Role.BUYER_REFERENCE: """
        en: your reference | your ref | buyer reference | customer reference | customer ref | cust ref
          | client reference | buyer ref | client ref | your reference nr | yr ref | buyers reference | cost centre
          | cost center
        da: deres ref | deres reference | jeres ref | jeres reference | kundereference | kunderef | rekvirent
          | koberreference | koberref | personreference | deres ref nr | ordregiver | kobers reference
        no: deres referanse | kjopers referanse | kundereferanse | bestiller | deres ref
        sv: er referens | er ref | kundreferens | koparens referens | bestallarreferens | ert referensnr
          | kundens referens
        de: ihr zeichen | ihre referenz | kundenreferenz | kauferreferenz | leitweg id | referenz des kaufers
          | ihre nachricht | ihre zeichen | kunden referenz | kundenzeichen | ihr zeichen nr | leitweg
          | ihre referenznr
        fr: votre reference | votre ref | reference client | ref client | reference acheteur | v ref | vos references
          | vos ref | reference de l acheteur | code service
        nl: uw referentie | uw kenmerk | uw ref | referentie klant | klantreferentie | kopersreferentie
          | referentie koper
        es: su referencia | su ref | referencia cliente | ref cliente | referencia del cliente
          | referencia del comprador
        it: vs rif | vostro riferimento | riferimento cliente | rif cliente | vs riferimento | vostro rif
          | riferimento acquirente
    """,
    Role.REFERENCE: """
        en: reference | ref | reference nr | ref nr | references
        da: referencenr
        no: referanse | referansenr
        sv: referens | referensnr
        de: referenz | referenznr | zeichen
        fr: reference | ref
        nl: referentie | kenmerk | referentienr
        es: referencia
        it: riferimento | rif
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        en: original invoice | original invoice nr | credited invoice | credit for invoice | refers to invoice
          | applies to invoice | reference to invoice | invoice being credited | related invoice | corrects invoice
          | original inv nr | credits invoice | against invoice | preceding invoice | prior invoice
          | previous invoice nr | preceding invoice nr | prior invoice nr | in respect of invoice | ref invoice
          | previous invoice | credited invoice nr | original invoice ref | original invoice reference
          | refers to invoice nr | regarding invoice | for invoice nr
        da: vedr faktura | vedrorende faktura | krediterer faktura | oprindelig faktura | tidligere faktura
          | krediteret faktura | kreditering af faktura | vedr faktura nr | oprindelig fakturanr | kreditering faktura
          | ref faktura | vedrorer faktura | til faktura | vedrorende fakturanr | krediterer fakturanr
          | modregnes faktura | krediteret fakturanr | vedrorer fakturanr
        no: opprinnelig faktura | gjelder faktura | kreditering av faktura | opprinnelig fakturanr | kreditert faktura
          | gjelder fakturanr
        sv: avser faktura | krediterar faktura | ursprunglig faktura | tidigare faktura | ursprungligt fakturanr
          | krediterad faktura | avser fakturanr | kredit av faktura | kreditering av fakturanr | ursprungsfaktura
          | krediterar fakturanr
        de: zu rechnung | ursprungliche rechnung | zur rechnung | bezug rechnung | rechnungsbezug | rechnungsreferenz
          | originalrechnung | bezieht sich auf die rechnung | vorherige rechnung | gutschrift zu rechnung
          | korrektur zu rechnung | vorangegangene rechnung | vorausgegangene rechnung | urspr rechnung
          | zu rechnung nr | zur rechnung nr | betrifft rechnung | bezugsrechnung | ursprungliche rechnungsnr
          | fur rechnung nr | storno zu rechnung | stornierung der rechnung | stornierte rechnung | zu rechnungsnr
          | originalrechnungsnr
        fr: facture d origine | facture origine | sur facture | concernant la facture | avoir sur facture
          | facture initiale | annule la facture | relatif a la facture | facture rectifiee | ref facture d origine
          | nr facture d origine | facture concernee | facture anterieure | nr facture anterieure | facture liee
          | facture referencee | sur facture nr | sur la facture | facture d origine nr | relatif a la facture nr
          | facture precedente
        nl: oorspronkelijke factuur | voorgaande factuur | eerdere factuur | betreft factuur | originele factuur
          | credit op factuur | inzake factuur | oorspronkelijk factuurnr | betreft factuurnr | gecrediteerde factuur
          | origineel factuurnr | credit voor factuur | credit van factuur
        es: factura rectificada | factura anterior | factura original | rectifica la factura | rectifica a factura
          | factura origen | rectifica factura | factura de origen | nr factura original | factura rectificada nr
          | corrige factura | factura que se rectifica
        it: fattura di riferimento | fattura precedente | rif fattura | fattura originaria | storno fattura
          | a storno fattura | fattura originale | fattura collegata | a storno della fattura | rif fattura nr
          | riferimento fattura | storno della fattura
    """,
    Role.ISSUE_DATE: """
        en: invoice date | date of invoice | issue date | date of issue | issued | issued on | date issued | bill date
          | document date | credit note date | billing date | dated | tax point | tax point date | tax date
          | receipt date | inv date | doc date | invoice issued | date of document | invoice issue date
          | statement date
        da: fakturadato | fakt dato | udstedelsesdato | udstedt | udstedt den | bilagsdato | kreditnotadato
          | faktura dato | regningsdato | fak dato | udstedelses dato
        no: utstedelsesdato | utstedt | fakturadato | kreditnota dato
        sv: fakturadatum | utfardandedatum | fakturans datum | utfardad | fakt datum | kvittodatum
          | kreditfakturadatum | utstalld
        de: rechnungsdatum | belegdatum | ausstellungsdatum | rechnung vom | rg datum | re datum | gutschriftsdatum
          | gutschriftdatum | dokumentdatum | rechnungs datum | ausgestellt am | datum der rechnung
          | rechnungsdatum leistungsdatum | erstellt am | rechnungsstellung | korrekturdatum
        fr: date de facture | date facture | date de la facture | date de facturation | date d emission | emise le
          | emis le | en date du | date du document | date de l avoir | date avoir | facture du | date emission
          | facturee le | date d avoir
        nl: factuurdatum | datum factuur | documentdatum | opgemaakt op | datum van uitgifte | creditnotadatum
          | factuur datum | uitgiftedatum | creditdatum | notadatum
        es: fecha factura | fecha de factura | fecha de emision | fecha emision | fecha expedicion
          | fecha de expedicion | fecha documento | fecha de la factura | fecha del documento | emitida el
          | fecha de facturacion
        it: data fattura | data documento | data emissione | data di emissione | data doc | data della fattura
          | data del documento | emessa il
    """,
    Role.DATE: """
        en: date
        da: dato | den
        sv: datum
        de: datum | vom | dato
        fr: date | le | du
        nl: datum | d d
        es: fecha
        it: data | del
    """,
    Role.DUE_DATE: """
        en: due date | payment due | due | pay by | payment due date | invoice due date | due on | date due
          | payable by | due by | please pay by | payment due by | pay before | payment due on | total due by
          | payable before | to be paid by | payment deadline | payment by | remit until | please remit until
          | remit by | please pay before | last payment date | amount due by | due for payment | payable on or before
          | due date of payment
        da: forfaldsdato | forfald | forfalder | betales senest | sidste rettidige betaling | betalingsfrist
          | forfaldsdag | sidste rettidige betalingsdato | forfalder til betaling | betal senest | betaling senest
          | seneste betaling | sidste betalingsdato | betalingsdato | forfalden | senest den
          | sidste rettidige betalingsdag | betales senest den | forfalder den | seneste betalingsdato | senest
          | betalingsfrist senest | netto senest
        no: forfallsdato | forfall | betales innen | forfaller | betalingsfrist | forfallsdag | innen
          | ma betales innen
        sv: forfallodatum | forfallodag | forfaller | betalas senast | att betala senast | oss tillhanda senast
          | betalningsdag | sista betalningsdag | forf datum | betalas senast den | oss tillhanda
          | sista betalningsdatum | senast | tillhanda senast | betalningsdatum | att betala senast den
        de: fallig am | falligkeit | faelligkeit | falligkeitsdatum | fallig | zahlbar bis | zahlungsziel
          | zu zahlen bis | zahlung bis | zahlungsfrist | zahlungsdatum | zahlbar bis zum | falligkeitstag
          | fallig zum | bis zum | netto bis | netto bis zum | ohne abzug bis | ohne abzug bis zum | rein netto bis
          | netto kasse bis | netto zahlbar bis | faellig am | faellig | zahlbar bis spatestens | spatestens bis
          | bis spatestens | zahlbar am | faelligkeitsdatum | zu begleichen bis | zahlung fallig am
          | zu zahlen bis zum | bitte zahlen bis | nettofalligkeit | zahltermin | uberweisen bis | fallig bis
        fr: date d echeance | echeance | date echeance | a payer avant le | date limite de paiement | payable avant le
          | a payer le | a regler avant le | date limite | date de reglement | echeance le | a regler le
          | date de paiement | payable le | echeance de paiement | a payer au plus tard le | date d exigibilite
          | reglement le | paiement avant le | payable au | a regler au plus tard le | date d echeance de paiement
          | reglement avant le
        nl: vervaldatum | vervaldag | te betalen voor | uiterste betaaldatum | betalen voor | betaaldatum
          | uiterste betaaldag | te voldoen voor | betaling voor | verval datum | uiterlijk | uiterlijk op
          | voor of op | betalen uiterlijk | te betalen uiterlijk | uiterlijk te betalen op | betaling uiterlijk
        es: fecha de vencimiento | vencimiento | fecha vencimiento | vence | vto | fecha limite de pago
          | pagar antes de | fecha de pago | vence el | vencimientos | fecha vto | pagar antes del | plazo hasta
          | fecha limite
        it: scadenza | data scadenza | data di scadenza | scad | pagamento entro | scadenza pagamento | entro il
          | scade il | scadenze | pagamento entro il | da pagare entro | da pagare entro il | termine di pagamento
    """,
    Role.DELIVERY_DATE: """
        en: delivery date | date of supply | date of delivery | supply date | ship date | shipping date
          | requested delivery date | service date | delivered | delivered on | shipped on | shipment date | delivery
          | date shipped | requested delivery | date required | required date | required by | deliver by
          | date of service | promised date | despatch date | dispatch date | delivery due
        da: leveringsdato | leveret | lev dato | levering | leveret den | leveringsdag | onsket leveringsdato
          | forventet leveringsdato | onsket levering | leverings dato | leveringstidspunkt
        no: levert | leveringsdato | onsket leveringsdato
        sv: leveransdatum | lev datum | levererad | leveransdag | leverans | onskat leveransdatum | leveransdat
          | utleveransdatum
        de: lieferdatum | leistungsdatum | liefer und leistungsdatum | leistungszeitpunkt | lieferung am
          | liefertermin | leistung am | liefer leistungsdatum | lieferdatum leistungsdatum | liefertag
          | wunschliefertermin | leistungs lieferdatum | geliefert am | leistungs und lieferdatum | lieferzeitpunkt
          | leistungstag | lieferung
        fr: date de livraison | date livraison | livre le | date de prestation | livraison le | date de la prestation
          | date d expedition | livraison souhaitee | date de livraison souhaitee | date d execution
          | date de la livraison
        nl: leverdatum | afleverdatum | leveringsdatum | levering | geleverd op | gewenste leverdatum
          | leverings datum | levertijd
        es: fecha de entrega | fecha entrega | entrega | fecha operacion | fecha de operacion
          | fecha de entrega solicitada | fecha de servicio
        it: data consegna | data di consegna | consegna | data prestazione | data consegna richiesta
          | consegna prevista
    """,
    Role.ORDER_DATE: """
        en: order date | po date | purchase order date | date of order | date ordered
        da: ordredato | bestillingsdato | ordre dato
        no: bestillings dato
        sv: orderdatum | bestallningsdatum
        de: bestelldatum | auftragsdatum | bestellung vom | datum der bestellung | auftrag vom
        fr: date de commande | date commande | commande du | date de la commande
        nl: besteldatum | orderdatum | aankoopdatum | bestel datum
        es: fecha pedido | fecha de pedido | fecha del pedido | fecha orden
        it: data ordine | data dell ordine
    """,
    Role.OTHER_DATE: """
        en: billing period | period | print date | printed | printed on | valid until | check in | check out
          | date of birth | from date | start date | end date | service period | invoicing period | expiry date
          | date printed | pay date | payment received | delivery note date | order confirmation date | discount date
          | arrival | departure | interest from | service from
        da: periode | udskrevet | gyldig til | startdato | slutdato | faktureringsperiode | abonnementsperiode
          | udskriftsdato | modtaget | betalt den | gaeldende fra | folgeseddeldato | kontantrabat for
        no: utskrevet | fakturaperiode | avtaleperiode
        sv: utskriven | galler till | fakturaperiod | avtalsperiod | period | betald
        de: abrechnungszeitraum | leistungszeitraum | lieferzeitraum | zeitraum | druckdatum | gultig bis | erstellt
          | zeitraum von | buchungsdatum | lieferscheindatum | lieferschein vom | skonto bis | abrechnungsperiode
          | eingangsdatum | stand | mahndatum
        fr: periode | periode de facturation | imprime le | valable jusqu au | date d impression | periode du
          | date de debut | date de fin | date bl | bon de livraison du | edite le
        nl: afgedrukt op | geldig tot | factuurperiode | periode van | printdatum | ingangsdatum | pakbondatum
        es: periodo | periodo de facturacion | valido hasta | fecha albaran | fecha impresion | fecha valor
          | fecha de impresion
        it: periodo | valido fino | periodo di fatturazione | data ddt | stampato il | data stampa
    """,
    Role.VAT_ID: """
        en: vat nr | vat id | vat reg nr | vat registration nr | vat | vat identification nr | tax id | gst nr | gstin
          | abn | tin | vat reg | vat id nr | tax identification nr | vat registration | gst reg nr | ein | tax reg nr
          | vat tax id | tax id nr | vat code | vat registered nr | vat tin | hst nr | gst hst nr
          | tax registration nr | federal tax id
        da: momsnr | moms nr | se nr | moms reg nr | momsregistreringsnr | vat cvr nr | moms | moms id | cvr se nr
          | vat se nr
        no: mva nr | mvanr | org nr mva | mva | foretaksnr mva
        sv: momsreg nr | momsregnr | vat nummer | momsregistreringsnr | moms vat nr | vat momsreg nr
          | moms registreringsnr | vatnr | momsregistrerings nr | eu moms nr
        de: ust id nr | ust id | ustid | ust idnr | uid | uid nr | mwst nr | umsatzsteuer id
          | umsatzsteuer identifikationsnr | ust ident nr | umsatzsteuer id nr | umsatzsteueridentifikationsnr
          | mwst id | ust nr | uid nummer | ust identifikationsnr | atu nr | mwst idnr | ust id nr lieferant
          | umsatzsteuer idnr | ustidnr | ust identnr | mwst id nr
        fr: tva | nr tva | tva intra | tva intracommunautaire | nr de tva | nr tva intracommunautaire
          | nr tva intracom | id tva | nr tva intra | nr de tva intracommunautaire | identifiant tva | tva intracom
          | tva nr | nr id tva | code tva | num tva | nr d identification tva | nr tva intracomm | nr ident intracomm
          | ident tva | n tva intracom
        nl: btw nr | btw id | btw | btw identificatienr | btw nr nl | btw id nr | btwnr | btw nummer nl
          | btw identificatie nr
        es: cif | nif | nif iva | nr iva | cif nif | iva nr | nif cif | n i f | c i f | nif intracomunitario | vat cif
          | nr de iva | nif vat | dni nif | nif iva intracomunitario | id fiscal
        it: partita iva | p iva | piva | p iva cf | part iva | p i | partita iva nr | p iva c f | p iva cod fisc
          | c f p iva | partita iva codice fiscale | cf p iva | codice fiscale e p iva | c f e p iva
          | codice fiscale partita iva
    """,
    Role.SELLER_VAT_ID: """
        en: seller vat id | our vat nr | supplier vat nr | our vat id | seller vat nr | supplier vat id
          | our vat reg nr | vendor vat nr
        da: vores cvr | leverandor cvr | saelgers momsnr | vort momsnr | vores momsnr | vort cvr nr
        sv: vart momsreg nr | vart vat nr | vart momsregnr | leverantorens vat nr
        de: unsere ust idnr | unsere ust id nr | ust idnr verkaufer | unsere ust id | ust id nr verkaufer
          | ust idnr lieferant
        fr: notre nr tva | tva vendeur | nr tva vendeur | tva fournisseur | notre nr de tva | nr tva fournisseur
        nl: ons btw nr | btw nr leverancier | btw nr verkoper | onze btw
        es: nif emisor | nif vendedor | nif proveedor | cif proveedor
        it: p iva fornitore | p iva cedente
    """,
    Role.BUYER_VAT_ID: """
        en: buyer vat id | customer vat id | customer vat nr | your vat nr | your vat id | buyer vat nr
          | your vat reg nr | client vat nr | customer vat | customer vat reg nr | bill to vat nr | client vat id
          | customer tax id | buyer vat | vat nr customer | invoicee vat id | your vat registration nr
        da: deres cvr | kundens cvr | kobers cvr | deres momsnr | kundens momsnr | deres cvr nr | kundens cvr nr
          | kunde cvr | kobers momsnr | jeres cvr | jeres cvr nr | kobers cvr nr | kunde cvr nr | cvr nr kunde
          | deres vat nr | kundens vat nr | deres se nr
        no: kundens orgnr | deres orgnr | kjopers orgnr | kundens mva nr | deres org nr | kundens org nr
        sv: ert vat nr | ert momsreg nr | kundens vat nr | ert momsregnr | kundens momsregnr | er vat nr
          | koparens vat nr | er momsregnr | ert momsregistreringsnr | koparens momsregnr | kundens momsreg nr
          | vat nr kund | er momsreg nr
        de: ust idnr kunde | ihre ust idnr | ust id kunde | kunden ust id | ust id nr kunde | ihre ust id nr
          | ust id des kaufers | ihre uid | ihre ust id | ust idnr des kunden | ust id nr des kunden | ust idnr kaufer
          | ust id nr kaufer | kunden uid | ihre ustidnr | kunden ust idnr | kunden ust id nr | ust id nr des kaufers
          | ust idnr des leistungsempfangers | ihre uid nr | ust id nr empfanger
        fr: votre nr tva | tva client | nr tva client | tva acheteur | nr de tva client | votre tva | nr tva acheteur
          | tva intra client | tva intracommunautaire client | votre nr de tva | nr tva intracom client
          | nr tva du client | n tva client | tva du client
        nl: uw btw nr | btw nr klant | btw klant | btw nr afnemer | uw btw id | btw nr koper | klant btw nr | uw btw
          | btw nr opdrachtgever
        es: nif cliente | cif cliente | su nif | cif nif cliente | nif comprador | nif del cliente | cif del cliente
          | su cif | nif receptor
        it: p iva cliente | partita iva cliente | p iva cessionario | vostra p iva | vs partita iva | vs p iva
          | p iva committente
    """,
    Role.REGISTRATION_ID: """
        en: company nr | company reg nr | company registration nr | registration nr | registered nr | crn | co reg nr
          | company registration | registered in england nr | reg company nr | legal registration id
          | registered in england and wales nr | cin | business id | company id | registered company nr
          | company register nr
        da: cvr | cvr nr | cvrnr | cvr nummer | cvr se | virksomhedsnr
        no: org nr | orgnr | organisasjonsnr | foretaksregisteret | foretaksnr | org
        sv: organisationsnr | org nr | org nummer | orgnr
        de: hrb | handelsregister | hr nr | handelsregisternr | hra | registernr | hrb nr | firmenbuch nr | fn
          | firmenbuchnr | amtsgericht hrb | handelsregister nr | registergericht | hrb nummer
        fr: siret | siren | rcs | nr siret | nr siren | nr rcs | r c s | siren siret | siret nr
        nl: kvk | kvk nr | kvknr | k v k | kamer van koophandel | kvk nummer | handelsregister kvk | k v k nr
          | ondernemingsnr
        es: registro mercantil
        it: rea | nr rea | registro imprese | r e a
    """,
    Role.BUYER_REGISTRATION_ID: """
        en: customer registration nr | buyer registration nr | customer company nr
        sv: kundens orgnr | ert orgnr | kundens organisationsnr | ert organisationsnr
        fr: siret client | votre siret | siren client
        nl: uw kvk | kvk klant
    """,
    Role.IBAN: """
        en: iban | iban nr | iban code | iban account
        fr: code iban
        nl: iban rekening
    """,
    Role.BIC: """
        en: bic | swift | swift code | bic swift | swift bic | bic code | bic nr
        fr: code bic | code swift
    """,
    Role.ACCOUNT_NUMBER: """
        en: account nr | acct nr | a c nr | bank account | account | bank account nr | acc nr | account code
        da: konto | kontonr | reg konto | reg nr konto | bankkonto | reg nr konto nr | reg kontonr | reg nr kontonr
          | bankkontonr | bank konto | reg nr og kontonr | kontonummer nr | til konto
        no: kontonr | bankkontonr | til konto | betales til konto | bankkonto nr
        sv: bankgiro | plusgiro | bg | pg | bankgironr | plusgironr | kontonr | bank giro | bg nr | postgiro
        de: kto nr | konto nr | ktonr | bankkonto nr | kto
        fr: nr de compte | compte | nr compte | compte bancaire
        nl: rekeningnr | bankrekening | rekening | bankrekeningnr | rek nr
        es: cuenta | nr de cuenta | cuenta bancaria | nr cuenta | ccc | cuenta corriente
        it: conto corrente | c c | conto | nr conto | c c nr | conto corrente bancario
    """,
    Role.PAYMENT_REFERENCE: """
        en: payment reference | payment ref | reference for payment | remittance reference | payment id
          | creditor reference | giro ref | payment communication | communication for your payment
          | payment reference nr | remittance ref | use reference | quote reference | bank reference
        da: betalings id | betalingsid | betalingsreference | betalingsref | fik | fik nr | kortart | fi kort
          | indbetalingskort | betalingsnr | fi nr | indbetalings id | fi kreditornr | giro | girokort | fik kode
          | betalingskode | ocr linje | kodelinje
        no: kid | kid nr | kidnr | betalingsreferanse | kid kode | merk betalingen
        sv: ocr | ocr nr | ocrnr | ocr referens | betalningsreferens | ocr nummer | ange ocr | referens vid betalning
          | betalningsref | referensnr ocr | ocr referensnr
        de: verwendungszweck | zahlungsreferenz | zahlungszweck | buchungsreferenz | strukturierte referenz
          | zahlreferenz | qr referenz | zahlungs referenz | kassenzeichen
        fr: reference de paiement | reference paiement | reference a rappeler | communication structuree
          | ref paiement | reference du paiement | communication | ref a rappeler
        nl: betalingskenmerk | betaalreferentie | gestructureerde mededeling | betalingsreferentie | mededeling
          | acceptgiro | betaalkenmerk | o v v
        es: referencia de pago | referencia pago | concepto de pago | referencia del pago
          | referencia de transferencia
        it: causale | riferimento pagamento | causale bonifico | causale pagamento | riferimento di pagamento
          | causale di pagamento
    """,
    Role.PAYMENT_TERMS: """
        en: terms | payment terms | terms of payment | payment conditions | credit terms
          | terms and conditions of payment | payment term | condition of payment | conditions of payment
        da: betalingsbetingelser | betalingsbetingelse | bet betingelser | betalingsvilkar | betaling
          | betalings betingelser | bet betingelse | betalingsaftale
        no: betalingsbetingelser | betalingsvilkar | bet bet
        sv: betalningsvillkor | bet villkor | betalvillkor | betalningsvilkor | betalningstid
        de: zahlungsbedingungen | zahlungsbedingung | zahlungskonditionen | zahlungsvereinbarung | zahlbedingungen
          | zahlungsweise | zahlungskondition
        fr: conditions de paiement | conditions de reglement | modalites de paiement | condition de reglement
          | delai de paiement | conditions reglement | termes de paiement | condition de paiement
          | modalites de reglement
        nl: betalingsvoorwaarden | betalingscondities | betaaltermijn | betalingstermijn | betalingsconditie
          | betaalvoorwaarden | betalingsvoorwaarde
        es: condiciones de pago | forma de pago | condiciones pago | terminos de pago | plazo de pago
        it: condizioni di pagamento | modalita di pagamento | pagamento | termini di pagamento | cond pagamento
          | mod pagamento | condizioni pagamento | modalita pagamento
    """,
    Role.SELLER: """
        en: seller | from | sold by | supplier | vendor | pay to | issued by | invoice from | bill from | billed by
          | remit to | service provider | supplier name | vendor name | seller name | company | biller
          | make payable to | payable to | issuer | supplied by | our details | billing from | remit payment to
          | to supplier
        da: leverandor | saelger | fra | afsender | udsteder | saelger navn | leverandornavn | udstedt af | leveret af
        no: selger | leverandor | fra | utsteder | avsender
        sv: saljare | leverantor | fran | avsandare | utfardare | leverantorens namn
        de: verkaufer | lieferant | von | absender | aussteller | rechnungssteller | leistungserbringer
          | auftragnehmer | leistender unternehmer | rechnungsaussteller | zahlungsempfanger | kreditor
        fr: vendeur | fournisseur | emetteur | de | expediteur | prestataire | emis par | facture par
          | emetteur de la facture | vendu par
        nl: verkoper | leverancier | van | afzender | opdrachtnemer | crediteur | afkomstig van
        es: vendedor | proveedor | emisor | de | expedidor | datos del emisor | empresa | datos del proveedor
          | emitida por | datos emisor | datos del vendedor
        it: fornitore | venditore | mittente | cedente | cedente prestatore | da | emittente | prestatore | emessa da
    """,
    Role.BUYER: """
        en: bill to | billed to | invoice to | invoiced to | buyer | customer | client | billing address | sold to
          | invoice for | purchaser | to | customer name | bill to address | guest name | invoice address
          | client name | buyer name | billing to | billing details | bill for | customer details | attention to
          | billto | soldto | customer address | invoicing address | customer information | issued to | prepared for
          | sold to party | bill to party | company name | client details | ordered by | charge to | messrs
        da: kunde | faktureres til | fakturamodtager | kober | faktureringsadresse | fakturaadresse | faktura til
          | modtager | til | faktureret til | kundenavn | bestiller | sendt til | kobers navn | fakturadresse
          | kreditnota til | fakturering
        no: kjoper | fakturamottaker | fakturaadresse | kunde | mottaker | faktureres | kundens navn
        sv: kund | kopare | faktureringsadress | fakturaadress | fakturamottagare | till | mottagare | fakturera till
          | faktura till | bestallare | kundens namn | kundadress
        de: kaufer | kunde | rechnungsempfanger | rechnungsadresse | rechnung an | leistungsempfanger | an | empfanger
          | auftraggeber | besteller | kaufer leistungsempfanger | rechnungsanschrift | kundenadresse | firma
          | kundenname | herrn | frau | rechnungsempfangende | kundenanschrift | rechnung fur | fakturiert an
          | vertragspartner | fakturaadresse
        fr: client | facture a | facturer a | acheteur | adresse de facturation | destinataire | facturation
          | a l attention de | adresse facturation | facturee a | adressee a | adresse a | nom du client
          | adresse client | vendu a | pour | doit | livre et facture a | factures a | votre adresse de facturation
        nl: klant | koper | factuuradres | afnemer | factuur aan | opdrachtgever | aan | gefactureerd aan
          | factureren aan | debiteur | geadresseerde | klantgegevens | facturatieadres | klantnaam | factuur voor
          | factuurontvanger
        es: cliente | comprador | facturar a | facturado a | datos del cliente | direccion de facturacion
          | destinatario | para | receptor | datos cliente | datos de facturacion | razon social | nombre del cliente
          | senores | direccion facturacion | datos del comprador | datos del receptor | cliente facturacion
          | factura a
        it: cliente | spett | spett le | spettabile | intestatario | destinatario | acquirente | cessionario
          | committente | fatturare a | intestata a | cessionario committente | fatturato a
          | indirizzo di fatturazione | dati cliente | gentile | egr | intestazione | spettle
    """,
    Role.SHIP_TO: """
        en: ship to | deliver to | delivery address | shipping address | delivered to | shipped to | delivery to
          | goods to | consignee | ship to address | place of delivery | ship to party | shipping to
          | delivery location
        da: leveres til | leveringsadresse | leveret til | leverings adresse | varemodtager | leveringssted
          | lev adresse | sendes til
        no: leveringsadresse | leveres til | levert til | leveringssted | vareadresse
        sv: leveransadress | levereras till | godsmottagare | lev adress | leverans till | levadress | leverans adress
          | leveransmottagare
        de: lieferadresse | lieferanschrift | lieferung an | warenempfanger | abweichender warenempfanger
          | versandadresse | geliefert an | lieferempfanger | abweichende lieferanschrift | leistungsort | lieferort
        fr: adresse de livraison | livrer a | livre a | livraison | adresse livraison | lieu de livraison | expedie a
          | livraison a
        nl: afleveradres | leveradres | verzendadres | bezorgadres | leveren aan | geleverd aan | verzonden aan
          | afleveren aan
        es: direccion de entrega | enviar a | direccion de envio | entregar a | lugar de entrega | enviado a
          | direccion entrega | direccion envio | entrega en
        it: indirizzo di consegna | destinazione | luogo di consegna | consegnare a | spedire a
          | indirizzo di spedizione | destinazione merce | luogo di destinazione | destinazione diversa
          | consegna presso
    """,
    Role.NAME: """
        en: name | business name | legal name | trading name
        da: navn | firmanavn
        no: firma
        sv: namn | foretag | foretagsnamn
        de: name | firmenname
        fr: nom | raison sociale | denomination
        nl: naam | bedrijfsnaam
        es: nombre | razon social
        it: nome | denominazione | ragione sociale
    """,
    Role.ADDRESS: """
        en: address | street | registered office | warehouse address | registered address | post code | postcode
          | city | country
        da: adresse | gade | postnr | by | land
        sv: adress | postadress | besoksadress | ort | postnr | sate
        no: besoksadresse | poststed
        de: anschrift | adresse | strasse | ort | plz | sitz | land | sitz der gesellschaft | plz ort | postleitzahl
        fr: adresse | siege social | code postal | ville | pays
        nl: adres | postadres | bezoekadres | straat | postcode | plaats | land
        es: direccion | domicilio | domicilio social | codigo postal | poblacion | ciudad | pais | provincia
        it: indirizzo | sede | sede legale | via | cap | citta | provincia | comune
    """,
    Role.OTHER_PARTY: """
        en: bank name | beneficiary | carrier | payee | account name | contact | attention | attn | account holder
          | sales rep | bank | salesperson | authorized signatory | sales person | bank details | invoicee
          | bank address | shipped via | ship via | prepared by | account manager | project | registered office
          | contact person | beneficiary name | bank account holder | notes | remarks | comments | our reference
          | our contact | our ref | agent | manufacturer | payment instructions | payer | payee party
          | tax representative | seller tax representative | invoicer | deliver from | sales agent | ship from
          | buyer agent | end user | product end user | payment details
        da: bank | kontaktperson | att | kontakt | saelger ref | pengeinstitut | vor ref | vores ref | vores reference
          | vor reference | speditor | fragtmand | bemaerkninger | bemaerkning | projekt | kontohaver | vores kontakt
          | kasserer | bankforbindelse | betalingsoplysninger | bankoplysninger
        no: vår ref | kontaktperson | var referanse | selger ref | prosjekt | merknad | transportor
        sv: var referens | kontakt | kontaktperson | var ref | godsmarke | handlaggare | projekt | leveranssatt
          | transportsatt | godsmarkning | anmarkning
        de: kontoinhaber | kontoname | ansprechpartner | abweichender zahlungsempfanger | bearbeiter | sachbearbeiter
          | geschaftsfuhrer | bankverbindung | unser zeichen | unsere referenz | vertreter | verkaufer nr | inhaber
          | spediteur | versandart | projekt | bemerkungen | bemerkung | geschaftsfuhrerin | betreff
          | ihr ansprechpartner | ihr ansprechpartnerin | kreditinstitut | objekt | bauvorhaben
        fr: banque | titulaire | contact | interlocuteur | notre reference | transporteur | domiciliation
          | titulaire du compte | notre ref | nom de la banque | coordonnees bancaires | affaire suivie par
          | commercial | representant | representant fiscal | payeur | beneficiaire | facturant | agent | tiers payeur
          | agent du vendeur | agent de l acheteur | agent acheteur | agent vendeur | utilisateur final | mandataire
          | expedie depuis | beneficiaire du paiement | mode de reglement | remarques | objet | chantier
        nl: bank | contactpersoon | onze referentie | ten name van | t n v | t a v | ons kenmerk | onze ref
          | behandeld door | tenaamstelling | contact | opmerkingen | bankgegevens | verkoper naam | betreft | project
        es: banco | contacto | atencion | nuestra referencia | titular | comercial | agente | transportista
          | observaciones | datos bancarios | vendedor nr | persona de contacto | entidad bancaria | obra
        it: banca | referente | nostro riferimento | agente | vettore | banca d appoggio | intestatario conto | note
          | ns riferimento | coordinate bancarie | banca di appoggio | trasporto a cura
    """,
    Role.OTHER_NUMBER: """
        en: customer nr | customer id | client nr | cust nr | account ref | delivery note nr | despatch note nr
          | despatch notice | delivery note | contract nr | contract | project nr | quote nr | quotation nr | page
          | packing slip nr | shipment nr | tracking nr | tax nr | gln | ean | supplier nr | vendor nr | booking id
          | ifsc code | bsb | sort code | routing nr | serial nr | client id | vendor id | supplier id | member nr
          | license nr | profile | iata nr | customer code | account id | reg nr | bank code | global id | hs code
          | eori | eori nr | ticket nr | store nr | terminal | customer account nr | customer account | delivery nr
          | packing list nr | case nr | quote | job | project | agreement nr | subscription nr | meter nr | mpan
          | seller id | buyer id | item nr | article nr | service tax nr | pan nr | pan | aba | despatch advice
          | cust id | customer | vat rate | tax rate | reg | url | supplier code | article | item | amount in words
          | bank clearing | employee nr | policy nr | insurance nr | duns | duns nr | glns
        da: kundenr | kunde nr | kundeid | debitornr | folgeseddel | folgeseddelnr | leverandornr | kontraktnr
          | aftalenr | side | ean nr | gln nr | projektnr | tilbudsnr | medlemsnr | kreditornr | varenr | lokationsnr
          | ean lokationsnr | sagsnr | sag | abonnementsnr | installationsnr | malernr | kunde id | pakkeseddel
          | ean nummer | reg nr | debitor nr | sporingsnr | forsendelsesnr | momssats | varenummer | ean lok nr
        no: kundenr | pakkseddel | leverandornr | avtalenr | side | prosjektnr | tilbudsnr | medlemsnr | avdeling
          | folgeseddel | malernr | anleggsnr | pakkseddelnr | kunde id | kontraktsnr | varenr | mva sats
        sv: kundnr | kund nr | kundid | foljesedel | foljesedelnr | leverantorsnr | avtalsnr | sida | projektnr
          | offertnr | medlemsnr | kontraktsnr | anlaggnings id | sid | artikelnr | sparningsnr | art nr
          | foljesedels nr | matarnr | kundkod | momssats | glnnr | fraktsedelsnr | artnr
        de: kundennr | kunden nr | kd nr | kdnr | lieferscheinnr | lieferschein | lieferantennr | vertragsnr | vertrag
          | seite | steuernr | st nr | projektnr | angebotsnr | lieferavis | angebot | mitgliedsnr | lieferant nr
          | ihre kundennr | ihre nr | nummer kunde | vertragskonto | blz | globale nr | debitor nr | kundennr id
          | zahlerstand | zahlernr | versicherungsnr | policennr | sendungsnr | steuer nr | lief nr | artikelnr
          | art nr | ihre kunden nr | unsere lieferantennr | vorgangsnr | vorgang | lieferantennr nr | kostenstelle
          | kunden id | kundenkonto | debitorennr | debitor | versandnr | wareneingang | glaubiger id
          | glaubiger identifikationsnr | mandatsreferenz | steuersatz | rabatt | wareneingangsnr | auftragsart
          | objektnr | kennzeichen | transaktionsnr | filialnr | kassennr
          | vertragskontonr | rahmenvertrag | lieferscheinnr vom
        fr: nr client | code client | bon de livraison | nr bl | nr de client | contrat | nr de contrat | page
          | nr de bon de livraison | devis | nr devis | nr de devis | compte client | code ape | ape | naf
          | nr contrat | code naf | capital | bl nr | code article | client nr | ref article | capital social
          | bon de livraison nr | code postal | nr de suivi | compte client nr | taux tva | affaire nr | nr dossier
          | dossier
        nl: klantnr | pakbon | pakbonnr | leveranciersnr | contractnr | pagina | debiteurnr | projectnr | offertenr
          | relatienr | dossiernr | klant nr | debiteur nr | verzendnr | bladzijde | artikelnr | zending | btw tarief
          | leveringsbon | zendingnr | abonnementsnr
        es: nr cliente | codigo cliente | albaran | nr albaran | contrato | pagina | nr de cliente | cod cliente
          | presupuesto | nr de albaran | nr contrato | albaran nr | nr proveedor | codigo de cliente | hoja
          | cod articulo | tipo iva | ref articulo | nr presupuesto | expediente | cups
        it: codice cliente | ddt | nr ddt | pagina | cod cliente | nr cliente | contratto | preventivo
          | codice fiscale | c f | cod fisc | ddt nr | codice destinatario | cig | cup | codice univoco | sdi
          | cod articolo | codice sdi | aliquota iva | nr preventivo | commessa | abi | cab | cap soc
          | capitale sociale
    """,
    Role.CONTACT: """
        en: phone | tel | telephone | fax | email | e mail | mobile | web | website | www | hotline | cell | internet
        da: tlf | telefon | mail | mobil | hjemmeside | e post
        no: tlf nr | epost
        sv: telefonnr | epost | mobil | hemsida | telefax | tel nr
        de: telefon | telefax | mobil | fon | mail | homepage | rufnr | tel fax
        fr: telephone | courriel | portable | mel | site web
        nl: telefoon | mobiel | tel nr
        es: telefono | movil | correo | tfno | tlfno | correo electronico
        it: telefono | cellulare | pec | sito | cell
    """,
    Role.COLUMN: """
        en: description | quantity | qty | unit price | unit | item description | rate | product | line total | hours
          | amount | total | discount
        da: beskrivelse | antal | enhedspris | enhed | stk pris | tekst | varebeskrivelse | a pris | pris | belob
          | varetekst
        no: antall | enhetspris | enhet | belop | varebeskrivelse
        sv: benamning | antal | a pris | beskrivning | artikel | belopp | enhetspris
        de: bezeichnung | menge | einzelpreis | beschreibung | einheit | gesamtpreis | pos | nettobetrag | nettopreis
          | leistung | preis | betrag
        fr: designation | quantite | qte | prix unitaire | pu ht | description | montant | prix
        nl: omschrijving | aantal | prijs | stuksprijs | eenheid | bedrag | prijs per stuk
        es: descripcion | cantidad | precio | precio unitario | importe | cant | uds
        it: descrizione | quantita | prezzo | qta | prezzo unitario | importo | um
    """,
}
