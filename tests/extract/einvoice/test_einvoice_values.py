"""Kinds by type code, dates, amounts and Danish payment lines; what cannot be read is told, never guessed."""

from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from pipeline.domain.extraction import Extraction
from pipeline.domain.finding import ReasonCode
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.extract.einvoice import Syntax, read_einvoice, syntax_of
from pipeline.extract.einvoice.danish_payment import card_line
from pipeline.extract.einvoice.facts import as_amount, as_date
from pipeline.extract.einvoice.kinds import kind_of_type_code, kind_of_ubl_document


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("380", Kind.INVOICE),
        ("326", Kind.INVOICE),
        ("384", Kind.INVOICE),
        ("386", Kind.INVOICE),
        ("389", Kind.INVOICE),
        ("875", Kind.INVOICE),
        ("381", Kind.CREDIT_NOTE),
        ("261", Kind.CREDIT_NOTE),
        ("220", Kind.PURCHASE_ORDER),
        ("230", Kind.PURCHASE_ORDER),
        ("231", Kind.ORDER_RESPONSE),
        ("325", Kind.OTHER),
        ("999", None),
        (None, None),
    ],
)
def test_type_codes_decide_the_kind(code: str | None, kind: Kind | None) -> None:
    assert kind_of_type_code(code) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Reminder", Kind.STATEMENT),
        ("OrderResponseSimple", Kind.ORDER_RESPONSE),
        ("SelfBilledCreditNote", Kind.CREDIT_NOTE),
        ("OrderCancellation", Kind.OTHER),
        ("Catalogue", Kind.OTHER),
    ],
)
def test_ubl_names_decide_the_kind(name: str, kind: Kind) -> None:
    assert kind_of_ubl_document(name) is kind


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20260228", date(2026, 2, 28)),
        ("202602281345", date(2026, 2, 28)),
        ("2026-02-28", date(2026, 2, 28)),
        ("2026-02-28+01:00", date(2026, 2, 28)),
        ("2026-02-28T00:00:00", date(2026, 2, 28)),
        ("20260230", None),
        ("202602", None),
        ("28.02.2026", None),
    ],
)
def test_dates_are_read_in_the_forms_of_the_standards_only(text: str, value: date | None) -> None:
    assert as_date(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("1234.50", "1234.50"), ("-.5", "-0.5"), ("+1.", "1"), ("1,50", None), ("1e3", None), ("NaN", None), ("٣", None)],
)
def test_amounts_are_xml_decimals_only(text: str, value: str | None) -> None:
    assert as_amount(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("means", "line"),
    [
        ("<InstructionID>000000000881310</InstructionID><PaymentID>71</PaymentID>", "+71<000000000881310+87654321<"),
        ("<PaymentID>75#1234567890123456</PaymentID>", "+75<1234567890123456+87654321<"),
        ("<PaymentID>73</PaymentID>", "+73<+87654321<"),
        ("<PaymentID>71</PaymentID>", None),
        ("<PaymentID>RF18</PaymentID>", None),
    ],
)
def test_fik_cards_become_the_line_that_payers_type(means: str, line: str | None) -> None:
    xml = f"<PaymentMeans>{means}<CreditAccount><AccountID>87654321</AccountID></CreditAccount></PaymentMeans>"
    assert card_line(etree.fromstring(xml)) == line


CII = """<CrossIndustryInvoice xmlns="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100">
<ExchangedDocument><ID>7</ID><TypeCode>{code}</TypeCode><IssueDateTime><DateTimeString>{issued}</DateTimeString></IssueDateTime>
</ExchangedDocument><SupplyChainTradeTransaction><ApplicableHeaderTradeSettlement>
<SpecifiedTradeSettlementHeaderMonetarySummation><TaxBasisTotalAmount>{net}</TaxBasisTotalAmount>
<GrandTotalAmount currencyID="EUR">119.00</GrandTotalAmount></SpecifiedTradeSettlementHeaderMonetarySummation>
</ApplicableHeaderTradeSettlement></SupplyChainTradeTransaction></CrossIndustryInvoice>"""


def _read(code: str = "380", issued: str = "20260101", net: str = "1.00") -> Extraction:
    read = read_einvoice(CII.format(code=code, issued=issued, net=net).encode(), file="x.xml", sha256="0" * 64)
    assert isinstance(read, Extraction)
    return read


def test_contradictions_stay_as_they_are() -> None:
    read = _read(net="5000.00")
    assert read.amount(HeaderField.NET_TOTAL) == 5000
    assert read.amount(HeaderField.GROSS_TOTAL) == 119
    assert read.amount(HeaderField.TAX_TOTAL) is None


def test_a_text_that_is_no_value_is_left_out_and_told() -> None:
    read = _read(issued="1 January", net="1.000,00")
    assert HeaderField.ISSUE_DATE not in read.fields
    assert HeaderField.NET_TOTAL not in read.fields
    told = {name: f.message for f in read.findings for name in f.fields}
    assert "“1.000,00” as net_total, which is no number" in told["net_total"]
    assert "issue_date" in told


def test_what_is_missing_is_told() -> None:
    findings = _read().findings
    assert {f.code for f in findings} == {ReasonCode.EINVOICE_INCOMPLETE}
    assert {name for f in findings for name in f.fields} == {"seller_name", "buyer_name", "lines"}


def test_the_currency_of_the_totals_counts_where_none_is_stated() -> None:
    assert _read().value(HeaderField.CURRENCY) == "EUR"


def test_an_unknown_type_code_is_told_and_a_proforma_is_not_booked() -> None:
    assert any("“999” is not known" in f.message for f in _read("999").findings)
    assert _read("325").kind.value is Kind.OTHER


def test_everything_is_sure_and_stands_on_no_page() -> None:
    read = _read()
    assert read.pages == read.first_page == read.last_page == 0
    assert {(f.confidence, f.page, f.box) for f in read.fields.values()} == {(1.0, None, None)}
    in_pdf = read_einvoice(CII.format(code="380", issued="", net="").encode(), file="x.pdf", sha256="0" * 64, pages=3)
    assert isinstance(in_pdf, Extraction)
    assert (in_pdf.first_page, in_pdf.last_page) == (1, 3)


@pytest.mark.parametrize(
    ("namespace", "syntax"),
    [
        ("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", Syntax.CII),
        ("urn:ferd:CrossIndustryDocument:invoice:1p0", Syntax.ZUGFERD_1),
        ("urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100", Syntax.ORDER_X),
        ("urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2", Syntax.UBL),
        ("http://www.w3.org/2000/svg", None),
    ],
)
def test_the_root_tells_the_syntax(namespace: str, syntax: Syntax | None) -> None:
    assert syntax_of(f'<r xmlns="{namespace}"/>'.encode()) is syntax


def test_several_taxes_of_one_currency_are_added_up() -> None:
    xml = """<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>1</ID>
    <DocumentCurrencyCode>DKK</DocumentCurrencyCode>
    <TaxTotal><TaxAmount currencyID="DKK">10.50</TaxAmount></TaxTotal>
    <TaxTotal><TaxAmount currencyID="DKK">2.00</TaxAmount></TaxTotal>
    <TaxTotal><TaxAmount currencyID="EUR">99.00</TaxAmount></TaxTotal></Invoice>"""
    read = read_einvoice(xml.encode(), file="x.xml", sha256="0" * 64)
    assert isinstance(read, Extraction)
    assert read.fields[HeaderField.TAX_TOTAL].value == "12.5"
    assert read.fields[HeaderField.TAX_TOTAL].text == "10.50 + 2.00"
