"""Checks that a document's labelled words say the values they were made from."""

from collections.abc import Iterator, Sequence

from training.synthesize.content.convention import Convention
from training.synthesize.labelling.rereading import says
from training.synthesize.labelling.tagging import Tagged
from training.synthesize.layout.sheet import Mark

# Several banks; an address with and without its country.
_MAY_DIFFER = frozenset({"iban", "bic", "account_number", "seller_address", "buyer_address"})


def mistakes(tagged: Tagged, marks: Sequence[Mark], ways: Convention) -> Iterator[str]:
    """Yield a sentence for every printed value whose words do not say it; `marks` are those that are on the page."""
    labelled = {id(mark) for mark, _, _ in tagged.printed}
    for mark in marks:
        if id(mark) not in labelled:
            yield f"{mark.span}: {mark.value.text!r} is printed but no word is labelled with it"
    for mark, page, words in tagged.printed:
        if not says(mark.span, words, mark.value.normal, ways):
            yield f"{mark.span} on page {page}: {words} do not say {mark.value.normal!r}"
    yield from _contradictions(marks)


def _contradictions(marks: Sequence[Mark]) -> Iterator[str]:
    """Yield the fields of which two printed values differ."""
    values: dict[tuple[str, int], set[str]] = {}
    for mark in marks:
        values.setdefault((mark.span, mark.row), set()).add(mark.value.normal)
    for (span, row), found in values.items():
        if len(found) > 1 and span not in _MAY_DIFFER:
            yield f"{span} (row {row}) is stated as {sorted(found)}"
