"""How likely words are of a span."""

import numpy as np

from models.decode.chances import chance_of_words
from models.label_scheme import TAGS
from models.scores import Scores


def _scores(*chances: float) -> Scores:
    """Make scores of words that begin an IBAN with these chances."""
    tags = np.zeros((len(chances), len(TAGS)), dtype=np.float32)
    tags[:, TAGS.index("B-iban")] = chances
    words = len(chances)
    return Scores(tags, np.arange(words), np.zeros(words, np.float32), np.zeros(1, np.float32))


def test_the_chance_of_one_word_is_its_own() -> None:
    assert chance_of_words("iban", (1,), _scores(0.25, 0.75)) == 0.75


def test_the_chance_of_several_words_is_their_mean() -> None:
    assert chance_of_words("iban", (0, 1), _scores(0.25, 0.75, 0.0)) == 0.5
    assert chance_of_words("bic", (0, 1), _scores(0.25, 0.75, 0.0)) == 0.0


def test_no_words_have_no_chance() -> None:
    assert chance_of_words("iban", (), _scores(0.5)) == 0.0
