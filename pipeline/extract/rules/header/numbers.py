"""Document numbers and references: which label announces which field depends on what the document is."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.extract.rules.header.choice import Proposal
from pipeline.extract.rules.labels.labels import Label
from pipeline.extract.rules.labels.linking import Direction, Linker
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.candidates import Candidate
from pipeline.extract.rules.page.codes import candidate, code_in, text_in
from pipeline.extract.rules.page.layout import Row
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.folding import fold_words

_ORDERS = frozenset({Kind.PURCHASE_ORDER})
_INVOICE_ROLES: dict[Role, tuple[HeaderField, float]] = {
    Role.INVOICE_NUMBER: (HeaderField.INVOICE_NUMBER, 1.0),
    Role.TITLE_NUMBER: (HeaderField.INVOICE_NUMBER, 0.78),
    Role.NUMBER: (HeaderField.INVOICE_NUMBER, 0.5),
    Role.PURCHASE_ORDER_REFERENCE: (HeaderField.PURCHASE_ORDER_REFERENCE, 1.0),
    Role.ORDER: (HeaderField.PURCHASE_ORDER_REFERENCE, 0.6),
    Role.SELLER_ORDER: (HeaderField.PURCHASE_ORDER_REFERENCE, 0.2),
    Role.PRECEDING_INVOICE_REFERENCE: (HeaderField.PRECEDING_INVOICE_REFERENCE, 1.0),
}
_ORDER_ROLES: dict[Role, tuple[HeaderField, float]] = {
    Role.PURCHASE_ORDER_REFERENCE: (HeaderField.ORDER_NUMBER, 1.0),
    Role.ORDER: (HeaderField.ORDER_NUMBER, 0.95),
    Role.SELLER_ORDER: (HeaderField.ORDER_NUMBER, 0.3),
    Role.NUMBER: (HeaderField.ORDER_NUMBER, 0.5),
    Role.TITLE_NUMBER: (HeaderField.INVOICE_NUMBER, 0.3),
    Role.INVOICE_NUMBER: (HeaderField.ORDER_NUMBER, 0.8),
}
_RESPONSE_ROLES: dict[Role, tuple[HeaderField, float]] = {
    Role.PURCHASE_ORDER_REFERENCE: (HeaderField.PURCHASE_ORDER_REFERENCE, 1.0),
    Role.ORDER: (HeaderField.PURCHASE_ORDER_REFERENCE, 0.6),
}
_EARLIER = re.compile(
    r"\b(?:previous|preceding|prior|original|corrected|credited|precedent\w*|anterieur\w*|origine|associee?s?|liee?s?|related|linked|associated|tilknyttet|relaterad\w*|collegat\w*|relacionad\w*|gerelateerd\w*|zugehorig\w*|initiale|rectifi\w*|ursprung\w*"
    r"|vorherig\w*|vorangegangen\w*|tidligere|oprindelig\w*|opprinnelig\w*|krediteret|tidigare|ursprunglig\w*|krediterad"
    r"|oorspronkelijk\w*|eerdere|voorgaande|anterior|rectificad\w*|originari\w*|precedente)\b"
)
_MONEY = frozenset({"€", "$", "£", "%", "eur", "usd", "gbp", "dkk", "sek", "nok", "kr", "euro", "euros"})
_ORDER_SHAPE = re.compile(r"^(?:PO|P\.O\.)[-#/ ]?\d{2,}", re.IGNORECASE)
_ANY_DOCUMENT = re.compile(r"(?:nr(?:do|de|del|da)?)?(?:doc|dok|beleg|bilag|verifikation|tosite)")  # not only bills
# "Our reference", "Unser Zeichen", "Ons kenmerk", their tokens joined
_OURS = re.compile(
    r"(?:our|unsere?|notre|nos|nostro|ns|nuestra|nossa|vore?s?|var|onze|ons|nasz)(?:reference|ref|referenz|references"
    r"|zeichen|riferimento|rif|referencia|referanse|referens|referentie|kenmerk|znak)$|viitteemme$"
)
_LONG = 4
_NUMBER_SIGN = re.compile(r"^N\.?[º°]\s?(?=\w)", re.IGNORECASE)  # "Nº4711" in one word
_SEPARATORS = frozenset("·•|-–—")
_TITLES_END = 0.3  # of the page's height
_LARGE = 1.25  # times the usual type
_RUNNING_TEXT = 0.75  # what a label inside a sentence is worth


def number_proposals(linker: Linker, kind: Kind) -> Iterator[Proposal]:
    """Yield the numbers behind labels as proposals for the fields they may be."""
    roles = _ORDER_ROLES if kind in _ORDERS else _RESPONSE_ROLES if kind is Kind.ORDER_RESPONSE else _INVOICE_ROLES
    if kind not in _ORDERS and kind is not Kind.ORDER_RESPONSE:
        yield from _hash_numbers(linker)
    for label in linker.labels:
        for role in label.roles & roles.keys():
            if role is Role.PRECEDING_INVOICE_REFERENCE and kind is Kind.INVOICE and _is_title(linker, label):
                role = Role.INVOICE_NUMBER
            name, weight = roles[role]
            yield from _at(linker, label, role, name, weight)
        if roles is _INVOICE_ROLES and _OURS.match(label.phrase):
            yield from _quoted_reference(linker, label)
        if Role.BUYER_REFERENCE in label.roles or Role.REFERENCE in label.roles:
            yield from _buyer_reference(linker, label)


def _hash_numbers(linker: Linker) -> Iterator[Proposal]:
    """A number with "#" alone, or first of a line, near the top: "INVOICE", and "#1024" in another corner."""
    for row in linker.layout.rows:
        if row.page != linker.layout.rows[0].page or row.box.y0 > 0.35:
            return
        for start, end in row.segments():
            text = row.words[start].text
            alone = end - start == 1 or row.words[start + 1].text in _SEPARATORS
            if alone and text.startswith("#") and (found := code_in(row, start, end)):
                yield Proposal(HeaderField.INVOICE_NUMBER, found, 0.6)


def _quoted_reference(linker: Linker, label: Label) -> Iterator[Proposal]:
    """The seller's reference of a bill in the form of a letter is its number where payment shall quote it."""
    for link in linker.links(label, code_in):
        code, row = link.candidate.value, link.candidate.row
        quoted = any(w.text.strip(".,;()") == code for r in linker.layout.rows if r.index != row for w in r.words)
        if quoted and len(code) >= _LONG:
            yield Proposal(HeaderField.INVOICE_NUMBER, link.candidate, 0.8 * label.quality * link.nearness)


def _at(linker: Linker, label: Label, role: Role, name: HeaderField, weight: float) -> Iterator[Proposal]:
    row = linker.layout.rows[label.row]
    title = role in (Role.TITLE_NUMBER, Role.NUMBER) or (len(label.phrase) <= 7 and not label.phrase.endswith("nr"))
    if role is Role.TITLE_NUMBER and (through := _through_number_word(linker, row, label)):
        yield Proposal(name, through, 0.86 * label.quality)
        return
    if role is Role.INVOICE_NUMBER and name is HeaderField.ORDER_NUMBER and not _ANY_DOCUMENT.match(label.phrase):
        return
    if name is HeaderField.INVOICE_NUMBER and is_of_earlier(row, label) and not _is_title(linker, label):
        name = HeaderField.PRECEDING_INVOICE_REFERENCE
    weight *= label.quality * (1.0 if label.is_heading else _RUNNING_TEXT)
    weight *= 1.0 if row.box.y0 < 0.6 or label.colon else 0.9
    for link in linker.links(label, code_in):
        if role is Role.NUMBER and link.direction is not Direction.RIGHT and _is_small(link.candidate):
            continue  # "#" heads the numbers of rows
        if title and not label.phrase.endswith("nr"):
            if link.direction is not Direction.RIGHT or link.nearness < 0.9:
                continue
            if role in (Role.TITLE_NUMBER, Role.NUMBER) and _is_small(link.candidate):
                continue
        if not _counts_money(linker.layout.rows[link.candidate.row], link.candidate):
            found = replace(link.candidate, value=_NUMBER_SIGN.sub("", link.candidate.value))
            yield Proposal(name, found, weight * link.nearness * _shape(found.value))


def _is_title(linker: Linker, label: Label) -> bool:
    """Say whether a label is set as the title of the paper: large, and high on its first page."""
    row = linker.layout.rows[label.row]
    high = row.box.y0 < _TITLES_END and row.page == linker.layout.rows[0].page
    return high and label.box.height > _LARGE * linker.layout.type_height


def is_of_earlier(row: Row, label: Label) -> bool:
    """Say whether the words around a label speak of an earlier document: "numéro de la facture d'origine"."""
    start, end = label.start, label.end
    while start > 0 and row.segment_of[start - 1] == row.segment_of[label.start] and label.start - start < 4:
        start -= 1
    while end < len(row.words) and end - label.end < 3 and not has_digit(row.words[end].text):
        end += 1
    return _EARLIER.search(fold_words(row.span_text(start, end))) is not None


def _through_number_word(linker: Linker, row: Row, label: Label) -> Candidate | None:
    """Read "Invoice (copy) no. 123": the number word stands a little behind the title."""
    for other in linker.labels_in(row):
        near = (
            label.end <= other.start <= label.end + 3 and row.segment_of[other.start] == row.segment_of[label.end - 1]
        )
        if near and Role.NUMBER in other.roles and label.is_heading:
            link = linker.right(other, code_in)
            return link.candidate if link and link.nearness > 0.9 else None
    return None


def _counts_money(row: Row, found: Candidate) -> bool:
    """Say whether a currency or a percentage follows: "order > 300 €" names no order."""
    behind = row.words[found.end].text if found.end < len(row.words) and row.gap(found.end) < 1.0 else ""
    return found.value.isdigit() and behind.strip(".,;:)").lower() in _MONEY


def _is_small(found: Candidate) -> bool:
    return len(found.value) <= 2


def _shape(value: str) -> float:
    """Plain years and single digits are rarely document numbers."""
    if value.isdigit() and len(value) == 4 and 1990 <= int(value) <= 2040:
        return 0.8
    return 0.85 if len(value) < 3 else 1.0


def _buyer_reference(linker: Linker, label: Label) -> Iterator[Proposal]:
    """The buyer's reference may be a code or a person's name."""
    strong = Role.BUYER_REFERENCE in label.roles
    if not (label.is_heading or label.colon):
        return
    weight = label.quality * (0.95 if strong else 0.45)
    for link in linker.links(label, _reference_text):
        if strong or (link.direction is Direction.RIGHT and has_digit(link.candidate.value)):
            yield Proposal(HeaderField.BUYER_REFERENCE, link.candidate, weight * link.nearness)
            if _ORDER_SHAPE.match(link.candidate.value):
                yield Proposal(HeaderField.PURCHASE_ORDER_REFERENCE, link.candidate, weight * link.nearness * 1.02)


def _reference_text(row: Row, start: int, stop: int) -> Candidate | None:
    found = text_in(row, start, stop)
    if found is None or len(found.value) > 45 or found.end - found.start > 5 or found.value.endswith(":"):
        return None
    return candidate(row, found.start, found.end, found.value)
