"""Text as databases can keep it: headers and file names may hold what neither UTF-8 nor PostgreSQL accepts."""

import re

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """Return `text` with NUL characters and lone surrogates replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def comparable(number: str) -> str:
    """Return a document's number as it is compared: without blanks and case."""
    return "".join(number.split()).casefold()
