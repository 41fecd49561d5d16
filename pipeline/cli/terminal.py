"""Text from outside, made harmless for a terminal: a subject line must neither style nor steer it."""

import unicodedata

from rich.markup import escape
from rich.text import Text

# Marks that make text run the other way, so that "fdp.exe" reads as "exe.pdf".
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNFIT = frozenset({"Cc", "Cs"})


def harmless(text: str) -> str:
    """Return `text` with control characters, turning marks and what UTF-8 cannot say replaced by �."""
    return "".join("�" if c in _TURNING or (c != "\n" and unicodedata.category(c) in _UNFIT) else c for c in text)


def verbatim(text: str, style: str = "") -> Text:
    """Return text to be shown as it stands: square brackets in it are no styling."""
    return Text(harmless(text), style=style)


def quoted(text: str) -> str:
    """Return text that may stand inside markup of our own."""
    return escape(harmless(text))
