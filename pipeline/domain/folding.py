"""Text made comparable: case, accents and ligatures do not matter."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "å": "a", "ß": "ss", "œ": "oe", "ł": "l", "đ": "d", "þ": "th", "ð": "d", "’": "'"}
)
_JOINED = re.compile(r"(?<=\b\w)[./](?=\w\b)|(?<=\w)\.(?=\s|$|,)")  # "B.V." is "bv", "A/S" is "as"
_BREAKS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return `text` in lower case without accents: "Fälligkeit" is "falligkeit", "BELØB" is "belob"."""
    if text.isascii():
        return text.lower()
    lowered = text.casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c)).lower()


def folded_words(text: str) -> str:
    """Return lower-case words without accents and punctuation, single blanks between; "B.V." and "A/S" are one word."""
    return _BREAKS.sub(" ", _JOINED.sub("", fold(text))).strip()
