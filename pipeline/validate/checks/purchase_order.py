"""A bill against our purchase orders: two-way (prices and quantities), three-way where the ERP keeps receipts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.domain.billing import Basis
from pipeline.domain.decision import LineMatch
from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.record import OrderState, PurchaseOrder, PurchaseOrderLine, RecordType
from pipeline.domain.vocabulary import HeaderField
from pipeline.validate.case import Case, block, info, line_field, money, plain, warn
from pipeline.validate.checks.arithmetic import has_disputed_amount
from pipeline.validate.matching.line_match import BilledLine, pair_lines
from pipeline.validate.matching.names import code_of
from pipeline.validate.matching.order_match import OrderMatch
from pipeline.validate.matching.references import order_references, variants

_REFERENCE = HeaderField.PURCHASE_ORDER_REFERENCE.value
_PRECEDING = HeaderField.PRECEDING_INVOICE_REFERENCE.value


def match_orders(case: Case) -> OrderMatch:
    """Match a bill with the orders that it names: the orders first, then line by line."""
    orders, findings = _named_orders(case)
    findings += _credited_invoice(case)
    if not orders:
        return OrderMatch(tuple(findings))
    for order in orders:
        findings += _order_findings(case, order)
    billed = billed_lines(case)
    ordered = [line for order in orders for line in order.lines]
    if not billed:
        findings.append(
            warn(
                ReasonCode.PO_LINE_UNMATCHED,
                f"No lines were read, so the bill cannot be compared with order {_numbers(orders)} line by line. "
                "Compare it yourself.",
                "lines",
            )
        )
        return OrderMatch(tuple(findings), orders[0].id)
    pairs = pair_lines(billed, ordered, case.policy.price)
    findings += _unmatched(case, [line for i, line in enumerate(billed) if i not in pairs], orders)
    findings += [f for i, o in sorted(pairs.items()) for f in _price(case, billed[i], ordered[o])]
    findings += _quantities(case, billed, ordered, pairs)
    if all(finding.severity == "info" for finding in findings):
        findings.append(
            info(
                ReasonCode.PO_MATCHED,
                f"Matches order {_numbers(orders)} in price and quantity: {len(pairs)} of {len(billed)} lines.",
                _REFERENCE,
            )
        )
    matches = tuple(LineMatch(billed[i].index, order_line_id=ordered[o].id) for i, o in sorted(pairs.items()))
    return OrderMatch(tuple(findings), _main_order(orders, matches).id, matches)


def billed_lines(case: Case) -> tuple[BilledLine, ...]:
    """Return the bill's lines with what a unit of each really costs; lines over nothing are left out."""
    figures = {line.index: line for line in case.figures.amount_lines}
    billable = case.lines.lines if case.lines and case.lines.basis in (Basis.NET, Basis.GROSS) else ()
    nets = {line.index: line.net_amount for line in billable if line.index is not None}
    found = []
    for index, line in figures.items():
        net = nets.get(index, line.amount)
        if not net:
            continue
        price = net / line.quantity if line.quantity else line.unit_price
        reference, code = line.order_line_reference, line.item_code
        found.append(BilledLine(index, line.description, code, reference, line.quantity, price, net))
    return tuple(found)


def _named_orders(case: Case) -> tuple[list[PurchaseOrder], list[Finding]]:
    """Pair each reference with the ERP's orders; those found by a variant count only if they are this supplier's."""
    references = order_references(case.extraction)
    stated = case.extraction.value(HeaderField.PURCHASE_ORDER_REFERENCE)
    party = case.match.party
    orders: list[PurchaseOrder] = []
    findings: list[Finding] = []
    for reference in references:
        literal = [o for o in case.facts.orders if code_of(o.number) == code_of(reference)]
        named = {code_of(v) for v in variants(reference)}
        loose = [o for o in case.facts.orders if code_of(o.number) in named and party and o.supplier_id == party.id]
        found = literal or loose
        if party is not None and len(found) > 1:
            found = [o for o in found if o.supplier_id == party.id] or found
        if found:
            orders += [o for o in found[:1] if o not in orders]
        elif stated:
            findings.append(
                block(
                    ReasonCode.PO_NOT_FOUND,
                    f"The ERP has no purchase order {reference}. Correct the number, or ask who ordered this.",
                    _REFERENCE,
                )
            )
    if not orders and not findings and case.policy.require_purchase_order and not _credits_known_invoice(case):
        findings.append(
            block(
                ReasonCode.PO_MISSING,
                "The document names no purchase order, and the policy asks for one. Find it, or who ordered this.",
                _REFERENCE,
            )
        )
    return orders, findings


def _credits_known_invoice(case: Case) -> bool:
    """Say whether this is a credit note for a bill that is booked: then the bill stands for the order."""
    preceding, party = case.extraction.value(HeaderField.PRECEDING_INVOICE_REFERENCE), case.match.party
    return (
        case.is_credit
        and party is not None
        and any(
            bill.number == preceding and bill.supplier_id == party.id and bill.record.type is RecordType.BILL
            for bill in case.facts.bills
        )
    )


def _credited_invoice(case: Case) -> Iterator[Finding]:
    preceding = case.extraction.value(HeaderField.PRECEDING_INVOICE_REFERENCE)
    if case.is_credit and preceding and case.match.party is not None and not _credits_known_invoice(case):
        yield warn(
            ReasonCode.CREDITED_INVOICE_UNKNOWN,
            f"It credits invoice {preceding}, which the ERP does not have of {case.match.party.name}. "
            "Look whether that invoice was booked at all.",
            _PRECEDING,
        )


def _order_findings(case: Case, order: PurchaseOrder) -> Iterator[Finding]:
    """Yield findings on the order as a whole."""
    closed_after_billing = case.is_credit and order.state is OrderState.CLOSED
    if order.state is not OrderState.OPEN and not closed_after_billing:
        state = {OrderState.DRAFT: "not confirmed yet"}.get(order.state, order.state.value)
        yield block(
            ReasonCode.PO_CLOSED, f"Order {order.number} is {state}: nothing may be billed against it.", _REFERENCE
        )
    party = case.match.party
    if party is not None and order.supplier_id != party.id:
        names = {supplier.id: supplier.name for supplier in case.facts.suppliers}
        yield block(
            ReasonCode.PO_OTHER_SUPPLIER,
            f"Order {order.number} was placed with {names.get(order.supplier_id, order.supplier_id)}, "
            f"the bill is {party.name}'s. Correct the number, or ask the supplier.",
            _REFERENCE,
        )
    if case.currency and case.currency != order.currency:
        yield block(
            ReasonCode.CURRENCY_DIFFERS,
            f"The bill is in {case.currency}, order {order.number} in {order.currency}. Ask the supplier.",
            HeaderField.CURRENCY.value,
        )
    issued = case.date_of(HeaderField.ISSUE_DATE)
    if issued and order.order_date and issued < order.order_date:
        yield warn(
            ReasonCode.DATE_IMPLAUSIBLE,
            f"The bill of {issued} is older than order {order.number} of {order.order_date}: it was ordered after the "
            "fact, or is another order's.",
            HeaderField.ISSUE_DATE.value,
        )


def _unmatched(case: Case, lines: Sequence[BilledLine], orders: Sequence[PurchaseOrder]) -> Iterator[Finding]:
    """Yield a finding for each line that no order has: charges up to the policy's limit are only asked about."""
    net = case.totals.net if case.totals else Decimal(0)
    small = sum((abs(line.net_amount) for line in lines if line.is_charge), Decimal(0))
    charges_are_small = small <= max(case.policy.charge.absolute, case.policy.charge.relative * net)
    for line in lines:
        what = f"Line {line.index + 1} ({line.description or 'no description'}, {money(line.net_amount)})"
        field = line_field(line.index, "description")
        if line.is_rounding:
            yield info(ReasonCode.PO_LINE_UNMATCHED, f"{what} only rounds the total.", field)
        elif line.is_charge and charges_are_small:
            make = info if case.policy.accept_charges else warn
            yield make(
                ReasonCode.PO_LINE_UNMATCHED,
                f"{what} is a charge that order {_numbers(orders)} does not name. Was it agreed?",
                field,
            )
        else:
            yield block(
                ReasonCode.PO_LINE_UNMATCHED,
                f"{what} is on no line of order {_numbers(orders)}. Pair it by hand, or ask the supplier.",
                field,
            )


def _price(case: Case, line: BilledLine, ordered: PurchaseOrderLine) -> Iterator[Finding]:
    if line.unit_price is None or case.policy.price.allows(ordered.unit_price, line.unit_price):
        return
    if has_disputed_amount(case, line.index):
        return  # told by the arithmetic; which of its numbers is the price is open
    dearer = line.unit_price > ordered.unit_price
    share = f" ({(line.unit_price / ordered.unit_price - 1) * 100:+.1f} %)" if ordered.unit_price else ""
    make = block if dearer and not case.is_credit else warn
    yield make(
        ReasonCode.PO_PRICE_MISMATCH,
        f"Line {line.index + 1} ({line.description or ordered.description}): {money(line.unit_price)} a unit is "
        f"billed, {money(ordered.unit_price)} was ordered{share}. "
        + ("Approve the price, or ask for a credit note." if dearer else "Check that the unit is the same."),
        line_field(line.index, "unit_price"),
    )


def _quantities(
    case: Case, billed: Sequence[BilledLine], ordered: Sequence[PurchaseOrderLine], pairs: dict[int, int]
) -> Iterator[Finding]:
    """Compare what is billed of each ordered line, over all its billed lines, with what was ordered and received."""
    for o in sorted(set(pairs.values())):
        lines = [billed[i] for i in sorted(pairs) if pairs[i] == o]
        first, order_line = lines[0], ordered[o]
        name = f"Line {first.index + 1} ({first.description or order_line.description})"
        field = line_field(first.index, "quantity")
        if any(line.quantity is None for line in lines):
            yield warn(ReasonCode.FIELD_MISSING, f"{name} has no quantity to compare with the order. Add it.", field)
            continue
        quantity = sum((line.quantity for line in lines if line.quantity is not None), Decimal(0))
        yield from (
            _credited(case, name, field, quantity, order_line)
            if case.is_credit
            else _billed(case, name, field, quantity, order_line)
        )


def _billed(case: Case, name: str, field: str, quantity: Decimal, ordered: PurchaseOrderLine) -> Iterator[Finding]:
    invoiced = f", {plain(ordered.invoiced)} billed before" if ordered.invoiced else ""
    if not _within(case, ordered.quantity, ordered.invoiced + quantity):
        yield block(
            ReasonCode.PO_QUANTITY_EXCEEDED,
            f"{name}: {plain(quantity)} are billed, {plain(ordered.quantity)} were ordered{invoiced}. "
            "Ask for a credit note, or raise the order.",
            field,
        )
    elif (
        case.policy.require_receipt
        and ordered.received is not None
        and not _within(case, ordered.received, ordered.invoiced + quantity)
    ):
        yield block(
            ReasonCode.PO_NOT_RECEIVED,
            f"{name}: {plain(quantity)} are billed, {plain(ordered.received)} of {plain(ordered.quantity)} have been "
            f"received{invoiced}. Book the receipt, or wait for the goods.",
            field,
        )


def _credited(case: Case, name: str, field: str, quantity: Decimal, ordered: PurchaseOrderLine) -> Iterator[Finding]:
    if not _within(case, ordered.invoiced, quantity):
        yield block(
            ReasonCode.PO_QUANTITY_EXCEEDED,
            f"{name}: {plain(quantity)} are credited, {plain(ordered.invoiced)} have been billed. "
            "Look whether the invoice was booked.",
            field,
        )


def _within(case: Case, limit: Decimal, quantity: Decimal) -> bool:
    return quantity <= limit or case.policy.quantity.allows(limit, quantity)


def _main_order(orders: Sequence[PurchaseOrder], matches: Sequence[LineMatch]) -> PurchaseOrder:
    """Return the order that most lines belong to, the first named where none do."""
    matched = [match.order_line_id for match in matches]
    return max(orders, key=lambda order: sum(line.id in matched for line in order.lines))


def _numbers(orders: Sequence[PurchaseOrder]) -> str:
    return " and ".join(order.number for order in orders)
