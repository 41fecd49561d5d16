"""An operator's archive: e-invoices with their pages become labelled documents, everything else is told."""

import io
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from training.collect.archive import label_archive, main
from training.collect.told import Told
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import read_shards, shards_in

Typeset = Callable[[str], bytes]
_LINES = [
    ("AX-100", "Bohrmaschine 18 V", "2", "149.50", "299.00"),
    ("AX-205", "Koffer mit Einlage", "1", "35.00", "35.00"),
    ("BX-001", "Schrauben verzinkt", "10", "1.25", "12.50"),
]


def ubl(attachment: bytes = b"", number: str = "2026-4711") -> bytes:
    lines = "".join(
        f"<cac:InvoiceLine><cbc:ID>{i}</cbc:ID><cbc:InvoicedQuantity unitCode='H87'>{quantity}</cbc:InvoicedQuantity>"
        f"<cbc:LineExtensionAmount currencyID='EUR'>{amount}</cbc:LineExtensionAmount><cac:Item>"
        f"<cbc:Name>{name}</cbc:Name>"
        f"<cac:SellersItemIdentification><cbc:ID>{code}</cbc:ID></cac:SellersItemIdentification></cac:Item>"
        f"<cac:Price><cbc:PriceAmount currencyID='EUR'>{price}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>"
        for i, (code, name, quantity, price, amount) in enumerate(_LINES, start=1)
    )
    embedded = (
        "<cac:AdditionalDocumentReference><cbc:ID>pdf</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject"
        f" mimeCode='application/pdf' filename='a.pdf'>{b64encode(attachment).decode()}"
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    text = f"""<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-11-24</cbc:IssueDate><cbc:DueDate>2026-12-24</cbc:DueDate>
      <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
      {embedded if attachment else ""}
      <cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Nordholz Werkzeuge
      </cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
      <cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>Ines Brandt Metallbau</cbc:Name></cac:PartyName>
      </cac:Party></cac:AccountingCustomerParty>
      <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">346.50</cbc:TaxExclusiveAmount>
      <cbc:TaxInclusiveAmount currencyID="EUR">412.34</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>
      {lines}</Invoice>"""
    return text.encode()


def with_xml(pdf: bytes, xml: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.attachments["factur-x.xml"] = pikepdf.AttachedFileSpec(document, xml, mime_type="text/xml")
        document.save(out)
    return out.getvalue()


def labelled(folder: Path) -> tuple[list[LabelledDocument], Told]:
    told = Told()
    return list(label_archive(folder, told, ocr=False)), told


def words_of(document: LabelledDocument, span: str, row: int = -1) -> str:
    words = [w.text for page in document.pages for w in page.words]
    tagged = zip(words, document.tags, document.rows, strict=True)
    return " ".join(w for w, tag, own in tagged if tag is not None and tag[2:] == span and own == row)


def is_the_invoice(document: LabelledDocument) -> bool:
    assert words_of(document, "invoice_number") == "2026-4711"
    assert words_of(document, "due_date") == "24.12.2026"
    assert words_of(document, "gross_total") == "412,34"
    assert words_of(document, "line.description", 2) == "Schrauben verzinkt"
    assert words_of(document, "line.unit_price", 1) == "35,00"
    return document.origin is Origin.EINVOICE


def test_a_pdf_with_its_xml_inside_is_labelled(typeset: Typeset, invoice_text: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(with_xml(typeset(invoice_text), ubl()))
    (document,), told = labelled(tmp_path)
    assert is_the_invoice(document)
    assert document.language == "de"
    assert not told.refused


def test_a_ubl_file_with_its_pdf_inside_is_labelled(typeset: Typeset, invoice_text: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(ubl(typeset(invoice_text)))
    (document,), _ = labelled(tmp_path)
    assert is_the_invoice(document)


@pytest.mark.parametrize("name", ["4711.pdf", "Scan 17.pdf"])
def test_a_ubl_file_finds_the_pdf_beside_it(typeset: Typeset, invoice_text: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "4711.xml").write_bytes(ubl())
    (tmp_path / name).write_bytes(typeset(invoice_text))
    (document,), told = labelled(tmp_path)
    assert is_the_invoice(document)
    assert not told.refused


def test_what_gives_no_label_is_told_with_its_reason(typeset: Typeset, invoice_text: str, tmp_path: Path) -> None:
    (tmp_path / "alone.pdf").write_bytes(typeset(invoice_text))
    (tmp_path / "other.xml").write_bytes(ubl(number="2026-9999"))
    (tmp_path / "letter.pdf").write_bytes(with_xml(typeset("Dear reader\n\nnothing to see here"), ubl()))
    documents, told = labelled(tmp_path)
    assert documents == []
    assert told.refused == {
        "other.xml": "no PDF beside it has its name or prints its number",
        "alone.pdf": "no e-invoice states its values",
        "letter.pdf": "too few of its values are printed on its pages",
    }


def test_the_command_writes_shards_and_a_report(
    typeset: Typeset, invoice_text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, out = tmp_path / "archive", tmp_path / "own"
    archive.mkdir()
    (archive / "a.pdf").write_bytes(with_xml(typeset(invoice_text), ubl()))
    main([str(archive), "--out", str(out), "--no-ocr", "--workers", "1"])
    (document,) = read_shards(shards_in(out))
    assert document.licence == "LicenseRef-own"
    assert (out / "archive-report.json").is_file()
    assert "1 documents labelled" in capsys.readouterr().err
