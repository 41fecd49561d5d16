"""The header of a document: candidates, labels, parties and totals put together into fields with their confidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.domain.document import Box, Document, QualityBand, WordsFrom
from pipeline.domain.extraction import Field, KindGuess, LineItem, Source, TaxSubtotal
from pipeline.domain.money import to_plain
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn
from pipeline.extract.rules.amounts.summary import captioned_amounts
from pipeline.extract.rules.amounts.totals import Reading, Totals, totals_of
from pipeline.extract.rules.header.choice import as_field, choose, field_of
from pipeline.extract.rules.header.confidence import ARITHMETIC, LABEL, REPEATED, combined, labelled
from pipeline.extract.rules.header.date_fields import date_proposals, in_order
from pipeline.extract.rules.header.kind import kind_of
from pipeline.extract.rules.header.messages import kind_of_message
from pipeline.extract.rules.header.numbers import number_proposals
from pipeline.extract.rules.header.payment import payment_proposals
from pipeline.extract.rules.header.tax_ids import TaxIds
from pipeline.extract.rules.labels.labels import labels_of
from pipeline.extract.rules.labels.linking import Linker
from pipeline.extract.rules.page.candidates import Candidate, CandidateType, candidates_of
from pipeline.extract.rules.page.layout import Layout, layout_of
from pipeline.extract.rules.parties.blocks import Line
from pipeline.extract.rules.parties.parties import Parties, parties_of
from pipeline.extract.rules.parties.party import Party
from pipeline.extract.rules.writing.conventions import Conventions

_ORDER_KINDS = frozenset({Kind.PURCHASE_ORDER, Kind.ORDER_RESPONSE})


@dataclass(frozen=True, slots=True)
class Header:
    """What the rules read of a document beside its lines."""

    kind: KindGuess
    fields: dict[HeaderField, Field]
    tax_breakdown: tuple[TaxSubtotal, ...]


def read_header(document: Document, conventions: Conventions, lines: Sequence[LineItem] = ()) -> Header:
    """Read the header of a document; the sum of `lines` is evidence for the net total."""
    layout = layout_of(document)
    return header_of(document, layout, candidates_of(layout, conventions), conventions, lines)


def header_of(
    document: Document,
    layout: Layout,
    candidates: list[Candidate],
    conventions: Conventions,
    lines: Sequence[LineItem] = (),
) -> Header:
    """As `read_header`, for a document that is laid out already and whose candidates are known."""
    if not layout.rows:
        return Header(KindGuess(Kind.OTHER, 0.3), {}, ())
    quality = document.quality.band
    linker = Linker(layout, labels_of(layout, tolerant=document.words_from is WordsFrom.OCR))
    written = document.words_from is WordsFrom.MAIL_BODY
    kind = kind_of_message(layout, linker.labels) if written else kind_of(layout)
    parties = parties_of(layout, linker, candidates, kind.value, written=written)
    totals = totals_of(
        captioned_amounts(layout, candidates, tolerant=document.words_from is WordsFrom.OCR), _sum_of(lines)
    )
    proposals = [
        *number_proposals(linker, kind.value),
        *date_proposals(linker, candidates, kind.value),
        *TaxIds(linker, candidates, parties, conventions, kind.value).proposals(),
        *payment_proposals(linker, candidates, parties),
    ]
    chosen = in_order(choose(proposals))
    fields = {name: as_field(ranked, quality) for name, ranked in chosen.items()}
    fields |= dict(_party_fields(parties, candidates, kind.value, quality))
    fields |= dict(_total_fields(totals, kind.value, quality))
    if currency := _currency(conventions, quality):
        fields[HeaderField.CURRENCY] = currency
    if fields.get(HeaderField.BUYER_VAT_ID) and _same_value(
        fields, HeaderField.BUYER_VAT_ID, HeaderField.SELLER_VAT_ID
    ):
        del fields[HeaderField.BUYER_VAT_ID]
    return Header(kind, fields, _breakdown(totals, quality))


def _same_value(fields: dict[HeaderField, Field], first: HeaderField, second: HeaderField) -> bool:
    return first in fields and second in fields and fields[first].value == fields[second].value


def _sum_of(lines: Sequence[LineItem]) -> Decimal | None:
    amounts = [line[LineColumn.NET_AMOUNT].amount for line in lines if LineColumn.NET_AMOUNT in line]
    return sum(amounts, Decimal(0)) if amounts else None


def _currency(conventions: Conventions, quality: QualityBand) -> Field | None:
    guess = conventions.currency_guess
    if guess is None:
        return None
    text = guess.word.text if guess.word else ""
    box = guess.word.box if guess.word else None
    return Field(
        guess.code,
        text,
        combined(guess.confidence, 0.35 if guess.word else 0.0, quality=quality),
        Source.RULE,
        guess.page,
        box,
    )


def _party_fields(
    parties: Parties, candidates: Sequence[Candidate], kind: Kind, quality: QualityBand
) -> Iterator[tuple[HeaderField, Field]]:
    for name, address, party in (
        (HeaderField.SELLER_NAME, HeaderField.SELLER_ADDRESS, parties.seller),
        (HeaderField.BUYER_NAME, HeaderField.BUYER_ADDRESS, parties.buyer),
    ):
        if party is None:
            continue
        confidence = combined(party.confidence, 0.36 if party.address else 0.1, quality=quality)
        others = tuple(_name_field(p, round(p.confidence * 0.3, 3)) for p in party.alternatives)
        yield name, _name_field(party, min(confidence, 0.96), others)
        if party.address:
            yield address, _address_field(party.address, round(party.confidence * 0.9, 3))
    if parties.delivery and parties.delivery.address:
        lines = (parties.delivery.line, *parties.delivery.address)
        yield HeaderField.DELIVERY_ADDRESS, _address_field(lines, round(parties.delivery.confidence * 0.85, 3))
    if email := _seller_email(parties, candidates, kind):
        yield HeaderField.SELLER_EMAIL, field_of(email, combined(0.7, quality=quality))


def _name_field(party: Party, confidence: float, others: tuple[Field, ...] = ()) -> Field:
    line = party.line
    return Field(party.name, line.text, confidence, Source.RULE, line.row.page, line.box, others)


def _address_field(lines: Iterable[Line], confidence: float) -> Field:
    lines = tuple(lines)
    box: Box = lines[0].box
    for line in lines[1:]:
        box = box.union(line.box)
    value = ", ".join(line.text.strip(" ,;") for line in lines)
    return Field(value, "\n".join(line.text for line in lines), confidence, Source.RULE, lines[0].row.page, box)


def _seller_email(parties: Parties, candidates: Sequence[Candidate], kind: Kind) -> Candidate | None:
    """The first address that does not stand in or under the buyer's block; of an order one in the seller's block.

    What else stands on an order is its issuer's, the buyer's.
    """
    ordered = kind is Kind.PURCHASE_ORDER
    those = (parties.seller,) if ordered else (parties.buyer, parties.delivery)
    blocks = [(p.block, p.line.row.page) for p in those if p and p.block]
    for c in candidates:
        if c.type is not CandidateType.EMAIL:
            continue
        inside = any(
            page == c.page
            and block.x0 - 0.03 <= c.box.x0 <= block.x1 + 0.03
            and block.y0 - 0.01 <= c.box.y0 <= block.y1 + 0.07
            for block, page in blocks
        )
        if inside == ordered:
            return c
    return None


def _total_fields(totals: Totals, kind: Kind, quality: QualityBand) -> Iterator[tuple[HeaderField, Field]]:
    proof = ARITHMETIC if totals.agrees else 0.0
    lines = 0.5 if totals.net_equals_lines else 0.0
    nothing_else = REPEATED if totals.gross and not totals.net and not totals.tax else 0.0
    for name, reading, more in (
        (HeaderField.NET_TOTAL, totals.net, lines),
        (HeaderField.TAX_TOTAL, totals.tax, 0.0),
        (HeaderField.GROSS_TOTAL, totals.gross, nothing_else),
        (HeaderField.PREPAID_AMOUNT, totals.prepaid, 0.0),
        (HeaderField.AMOUNT_DUE, totals.due, nothing_else),
    ):
        if reading is None or (kind in _ORDER_KINDS and name in (HeaderField.AMOUNT_DUE, HeaderField.PREPAID_AMOUNT)):
            continue
        stated = proof if name is not HeaderField.PREPAID_AMOUNT else 0.3
        yield name, _amount_field(reading, combined(labelled(reading.weight), stated, more, quality=quality))
    if kind in _ORDER_KINDS and totals.gross and totals.net is None and totals.tax is None:
        yield HeaderField.NET_TOTAL, _amount_field(totals.gross, combined(0.6, quality=quality))


def _amount_field(reading: Reading, confidence: float) -> Field:
    value = to_plain(reading.value)
    c = reading.candidate
    if c is None:
        return Field(value, "", round(confidence * 0.9, 3), Source.RULE)
    share = round(min(0.4, 1 - confidence), 3)
    others = tuple(field_of(c, share, value=o) for o in (c.value, *c.others) if o != value)
    return field_of(c, confidence, others, value=value)


def _breakdown(totals: Totals, quality: QualityBand) -> tuple[TaxSubtotal, ...]:
    proof = ARITHMETIC if totals.agrees else 0.3
    found = []
    for row in totals.rows:
        confidence = combined(LABEL, proof if row.base else 0.2, quality=quality)
        tax = _amount_field(row.tax, confidence)
        rate = (
            Field(to_plain(row.rate), to_plain(row.rate), confidence, Source.RULE, tax.page, tax.box)
            if row.rate is not None
            else None
        )
        found.append(TaxSubtotal(rate, _amount_field(row.base, confidence) if row.base else None, tax))
    return tuple(found)
