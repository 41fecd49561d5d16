"""What UNTDID 1001 document type codes and UBL document names mean. Source: EN 16931 code lists, Order-X 1.0."""

from typing import Final

from pipeline.domain.vocabulary import Kind

_CREDIT_NOTE_CODES: Final = "81 83 261 262 296 308 381 396 420 458 532"
_INVOICE_CODES: Final = (
    "80 82 84 102 130 202 203 204 211 218 219 295 326 331 380 382 383 384 385 386 387 388 389 390 393 394 395 456 457 "
    "527 553 575 623 633 751 780 817 870 875 876 877 935"
)
_CREDIT_NOTES: Final = frozenset(_CREDIT_NOTE_CODES.split())
_INVOICES: Final = frozenset(_INVOICE_CODES.split())
PROFORMA: Final = "325"
ORDER_CHANGE: Final = "230"
_ORDERS: Final = frozenset({"220", ORDER_CHANGE})
_RESPONSES: Final = frozenset({"231", "320"})

_UBL: Final = {
    "Invoice": Kind.INVOICE,
    "SelfBilledInvoice": Kind.INVOICE,
    "DebitNote": Kind.INVOICE,
    "CreditNote": Kind.CREDIT_NOTE,
    "SelfBilledCreditNote": Kind.CREDIT_NOTE,
    "Order": Kind.PURCHASE_ORDER,
    "OrderChange": Kind.PURCHASE_ORDER,
    "OrderResponse": Kind.ORDER_RESPONSE,
    "OrderResponseSimple": Kind.ORDER_RESPONSE,
    "Reminder": Kind.STATEMENT,
    "Statement": Kind.STATEMENT,
    "UtilityStatement": Kind.STATEMENT,
}


def kind_of_type_code(code: str | None) -> Kind | None:
    """Return what a UNTDID 1001 code says a document is, None for codes that say nothing here.

    A corrected invoice (384) is an invoice, whatever the sign of its amounts; a proforma invoice (325) asks for no
    booking and is `other`.
    """
    if code in _CREDIT_NOTES:
        return Kind.CREDIT_NOTE
    if code in _INVOICES:
        return Kind.INVOICE
    if code in _ORDERS:
        return Kind.PURCHASE_ORDER
    if code in _RESPONSES:
        return Kind.ORDER_RESPONSE
    return Kind.OTHER if code == PROFORMA else None


def kind_of_ubl_document(name: str) -> Kind:
    """Return what a UBL document of this name is; catalogues, cancellations, responses and the like are `other`."""
    return _UBL.get(name, Kind.OTHER)
