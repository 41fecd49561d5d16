"""Text made comparable: case, accents, ligatures and edge punctuation dropped."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ß": "ss", "œ": "oe", "ł": "l", "đ": "d", "’": "'"})
_EDGES = " \t.,:;!?#*|_-–—()[]{}'\"«»“”„/\\"
_NOT_WORD = re.compile(r"[^\w%+]+|_+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` in lower case without accents: "Fälligkeit" is "falligkeit", "BELØB" is "belob"."""
    lowered = text.lower().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=65536)
def fold_words(text: str) -> str:
    """Return the folded words of `text`, punctuation gone and single blanks between: "Rechnungs-Nr.:" is
    "rechnungs nr"."""
    return _NOT_WORD.sub(" ", fold(text)).strip(_EDGES)
