"""The text of one line item: its name, over as many lines as it was wrapped to, apart from the notes below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.domain.document import Word
from pipeline.extract.rules.columns.cells import Cell
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.folding import fold_words
from pipeline.extract.rules.writing.wordlists import phrases, words

_NOTE_WORDS = phrases("""
    ean | gtin | gln | upc | sn | s/n | lot | batch | charge | hs | hsn | asin | imei | se_id | by_id | art |
    artikel | varenr | sku | ref | isbn | item no | serial | serie | delivery | levering | leveret |
    lieferung | lieferschein | livraison | leverans | period | periode | zeitraum | origin | ursprung |
    herkunft | bruttopreis | note | notes | rabat | rabatt | discount | remise | korting
""")
_NOTE = re.compile(
    rf"^(?:[•*·▪>]\s|\W*(?:{'|'.join(map(re.escape, _NOTE_WORDS))})\b[\w .\-/]{{0,20}}[.:#])", re.IGNORECASE
)
_IDENTIFIER = re.compile(r"^(?:ean|gtin|gln|upc|isbn|asin|imei|s/?n|serial)\b\W*\S*\d{4,}\S*$", re.IGNORECASE)
_DASH = re.compile(r"^[\-–—]\s")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_LABELLED = re.compile(r"^[^\W\d_][\w .\-/]{1,28}\s?:\s?\S")
_LINKING = words("""
    og and und et en och y e med with mit avec met til for für pour voor för para per av af of de von du van
    con i in the à på auf sur
""")
_GOES_ON = re.compile(rf"(?:[,&/+(\-–]|\b(?:{'|'.join(sorted(_LINKING))}))$", re.IGNORECASE)
_CODE_LABELS = (
    r"ean|gtin|sku|upc|art(?:ikel)?[.\- ]*(?:nr|no|nummer)|varenr|vare[.\- ]*nr|varenummer|item (?:no|code|number)|"
    r"product code|ref(?:erence|erens)?|code article|codice|c[oó]digo|bestell[.\- ]*nr|art"
)
_CODE = re.compile(rf"\b(?:{_CODE_LABELS})\s*[.:#]*\s*([A-Z0-9][\w\-./]{{2,}})", re.IGNORECASE)
_BRACKETED = re.compile(r"^[\[(]([A-Z0-9][\w\-./]{2,20})[\])]\s+\S")
_BARE_CODE = re.compile(r"^(?=\S*\d)[A-ZÀ-Þ0-9][A-ZÀ-Þ0-9.\-/_]{2,24}$")
_NEARLY = 0.6  # a line that fills this much of its column may have been wrapped where the next begins in lower case
_SMALL_PRINT = 0.86


@dataclass(frozen=True, slots=True)
class TextPart:
    """What one line prints under the description; `y0` and `y1` in line heights from the page's top."""

    cells: tuple[Cell, ...]
    y0: float = 0.0
    y1: float = 0.0

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for c in self.cells for w in c.words)

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def x0(self) -> float:
        return min(c.x0 for c in self.cells)

    @property
    def x1(self) -> float:
        return max(c.x1 for c in self.cells)

    @property
    def first_word_width(self) -> float:
        cell = self.cells[0]
        word = cell.words[0]
        total = cell.box.width
        return (cell.x1 - cell.x0) * (word.box.width / total if total > 0 else 1.0)

    @property
    def height(self) -> float:
        heights = sorted(w.box.height for w in self.words)
        return heights[len(heights) // 2]


def name_of(parts: Sequence[TextPart], right_edge: float, row_gap: float | None) -> tuple[TextPart, ...]:
    """Return the leading parts that are one wrapped name; notes, codes and smaller print below it are left out.

    `right_edge` is where the text of this column ends: a line is taken for wrapped where its successor's first word
    would not have fitted before it. `row_gap` is how far items are apart: lines of one name are nearer.
    """
    taken: list[TextPart] = []
    for part in parts:
        if not taken:
            taken.append(part)
            continue
        if not _continues(taken[-1], part, right_edge, row_gap):
            break
        taken.append(part)
    return tuple(taken)


def joined(parts: Sequence[TextPart]) -> str:
    """Return the text of a wrapped name; a word parted by a hyphen at the line's end is put together."""
    text = ""
    for part in parts:
        piece = part.text
        if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and piece[:1].isalpha():
            text = (
                text[:-1] + piece
                if piece[:1].islower() and not re.match(r"(?:og|und|en|och|et|and)\b", piece)
                else text + piece
            )
        else:
            text = f"{text} {piece}".strip()
    return text.strip(" :;|")


def named_part(text: str) -> str:
    """Return the name in front of its description, under a heading that announces both: "Lamp - LED, 7 W" is "Lamp"."""
    name = re.split(r"\s[-–—]\s", text, maxsplit=1)[0].strip()
    return name if sum(c.isalpha() for c in name) >= 2 else text


def printed_code(texts: Sequence[str]) -> tuple[int, str] | None:
    """Return the first item code that is printed as such in an item's text ("EAN 5701234567890", "[FURN_1] Chair"),
    with the index of the text."""
    for index, text in enumerate(texts):
        if (found := _BRACKETED.match(text)) and has_digit(found.group(1)):
            return index, found.group(1)
        for match in _CODE.finditer(text):
            if has_digit(match.group(1)):
                return index, match.group(1).rstrip(".,")
    return None


def is_code(text: str) -> bool:
    """Say whether a text is one code and no name: "PAP-4711", "5701234567890"."""
    return _BARE_CODE.match(text.strip("()[]:")) is not None


def is_item_note(text: str) -> bool:
    """Say whether a text is surely a note though it comes first: "EAN: 57…", "Art.-Nr. 4711"."""
    return _NOTE.match(text) is not None


def is_note(text: str) -> bool:
    """Say whether a line of text says something about an item instead of naming it: "EAN: 57…", "• Origin: DE", a
    period from date to date."""
    return any(p.match(text) for p in (_NOTE, _IDENTIFIER, _LABELLED)) or len(_DATE.findall(text)) >= 2


def _continues(upper: TextPart, lower: TextPart, right_edge: float, row_gap: float | None) -> bool:
    if is_note(lower.text) or is_code(lower.text) or not fold_words(lower.text):
        return False
    if row_gap is not None and row_gap > 0.5 and lower.y0 - upper.y1 > row_gap - 0.04:
        return False
    if lower.height < _SMALL_PRINT * upper.height:
        return False
    if _GOES_ON.search(upper.text):
        return True
    nearly_full = upper.x1 - upper.x0 > _NEARLY * (right_edge - upper.x0)
    if _DASH.match(lower.text):
        return nearly_full
    if lower.text[:1].islower() and nearly_full:
        return True
    return upper.x1 + 0.3 + lower.first_word_width > right_edge
