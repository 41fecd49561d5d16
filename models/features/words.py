"""What the letters of one word tell: hashed pieces, a shape, and a few facts; digits are alike."""

import re
from zlib import crc32

from pipeline.domain import dates, money
from pipeline.domain.folding import fold
from pipeline.extract.rules.writing.currency import CODES

_DIGIT = re.compile(r"\d")
_MOST_GRAMS = 26
_SIGNS = frozenset("€$£¥₹")
_VAT_LIKE = re.compile(r"[A-Z]{2}[ .]?U?\d[\d.]{5,}")
_IBAN_LIKE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{0,30}")
FACTS = 21
"""How many numbers `facts` gives."""


def without_digits(text: str) -> str:
    """Return the text with every digit a 0: which one it is says nothing about what stands there."""
    return _DIGIT.sub("0", text)


def grams(text: str, buckets: int) -> tuple[int, ...]:
    """Return the hashed pieces of a word: itself, and its runs of three and four letters, accents and case dropped."""
    bare = without_digits(fold(text))
    edged = f"<{bare}>"
    pieces = [f"={bare}", f"={bare.strip('.,:;()[]#*')}"]
    pieces += [edged[i : i + size] for size in (3, 4) for i in range(max(1, len(edged) - size + 1))]
    return tuple(_hashed(piece, buckets) for piece in pieces[:_MOST_GRAMS])


def shape(text: str, buckets: int) -> int:
    """Return the hashed outline of a word: "Nr.4711/A" is "Aa.9999/A"; runs of small letters count as one,
    of capitals as at most four, of digits as at most eight."""
    outline = "".join("9" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c for c in text)
    return _hashed(re.sub(r"(a)a+|(A{4})A+|(9{8})9+", r"\1\2\3", outline)[:20], buckets)


def facts(text: str) -> tuple[float, ...]:
    """Return what a word plainly is, as numbers from 0 to about 1."""
    amounts = money.readings(text)
    bare = text.strip(".,:;()[]")
    letters = sum(c.isalpha() for c in text)
    digits = sum(c.isdigit() for c in text)
    length = max(len(text), 1)
    return (
        float(bool(amounts)),
        float(bool(amounts) and amounts[0].decimals == 2),
        float(bool(amounts) and amounts[0].decimals == 0),
        float(len(amounts) == 1 and amounts[0].value < 0),
        float(bool(amounts) and abs(amounts[0].value) < 100),
        float(bool(dates.readings(text))),
        float(dates.is_month_name(bare)),
        float("%" in text),
        float(any(c in _SIGNS for c in text)),
        float(bare in CODES),
        float("@" in text),
        float(text.endswith(":")),
        float(text.endswith(",")),
        float(bool(_VAT_LIKE.fullmatch(bare))),
        float(bool(_IBAN_LIKE.fullmatch(bare))),
        float(letters > 1 and text.isupper()),
        float(text[:1].isupper()),
        float(bare.isdigit()),
        letters / length,
        digits / length,
        min(length / 20, 1.5),
    )


def _hashed(piece: str, buckets: int) -> int:
    """Return a bucket from 1 on; 0 stands for what is hidden."""
    return 1 + crc32(piece.encode()) % (buckets - 1)
