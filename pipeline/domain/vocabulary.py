"""The field vocabulary: EN 16931 business terms, UBL and Order-X names; no others are coined."""

from enum import StrEnum


class Kind(StrEnum):
    """What a document is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PURCHASE_ORDER = "purchase_order"
    ORDER_RESPONSE = "order_response"
    RECEIPT = "receipt"
    STATEMENT = "statement"
    OTHER = "other"


class HeaderField(StrEnum):
    """A value that a document states once; `business_term` is its EN 16931 identifier, where it has one."""

    business_term: str | None

    def __new__(cls, value: str, business_term: str | None = None) -> "HeaderField":
        member = str.__new__(cls, value)
        member._value_ = value
        member.business_term = business_term
        return member

    INVOICE_NUMBER = "invoice_number", "BT-1"
    ORDER_NUMBER = "order_number", None
    ISSUE_DATE = "issue_date", "BT-2"
    DUE_DATE = "due_date", "BT-9"
    DELIVERY_DATE = "delivery_date", "BT-72"
    CURRENCY = "currency", "BT-5"
    PURCHASE_ORDER_REFERENCE = "purchase_order_reference", "BT-13"
    BUYER_REFERENCE = "buyer_reference", "BT-10"
    PRECEDING_INVOICE_REFERENCE = "preceding_invoice_reference", "BT-25"
    SELLER_NAME = "seller_name", "BT-27"
    SELLER_VAT_ID = "seller_vat_id", "BT-31"
    SELLER_REGISTRATION_ID = "seller_registration_id", "BT-30"
    SELLER_ADDRESS = "seller_address", "BG-5"
    SELLER_EMAIL = "seller_email", "BT-43"
    BUYER_NAME = "buyer_name", "BT-44"
    BUYER_VAT_ID = "buyer_vat_id", "BT-48"
    BUYER_ADDRESS = "buyer_address", "BG-8"
    DELIVERY_ADDRESS = "delivery_address", "BG-15"
    IBAN = "iban", "BT-84"
    BIC = "bic", "BT-86"
    ACCOUNT_NUMBER = "account_number", None
    PAYMENT_REFERENCE = "payment_reference", "BT-83"
    PAYMENT_TERMS = "payment_terms", "BT-20"
    NET_TOTAL = "net_total", "BT-109"
    TAX_TOTAL = "tax_total", "BT-110"
    GROSS_TOTAL = "gross_total", "BT-112"
    PREPAID_AMOUNT = "prepaid_amount", "BT-113"
    AMOUNT_DUE = "amount_due", "BT-115"


class LineColumn(StrEnum):
    """A value that a document states once per line item (BG-25)."""

    business_term: str

    def __new__(cls, value: str, business_term: str) -> "LineColumn":
        member = str.__new__(cls, value)
        member._value_ = value
        member.business_term = business_term
        return member

    DESCRIPTION = "description", "BT-153"
    ITEM_CODE = "item_code", "BT-155"
    QUANTITY = "quantity", "BT-129"
    UNIT = "unit", "BT-130"
    UNIT_PRICE = "unit_price", "BT-146"
    DISCOUNT = "discount", "BT-136"
    TAX_RATE = "tax_rate", "BT-152"
    NET_AMOUNT = "net_amount", "BT-131"
    ORDER_LINE_REFERENCE = "order_line_reference", "BT-132"


DATE_FIELDS = frozenset({HeaderField.ISSUE_DATE, HeaderField.DUE_DATE, HeaderField.DELIVERY_DATE})
AMOUNT_FIELDS = frozenset(
    {
        HeaderField.NET_TOTAL,
        HeaderField.TAX_TOTAL,
        HeaderField.GROSS_TOTAL,
        HeaderField.PREPAID_AMOUNT,
        HeaderField.AMOUNT_DUE,
    }
)
NUMERIC_COLUMNS = frozenset(
    {
        LineColumn.QUANTITY,
        LineColumn.UNIT_PRICE,
        LineColumn.DISCOUNT,
        LineColumn.TAX_RATE,
        LineColumn.NET_AMOUNT,
    }
)
