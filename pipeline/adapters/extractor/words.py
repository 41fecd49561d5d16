"""The words of one document as JSON: what an extractor that runs elsewhere is sent.

Pages and words have the form of docs/dataset.md "Corrections". Everything of a document that an extractor looks at
travels, numbers as they are, so that the answer is the same as in process; an embedded e-invoice, which no extractor
reads, does not.

What may be left away: `first_page` and `last_page` are then the numbers of the first and last page given, `quality` is
measured from the words, `rotation` is 0, `file_pages` and `findings` are empty.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from pipeline.adapters.words.quality import measure
from pipeline.domain.contract import finding_from_json, finding_to_json
from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom

SCHEMA = "bilag.words/1"
LONGEST_WORD = 2_000
"""Letters of one word at most; what is longer is no word, and costs the rules more than a page."""
MOST_PAGES = 100_000
"""The highest number that a page can have."""

_KEYS = ("schema", "file", "sha256", "words_from", "pages")
_MORE_KEYS = ("first_page", "last_page", "file_pages", "quality", "findings")
_PAGE_KEYS = ("number", "width", "height", "words")
_WORD = "a word is [text, x0, y0, x1, y1, confidence]"
_BEYOND = 1.0  # parts of a page that a box may lie outside: readers round, and pictures of pages are cropped
_SMALLEST, _LARGEST = 0.01, 1_000_000.0  # points of a page's side
_LONGEST_NAME = 4_096
_BLANKS = frozenset(" \t\n\r\f\v")

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


def to_words(document: Document) -> dict[str, object]:
    """Return a document's words; ready for `json.dumps`. `from_words` gives the document again, without e-invoice."""
    return {
        "schema": SCHEMA,
        "file": document.file,
        "sha256": document.sha256,
        "words_from": document.words_from.value,
        "quality": {
            "band": document.quality.band.value,
            "mean_confidence": document.quality.mean_confidence,
            "noise_share": document.quality.noise_share,
        },
        "file_pages": document.file_pages,
        "first_page": document.first_page,
        "last_page": document.last_page,
        "findings": [finding_to_json(finding) for finding in document.findings],
        "pages": [
            {
                "number": page.number,
                "width": page.width,
                "height": page.height,
                "rotation": page.rotation,
                "words": [[word.text, *word.box, word.confidence] for word in page.words],
            }
            for page in document.pages
        ],
    }


def from_words(written: object) -> Document:
    """Return the document whose words these are.

    Raises ValueError, naming the place and what was expected there, where they are none of this form: another schema, a
    key that is missing or not known, a value of another type, a number that is none or out of bounds.
    """
    found = _object(written, "the body", _KEYS, _MORE_KEYS)
    if found["schema"] != SCHEMA:
        raise ValueError(f"schema: {SCHEMA} was expected, {_shown(found['schema'])} found.")
    pages = _each(found["pages"], "pages", _page)
    numbers = [page.number for page in pages]
    if any(after <= before for before, after in pairwise(numbers)):
        raise ValueError("pages: every page's number is greater than the one before.")
    first = _whole(found.get("first_page", numbers[0] if numbers else 0), "first_page", 0)
    last = _whole(found.get("last_page", numbers[-1] if numbers else 0), "last_page", 0)
    if last < first:
        raise ValueError(f"last_page: {last} is before first_page, {first}.")
    file_pages = found.get("file_pages")
    return Document(
        file=_text(found["file"], "file", _LONGEST_NAME),
        sha256=_digest(found["sha256"]),
        pages=pages,
        words_from=_member(WordsFrom, found["words_from"], "words_from"),
        quality=_quality(found["quality"]) if "quality" in found else measure(w for page in pages for w in page.words),
        first_page=first,
        last_page=last,
        findings=_each(found.get("findings", ()), "findings", finding_from_json),
        file_pages=None if file_pages is None else _whole(file_pages, "file_pages", 0),
    )


def _page(written: object, where: str) -> Page:
    found = _object(written, where, _PAGE_KEYS, ("rotation",))
    return Page(
        number=_whole(found["number"], f"{where}.number", 1),
        width=_number(found["width"], f"{where}.width", _SMALLEST, _LARGEST),
        height=_number(found["height"], f"{where}.height", _SMALLEST, _LARGEST),
        words=_each(found["words"], f"{where}.words", _word),
        rotation=_number(found.get("rotation", 0.0), f"{where}.rotation", -360.0, 360.0),
    )


def _word(written: object, where: str) -> Word:
    if not isinstance(written, Sequence) or isinstance(written, str) or len(written) != 6:
        raise ValueError(f"{where}: {_WORD}, {_shown(written)} found.")
    text = _text(written[0], f"{where}[0]", LONGEST_WORD)
    if not text or not _BLANKS.isdisjoint(text):
        raise ValueError(f"{where}[0]: one word without blanks was expected, {_shown(text)} found.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{where}[0]: half of a surrogate pair is no letter.") from None
    edges = [_number(written[i], f"{where}[{i}]", -_BEYOND, 1.0 + _BEYOND) for i in range(1, 5)]
    return Word(text, Box(*edges), _number(written[5], f"{where}[5]", 0.0, 1.0))


def _quality(written: object) -> TextQuality:
    found = _object(written, "quality", ("band", "mean_confidence", "noise_share"))
    return TextQuality(
        _member(QualityBand, found["band"], "quality.band"),
        _number(found["mean_confidence"], "quality.mean_confidence", 0.0, 1.0),
        _number(found["noise_share"], "quality.noise_share", 0.0, 1.0),
    )


def _digest(written: object) -> str:
    text = _text(written, "sha256", 64)
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise ValueError(f"sha256: 64 hexadecimal digits in small letters were expected, {_shown(text)} found.")
    return text


def _object(written: object, where: str, keys: Sequence[str], more: Sequence[str] = ()) -> Mapping[str, object]:
    if not isinstance(written, Mapping):
        raise ValueError(f"{where}: an object was expected, {_shown(written)} found.")
    if missing := [key for key in keys if key not in written]:
        raise ValueError(f"{where}: {', '.join(missing)} is missing.")
    if unknown := [key for key in written if key not in keys and key not in more]:
        raise ValueError(f"{where}: {_shown(unknown[0])} is not known; known are {', '.join((*keys, *more))}.")
    return written


def _each(written: object, where: str, read: Callable[[object, str], _T]) -> tuple[_T, ...]:
    if not isinstance(written, Sequence) or isinstance(written, str):
        raise ValueError(f"{where}: a list was expected, {_shown(written)} found.")
    return tuple(read(item, f"{where}[{i}]") for i, item in enumerate(written))


def _text(written: object, where: str, longest: int) -> str:
    if not isinstance(written, str):
        raise ValueError(f"{where}: a string was expected, {_shown(written)} found.")
    if len(written) > longest:
        raise ValueError(f"{where}: at most {longest:,} letters were expected, {len(written):,} found.")
    return written


def _whole(written: object, where: str, least: int) -> int:
    if not isinstance(written, int) or isinstance(written, bool) or not least <= written <= MOST_PAGES:
        raise ValueError(f"{where}: a whole number from {least} to {MOST_PAGES} was expected, {_shown(written)} found.")
    return written


def _number(written: object, where: str, least: float, most: float) -> float:
    # Python's JSON reads NaN, Infinity and integers of any length; comparing them is safe, making them floats is not.
    if not isinstance(written, int | float) or isinstance(written, bool) or not least <= written <= most:
        raise ValueError(f"{where}: a number from {least:g} to {most:g} was expected, {_shown(written)} found.")
    return float(written)


def _member(vocabulary: type[_E], written: object, where: str) -> _E:
    if not isinstance(written, str) or written not in vocabulary.__members__.values():
        known = ", ".join(member.value for member in vocabulary)
        raise ValueError(f"{where}: {_shown(written)} is not one of {known}.")
    return vocabulary(written)


def _shown(written: object) -> str:
    """Return a value as a message quotes it: short, and containers by their name alone."""
    match written:
        case str():
            return repr(written if len(written) <= 40 else f"{written[:39]}…")
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[written]
        case float():
            return repr(written)
        case int():
            return str(written) if abs(written) < 10**20 else "a longer number"
        case Mapping():
            return "an object"
        case Sequence():
            return f"a list of {len(written)}"
    return type(written).__name__
