"""XML from strangers: no DOCTYPE, no entities, no network, bounded size and depth."""

from typing import Final
from xml.parsers import expat

from lxml import etree

from pipeline.domain.finding import Finding, ReasonCode, Severity

LARGEST: Final = 25 * 1024 * 1024
"""Bytes of XML that are read at most; documents embedded as base64 fit in."""

_RESOURCE_LIMIT = 114  # XML_ERR_RESOURCE_LIMIT of libxml2: nested too deeply, or one text beyond 10 MB


class _Doctype(Exception):
    """The document has a DOCTYPE."""


class _Enough(Exception):
    """The prolog is over."""


def parse(xml: bytes) -> etree._Element | Finding:
    """Return the root element, or the finding that says why the XML is refused or cannot be read."""
    if len(xml) > LARGEST:
        return _finding(
            ReasonCode.FILE_TOO_LARGE,
            f"The XML has {len(xml) // 1024 // 1024} MB, more than the {LARGEST // 1024 // 1024} MB that are read; "
            "ask the sender to leave attachments out of it.",
            Severity.BLOCK,
        )
    if _has_doctype(xml):
        return _hostile("declares a DOCTYPE, which can hide entities that grow without end or fetch files")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == _RESOURCE_LIMIT:
            return _hostile("is nested too deeply or holds a text beyond all measure")
        return _finding(
            ReasonCode.EINVOICE_UNREADABLE,
            f"The XML is not well-formed ({error.msg}); ask the sender to send the e-invoice again.",
        )
    if root.getroottree().docinfo.internalDTD is not None:
        return _hostile("declares a DOCTYPE, which can hide entities that grow without end or fetch files")
    return root


def _has_doctype(xml: bytes) -> bool:
    """Say whether a DOCTYPE stands before the root element; stops there, so no entity is ever expanded."""

    def doctype(*_: object) -> None:
        raise _Doctype

    def element(*_: object) -> None:
        raise _Enough

    scanner = expat.ParserCreate()
    scanner.StartDoctypeDeclHandler = doctype
    scanner.StartElementHandler = element
    try:
        scanner.Parse(xml, True)
    except _Doctype:
        return True
    except (_Enough, expat.ExpatError, ValueError, LookupError):
        return False  # whether it is well-formed the parser proper will say
    return False


def _hostile(why: str) -> Finding:
    return _finding(
        ReasonCode.FILE_HOSTILE,
        f"The XML {why}; e-invoices never do. Do not open it, and ask the sender by another way than this mail.",
        Severity.BLOCK,
    )


def _finding(code: ReasonCode, message: str, severity: Severity = Severity.WARN) -> Finding:
    return Finding(code, severity, message)
