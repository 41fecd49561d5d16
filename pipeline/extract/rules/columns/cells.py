"""A line's words joined into what one table cell may hold: a number with its sign and currency, or a run of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from pipeline.domain.document import Box, Word
from pipeline.domain.money import AmountReading, readings
from pipeline.extract.once import once
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.currency import CODES
from pipeline.extract.rules.writing.parted_decimals import closed, is_parted
from pipeline.extract.rules.writing.units import is_unit
from pipeline.extract.textlines import box_of

_MINUS = "-−–"
_WORD_GAP = 0.55  # blanks inside a number or a phrase are usually narrower than this many line heights
_WIDEST_WORD_GAP = 0.85  # and never wider than this
_WIDEST_GROUP_GAP = 0.9  # inside a number whose currency stands behind the same blank
_SAME_GAP = 0.03  # blanks of one width differ by less
_THIN_GAP = 0.35  # what parts decimals from their mark is narrower
_SIGN_GAP = 1.6  # a currency sign or a minus may stand further off
_THOUSANDS = re.compile(r"^[+(\-−–]?(?:\D|kr\.?|rs\.?|us\$|[A-Z]{3})?\d{1,3}(?:[ .'’]?\d{3})*$", re.IGNORECASE)
_GROUP = re.compile(r"^\d{3}(?:[.,]\d{1,4})?(?:[%)\-−–€]|,-)?$")
_WITH_UNIT = re.compile(r"^([+\-−–]?\d+(?:[.,]\d+)*)(?:[x×*]|([^\W\d_]{1,8}\.?|m[²³23]))$", re.IGNORECASE)
_GLUED_NUMBER = re.compile(r"^(\d{8,14})([^\W\d_][^\W\d_]{2,}\S*)$")
_SHORTEST_GLUED = 10
_PER_UNIT = re.compile(r"^(\D{0,3}\d[\d.,]*)/([^\W\d_]{1,8}\.?)$")
_CURRENCY = re.compile(r"^(?:[€$£₹¥]|kr\.?|sfr\.?|fr\.?|rs\.?|us\$?|r|a\$?|ca\$?|dkk|zł|kč|ft|lei|cr)$", re.IGNORECASE)
_SHORT_DATE = re.compile(r"\d{1,2}[.\-/]\d{1,2}[.\-/]?(?:\d{2,4})?")
_LETTERS = re.compile(r"[^\W\d_]+")
_IDENTIFIER_DIGITS = 8
_OPERATORS = frozenset({"x", "×", "*", "@", "=", "á", "à", "a"})


@dataclass(frozen=True)
class Cell:
    """Words that belong together; `found` are the ways to read them as a number, empty for text.

    Positions are in line heights from the page's left edge, so that a cell means the same at every scale.
    """

    words: tuple[Word, ...]
    x0: float
    x1: float
    found: tuple[AmountReading, ...] = ()
    percent: bool = False
    unit: str | None = None

    @once
    def text(self) -> str:
        return self.words[0].text if len(self.words) == 1 else " ".join([w.text for w in self.words])

    @once
    def box(self) -> Box:
        return box_of(self.words)

    @once
    def is_number(self) -> bool:
        return bool(self.found)

    @once
    def is_unit(self) -> bool:
        return is_unit(self.text)

    @once
    def is_identifier(self) -> bool:
        """Say whether a number looks like a code: many digits, or a leading zero, and no decimals."""
        digits = self.text
        return digits.isdigit() and (len(digits) >= _IDENTIFIER_DIGITS or (len(digits) > 1 and digits[0] == "0"))

    @property
    def is_operator(self) -> bool:
        return len(self.text) == 1 and self.text.lower() in _OPERATORS

    @property
    def decimals(self) -> int:
        return self.found[0].decimals if self.found else 0


def word_gap(lines: Iterable[Sequence[Word]], scale: float) -> float:
    """Return the widest blank between words of one phrase, in line heights; typewriter faces have wide ones."""
    blanks = [
        gap
        for words in lines
        for a, b in pairwise(sorted(words, key=lambda w: w.box.x0))
        if 0.05 < (gap := (b.box.x0 - a.box.x1) * scale) < 1.0
    ]
    return min(_WIDEST_WORD_GAP, max(_WORD_GAP, 1.4 * median(blanks))) if blanks else _WORD_GAP


def cells_of(words: Iterable[Word], scale: float, starts: Sequence[float] = (), gap: float = _WORD_GAP) -> list[Cell]:
    """Join the words of one line into cells, left to right.

    `scale` is how many line heights the page is wide; `starts` are left edges (in line heights) of columns of text: a
    new cell begins there however narrow the gap. `gap` is the widest blank inside a cell.
    """
    parted = [part for word in words for part in _parted(word)]
    pieces = [_piece(w, scale) for w in sorted(parted, key=lambda w: w.box.x0)]
    return _join_text(_join_decorations(_join_groups(_join_cents(pieces, gap), gap), gap), starts, gap)


@lru_cache(maxsize=8192)
def is_currency(text: str) -> bool:
    """Say whether a word is a currency sign or code and nothing else."""
    return _CURRENCY.match(text) is not None or text.strip("().:") in CODES


def _parted(word: Word) -> tuple[Word, ...]:
    """Part a long number from the name it runs into, where the cells of a table overlap: "4123456000014Sugar"."""
    glued = _GLUED_NUMBER.match(word.text) if len(word.text) >= _SHORTEST_GLUED else None
    if glued is None:
        return (word,)
    x0, y0, x1, y1 = word.box
    middle = x0 + (x1 - x0) * len(glued.group(1)) / len(word.text)
    return (
        Word(glued.group(1), Box(x0, y0, middle, y1), word.confidence),
        Word(glued.group(2), Box(middle, y0, x1, y1), word.confidence),
    )


def _piece(word: Word, scale: float) -> Cell:
    return Cell((word,), word.box.x0 * scale, word.box.x1 * scale, *_number_in(word.text))


@lru_cache(maxsize=8192)
def _number_in(text: str) -> tuple[tuple[AmountReading, ...], bool, str | None]:
    """Return the ways to read a word as a number, none for text; whether it is in percent; the unit glued to it."""
    if has_digit(text):
        if (glued := _WITH_UNIT.match(text)) and (glued.group(2) is None or is_unit(glued.group(2))):
            return readings(glued.group(1)), False, glued.group(2)
        if (per := _PER_UNIT.match(text)) and is_unit(per.group(2)):
            return readings(per.group(1)), False, None
        found = readings(text.rstrip("*%"))
        letters = _LETTERS.findall(text)
        if found and not _is_date(text) and all(is_currency(word) for word in letters):
            return found, "%" in text, None
    return (), False, None


def _is_date(text: str) -> bool:
    return _SHORT_DATE.fullmatch(text) is not None and text.count(".") + text.count("-") + text.count("/") > 1


def _join_cents(pieces: Sequence[Cell], widest: float) -> list[Cell]:
    """Join "416," and "50" where nothing but a currency or a wide gap stands beside them."""
    joined: list[Cell] = []
    for index, piece in enumerate(pieces):
        before = joined[-1] if joined else None
        if before and piece.x0 - before.x1 < _THIN_GAP and is_parted(before.text, piece.text):
            after = pieces[index + 1] if index + 1 < len(pieces) else None
            if after is None or is_currency(after.text) or after.x0 - piece.x1 > widest:
                words = (*before.words, *piece.words)
                found = readings(closed(f"{before.text} {piece.text}"))
                joined[-1] = Cell(words, before.x0, piece.x1, found)
                continue
        joined.append(piece)
    return joined


def _join_groups(pieces: Sequence[Cell], widest: float) -> list[Cell]:
    """Join "1 040,10" and "1 234 567.00", printed with blanks between the thousands."""
    joined: list[Cell] = []
    for index, piece in enumerate(pieces):
        before = joined[-1] if joined else None
        if (
            before
            and before.is_number
            and before.unit is None
            and _GROUP.match(closed(piece.text))
            and _THOUSANDS.match(before.text)
            and before.text.strip("+-−–(") != "0"
            and (piece.x0 - before.x1 < widest or _is_blank_of_amounts(before, pieces[index : index + 2]))
        ):
            found = readings(closed(f"{before.text} {piece.text}".rstrip("%")))
            if found:
                joined[-1] = Cell((*before.words, *piece.words), before.x0, piece.x1, found, "%" in piece.text)
                continue
        joined.append(piece)
    return joined


def _is_blank_of_amounts(before: Cell, following: Sequence[Cell]) -> bool:
    """Say whether the blank before a group is as wide as the one before the currency that follows it."""
    if len(following) < 2 or not is_currency(following[1].text):
        return False
    group, sign = following
    within, behind = group.x0 - before.x1, sign.x0 - group.x1
    return within < _WIDEST_GROUP_GAP and abs(within - behind) < _SAME_GAP


def _join_decorations(pieces: Sequence[Cell], widest: float) -> list[Cell]:
    """Join a number with the minus and currency before it, and the currency or "%" after it."""
    joined: list[Cell] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before is None:
            joined.append(piece)
            continue
        gap = piece.x0 - before.x1
        if piece.is_number and not before.is_number and gap < _SIGN_GAP and _leads(before.text):
            found = readings(closed(f"{before.text} {piece.text}".rstrip("%"))) or piece.found
            joined[-1] = Cell((*before.words, *piece.words), before.x0, piece.x1, found, piece.percent, piece.unit)
        elif before.is_number and not before.percent and piece.text in ("%", "%)") and gap < _SIGN_GAP:
            joined[-1] = Cell((*before.words, *piece.words), before.x0, piece.x1, before.found, percent=True)
        elif before.is_number and not before.percent and is_currency(piece.text) and gap < widest * 1.5:
            joined[-1] = Cell((*before.words, *piece.words), before.x0, piece.x1, before.found, unit=before.unit)
        else:
            joined.append(piece)
    return joined


def _leads(text: str) -> bool:
    """Say whether a word may stand before a number as part of it."""
    return (
        is_currency(text)
        or text in (*_MINUS, "+", "=", "(", "-$", "-€", "−€")
        or re.fullmatch(r"[-−–+=]\s?[€$£]", text) is not None
    )


def _join_text(pieces: Sequence[Cell], starts: Sequence[float], widest: float) -> list[Cell]:
    joined: list[Cell] = []
    for index, piece in enumerate(pieces):
        before = joined[-1] if joined else None
        multiplies = piece.is_operator and index + 1 < len(pieces) and pieces[index + 1].is_number
        if (
            before
            and not before.is_number
            and not piece.is_number
            and not multiplies
            and not (before.is_operator and pieces[index - 1] is before and index > 1 and pieces[index - 2].is_number)
            and piece.x0 - before.x1 < widest
            and not any(abs(piece.x0 - s) < 0.3 for s in starts)
        ):
            joined[-1] = Cell((*before.words, *piece.words), before.x0, max(before.x1, piece.x1))
        else:
            joined.append(piece)
    return joined
