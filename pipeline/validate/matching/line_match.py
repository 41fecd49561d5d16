"""Which line of the order a line of the bill speaks of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.domain.folding import folded_words
from pipeline.domain.policy import Tolerance
from pipeline.domain.record import PurchaseOrderLine
from pipeline.validate.matching.assignment import best_pairs
from pipeline.validate.matching.names import code_of, description_similarity

# What each agreement adds to a pair's score; a pair needs `_ENOUGH`: a code, the same description, half of it with the
# price, or price and quantity with some likeness. Price and quantity alone are too little: many goods cost 10.00.
_CODE, _CODE_IN_TEXT, _REFERENCE, _DESCRIPTION, _PRICE, _QUANTITY, _ROOM = 0.6, 0.5, 0.45, 0.5, 0.25, 0.15, 0.04
_ENOUGH = 0.5
_CHARGES = re.compile(
    r"\b(?:freight|shipping|postage|delivery (?:charge|cost|fee)|carriage|handling|surcharge|packing|packaging|"
    r"fees?|fragt|porto|forsendelse|gebyr|ekspedition\w*|levering|emballage|miljo\w*|"
    r"fracht\w*|versand\w*|verpackung\w*|zuschlag|bearbeitung\w*|lieferkosten|maut|"
    r"port|frais|livraison|transport\w*|emballages|vrachtkosten|verzend\w*|toeslag|frakt\w*|leveranskostnad|"
    r"gastos|envio|portes|spedizione|trasporto|spese|imballo)\b"
)
_ROUNDING = re.compile(
    r"\b(?:rounding|afrunding|oreafrunding|rundung\w*|arrondi|afronding|avrundning|oresavrundning|avrunding|redondeo|"
    r"arrotondamento)\b"
)


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line of a bill as it is compared with orders; the price is what a unit really costs, discount taken off."""

    index: int
    description: str
    item_code: str | None
    reference: str | None
    quantity: Decimal | None
    unit_price: Decimal | None
    net_amount: Decimal

    @property
    def is_charge(self) -> bool:
        """Whether the words say freight, handling or the like."""
        return _CHARGES.search(folded_words(self.description)) is not None

    @property
    def is_rounding(self) -> bool:
        """Whether it only makes the total a round one: less than one unit of the currency, and says so."""
        return abs(self.net_amount) < 1 and _ROUNDING.search(folded_words(self.description)) is not None


def pair_lines(billed: Sequence[BilledLine], ordered: Sequence[PurchaseOrderLine], price: Tolerance) -> dict[int, int]:
    """Return positions in `billed` to positions in `ordered`.

    First the best pairing one to one; then, where one line is left on each side, those two if price or quantity agree;
    then further billed lines of goods that are paired already (one ordered line may be billed in parts).
    """
    scores = {
        (b, o): score
        for b, line in enumerate(billed)
        for o, order_line in enumerate(ordered)
        if (score := _score(line, order_line, o, price)) >= _ENOUGH
    }
    pairs = best_pairs(scores)
    left_billed = [b for b in range(len(billed)) if b not in pairs and not _is_extra(billed[b])]
    left_ordered = [o for o in range(len(ordered)) if o not in pairs.values()]
    if len(left_billed) == len(left_ordered) == 1:
        line, order_line = billed[left_billed[0]], ordered[left_ordered[0]]
        if _price_agrees(line, order_line, price) or line.quantity == order_line.quantity:
            pairs[left_billed[0]] = left_ordered[0]
    for b in left_billed:
        if b not in pairs and (options := [(scores[b, o], -o) for o in range(len(ordered)) if (b, o) in scores]):
            pairs[b] = -max(options)[1]
    return pairs


def _is_extra(line: BilledLine) -> bool:
    return line.is_charge or line.is_rounding


def _score(line: BilledLine, order_line: PurchaseOrderLine, position: int, price: Tolerance) -> float:
    score = 0.0
    codes = {code_of(c) for c in (order_line.item_code, order_line.supplier_item_code) if c}
    if line.item_code and code_of(line.item_code) in codes:
        score += _CODE
    elif any(len(code) >= 5 and code in code_of(line.description) for code in codes):
        score += _CODE_IN_TEXT
    if line.reference and _refers_to(line.reference, order_line, position):
        score += _REFERENCE
    score += _DESCRIPTION * description_similarity(line.description, order_line.description)
    if _price_agrees(line, order_line, price):
        score += _PRICE
    if line.quantity is not None:
        score += _QUANTITY * (line.quantity in (order_line.quantity, order_line.quantity - order_line.invoiced))
        score += _ROOM * (line.quantity <= order_line.quantity - order_line.invoiced)
    return score


def _refers_to(reference: str, order_line: PurchaseOrderLine, position: int) -> bool:
    """Compare an order line reference (BT-132) with the ERP's id, or the position counted in ones or in tens."""
    if reference.strip() == order_line.id:
        return True
    number = reference.strip().lstrip("0")
    return number in (str(position + 1), str((position + 1) * 10))


def _price_agrees(line: BilledLine, order_line: PurchaseOrderLine, price: Tolerance) -> bool:
    return line.unit_price is not None and price.allows(order_line.unit_price, line.unit_price)
