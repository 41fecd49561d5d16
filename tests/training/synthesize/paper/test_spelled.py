"""Spaced words fall into letters on paper."""

import itertools
from random import Random

from pipeline.domain.document import Box
from training.synthesize.paper.simulated.spelled import spelled

_WIDE = Box(0.1, 0.1, 0.5, 0.12)


def test_a_spaced_word_is_read_as_letters_about_half_the_time() -> None:
    read = [spelled("INVOICE", _WIDE, 1.4, Random(seed)) for seed in range(200)]
    whole = sum(len(parts) == 1 for parts in read)
    assert 60 < whole < 140
    letters = next(parts for parts in read if len(parts) > 1)
    assert "".join(text for text, _ in letters) == "INVOICE"
    assert all(one.x1 < other.x0 for (_, one), (_, other) in itertools.pairwise(letters))
    assert letters[-1][1].x1 <= _WIDE.x1


def test_other_words_ask_no_chance() -> None:
    dice = Random(1)
    before = dice.getstate()
    for text, box in (("INVOICE", Box(0.1, 0.1, 0.2, 0.12)), ("NET", _WIDE), ("2026-01-01", _WIDE)):
        assert spelled(text, box, 1.4, dice) == [(text, box)]
    assert dice.getstate() == before
