"""Asks the ERP everything that the checks of one document need; the only module of this step with an effect."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.domain.extraction import Extraction
from pipeline.domain.policy import Policy
from pipeline.domain.record import Party, PurchaseOrder, RecordRef, RecordType
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.ports import Erp
from pipeline.validate.facts import EarlierDocument, ErpFacts, KnownBill, SenderFacts
from pipeline.validate.matching.names import code_of
from pipeline.validate.matching.party_match import match_supplier
from pipeline.validate.matching.references import order_references, variants


def gather(
    extraction: Extraction,
    erp: Erp,
    policy: Policy,
    *,
    sender: SenderFacts | None = None,
    earlier: Sequence[EarlierDocument] = (),
) -> ErpFacts:
    """Return the facts for one document. `earlier` are the store's documents that might be the same one.

    Raises what the port raises: `pipeline.errors.PortError`.
    """
    company = erp.company()
    own_record = erp.find(extraction.key)
    if extraction.kind.value is Kind.PURCHASE_ORDER:
        return ErpFacts(
            company,
            customers=tuple(erp.customers()),
            products=tuple(erp.products()),
            own_record=own_record,
            earlier=tuple(earlier),
            sender=sender,
        )
    suppliers = tuple(erp.suppliers())
    match = match_supplier(extraction, suppliers, company, policy)
    candidates = tuple(p for p in (match.party, *match.rivals) if p is not None)[:3]
    return ErpFacts(
        company,
        suppliers=suppliers,
        orders=_before_booking(_orders(extraction, erp), own_record, erp),
        bills=_bills(extraction, erp, candidates),
        own_record=own_record,
        earlier=tuple(earlier),
        sender=sender,
    )


def _orders(extraction: Extraction, erp: Erp) -> tuple[PurchaseOrder, ...]:
    """Look every reference up literally first, and by its variants only where that finds nothing."""
    found: dict[str, PurchaseOrder] = {}
    for reference in order_references(extraction):
        for variant in variants(reference):
            orders = erp.purchase_orders(variant)
            found |= {order.id: order for order in orders}
            if orders:
                break
    return tuple(found.values())


def _bills(extraction: Extraction, erp: Erp, suppliers: Sequence[Party]) -> tuple[KnownBill, ...]:
    numbers = (
        extraction.value(HeaderField.INVOICE_NUMBER),
        extraction.value(HeaderField.PRECEDING_INVOICE_REFERENCE),
    )
    asked = dict.fromkeys((s.id, number) for s in suppliers for number in numbers if number and code_of(number))
    return tuple(
        KnownBill(supplier_id, number, record)
        for supplier_id, number in asked
        for record in erp.bills(supplier_id, number)
    )


def _before_booking(orders: Sequence[PurchaseOrder], own: RecordRef | None, erp: Erp) -> tuple[PurchaseOrder, ...]:
    """Return the orders as they were before this very document was booked.

    It is booked already where an answer was lost: what it took of an order itself is not billed before.
    """
    if own is None or own.type is not RecordType.BILL:
        return tuple(orders)
    taken: defaultdict[str | None, Decimal] = defaultdict(Decimal)
    for line in erp.read(own).lines:
        taken[line.order_line_id] += line.quantity
    return tuple(
        replace(order, lines=tuple(replace(x, invoiced=x.invoiced - taken[x.id]) for x in order.lines))
        for order in orders
    )
