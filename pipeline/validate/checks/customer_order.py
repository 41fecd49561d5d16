"""A customer's purchase order against our customers, products and list prices."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.domain.decision import LineMatch
from pipeline.domain.figures import LineFigures
from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.record import Product
from pipeline.domain.vocabulary import HeaderField
from pipeline.validate.case import Case, block, info, line_field, money, plain, warn
from pipeline.validate.checks.arithmetic import has_disputed_amount
from pipeline.validate.matching.line_match import BilledLine
from pipeline.validate.matching.names import code_of, description_similarity
from pipeline.validate.matching.order_match import OrderMatch

_SAME_NAME, _CLEAR_LEAD = 0.90, 0.05
_SURE_NAME = 99.0


def check_customer(case: Case) -> Iterator[Finding]:
    """Yield whether the customer is known, and by what."""
    match, evidence = case.match, case.match.evidence
    field = HeaderField.BUYER_NAME.value
    said = evidence.name or evidence.vat_id or evidence.email or "Nobody"
    if match.party is None:
        yield block(
            ReasonCode.CUSTOMER_UNKNOWN,
            f"{said} is no customer in the ERP. Create the customer there and retry, or correct the name.",
            field,
        )
        return
    party = match.party
    if match.doubt or match.rivals:
        why = match.doubt or f"it may be {party.name}, but also {', '.join(rival.name for rival in match.rivals)}"
        yield block(ReasonCode.CUSTOMER_UNKNOWN, f"The customer is unsure: {why}. Choose the customer.", field)
    elif match.by == "name" and (match.similarity or 0) < _SURE_NAME and not _wrote_itself(case):
        yield warn(
            ReasonCode.CUSTOMER_UNKNOWN,
            f"{said} resembles {party.name} ({match.similarity:.0f} of 100), and nothing else confirms it. "
            "Confirm the customer.",
            field,
        )
    else:
        yield info(ReasonCode.CUSTOMER_MATCHED, f"The customer is {party.name} ({party.id}), known by {match.by}.")


def check_order_totals(case: Case) -> Iterator[Finding]:
    """Yield a finding where an order's lines give neither of the totals it states; it need not state any."""
    figures, rounding = case.figures, case.policy.rounding
    amounts = [line.amount for line in figures.amount_lines]
    stated = [total for total in (figures.net, figures.gross) if total is not None]
    if not stated or not amounts or any(amount is None for amount in amounts):
        return
    total = sum((amount for amount in amounts if amount is not None), figures.adjustment)
    if not any(rounding.allows(expected, total) for expected in stated):
        yield warn(
            ReasonCode.LINES_DISAGREE,
            f"The lines add up to {money(total)}, the order says {money(stated[0])}. A line is missing or misread.",
            "lines",
            HeaderField.NET_TOTAL.value,
        )


def match_products(case: Case) -> OrderMatch:
    """Find our product for each line; the value is what the order is worth at its own prices, else at list prices."""
    lines = case.figures.amount_lines
    if not lines:
        missing = block(ReasonCode.FIELD_MISSING, "No ordered goods were found. Add the lines.", "lines")
        return OrderMatch((missing,))
    findings: list[Finding] = []
    matches: list[LineMatch] = []
    value = Decimal(0)
    for line in lines:
        if _is_charge(line):
            findings.append(_charge(line))
            continue
        findings += _quantity(line)
        product = find_product(line, case.facts.products)
        if product is None:
            findings.append(_unknown(line))
            continue
        matches.append(LineMatch(line.index, product_id=product.id))
        findings += _price(case, line, product)
        value += (line.quantity or Decimal(0)) * _unit_price(line, product)
    stated = case.figures.gross or case.figures.net
    return OrderMatch(tuple(findings), lines=tuple(matches), value=max(value, stated or Decimal(0)))


def assumed_values(case: Case) -> tuple[dict[HeaderField, str], list[Finding]]:
    """Return what an order leaves to its surroundings: the date of its message, our currency if it names no price.

    An order that names prices must say in which currency.
    """
    assumed: dict[HeaderField, str] = {}
    findings: list[Finding] = []
    if not case.extraction.value(HeaderField.ISSUE_DATE):
        sent_on = (case.facts.sender.sent_on if case.facts.sender else None) or case.today
        assumed[HeaderField.ISSUE_DATE] = sent_on.isoformat()
        findings.append(
            _assumption(HeaderField.ISSUE_DATE, f"The order has no date: {sent_on}, when it came, is taken.")
        )
    if not case.extraction.value(HeaderField.CURRENCY):
        party = case.match.party
        currency = (party.currency if party else None) or case.facts.company.currency
        priced = case.figures.gross or case.figures.net or any(line.unit_price for line in case.figures.lines)
        if currency and not priced:
            assumed[HeaderField.CURRENCY] = currency
            findings.append(
                _assumption(
                    HeaderField.CURRENCY, f"The order names no prices: our list prices in {currency} are taken."
                )
            )
        else:
            findings.append(
                block(
                    ReasonCode.FIELD_MISSING,
                    "The order names no currency. Add it.",
                    HeaderField.CURRENCY.value,
                )
            )
    return assumed, findings


def find_product(line: LineFigures, products: Sequence[Product]) -> Product | None:
    """Return the product of a line: by its code, by a code in its description, or by a name that is clearly nearest."""
    for text in (line.item_code, line.description):
        if text and (same := [p for p in products if code_of(p.code) == code_of(text)]):
            return same[0] if len(same) == 1 else None
    inside = [p for p in products if len(code_of(p.code)) >= 4 and code_of(p.code) in code_of(line.description)]
    if len(inside) == 1:
        return inside[0]
    ranked = sorted(((description_similarity(line.description, p.name), p) for p in products), key=lambda x: -x[0])
    if not ranked or ranked[0][0] < _SAME_NAME:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR_LEAD:
        return None
    return ranked[0][1]


def _unit_price(line: LineFigures, product: Product) -> Decimal:
    if line.quantity and line.net_amount is not None:
        return line.net_amount / line.quantity
    return line.unit_price if line.unit_price is not None else product.unit_price or Decimal(0)


def _is_charge(line: LineFigures) -> bool:
    amount = line.amount or Decimal(0)
    return BilledLine(line.index, line.description, None, None, line.quantity, line.unit_price, amount).is_charge


def _charge(line: LineFigures) -> Finding:
    return warn(
        ReasonCode.PRODUCT_UNKNOWN,
        f"Line {line.index + 1} ({line.description}) is a charge, not goods: it is not booked. Agree it "
        "with the customer.",
        line_field(line.index, "description"),
    )


def _quantity(line: LineFigures) -> Iterator[Finding]:
    field = line_field(line.index, "quantity")
    if line.quantity is None:
        yield block(
            ReasonCode.FIELD_MISSING, f"Line {line.index + 1} ({line.description}) has no quantity. Add it.", field
        )
    elif line.quantity <= 0:
        yield block(
            ReasonCode.AMOUNT_IMPLAUSIBLE,
            f"Line {line.index + 1} ({line.description}) orders {plain(line.quantity)}. Correct the quantity.",
            field,
        )


def _unknown(line: LineFigures) -> Finding:
    said = " ".join(part for part in (line.item_code, line.description) if part) or "no description"
    return block(
        ReasonCode.PRODUCT_UNKNOWN,
        f"Line {line.index + 1} ({said}) is none of our products. Choose the product, or ask the customer.",
        line_field(line.index, "item_code"),
    )


def _price(case: Case, line: LineFigures, product: Product) -> Iterator[Finding]:
    """Ask about prices below our list, and about goods for which neither the order nor the list has a price."""
    field = line_field(line.index, "unit_price")
    if line.unit_price is None and line.net_amount is None:
        if product.unit_price is None:
            yield warn(
                ReasonCode.FIELD_MISSING,
                f"Line {line.index + 1}: neither the order nor our list has a price for {product.name}. Add it.",
                field,
            )
        return
    if has_disputed_amount(case, line.index):
        return  # told by the arithmetic; which of its numbers is the price is open
    price = _unit_price(line, product)
    if product.unit_price is None or case.policy.price.allows(product.unit_price, price):
        return
    make = warn if price < product.unit_price else info
    yield make(
        ReasonCode.PO_PRICE_MISMATCH,
        f"Line {line.index + 1}: the customer expects {money(price)} for {product.name}, our list says "
        f"{money(product.unit_price)}. Was another price agreed?",
        field,
    )


def _wrote_itself(case: Case) -> bool:
    sender, party = case.facts.sender, case.match.party
    return (
        sender is not None and party is not None and sender.address.casefold() in {e.casefold() for e in party.emails}
    )


def _assumption(name: HeaderField, sentence: str) -> Finding:
    return info(ReasonCode.VALUE_ASSUMED, sentence, name.value)
