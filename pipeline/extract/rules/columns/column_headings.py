"""Where on a page a row of column headings stands, and which they are; `heading_roles` tells what one names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from pipeline.domain.document import Box, Page, Word
from pipeline.domain.folding import fold
from pipeline.domain.money import readings
from pipeline.extract.once import once
from pipeline.extract.rules.columns import heading_terms as terms
from pipeline.extract.rules.columns.heading_roles import (
    MISREAD_AT_MOST,
    PARTED,
    HeadingRole,
    heading_role,
    is_known,
    is_plain,
)
from pipeline.extract.rules.columns.heading_terms import AMOUNT_ROLES, NUMERIC_ROLES, TAX_ROLES, ColumnRole
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.folding import fold_words
from pipeline.extract.textlines import TextLine, box_of, middle

__all__ = ["Heading", "HeadingRow", "heading_role", "heading_rows", "heads_other_table"]

_GAP = 0.75  # headings further apart than this many line heights are two
_PITCH = 2.4  # lines of one heading stand no further apart than this many line heights
_MAXIMUM_LINES, _MAXIMUM_WORDS, _MAXIMUM_HEADINGS = 6, 30, 18
_MAXIMUM_HEIGHT = 6.5  # line heights from the top of a row of headings to its bottom
_LONGEST_PART = 4  # words of a heading that stands in a row of headings without gaps
_UNKNOWN_GAP = 0.5  # an unknown heading among known ones stands this far from its neighbours, wider than a blank
_SPLIT_GAP = 0.32  # two known headings are no nearer than this, or they are one: "Net" "Unit"
# Neighbours that no single heading names together, whatever the blank between them.
_NEIGHBOURS = frozenset(
    {
        (ColumnRole.QUANTITY, ColumnRole.DESCRIPTION),
        (ColumnRole.POSITION, ColumnRole.DESCRIPTION),
        (ColumnRole.ITEM_CODE, ColumnRole.DESCRIPTION),
        (ColumnRole.DESCRIPTION, ColumnRole.QUANTITY),
        (ColumnRole.UNIT_PRICE, ColumnRole.DISCOUNT),
        (ColumnRole.DISCOUNT, ColumnRole.AMOUNT),
    }
)
_NUMBER_WORD = re.compile(r"(?:number|nummer|numer|numero|nro|nr|no|n°|nº|#|code|kode|kod|codice|codigo|sku)\.?$")
_MINIMUM_SCORE = 1.7
_SUMMED = 1e-6  # sums of the same certainties in another order differ by less
_SECOND, _UNKNOWN = 0.5, 0.35  # how sure a second description is to be something else; what an unknown heading costs


@dataclass(frozen=True, slots=True)
class Heading:
    """One column heading where it stands, over one line or several."""

    words: tuple[Word, ...]
    role: HeadingRole

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> Box:
        return box_of(self.words)


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The headings of one table, left to right: they stand in lines `first` to `last` (inclusive) of their page."""

    page: int
    first: int
    last: int
    headings: tuple[Heading, ...]
    score: float

    @property
    def roles(self) -> frozenset[ColumnRole]:
        return frozenset(h.role.role for h in self.headings)

    @property
    def has_values(self) -> bool:
        """Say whether the table states quantities or prices, not bare amounts."""
        return bool(self.roles & {ColumnRole.QUANTITY, ColumnRole.UNIT_PRICE})


def heading_rows(page: Page, lines: Sequence[TextLine]) -> list[HeadingRow]:
    """Return the rows of line item headings on a page, top to bottom; they never share a line."""
    aspect = page.height / page.width
    pieces = [[_stack(p) for p in _pieces(line, aspect)] if _may_head(line) else None for line in lines]
    found: list[HeadingRow] = []
    for first in range(len(lines)):
        stacks: list[_Stack] = []
        for last in _lasts(lines, pieces, first):
            stacks = _stacked(stacks, pieces[last] or ())
            row = _row_of(page.number, first, last, stacks)
            if row is not None:
                found.append(row)
    chosen: list[HeadingRow] = []
    for row in sorted(found, key=lambda r: (-r.score, r.last - r.first)):
        if all(row.last < other.first or row.first > other.last for other in chosen):
            chosen.append(_extended(row, lines, aspect))
    return sorted(chosen, key=lambda r: r.first)


def heads_other_table(line: TextLine, aspect: float) -> bool:
    """Say whether a line without numbers reads like the headings of some table: three or more, mostly known words."""
    if any(has_digit(w.text) for w in line.words):
        return False
    pieces = [" ".join(w.text for w in p) for p in _pieces(line, aspect)]
    known = [r for p in pieces if (r := heading_role(p)) and r.certainty >= 0.7]
    return len(pieces) >= 3 and len(known) * 2 >= len(pieces) and len({r.role for r in known}) >= 2


def _may_head(line: TextLine) -> bool:
    """Say whether a line may be one of headings: no more than one number in it, and no prose."""
    if len(line.words) > _MAXIMUM_WORDS:
        return False
    return sum(1 for w in line.words if has_digit(w.text) and readings(w.text)) <= 1


def _lasts(lines: Sequence[TextLine], pieces: Sequence[object | None], first: int) -> Iterable[int]:
    """Yield where a row of headings that begins in line `first` may end: lines close together, six at most."""
    for last in range(first, min(first + _MAXIMUM_LINES, len(lines))):
        if pieces[last] is None:
            return
        if last > first:
            line = lines[last]
            height = line.height
            if line.box.centre[1] - lines[last - 1].box.centre[1] > _PITCH * height:
                return
            if line.box.y1 - lines[first].box.y0 > _MAXIMUM_HEIGHT * height:
                return
        yield last


def _row_of(page: int, first: int, last: int, stacks: Sequence["_Stack"]) -> HeadingRow | None:
    if len(stacks) < 2 or len(stacks) > _MAXIMUM_HEADINGS or not _may_be_named(stacks):
        return None
    named = [h for stack in stacks if (h := stack.heading) is not None]
    unknown = len(stacks) - len(named)
    headings = _distinct(named)
    if not _is_item_table(headings) or unknown > len(headings):
        return None
    score = _score(headings) - _UNKNOWN * unknown - 0.05 * (last - first)
    if score < _MINIMUM_SCORE:
        return None
    nameless = [_nameless(stack.words) for stack in stacks if stack.heading is None]
    ordered = tuple(sorted([*headings, *nameless], key=lambda h: h.box.x0))
    return HeadingRow(page, first, last, ordered, score)


def _may_be_named(stacks: Sequence["_Stack"]) -> bool:
    """Say whether enough headings are known, looking no further at doubtful ones than until too many are not."""
    hope = sum([stack.hope for stack in stacks])
    unknown = sum([stack.is_plain and stack.heading is None for stack in stacks])
    doubtful = [stack for stack in stacks if not stack.is_plain]
    while hope >= _MINIMUM_SCORE - _SUMMED and unknown * 2 <= len(stacks):
        if not doubtful:
            return True
        stack = doubtful.pop()
        if stack.heading is None:
            unknown += 1
            hope -= stack.hope + _UNKNOWN
    return False


def _extended(row: HeadingRow, lines: Sequence[TextLine], aspect: float) -> HeadingRow:
    """Return a row of headings with the lines added that interleave with it: cells of headings centred in height."""
    first, last = row.first, row.last
    while first > 0 and _interleaves(lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _interleaves(lines[last], lines[last + 1]):
        last += 1
    if (first, last) == (row.first, row.last):
        return row
    pieces = [_stack(piece) for line in lines[first : last + 1] for piece in _pieces(line, aspect)]
    grown = _row_of(row.page, first, last, _stacked((), pieces))
    return grown if grown is not None and grown.score > row.score - 1.5 else row


def _interleaves(upper: TextLine, lower: TextLine) -> bool:
    if any(has_digit(w.text) for line in (upper, lower) for w in line.words):
        return False
    top, bottom = middle([w.box.y0 for w in lower.words]), middle([w.box.y1 for w in upper.words])
    return bottom - top > 0.2 * min(upper.words[0].box.height, lower.words[0].box.height)


def _score(headings: Sequence[Heading]) -> float:
    """Add up how surely the columns are named; a meaning that comes twice counts once, and a little against the row."""
    best: dict[ColumnRole, float] = {}
    repeated = 0
    for heading in headings:
        role = heading.role.role
        repeated += role in best and role not in (ColumnRole.OTHER, ColumnRole.ITEM_CODE)
        best[role] = max(best.get(role, 0.0), heading.role.certainty)
    return sum(c * (0.4 if role is ColumnRole.OTHER else 1.0) for role, c in best.items()) - 0.3 * repeated


def _pieces(line: TextLine, aspect: float) -> Iterable[list[Word]]:
    """Part a line into headings: at gaps, and inside a gapless run where known headings follow each other."""
    words = sorted(line.words, key=lambda w: w.box.x0)
    limit = _GAP * line.height * aspect
    run = [words[0]]
    for word in words[1:]:
        if word.box.x0 - run[-1].box.x1 > limit:
            yield from _known_parts(run, aspect)
            run = []
        run.append(word)
    yield from _known_parts(run, aspect)


def _known_parts(run: list[Word], aspect: float) -> list[list[Word]]:
    """Cut a run of words into the fewest known headings, if it is nothing but known headings; else leave it whole."""
    limit = _SPLIT_GAP * middle([w.box.height for w in run]) * aspect
    if len(run) > 1 and run[0].text == "#" and run[1].box.x0 - run[0].box.x1 >= limit and _known_text(run[1:]):
        return [run[:1], *_known_parts(run[1:], aspect)]  # "# Price"
    if len(run) == 1 or len(run) > 12 or _known_text(run):
        return [run]
    best: list[list[list[Word]] | None] = [[]] + [None] * len(run)
    for start in range(len(run)):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 1, min(start + _LONGEST_PART, len(run)) + 1):
            if not _known_text(run[start:end]):
                continue
            if start and _links(run[start - 1], run[start]):
                continue
            if (
                start
                and run[start].box.x0 - run[start - 1].box.x1 < limit
                and not _never_one(before[-1], run[start:end])
            ):
                continue
            current = best[end]
            if current is None or len(before) + 1 < len(current):
                best[end] = [*before, run[start:end]]
    parts: list[list[Word]] = []
    for part in best[-1] or _partly_known(run, aspect):
        if parts and _same_meaning(parts[-1], part):
            parts[-1] = [*parts[-1], *part]
        else:
            parts.append(part)
    return parts


def _partly_known(run: list[Word], aspect: float) -> list[list[Word]]:
    """Cut a run where it is wider than at a plain blank, if two known headings come of it or more: those that are
    unknown stand between them. Else leave it whole."""
    limit = _UNKNOWN_GAP * middle([w.box.height for w in run]) * aspect
    parts: list[list[Word]] = [[run[0]]]
    for before, word in pairwise(run):
        known = _known_text([*parts[-1], word])
        if word.box.x0 - before.box.x1 < limit or known or _links(before, word):
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts if sum(map(_known_text, parts)) >= 2 else [run]


def _never_one(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Say whether two known headings a plain blank apart are two, for none says "Qty Description", "Price Disc %"."""
    first, second = (heading_role(" ".join(w.text for w in words)) for words in (before, after))
    if first is None or second is None or after[0].box.x0 <= before[-1].box.x1:
        return False
    if first.role is ColumnRole.ITEM_CODE and not any(_NUMBER_WORD.search(fold(w.text)) for w in before):
        return False  # "Item Description" is one
    return (first.role, second.role) in _NEIGHBOURS


def _same_meaning(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Say whether two neighbouring headings would name one thing twice: "Item" "Product" is one heading."""
    first, second = (heading_role(" ".join(w.text for w in words)) for words in (before, after))
    return first is not None and second is not None and first.role is second.role


def _links(before: Word, after: Word) -> bool:
    """Say whether a slash or the like makes one heading of two words: "Qty / Unit"."""
    return before.text[-1] in "/|&+" or after.text[0] in "/|&+"


def _known_text(words: Sequence[Word]) -> bool:
    return is_known(" ".join(w.text for w in words), len(words))


@dataclass(frozen=True)
class _Stack:
    """Pieces above each other, from the top down, that are one heading."""

    pieces: tuple[list[Word], ...]
    box: Box

    @once
    def words(self) -> tuple[Word, ...]:
        return tuple(chain.from_iterable(self.pieces))

    @once
    def text(self) -> str:
        return " ".join([w.text for w in self.words])

    @once
    def heading(self) -> Heading | None:
        return _heading(self.words, self.text, self.pieces)

    @once
    def is_plain(self) -> bool:
        return is_plain(self.text)

    @once
    def hope(self) -> float:
        """How sure its heading can be at most: one that is not plain is misread, or named by one of its lines alone,
        which counts for less; unless a word goes on in the next line."""
        if self.is_plain:
            return max(self.heading.role.certainty, _SECOND) if self.heading else -_UNKNOWN
        return 1.1 if PARTED.search(self.text) else MISREAD_AT_MOST


def _stack(piece: list[Word]) -> _Stack:
    return _Stack((piece,), box_of(piece))


def _stacked(stacks: Sequence[_Stack], pieces: Iterable[_Stack]) -> list[_Stack]:
    """Put further pieces under those that they share most of the narrower one's width with, or beside them."""
    grown = list(stacks)
    for piece in pieces:
        over = [i for i, stack in enumerate(grown) if _share(stack.box, piece.box) > 0.4]
        if len(over) == 1:
            upper = grown[over[0]]
            grown[over[0]] = _Stack((*upper.pieces, *piece.pieces), upper.box.union(piece.box))
        else:
            grown.append(piece)
    return grown


def _share(a: Box, b: Box) -> float:
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    if shared <= 0:
        return 0.0
    narrower = min(a.width, b.width)
    return shared / narrower if narrower > 0 else 0.0


def _heading(words: tuple[Word, ...], text: str, pieces: Sequence[Sequence[Word]]) -> Heading | None:
    """Name a heading by all its lines together, else by the one line that says most."""
    role = heading_role(text) or heading_role(PARTED.sub("", text))
    if role is None and len(pieces) > 1:
        single = [r for p in pieces if (r := heading_role(" ".join(w.text for w in p))) is not None]
        best = max(single, key=lambda r: r.certainty, default=None)
        role = HeadingRole(best.role, best.certainty * 0.75, best.also) if best else None
    elif role is not None and len(pieces) > 1 and role.certainty >= 0.9:
        role = HeadingRole(role.role, role.certainty + 0.1, role.also)  # all its lines make sense together
    return Heading(words, role) if role else None


def _nameless(words: tuple[Word, ...]) -> Heading:
    """A heading that says nothing known still has a column of its own."""
    return Heading(words, HeadingRole(ColumnRole.OTHER, 0.0))


def _distinct(headings: Sequence[Heading]) -> list[Heading]:
    """Where two columns have one meaning, tell them apart: a second description is something else, codes may repeat."""
    kept: list[Heading] = []
    for heading in headings:
        twin = next((k for k in kept if k.role.role is heading.role.role), None)
        if twin and heading.role.role is ColumnRole.DESCRIPTION:
            lesser = heading if _describes(twin) >= _describes(heading) else twin
            index = kept.index(twin)
            better = twin if lesser is heading else heading
            kept[index] = better
            word = fold(lesser.text).split()[0]
            role = (
                ColumnRole.ITEM_CODE
                if word in ("item", "article", "artikel", "vare", "produkt", "product", "articulo", "articolo")
                else ColumnRole.OTHER
            )
            kept.append(Heading(lesser.words, HeadingRole(role, _SECOND)))
        else:
            kept.append(heading)
    return kept


def _describes(heading: Heading) -> float:
    words = set(fold_words(heading.text).split())
    return heading.role.certainty + (1 if words & terms.DESCRIPTION_WORDS else 0)


def _is_item_table(headings: Sequence[Heading]) -> bool:
    roles = {h.role.role for h in headings} | {h.role.also for h in headings if h.role.also}
    named = roles & {ColumnRole.DESCRIPTION, ColumnRole.ITEM_CODE}
    values = {ColumnRole.QUANTITY, ColumnRole.UNIT_PRICE} & roles
    amounts = roles & AMOUNT_ROLES
    if roles & TAX_ROLES and not values and ColumnRole.DESCRIPTION not in roles:
        return False
    if ColumnRole.DESCRIPTION in roles:
        return bool(values or amounts)
    if named:
        return bool(values)
    return len(values | ({ColumnRole.AMOUNT} if amounts else set())) >= 2 and len(roles & NUMERIC_ROLES) >= 2
