"""Issue, due and delivery date: by label, by title, and in an order that can be true."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pipeline.domain.dates import parse_date
from pipeline.domain.folding import fold
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.extract.rules.header.choice import Proposal
from pipeline.extract.rules.header.numbers import is_of_earlier
from pipeline.extract.rules.labels.labels import Label
from pipeline.extract.rules.labels.linking import Direction, Finder, Linker
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.candidates import Candidate, CandidateType
from pipeline.extract.rules.page.codes import candidate
from pipeline.extract.rules.page.layout import Row

_ROLES: dict[Role, tuple[HeaderField, float]] = {
    Role.ISSUE_DATE: (HeaderField.ISSUE_DATE, 1.0),
    Role.DATE: (HeaderField.ISSUE_DATE, 0.8),
    Role.DUE_DATE: (HeaderField.DUE_DATE, 1.0),
    Role.DELIVERY_DATE: (HeaderField.DELIVERY_DATE, 0.97),
    Role.ORDER_DATE: (HeaderField.ISSUE_DATE, 0.95),
}
_REST = re.compile(r"(?:[^\W\d]+\.? )?(?:19|20)\d\d")  # what the second line of a broken date holds
_TERMS_ABOVE = 4  # rows
_DISCOUNT = re.compile(
    r"skonto|discount|kontantrabat|kasserabat|escompte|sconto|descuento por pronto|kassarabatt|korting"
)
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?")
_PREPOSITIONS = frozenset({"vom", "den", "le", "du", "del", "data", "dato", "dd"})


def date_proposals(linker: Linker, candidates: Sequence[Candidate], kind: Kind) -> Iterator[Proposal]:
    """Yield the dates behind labels as proposals, and unlabelled dates of the top as weak ones for the issue date."""
    find = _finder(candidates)
    linked: set[tuple[int, int]] = set()
    for label in linker.labels:
        for role in label.roles & _ROLES.keys():
            if role is Role.DATE and _heads_instalments(linker, label):
                continue
            for proposal in _at(linker, label, role, find, kind):
                linked.add((proposal.candidate.row, proposal.candidate.start))
                yield proposal
        if Role.OTHER_DATE in label.roles or (Role.ORDER_DATE in label.roles and kind is not Kind.PURCHASE_ORDER):
            linked |= {(x.candidate.row, x.candidate.start) for x in linker.links(label, find)}
        if Role.DATE in label.roles and _heads_instalments(linker, label):
            for link in linker.links(label, find):
                linked.add((link.candidate.row, link.candidate.start))
                if link.direction is Direction.BELOW and not _another_below(linker, link.candidate, find):
                    yield Proposal(HeaderField.DUE_DATE, link.candidate, 0.92 * label.quality)
    yield from _unlabelled(linker, candidates, linked, receipt=kind is Kind.RECEIPT)


def _finder(candidates: Sequence[Candidate]) -> Finder:
    by_row: dict[int, list[Candidate]] = {}
    for c in candidates:
        if c.type is CandidateType.DATE:
            by_row.setdefault(c.row, []).append(c)

    def find(row: Row, start: int, stop: int) -> Candidate | None:
        return next((c for c in by_row.get(row.index, ()) if start <= c.start < stop), None)

    return find


def _at(linker: Linker, label: Label, role: Role, find: Finder, kind: Kind) -> Iterator[Proposal]:
    name, weight = _ROLES[role]
    row = linker.layout.rows[label.row]
    if role in (Role.ISSUE_DATE, Role.DATE) and _of_another_document(linker, row, label):
        return
    if role is Role.ORDER_DATE and kind is not Kind.PURCHASE_ORDER:
        return
    if role is Role.DATE and label.is_heading and (label.colon or label.ends_segment) and row.box.y0 < 0.5:
        weight = 0.95
    elif role is Role.DATE and not label.is_heading:
        weight = _behind_number(linker, row, label)
        if not weight:
            return
    elif not label.is_heading:
        weight *= 0.88 if role is Role.DUE_DATE else 0.85
    if wrapped := _wrapped(linker, label):
        yield Proposal(name, wrapped, weight * label.quality)
        return
    for link in linker.links(label, find):
        gap = link.candidate.start - label.end
        if link.direction is Direction.RIGHT and role is Role.DATE and not label.colon and gap > 1:
            continue
        if link.direction is not Direction.RIGHT and (
            not label.is_heading or (label.phrase in _PREPOSITIONS and not label.colon)
        ):
            continue
        if role in (Role.DUE_DATE, Role.DELIVERY_DATE) and link.direction is Direction.RIGHT and gap > 4:
            continue
        offer = (
            role is Role.DUE_DATE
            and link.direction is Direction.RIGHT
            and _is_discount_offer(row, label, link.candidate)
        )
        yield Proposal(name, link.candidate, weight * label.quality * link.nearness * (0.3 if offer else 1.0))


def _heads_instalments(linker: Linker, label: Label) -> bool:
    """Say whether a label heads the dates of payment: "Date | Amount" and nothing else, right under the terms."""
    row = linker.layout.rows[label.row]
    labels = linker.labels_in(row)
    if len(labels) != 2 or not label.starts_segment or sum(x.end - x.start for x in labels) != len(row.words):
        return False
    if not any(Role.COLUMN in x.roles for x in labels):
        return False
    above = (x for upper in linker.layout.above(row, _TERMS_ABOVE) for x in linker.labels_in(upper))
    return any(Role.PAYMENT_TERMS in x.roles for x in above)


def _another_below(linker: Linker, first: Candidate, find: Finder) -> bool:
    """Say whether a further date stands in the row under one: there are several instalments, and no one due date."""
    lower = next(linker.layout.below(linker.layout.rows[first.row], 1), None)
    second = find(lower, 0, len(lower.words)) if lower else None
    return second is not None and abs(second.box.x0 - first.box.x0) < first.box.width


def _wrapped(linker: Linker, label: Label) -> Candidate | None:
    """Return a date that a narrow cell broke in two: "Due: 3 May" over "2026", "Due: 3 De-" over "cember 2026"."""
    row = linker.layout.rows[label.row]
    start, end = next((a, b) for a, b in row.segments() if a <= label.start < b)
    day = label.end
    while day < end and not row.words[day].text[0].isdigit() and day - label.end < 2:
        day += 1
    lower = next(linker.layout.below(row, 1), None)
    if lower is None or not label.colon or not day < end <= day + 2:
        return None
    head = row.span_text(day, end)
    for begin, stop in lower.segments():
        rest = lower.span_text(begin, stop)
        under = abs(lower.words[begin].box.x0 - row.words[start].box.x0) < row.height / row.scale
        if not under or not _REST.fullmatch(rest):
            continue
        if found := parse_date(head[:-1] + rest if head.endswith("-") else f"{head} {rest}"):
            return replace(candidate(row, day, end, found.isoformat(), CandidateType.DATE), proven=True)
    return None


def _of_another_document(linker: Linker, row: Row, label: Label) -> bool:
    """Say whether the words right before a date label name another document: "previous invoice: date"."""
    if is_of_earlier(row, label):
        return True
    return any(
        x.end == label.start and x.roles & {Role.PRECEDING_INVOICE_REFERENCE, Role.SELLER_ORDER}
        for x in linker.labels_in(row)
    )


def _is_discount_offer(row: Row, label: Label, found: Candidate) -> bool:
    """Say whether the clause around a date speaks of a discount: "until 14 February 2 % discount, 1 March net"."""
    start, end = label.start, found.end
    while start > 0 and not row.words[start - 1].text.endswith((",", ";", ".")):
        start -= 1
    while end < len(row.words) and not row.words[end - 1].text.endswith((",", ";", ".")):
        end += 1
    return _DISCOUNT.search(fold(row.span_text(start, end))) is not None


def _behind_number(linker: Linker, row: Row, label: Label) -> float:
    """Weigh "Invoice no. 123 of 1 May": likely the issue date, unless another document is spoken of."""
    before = [x for x in linker.labels_in(row) if x.end <= label.start]
    roles = {r for x in before for r in x.roles}
    others = {
        Role.PRECEDING_INVOICE_REFERENCE,
        Role.PURCHASE_ORDER_REFERENCE,
        Role.ORDER,
        Role.SELLER_ORDER,
        Role.OTHER_NUMBER,
    }
    if roles & {Role.INVOICE_NUMBER, Role.TITLE_NUMBER} and not roles & others:
        return 0.88
    # "Aarhus, den 3. maj 2026": a place before, or a short line of its own.
    lone = not roles & others and label.phrase in ("den", "le", "vom", "dato", "data") and row.box.y0 < 0.45
    place_before = label.start > 0 and row.words[label.start - 1].text.endswith(",")
    return 0.85 if lone and place_before else 0.6 if lone and len(row.words) <= 8 else 0.0


def _unlabelled(
    linker: Linker, candidates: Sequence[Candidate], linked: set[tuple[int, int]], *, receipt: bool
) -> Iterator[Proposal]:
    """Dates that no label claims: the higher on the first page the likelier the issue date.

    A till prints the date of sale with its time: "07-01-2025 19:00".
    """
    for c in candidates:
        row = linker.layout.rows[c.row]
        if c.type is not CandidateType.DATE or (c.row, c.start) in linked or c.page != linker.layout.rows[0].page:
            continue
        timed = receipt and c.end < len(row.words) and _TIME.fullmatch(row.words[c.end].text)
        if timed or (row.box.y0 < 0.5 and _behind_place(row, c)):
            yield Proposal(HeaderField.ISSUE_DATE, c, 0.85)
        elif row.box.y0 < 0.5 and len(row.words) <= 12:
            yield Proposal(HeaderField.ISSUE_DATE, c, 0.42 - 0.3 * row.box.y0)


def _behind_place(row: Row, found: Candidate) -> bool:
    """Say whether a date ends a cell that else holds only the name of a place: "Thun, 3. Mai 2026"."""
    start, end = next((a, b) for a, b in row.segments() if a <= found.start < b)
    before = [w.text.strip(",") for w in row.words[start : found.start]]
    return end == found.end and 1 <= len(before) <= 3 and all(w.isalpha() and w.istitle() for w in before)


def in_order(chosen: dict[HeaderField, list[Proposal]]) -> dict[HeaderField, list[Proposal]]:
    """Prefer readings by which the due date does not come before the issue date.

    Where the printed dates allow two readings and one pair is in order, that pair is taken; where none is, the due
    date loses half its score.
    """
    issue, due = chosen.get(HeaderField.ISSUE_DATE), chosen.get(HeaderField.DUE_DATE)
    if not issue or not due:
        return chosen
    pairs = [(a, b) for a in _readings(issue[0].candidate) for b in _readings(due[0].candidate)]
    if not _orderly(*pairs[0]):
        better = next((p for p in pairs[1:] if _orderly(*p)), None)
        if better:
            issue = [_with_value(issue[0], better[0]), *issue[1:]]
            due = [_with_value(due[0], better[1]), *due[1:]]
        else:
            due = [replace(due[0], score=due[0].score / 2), *due[1:]]
    elif len(pairs) > 1 and not issue[0].candidate.proven:
        issue = [replace(issue[0], score=issue[0].score * 0.9), *issue[1:]]
    return chosen | {HeaderField.ISSUE_DATE: issue, HeaderField.DUE_DATE: due}


def _orderly(issue: str, due: str) -> bool:
    return date.fromisoformat(issue) <= date.fromisoformat(due)


def _readings(candidate: Candidate) -> tuple[str, ...]:
    return (candidate.value,) if candidate.proven else (candidate.value, *candidate.others)


def _with_value(proposal: Proposal, value: str) -> Proposal:
    old = proposal.candidate
    others = tuple(v for v in (old.value, *old.others) if v != value)
    return replace(proposal, candidate=replace(old, value=value, others=others))
