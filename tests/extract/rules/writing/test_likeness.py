"""The most alike of many texts is the one that comparing them all letter by letter finds."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from pipeline.extract.rules.labels.labels import wording_roles
from pipeline.extract.rules.writing.likeness import Likeness

_CUTOFF = 84.0
_WORDINGS = sorted(wording_roles())
_LIKENESS = Likeness(_WORDINGS, _CUTOFF)


@st.composite
def _misread(draw: st.DrawFn) -> str:
    """Make a wording with a few letters replaced, doubled or lost."""
    letters = list(draw(st.sampled_from(_WORDINGS)))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(letters) - 1))
        letters[place] = draw(st.sampled_from(["", "l", "1", "é", letters[place] * 2]))
    return "".join(letters)


@given(_misread())
def test_no_text_that_is_alike_enough_is_passed_over(text: str) -> None:
    best = process.extractOne(text, _WORDINGS, scorer=fuzz.ratio, score_cutoff=_CUTOFF)
    assert _LIKENESS.nearest(text) == (best[:2] if best else None)


def test_of_texts_that_are_alike_the_first_counts() -> None:
    assert Likeness(["betrag", "betrak"], 80).nearest("betra") == ("betrag", fuzz.ratio("betra", "betrag"))


def test_nothing_is_alike_among_no_texts() -> None:
    assert Likeness([], 80).nearest("betrag") is None
