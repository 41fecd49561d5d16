"""How likely a place of a value is the field's own: the words beside it, where it stands, how specific it is."""

from collections.abc import Mapping, Sequence

from pipeline.domain.document import Box
from pipeline.domain.vocabulary import AMOUNT_FIELDS
from pipeline.extract.rules.amounts.captions import AmountRole
from pipeline.extract.rules.labels.labels import Label
from pipeline.extract.rules.labels.linking import Finder
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.candidates import Candidate, CandidateType
from pipeline.extract.rules.page.layout import Row
from training.collect.align.occurrences import NAMES, Occurrence
from training.collect.align.paper import Paper
from training.collect.align.reading import is_telling

ROLES: Mapping[str, Mapping[Role, float]] = {
    "invoice_number": {Role.INVOICE_NUMBER: 1.0, Role.TITLE_NUMBER: 0.8, Role.NUMBER: 0.6},
    "order_number": {Role.ORDER: 1.0, Role.PURCHASE_ORDER_REFERENCE: 0.9, Role.SELLER_ORDER: 0.5, Role.NUMBER: 0.6},
    "issue_date": {Role.ISSUE_DATE: 1.0, Role.DATE: 0.8, Role.ORDER_DATE: 0.4},
    "due_date": {Role.DUE_DATE: 1.0},
    "delivery_date": {Role.DELIVERY_DATE: 1.0},
    "purchase_order_reference": {Role.PURCHASE_ORDER_REFERENCE: 1.0, Role.ORDER: 0.8},
    "buyer_reference": {Role.BUYER_REFERENCE: 1.0, Role.REFERENCE: 0.8},
    "preceding_invoice_reference": {Role.PRECEDING_INVOICE_REFERENCE: 1.0},
    "seller_name": {Role.SELLER: 1.0, Role.NAME: 0.3},
    "seller_address": {Role.SELLER: 0.8, Role.ADDRESS: 0.3},
    "seller_vat_id": {Role.SELLER_VAT_ID: 1.0, Role.VAT_ID: 0.9},
    "seller_registration_id": {Role.REGISTRATION_ID: 1.0},
    "seller_email": {Role.CONTACT: 0.5},
    "buyer_name": {Role.BUYER: 1.0, Role.NAME: 0.3},
    "buyer_address": {Role.BUYER: 0.8, Role.ADDRESS: 0.3},
    "buyer_vat_id": {Role.BUYER_VAT_ID: 1.0, Role.VAT_ID: 0.8},
    "delivery_address": {Role.SHIP_TO: 1.0},
    "iban": {Role.IBAN: 1.0},
    "bic": {Role.BIC: 1.0},
    "account_number": {Role.ACCOUNT_NUMBER: 1.0},
    "payment_reference": {Role.PAYMENT_REFERENCE: 1.0},
    "payment_terms": {Role.PAYMENT_TERMS: 1.0},
}
"""The roles a label may have to announce a field, and how plainly it then does."""

_CAPTIONS: Mapping[str, Mapping[AmountRole, float]] = {
    "net_total": {AmountRole.NET: 1.0, AmountRole.SUBTOTAL: 0.7, AmountRole.TOTAL: 0.3},
    "tax_total": {AmountRole.TAX: 1.0},
    "gross_total": {AmountRole.GROSS: 1.0, AmountRole.TOTAL: 0.85, AmountRole.DUE: 0.5},
    "amount_due": {AmountRole.DUE: 1.0, AmountRole.TOTAL: 0.5, AmountRole.GROSS: 0.35},
    "prepaid_amount": {AmountRole.PREPAID: 1.0},
}
_ADDRESS_OF = {"seller_address": "seller_name", "buyer_address": "buyer_name"}
_SPEAKS_FOR_ITSELF = NAMES | {"iban", "bic", "seller_email", "seller_vat_id", "buyer_vat_id"} | set(_ADDRESS_OF)
_SPEAKS_FOR_ITSELF |= {"delivery_address", "payment_terms"}

ACCEPTED = 0.75
"""A place that scores less is doubtful."""
_PRINTED, _ALONE, _ITSELF, _NEAR_NAME, _PLACED, _CONTRADICTED = 0.5, 0.3, 0.35, 0.3, 0.1, 0.8
_DIRECTLY = 0.9  # nearness from which a label surely belongs to a value
_REACH = 3  # words that may stand between a label and its value


class Evidence:
    """Scores the places of one document's values."""

    def __init__(self, paper: Paper, places: Mapping[str, Sequence[Occurrence]]) -> None:
        self._paper = paper
        self._places = places

    def scores(self, name: str, value: str) -> list[float]:
        """Return a score for each place of a field: at least `ACCEPTED` where it is likely the field's own."""
        places = self._places[name]
        named, contradicted = self._labels(name, places)
        scores: list[float] = []
        for at, place in enumerate(places):
            score = _PRINTED * place.quality + named[at] + self._position(name, place)
            if not named[at]:
                score -= _CONTRADICTED * contradicted[at]
            if len(places) == 1 and is_telling(value):
                score += _ALONE
            if name in _SPEAKS_FOR_ITSELF:
                score += _ITSELF
            scores.append(score + self._near_name(name, place))
        return scores

    def _labels(self, name: str, places: Sequence[Occurrence]) -> tuple[list[float], list[float]]:
        """Return how plainly words beside each place announce the field, and how plainly another one."""
        if name in AMOUNT_FIELDS:
            return self._captions(name, places)
        named, contradicted = [0.0] * len(places), [0.0] * len(places)
        starts = {(place.first.row, place.first.start): at for at, place in enumerate(places)}
        find = finder(self._paper, places)
        roles = ROLES.get(name, {})
        for label in self._paper.linker.labels:
            weight = max((w for role, w in roles.items() if role in label.roles), default=0.0)
            for link in self._paper.linker.links(label, find):
                at = starts[link.candidate.row, link.candidate.start]
                strength = link.nearness * label.quality * (1.0 if label.is_heading else 0.7)
                if weight:
                    named[at] = max(named[at], weight * strength)
                elif link.nearness >= _DIRECTLY and label.is_heading and not _is_general(label):
                    contradicted[at] = max(contradicted[at], strength)
        return named, contradicted

    def _captions(self, name: str, places: Sequence[Occurrence]) -> tuple[list[float], list[float]]:
        named, contradicted = [], []
        for place in places:
            role, weight = self._paper.captions.get(place.first, (None, 0.0))
            suits = _CAPTIONS[name].get(role, 0.0) * weight if role else 0.0
            named.append(suits)
            contradicted.append(weight if role and not suits else 0.0)
        return named, contradicted

    def _position(self, name: str, place: Occurrence) -> float:
        """Totals stand low, all else high; the first of several equals is preferred."""
        rows = len(self._paper.rows)
        share = place.first.row / max(1, rows - 1)
        return _PLACED * (share if name in AMOUNT_FIELDS else 1 - share)

    def _near_name(self, name: str, place: Occurrence) -> float:
        """An address stands under its party's name, or behind it."""
        of = _ADDRESS_OF.get(name)
        if of is None:
            return 0.0
        box, page = self._paper.box(place.spans), self._paper.rows[place.first.row].page
        for other in self._places.get(of, ()):
            row = self._paper.rows[other.first.row]
            above = self._paper.box(other.spans)
            if row.page == page and is_under(above, box, row.height):
                return _NEAR_NAME
        return 0.0


def is_under(upper: Box, lower: Box, height: float) -> bool:
    """Say whether a text goes on under another one, or right behind it on its line."""
    distance = lower.y0 - upper.y1
    overlaps = min(upper.x1, lower.x1) - max(upper.x0, lower.x0) > 0
    behind = abs(lower.centre[1] - upper.centre[1]) < height and lower.x0 >= upper.x1 - 0.01
    return behind or (overlaps and -0.5 * height <= distance <= 2.5 * height)


def finder(paper: Paper, places: Sequence[Occurrence]) -> Finder:
    """Return a finder for `Linker` that knows nothing but these places."""
    by_row: dict[int, list[Occurrence]] = {}
    for place in places:
        by_row.setdefault(place.first.row, []).append(place)

    def find(row: Row, start: int, stop: int) -> Candidate | None:
        here = [p for p in by_row.get(row.index, ()) if start <= p.first.start < min(stop, start + _REACH + 1)]
        if not here:
            return None
        first = min((p.first for p in here), key=lambda span: span.start)
        text, box = paper.text(first), row.span_box(first.start, first.end)
        return Candidate(CandidateType.CODE, text, text, row.page, box, row.index, first.start, first.end, True)

    return find


def _is_general(label: Label) -> bool:
    """Say whether a label's wording stands before anything: "No.", "Name", a column's heading."""
    return bool(label.roles & {Role.NUMBER, Role.NAME, Role.ADDRESS, Role.COLUMN, Role.TITLE_NUMBER})
