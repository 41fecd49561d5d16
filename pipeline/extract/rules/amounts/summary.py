"""Finds the captioned amounts of a document: which amount stands behind or under which words of the totals."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.domain.document import Box
from pipeline.extract.rules.amounts.captions import AmountRole, amount_role, is_caption, misread_role
from pipeline.extract.rules.page.candidates import Candidate, CandidateType
from pipeline.extract.rules.page.layout import Layout, Row
from pipeline.extract.rules.writing.characters import has_letter_or_digit
from pipeline.extract.rules.writing.currency import CODES
from pipeline.extract.rules.writing.folding import fold_words

_COLUMN_WORDS = re.compile(
    r"""\b(?:quantity|qty|unit\ price|unit|description|hours|item|product|pos
    |antal|antall|enhedspris|enhetspris|enhet|beskrivelse|beskrivning|benamning|a\ pris|varenr|varetekst|tekst|artikel
    |produkt|menge|einzelpreis|bezeichnung|beschreibung|designation|quantite|qte|prix\ unitaire|aantal|omschrijving
    |stuksprijs|cantidad|descripcion|precio|quantita|descrizione|prezzo|um)\b""",
    re.X,
)
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s?(?:%|pct|prozent|procent)", re.I)
_STACKED = 1.6  # line heights between a caption and the amount on the line under it, at most
_CLOSE = 0.25  # line heights between the lines of one caption, at most
_WIDEST_CAPTION = 0.3  # of the page's width

RoleOf = Callable[[str], tuple[AmountRole, float] | None]
_Head = tuple[Box, str, tuple[AmountRole, float] | None]


@dataclass(frozen=True, slots=True)
class CaptionedAmount:
    """An amount of the totals, the role its words give it and how plainly; `rate` is the tax rate printed beside it."""

    candidate: Candidate
    role: AmountRole
    weight: float
    caption: str
    rate: Decimal | None = None
    base: Candidate | None = None
    in_table: bool = False

    @property
    def value(self) -> Decimal:
        return Decimal(self.candidate.value)


def captioned_amounts(layout: Layout, candidates: list[Candidate], tolerant: bool = False) -> list[CaptionedAmount]:
    """Return every amount that words say is a total, in reading order; `tolerant` mends misread words, for OCR text."""
    role_of = misread_role if tolerant else amount_role
    by_row: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.type is CandidateType.AMOUNT and _may_be_total(layout.rows[candidate.row], candidate):
            by_row.setdefault(candidate.row, []).append(candidate)
    heads = _Heads(role_of)
    found: list[CaptionedAmount] = []
    for row in layout.rows:
        amounts = _outermost(by_row.get(row.index, []))
        if not amounts:
            continue
        beside = list(_beside(row, amounts, role_of)) or list(_in_the_middle(layout, row, amounts, by_row, role_of))
        under = (
            list(_under_headings(layout, row, amounts, by_row, heads))
            if len(beside) < len(amounts) or _may_be_table(beside)
            else []
        )
        found += under or beside or list(_under_caption(layout, row, amounts, role_of))
    return found


def _may_be_total(row: Row, amount: Candidate) -> bool:
    """Say whether a number may be money: "30" in "30 days" and a code of many digits are not."""
    if amount.marked or amount.decimals == 2:
        return True
    if (len(amount.text.strip("-()")) > 7 and amount.text.isdigit()) or amount.decimals > 2:
        return False
    if amount.end == len(row.words) or row.segment_of[amount.end] != row.segment_of[amount.end - 1]:
        return amount.start == 0 or row.words[amount.start - 1].text not in ("§", "§§", "Art.", "art.")
    return _is_money_word(row.words[amount.end].text)


def _outermost(amounts: list[Candidate]) -> list[Candidate]:
    """Drop amounts that lie inside a longer one."""
    return [a for a in amounts if not any(b is not a and b.start <= a.start and a.end <= b.end for b in amounts)]


def _may_be_table(beside: list[CaptionedAmount]) -> bool:
    return len(beside) >= 2 and len({b.caption for b in beside}) == 1


def _beside(row: Row, amounts: list[Candidate], role_of: RoleOf) -> Iterator[CaptionedAmount]:
    """Yield amounts with the words on their left: their own ones, else those before the row's first amount."""
    shared: CaptionedAmount | None = None
    tax_row: list[Candidate] = []
    for i, amount in enumerate(amounts):
        start = amounts[i - 1].end if i else 0
        caption, role = _caption(row, start, amount.start, role_of)
        if role is None and i and shared is not None:
            if shared.role in (AmountRole.TAX, AmountRole.TOTAL, AmountRole.NET, AmountRole.SUBTOTAL):
                tax_row.append(amount)
            continue
        if role is None:
            continue
        if shared is not None and tax_row:
            yield from _in_one_row(shared, tax_row)
        elif shared is not None:
            yield shared
        rate = _rate(caption) or _rate(row.text)
        shared = CaptionedAmount(amount, role[0], role[1], caption, rate)
        tax_row = []
    if shared is not None and tax_row:
        yield from _in_one_row(shared, tax_row)
    elif shared is not None:
        yield shared


def _in_the_middle(
    layout: Layout, row: Row, amounts: list[Candidate], by_row: dict[int, list[Candidate]], role_of: RoleOf
) -> Iterator[CaptionedAmount]:
    """Yield an amount that stands at half height beside a caption of two or three lines: "Total" over "amount due".

    The caption's lines overlap the amount's in height, or follow closely on each other; the nearest on the left count.
    """
    amount = amounts[-1]
    if len(amounts) > 1 or (amount.end < len(row.words) and row.segment_of[amount.end] > row.segment_of[amount.start]):
        return
    own = [(box, text) for box, text in row.pieces if box.x1 < amount.box.x0]
    lines: list[tuple[Box, str]] = own[-1:]
    for other in (*layout.above(row, 1), *layout.below(row, 1)):
        apart = max(other.box.y0 - row.box.y1, row.box.y0 - other.box.y1) / max(row.height, 1e-6)
        left = [(box, text) for box, text in other.pieces if box.x1 < amount.box.x0]
        if by_row.get(other.index) or not left or apart > _CLOSE:
            continue
        lines.append(left[-1])
    nearest = max((box.x1 for box, _ in lines), default=0.0)
    together = [(box, text) for box, text in lines if nearest - box.x0 < _WIDEST_CAPTION and box.x1 > nearest - 0.1]
    stacked = sorted((box.y0, text) for box, text in together)
    caption = " ".join(text for _, text in stacked)
    if (role := role_of(caption)) and is_caption(caption) and not _is_prose(caption):
        yield CaptionedAmount(amount, role[0], role[1] * 0.9, caption, _rate(caption))


def _under_caption(layout: Layout, row: Row, amounts: list[Candidate], role_of: RoleOf) -> Iterator[CaptionedAmount]:
    """Yield an amount that stands alone on its line, right under a caption that stands alone on its own."""
    amount = amounts[-1]
    upper = next(iter(layout.above(row, 1)), None)
    alone = all(amount.start <= i < amount.end or _is_money_word(w.text) for i, w in enumerate(row.words))
    if upper is None or not alone or len(upper.pieces) > 1 or any(c.isdigit() for c in upper.text):
        return
    box = upper.box
    if row.box.y0 - box.y1 > _STACKED * row.height or min(abs(box.x0 - row.box.x0), abs(box.x1 - row.box.x1)) > 0.02:
        return
    if (role := role_of(upper.text)) and is_caption(upper.text) and not _is_prose(upper.text):
        yield CaptionedAmount(amount, role[0], role[1] * 0.85, upper.text)


def _in_one_row(first: CaptionedAmount, rest: list[Candidate]) -> Iterator[CaptionedAmount]:
    """Several amounts share a caption: "VAT 25 % of 1.000,00: 250,00", "Total 278.61 40.39 319.00"."""
    amounts = [first.candidate, *rest]
    values = [Decimal(a.value) for a in amounts]
    for i in range(len(values) - 2):
        for j in range(i + 1, len(values) - 1):
            if values[i] + values[j] == values[-1] and values[j] and amounts[-1].decimals == 2:
                yield replace(first, candidate=amounts[i], role=AmountRole.NET, weight=0.75)
                yield replace(first, candidate=amounts[j], role=AmountRole.TAX, weight=0.75, rate=None)
                yield replace(first, candidate=amounts[-1], role=AmountRole.GROSS, weight=0.8)
                return
    if first.role is AmountRole.TAX:
        rates = [first.rate] if first.rate is not None else [v for v in values if 0 < v <= 30]
        for rate in rates:
            for base, tax in ((b, t) for b in amounts for t in amounts if b is not t):
                if _is_tax(rate, Decimal(base.value), Decimal(tax.value)):
                    yield replace(first, candidate=tax, rate=rate, base=base)
                    return
    if first.role is AmountRole.SUBTOTAL:
        yield first
        return
    last = rest[-1]
    yield replace(first, candidate=last, weight=first.weight * 0.85)


def _is_tax(rate: Decimal, base: Decimal, tax: Decimal) -> bool:
    return bool(tax) and bool(base) and abs(base * rate / 100 - tax) <= Decimal("0.02")


def _rate(text: str) -> Decimal | None:
    found = {m.replace(",", ".") for m in _PERCENT.findall(text)}
    return Decimal(found.pop()) if len(found) == 1 else None


def _caption(row: Row, start: int, end: int, role_of: RoleOf) -> tuple[str, tuple[AmountRole, float] | None]:
    """Read the words before an amount, the nearest segment first, then more of the row."""
    stop = end
    while stop > start and _is_money_word(row.words[stop - 1].text):
        stop -= 1
    if stop <= start:
        return "", None
    begin = stop - 1
    segments_read = 0
    while begin > start:
        if row.segment_of[begin - 1] != row.segment_of[begin]:
            caption = row.span_text(begin, stop)
            segments_read += 1
            if (role := role_of(caption)) and is_caption(caption):
                return caption, role
            if segments_read == 3 or _is_prose(caption):
                return "", None
        begin -= 1
    caption = row.span_text(begin, stop)
    role = role_of(caption) if is_caption(caption) and not _is_prose(caption) else None
    return (caption, role) if role else ("", None)


def _is_prose(text: str) -> bool:
    return len(text.split()) > 11


def _is_money_word(text: str) -> bool:
    bare = text.strip("():.,[]")
    return not has_letter_or_digit(text) or bare in CODES or fold_words(bare) in ("kr", "rs", "fr", "eur", "dkk")


class _Heads:
    """What the segments of a row name as headings; asked of a row once for every row of amounts under it."""

    def __init__(self, role_of: RoleOf) -> None:
        self._role_of = role_of
        self._roles: dict[int, list[_Head]] = {}
        self._columns: dict[int, int] = {}

    def roles(self, row: Row) -> list[_Head]:
        """Return where each segment stands, what it says, and what total it names."""
        if row.index not in self._roles:
            role_of = self._role_of
            self._roles[row.index] = [
                (box, text, role_of(text) if is_caption(text) else None) for box, text in row.pieces
            ]
        return self._roles[row.index]

    def columns(self, row: Row) -> int:
        """Return how many columns of line items a row names."""
        if row.index not in self._columns:
            self._columns[row.index] = len(set(_COLUMN_WORDS.findall(fold_words(row.text))))
        return self._columns[row.index]


def _under_headings(
    layout: Layout, row: Row, amounts: list[Candidate], by_row: dict[int, list[Candidate]], heads: _Heads
) -> Iterator[CaptionedAmount]:
    """Yield amounts of a small table of totals: headings in one row, amounts in the rows under it."""
    for depth, upper in enumerate(layout.above(row, 6)):
        if by_row.get(upper.index) and depth >= 5:
            return
        if by_row.get(upper.index):
            continue
        if len(upper.pieces) >= 2 and heads.columns(upper) >= 2:
            return
        roles = heads.roles(upper)
        named = [r for r in roles if r[2]]
        if not named:
            continue
        if heads.columns(upper):
            return
        if len(named) < 2 and not (len(roles) >= 3 and depth <= 1):
            if depth >= 2:
                return
            continue
        for amount in amounts:
            if cell := _cell_over(amount.box, roles):
                text, role = cell
                yield CaptionedAmount(amount, role[0], role[1] * 0.85, text, _rate(row.text), in_table=True)
        return


def _cell_over(box: Box, cells: list[_Head]) -> tuple[str, tuple[AmountRole, float]] | None:
    """Return the heading whose column an amount stands in: the most overlap, else the nearest edges."""

    def overlap(cell: Box) -> float:
        return min(cell.x1, box.x1) - max(cell.x0, box.x0)

    nearest = max(cells, key=lambda c: overlap(c[0]))
    if overlap(nearest[0]) <= 0:
        left = [c for c in cells if c[0].x0 <= box.x0]
        nearest = left[-1] if left else nearest
    return (nearest[1], nearest[2]) if nearest[2] and overlap(nearest[0]) > -0.12 else None
