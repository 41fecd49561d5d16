"""How Spanish business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        factura nr | nr factura | nr de factura | nr fra | fra nr | nr de abono | abono nr | nr documento |
        num factura | nr de documento | codigo factura | factura rectificativa nr | nr de la factura |
        numero factura | nuestra factura | nr rectificativa | rectificativa nr | recibo nr | nr ticket |
        operacion nr | nr recibo | fra simpl
    """,
    Role.TITLE_NUMBER: """
        factura | abono | factura rectificativa | recibo
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        pedido nr | nr pedido | nr de pedido | su pedido | orden de compra | pedido cliente | pedido de compra |
        pedido | su pedido nr | oc nr | orden de compra nr | nr orden de compra | su nr de pedido | ref pedido |
        nr de orden de compra | referencia pedido | referencia de pedido | referencia del pedido |
        nr pedido cliente | s pedido | pedido del cliente
    """,
    Role.ORDER: """
        nr orden | orden nr | nr de orden
    """,
    Role.SELLER_ORDER: """
        nuestro pedido | pedido de venta | pedido venta | confirmacion nr | nuestro pedido nr |
        nr de confirmacion | pedido de venta nr | acuse nr | pedido interno | orden de trabajo
    """,
    Role.BUYER_REFERENCE: """
        su referencia | su ref | referencia cliente | ref cliente | referencia del cliente |
        referencia del comprador | s ref | solicitado por | centro de coste | solicitante
    """,
    Role.REFERENCE: """
        referencia
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        factura rectificada | factura anterior | factura original | rectifica la factura | rectifica a factura |
        factura origen | rectifica factura | factura de origen | nr factura original | factura rectificada nr |
        corrige factura | factura que se rectifica | rectifica a la factura nr | abono de factura | ref factura
        | corresponde a factura | anula factura
    """,
    Role.ISSUE_DATE: """
        fecha factura | fecha de factura | fecha de emision | fecha emision | fecha expedicion |
        fecha de expedicion | fecha documento | fecha de la factura | fecha del documento | emitida el |
        fecha de facturacion | emitido el | a fecha | fecha doc | fechado | fecha fra | facturado el |
        fecha de abono | fecha abono | fecha rectificativa
    """,
    Role.DATE: """
        fecha
    """,
    Role.DUE_DATE: """
        fecha de vencimiento | vencimiento | fecha vencimiento | vence | vto | fecha limite de pago |
        pagar antes de | fecha de pago | vence el | vencimientos | fecha vto | pagar antes del | plazo hasta |
        fecha limite | vencimiento el | f vencimiento
    """,
    Role.DELIVERY_DATE: """
        fecha de entrega | fecha entrega | entrega | fecha operacion | fecha de operacion |
        fecha de entrega solicitada | fecha de servicio | entregado el | plazo de entrega | entrega prevista |
        entrega solicitada | fecha envio
        | requerido para | requerido el | entregar antes de | entregar antes del | entrega antes del
    """,
    Role.ORDER_DATE: """
        fecha pedido | fecha de pedido | fecha del pedido | fecha orden | pedido el | fecha de compra |
        solicitado el
    """,
    Role.VAT_ID: """
        cif | nif | nif iva | nr iva | cif nif | iva nr | nif cif | n i f | c i f | nif intracomunitario |
        vat cif | nr de iva | nif vat | dni nif | nif iva intracomunitario | id fiscal
    """,
    Role.SELLER_VAT_ID: """
        nif emisor | nif vendedor | nif proveedor | cif proveedor
    """,
    Role.BUYER_VAT_ID: """
        nif cliente | cif cliente | su nif | cif nif cliente | nif comprador | nif del cliente | cif del cliente
        | su cif | nif receptor
    """,
    Role.REGISTRATION_ID: """
        registro mercantil
    """,
    Role.ACCOUNT_NUMBER: """
        cuenta | nr de cuenta | cuenta bancaria | nr cuenta | ccc | cuenta corriente
    """,
    Role.PAYMENT_REFERENCE: """
        referencia de pago | referencia pago | concepto de pago | referencia del pago |
        referencia de transferencia | ref pago | referencia a indicar | ref transferencia
    """,
    Role.PAYMENT_TERMS: """
        condiciones de pago | forma de pago | condiciones pago | terminos de pago | plazo de pago | cond pago |
        termino de pago | condicion de pago | f de pago
    """,
    Role.SELLER: """
        vendedor | proveedor | emisor | de | expedidor | datos del emisor | empresa | datos del proveedor |
        emitida por | datos emisor | datos del vendedor | direccion proveedor | pedido a
        | cheque a nombre de | emitir cheque a nombre de | pedir a | pedido para
    """,
    Role.BUYER: """
        cliente | comprador | facturar a | facturado a | datos del cliente | direccion de facturacion |
        destinatario | para | receptor | datos cliente | datos de facturacion | razon social |
        nombre del cliente | senores | direccion facturacion | datos del comprador | datos del receptor |
        cliente facturacion | factura a | sr sra
        | factura emitida a | emitida a
        | recibido de | recibi de
    """,
    Role.SHIP_TO: """
        direccion de entrega | enviar a | direccion de envio | entregar a | lugar de entrega | enviado a |
        direccion entrega | direccion envio | entrega en | entregar en | destinatario mercancia
    """,
    Role.NAME: """
        nombre | razon social
    """,
    Role.ADDRESS: """
        direccion | domicilio | domicilio social | codigo postal | poblacion | ciudad | pais | provincia
    """,
    Role.OTHER_PARTY: """
        banco | contacto | atencion | nuestra referencia | titular | comercial | agente | transportista |
        observaciones | datos bancarios | vendedor nr | persona de contacto | entidad bancaria | obra | ref obra
        | nr proyecto | n ref | atendido por | representante | condiciones de entrega | incoterm | portes |
        cond entrega | condicion de envio | plazo y condiciones | forma de envio | enviado por | metodo de envio
        | medio de transporte | metodo de pago | medio de pago | pagado con | modo de pago | tipo de pago |
        pago mediante | via de pago | pagado por | nuestro banco | banco caja | nombre del banco | domiciliacion
        | beneficiario | titular de la cuenta | a nombre de | a favor de | titular cuenta | ordenante a favor de
        | transferencia a | forma de pago transferencia | datos de pago | domiciliacion bancaria | ingresar en |
        informacion de pago
    """,
    Role.OTHER_NUMBER: """
        nr cliente | codigo cliente | albaran | nr albaran | contrato | pagina | nr de cliente | cod cliente |
        presupuesto | nr de albaran | nr contrato | albaran nr | nr proveedor | codigo de cliente | hoja |
        cod articulo | tipo iva | ref articulo | nr presupuesto | expediente | cups | presupuesto nr | oferta nr
        | nr de oferta | cotizacion nr | nuestra ref | entrega nr | envio nr | nota de entrega nr | cliente nr |
        cuenta cliente | id cliente | contrato nr | nr de contrato | poliza nr | abono mensual nr |
        suscripcion nr | moneda factura | importes en | todos los importes en | codigo divisa | divisa factura |
        peso bruto | peso neto | peso total | peso kg | kilos
    """,
    Role.OTHER_DATE: """
        periodo | periodo de facturacion | valido hasta | fecha albaran | fecha impresion | fecha valor |
        fecha de impresion | periodo facturado | periodo de consumo | del periodo | periodo de servicio
    """,
    Role.CONTACT: """
        telefono | movil | correo | tfno | tlfno | correo electronico | telf | correo e | pagina web | sitio web
        | a la atencion de
    """,
    Role.COLUMN: """
        descripcion | cantidad | precio | precio unitario | importe | cant | uds
    """,
}
