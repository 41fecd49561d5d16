"""The order numbers that a printed reference may mean."""

import re

from pipeline.domain.extraction import Extraction
from pipeline.domain.vocabulary import HeaderField

_SPLIT = re.compile(r"\s*(?:[;,]|\s/\s|\s(?:and|og|und|et|en|och|y|e|&)\s)\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:(?:your|deres|ihre?|votre|uw|er)\s+)?"
    r"(?:purchase\s*order|p\.?\s?o\.?|order|ordre|bestellung|bestell|commande|bestelling|inkoop(?:order)?|beställning|"
    r"bestilling|pedido|ordine|indkøbsordre|rekvisition)"
    r"[\s\-]*(?:number|nummer|numéro|no|nr|n°|nº|num|id)?\s*[.:#]*\s*(?=\S*\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{3,}")


def references_in(text: str) -> tuple[str, ...]:
    """Split a printed reference that may name several orders: "PO-2041, PO-2042"."""
    parts = (part.strip(" .:#") for part in _SPLIT.split(text))
    return tuple(dict.fromkeys(part for part in parts if re.search(r"\d", part)))


def order_references(extraction: Extraction) -> tuple[str, ...]:
    """Return the order numbers that a bill names: its order reference (BT-13) or, where it has none, BT-10."""
    for name in (HeaderField.PURCHASE_ORDER_REFERENCE, HeaderField.BUYER_REFERENCE):
        if (value := extraction.value(name)) and (found := references_in(value)):
            return found
    return ()


def variants(reference: str) -> tuple[str, ...]:
    """Return the ways to look a reference up, the literal one first; at most six.

    Labels ("Order no. 2041") and leading zeros are dropped, and a bare number is tried with the usual prefix.
    """
    found = [reference.strip(), _LABEL.sub("", reference.strip())]
    numbers = _NUMBER.findall(reference)
    if len(numbers) == 1:
        number = numbers[0]
        found += [number, number.lstrip("0"), f"PO-{number}", f"PO{number}"]
    return tuple(dict.fromkeys(f for f in found if f))[:6]


def normal_number(number: str) -> str:
    """Return a document number as it is compared: letters and digits only, upper case, no leading zeros."""
    return re.sub(r"[\W_]+", "", number).upper().lstrip("0")
