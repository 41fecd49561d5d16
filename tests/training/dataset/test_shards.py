"""Shards keep what they are given, and broken documents are told."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.checks import problems_in
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import NotAShard, read_shards, write_shards

WORDS = (Word("Faktura", Box(0.125, 0.25, 0.5, 0.375)), Word("4711", Box(0.5, 0.25, 0.75, 0.375), 0.5))
DOCUMENT = LabelledDocument(
    id="real-1",
    origin=Origin.REAL,
    licence="MIT",
    group="g",
    kind=Kind.INVOICE,
    language="da",
    words_from=WordsFrom.OCR,
    quality=QualityBand.FAIR,
    pages=(Page(1, 595.0, 842.0, WORDS, 90.0), Page(2, 842.0, 595.0, (Word("3", Box(0.0, 0.0, 0.5, 0.5)),))),
    tags=(None, "B-invoice_number", "B-line.quantity"),
    rows=(-1, -1, 0),
    fields={"invoice_number": "4711"},
    lines=({"quantity": "3"}, {}),
    tax_breakdown=({"rate": "25"},),
    faults=("wrong_total",),
    traits={"file": "a.pdf"},
)


def test_a_document_comes_back_as_it_was(tmp_path: Path) -> None:
    paths = write_shards([DOCUMENT], tmp_path, "x")
    assert list(read_shards(paths)) == [DOCUMENT]
    assert list(problems_in(paths)) == []


def test_datasets_reads_the_same_rows(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (path,) = write_shards([DOCUMENT], tmp_path, "x")
    table = parquet.read_table(path)
    assert table.column("tags").to_pylist() == [list(DOCUMENT.tags)]


def test_no_documents_make_one_empty_shard(tmp_path: Path) -> None:
    (path,) = write_shards([], tmp_path, "x")
    assert list(read_shards([path])) == []


def test_another_file_is_no_shard(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"not parquet at all")
    with pytest.raises(NotAShard, match=r"x\.parquet"):
        list(read_shards([path]))


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (replace(DOCUMENT, tags=DOCUMENT.tags[:2]), "2 tags for 3 words"),
        (replace(DOCUMENT, tags=(None, "B-colour", "O")), "'B-colour' is no tag"),
        (replace(DOCUMENT, rows=(-1, -1, -1)), "has no row"),
        (replace(DOCUMENT, licence=""), "no licence"),
        (
            replace(DOCUMENT, pages=(Page(1, 1.0, 1.0, (*WORDS, Word("x", Box(0.9, 0.9, 1.4, 1.0)))),)),
            "outside its page",
        ),
    ],
)
def test_the_schema_check_names_what_is_wrong(broken: LabelledDocument, told: str, tmp_path: Path) -> None:
    problems = " ".join(problems_in(write_shards([broken], tmp_path, "x")))
    assert told in problems


def test_a_document_that_is_there_twice_is_told(tmp_path: Path) -> None:
    assert "real-1 is there twice" in " ".join(
        problems_in([*write_shards([DOCUMENT], tmp_path, "x"), *write_shards([DOCUMENT], tmp_path, "y")])
    )
