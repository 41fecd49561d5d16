"""What checks found: a stable reason code, how grave it is, the fields concerned, a sentence for people."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`block` keeps a document from being posted without a person; `warn` asks for a look; `info` only tells."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class ReasonCode(StrEnum):
    """Stable codes; a code is never renamed or given a second meaning."""

    # the file
    FILE_EMPTY = "FILE_EMPTY"
    FILE_ENCRYPTED = "FILE_ENCRYPTED"
    FILE_DAMAGED = "FILE_DAMAGED"
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    FILE_TOO_MANY_PAGES = "FILE_TOO_MANY_PAGES"
    FILE_UNSUPPORTED = "FILE_UNSUPPORTED"
    FILE_HOSTILE = "FILE_HOSTILE"
    READ_TIMED_OUT = "READ_TIMED_OUT"
    NO_WORDS = "NO_WORDS"
    TEXT_QUALITY_POOR = "TEXT_QUALITY_POOR"
    TEXT_LAYER_REPLACED = "TEXT_LAYER_REPLACED"
    EINVOICE_UNREADABLE = "EINVOICE_UNREADABLE"
    EINVOICE_INCOMPLETE = "EINVOICE_INCOMPLETE"
    SEVERAL_DOCUMENTS = "SEVERAL_DOCUMENTS"
    # the reading
    FIELD_MISSING = "FIELD_MISSING"
    FIELD_UNCERTAIN = "FIELD_UNCERTAIN"
    VALUE_AMBIGUOUS = "VALUE_AMBIGUOUS"
    KIND_UNCERTAIN = "KIND_UNCERTAIN"
    KIND_NOT_POSTED = "KIND_NOT_POSTED"
    # arithmetic
    LINE_AMOUNT_DISAGREES = "LINE_AMOUNT_DISAGREES"
    LINES_DISAGREE = "LINES_DISAGREE"
    TOTALS_DISAGREE = "TOTALS_DISAGREE"
    TAX_DISAGREES = "TAX_DISAGREES"
    AMOUNT_DUE_DISAGREES = "AMOUNT_DUE_DISAGREES"
    # identifiers and dates
    VAT_ID_INVALID = "VAT_ID_INVALID"
    IBAN_INVALID = "IBAN_INVALID"
    CURRENCY_UNKNOWN = "CURRENCY_UNKNOWN"
    CURRENCY_DIFFERS = "CURRENCY_DIFFERS"
    DATE_IMPLAUSIBLE = "DATE_IMPLAUSIBLE"
    DUE_BEFORE_ISSUE = "DUE_BEFORE_ISSUE"
    # the supplier or customer
    SUPPLIER_UNKNOWN = "SUPPLIER_UNKNOWN"
    SUPPLIER_AMBIGUOUS = "SUPPLIER_AMBIGUOUS"
    SUPPLIER_MATCHED = "SUPPLIER_MATCHED"
    CUSTOMER_UNKNOWN = "CUSTOMER_UNKNOWN"
    IBAN_CHANGED = "IBAN_CHANGED"
    IBAN_UNKNOWN = "IBAN_UNKNOWN"
    NOT_ADDRESSED_TO_US = "NOT_ADDRESSED_TO_US"
    # purchase orders
    PO_NOT_FOUND = "PO_NOT_FOUND"
    PO_MISSING = "PO_MISSING"
    PO_CLOSED = "PO_CLOSED"
    PO_OTHER_SUPPLIER = "PO_OTHER_SUPPLIER"
    PO_LINE_UNMATCHED = "PO_LINE_UNMATCHED"
    PO_PRICE_MISMATCH = "PO_PRICE_MISMATCH"
    PO_QUANTITY_EXCEEDED = "PO_QUANTITY_EXCEEDED"
    PO_NOT_RECEIVED = "PO_NOT_RECEIVED"
    PO_MATCHED = "PO_MATCHED"
    PRODUCT_UNKNOWN = "PRODUCT_UNKNOWN"
    # the whole
    DUPLICATE = "DUPLICATE"
    ABOVE_APPROVAL_LIMIT = "ABOVE_APPROVAL_LIMIT"
    SENDER_UNTRUSTED = "SENDER_UNTRUSTED"
    # posting
    ERP_REJECTED = "ERP_REJECTED"
    ERP_UNAVAILABLE = "ERP_UNAVAILABLE"
    READ_BACK_DIFFERS = "READ_BACK_DIFFERS"
    GAVE_UP = "GAVE_UP"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found; `fields` names vocabulary fields or `lines[2].net_amount` (line items count from 0)."""

    code: ReasonCode
    severity: Severity
    message: str
    fields: tuple[str, ...] = ()
