"""Titles that are spaced, stand elsewhere, are part of a sentence, or are no more than a number's label."""

from collections.abc import Callable

import pytest

from training.synthesize.content.compose import compose
from training.synthesize.family import dice_of, family_of
from training.synthesize.generate import Draft, generate_with_proof
from training.synthesize.layout.letterspacing import apart
from training.synthesize.layout.meta import _stems, _telling_label, own_entries
from training.synthesize.layout.page import lay_out
from training.synthesize.layout.sheet import Sheet


def _sheets(count: int = 3000) -> list[tuple[int, Sheet]]:
    made = []
    for seed in range(1, count):
        dice = dice_of(seed, 0, family_of(seed))
        made.append((seed, lay_out(compose(dice.child("content")), dice.child("layout"))[1]))
    return made


@pytest.fixture(scope="module")
def sheets() -> list[tuple[int, Sheet]]:
    return _sheets()


@pytest.fixture(scope="module")
def first(sheets: list[tuple[int, Sheet]]) -> Callable[..., Draft]:
    def found(variant: str = "", **wanted: str) -> Draft:
        traits = {name.replace("__", "."): value for name, value in wanted.items()}
        for seed, sheet in sheets:
            listed = sheet.design.traits.get("page.listing") == "yes"
            if not listed and traits.items() <= sheet.design.traits.items() and variant in ("", sheet.content.variant):
                made, drafts = generate_with_proof(seed)
                if not drafts:
                    return made
        raise AssertionError(f"no document with {traits}")

    return found


def _texts(made: Draft) -> list[str]:
    return [word.text for page in made.document.pages for word in page.words]


def test_letters_stand_apart() -> None:
    assert apart("TAX BILL").split() == list("TAXBILL")


def test_a_spaced_title_is_wide_and_without_a_label(first: Callable[..., Draft]) -> None:
    made = first(variant="invoice", title__spacing="blanks", title__place="head")
    page = made.document.pages[0]
    wide = [
        (word, tag)
        for word, tag in zip(page.words, made.document.tags, strict=False)
        if len(word.text) > 4 and word.box.width * page.width > len(word.text) * word.box.height * page.height
    ]
    assert wide
    assert all(tag == "O" or tag.endswith("_name") for _, tag in wide if tag)


def test_a_sentence_names_the_document_and_marks_its_number(first: Callable[..., Draft]) -> None:
    made = first(variant="invoice", title__place="sentence")
    phrases = made.sheet.words.phrases["title_line"]
    openings = {phrase.partition("{")[0].split()[0] for phrase in phrases if phrase.partition("{")[0].strip()}
    assert openings & set(_texts(made)) or any(phrase.startswith("{title}") for phrase in phrases)
    assert "B-invoice_number" in made.document.tags


def test_a_title_at_the_foot_stands_below_the_lines(first: Callable[..., Draft]) -> None:
    made = first(variant="invoice", title__place="foot", title__shape="with_number")
    places = [(page.number, word.box.y0) for page in made.document.pages for word in page.words]
    tagged = list(zip(places, made.document.tags, strict=True))
    numbers = [place for place, tag in tagged if tag == "B-invoice_number"]
    assert max(numbers) > max(place for place, tag in tagged if tag == "B-line.description")


def test_no_label_in_a_titles_place_says_invoice_on_another_paper(sheets: list[tuple[int, Sheet]]) -> None:
    seen = 0
    for _, sheet in sheets:
        if sheet.content.variant not in ("credit_note", "purchase_order", "quote", "delivery_note"):
            continue
        titles = sheet.words.titles[sheet.content.variant]
        label = _telling_label(sheet, own_entries(sheet)[0], titles)
        assert label in titles or not any(stem in label.lower() for stem in _stems(sheet.words.titles["invoice"]))
        seen += 1
    assert seen > 100
