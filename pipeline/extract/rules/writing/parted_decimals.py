"""Decimals that a PDF sets a thin blank behind their mark: "416,50" is read as two words, "416," and "50"."""

import re

_BEFORE = re.compile(r"^\D{0,4}\d{1,3}(?:[.']?\d{3})*[.,]$")
_CENTS = re.compile(r"^\d{2}[)\-−–€$£]{0,2}$")
_BLANK = re.compile(r"(?<=\d)([.,])\s(?=\d{2}(?!\d))")


def is_parted(first: str, second: str) -> bool:
    """Say whether two words may be one amount that is parted behind its decimal mark: "2.834," and "58"."""
    return _BEFORE.match(first) is not None and _CENTS.match(second) is not None


def closed(text: str) -> str:
    """Return a printed number without the blank behind its decimal mark."""
    return _BLANK.sub(r"\1", text)
