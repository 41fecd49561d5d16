"""Text made comparable: case, accents, ligatures and edge punctuation dropped."""

import re
from functools import lru_cache

from pipeline.domain.folding import fold

_EDGES = " \t.,:;!?#*|_-–—()[]{}'\"«»“”„/\\"
_NOT_WORD = re.compile(r"[^\w%+]+|_+")


@lru_cache(maxsize=65536)
def fold_words(text: str) -> str:
    """Return the folded words of `text`, punctuation gone and single blanks between: "Rechnungs-Nr.:" is
    "rechnungs nr"."""
    folded = fold(text)
    return folded if folded.isalnum() and folded.isascii() else _NOT_WORD.sub(" ", folded).strip(_EDGES)
