"""The words of a PDF page's text layer, with boxes as the page is displayed."""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.domain.document import Box, Word

_GAP = 0.55  # a gap wider than this part of the letters' height parts two words, even where no blank was drawn
_HEADROOM = 0.15  # the part of a font's height above its capitals, left out of boxes
_INVISIBLE = 3  # text render mode 3 of ISO 32000-1, 9.3.6
_ZERO_WIDTH = frozenset({0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF})
_HYPHENS = frozenset({0x02, 0xAD, 0x2010, 0x2011, 0xFFFE})  # PDFium says U+0002 or U+FFFE for a hyphen at a line's end
_EDGE = 0.02  # words may reach this far over the page's edge


@dataclass(frozen=True, slots=True)
class LayerWord:
    """A word of the text layer; `turn` is how far its letters are turned clockwise: 0, 90, 180 or 270 degrees."""

    word: Word
    turn: int
    visible: bool
    unmapped: bool


@dataclass(frozen=True, slots=True)
class TextLayer:
    """Everything a page's text layer says; sizes in points as displayed, before `turned_upright`."""

    words: tuple[LayerWord, ...]
    width: float
    height: float

    @property
    def turn(self) -> int:
        """How far the page must be turned clockwise for most of its letters to stand upright."""
        letters = Counter[int]()
        for word in self.words:
            letters[word.turn] += len(word.word.text)
        return (360 - letters.most_common(1)[0][0]) % 360 if letters else 0


class _Run(NamedTuple):
    """The letters of one word and the box around them; coordinates are PDF's (origin bottom left, in points)."""

    first: int
    codes: list[int]
    left: float
    bottom: float
    right: float
    top: float


def read_text_layer(page: pdfium.PdfPage) -> TextLayer:
    """Return the words of a page that lie on it as displayed (crop box and /Rotate applied), in drawing order."""
    text_page = page.get_textpage()
    frame = _Frame.of(page)
    words: list[LayerWord] = []
    try:
        for run in _runs(text_page):
            text = _text(run.codes)
            if text and (word := _placed(text_page, run, text, frame)) is not None:
                words.append(word)
    finally:
        text_page.close()
    width, height = page.get_size()
    return TextLayer(tuple(words), width, height)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The visible part of a page in PDF coordinates, and its /Rotate in quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> "_Frame":
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation() // 90)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        width, height = self.right - self.left, self.top - self.bottom
        x0, x1 = (left - self.left) / width, (right - self.left) / width
        y0, y1 = (self.top - top) / height, (self.top - bottom) / height
        return turned(Box(x0, y0, x1, y1), self.quarters)


def turned(box: Box, quarters: int) -> Box:
    """Return where a box lies after its page was turned clockwise by quarter turns."""
    for _ in range(quarters % 4):
        box = Box(1 - box.y1, box.x0, 1 - box.y0, box.x1)
    return box


def _runs(text_page: pdfium.PdfTextPage) -> Iterator[_Run]:
    """Group letters into words: at blanks, and at gaps wider than a blank.

    The calls go to PDFium's C interface directly, and what is known of the word is kept in local names: this loop runs
    once per letter of every page.
    """
    unicode_of, loose_box_of, tight_box_of = (
        pdfium_c.FPDFText_GetUnicode,
        pdfium_c.FPDFText_GetLooseCharBox,
        pdfium_c.FPDFText_GetCharBox,
    )
    raw = text_page.raw
    rect = pdfium_c.FS_RECTF()
    by_reference = ctypes.byref(rect)
    edges = [ctypes.c_double() for _ in range(4)]
    first, codes = 0, list[int]()
    left = bottom = right = top = reach = 0.0
    last_left = last_bottom = last_right = last_top = 0.0
    for index in range(text_page.count_chars()):
        code = unicode_of(raw, index)
        if not 0x20 < code < 0x7F:
            if _is_blank(code):
                if codes:
                    yield _Run(first, codes, left, bottom, right, top)
                    codes = []
                continue
            if code in _ZERO_WIDTH:
                continue
        loose_box_of(raw, index, by_reference)
        x0, y0, x1, y1 = rect.left, rect.bottom, rect.right, rect.top
        if y1 - y0 < 0.5 or x1 <= x0:  # fonts without metrics (Type 3) have no loose box
            tight_box_of(raw, index, *edges)
            x0, x1, y0, y1 = (edge.value for edge in edges)
        if codes and max(x0 - last_right, last_left - x1, y0 - last_top, last_bottom - y1) <= reach:
            codes.append(code)
            left, bottom = min(left, x0), min(bottom, y0)
            right, top = max(right, x1), max(top, y1)
        else:
            if codes:
                yield _Run(first, codes, left, bottom, right, top)
            first, codes = index, [code]
            left, bottom, right, top = x0, y0, x1, y1
            reach = _GAP * (min(y1 - y0, 4 * (x1 - x0)) or 1.0)
        last_left, last_bottom, last_right, last_top = x0, y0, x1, y1
    if codes:
        yield _Run(first, codes, left, bottom, right, top)


def _is_blank(code: int) -> bool:
    return (code <= 0x20 and code != 0x02) or code in (0xA0, 0x202F, 0x205F, 0x3000) or 0x2000 <= code <= 0x200A


def _text(codes: list[int]) -> str:
    """Return the letters as text: ligatures taken apart, hyphens made plain, accents composed, controls dropped."""
    if min(codes) > 0x20 and max(codes) < 0x7F:
        return bytes(codes).decode("ascii")
    text = "".join(map(_letter, codes))
    if text.isascii():
        return text
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):  # PDFium counts UTF-16 units
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def _letter(code: int) -> str:
    if 0x20 < code < 0x7F:
        return chr(code)
    if code in _HYPHENS:
        return "-"
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", chr(code))
    if 0x7F <= code <= 0x9F:  # writers that leave Windows-1252 codes where Unicode belongs
        return bytes([code]).decode("cp1252", "ignore").replace("\x7f", "")
    return chr(code)


def _placed(text_page: pdfium.PdfTextPage, run: _Run, text: str, frame: _Frame) -> LayerWord | None:
    turn = _quarter(pdfium_c.FPDFText_GetCharAngle(text_page.raw, run.first))
    cut = _HEADROOM * (run.top - run.bottom) if turn == 0 else 0.0
    box = frame.box(run.left, run.bottom, run.right, run.top - cut)
    x, y = box.centre
    if not (-_EDGE <= x <= 1 + _EDGE and -_EDGE <= y <= 1 + _EDGE):
        return None
    inside = min(box) > 0.0 and max(box) < 1.0
    clipped = box if inside else Box(*(min(1.0, max(0.0, edge)) for edge in box))
    text_object = pdfium_c.FPDFText_GetTextObject(text_page.raw, run.first)
    visible = not text_object or pdfium_c.FPDFTextObj_GetTextRenderMode(text_object) != _INVISIBLE
    unmapped = pdfium_c.FPDFText_HasUnicodeMapError(text_page.raw, run.first) == 1
    return LayerWord(Word(text, clipped), (turn + 90 * frame.quarters) % 360, visible, unmapped)


def _quarter(radians: float) -> int:
    """Round a letter's angle, which PDFium counts clockwise, to a quarter turn in degrees."""
    return round(radians / (math.pi / 2)) % 4 * 90
