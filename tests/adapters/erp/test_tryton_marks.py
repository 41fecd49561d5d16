"""The line in a record's comment that ties it to its document."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.adapters.erp import tryton_marks as marks
from pipeline.domain.record import RecordType

KEYS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=80)
NOTES = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=80)


@given(key=KEYS, note=NOTES, kind=st.sampled_from(RecordType))
def test_a_key_is_read_back_from_its_comment(key: str, note: str, kind: RecordType) -> None:
    text = marks.comment(note, kind, key)

    assert marks.key_of(text, kind) == key
    assert marks.carries(text, kind, key)
    assert not marks.carries(text, kind, key + "2")


@pytest.mark.parametrize(("kind", "other"), list(permutations(RecordType, 2)))
def test_another_kind_does_not_carry_the_key(kind: RecordType, other: RecordType) -> None:
    text = marks.comment("", kind, "abc:1-1")

    assert not marks.carries(text, other, "abc:1-1")
    assert marks.key_of(text, other) is None


def test_a_confirmed_warning_is_kept_once_beside_the_key() -> None:
    text = marks.comment("Please check", RecordType.BILL, "abc:1-1")

    for warning in ("The taxes\nare different.", "The taxes are different.", "Other."):
        text = marks.with_confirmed(text, warning)

    assert marks.confirmed(text) == ("The taxes are different.", "Other.")
    assert marks.key_of(text, RecordType.BILL) == "abc:1-1"
    assert text.startswith("Please check")


def test_nothing_is_read_from_a_record_without_comment() -> None:
    assert marks.key_of(None, RecordType.BILL) is None
    assert marks.confirmed(None) == ()


def test_wildcards_stand_for_themselves() -> None:
    assert marks.like(r"50%_\x") == r"50\%\_\\x"
    assert marks.scattered("p_1") == r"p%\_%1"
