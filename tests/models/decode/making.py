"""Options and fields made by hand."""

from typing import Any

from models.decode.options import Option
from models.decode.totals import Weighed
from pipeline.domain.document import Box

PLACE = Box(0.1, 0.1, 0.2, 0.11)


def option(name: str, value: str, *words: int, model: float = 0.9, **others: Any) -> Option:
    """Return an option that stands on the words of these numbers."""
    return Option(name, value, value, 1, PLACE, words, model, **others)


def weighed(name: str, value: str, weight: float, *words: int) -> Weighed:
    """Return an option with its log odds."""
    return Weighed(option(name, value, *words), weight)
