"""How to pay: IBAN, BIC, domestic account, payment reference and terms."""

import re
from collections.abc import Iterator, Sequence

from pipeline.domain.folding import fold
from pipeline.domain.vocabulary import HeaderField
from pipeline.extract.rules.header.choice import Proposal
from pipeline.extract.rules.header.confidence import CHECKSUM
from pipeline.extract.rules.labels.labels import ALONE, Label
from pipeline.extract.rules.labels.linking import Direction, Linker
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.candidates import Candidate, CandidateType
from pipeline.extract.rules.page.codes import (
    account_in,
    candidate,
    card_lines,
    is_checked_reference,
    reference_in,
    text_in,
)
from pipeline.extract.rules.page.layout import Row
from pipeline.extract.rules.parties.parties import Parties
from pipeline.extract.rules.writing.characters import has_letter

_DAYS = r"(?:days?|tagen?|tage|dage|dagar|dager|jours?|dagen|dias|giorni)"
_PAYMENT = frozenset(
    {"pagamento", "betaling", "payment", "paiement", "zahlung", "zahlbar", "pago", "betalning", "maksu"}
)
_BANK = frozenset({Role.IBAN, Role.BIC, Role.ACCOUNT_NUMBER})
_BANK_ROWS = 3
_ALIGNED = 0.01  # of the page's width
_TERMS = re.compile(
    rf"""\b(?:net(?:to)?|within|innerhalb(?:\ von)?|binnen|inden(?:\ for)?|inom|innen|dans(?:\ les)?|sous|a|entro
        |due\ in|zahlbar\ in)\s*:?\s*\d{{1,3}}\s*(?:business\ |calendar\ |kalender)?(?:{_DAYS}|d\b)
    |\b\d{{1,3}}\s*{_DAYS}\s*(?:net(?:to)?|date\ of\ invoice|from|fra|fran|ab|after|efter|etter|na|fin\ de\ mois|fecha)
    |\blobende\ maned\b|\bfin\ de\ mois\b|\bdue\ (?:up)?on\ receipt\b|\bsofort\ (?:fallig|zahlbar)\b|\bcontado\b
    |\ba\ reception\b|\bomgaende\b|\bnet\ \d{{1,3}}\b
    """,
    re.X,
)


def payment_proposals(linker: Linker, candidates: Sequence[Candidate], parties: Parties) -> Iterator[Proposal]:
    """Yield what the document says on payment."""
    yield from _ibans(linker, candidates, parties)
    for label in linker.labels:
        if Role.ACCOUNT_NUMBER in label.roles:
            yield from _accounts(linker, label)
        if Role.PAYMENT_REFERENCE in label.roles or (Role.REFERENCE in label.roles and _among_bank_data(linker, label)):
            yield from _references(linker, label)
        if Role.PAYMENT_TERMS in label.roles and label.is_heading:
            for link in linker.links(label, _terms_in):
                terms = _whole_clause(linker, label, link.candidate)
                yield Proposal(HeaderField.PAYMENT_TERMS, terms, 0.75 * link.nearness * label.quality)
    for row in linker.layout.rows:
        for card in card_lines(row):
            yield Proposal(HeaderField.PAYMENT_REFERENCE, card, 0.95, CHECKSUM)
        yield from _plain_terms(row)


def _ibans(linker: Linker, candidates: Sequence[Candidate], parties: Parties) -> Iterator[Proposal]:
    """The IBAN with a valid checksum; one among the buyer's data (direct debit) is not the seller's."""
    for c in candidates:
        if c.type not in (CandidateType.IBAN, CandidateType.BIC):
            continue
        row = linker.layout.rows[c.row]
        role = Role.IBAN if c.type is CandidateType.IBAN else Role.BIC
        labels = [x for x in linker.labels_in(row) if role in x.roles and x.end <= c.start]
        above = not labels and any(
            role in x.roles for upper in linker.layout.above(row, 2) for x in linker.labels_in(upper)
        )
        if c.type is CandidateType.BIC:
            near = _is_announced(linker, c, row)
            if near or c.proven:
                yield Proposal(HeaderField.BIC, c, 0.9 if near else 0.6, 0.5 if c.proven else 0.2)
            continue
        if not (c.proven or labels or above):
            continue
        buyer = parties.buyer
        inside = (
            buyer and buyer.block and buyer.line.row.page == c.page and buyer.block.y0 <= c.box.y0 <= buyer.block.y1
        )
        score = (0.95 if labels or above else 0.75) * (0.4 if inside and abs(c.box.x0 - buyer.block.x0) < 0.1 else 1.0)  # type: ignore[union-attr]
        yield Proposal(HeaderField.IBAN, c, score, CHECKSUM if c.proven else 0.0)


def _is_announced(linker: Linker, bic: Candidate, row: Row) -> bool:
    """Say whether a BIC's own label stands right before or above it: capitals of eight letters are many a word."""
    if any(Role.BIC in x.roles and 0 <= bic.start - x.end <= 2 for x in linker.labels_in(row)):
        return True
    return any(
        Role.BIC in x.roles and x.starts_segment and min(x.box.x1, bic.box.x1) > max(x.box.x0, bic.box.x0)
        for upper in linker.layout.above(row, 2)
        for x in linker.labels_in(upper)
    )


def _accounts(linker: Linker, label: Label) -> Iterator[Proposal]:
    row = linker.layout.rows[label.row]
    for link in linker.links(label, account_in):
        found = _with_branch(row, label, link.candidate)
        weight = 0.9 if label.is_heading else 0.75
        yield Proposal(HeaderField.ACCOUNT_NUMBER, found, weight * link.nearness * label.quality)


def _with_branch(row: Row, label: Label, account: Candidate) -> Candidate:
    """Put the Danish registration number of the bank before the account: "Reg.nr. 1234 Kontonr. 12345678"."""
    before = row.span_text(0, label.start)
    match = re.search(r"reg\.?\s*-?(?:nr\.?|nummer|no\.?)?\s*[:.]?\s*(\d{4})\D*$", fold(before))
    if (
        match
        and account.row == row.index
        and re.fullmatch(r"[\d\s.-]{6,12}", account.value)
        and " " not in account.value
    ):
        branch = next((i for i in range(label.start) if match.group(1) in row.words[i].text), label.start)
        return candidate(row, branch, account.end, f"{match.group(1)} {re.sub(r'[^0-9]', '', account.value)}")
    return account


def _references(linker: Linker, label: Label) -> Iterator[Proposal]:
    strong = len(label.phrase) > 3 or label.phrase in ("kid", "ocr", "fik")
    for link in linker.links(label, reference_in):
        if link.direction is Direction.NEXT_LINE and not label.colon:
            continue
        checked = 0.5 if is_checked_reference(link.candidate.value) else 0.0
        weight = (0.92 if label.is_heading else 0.78) * (1.0 if strong else 0.8)
        yield Proposal(HeaderField.PAYMENT_REFERENCE, link.candidate, weight * link.nearness * label.quality, checked)


def _among_bank_data(linker: Linker, label: Label) -> bool:
    """Say whether a label stands in one column with that of an account, as what to quote when paying does."""
    row = linker.layout.rows[label.row]
    near = [*linker.layout.above(row, _BANK_ROWS), *linker.layout.below(row, _BANK_ROWS)]
    bank = (x for other in near for x in linker.labels_in(other) if x.roles & _BANK)
    return label.is_heading and any(x.is_heading and abs(x.box.x0 - label.box.x0) < _ALIGNED for x in bank)


def _terms_in(row: Row, start: int, stop: int) -> Candidate | None:
    found = text_in(row, start, stop)
    return found if found and len(found.value) <= 120 and has_letter(found.value) else None


def _whole_clause(linker: Linker, label: Label, terms: Candidate) -> Candidate:
    """Return the terms with the word that begins their clause and labels nothing: "Payment within 14 days"."""
    row = linker.layout.rows[label.row]
    flows_on = not label.colon and terms.row == row.index and terms.start == label.end
    flows_on = flows_on and row.segment_of[terms.start] == row.segment_of[label.start]
    if not (flows_on and label.phrase in _PAYMENT and row.words[terms.start].text[0].islower()):
        return terms
    labels = (x.start for x in linker.labels_in(row) if x.start >= label.end and x.phrase not in ALONE)
    end = min(next(b for a, b in row.segments() if a <= label.start < b), *labels, len(row.words))
    return candidate(row, label.start, end, row.span_text(label.start, end).strip(" ,;:"))


def _plain_terms(row: Row) -> Iterator[Proposal]:
    """Terms without a label: "Netto 30 dage", "Payment is due within 15 days"."""
    for start, end in row.segments():
        text = row.span_text(start, end)
        if len(text) <= 120 and _TERMS.search(fold(text)):
            yield Proposal(HeaderField.PAYMENT_TERMS, candidate(row, start, end, text.strip(" ,;:")), 0.6)
