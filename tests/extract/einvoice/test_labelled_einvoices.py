"""The labelled e-invoices of other makers: every labelled value exactly, but for labels shown to be wrong."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from pipeline.domain.extraction import Extraction, Field
from pipeline.domain.vocabulary import AMOUNT_FIELDS, NUMERIC_COLUMNS, HeaderField, Kind, LineColumn
from pipeline.extract.einvoice import read_einvoice, syntax_of

COLUMNS = {column.value: column for column in LineColumn}
BLANKS_DO_NOT_COUNT = {HeaderField.IBAN, HeaderField.SELLER_VAT_ID, HeaderField.BUYER_VAT_ID}
# Labels believed wrong, by the number that file names start with; the reasons stand in docs/einvoice-labels.md.
CHANGES = {"134"}
RESPONSES = {"135", "136", "138", "139", "140"}
GROUPS_AS_LINES = {"022"}


@cache
def _labels(datasets: Path) -> tuple[Mapping[str, object], ...]:
    rows = (json.loads(line) for line in (datasets / "labels.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(row for row in rows if row["file"].startswith("einvoice/"))


def _embedded(path: Path) -> bytes:
    """Return the e-invoice inside a PDF; where there are two, the newer standard's."""
    with pikepdf.open(path) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    found = {name: xml for name, xml in files.items() if name.lower().endswith(".xml") and syntax_of(xml)}
    return found.get("factur-x.xml") or next(iter(found.values()))


def _read(path: Path) -> Extraction:
    read = read_einvoice(_embedded(path), file=path.name, sha256="0" * 64, pages=1)
    assert isinstance(read, Extraction), read
    return read


def _same(name: HeaderField | LineColumn, label: str, found: Field | None) -> bool:
    if found is None:
        return False
    if name in AMOUNT_FIELDS or name in NUMERIC_COLUMNS:
        return Decimal(label) == Decimal(found.value)
    return (label.replace(" ", "") if name in BLANKS_DO_NOT_COUNT else label) == found.value


def _disagreements(label: Mapping[str, object], read: Extraction) -> Iterator[str]:
    """Yield the names of everything in which label and reading differ."""
    if label["kind"] != read.kind.value:
        yield "kind"
    fields, lines = label["fields"], label["lines"]
    assert isinstance(fields, dict)
    assert isinstance(lines, list)
    yield from (n for n, v in fields.items() if not _same(HeaderField(n), v, read.fields.get(HeaderField(n))))
    if len(lines) != len(read.lines):
        yield "lines"
        return
    for stated, line in zip(lines, read.lines, strict=True):
        yield from (n for n, v in stated.items() if not _same(COLUMNS[n], v, line.get(COLUMNS[n])))


def test_every_labelled_value_is_read_exactly(datasets: Path) -> None:
    found = {}
    for label in _labels(datasets):
        path = datasets / str(label["file"])
        if different := set(_disagreements(label, _read(path))):
            found[path.name[:3]] = different
    expected = {number: {"kind", "purchase_order_reference"} for number in CHANGES}
    expected |= {number: {"purchase_order_reference", "quantity"} for number in RESPONSES}
    expected |= {number: {"lines"} for number in GROUPS_AS_LINES}
    assert found == expected
    assert len(_labels(datasets)) == 79


def test_the_labels_believed_wrong_contradict_their_own_documents(datasets: Path) -> None:
    by_number = {Path(str(label["file"])).name[:3]: label for label in _labels(datasets)}
    for number in CHANGES | RESPONSES:
        label = by_number[number]
        fields = label["fields"]
        assert isinstance(fields, dict)
        xml = _embedded(datasets / str(label["file"])).decode("utf-8")
        assert f"<ram:ID>{fields['purchase_order_reference']}</ram:ID>" in xml
        assert f"<ram:IssuerAssignedID>{fields['purchase_order_reference']}</ram:IssuerAssignedID>" not in xml
    for number in RESPONSES | GROUPS_AS_LINES:
        read = _read(datasets / str(by_number[number]["file"]))
        assert read.line_total is not None
        assert sum(line[LineColumn.NET_AMOUNT].amount for line in read.lines) == read.line_total.amount
        for line in read.lines:
            priced = line[LineColumn.QUANTITY].amount * line[LineColumn.UNIT_PRICE].amount_each
            assert abs(priced - line[LineColumn.NET_AMOUNT].amount) < Decimal("0.01")


def test_sums_of_the_document_hold_where_their_parts_are_stated(datasets: Path) -> None:
    held = 0
    for label in _labels(datasets):
        read = _read(datasets / str(label["file"]))
        if read.line_total is None or read.amount(HeaderField.NET_TOTAL) is None:
            continue
        off, on = (f.amount if f else Decimal(0) for f in (read.allowance_total, read.charge_total))
        assert read.line_total.amount - off + on == read.amount(HeaderField.NET_TOTAL), label["file"]
        held += 1
    assert held > 60


OIOUBL = {
    "Invoice": Kind.INVOICE,
    "CreditNote": Kind.CREDIT_NOTE,
    "Order_": Kind.PURCHASE_ORDER,
    "OrderChange": Kind.PURCHASE_ORDER,
    "OrderResponse": Kind.ORDER_RESPONSE,
    "Reminder": Kind.STATEMENT,
    "Statement": Kind.STATEMENT,
    "UtilityStatement": Kind.STATEMENT,
}


def test_every_oioubl_document_is_read(datasets: Path) -> None:
    kinds: dict[str, Kind] = {}
    for path in sorted((datasets / "oioubl").glob("*.xml")):
        read = read_einvoice(path.read_bytes(), file=path.name, sha256="0" * 64)
        assert isinstance(read, Extraction), read
        kinds[path.name] = read.kind.value
        kind = path.name.split("_", 1)[-1]
        if kind.startswith("InvoiceResponse"):
            continue
        expected = next((k for start, k in OIOUBL.items() if kind.startswith(start)), Kind.OTHER)
        assert read.kind.value is expected, path.name
        if read.kind.value in (Kind.INVOICE, Kind.CREDIT_NOTE, Kind.PURCHASE_ORDER):
            _is_whole(read)
    assert sum(kind is not Kind.OTHER for kind in kinds.values()) == 18


def _is_whole(read: Extraction) -> None:
    number = HeaderField.ORDER_NUMBER if read.kind.value is Kind.PURCHASE_ORDER else HeaderField.INVOICE_NUMBER
    names = (number, HeaderField.ISSUE_DATE, HeaderField.SELLER_NAME, HeaderField.BUYER_NAME, HeaderField.CURRENCY)
    assert all(read.value(name) for name in names), read.file
    net, tax = read.amount(HeaderField.NET_TOTAL), read.amount(HeaderField.TAX_TOTAL)
    assert net is not None
    assert tax is not None
    assert net + tax == read.amount(HeaderField.GROSS_TOTAL)
    assert sum(line[LineColumn.NET_AMOUNT].amount for line in read.lines) == net


@pytest.mark.parametrize(
    ("file", "name", "value"),
    [
        ("OIOUBL_Invoice_v2p2.xml", HeaderField.NET_TOTAL, "5050"),
        ("OIOUBL_Invoice_v2p2.xml", HeaderField.ACCOUNT_NUMBER, "12341234567890"),
        ("OIOUBL_Invoice_v2p2.xml", HeaderField.SELLER_REGISTRATION_ID, "16356706"),
        ("OIOUBL_Invoice_v2p2.xml", HeaderField.PAYMENT_REFERENCE, "A00095678"),
        ("OIOUBL_CreditNote_v2p2.xml", HeaderField.PRECEDING_INVOICE_REFERENCE, "A00095678"),
        ("OIOUBL_Order_v2p2.xml", HeaderField.ORDER_NUMBER, "5002701"),
    ],
)
def test_danish_particulars_are_read(datasets: Path, file: str, name: HeaderField, value: str) -> None:
    read = read_einvoice((datasets / "oioubl" / file).read_bytes(), file=file, sha256="0" * 64)
    assert isinstance(read, Extraction)
    assert read.value(name) == value
