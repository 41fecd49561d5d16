"""`bilag extract`: tables for people, the contract for scripts, and bad files that stop nothing."""

import json
import os
from pathlib import Path

import pytest

from pipeline.demo.mailbox import einvoices
from pipeline.demo.mailbox.pages import draw
from pipeline.domain.contract import from_json, to_json
from tests.cli.conftest import Bilag
from tests.flow.office import invoice


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    path = tmp_path / "BW-10377.xml"
    path.write_bytes(einvoices.peppol_ubl(invoice()))
    return path


def test_a_table_for_people(bilag: Bilag, xml: Path) -> None:
    ended = bilag("extract", xml)

    assert ended.code == 0
    for shown in ("BW-10377.xml", "invoice_number", "BW-10377", "gross_total", "100%", "LMP-LED-7"):
        assert shown in ended.said


def test_jsonl_is_the_contract(bilag: Bilag, xml: Path) -> None:
    ended = bilag("extract", "--jsonl", xml)

    (line,) = ended.out.splitlines()
    written = json.loads(line)
    assert written["schema"] == "bilag.extraction/1"
    assert to_json(from_json(written)) == written
    assert (written["file"], written["words_from"]) == (str(xml), "einvoice")
    assert written["fields"]["gross_total"]["value"] == "672"
    assert len(written["lines"]) == 2


def test_an_unreadable_file_ends_with_10_and_says_what_to_do(bilag: Bilag, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")

    ended = bilag("extract", tmp_path / "empty.pdf")

    assert ended.code == 10
    assert "FILE_EMPTY" in ended.said
    assert "Ask the sender to send it again" in ended.said


def test_one_bad_file_stops_no_other(bilag: Bilag, xml: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7\n" + b"\x93garbage" * 99)

    ended = bilag("extract", "--jsonl", tmp_path / "bad.pdf", xml)

    assert ended.code == 10
    bad, good = map(json.loads, ended.out.splitlines())
    assert bad["unreadable"] is True
    assert bad["findings"][0]["code"] == "FILE_DAMAGED"
    assert good["fields"]["invoice_number"]["value"] == "BW-10377"


def test_a_page_is_read_where_the_einvoice_is_to_be_ignored(bilag: Bilag, tmp_path: Path) -> None:
    path = tmp_path / "both.pdf"
    path.write_bytes(einvoices.factur_x(invoice(), draw(invoice())))

    native, page = (
        json.loads(bilag("extract", "--jsonl", "--ocr", "none", *more, path).out)
        for more in ((), ("--ignore-einvoice",))
    )

    assert native["words_from"] == "einvoice"
    assert page["words_from"] == "text_layer"
    assert page["fields"]["invoice_number"]["box"] is not None


@pytest.mark.parametrize(
    "name",
    [
        b"faktura \xc3\xa6\xc3\xb8\xc3\xa5 \xe2\x82\xac.xml",
        b"faktura \xe6 in Latin-1.xml",
        b"[bold]loud[/bold] [x].xml",
        b"two\nlines\x1b[31m.xml",
        b"-dash.xml",
    ],
    ids=["unicode", "not-utf-8", "markup", "control", "dash"],
)
@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_files_with_odd_names(bilag: Bilag, xml: Path, name: bytes, form: str) -> None:
    path = xml.parent / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    xml.rename(path)

    ended = bilag("extract", *(["--jsonl"] if form == "jsonl" else []), "--", path)

    assert ended.code == 0
    assert "BW-10377" in ended.out
    assert "\x1b" not in ended.out
    if form == "jsonl":
        (line,) = ended.out.splitlines()
        json.loads(line)
    if b"loud" in name:
        assert "[bold]loud[/bold]" in ended.said


def test_a_file_that_is_not_there_is_wrong_usage(bilag: Bilag, tmp_path: Path) -> None:
    ended = bilag("extract", tmp_path / "none.pdf")
    assert ended.code == 2
    assert "does not exist" in ended.said


def test_an_unknown_engine_is_wrong_usage(bilag: Bilag, xml: Path) -> None:
    ended = bilag("extract", "--ocr", "eyes", xml)
    assert ended.code == 2
    assert "rapidocr" in ended.said


def test_a_hint_with_brackets_is_shown_whole(bilag: Bilag, tmp_path: Path) -> None:
    """Square brackets in a sentence are no styling."""
    from PIL import Image

    Image.new("L", (600, 800), 255).save(tmp_path / "scan.png")

    ended = bilag("extract", "--ocr", "none", tmp_path / "scan.png")

    assert ended.code == 10
    assert "Install bilag[ocr]" in ended.said
