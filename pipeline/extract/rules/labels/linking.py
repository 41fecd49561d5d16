"""Links labels to values: to the right on the line, below in the column, or on the next line where text flows on."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.domain.document import Box
from pipeline.extract.rules.labels.labels import Label
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.candidates import Candidate
from pipeline.extract.rules.page.layout import Layout, Row
from pipeline.extract.rules.writing.characters import has_digit

_FILLERS = frozenset(
    {":", "#", "-", ".", "no", "nr", "nr.", "no.", "nº", "n°", "den", "d.", "am", "zum", "le", "on", "the", "is", "er",
     "är", "ist", "est", "bis", "el", "il", "op", "vom", "of", ":-", "|", "=", "og", "/"}
)  # fmt: skip
_QUALIFIERS = frozenset({Role.BUYER, Role.SELLER})
_PARTS_LANGUAGES = frozenset({"/", "-", "–", "|"})
_PARTIES = frozenset({Role.BUYER, Role.SELLER, Role.SHIP_TO, Role.NAME})
_QUALIFIED = frozenset(
    {Role.PURCHASE_ORDER_REFERENCE, Role.ORDER, Role.BUYER_REFERENCE, Role.REFERENCE, Role.VAT_ID, Role.OTHER_NUMBER}
)
_HEADINGS = 3  # labels that make a row of headings, at least
_HEADED = 0.6  # and the share of the row's words that they cover
_DEEPEST = 6.5  # how many line heights below its label a value may begin


class Direction(StrEnum):
    """Where a value stands, seen from its label."""

    RIGHT = "right"
    BELOW = "below"
    NEXT_LINE = "next_line"


@dataclass(frozen=True, slots=True)
class Link:
    """A label's value and how well it stands (0 to 1, 1 directly behind the label)."""

    label: Label
    candidate: Candidate
    direction: Direction
    nearness: float


Finder = Callable[[Row, int, int], Candidate | None]
"""Returns the value that the words from the first index to the second (exclusive) hold, or None."""


class Linker:
    """Looks for values around the labels of one document."""

    def __init__(self, layout: Layout, labels: list[Label]) -> None:
        self.layout = layout
        paired = list(_paired(layout, _as_headings(layout, labels)))
        self.labels = list(_with_qualifiers(layout, list(_without_values(layout, paired))))
        self._in_row: dict[int, list[Label]] = {}
        for label in self.labels:
            self._in_row.setdefault(label.row, []).append(label)
        self._heading_starts = {(label.row, label.start) for label in self.labels if label.is_heading}

    def links(self, label: Label, find: Finder) -> Iterator[Link]:
        """Yield the values that may be the label's, the best placed first."""
        right = self.right(label, find)
        if right:
            yield right
            if right.nearness > 0.9:
                return
        if below := self.below(label, find):
            yield below
        elif right is None and (wrapped := self.next_line(label, find)):
            yield wrapped

    def labels_in(self, row: Row) -> list[Label]:
        return self._in_row.get(row.index, [])

    def begins_heading(self, row: Row, word: int) -> bool:
        """Say whether a label that looks like one begins at a word."""
        return (row.index, word) in self._heading_starts

    def is_label(self, row: Row, word: int) -> bool:
        """Say whether a word belongs to a label that looks like one."""
        return any(x.start <= word < x.end and x.is_heading for x in self.labels_in(row))

    def stop(self, label: Label, headings_only: bool = False) -> int:
        """Return the word at which the next label of the row begins, or the row's end."""
        following = [x for x in self.labels_in(self.layout.rows[label.row]) if x.start >= label.end and _parts(x)]
        starts = [x.start for x in following if not headings_only or x.colon or x.starts_segment]
        return min(starts, default=len(self.layout.rows[label.row].words))

    def right(self, label: Label, find: Finder) -> Link | None:
        row = self.layout.rows[label.row]
        stop = self.stop(label)
        start = self._skip_fillers(row, label.end, stop)
        if start >= stop:
            return None
        candidate = find(row, start, stop)
        if candidate is None:
            return None
        hops = row.segment_of[candidate.start] - row.segment_of[label.end - 1]
        nearness = 1.0 if hops == 0 else 0.97 if hops == 1 else max(0.3, 0.8 - 0.2 * (hops - 1))
        if hops == 0 and candidate.start - start > 2:
            nearness = 0.8
        return Link(label, candidate, Direction.RIGHT, nearness)

    def below(self, label: Label, find: Finder) -> Link | None:
        """Look down the label's column, which reaches to the next label or segment on its right."""
        if not (label.starts_segment or label.colon):
            return None
        row = self.layout.rows[label.row]
        left = label.box.x0 - 1.2 * row.height / row.scale
        right = self._column_end(row, label)
        depth = 0
        for lower in self.layout.below(row, 10):
            distance = (lower.box.y0 - row.box.y1) / max(row.height, 1e-6)
            if distance > _DEEPEST:
                return None
            words = [i for i, w in enumerate(lower.words) if _in_column(w.box, left, right, label.box)]
            if not words:
                continue
            if any(self.is_label(lower, i) for i in words[:2]):
                return None
            candidate = find(lower, self._value_start(row, label, lower, words[0]), words[-1] + 1)
            if candidate:
                return Link(label, candidate, Direction.BELOW, max(0.4, 0.92 - 0.12 * depth - 0.025 * distance))
            depth += 1
            if depth > 2:
                return None
        return None

    def _value_start(self, row: Row, label: Label, lower: Row, first: int) -> int:
        """Return where the value begins whose word `first` stands under a label.

        A value set to the middle or to the right begins left of its label, behind what stands there on the label's row.
        """
        slack = 0.3 * row.height / row.scale
        if abs(lower.words[first].box.x0 - label.box.x0) < slack:
            return first
        edge = row.words[label.start - 1].box.x1 if label.start else 0.0
        start = first
        while start and lower.segment_of[start - 1] == lower.segment_of[first] and lower.words[start - 1].box.x0 > edge:
            start -= 1
        return start if not start or lower.segment_of[start - 1] != lower.segment_of[first] else first

    def next_line(self, label: Label, find: Finder) -> Link | None:
        """Text that flows on: the label ends its line, the value begins the next."""
        row = self.layout.rows[label.row]
        if label.end != len(row.words):
            return None
        for lower in self.layout.below(row, 1):
            if (lower.box.y0 - row.box.y1) / max(row.height, 1e-6) > 1.5 or self.is_label(lower, 0):
                return None
            candidate = find(lower, 0, min(3, len(lower.words)))
            if candidate and candidate.start == 0:
                return Link(label, candidate, Direction.NEXT_LINE, 0.65)
        return None

    def _skip_fillers(self, row: Row, start: int, stop: int) -> int:
        while start < stop and (
            row.words[start].text.lower() in _FILLERS or re.fullmatch(r"\W+|\(.{1,12}\):?", row.words[start].text)
        ):
            start += 1
        return start

    def _column_end(self, row: Row, label: Label) -> float:
        segment = row.segment_of[label.end - 1]
        following = [w.box.x0 for i, w in enumerate(row.words) if row.segment_of[i] > segment]
        following += [x.box.x0 for x in self.labels_in(row) if x.start >= label.end and _parts(x)]
        return min(following) - 0.2 * row.height / row.scale if following else 1.0


def _as_headings(layout: Layout, labels: list[Label]) -> list[Label]:
    """Return the labels, those set apart that share a row which is nothing but labels: the headings of a small table.

    "Invoice # Invoice Date Due Date Order #" are four headings however narrow the blanks between them.
    """
    by_row: dict[int, list[Label]] = {}
    for label in labels:
        by_row.setdefault(label.row, []).append(label)
    heads = {n for n, inside in by_row.items() if len(inside) >= _HEADINGS and _heads(layout.rows[n], inside)}
    return [replace(x, starts_segment=True, ends_segment=True) if x.row in heads else x for x in labels]


def _heads(row: Row, labels: list[Label]) -> bool:
    """Say whether a row's labels, none with a colon, make up most of it, and nothing in it is a value."""
    covered = sum(x.end - x.start for x in labels)
    values = any(has_digit(w.text) for w in row.words)
    return not values and not any(x.colon for x in labels) and covered >= _HEADED * len(row.words)


def _paired(layout: Layout, labels: list[Label]) -> Iterator[Label]:
    """Join a label with its translation: "Leverandør / Supplier", "Seller - Verkäufer:" are one label."""
    held: Label | None = None
    for label in labels:
        if held is not None and _translates(layout, held, label):
            roles = held.roles & label.roles or held.roles
            held = replace(
                label,
                roles=roles,
                phrase=held.phrase,
                start=held.start,
                box=held.box.union(label.box),
                quality=min(held.quality, label.quality),
                starts_segment=held.starts_segment,
            )
            continue
        if held is not None:
            yield held
        held = label
    if held is not None:
        yield held


def _translates(layout: Layout, first: Label, second: Label) -> bool:
    row = layout.rows[first.row]
    if first.row != second.row or second.start - first.end != 1 or first.colon:
        return False
    between = row.words[first.end]
    same_segment = row.segment_of[first.start] == row.segment_of[second.start]
    return between.text in _PARTS_LANGUAGES and same_segment and bool(first.roles & second.roles)


def _without_values(layout: Layout, labels: list[Label]) -> Iterator[Label]:
    """Leave out what only looks like a label, being a party's name behind its own label: "Buyer: Customer Ltd"."""
    before: Label | None = None
    for label in labels:
        row = layout.rows[label.row]
        answers = (
            before is not None
            and before.colon
            and before.row == label.row
            and before.end == label.start
            and row.segment_of[before.start] == row.segment_of[label.start]
        )
        if not (answers and not label.colon and before is not None and before.roles & _PARTIES):
            yield label
        before = label


def _with_qualifiers(layout: Layout, labels: list[Label]) -> Iterator[Label]:
    """Join a label with the party that qualifies it: "Bestellung Nr. Kunde:" is one label, "USt-IdNr. Kunde:" the
    buyer's id."""
    skip = False
    for i, label in enumerate(labels):
        following = labels[i + 1] if i + 1 < len(labels) else None
        if skip:
            skip = False
            continue
        if following is not None and _qualifies(layout, label, following):
            skip = True
            roles = {Role.BUYER_VAT_ID} if Role.VAT_ID in label.roles and Role.BUYER in following.roles else label.roles
            yield replace(
                label,
                roles=frozenset(roles),
                end=following.end,
                box=label.box.union(following.box),
                ends_segment=following.ends_segment,
                colon=True,
            )
        else:
            yield label


def _qualifies(layout: Layout, label: Label, following: Label) -> bool:
    row = layout.rows[label.row]
    adjacent = following.row == label.row and following.start == label.end and not label.colon and following.colon
    if not adjacent or row.segment_of[following.start] != row.segment_of[label.start]:
        return False
    return bool(following.roles & _QUALIFIERS) and bool(label.roles & _QUALIFIED)


def _parts(label: Label) -> bool:
    """Say whether a label ends the value before it; a lone short word in running text does not."""
    return len(label.phrase) > 2 or label.is_heading


def _in_column(box: Box, left: float, right: float, label: Box) -> bool:
    overlaps = min(box.x1, label.x1) - max(box.x0, label.x0) > 0
    return overlaps or (left <= box.x0 < right and box.x0 < label.x1 + 0.12)
