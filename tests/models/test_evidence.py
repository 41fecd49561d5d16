"""What speaks for a value, as numbers in a fixed order."""

from dataclasses import replace

import pytest

from models.evidence import EVIDENCE, Evidence


def test_names_and_numbers_have_one_order() -> None:
    told = Evidence(**{name: number / 10 for number, name in enumerate(EVIDENCE)})
    assert told.numbers() == tuple(number / 10 for number in range(len(EVIDENCE)))


def test_nothing_speaks_for_a_value_of_which_nothing_is_known_but_its_reader() -> None:
    assert {name for name, number in zip(EVIDENCE, Evidence().numbers(), strict=True) if number} == {"reader"}


@pytest.mark.parametrize("name", EVIDENCE)
def test_each_number_stands_at_its_own_place(name: str) -> None:
    before, after = Evidence().numbers(), replace(Evidence(), **{name: 0.5}).numbers()
    assert [n for n, b, a in zip(EVIDENCE, before, after, strict=True) if a != b] == [name]
