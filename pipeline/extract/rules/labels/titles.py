"""What business papers are titled, in twelve languages: alternatives parted by "|"."""

from functools import lru_cache

from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.page.layout import canonical_tokens

TITLES: dict[Kind, str] = {
    Kind.INVOICE: """
        invoice | tax invoice | sales invoice | commercial invoice | vat invoice | faktura | salgsfaktura |
        regning | rechnung | handelsrechnung | schlussrechnung | abschlagsrechnung | teilrechnung |
        sammelrechnung | facture | facture d acompte | factuur | verkoopfactuur | factura | fattura |
        fattura di vendita | kundfaktura | aconto faktura | acontofaktura | korrigierte rechnung |
        service invoice | selbst ausgestellte rechnung | gutschrift selbst ausgestellte rechnung |
        self billing invoice | self billed invoice | autofacture | bill | invoice bill | samlefaktura |
        samlingsfaktura | momsfaktura | ausgangsrechnung | warenrechnung | honorarrechnung | factura de venta |
        factura comercial | factura completa | factura ordinaria | lasku | myyntilasku | lasku invoice |
        koontilasku | osalasku | loppulasku | verkkolasku | facture de vente | facture client |
        note d honoraires | facture de solde | facture commerciale | fattura accompagnatoria | fattura immediata
        | fattura differita | parcella | fattura d acconto | fattura di cortesia | avtalegiro faktura |
        delfaktura | sluttfaktura | verzamelfactuur | termijnfactuur | eindfactuur | faktura vat |
        faktura sprzedazy | faktura zaliczkowa | faktura koncowa | fatura | fatura recibo | fatura de venda |
        fatura comercial | rakning | slutfaktura | forsaljningsfaktura |
        original invoice | invoice original | original tax invoice | originalrechnung | rechnungsoriginal |
        facture originale | original facture | factura original | fattura originale | fattura in originale |
        originele factuur | factuur origineel | original faktura | faktura original | originalfaktura |
        alkuperainen lasku | faktura oryginal | fatura original
    """,
    Kind.CREDIT_NOTE: """
        credit note | credit memo | credit invoice | credit memorandum | kreditnota | kreditfaktura | gutschrift
        | rechnungskorrektur | stornorechnung | avoir | facture d avoir | note de credit | creditnota |
        creditfactuur | nota de credito | factura rectificativa | abono | nota di credito | nota di accredito |
        nota credito | kredit nota | credit | nota de abono | korrekturrechnung | tax credit note | kreditnote |
        creditnote | kreditnotaen | salgskreditnota | kreditering | godtgorelse | gutschriftsanzeige |
        kaufmannische gutschrift | sales credit note | adjustment note | factura de abono | rectificativa |
        hyvityslasku | kreditlasku | hyvitysilmoitus | laskun hyvitys | myyntihyvitys | avoir client |
        avoir commercial | facture rectificative | nota di variazione | storno fattura | nota di credito cliente
        | godskriving | kredietnota | creditering | verkoopcreditnota | faktura korygujaca | korekta faktury |
        korekta | nota uznaniowa | faktura vat korygujaca | nota de devolucao | nota de abatimento |
        kreditrakning | kundkredit | sale return | sales return | sales return invoice | refund invoice |
        retourengutschrift | resi su vendita | devolucion de venta
    """,
    Kind.PURCHASE_ORDER: """
        purchase order | bestellung | bestelling | inkooporder | indkobsordre | kobsordre | innkjopsordre |
        inkopsorder | bon de commande | commande | pedido | orden de compra | pedido de compra |
        ordine di acquisto | ordine d acquisto | ordine | rekvisition | bestallning | bestilling | order form |
        einkaufsbestellung | bestelbon | commande d achat | ordre d achat | ordine fornitore | po |
        commande fournisseur | order | ordre | inkoop order | indkobs ordre | bestellschein |
        lieferantenbestellung | blanket order | purchase order change | vareordre | indkobsrekvisition |
        bestillingsordre | warenbestellung | purchase requisition | supplier order | works order |
        standard purchase order | hoja de pedido | pedido a proveedor | solicitud de compra | ostotilaus |
        tilaus | tilauslomake | hankintatilaus | tilaus toimittajalle | commande ferme | bon d achat |
        ordine a fornitore | buono d ordine | richiesta di acquisto | rekvisisjon | kjopsordre | inkoopopdracht
        | bestelopdracht | zamowienie | zamowienie zakupu | zamowienie do dostawcy | zamowienie towaru |
        zlecenie zakupu | zamowienie wlasne | encomenda | nota de encomenda | ordem de compra |
        encomenda a fornecedor | requisicao | nota de encomenda fornecedor | koporder | bestallningsorder
    """,
    Kind.ORDER_RESPONSE: """
        order confirmation | order acknowledgement | order acknowledgment | order response | auftragsbestatigung
        | bestellbestatigung | ordrebekraeftelse | ordrebekreftelse | orderbekraftelse | ordererkannande |
        confirmation de commande | accuse de reception de commande | orderbevestiging | opdrachtbevestiging |
        confirmacion de pedido | confirmacion del pedido | conferma d ordine | conferma ordine |
        conferma dell ordine | sales order confirmation | purchase order response | orderbekraeftelse |
        order erkannande | po acknowledgement | accuse de reception | sales order acknowledgement |
        order accepted | ordrebekr | bekraeftelse pa ordre | salgsordre | ordrekvittering |
        bekraeftelse af bestilling | auftragsbest | bestatigung ihrer bestellung | orderbestatigung |
        confirmation of order | sales order | acknowledgement | your order confirmation | acuse de pedido |
        aceptacion de pedido | pedido de venta | acuse de recibo de pedido | confirmacion de orden |
        tilausvahvistus | tilauksen vahvistus | tilausvahv | myyntitilaus | ostotilauksen vahvistus |
        vahvistus tilauksesta | conferma di ordine | accettazione ordine | conferma ordine cliente |
        bestillingsbekreftelse | bekreftelse pa ordre | bestelbevestiging | verkooporder |
        bevestiging van uw order | orderbev | potwierdzenie zamowienia | zamowienie od odbiorcy |
        potw zamowienia | przyjecie zamowienia | potwierdzenie przyjecia | confirmacao de encomenda |
        aceitacao de encomenda | aviso de encomenda | confirmacao do pedido | orderbekr |
        bestallningsbekraftelse | bekraftelse av order | a r de commande | bekraeftelse | bestatigung |
        sale order | verkaufsauftrag | kundenauftrag | ordine di vendita | ordem de venda | saljorder |
        forsaljningsorder | kundorder | zamowienie sprzedazy
    """,
    Kind.RECEIPT: """
        receipt | payment receipt | sales receipt | kvittering | kvitto | quittung | kassenbon | recu |
        ticket de caisse | kassabon | recibo | ricevuta | scontrino | bonnetje | kassakvitto |
        betalingskvittering | salgskvittering | ricevuta fiscale | kassenbeleg | bewirtungsbeleg | barverkauf |
        cash receipt | kassebon | recu de paiement | betalingsbewijs | factura simplificada | ticket | bon |
        kontantbon | salgsbon | kontantnota | kobskvittering | kundenbeleg | till receipt | customer copy |
        simplified invoice | retail receipt | store receipt | purchase receipt | official receipt | till slip |
        recibo de caja | tique | copia cliente | kuitti | kassakuitti | kateiskuitti |
        ostokuitti | myyntikuitti | asiakkaan kuitti | ticket client | recu fiscal | duplicata ticket |
        documento commerciale | scontrino fiscale | ricevuta di pagamento | bong | kassalapp | kjopskvittering |
        kopi av kvittering | kwitantie | ontvangstbewijs | aankoopbewijs | klantenbon | betaalbewijs | paragon |
        paragon fiskalny | pokwitowanie | potwierdzenie zakupu | dowod zakupu | talao | talao de venda |
        recibo de pagamento | venda a dinheiro | kopkvitto | kundens exemplar | kontantkvitto
    """,
    Kind.STATEMENT: """
        statement | statement of account | account statement | reminder | payment reminder | kontoudtog | rykker
        | rykkerskrivelse | betalingspamindelse | rykkerbrev | betalningspaminnelse | paminnelse |
        betalingspaminnelse | purring | inkassovarsel | kontoutdrag | kontoutskrift | kontoauszug | mahnung |
        zahlungserinnerung | releve de compte | rappel | lettre de relance | relance | aanmaning | herinnering |
        betalingsherinnering | rekeningoverzicht | extracto de cuenta | recordatorio de pago | estratto conto |
        sollecito di pagamento | overdue notice | releve | open items statement | kontouddrag | saldooversigt |
        inkassokrav | customer statement | kontoutdrag kund | 1 mahnung | final reminder | offene posten |
        kontoudskrift | kontoudtog debitor | abne poster | kundekontoudtog | manedsopgorelse | rykker 1 |
        2 rykker | erindring | betalingserindring | saldenbestatigung | kundenkontoauszug | offene posten liste
        | monatsauszug | kontoubersicht | 2 mahnung | letzte mahnung | erinnerung | zahlungsaufforderung |
        monthly statement | outstanding items | open item statement | second reminder | final notice |
        past due notice | friendly reminder | dunning letter | estado de cuenta | extracto de cliente |
        relacion de facturas | facturas pendientes | resumen de cuenta | saldo de cuenta | aviso de pago |
        reclamacion de pago | segundo aviso | requerimiento de pago | carta de reclamacion |
        aviso de vencimiento | tiliote | saldoilmoitus | avoimet laskut | asiakastiliote | saldovahvistus |
        maksuerittely | avointen erien luettelo | maksumuistutus | maksukehotus | muistutuslasku |
        toinen maksumuistutus | perintakirje | karhukirje | maksuvaatimus | releve client | releve de factures |
        etat de compte | extrait de compte | situation de compte | mise en demeure | deuxieme rappel |
        situazione contabile | partitario cliente | scaduto cliente | riepilogo fatture | partite aperte |
        scheda contabile | sollecito | secondo sollecito | avviso di scadenza | promemoria di pagamento |
        lettera di sollecito | messa in mora | saldooversikt | apne poster | kundespesifikasjon | manedsoppgave
        | reskontroutskrift | 1 purring | 2 purring | purrebrev | openstaande posten | saldo overzicht |
        debiteurenoverzicht | maandoverzicht | rekeninguittreksel | tweede herinnering | laatste aanmaning |
        ingebrekestelling | betalingsverzoek | zestawienie naleznosci | wyciag z konta | potwierdzenie salda |
        rozrachunki | wykaz faktur | saldo konta | wezwanie do zaplaty | przypomnienie | upomnienie | ponaglenie
        | przypomnienie o platnosci | drugie wezwanie | ostateczne wezwanie | extrato de conta |
        extrato de cliente | documentos pendentes | extrato de conta corrente | resumo de conta |
        saldo em aberto | aviso de pagamento | lembrete | carta de cobranca | aviso de vencimento | interpelacao
        | lembrete de pagamento | saldobesked | reskontrautdrag | kundreskontra | oppna poster | saldolista |
        manadsbesked | openstaande facturen | openstaande nota s | unpaid invoices | outstanding invoices |
        open invoices | offene rechnungen | ubetalte fakturaer | abne fakturaer | apne fakturaer |
        obetalda fakturor | oppna fakturor | factures impayees | factures ouvertes | factures en attente |
        facturas abiertas | facturas impagadas | fatture aperte | fatture insolute | faturas em aberto |
        nieoplacone faktury | kontooversikt | kontooversigt | overzicht openstaande facturen |
        manadsbesked kund | paminnelsefaktura | kravbrev | paminnelse 1 | andra paminnelsen
    """,
    Kind.OTHER: """
        delivery note | folgeseddel | lieferschein | bon de livraison | pakbon | albaran | ddt | packing slip |
        packing list | foljesedel | pakkseddel | quotation | quote | tilbud | angebot | offert | devis | offerte
        | presupuesto | preventivo | proforma invoice | proforma | pro forma invoice | proformafaktura |
        proforma rechnung | proformarechnung | facture proforma | factura proforma | fattura proforma |
        documento di trasporto | despatch note | delivery docket | kostenvoranschlag | estimate |
        goods received note | prisliste | price list | contract | vertrag | kontrakt | newsletter | cotizacion |
        fragtbrev | cmr | frachtbrief | remittance advice | pro forma | albaran de entrega | avis de virement |
        overslag | prisoverslag | pristilbud | tilbud uden forbindende | salgstilbud | leveringsseddel |
        fragtseddel | afsendelsesnota | preisangebot | freibleibendes angebot | kostenangebot | packliste |
        warenbegleitschein | versandanzeige | packzettel | lieferanzeige | begleitschein | price quotation |
        dispatch advice | shipping note | oferta comercial | estimacion | nota de entrega | lista de embalaje |
        albaran de venta | hoja de entrega | tarjous | kustannusarvio | hintatarjous | proformalasku |
        myyntitarjous | ennakkotarjous | hinta arvio | lahete | lahetyslista | pakkauslista | toimituslista |
        rahtikirja | kerailylista | toimitusvahvistus | offre de prix | proposition commerciale |
        devis estimatif | bordereau de livraison | liste de colisage | bordereau d expedition |
        avis d expedition | proposta commerciale | offerta commerciale | quotazione | bolla di consegna |
        documento di consegna | lista colli | kostnadsoverslag | fraktbrev | plukkliste | utleveringsseddel |
        prijsopgave | proformafactuur | prijsofferte | leverbon | afleverbon | vrachtbrief | verzendbon |
        leveringsbon | werkbon | kosztorys | faktura pro forma | oferta handlowa | oferta cenowa | propozycja |
        wydanie zewnetrzne | dowod dostawy | list przewozowy | specyfikacja wysylkowa | dokument wz |
        lista pakowa | potwierdzenie dostawy | orcamento | fatura pro forma | proposta comercial |
        guia de remessa | guia de transporte | lista de embalagem | guia de entrega | guia de movimentacao |
        prisforslag | kostnadsforslag | prisoffert | saljoffert | packsedel | leveranssedel | plocklista |
        fraktsedel | leveransbesked | pakkeseddel | pakkeliste
    """,
}


@lru_cache(maxsize=1)
def titles() -> dict[str, Kind]:
    """Return every title, its tokens joined, with the kind of paper it names."""
    named = ((title, kind) for kind, text in TITLES.items() for title in text.split("|"))
    return {key: kind for title, kind in named if (key := "".join(canonical_tokens(title)))}


@lru_cache(maxsize=1)
def beginnings() -> frozenset[str]:
    """Return what titles begin with: tokens that joined are none of these need no further one."""
    return frozenset(key[:end] for key in titles() for end in range(1, len(key) + 1))
