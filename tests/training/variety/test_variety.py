"""Distances are nought for the same look, wordings are the words beside values, and the page says what was measured."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.label_scheme import OUTSIDE
from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import write_shards
from training.synthesize.generate import generate
from training.variety.__main__ import main
from training.variety.distances import nearest
from training.variety.features import features_of
from training.variety.wordings import unknown, wordings


@pytest.fixture(scope="module")
def drawn() -> list[LabelledDocument]:
    return [generate(seed)[0] for seed in range(6)]


def page(*words: tuple[str, float, float]) -> Page:
    return Page(1, 595, 842, tuple(Word(text, Box(x, y, x + 0.015 * len(text), y + 0.012)) for text, x, y in words))


def labelled(group: str, made: Page, tags: tuple[str | None, ...]) -> LabelledDocument:
    return LabelledDocument(
        id=group,
        origin=Origin.REAL,
        licence="MIT",
        group=group,
        kind=Kind.INVOICE,
        language="en",
        words_from=WordsFrom.TEXT_LAYER,
        quality=QualityBand.CLEAN,
        pages=(made,),
        tags=tags,
        rows=(-1,) * len(tags),
    )


def test_each_block_of_features_counts_alike(drawn: list[LabelledDocument]) -> None:
    for document in drawn:
        assert np.linalg.norm(features_of(document.pages[0])) == pytest.approx(2.0)  # four blocks of length one


def test_a_page_in_larger_type_is_nearer_than_another_layout() -> None:
    one = features_of(page(("INVOICE", 0.1, 0.1), ("Total:", 0.6, 0.8), ("12.00", 0.8, 0.8)))
    moved = features_of(page(("INVOICE", 0.11, 0.1), ("Total:", 0.6, 0.81), ("13.00", 0.8, 0.81)))
    other = features_of(page(("12.00", 0.1, 0.5), ("pcs", 0.2, 0.5), ("99.00", 0.3, 0.5), ("5.00", 0.4, 0.5)))
    assert np.linalg.norm(one - moved) < np.linalg.norm(one - other)


def test_the_nearest_document_is_one_of_another_template(drawn: list[LabelledDocument]) -> None:
    twins = [replace(drawn[0], id=f"twin-{n}", group="twins") for n in range(3)]
    found = {(n.of, n.among): n for n in nearest(drawn[1:], twins)}
    assert ("real", "real") not in found, "one template has no other to be compared with"
    assert len(found["real", "generated"].distances) == 1, "of a template one document counts"
    assert found["real", "generated"].median > 0
    copy = replace(drawn[1], id="copy", group="copied")
    same = {(n.of, n.among): n for n in nearest(drawn[1:], [copy])}
    assert same["real", "generated"].median == pytest.approx(0, abs=1e-6)


def test_wordings_are_left_of_values_or_above() -> None:
    words = page(
        ("Invoice", 0.1, 0.1), ("no.:", 0.21, 0.1), ("4711", 0.3, 0.1), ("Due", 0.6, 0.3), ("1.2.2026", 0.6, 0.32)
    )
    own = wordings([labelled("a", words, (OUTSIDE, OUTSIDE, "B-invoice_number", OUTSIDE, "B-due_date"))])
    assert own["invoice_number"] == {"invoice no": 1}
    assert own["due_date"] == {"due": 1}
    assert unknown(own, {"due_date": own["due_date"]}) == [("invoice_number", "invoice no", 1)]


def test_the_page_and_its_plot_are_written(tmp_path: Path, drawn: list[LabelledDocument]) -> None:
    real = [replace(d, id=f"real-{d.id}", group=f"real-{d.group}", origin=Origin.REAL) for d in drawn]
    write_shards(drawn, tmp_path / "generated", "generated")
    write_shards(real, tmp_path / "real", "real")
    out = tmp_path / "variety.md"
    assert main([str(tmp_path / "generated"), str(tmp_path / "real"), "--layouts", "5", "--out", str(out)]) == 0
    text = out.read_text()
    assert "| real | generated | 6 | 0.00 | 0.00 | 0.00 |" in text
    assert "<svg" in (tmp_path / "variety-distances.svg").read_text()
    assert main([str(tmp_path / "nowhere")]) == 2
