"""Parties without a label: the window of the envelope, the letterhead, the footer and what repeats."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile
from statistics import median

from pipeline.domain.document import Box
from pipeline.domain.folding import fold
from pipeline.domain.legal_forms import company_core, has_legal_form
from pipeline.extract.once import once
from pipeline.extract.rules.labels.linking import Linker
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.candidates import Candidate, CandidateType
from pipeline.extract.rules.page.layout import Layout, Row
from pipeline.extract.rules.parties.blocks import (
    Block,
    Line,
    address_in,
    blocks_of,
    column_below,
    has_place,
    is_heading,
    is_street,
    lines_of,
    parts_of,
)
from pipeline.extract.rules.parties.names import clean_name, may_be_name, name_in
from pipeline.extract.rules.parties.party import Party, party_of, same_name
from pipeline.extract.rules.parties.wrapped_names import fuller, goes_on_from, whole_name

_LEGAL_NUMBER = re.compile(
    r"\b(?:cvr|ust|vat|tva|btw|iva|org|siret|siren|kvk|hrb|moms|iban|cif|nif|rcs)\b\D{0,24}\d{4}", re.I
)
_BANK = re.compile(r"bank(?:en)?\b|\bbanque\b|\bbanc[ao]\b|sparkasse|pankki\b|\bcaixa\b|\bcredit agricole\b")
_ABOVE_WINDOWS = 0.07  # of the page's height: no envelope's window shows what stands higher
_IDENTIFIED = 0.7  # how surely a line with a legal number names the sender


class Letterhead:
    """Reads the parties that only their place on the paper tells."""

    def __init__(self, layout: Layout, linker: Linker, candidates: list[Candidate]) -> None:
        self.layout = layout
        self.linker = linker
        self.candidates = candidates
        self.type_size = median(r.height for r in layout.rows) if layout.rows else 0.01
        self._lines_in: dict[int, tuple[Line, ...]] = {}
        self._wide_in: dict[int, tuple[Line, ...]] = {}

    @once
    def blocks(self) -> list[Block]:
        """The blocks of all pages."""
        return blocks_of(self.layout, self.linker, self._lines)

    def _lines(self, row: Row) -> tuple[Line, ...]:
        """Return the row's segments, the same lines every time, for they remember what they were found to be."""
        if row.index not in self._lines_in:
            self._lines_in[row.index] = lines_of(row)
        return self._lines_in[row.index]

    def _wide_lines(self, row: Row) -> tuple[Line, ...]:
        """Return the row's segments, those joined that only a separator's blanks part."""
        if row.index not in self._wide_in:
            starts = [0, *(i for i, gap in enumerate(row.gaps, start=1) if gap > 4), len(row.words)]
            self._wide_in[row.index] = tuple(Line(row, start, end) for start, end in pairwise(starts))
        return self._wide_in[row.index]

    def window(self, seller: Party | None, delivery: Party | None, *, any_block: bool = True) -> Party | None:
        """The buyer without a label: the address block of the first page that says nothing of bank or phone.

        The block that a label says goods are delivered to is not it; without `any_block` the topmost is not either.
        """
        best: tuple[float, Block] | None = None
        table = self._table_top()
        for block in self.blocks:
            if block.page != self.layout.rows[0].page or block.box.y0 > min(0.5, table):
                continue
            if not any_block and self._is_letterhead(block, depth=1.0):
                continue
            if delivery and delivery.block and _inside(block.lines[0].box, delivery.block):
                continue
            name = name_in(self._first_of(block))
            if name is None or (is_street(name) and not has_legal_form(name)):
                continue
            if (seller and same_name(name, seller.name)) or any(same_name(name, own) for own in self.senders):
                continue
            if seller is None and self._under_logo(name):
                continue
            sender = self._sender_line_over(block)
            if block.place is None and not sender:
                continue
            score = 1.0 - 0.35 * min(1.5, self._telling(block))
            if block.box.y0 < _ABOVE_WINDOWS:
                score -= 0.45 if seller is None and self._address_below(block, delivery) else 0.2
            score += 0.35 if sender else 0.0
            score -= 0.2 if seller is None and self._is_letterhead(block) else 0.0
            score += 0.1 if 0.12 < block.box.y0 < 0.36 else 0.0
            if best is None or score > best[0]:
                best = (score, block)
        if best is None or best[0] < 0.4:
            return None
        block = best[1]
        lines = block.lines[block.lines.index(self._first_of(block)) :]
        confidence = 0.78 if best[0] > 1.2 else 0.68 if best[0] > 0.9 else 0.5
        name, named = whole_name(clean_name(lines[0].text), lines, None)
        return party_of(name, Block(tuple(named)), confidence)

    def _under_logo(self, name: str) -> bool:
        """Say whether a name goes on from the short one that stands alone at the top of the page: the sender's."""
        logo = next(self._first_lines(self.layout.rows[0].page), None)
        return logo is not None and goes_on_from(name, logo[0])

    def _address_below(self, block: Block, delivery: Party | None) -> bool:
        """Say whether another address, not of where goods go, stands below a block: that one is the letterhead's."""
        return any(
            other.page == block.page
            and block.box.y1 < other.box.y0 < 0.5
            and other.place is not None
            and not (delivery and delivery.block and _inside(other.lines[0].box, delivery.block))
            for other in self.blocks
        )

    @once
    def senders(self) -> tuple[str, ...]:
        """The names in lines that list a sender's data: over the window of the envelope, or with a legal number."""
        over = [line for b in self.blocks if b.box.y0 < 0.5 and (line := self._sender_line_over(b))]
        names = [name for line in over if (name := name_in(line)) and not is_street(name)]
        return (*names, *(name for name, _, weight in self._footer_parts if weight == _IDENTIFIED))

    def _telling(self, block: Block) -> float:
        """Count the lines in and right under a block that tell of phone or web, and less those of tax and register: the
        sender's mostly."""
        last = block.lines[-1]
        others = {(b.lines[0].row.index, b.lines[0].start) for b in self.blocks if b.place is not None}
        column = (
            line
            for row in self.layout.below(last.row, 3)
            for line in self._lines(row)
            if abs(line.box.x0 - last.box.x0) < 0.02 and line.box.y0 - last.box.y1 < 3 * last.row.height
        )
        under = takewhile(lambda line: (line.row.index, line.start) not in others, column)
        lines = (*block.lines, *under)
        return sum(1.0 if line.is_contact else 0.7 for line in lines if line.is_contact or line.is_legal_id)

    def _table_top(self) -> float:
        """Return where the first page's line items begin: the first row with several column headings."""
        for row in self.layout.rows:
            if row.page != self.layout.rows[0].page:
                break
            if sum(Role.COLUMN in x.roles for x in self.linker.labels_in(row)) >= 3:
                return row.box.y0
        return 1.0

    def _first_of(self, block: Block) -> Line:
        """Return the line of a block that holds the name: a small sender line over the window is not it."""
        first = block.lines[0]
        if first.lists_address:
            return block.lines[1]
        wrapped = len(block.lines) > 2 and len(parts_of(first.text)) > 1
        if wrapped and _lists_sender(f"{first.text} {block.lines[1].text}"):
            return block.lines[2]
        return first

    def _sender_line_over(self, block: Block) -> Line | None:
        """Return the one-line sender's address that stands over the window of an envelope."""
        top = block.lines[0]
        if self._first_of(block) is not top:
            return top
        for row in self.layout.above(top.row, 4):
            for line in self._wide_lines(row):
                near = abs(line.box.x0 - top.box.x0) < 0.1 and top.box.y0 - line.box.y1 < 0.06
                if near and line.lists_address:
                    return line
        return None

    def heads(self, name: str) -> bool:
        """Say whether a name stands in the letterhead: in the first line that may be a name, or in a sender's line."""
        first = next(self._first_lines(self.layout.rows[0].page), None) if self.layout.rows else None
        return any(same_name(name, own) for own in (*self.senders, *((first[0],) if first else ())))

    def _is_letterhead(self, block: Block, depth: float = 0.12) -> bool:
        """Say whether a block is the topmost of its page, and the leftmost of those that stand as high."""
        if block.box.y0 >= depth:
            return False
        level = block.lines[0].row.index
        others = [b for b in self.blocks if b.page == block.page]
        return all(
            block.box.y0 <= b.box.y0 or (b.lines[0].row.index == level and block.box.x0 < b.box.x0) for b in others
        ) and not any(b.lines[0].row.index == level and b.box.x0 < block.box.x0 for b in others)

    def issuer(self, buyer: Party | None, delivery: Party | None) -> Party | None:
        """Weigh every name that may be the seller's; the evidence for one name adds up."""
        ranked: list[Party] = []
        for name, line, weight in self._hints(buyer):
            if any(p and same_name(name, p.name) for p in (buyer, delivery)):
                continue
            same = next((i for i, p in enumerate(ranked) if same_name(name, p.name)), None)
            if same is None:
                ranked.append(Party(name, line, weight))
            else:
                old = ranked[same]
                merged = 1 - (1 - old.confidence) * (1 - weight)
                better = len(name) > len(old.name) and has_legal_form(name) and not has_legal_form(old.name)
                ranked[same] = replace(
                    old, confidence=merged, name=name if better else old.name, line=line if better else old.line
                )
        if not ranked:
            return None
        ranked = [self._domain_agrees(p) for p in ranked]
        ranked.sort(key=lambda p: p.confidence, reverse=True)
        best = replace(ranked[0], confidence=min(ranked[0].confidence, 0.93), alternatives=tuple(ranked[1:4]))
        whole = replace(best, name=self._whole(best))
        return fuller(whole, self._named_lines(buyer)) or whole

    def _named_lines(self, buyer: Party | None) -> Iterator[tuple[Line, Line | None]]:
        """Yield the lines of the columns outside the buyer's block, each with the line under it, then all lines."""
        for block in self.blocks:
            if not (buyer and buyer.block and block.page == buyer.line.row.page and _inside(block.box, buyer.block)):
                yield from zip(block.lines, (*block.lines[1:], None), strict=True)
        for row in self.layout.rows:
            yield from ((line, None) for line in self._lines(row))

    def _whole(self, party: Party) -> str:
        """Return a party's name with the lines in which it goes on."""
        line = party.line
        if line.text.strip() != party.name:
            return party.name
        slack = 0.5 * line.box.height / line.row.scale
        under = list(column_below(self.layout, self.linker, line.row, line.box.x0 - slack, line.box.x0 + slack))
        return whole_name(party.name, [line, *(under or self._centred_under(line))], self.layout.type_height)[0]

    def _centred_under(self, line: Line) -> Iterator[Line]:
        """Yield the lines under a line that are set on its middle: a logo's, beside which the address may stand."""
        last = line
        for row in self.layout.below(line.row, 6):
            for lower in self._lines(row):
                if abs(lower.box.centre[0] - last.box.centre[0]) * row.scale > 0.2 * line.box.height:
                    continue
                if lower.box.y0 - last.box.y1 > line.box.height or is_heading(lower, self.linker):
                    return
                yield lower
                last = lower

    def _hints(self, buyer: Party | None) -> Iterator[tuple[str, Line, float]]:
        """Yield names with the weight of what speaks for them."""
        first_page = self.layout.rows[0].page if self.layout.rows else 1
        for block in self.blocks:
            sender = self._sender_line_over(block) if block.box.y0 < 0.5 else None
            name = name_in(sender) if sender else None
            if sender and name and (not is_street(name) or has_legal_form(name)):
                yield name, sender, 0.75
        largest = 0.0
        for row in self.layout.rows:
            for line in self._lines(row):
                if buyer and buyer.block and row.page == buyer.line.row.page and _inside(line.box, buyer.block):
                    continue
                if is_heading(line, self.linker) and not has_legal_form(line.text):
                    continue
                name = name_in(line)
                if name is None:
                    continue
                if line.text.startswith("©"):
                    yield name, line, _IDENTIFIED
                if has_legal_form(name) and not line.is_place and not _BANK.search(fold(name)):
                    yield name, line, 0.45 if row.box.y0 < 0.3 or row.box.y0 > 0.8 else 0.25
                if row.page == first_page and row.box.y0 < 0.22 and not (line.is_place or line.is_street):
                    height = max(w.box.height for w in row.words[line.start : line.end])
                    if height > 1.25 * self.type_size and height > largest * 1.05:
                        largest = height
                        yield name, line, 0.4
        yield from self._first_lines(first_page)
        yield from self._footer_parts

    def _first_lines(self, first_page: int) -> Iterator[tuple[str, Line, float]]:
        """The first line that may be a name, and the first lines of blocks that tell of bank, phone or tax."""
        for row in self.layout.rows[:6]:
            named = [
                (n, x)
                for x in self._lines(row)
                if not is_heading(x, self.linker) and (n := name_in(x)) and not x.is_place and not x.is_street
            ]
            if named and row.page == first_page and row.box.y0 < 0.25:
                yield named[0][0], named[0][1], 0.3
                break
        for block in self.blocks:
            telling = self._telling(block)
            if block.place is None or not (telling or block.box.y0 < 0.15):
                continue
            first = self._first_of(block)
            name = name_in(first)
            if name and (not is_street(name) or has_legal_form(name)):
                yield name, first, 0.4 if telling else 0.3

    @once
    def _footer_parts(self) -> tuple[tuple[str, Line, float], ...]:
        """Parts of a line that lists the sender's data: "Name A/S · Street 1 · 1234 Town · CVR …"."""
        return tuple(self._listed_names())

    def _listed_names(self) -> Iterator[tuple[str, Line, float]]:
        for row in self.layout.rows:
            for line in self._wide_lines(row):
                parts = parts_of(line.text)
                listed = len(parts) >= 3 and re.search(r"\d{4}", line.text) is not None
                identified = _LEGAL_NUMBER.search(line.text) is not None
                if not (listed or (identified and has_place(line.text))):
                    continue
                name = clean_name(parts[0])
                if is_street(name) and not has_legal_form(name):
                    continue
                if may_be_name(name) and (row.box.y0 > 0.7 or row.box.y0 < 0.3 or identified):
                    named = Line(row, line.start, line.start + len(name.split()))
                    yield name, named, _IDENTIFIED if identified else 0.45

    def _domain_agrees(self, party: Party) -> Party:
        """A mail or web domain that holds the name speaks for it."""
        key = re.sub(r"[^a-z0-9]", "", company_core(party.name))
        words = [w for w in company_core(party.name).split() if len(w) >= 4]
        for domain in self.domains:
            stem = re.sub(r"[^a-z0-9]", "", domain.rsplit(".", 1)[0])
            if len(key) >= 3 and (key in stem or (stem in key and len(stem) >= 4) or any(w in stem for w in words)):
                return replace(party, confidence=1 - (1 - party.confidence) * 0.6)
        return party

    @once
    def domains(self) -> frozenset[str]:
        """The mail and web domains of the document."""
        return frozenset(self._domains())

    def _domains(self) -> Iterator[str]:
        for candidate in self.candidates:
            if candidate.type is CandidateType.EMAIL:
                yield candidate.value.rsplit("@", 1)[1]
        for row in self.layout.rows:
            for word in row.words:
                if match := re.search(r"(?:www\.|https?://(?:www\.)?)([\w.-]+\.\w{2,})", word.text.lower()):
                    yield match.group(1)

    def with_address(self, party: Party, buyer: Party | None) -> Party:
        """Return the party with the address that stands under its name elsewhere, where one does."""
        for block in self.blocks:
            if buyer and buyer.block and block.page == buyer.line.row.page and _inside(block.box, buyer.block):
                continue
            for i, line in enumerate(block.lines):
                if line.lists_address or not same_name(clean_name(line.text), party.name):
                    continue
                if address := Block(block.lines[i:]).address():
                    return replace(party, address=address, block=block.box)
        address = self._listed_address(party) or self._unclaimed_address(buyer)
        return replace(party, address=address) if address else party

    def _listed_address(self, party: Party) -> tuple[Line, ...]:
        """Return the address that a line lists behind the name, or the line under it: "Street 1 · 1234 Town"."""
        for row in self.layout.rows:
            for line in self._wide_lines(row):
                if line.lists_address and same_name(clean_name(line.text), party.name):
                    return address_in(line.parts()[1:])
        column = party.line.box
        for row in self.layout.below(party.line.row, 3):
            for line in self._wide_lines(row):
                if line.box.x0 > column.x1 or line.box.x1 < column.x0:
                    continue
                parts = line.parts()
                if parts and is_street(parts[0].text) and (address := address_in(parts)):
                    return address
        return ()

    def _unclaimed_address(self, buyer: Party | None) -> tuple[Line, ...]:
        """Return the one address at the top of the first page that stands there without a name: the issuer's."""
        found = [
            block
            for block in self.blocks
            if block.page == self.layout.rows[0].page
            and block.box.y0 < 0.2
            and block.lines[0].is_street
            and block.lines[1].is_place
            and not (buyer and buyer.block and _inside(block.box, buyer.block))
        ]
        return found[0].lines[:2] if len(found) == 1 else ()


def _lists_sender(text: str) -> bool:
    """Say whether a text lists a name, a street and a town between separators."""
    return len(parts_of(text)) >= 3 and has_place(text)


def _inside(inner: Box, outer: Box) -> bool:
    x, y = inner.centre
    return outer.x0 - 0.02 <= x <= outer.x1 + 0.02 and outer.y0 - 0.002 <= y <= outer.y1 + 0.002
