"""Address blocks: neighbouring lines of one column, with what each line is (street, place, contact …)."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product, takewhile

from pipeline.domain.document import Box
from pipeline.domain.folding import fold
from pipeline.extract.once import once
from pipeline.extract.rules.labels.labels import wording_roles
from pipeline.extract.rules.labels.linking import Linker
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.identifiers import vat_id_at
from pipeline.extract.rules.page.layout import Layout, Row, canonical_tokens
from pipeline.extract.rules.parties.address_forms import CONTACT, CONTACT_SIGN, PLACE, STREET, TOWN_FIRST
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.folding import fold_words
from pipeline.extract.textlines import enclosing

_NEAR = 400  # lines searched for the next ones of a column
_MOST_LINES = 9
_WIDEST_GAP = 2.4  # line heights between two lines of a block, at most
SEPARATOR = re.compile(r"\s+[|*–—]\s+|\s*[·•●∙│◦▪]\s*")
_SEPARATING = re.compile(r"[|*–—·•●∙│◦▪/-]")
_DASHES = re.compile(r"\s+[-/]\s+")
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


_ADDRESS = frozenset({Role.ADDRESS})
_TAX_IDS = frozenset({Role.VAT_ID, Role.SELLER_VAT_ID, Role.BUYER_VAT_ID})


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

    @once
    def is_whole_address(self) -> bool:
        """Street and town in one line, without a name: "Street 1, 1234 Town"."""
        alone = len(parts_of(self.text)) == 1 and not self.is_place
        return alone and is_street(self.text.partition(",")[0]) and has_place(self.text)

    def is_town_under(self, upper: "Line") -> bool:
        """Say whether it is the town under a street, be its postal code before or behind its name."""
        return self.is_place or (upper.is_street and TOWN_FIRST.fullmatch(self.text) is not None)

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

    @property
    def may_close(self) -> bool:
        """Say whether it may be the last line of an address: town, country, contact or id."""
        told = self.is_place or self.is_country or self.is_contact or self.is_legal_id
        return told or vat_id_at([self.text]) is not None

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
        towns = (line.is_town_under(upper) or line.is_whole_address for upper, line in pairwise(self.lines))
        found = next((i for i, is_town in enumerate(towns, start=1) if is_town), None)
        if found is not None and found + 1 < len(self.lines):
            following = self.lines[found + 1]
            if following.is_place and not following.is_legal_id and self.lines[found].is_street:
                return found + 1  # "70429 Pierce Alley" over "Tammytown, CA 59126"
        return found

    def address(self) -> tuple[Line, ...]:
        """The lines behind the name that make the address: up to the town and the country."""
        last = self.place
        if last is None:
            until_contact = takewhile(lambda x: x is self.lines[0] or not x.is_contact, self.lines)
            streets = [i for i, x in enumerate(until_contact) if i and (x.is_street or x.is_country)]
            if not streets:
                return ()
            last = streets[-1]
        end = last + 1
        while end < len(self.lines) and (self.lines[end].is_country or self.lines[end - 1].text.endswith("-")):
            end += 1
        return tuple(
            x
            for x in self.lines[1:end]
            if not x.is_contact and not _ATTENTION.match(x.text) and not (x.is_legal_id and not x.is_place)
        )


def address_in(parts: Sequence[Line]) -> tuple[Line, ...]:
    """Return the parts up to the last one that is a town or a country; none where no town is among them."""
    last = max((i for i, part in enumerate(parts) if part.is_place or (i and part.is_country)), default=-1)
    address = tuple(p for p in parts[: last + 1] if not p.is_contact and not (p.is_legal_id and not p.is_place))
    return address if any(p.is_place for p in address) else ()


def lines_of(row: Row) -> tuple[Line, ...]:
    """Return the segments of a row."""
    return tuple(Line(row, start, end) for start, end in row.segments())


def blocks_of(layout: Layout, linker: Linker, parts: Callable[[Row], Sequence[Line]] = lines_of) -> list[Block]:
    """Return all blocks of two or more lines; a label that stands alone ends a block. `parts` gives a row's lines."""
    lines = [x for row in layout.rows for x in parts(row) if not ends_block(x, linker)]
    rests = {
        (x.row.index, x.start)
        for above, row in pairwise(layout.rows)
        for upper, x in product(parts(above), parts(row))
        if _ends_heading(x, upper)
    }
    lines = [x for x in lines if (x.row.index, x.start) not in rests]
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
    return len(text) < 60 and has_digit(text) and PLACE.search(text) is not None


@lru_cache(maxsize=8192)
def _names_contact(text: str) -> bool:
    return CONTACT_SIGN.search(text) is not None and CONTACT.search(text) is not None


@lru_cache(maxsize=8192)
def _names_legal_id(text: str) -> bool:
    return _LEGAL_ID.search(fold(text)) is not None


@lru_cache(maxsize=8192)
def is_street(text: str) -> bool:
    """Say whether a text looks like a street with its number."""
    return len(text) < 70 and STREET.search(text) is not None


@lru_cache(maxsize=8192)
def has_place(text: str) -> bool:
    """Say whether a part of a text is postal code and town."""
    return has_digit(text) and any(
        PLACE.search(part.strip()) for whole in parts_of(text) for part in whole.split(",") if has_digit(part)
    )


def is_heading(line: Line, linker: Linker) -> bool:
    """Say whether a line is or begins with a label; "City of Leeds" is none for its first word."""
    if not linker.begins_heading(line.row, line.start) or _ATTENTION.match(line.text):
        return False
    labels = [x for x in linker.labels_in(line.row) if x.start == line.start and x.is_heading]
    return not all(x.roles == _ADDRESS and not x.colon and not x.ends_segment for x in labels)


def _ends_heading(line: Line, upper: Line) -> bool:
    """Say whether a line is the rest of a label that print hyphenates: "Rechnungs-" over "adresse"."""
    if not upper.text.endswith("-") or not line.text[:1].islower() or " " in line.text:
        return False
    word = f"{upper.text.split()[-1].rstrip('-')}{line.text}"
    return abs(line.box.x0 - upper.box.x0) < 0.01 and "".join(canonical_tokens(word)) in wording_roles()


def ends_block(line: Line, linker: Linker) -> bool:
    """Say whether a line is or begins with a label that ends an address: a tax id may stand between name and street."""
    if not is_heading(line, linker):
        return False
    labels = (x for x in linker.labels_in(line.row) if x.start == line.start)
    return not (line.is_legal_id and any(x.roles & _TAX_IDS for x in labels) and has_digit(line.text))


@lru_cache(maxsize=8192)
def parts_of(text: str) -> tuple[str, ...]:
    """Split a line that lists several things: "Name · Street 1 · 1234 Town"; dashes part only where there are several,
    or a street or town follows."""
    if _SEPARATING.search(text) is None:
        return (text,)
    parts = tuple(p for p in SEPARATOR.split(text) if p.strip())
    if len(parts) == 1:
        dashed = _DASHES.split(text)
        if len(dashed) >= 3 or (len(dashed) == 2 and (PLACE.search(dashed[1]) or STREET.search(dashed[1]))):
            return tuple(p for p in dashed if p.strip())
    return parts or (text,)


def _chain(first: Line, following: Sequence[Line]) -> list[Line]:
    """Follow a column downwards by its left edge; an address may as well be set flush right or centred."""
    flush = list(_along(first, following, _left))
    if len(flush) >= 3 or (len(flush) == 2 and not any(c.isalpha() for c in first.text)):
        return flush
    ends = any(line.is_place for line in flush[1:])
    for edge in (_right, _middle):
        chain = list(_along(first, following, edge))
        if len(chain) >= 3 and any(line.is_place for line in chain[1:]) and not (ends and flush[1] not in chain[2:]):
            return chain
    return flush


def _along(first: Line, following: Iterable[Line], edge: Callable[[Box], float]) -> Iterator[Line]:
    """Follow one edge: at most nine lines, no gap much wider than the first one, none that parts an address's end from
    the next block."""
    yield first
    current, row, box, count, limit, last_blank = first, first.row, first.box, 1, 1.5, 0.0
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
            blank = (place.y0 - box.y1) / max(min(under.height, row.height), 1e-6)
            whole = count > 2 or (count == 1 and vat_id_at([current.text]) is not None)
            parted = whole and blank > max(0.6, 2.5 * last_blank) and current.may_close
            if parted and not (line.is_contact or line.is_legal_id or line.is_place or line.is_country):
                return
            last_blank = blank
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
        if ends_block(line, linker) and not line.is_contact:
            return
        yield line
        count += 1
        previous = row
        if count == 9:
            return
