"""Parties that a label announces: behind it, beside it, below it, or in a form under a heading."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.domain.legal_forms import has_legal_form, is_legal_form
from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.labels.labels import ALONE, Label
from pipeline.extract.rules.labels.linking import Linker
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.layout import Layout, Row
from pipeline.extract.rules.parties.blocks import Block, Line, address_in, column_below
from pipeline.extract.rules.parties.names import clean_name, name_in
from pipeline.extract.rules.parties.party import Party, party_of, same_name
from pipeline.extract.rules.parties.wrapped_names import whole_name
from pipeline.extract.rules.writing.characters import has_letter_or_digit

_HEAD = 0.55
# To whom a paper goes: the seller of an order, the buyer of a bill.
_ADDRESSED = frozenset(
    {"an", "til", "to", "till", "aan", "para", "modtager", "empfanger", "mottaker", "mottagare"}
    | {"destinataire", "destinatario", "ontvanger", "recipient"}
)
_FOOTER = 0.88  # below this a party's name may begin with the word of a label
_PARTY_ROLES = frozenset({Role.SELLER, Role.BUYER, Role.SHIP_TO})
PartyHeading = tuple[Label, Role]
"""A label that announces a party, and which."""


class PartyLabels:
    """Reads the labelled parties of one document."""

    def __init__(self, layout: Layout, linker: Linker, kind: Kind = Kind.INVOICE) -> None:
        self.layout = layout
        self.linker = linker
        self.ordered = kind is Kind.PURCHASE_ORDER

    def headings(self) -> Iterator[PartyHeading]:
        """Yield the labels that announce a party; short words need a colon or a line of their own."""
        for label in self.linker.labels:
            role = next((r for r in (Role.BUYER, Role.SELLER, Role.SHIP_TO) if r in label.roles), None)
            if role is not None and self._announces(label):
                addressed = self.ordered and role is Role.BUYER and label.phrase in _ADDRESSED
                yield label, Role.SELLER if addressed else role

    def _announces(self, label: Label) -> bool:
        if not label.starts_segment and not (label.colon and len(label.phrase) > 5):
            return False
        alone = label.colon or label.ends_segment
        row = self.layout.rows[label.row]
        if not alone and (row.box.y0 > _FOOTER or Line(row, label.start, len(row.words)).lists_address):
            return False  # "Supplier House Ltd, registered in …"
        rest = self._rest(label)
        if not alone and (not rest[:1].isupper() or all(is_legal_form(w) for w in rest.split())):
            return False  # "Supplier of fine goods", "Kunde AG"
        if not alone and label.phrase in ALONE:
            return False
        if not alone and len(label.phrase) <= 7 and not (has_legal_form(rest) or self._address_follows(label, row)):
            return False
        return alone or Role.DELIVERY_DATE not in label.roles

    def _address_follows(self, label: Label, row: Row) -> bool:
        margin = row.height / row.scale
        lines = column_below(self.layout, self.linker, row, label.box.x0 - margin, label.box.x1 + margin)
        return any(line.is_place for _, line in zip(range(5), lines, strict=False))

    def _rest(self, label: Label) -> str:
        row = self.layout.rows[label.row]
        return _first_segment(Line(row, label.end, len(row.words))).text if label.end < len(row.words) else ""

    def labelled(self, headings: tuple[PartyHeading, ...], role: Role) -> Party | None:
        """Return the party that the headings of a role announce; two that agree are surer."""
        found = [p for label, r in headings if r is role and (p := self._at(label))]
        if not found:
            return None
        best = max(found, key=lambda p: p.confidence)
        others = tuple(p for p in found if not same_name(p.name, best.name))[:3]
        agree = sum(same_name(p.name, best.name) for p in found) > 1
        return replace(best, alternatives=others, confidence=min(0.95, best.confidence + 0.05 * agree))

    def _at(self, label: Label) -> Party | None:
        """Return the party that a label announces: as a form, behind the label, or below it."""
        row = self.layout.rows[label.row]
        strength = label.quality * (0.88 if label.colon or len(label.phrase) > 5 else 0.78)
        in_head = row.box.y0 < _HEAD and row.page == self.layout.rows[0].page
        strength *= 1.0 if in_head else 0.7  # below stands who is paid
        if form := self._form(label, row):
            return replace(form, confidence=strength, labelled=True)
        stop = self.linker.stop(label, headings_only=True)
        start = label.end
        while start < stop and not has_letter_or_digit(row.words[start].text):
            start += 1
        end = start
        while end < stop and row.segment_of[end] == row.segment_of[label.end - 1]:
            end += 1
        if start < end:
            party = self._from_lines(row, Line(row, start, end), min(label.box.x0, row.words[start].box.x0))
            return replace(party, confidence=strength * 0.97, labelled=True) if party else None
        below = self._below(label, row)
        beside = self._beside(label, row, stop)
        if below and beside and below.line.box.x0 > label.box.x0 + 0.04:
            below = None
        party = below or beside
        return replace(party, confidence=strength, labelled=True) if party else None

    def _form(self, label: Label, row: Row) -> Party | None:
        """A heading over a form: "Name: …", "Address: …" in the rows under it."""
        name: Line | None = None
        address: tuple[Line, ...] = ()
        first_is_label = False
        more_name = ""
        for depth, lower in enumerate(self.layout.below(row, 9)):
            inside = [
                x for x in self.linker.labels_in(lower) if abs(x.box.x0 - label.box.x0) * row.scale < 2.5 * row.height
            ]
            if depth == 0:
                first_is_label = bool(inside) and inside[0].colon
            if any(
                x.roles & (_PARTY_ROLES | {Role.OTHER_PARTY}) and x.is_heading and not x.roles & {Role.NAME}
                for x in inside
            ):
                break
            for x in inside:
                right = Line(lower, x.end, len(lower.words)) if x.end < len(lower.words) else None
                if right is None or not x.is_heading:
                    continue
                right = _first_segment(right)
                if Role.NAME in x.roles and name is None and name_in(right):
                    name, more_name = right, self._wrapped(lower, right)
                elif Role.ADDRESS in x.roles and not address:
                    more = column_below(self.layout, self.linker, lower, right.box.x0 - 0.005, right.box.x0 + 0.03)
                    address = (right, *(m for m in _until_place(right, more)))
            if name and address:
                break
        if name is None or not (first_is_label or address):
            return None
        box = name.box.union(address[-1].box) if address else name.box
        return Party(clean_name(f"{name.text} {more_name}".strip()), name, 0.85, address, label.box.union(box))

    def _wrapped(self, row: Row, value: Line) -> str:
        """Return what a value goes on with in the next row of a form, where no label stands before it."""
        for lower in self.layout.below(row, 1):
            first = lower.words[0]
            close = (lower.box.y0 - row.box.y1) < 0.9 * row.height
            if close and abs(first.box.x0 - value.box.x0) < 0.01 and not self.linker.labels_in(lower):
                line = Line(lower, 0, len(lower.words))
                return "" if line.is_street or line.is_place else line.text
        return ""

    def _beside(self, label: Label, row: Row, stop: int) -> Party | None:
        start = label.end
        while start < stop and not has_letter_or_digit(row.words[start].text):
            start += 1
        if start >= stop or self.linker.is_label(row, start):
            return None
        line = _first_segment(Line(row, start, stop))
        return self._from_lines(row, line, line.box.x0)

    def _below(self, label: Label, row: Row) -> Party | None:
        margin = 2.2 * row.height / row.scale
        left = min(w.box.x0 for w, s in zip(row.words, row.segment_of, strict=True) if s == row.segment_of[label.start])
        lines = column_below(self.layout, self.linker, row, left - margin, label.box.x1 + margin)
        first = next(lines, None)
        if first is None:
            return None
        return self._from_lines(first.row, first, first.box.x0)

    def _from_lines(self, row: Row, first: Line, left: float) -> Party | None:
        """Read name and address from a first line and the lines under it."""
        name = name_in(first)
        margin = 1.2 * row.height / row.scale
        lines = [
            first,
            *column_below(self.layout, self.linker, row, min(left, first.box.x0) - margin, first.box.x0 + margin),
        ]
        if name is None:
            if len(lines) > 1 and not first.is_place and (name := name_in(lines[1])):
                lines = lines[1:]
            else:
                return None
        name, lines = whole_name(name, lines, self.layout.type_height)
        party = party_of(name, Block(tuple(lines)), 0.8)
        listed = address_in(first.parts()[1:]) if lines[0] is first else ()
        return replace(party, address=listed) if listed else party


def _first_segment(line: Line) -> Line:
    end = line.start + 1
    while end < line.end and line.row.segment_of[end] == line.row.segment_of[line.start]:
        end += 1
    return Line(line.row, line.start, end)


def _until_place(first: Line, more: Iterator[Line]) -> Iterator[Line]:
    if first.is_place:
        return
    for line in more:
        yield line
        if line.is_place:
            return
