"""Which e-invoice syntax an XML document is written in, told from the name of its root element."""

from enum import StrEnum
from typing import Final

from lxml import etree

from pipeline.domain.finding import Finding
from pipeline.extract.einvoice import safe_xml

_CII: Final = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:"
_ORDER: Final = "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:"
_ZUGFERD_1: Final = "urn:ferd:CrossIndustryDocument:"
_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_ENVELOPE: Final = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"


class Syntax(StrEnum):
    """A way of writing invoices or orders as XML."""

    CII = "cii"
    """UN/CEFACT Cross Industry Invoice: Factur-X, ZUGFeRD 2, XRechnung CII."""
    ZUGFERD_1 = "zugferd-1"
    """Cross Industry Document of ZUGFeRD 1.0."""
    ORDER_X = "order-x"
    """Cross Industry Order: orders, their changes and responses."""
    UBL = "ubl"
    """OASIS UBL 2: Peppol BIS, XRechnung UBL, OIOUBL, and business documents of every other kind."""


def syntax_of(xml: bytes) -> Syntax | None:
    """Return the syntax of an XML document, or None where it is none of these, not well-formed or hostile."""
    root = safe_xml.parse(xml)
    return None if isinstance(root, Finding) else syntax_of_root(document_root(root))


def syntax_of_root(root: etree._Element) -> Syntax | None:
    """Return the syntax that a root element belongs to, or None."""
    namespace = etree.QName(root).namespace or ""
    by_namespace = {_CII: Syntax.CII, _ORDER: Syntax.ORDER_X, _ZUGFERD_1: Syntax.ZUGFERD_1, _UBL: Syntax.UBL}
    return next((syntax for start, syntax in by_namespace.items() if namespace.startswith(start)), None)


def document_root(root: etree._Element) -> etree._Element:
    """Return the business document itself where it comes in the envelope of the Peppol network (SBDH)."""
    if etree.QName(root).namespace != _ENVELOPE:
        return root
    return next((child for child in root if syntax_of_root(child) is not None), root)
