"""XML of strangers: bombs are refused at once, rubbish ends as a finding, nothing raises."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.extraction import Extraction
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.extract.einvoice import read_einvoice, syntax_of
from pipeline.extract.einvoice.safe_xml import LARGEST

UBL = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">%s</Invoice>'
LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'ha'>%s]><x>&a60;</x>" % b"".join(
    b"<!ENTITY a%d '&a%d;&a%d;'>" % (n + 1, n, n) for n in range(60)
)
HOSTILE = {
    "billion laughs": LAUGHS,
    "laughs in an attribute": LAUGHS.replace(b"<x>&a60;</x>", b"<x y='&a60;'/>"),
    "laughs in parameter entities": b"<!DOCTYPE x [<!ENTITY % a 'x'><!ENTITY % b '%a;%a;'>%b;]><x/>",
    "quadratic blow-up": b"<!DOCTYPE x [<!ENTITY a '%s'>]><x>%s</x>" % (b"A" * 100_000, b"&a;" * 100_000),
    "external entity": b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    "external subset": b"<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x/>",
    "doctype that declares nothing": b"<!DOCTYPE Invoice>" + UBL % b"",
    "bomb in UTF-16": LAUGHS.decode().encode("utf-16"),
    "doctype after comments": b"\xef\xbb\xbf<?xml version='1.0'?><!-- -->\n<?p?><!DOCTYPE x><x/>",
    "deep nesting": UBL % (b"<a>" * 100_000 + b"</a>" * 100_000),
    "a text of 12 MB": UBL % (b"<a>" + b"x" * 12_000_000 + b"</a>"),
}


def _findings(xml: bytes) -> tuple[Finding, ...]:
    read = read_einvoice(xml, file="x.xml", sha256="0" * 64)
    assert not isinstance(read, Extraction)
    return read


@pytest.mark.parametrize("xml", HOSTILE.values(), ids=HOSTILE.keys())
def test_bombs_are_refused_at_once(xml: bytes) -> None:
    began = time.process_time()
    (finding,) = _findings(xml)
    assert time.process_time() - began < 1
    assert (finding.code, finding.severity) == (ReasonCode.FILE_HOSTILE, Severity.BLOCK)
    assert syntax_of(xml) is None


def test_entities_of_xml_itself_are_no_bomb() -> None:
    xml = UBL % b'<ID xmlns="c">A&amp;B&#45;1</ID>'
    read = read_einvoice(xml, file="x.xml", sha256="0" * 64)
    assert isinstance(read, Extraction)
    assert [f.value for f in read.fields.values()] == ["A&B-1"]


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        (b"", "not well-formed"),
        (b"%PDF-1.7", "not well-formed"),
        (UBL[:-4], "not well-formed"),
        (b"<html><body/></html>", "root element is html of no namespace"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "root element is feed of http://www.w3.org/2005/Atom"),
        (UBL % b"", "states none of the values"),
        ("<a>æ</a>".encode("latin-1"), "not well-formed"),
    ],
)
def test_what_is_no_einvoice_is_told_in_a_sentence(xml: bytes, says: str) -> None:
    (finding,) = _findings(xml)
    assert finding.code is ReasonCode.EINVOICE_UNREADABLE
    assert says in finding.message
    assert finding.message.endswith((".", "again."))


def test_xml_beyond_all_measure_is_not_even_parsed() -> None:
    (finding,) = _findings(b"<" * (LARGEST + 1))
    assert finding.code is ReasonCode.FILE_TOO_LARGE


NAMES = (
    "ID TypeCode IssueDate InvoiceLine LegalMonetaryTotal PayableAmount TaxTotal TaxAmount Item Name Price Party "
    "ExchangedDocument SupplyChainTradeTransaction IncludedSupplyChainTradeLineItem ApplicableHeaderTradeSettlement "
    "SpecifiedTradeSettlementHeaderMonetarySummation GrandTotalAmount PaymentMeans PayeeFinancialAccount"
)
names = st.sampled_from(NAMES.split())
leaves = st.builds(
    lambda name, text: f"<{name} currencyID='EUR'>{text}</{name}>",
    names,
    st.sampled_from(
        ["", " ", "1", "-1.50", "1e5", "NaN", "٣", "20269999", "2026-02-30", "9" * 400, "DK", "+71<", "æ"]
    ).map(lambda t: t.replace("<", "&lt;")),
)
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", names, st.lists(inner, max_size=4)
    ),
)
roots = st.sampled_from(
    [
        "Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'",
        "Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'",
        "CrossIndustryInvoice xmlns='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'",
        "CrossIndustryDocument xmlns='urn:ferd:CrossIndustryDocument:invoice:1p0'",
        "SCRDMCCBDACIOMessageStructure xmlns='urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100'",
    ]
)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(xml: bytes) -> None:
    assert all(f.message for f in _findings(xml))


@given(roots, st.lists(trees, max_size=6))
def test_well_formed_nonsense_never_raises(root: str, parts: list[str]) -> None:
    xml = f"<{root}>{''.join(parts)}</{root.split()[0]}>".encode()
    assert syntax_of(xml) is not None
    read = read_einvoice(xml, file="x.xml", sha256="0" * 64)
    for field in read.fields.values() if isinstance(read, Extraction) else ():
        assert field.value
        assert field.value == field.value.strip()
