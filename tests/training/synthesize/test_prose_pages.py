"""Contracts, flyers and small print: they look like business papers and state no transaction."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from pipeline.domain.vocabulary import Kind
from training.synthesize.content.compose import compose
from training.synthesize.family import dice_of, family_of
from training.synthesize.generate import Draft, generate_with_proof
from training.synthesize.locales.wording import LANGUAGES, wording


def _documents(variant: str) -> Iterator[Draft]:
    for seed in range(1, 3000):
        if compose(dice_of(seed, 0, family_of(seed)).child("content")).variant == variant:
            yield generate_with_proof(seed)[0]


def test_pages_of_prose_are_of_another_kind_and_have_no_lines() -> None:
    for variant in ("contract", "flyer"):
        for made, _ in zip(_documents(variant), range(6), strict=False):
            assert made.document.kind is Kind.OTHER
            assert made.document.lines == ()
            assert not {"invoice_number", "order_number", "gross_total"} & set(made.document.fields)


def test_clauses_may_stand_in_two_columns() -> None:
    traits = {"contract.columns": "2", "clauses.numbers": "1."}
    made = next(draft for draft in _documents("contract") if traits.items() <= draft.sheet.design.traits.items())
    words = made.document.pages[0].words
    headed = [
        w.box
        for w, after in pairwise(words)
        if w.text[:-1].isdigit() and w.text.endswith(".") and after.text[0].isupper()
    ]
    left, right = min(box.x0 for box in headed), max(box.x0 for box in headed)
    assert right - left > 0.2
    assert any(a.y0 == pytest.approx(b.y0, abs=0.01) for a in headed for b in headed if b.x0 - a.x0 > 0.2)


def test_small_print_follows_an_invoice_on_a_page_of_its_own() -> None:
    for seed in range(1, 3000):
        dice = dice_of(seed, 0, family_of(seed))
        likely = dice.child("layout").child("terms.page").weighted({"yes": 0.035, "no": 0.965}) == "yes"
        if likely and compose(dice.child("content")).variant == "invoice":
            made, _ = generate_with_proof(seed)
            if made.sheet.design.traits.get("terms.page") == "yes":
                assert len(made.document.pages) > 1
                assert made.document.kind is Kind.INVOICE
                return
    raise AssertionError("no invoice with small print among the seeds")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_clauses_and_slogans(language: str) -> None:
    words = wording(language)
    assert min(len(words.titles["contract"]), len(words.titles["flyer"])) >= 8
    assert len(words.phrases["contract"]) == 10
    assert all(":" in clause for clause in words.phrases["contract"])
    assert len(words.phrases["flyer"]) >= 5
