"""Words that are no label and yet may be a value: training must not be told that they are nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.domain.legal_forms import is_legal_form
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, HeaderField, LineColumn
from pipeline.extract.rules.header.date_fields import date_proposals
from pipeline.extract.rules.header.numbers import number_proposals
from pipeline.extract.rules.header.payment import payment_proposals
from pipeline.extract.rules.header.tax_ids import TaxIds
from pipeline.extract.rules.labels.labels import Label
from pipeline.extract.rules.lines.row_labels import RowLabel, label_of
from pipeline.extract.rules.page.candidates import CandidateType
from pipeline.extract.rules.parties.blocks import blocks_of, has_place, is_street
from pipeline.extract.rules.parties.parties import parties_of
from training.collect.align.currency import any_currency
from training.collect.align.evidence import ROLES
from training.collect.align.geometry import Columns
from training.collect.align.items import ItemPlace
from training.collect.align.occurrences import Occurrence
from training.collect.align.paper import Paper, span_of
from training.collect.align.reading import key, number, tokens
from training.collect.align.texts import find_text
from training.collect.facts import Facts

_LINE_COLUMNS = frozenset(column.value for column in LineColumn)
_ADDRESSES = frozenset({"seller_address", "buyer_address", "delivery_address"})
_ACCOUNTS = frozenset({"account_number", "iban", "bic"})
_NAMES = frozenset({"seller_name", "buyer_name"})
_DAYS = re.compile(
    r"\d+\s*(?:days?|tagen?|dage|dagar|dager|jours?|dagen|d[ií]as|giorni|päivää|dias|dni)\b", re.IGNORECASE
)
_PART = 0.3  # so much of a name or address, by letters, is a part of it
_FOLLOWS = 3  # words behind a label that may be its value


@dataclass(frozen=True, slots=True)
class Known:
    """What alignment settled: the places of all header values, the items, the labelled words, the labelled names."""

    facts: Facts
    places: Mapping[str, Sequence[Occurrence]]
    items: Sequence[ItemPlace]
    labelled: frozenset[int]
    found: frozenset[str]

    @property
    def missing(self) -> frozenset[str]:
        """Header fields that the page may print without our knowing where."""
        names = frozenset(name.value for name in HeaderField)
        return names - self.found - self.facts.absent


def unsure_words(paper: Paper, columns: Columns, known: Known) -> frozenset[int]:
    """Return every word without a label that may be a value after all."""
    found: set[int] = set()
    for places in known.places.values():
        found |= {word for place in places for word in paper.flat(place.spans)}
    found |= set(_typed(paper, known))
    found |= set(_amounts(paper, known))
    found |= set(_proposed(paper, known))
    found |= set(_behind_labels(paper, known))
    found |= set(_in_blocks(paper, known))
    found |= set(_in_tables(paper, columns, known))
    found -= set(_labels(paper, columns, {row for place in known.items for row in place.band}))
    found |= set(_parts(paper, known))
    found |= set(any_currency(paper))
    return frozenset(found - known.labelled)


def _labels(paper: Paper, columns: Columns, items: Set[int]) -> Iterator[int]:
    """Words that are labels or column headings themselves; in rows of items ("hours") they may be values."""
    for label in paper.linker.labels:
        if label.row in items:
            continue
        if label.colon or (label.starts_segment and label.ends_segment):
            yield from (paper.place(label.row, i) for i in range(label.start, label.end))
    heads = list(columns.headings)
    for row in paper.rows:
        for i, word in enumerate(row.words):
            x, y = word.box.centre
            if any(page == row.page and b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for page, b in heads):
                yield paper.place(row.index, i)


def _parts(paper: Paper, known: Known) -> Iterator[int]:
    """Words that say a part of a name, an address or an account: one broken over lines, or shortened."""
    for name in _NAMES | _ADDRESSES:
        if value := known.facts.fields.get(name):
            for found in find_text(paper, tokens(value), enough=_PART):
                yield from paper.flat(found.spans)
    account = {part for part in known.facts.fields.get("account_number", "").split() if len(part) >= 3}
    for row in paper.rows:
        for i, word in enumerate(row.words):
            if key(word.text) in account or (i and is_legal_form(word.text)):
                yield paper.place(row.index, i)


def _typed(paper: Paper, known: Known) -> Iterator[int]:
    """Dates and identifiers that are nobody's, where a field of their type is missing; further accounts always."""
    missing = known.missing
    for candidate in paper.candidates:
        may_be = {
            CandidateType.DATE: bool(DATE_FIELDS & missing),
            CandidateType.PERIOD: "delivery_date" in missing,
            CandidateType.VAT_ID: bool({"seller_vat_id", "buyer_vat_id", "seller_registration_id"} & missing),
            CandidateType.EMAIL: "seller_email" in missing,
            CandidateType.IBAN: "iban" not in known.facts.absent,
            CandidateType.BIC: "bic" not in known.facts.absent,
        }.get(candidate.type, False)
        if may_be:
            yield from paper.flat([span_of(candidate)])


def _amounts(paper: Paper, known: Known) -> Iterator[int]:
    """Amounts with a caption where a total is missing; rates and taxes that are printed a second time."""
    missing = AMOUNT_FIELDS & known.missing
    entries = known.facts.tax_breakdown
    breakdown = not entries
    rates_and_taxes = {number(value) for entry in entries for value in entry.values()}
    for candidate in paper.typed(CandidateType.AMOUNT, CandidateType.PERCENT):
        span = span_of(candidate)
        if number(candidate.value) in rates_and_taxes:
            yield from paper.flat(paper.with_percent((span,)))
        elif candidate.type is CandidateType.PERCENT:
            if breakdown:
                yield from paper.flat(paper.with_percent((span,)))
        elif missing - {"prepaid_amount", "amount_due"} or (span in paper.captions and (missing or breakdown)):
            yield from paper.flat([span])


def _proposed(paper: Paper, known: Known) -> Iterator[int]:
    """What the rules would take for a field that is missing."""
    linker, candidates = paper.linker, paper.candidates
    parties = parties_of(paper.layout, linker, candidates, known.facts.kind)
    proposals = [
        *number_proposals(linker, known.facts.kind),
        *date_proposals(linker, candidates, known.facts.kind),
        *TaxIds(linker, candidates, parties, paper.conventions, known.facts.kind).proposals(),
        *payment_proposals(linker, candidates, parties),
    ]
    for proposal in proposals:
        if proposal.field.value in known.missing:
            yield from paper.flat([span_of(proposal.candidate)])
    for party in (parties.seller, parties.buyer, parties.delivery):
        for line in (party.line, *party.address) if party else ():
            if known.missing & (_ADDRESSES | _NAMES):
                yield from (paper.place(line.row.index, i) for i in range(line.start, line.end))


def _behind_labels(paper: Paper, known: Known) -> Iterator[int]:
    """The words behind and under the label of a field that is missing; a document may name several accounts."""
    open_names = known.missing | (_ACCOUNTS - known.facts.absent)
    wanted = [roles for name, roles in ROLES.items() if name in open_names]
    for label in paper.linker.labels:
        if any(role in label.roles for roles in wanted for role in roles):
            yield from _following(paper, label)


def _following(paper: Paper, label: Label) -> Iterator[int]:
    row = paper.rows[label.row]
    stop = min(paper.linker.stop(label), len(row.words))
    end = label.end
    while end < stop and (end < label.end + _FOLLOWS or row.segment_of[end] == row.segment_of[end - 1]):
        yield paper.place(row.index, end)
        end += 1
    for lower in paper.layout.below(row, 2):
        for i, word in enumerate(lower.words):
            if min(word.box.x1, label.box.x1) - max(word.box.x0, label.box.x0) > 0:
                yield from (paper.place(lower.index, k) for k in _segment(lower.segment_of, i))


def _segment(segment_of: Sequence[int], i: int) -> Iterator[int]:
    return (k for k, segment in enumerate(segment_of) if segment == segment_of[i])


def _in_blocks(paper: Paper, known: Known) -> Iterator[int]:
    """Lines that look like an address, and sentences with days where the terms of payment are missing."""
    missing = known.missing
    for row in paper.rows:
        for start, end in row.segments():
            text = row.span_text(start, end)
            address = missing & _ADDRESSES and (has_place(text) or is_street(text))
            if address or ("payment_terms" in missing and _DAYS.search(text)):
                yield from (paper.place(row.index, i) for i in range(start, end))
    if not missing & _ADDRESSES:
        return
    for block in blocks_of(paper.layout, paper.linker):
        if block.address():
            for line in block.lines:
                yield from (paper.place(line.row.index, i) for i in range(line.start, line.end))


def _in_tables(paper: Paper, columns: Columns, known: Known) -> Iterator[int]:
    """Words of the line table: beside items that were found what their columns leave open, else the whole table."""
    placed = {place.index for place in known.items}
    complete = len(placed) == len(known.facts.lines) and placed
    if not complete:
        yield from _whole_tables(paper, columns)
    for place in known.items:
        columns_found = place.columns.keys()
        for index in (*range(max(0, place.anchor - 2), place.anchor), *place.band):
            row = paper.rows[index]
            if row.page != paper.rows[place.anchor].page or label_of(row.text) is not None:
                continue
            for i, word in enumerate(row.words):
                ordinal = i == 0 and word.text.strip(".") in (str(place.index + 1), str((place.index + 1) * 10))
                if not ordinal and not (columns_found >= _LINE_COLUMNS):
                    yield paper.place(index, i)


def _whole_tables(paper: Paper, columns: Columns) -> Iterator[int]:
    """Everything under the headings of a table down to the first amount that is a total; all numbers without any."""
    tops: dict[int, float] = {}
    for page, box in columns.headings:
        tops[page] = max(tops.get(page, 0.0), box.y1)
    if not tops:
        for candidate in paper.typed(CandidateType.AMOUNT, CandidateType.PERCENT):
            yield from paper.flat([span_of(candidate)])
        for row in paper.rows:
            if sum(c.row == row.index for c in paper.typed(CandidateType.AMOUNT)) >= 2:
                yield from (paper.place(row.index, i) for i in range(len(row.words)))
        return
    below = False
    for row in paper.rows:
        if row.page in tops and row.box.y0 < tops[row.page] - 0.002:
            continue
        below = below or row.page in tops
        if below and label_of(row.text) is RowLabel.TOTAL:
            return
        if below:
            yield from (paper.place(row.index, i) for i in range(len(row.words)))
