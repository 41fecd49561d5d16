"""How Portuguese business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        fatura nr | nr da fatura | nr fatura | n fatura | fat nr | nota de credito nr | nr da nota de credito |
        nr do documento | nr nc | talao nr | nr recibo | venda nr | transacao | nr doc
    """,
    Role.TITLE_NUMBER: """
        fatura | factura recibo | fatura recibo | nota de credito | recibo | fatura simplificada
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        encomenda nr | nr da encomenda | nota de encomenda nr | requisicao nr | ordem de compra nr | n encomenda
        | nr enc | v encomenda | vossa encomenda nr | v enc | v requisicao | encomenda do cliente |
        nr encomenda cliente | a sua encomenda
    """,
    Role.SELLER_ORDER: """
        confirmacao nr | nr da confirmacao | n encomenda nr | enc cliente nr | conf nr | nossa encomenda nr |
        ordem de servico | processo nr | folha de obra | encomenda interna | nr processo | obra nr
    """,
    Role.BUYER_REFERENCE: """
        v referencia | vossa referencia | referencia do cliente | pedido por | centro de custo | nr compromisso
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        ref fatura | fatura de origem | referente a fatura | fatura original | documento de origem |
        anula fatura | retifica fatura | fatura retificada
    """,
    Role.ISSUE_DATE: """
        data de emissao | emitido em | data do documento | data emissao | data da fatura | data fatura |
        data de faturacao | data da factura | faturado em | data da nota | data da nota de credito
    """,
    Role.DATE: """
        data
    """,
    Role.DUE_DATE: """
        vencimento | data de vencimento | data vencimento | data limite de pagamento | pagar ate | vence em |
        data venc | vencimento em | pagamento ate | prazo de pagamento ate
    """,
    Role.DELIVERY_DATE: """
        data de entrega | data entrega | entregue em | prazo de entrega | data de envio | data do servico |
        entrega pretendida
    """,
    Role.ORDER_DATE: """
        data da encomenda | data encomenda | encomendado em | data do pedido | data enc | data da requisicao
    """,
    Role.VAT_ID: """
        contribuinte | nipc | nr contribuinte | contribuinte nr | v nif | nr contrib | nif
    """,
    Role.BUYER_VAT_ID: """
        v nif | vosso nif | nif do cliente | nif cliente | contribuinte do cliente
    """,
    Role.REGISTRATION_ID: """
        matricula nr | conservatoria
    """,
    Role.ACCOUNT_NUMBER: """
        nib | conta nr | nr de conta | conta
    """,
    Role.PAYMENT_REFERENCE: """
        referencia de pagamento | referencia multibanco | ref pagamento | referencia mb
    """,
    Role.PAYMENT_TERMS: """
        condicoes de pagamento | condicao de pagamento | prazo de pagamento | termos de pagamento |
        forma de pagamento
    """,
    Role.SELLER: """
        fornecedor | emitente | remetente | dados do fornecedor | morada do fornecedor | encomendado a
    """,
    Role.BUYER: """
        exmo s sr s | faturar a | adquirente | dados do cliente | morada de faturacao | faturado a
        | recebido de | recebemos de
    """,
    Role.SHIP_TO: """
        local de entrega | morada de entrega | entregar em | local de descarga | enviar para |
        endereco de entrega
    """,
    Role.NAME: """
        nome | designacao social | denominacao social
    """,
    Role.ADDRESS: """
        morada | endereco | codigo postal | localidade | sede
    """,
    Role.OTHER_PARTY: """
        assunto | local da obra | nr projeto | n referencia | nossa referencia | condicoes de entrega |
        condicao de expedicao | termos de entrega | modo de expedicao | meio de transporte | envio por |
        modo de pagamento | metodo de pagamento | meio de pagamento | pago por | tipo de pagamento |
        pagamento por | pago com | modo pag | entidade bancaria | o nosso banco | dados bancarios |
        nome do banco | domicilio bancario | titular da conta | em nome de | a ordem de | conta em nome de |
        dados para pagamento | transferencia para | pagamento por transferencia | coordenadas bancarias |
        conta bancaria | nib iban para pagamento
    """,
    Role.OTHER_NUMBER: """
        orcamento nr | proposta nr | nr orcamento | cotacao nr | nr proposta | guia nr | guia de remessa nr |
        nr guia | remessa nr | nr da guia | nr cliente | conta cliente | nr contrato | apolice nr |
        assinatura nr | nr de contrato | convencao nr | valores em | moeda da fatura | valores expressos em |
        codigo moeda | todos os valores em | cambio moeda | peso liquido | quilos
    """,
    Role.OTHER_DATE: """
        periodo de faturacao | periodo faturado | mes de referencia | periodo de servico | periodo de referencia
    """,
    Role.CONTACT: """
        telefone | telef | telemovel | correio eletronico | endereco eletronico | ao cuidado de | a atencao de |
        pessoa de contacto
    """,
    Role.COLUMN: """
        descricao | quantidade | preco | preco unitario | valor | artigo | qtd | iva | un | total
    """,
}
