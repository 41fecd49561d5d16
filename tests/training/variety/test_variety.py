"""Distances are nought for the same look, wordings are the words beside values, and the page says what was measured."""

from dataclasses import replace
from itertools import combinations
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
from training.variety.amounts import amount_words, digits, form
from training.variety.contrast import contrasts, heights, starts, words_a_page
from training.variety.distances import expected_nearest, nearest
from training.variety.features import look_of, text_of
from training.variety.page import write_page
from training.variety.wordings import listed, unknown, wordings


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
        assert np.linalg.norm(look_of(document.pages[0])) == pytest.approx(2.0)  # four blocks of length one


def test_a_page_in_larger_type_is_nearer_than_another_layout() -> None:
    one = look_of(page(("INVOICE", 0.1, 0.1), ("Total:", 0.6, 0.8), ("12.00", 0.8, 0.8)))
    moved = look_of(page(("INVOICE", 0.11, 0.1), ("Total:", 0.6, 0.81), ("13.00", 0.8, 0.81)))
    other = look_of(page(("12.00", 0.1, 0.5), ("pcs", 0.2, 0.5), ("99.00", 0.3, 0.5), ("5.00", 0.4, 0.5)))
    assert np.linalg.norm(one - moved) < np.linalg.norm(one - other)


def test_the_nearest_document_is_one_of_another_template(drawn: list[LabelledDocument]) -> None:
    twins = [replace(drawn[0], id=f"twin-{n}", group="twins") for n in range(3)]
    found = {(n.of, n.among): n for n in nearest(drawn[1:], twins, look_of)}
    assert ("real", "real") not in found, "one template has no other to be compared with"
    assert len(found["real", "generated"].distances) == 1, "of a template one document counts"
    assert found["real", "generated"].median > 0
    copy = replace(drawn[1], id="copy", group="copied")
    same = {(n.of, n.among): n for n in nearest(drawn[1:], [copy], look_of)}
    assert same["real", "generated"].median == pytest.approx(0, abs=1e-6)


def test_the_expected_nearest_of_a_draw_is_the_mean_over_all_draws() -> None:
    apart = np.array([[3.0, 1.0, np.inf, 2.0, 7.0], [0.5, 4.0, np.inf, 4.0, 9.0]])
    for size in (1, 2, 3, 4):
        rows = [[v for v in row if np.isfinite(v)] for row in apart]
        means = [np.mean([min(drawn) for drawn in combinations(row, size)]) for row in rows]
        assert expected_nearest(apart, size) == pytest.approx(means)
    assert expected_nearest(apart, 50) == pytest.approx([1.0, 0.5]), "more than there are: the nearest of all"


def test_more_to_choose_from_does_not_make_documents_nearer_among_equally_many(drawn: list[LabelledDocument]) -> None:
    few = [replace(d, id=f"few-{d.id}", group=f"few-{d.group}") for d in drawn[:3]]
    found = {(n.of, n.among): n for n in nearest(drawn, few, look_of)}
    own = found["generated", "generated"]
    assert own.candidates == 2
    assert (own.matched >= own.distances).all()
    assert own.matched_median > own.median


def test_text_is_told_by_its_words_and_not_by_its_numbers() -> None:
    one = text_of(page(("Invoice", 0.1, 0.1), ("4711", 0.3, 0.1)))
    renumbered = text_of(page(("INVOICE", 0.7, 0.5), ("9820", 0.8, 0.9)))
    other = text_of(page(("Rechnung", 0.1, 0.1), ("4711", 0.3, 0.1)))
    assert np.linalg.norm(one - renumbered) == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(one - other) > 0.5


def test_wordings_are_left_of_values_or_above() -> None:
    words = page(
        ("Invoice", 0.1, 0.1), ("no.:", 0.21, 0.1), ("4711", 0.3, 0.1), ("Due", 0.6, 0.3), ("1.2.2026", 0.6, 0.32)
    )
    own = wordings([labelled("a", words, (OUTSIDE, OUTSIDE, "B-invoice_number", OUTSIDE, "B-due_date"))])
    assert own["invoice_number"] == {"invoice no": 1}
    assert own["due_date"] == {"due": 1}
    assert unknown(own, {"due_date": own["due_date"]}) == [("invoice_number", "invoice no", 1)]


def test_wordings_are_counted_by_template_and_not_by_document() -> None:
    words = page(("Due", 0.1, 0.1), ("1.2.2026", 0.2, 0.1))
    tags = (OUTSIDE, "B-due_date")
    same = [replace(labelled("a", words, tags), id=str(n)) for n in range(5)]
    assert wordings([*same, labelled("b", words, tags)])["due_date"] == {"due": 2}


def test_a_wording_that_the_generator_lists_is_not_missed_because_a_sample_did_not_draw_it() -> None:
    real = wordings(
        [
            labelled(
                "a", page(("Due", 0.1, 0.1), ("date:", 0.15, 0.1), ("x", 0.3, 0.1)), (OUTSIDE, OUTSIDE, "B-due_date")
            )
        ]
    )
    assert unknown(real, {}) == [("due_date", "due date", 1)]
    assert unknown(real, {}, listed()) == []


def test_forms_of_amounts() -> None:
    words = page(("1.234,50", 0.1, 0.1), ("$99.00", 0.3, 0.1), ("12345.00", 0.5, 0.1), ("77", 0.7, 0.1))
    found = amount_words(
        [labelled("a", words, ("B-gross_total", "B-line.unit_price", "B-net_total", "B-invoice_number"))]
    )
    assert found == ["1.234,50", "$99.00", "12345.00"]
    assert [form(text) for text in found] == ["0.0,0", "$0.0", "0000.0"]
    assert digits("1.234,50") == 6


def test_what_differs_most_comes_first(drawn: list[LabelledDocument]) -> None:
    with_colons = [
        replace(
            d,
            group=f"other-{d.group}",
            pages=tuple(replace(p, words=tuple(replace(w, text=f"{w.text}:") for w in p.words)) for p in d.pages),
        )
        for d in drawn
    ]
    first, *rest = contrasts(drawn, with_colons)
    assert (first.what, first.real, first.gap) == ("share of words that end with a colon", 1.0, 1.0)
    untouched = {c.what: c.gap for c in rest}
    assert untouched["words on the first page"] == untouched["width used"] == 0
    assert contrasts(drawn, []) == []


def test_places_and_heights_are_those_of_the_first_page() -> None:
    words = page(("Due", 0.1, 0.1), ("1.2.2026", 0.2, 0.1))
    document = labelled("a", words, (OUTSIDE, "B-due_date"))
    assert starts([document], "due_date") == [pytest.approx((0.26, 0.106))]
    assert heights(document) == pytest.approx([1, 1])
    assert words_a_page(document) == [2]


def test_the_page_and_its_plot_are_written(tmp_path: Path, drawn: list[LabelledDocument]) -> None:
    real = [replace(d, id=f"real-{d.id}", group=f"real-{d.group}", origin=Origin.REAL) for d in drawn]
    write_shards(drawn, tmp_path / "generated", "generated")
    write_shards(real, tmp_path / "real", "real")
    out = tmp_path / "variety.md"
    assert main([str(tmp_path / "generated"), str(tmp_path / "real"), "--layouts", "5", "--out", str(out)]) == 0
    text = out.read_text()
    assert "| look | real | generated | 6 | 0.00 | 0.00 | 0.00 |" in text
    assert "| text | real | generated | 6 | 0.00 | 0.00 | 0.00 |" in text
    assert "generated documents are 1.00 times as far from each other as real ones" in text, "both sides are the same"
    assert "0 wordings beside values of real documents" in text
    assert "<svg" in (tmp_path / "variety-distances.svg").read_text()
    assert main([str(tmp_path / "nowhere")]) == 2


def test_the_page_does_not_repeat_what_real_documents_say(tmp_path: Path, drawn: list[LabelledDocument]) -> None:
    words = page(("Zweckwort", 0.1, 0.1), ("4711", 0.3, 0.1), ("Geheim", 0.1, 0.3), ("Person", 0.2, 0.3))
    tags = (OUTSIDE, "B-invoice_number", OUTSIDE, "B-buyer_name")
    once = page(("Einzelwort", 0.1, 0.1), ("4711", 0.3, 0.1))
    real = [labelled("a", words, tags), labelled("b", words, tags)]
    real.append(labelled("c", once, (OUTSIDE, "B-invoice_number")))
    write_page(tmp_path / "variety.md", drawn, real, [{"shape": "a"}, {"shape": "b"}])
    text = (tmp_path / "variety.md").read_text()
    assert "| invoice_number | zweckwort | 2 |" in text
    assert "geheim" not in text, "beside a name stands other text of the document"
    assert "einzelwort" not in text, "one template's words may be anything"
