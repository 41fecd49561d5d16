"""The way in: XML to an `Extraction`, or to the findings that say why not."""

from typing import Final

from lxml import etree

from pipeline.domain.document import WordsFrom
from pipeline.domain.extraction import Extraction, KindGuess, ModelVersion
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.extract.einvoice import safe_xml
from pipeline.extract.einvoice.cii import read_cii
from pipeline.extract.einvoice.detect import Syntax, document_root, syntax_of_root
from pipeline.extract.einvoice.facts import Facts
from pipeline.extract.einvoice.ubl import read_ubl

MODEL: Final = ModelVersion("bilag-einvoice", "1")
"""The reader's own version: it changes when the same XML would be read otherwise."""

_BOOKED: Final = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE, Kind.PURCHASE_ORDER})


def read_einvoice(xml: bytes, *, file: str, sha256: str, pages: int = 0) -> Extraction | tuple[Finding, ...]:
    """Return what an e-invoice or e-order states, or the findings that say why it cannot be read.

    Values are the sender's, only their form is normalised; what contradicts itself stays, for validation to tell.
    `unit_price` is BT-146 as stated: where it is for several units its `per` says so. `pages` is the length of the
    file that the XML came in, 0 for a bare XML file.
    """
    parsed = safe_xml.parse(xml)
    if isinstance(parsed, Finding):
        return (parsed,)
    root = document_root(parsed)
    syntax = syntax_of_root(root)
    if syntax is None:
        return (_unknown(root),)
    facts = Facts()
    if syntax is Syntax.UBL:
        read_ubl(root, facts)
    else:
        read_cii(root, facts, is_order=syntax is Syntax.ORDER_X)
    if facts.kind in _BOOKED and not facts.fields:
        return (_empty(root),)
    _tell_what_is_missing(facts)
    return Extraction(
        file=file,
        sha256=sha256,
        pages=pages,
        words_from=WordsFrom.EINVOICE,
        kind=KindGuess(facts.kind, 1.0),
        model=MODEL,
        fields=facts.fields,
        tax_breakdown=tuple(facts.tax_breakdown),
        lines=tuple(facts.lines),
        findings=tuple(facts.problems),
        first_page=min(pages, 1),
        last_page=pages,
        line_total=facts.totals.get("line_total"),
        allowance_total=facts.totals.get("allowance_total"),
        charge_total=facts.totals.get("charge_total"),
        rounding_amount=facts.totals.get("rounding_amount"),
    )


def _tell_what_is_missing(facts: Facts) -> None:
    """Warn of what every document of its kind must state and this one does not."""
    if facts.kind not in _BOOKED:
        return
    number = HeaderField.ORDER_NUMBER if facts.kind is Kind.PURCHASE_ORDER else HeaderField.INVOICE_NUMBER
    wanted = [number, HeaderField.ISSUE_DATE, HeaderField.SELLER_NAME, HeaderField.BUYER_NAME]
    if facts.kind is not Kind.PURCHASE_ORDER:
        wanted += [HeaderField.CURRENCY, HeaderField.GROSS_TOTAL]
    missing = [name.value for name in wanted if name not in facts.fields]
    if missing:
        facts.warn(
            f"The e-invoice does not state {', '.join(missing)}; take it from the page or ask the sender.", *missing
        )
    if not facts.lines:
        facts.warn(
            "The e-invoice has no line items (its profile may not allow any); they can only be on the page.", "lines"
        )


def _unknown(root: etree._Element) -> Finding:
    name = etree.QName(root)
    return Finding(
        ReasonCode.EINVOICE_UNREADABLE,
        Severity.WARN,
        f"The XML is no e-invoice that can be read: its root element is {name.localname[:60]} of "
        f"{(name.namespace or 'no namespace')[:100]}. Ask the sender for Factur-X, XRechnung, Peppol or OIOUBL.",
    )


def _empty(root: etree._Element) -> Finding:
    return Finding(
        ReasonCode.EINVOICE_UNREADABLE,
        Severity.WARN,
        f"The {etree.QName(root).localname[:60]} states none of the values that an e-invoice must; "
        "ask the sender to send it again.",
    )
