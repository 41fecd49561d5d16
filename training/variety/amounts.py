"""How amounts are written: the words that state them, and the form of a number."""

import re
from collections.abc import Iterable

from training.dataset.record import LabelledDocument

_SPANS = ("gross_total", "net_total", "tax_total", "line.net_amount", "line.unit_price")


def amount_words(documents: Iterable[LabelledDocument]) -> list[str]:
    """Return the first word of every total, line amount and unit price, as printed."""
    tags = {f"B-{span}" for span in _SPANS}
    return [
        word.text
        for document in documents
        for word, tag in zip((w for page in document.pages for w in page.words), document.tags, strict=True)
        if tag in tags
    ]


def form(text: str) -> str:
    """Return the form of a number: 1.234,50 and 9.876,00 are both 0.0,0; four and more digits in a row are 0000.

    >>> [form(text) for text in ("1.234,50", "12,00", "$4", "12345.00")]
    ['0.0,0', '0,0', '$0', '0000.0']
    """
    return re.sub(r"\d+", lambda run: "0" if len(run[0]) < 4 else "0000", text)


def digits(text: str) -> int:
    """Return how many digits a number has."""
    return sum(c.isdigit() for c in text)
