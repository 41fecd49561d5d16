"""How Italian business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        fattura nr | nr fattura | nr documento | documento nr | nota di credito nr | nr doc | nr nota di credito
        | fattura numero | nr della fattura | numero del documento | nr del documento | fatt nr | ft n |
        ns fattura | n nota credito | nota credito nr | nc nr | ricevuta nr | scontrino nr | n scontrino |
        n ricevuta
    """,
    Role.TITLE_NUMBER: """
        fattura | nota di credito | fattura di vendita | ricevuta
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        ordine nr | nr ordine | ordine di acquisto | vs ordine | vostro ordine | rif ordine | ordine d acquisto
        | nr ordine d acquisto | ordine cliente | oda | oda nr | vs ordine nr | riferimento ordine | vs ord |
        ordine d acquisto nr | vostro ordine nr | ordine di acquisto nr | nr ordine di acquisto | ordine |
        rif ordine nr | rif vs ordine | vs rif ordine | n ordine cliente
    """,
    Role.SELLER_ORDER: """
        nostro ordine | ns ordine | conferma ordine | conferma nr | conferma ordine nr | n conferma |
        ns ordine nr | ordine cliente nr | nostro ordine nr | commessa n | rif interno | ordine interno |
        pratica n |
        ordine di vendita | ordine di vendita nr
    """,
    Role.BUYER_REFERENCE: """
        vs rif | vostro riferimento | riferimento cliente | rif cliente | vs riferimento | vostro rif |
        riferimento acquirente | richiedente | ordinato da | centro di costo
    """,
    Role.REFERENCE: """
        riferimento | rif
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        fattura di riferimento | fattura precedente | rif fattura | fattura originaria | storno fattura |
        a storno fattura | fattura originale | fattura collegata | a storno della fattura | rif fattura nr |
        riferimento fattura | storno della fattura | storno fattura n | relativa a fattura | rif ft n
    """,
    Role.ISSUE_DATE: """
        data fattura | data documento | data emissione | data di emissione | data doc | data della fattura |
        data del documento | emessa il | emesso il | in data | fattura del | data ft | data nota di credito |
        nota del | data nc | data nota
    """,
    Role.DATE: """
        data | del
    """,
    Role.DUE_DATE: """
        scadenza | data scadenza | data di scadenza | scad | pagamento entro | scadenza pagamento | entro il |
        scade il | scadenze | pagamento entro il | da pagare entro | da pagare entro il | termine di pagamento |
        pagare entro
    """,
    Role.DELIVERY_DATE: """
        data consegna | data di consegna | consegna | data prestazione | data consegna richiesta |
        consegna prevista | consegnato il | consegna richiesta | data spedizione | termine di consegna
        | richiesto per il | richiesto entro | consegnare entro | consegna entro | consegna entro il
    """,
    Role.ORDER_DATE: """
        data ordine | data dell ordine | ordine del | ordinato il
    """,
    Role.VAT_ID: """
        partita iva | p iva | piva | p iva cf | part iva | p i | partita iva nr | p iva c f | p iva cod fisc |
        c f p iva | partita iva codice fiscale | cf p iva | codice fiscale e p iva | c f e p iva |
        codice fiscale partita iva | cod fisc p iva
    """,
    Role.SELLER_VAT_ID: """
        p iva fornitore | p iva cedente
    """,
    Role.BUYER_VAT_ID: """
        p iva cliente | partita iva cliente | p iva cessionario | vostra p iva | vs partita iva | vs p iva |
        p iva committente
    """,
    Role.REGISTRATION_ID: """
        rea | nr rea | registro imprese | r e a
    """,
    Role.ACCOUNT_NUMBER: """
        conto corrente | c c | conto | nr conto | c c nr | conto corrente bancario
    """,
    Role.PAYMENT_REFERENCE: """
        causale | riferimento pagamento | causale bonifico | causale pagamento | riferimento di pagamento |
        causale di pagamento | rif pagamento | indicare | codice pagamento
    """,
    Role.PAYMENT_TERMS: """
        condizioni di pagamento | modalita di pagamento | pagamento | termini di pagamento | cond pagamento |
        mod pagamento | condizioni pagamento | modalita pagamento | condizione pag | tipo pagamento | cond pag |
        termine di pagamento
    """,
    Role.SELLER: """
        azienda | fornitore | venditore | mittente | cedente | cedente prestatore | da | emittente | prestatore
        | emessa da | spett le fornitore | indirizzo fornitore | ordine a
        | per favore intestare gli assegni a | intestare gli assegni a | ordinare a
    """,
    Role.BUYER: """
        cliente | spett | spett le | spettabile | intestatario | destinatario | acquirente | cessionario |
        committente | fatturare a | intestata a | cessionario committente | fatturato a |
        indirizzo di fatturazione | dati cliente | gentile | egr | intestazione | spettle | intestazione fattura
        | fattura emessa a | inviare fattura a | fattura intestata a
        | ricevuto da
    """,
    Role.SHIP_TO: """
        indirizzo di consegna | destinazione | luogo di consegna | consegnare a | spedire a |
        indirizzo di spedizione | destinazione merce | luogo di destinazione | destinazione diversa |
        consegna presso | destinatario merce
    """,
    Role.NAME: """
        nome | denominazione | ragione sociale
    """,
    Role.ADDRESS: """
        indirizzo | sede | sede legale | via | cap | citta | provincia | comune
    """,
    Role.OTHER_PARTY: """
        banca | referente | nostro riferimento | agente | vettore | banca d appoggio | intestatario conto | note
        | ns riferimento | coordinate bancarie | banca di appoggio | trasporto a cura | progetto | cantiere |
        pratica | operatore | condizioni di consegna | porto | termini di resa | resa merce | cond consegna |
        spedizione | trasporto a mezzo | corriere | trasporto | spedizioniere | incaricato del trasporto |
        metodo di pagamento | mezzo di pagamento | pagato con | forma di pagamento | tipo di pagamento |
        pagamento tramite | pagamento con | istituto | ns banca | nostra banca | istituto di credito |
        appoggio bancario | intestato a | intestatario c c | a favore di | a nome di | conto intestato a |
        bonifico bancario a | dati bancari | dati per il pagamento | pagamento su | estremi bancari |
        pagabile da
    """,
    Role.OTHER_NUMBER: """
        codice cliente | ddt | nr ddt | pagina | cod cliente | nr cliente | contratto | preventivo |
        codice fiscale | c f | cod fisc | ddt nr | codice destinatario | cig | cup | codice univoco | sdi |
        cod articolo | codice sdi | aliquota iva | nr preventivo | commessa | abi | cab | cap soc |
        capitale sociale | preventivo nr | offerta nr | n offerta | ns rif | bolla nr |
        documento di trasporto nr | consegna nr | spedizione nr | cod cli | conto cliente | contratto nr |
        n contratto | polizza nr | abbonamento nr | convenzione nr | utenza nr | importi in | valuta fattura |
        codice valuta | importi espressi in | peso lordo | peso netto | peso totale
    """,
    Role.OTHER_DATE: """
        periodo | valido fino | periodo di fatturazione | data ddt | stampato il | data stampa |
        periodo di riferimento | dal al | periodo fatturato | mese di riferimento | periodo consumi
    """,
    Role.CONTACT: """
        telefono | cellulare | pec | sito | cell | contatto | posta elettronica | sito web | sito internet |
        alla c a | att ne | alla cortese attenzione di
    """,
    Role.COLUMN: """
        descrizione | quantita | prezzo | qta | prezzo unitario | importo | um
    """,
}
