"""A value in its two forms: as printed and as normalised."""

from typing import NamedTuple


class Value(NamedTuple):
    """What stands on the page, and what it means in the form the extraction contract uses."""

    text: str
    normal: str


def same(text: str) -> Value:
    """Return a value that is printed as it is written."""
    return Value(text, text)
