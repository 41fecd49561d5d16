"""How likely words are what a span is called, by the network."""

from collections.abc import Mapping, Sequence

from models.label_scheme import SPANS
from models.scores import Scores

_COLUMNS: Mapping[str, int] = {name: number for number, name in enumerate(SPANS)}


def chance_of_words(name: str, words: Sequence[int], scores: Scores) -> float:
    """Return the mean chance that the network gives some words to be of the span `name`; 0 where there are none.

    Most values are one word, of which the mean need not be taken.
    """
    if not words:
        return 0.0
    if len(words) == 1:
        return float(scores.spans[words[0], _COLUMNS[name]])
    return float(scores.spans[list(words), _COLUMNS[name]].mean())
