"""Address blocks: neighbouring lines of one column, with what each line is (street, place, contact …)."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.domain.document import Box
from pipeline.domain.folding import fold
from pipeline.extract.once import once
from pipeline.extract.rules.labels.linking import Linker
from pipeline.extract.rules.page.layout import Layout, Row
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.folding import fold_words
from pipeline.extract.textlines import enclosing

_NEAR = 400  # lines searched for the next ones of a column
_MOST_LINES = 9
_WIDEST_GAP = 2.4  # line heights between two lines of a block, at most
SEPARATOR = re.compile(r"\s+[|*–—]\s+|\s*[·•●∙│◦▪]\s*")
_SEPARATING = re.compile(r"[|*–—·•●∙│◦▪/-]")
_DASHES = re.compile(r"\s+[-/]\s+")
_PLACE = re.compile(
    r"""^(?:[A-Z]{1,2}[-–\s])?\d{3}\s?\d{2}\s+[^\W\d]{2}            # 123 45 Town, SE-123 45 Town
    |^(?:[A-Z]{1,2}[-–\s]?)?\d{4,5}\s+[^\W\d_]{2}                   # 1234 Town, D-12345 Town
    |^\d{4,5}[A-ZÆØÅÄÖÜ][a-zæøåäöüß]{3}                             # 12345Town
    |^\d{4}\s?[A-Z]{2}\s+[^\W\d_]{2}                                # 1234 AB Town
    |\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b                          # Town AB1 2CD
    |[A-Za-z.]{2,},?\s+[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b|\b[A-Z]{2}\s+\d{5}\b   # Town, ST 12345
    |\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b                                   # A1B 2C3
    |[^\W\d_]{3,}\s+[A-Z]{2,3}\s+\d{4}$                          # Town VIC 1234
    |^(?:PL[-–])?\d{2}-\d{3}\s+[^\W\d_]{2}|^(?:PT?[-–])?\d{4}-\d{3}\s+[^\W\d_]{2}   # 12-345 Town, 1234-567 Town
    |^\d{6}\b|[^\W\d_]{3,}\s+\d{6}\b                                # Town 123456
    |^\d{5}\s*[-–,]\s*[^\W\d_]{2}                                   # 12345 - Town
    """,
    re.X,
)
# "Lillehammer 2608", "Middelburg 4331 EK Nederland": a town only right under a street, for "Invoice 10023" is none.
_TOWN_FIRST = re.compile(
    r"[^\W\d_]{2,}(?:[ '’-][^\W\d_]{2,}){0,3}\s+(?:\d{3}\s?\d{2}|\d{4}(?:\s?[A-Z]{2})?)(?:\s+[^\W\d_]{2,}){0,2}"
)
_STREET = re.compile(
    r"""^\d{1,5}[a-zA-Z]?,?\s+[^\W\d_]{2}                           # 12 rue …, 44 Queens …
    |[^\W\d_]{3,}[.,]?\s+(?:nr\.?\s*)?\d{1,4}\s?[a-zA-Z]?(?:\s*[-–/,]\s*\d{1,4}\s?[a-zA-Z]?)?(?:[,\s]+.{0,18})?$
    |\b(?:rue|avenue|av\.|boulevard|bd|place|via|viale|piazza|corso|calle|c/|avda|plaza|paseo|street|st\.|road|rd\.?|lane)\b
    |\b(?:ul\.|ulica|al\.|aleja|aleje|pl\.|plac|os\.|rua|r\.|av\.|avenida|largo|travessa|praça|estrada|alameda)\s+[^\W\d_]{2}
    |\b(?:drive|way|p\.?\s?o\.?\ box|postfach|postboks|box|bp|chemin|route|allee|impasse|zone|polígono|poligono|ctra)\b
    """,
    re.I | re.X,
)
_CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:tel|tlf|telefon|telephone|phone|fax|telefax|fon|mobil|mobile|cell|tél|téléphone|teléfono|telefono|telefoon|gsm|mob|t|f|m)\b"
    r"\.?\s*(?::|\+|\(|\d)|\b(?:e-?mail|epost|e-post|web|mail|courriel|pec)\b\s*:|^\+?[\d\s()./-]{8,}$",
    re.I,
)
_CONTACT_SIGN = re.compile(r"[@:+().\d/-]")  # one of these is in whatever tells of phone, mail or web
_LEGAL_ID = re.compile(
    r"\b(?:cvr|vat|ust|uid|tva|btw|iva|moms|mva|siret|siren|rcs|kvk|org\.?\s?n|orgnr|hrb|iban|bic|swift|cif|nif|p\.?\s?iva"
    r"|gstin|abn|steuern|registration|registergericht|amtsgericht|ean|gln|kundenn|customer n|kundenr|reg\.|bankgiro"
    r"|plusgiro|konto|bank|code ape|naf|capital)\b",
    re.I,
)
_ATTENTION = re.compile(r"^(?:att|attn|attention|t\.?\s?a\.?\s?v|z\.?\s?hd|zu händen|à l'attention|c/o|v/)\b", re.I)
_COUNTRIES = """
    denmark | danmark | dk | germany | deutschland | de | france | fr | netherlands | the netherlands | nederland | nl
    | sweden | sverige | se | norway | norge | no | spain | espana | es | italy | italia | it | belgium | belgique
    | belgie | be | austria | osterreich | at | switzerland | schweiz | suisse | ch | finland | fi | poland | polska
    | ireland | luxembourg | portugal | canada | australia | india | usa | uk | united kingdom | united states
    | united states of america | great britain | vereinigtes konigreich | pays bas | etats unis
"""
_COUNTRY = frozenset(name.strip() for name in _COUNTRIES.split("|"))


@dataclass(frozen=True)
class Line:
    """A piece of a row that belongs to one column."""

    row: Row
    start: int
    end: int

    @once
    def text(self) -> str:
        return self.row.span_text(self.start, self.end)

    @once
    def box(self) -> Box:
        return self.row.span_box(self.start, self.end)

    @property
    def is_place(self) -> bool:
        """Postal code and town, in any of the usual orders."""
        return _names_place(self.text)

    @once
    def lists_address(self) -> bool:
        """Name, street and town in one line."""
        parts = len(parts_of(self.text))
        listed = parts >= 3 or self.text.count(",") >= 2 or (parts == 2 and re.search(r"\d{4}", self.text) is not None)
        return listed and has_place(self.text)

    def is_town_under(self, upper: "Line") -> bool:
        """Say whether it is the town under a street, be its postal code before or behind its name."""
        return self.is_place or (upper.is_street and _TOWN_FIRST.fullmatch(self.text) is not None)

    @property
    def is_street(self) -> bool:
        return is_street(self.text)

    @property
    def is_contact(self) -> bool:
        return _names_contact(self.text)

    @property
    def is_legal_id(self) -> bool:
        return _names_legal_id(self.text)

    @property
    def is_country(self) -> bool:
        return fold_words(self.text) in _COUNTRY

    def parts(self) -> list["Line"]:
        """Return what a line lists ("Name · Street 1 · 1234 Town", or with commas), each as a line of its own."""
        found: list[Line] = []
        start = self.start
        for i in range(self.start, self.end):
            text = self.row.words[i].text
            if _SEPARATING.fullmatch(text):
                if i > start:
                    found.append(Line(self.row, start, i))
                start = i + 1
            elif text.endswith((",", "·", "•")):
                found.append(Line(self.row, start, i + 1))
                start = i + 1
        return [*found, Line(self.row, start, self.end)] if start < self.end else found


@dataclass(frozen=True)
class Block:
    """Lines of one column, one under the other, with no wide gap between."""

    lines: tuple[Line, ...]

    @once
    def box(self) -> Box:
        return enclosing(line.box for line in self.lines)

    @property
    def page(self) -> int:
        return self.lines[0].row.page

    @once
    def place(self) -> int | None:
        """Index of the line with postal code and town, None where there is none behind the first line."""
        found = next((i for i, line in enumerate(self.lines) if i and line.is_town_under(self.lines[i - 1])), None)
        if found is not None and found + 1 < len(self.lines):
            following = self.lines[found + 1]
            if following.is_place and not following.is_legal_id and self.lines[found].is_street:
                return found + 1  # "70429 Pierce Alley" over "Tammytown, CA 59126"
        return found

    def address(self) -> tuple[Line, ...]:
        """The lines behind the name that make the address: up to the town and the country."""
        last = self.place
        if last is None:
            streets = [i for i, line in enumerate(self.lines) if i and (line.is_street or line.is_country)]
            if not streets:
                return ()
            last = streets[-1]
        end = last + 1
        while end < len(self.lines) and self.lines[end].is_country:
            end += 1
        return tuple(
            x
            for x in self.lines[1:end]
            if not x.is_contact and not _ATTENTION.match(x.text) and not (x.is_legal_id and not x.is_place)
        )


def lines_of(row: Row) -> tuple[Line, ...]:
    """Return the segments of a row."""
    return tuple(Line(row, start, end) for start, end in row.segments())


def blocks_of(layout: Layout, linker: Linker) -> list[Block]:
    """Return all blocks of two or more lines; a label that stands alone ends a block."""
    return blocks_in([x for row in layout.rows for x in lines_of(row) if not is_heading(x, linker)])


def blocks_in(lines: Sequence[Line]) -> list[Block]:
    """Return the blocks that some lines make, which are in reading order."""
    taken: set[tuple[int, int]] = set()
    found: list[Block] = []
    for position, line in enumerate(lines):
        if (line.row.index, line.start) in taken:
            continue
        chain = _chain(line, lines[position + 1 : position + 1 + _NEAR])
        if len(chain) >= 2:
            taken |= {(x.row.index, x.start) for x in chain}
            found.append(Block(tuple(chain)))
    return found


@lru_cache(maxsize=8192)
def _names_place(text: str) -> bool:
    return len(text) < 60 and has_digit(text) and _PLACE.search(text) is not None


@lru_cache(maxsize=8192)
def _names_contact(text: str) -> bool:
    return _CONTACT_SIGN.search(text) is not None and _CONTACT.search(text) is not None


@lru_cache(maxsize=8192)
def _names_legal_id(text: str) -> bool:
    return _LEGAL_ID.search(fold(text)) is not None


@lru_cache(maxsize=8192)
def is_street(text: str) -> bool:
    """Say whether a text looks like a street with its number."""
    return len(text) < 70 and _STREET.search(text) is not None


@lru_cache(maxsize=8192)
def has_place(text: str) -> bool:
    """Say whether a part of a text is postal code and town."""
    return has_digit(text) and any(
        _PLACE.search(part.strip()) for whole in parts_of(text) for part in whole.split(",") if has_digit(part)
    )


def is_heading(line: Line, linker: Linker) -> bool:
    """Say whether a line is or begins with a label."""
    return linker.begins_heading(line.row, line.start) and not _ATTENTION.match(line.text)


@lru_cache(maxsize=8192)
def parts_of(text: str) -> tuple[str, ...]:
    """Split a line that lists several things: "Name · Street 1 · 1234 Town"; dashes part only where there are several,
    or a street or town follows."""
    if _SEPARATING.search(text) is None:
        return (text,)
    parts = tuple(p for p in SEPARATOR.split(text) if p.strip())
    if len(parts) == 1:
        dashed = _DASHES.split(text)
        if len(dashed) >= 3 or (len(dashed) == 2 and (_PLACE.search(dashed[1]) or _STREET.search(dashed[1]))):
            return tuple(p for p in dashed if p.strip())
    return parts or (text,)


def _chain(first: Line, following: Sequence[Line]) -> list[Line]:
    """Follow a column downwards by its left edge; an address may as well be set flush right or centred."""
    chain = list(_along(first, following, _left))
    if len(chain) >= 2:
        return chain
    for edge in (_right, _middle):
        chain = list(_along(first, following, edge))
        if len(chain) >= 3 and any(line.is_place for line in chain[1:]):
            return chain
    return [first]


def _along(first: Line, following: Iterable[Line], edge: Callable[[Box], float]) -> Iterator[Line]:
    """Follow one edge: at most nine lines, no gap much wider than the first one."""
    yield first
    current, row, box, count, limit = first, first.row, first.box, 1, 1.5
    for line in following:
        under, place = line.row, line.box
        if under.page != row.page:
            return
        if under.index == row.index:
            continue
        height = max(row.height, under.height)
        gap = (place.y0 - box.y1) / max(height, 1e-6)
        if gap > limit and (gap > _WIDEST_GAP or not line.is_town_under(current)):
            return
        if abs(edge(place) - edge(box)) * under.scale < 0.7 * height:
            if line.lists_address:
                return  # the sender's line over the window of an envelope begins a block of its own
            yield line
            if count == 1:
                limit = max(1.4, min(_WIDEST_GAP, 1.7 * gap))
            current, row, box, count = line, under, place, count + 1
            if count == _MOST_LINES:
                return


def _left(box: Box) -> float:
    return box.x0


def _right(box: Box) -> float:
    return box.x1


def _middle(box: Box) -> float:
    return box.centre[0]


def _begin(row: Row, start: int, right: float, beside: float) -> int:
    """Return where the text begins that reaches into a column: a name centred under its heading begins left of it.

    Text that begins under what stands beside the heading (which ends at `beside`) is another column's, and what
    begins behind it is taken before it.
    """
    segment = row.segment_of[start]
    first = start
    while first and row.segment_of[first - 1] == segment:
        first -= 1
    if row.words[first].box.x0 > beside:
        return first
    if first == start:
        return start
    behind = next((i for i in range(start, len(row.words)) if row.segment_of[i] != segment), None)
    return behind if behind is not None and row.words[behind].box.x0 < right else start


def column_below(layout: Layout, linker: Linker, top: Row, left: float, right: float) -> Iterator[Line]:
    """Yield the lines under a row within a column, until a label, a wide gap or the ninth line."""
    previous = top
    count = 0
    beside = max((w.box.x1 for w in top.words if w.box.x1 < left), default=0.0)
    for row in layout.below(top, 16):
        limit = 2.6 if count == 0 else 1.5
        if row.box.y0 - previous.box.y1 > limit * max(row.height, previous.height):
            return
        start = next((i for i, w in enumerate(row.words) if left <= w.box.x0 < right), None)
        if start is None:
            continue
        start = _begin(row, start, right, beside)
        end = start + 1
        while end < len(row.words) and row.segment_of[end] == row.segment_of[start]:
            end += 1
        line = Line(row, start, end)
        if is_heading(line, linker) and not line.is_contact:
            return
        yield line
        count += 1
        previous = row
        if count == 9:
            return
