"""An ERP in memory that keeps the same rules as a real one: for tests, trials and dry runs. Nothing outlives it."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Self

from pipeline.adapters.erp.memory_company import CompanyData, as_customer, as_order, as_product, as_supplier, as_us
from pipeline.adapters.erp.pricing import NET_TOLERANCE, TAX_TOLERANCE, in_cents, priced
from pipeline.domain.document import SourceFile
from pipeline.domain.entry import BillEntry, BillLine, Entry, SalesOrderEntry
from pipeline.domain.record import (
    BookedLine,
    BookedRecord,
    OrderState,
    Party,
    Product,
    PurchaseOrder,
    PurchaseOrderLine,
    RecordRef,
    RecordType,
)
from pipeline.errors import Rejected

_PRICE_STEP = Decimal("0.0001")
_SIMILAR_WITHIN = timedelta(days=60)
_PAYMENT_TERM = timedelta(days=30)
_PREFIXES = {RecordType.BILL: "B", RecordType.CREDIT_NOTE: "C", RecordType.SALES_ORDER: "SO"}


@dataclass
class _Kept:
    """A booked record and the originals kept with it."""

    booked: BookedRecord
    files: list[tuple[str, str]] = field(default_factory=list)


class MemoryErp:
    """Books in memory, safe to share between threads.

    Tax rates are in percent; a customer's order is taxed at the highest.
    """

    name = "memory"

    def __init__(
        self,
        company: Party,
        *,
        suppliers: Iterable[Party] = (),
        customers: Iterable[Party] = (),
        products: Iterable[Product] = (),
        orders: Iterable[PurchaseOrder] = (),
        tax_rates: Iterable[Decimal] = (Decimal(0),),
    ) -> None:
        self._company = company
        self._suppliers = {party.id: party for party in suppliers}
        self._customers = {party.id: party for party in customers}
        self._products = {product.id: product for product in products}
        self._orders = {order.id: order for order in orders}
        self._tax_rates = frozenset(tax_rates)
        self._kept: dict[tuple[RecordType, str], _Kept] = {}
        self._lock = threading.RLock()

    @classmethod
    def of(cls, company: CompanyData) -> Self:
        """Return the books of a company: its parties, products, orders and VAT rates; nothing is billed yet."""
        return cls(
            as_us(company),
            suppliers=map(as_supplier, company.suppliers),
            customers=map(as_customer, company.customers),
            products=map(as_product, company.products),
            orders=[as_order(order, company) for order in company.orders],
            tax_rates=company.purchase_tax_rates,
        )

    def suppliers(self) -> Sequence[Party]:
        """Return every active supplier."""
        return tuple(self._suppliers.values())

    def customers(self) -> Sequence[Party]:
        """Return every active customer."""
        return tuple(self._customers.values())

    def company(self) -> Party:
        """Return ourselves."""
        return self._company

    def products(self) -> Sequence[Product]:
        """Return every product that can be sold."""
        return tuple(self._products.values())

    def purchase_orders(self, number: str) -> Sequence[PurchaseOrder]:
        """Return our purchase orders with this number, with what is billed by now."""
        wanted = _folded(number)
        with self._lock:
            return tuple(
                replace(order, lines=tuple(replace(line, invoiced=self._invoiced(line.id)) for line in order.lines))
                for order in self._orders.values()
                if wanted and _folded(order.number) == wanted
            )

    def bills(self, supplier_id: str, number: str) -> Sequence[RecordRef]:
        """Return the bills and credit notes, not cancelled, that carry this supplier's document number."""
        wanted = number.strip().casefold()
        return tuple(
            booked.ref
            for booked in self._live()
            if booked.ref.type is not RecordType.SALES_ORDER
            and booked.party_id == supplier_id
            and booked.reference.casefold() == wanted
        )

    def find(self, key: str) -> RecordRef | None:
        """Return the record made from the document with this key (not cancelled), or None."""
        return next((booked.ref for booked in self._live() if booked.key == key), None)

    def post(self, entry: Entry) -> RecordRef:
        """Book an entry, or return the record its key already has. Raises `Rejected` by the rules of `TrytonErp`."""
        with self._lock:
            if found := self.find(entry.key):
                return found
            booked = self._bill(entry) if isinstance(entry, BillEntry) else self._sales_order(entry)
            self._kept[booked.ref.type, booked.ref.id] = _Kept(booked)
            return booked.ref

    def attach(self, record: RecordRef, file: SourceFile) -> None:
        """Keep the original with the record; the same name and content is kept once."""
        with self._lock:
            files = self._of(record).files
            if (file.name, file.sha256) not in files:
                files.append((file.name, file.sha256))

    def read(self, record: RecordRef) -> BookedRecord:
        """Read a record back as it now stands."""
        with self._lock:
            kept = self._of(record)
            return replace(kept.booked, attachments=tuple(name for name, _ in kept.files))

    def cancel(self, record: RecordRef) -> None:
        """Roll a record back; what it billed of an order can be billed again."""
        with self._lock:
            kept = self._of(record)
            kept.booked = replace(kept.booked, cancelled=True)

    def _bill(self, entry: BillEntry) -> BookedRecord:
        if entry.supplier_id not in self._suppliers:
            raise Rejected(f"There is no supplier with the id {entry.supplier_id}.", vendor_code="not_found")
        credit = entry.type is RecordType.CREDIT_NOTE
        self._check_orders(entry)
        self._check_similar(entry)
        lines = [self._bill_line(line, credit=credit) for line in entry.lines]
        net = sum((line.net_amount for line in lines), Decimal(0))
        slack = sum((priced(line, _PRICE_STEP).slack for line in entry.lines), NET_TOLERANCE)
        difference = entry.net_total - net
        if difference:
            if abs(difference) > slack or not lines:
                raise _differs("net", entry.net_total, net)
            lines.append(BookedLine("Rounding", Decimal(1), difference, difference))
        tax = self._tax(entry, difference)
        if abs(entry.tax_total - tax) > TAX_TOLERANCE or (entry.tax_total and not tax):
            raise _differs("tax", entry.tax_total, tax)
        if entry.net_total + entry.tax_total != entry.gross_total:
            raise _differs("gross", entry.gross_total, entry.net_total + entry.tax_total)
        return BookedRecord(
            ref=self._next_ref(entry.type),
            key=entry.key,
            party_id=entry.supplier_id,
            reference=entry.number,
            issue_date=entry.issue_date,
            currency=entry.currency,
            net_total=entry.net_total,
            tax_total=entry.tax_total,
            gross_total=entry.gross_total,
            lines=tuple(lines),
            due_date=entry.due_date or entry.issue_date + _PAYMENT_TERM,
        )

    def _bill_line(self, line: BillLine, *, credit: bool) -> BookedLine:
        form = priced(line, _PRICE_STEP)
        order_line = line.order_line_id
        if credit and order_line and not self._invoiced(order_line):
            order_line = None
        return BookedLine(line.description, form.quantity, form.price, form.net_amount, order_line)

    def _check_orders(self, entry: BillEntry) -> None:
        """Refuse unknown order lines, another supplier's order, one that is not open, and more than was ordered."""
        wanted: dict[str, Decimal] = {}
        for line in entry.lines:
            if line.order_line_id:
                wanted[line.order_line_id] = wanted.get(line.order_line_id, Decimal(0)) + line.quantity
        for line_id, quantity in wanted.items():
            order, order_line = self._order_line(line_id)
            if entry.type is RecordType.CREDIT_NOTE:
                continue
            if order.supplier_id != entry.supplier_id:
                raise Rejected(f"Order {order.number} is another supplier's.", vendor_code="other_supplier")
            if order.state is not OrderState.OPEN:
                raise Rejected(f"Order {order.number} is {order.state.value}.", vendor_code="order_closed")
            left = order_line.quantity - self._invoiced(line_id)
            if quantity > left:
                raise Rejected(
                    f"The bill asks for {quantity:f} of a line of order {order.number}; {left:f} are left to bill.",
                    vendor_code="over_billed",
                )

    def _check_similar(self, entry: BillEntry) -> None:
        for booked in self._live():
            if (
                booked.ref.type is not RecordType.SALES_ORDER
                and (booked.party_id, booked.reference) == (entry.supplier_id, entry.number)
                and booked.issue_date is not None
                and abs(booked.issue_date - entry.issue_date) <= _SIMILAR_WITHIN
            ):
                raise Rejected(f"{booked.ref.number} has the number {entry.number} too.", vendor_code="duplicate")

    def _tax(self, entry: BillEntry, rounding: Decimal) -> Decimal:
        """Return the tax; a rounding line is taxed as the largest line is."""
        by_rate: dict[Decimal, Decimal] = {}
        for line in entry.lines:
            rate = self._rate(line, entry.supplier_id)
            by_rate[rate] = by_rate.get(rate, Decimal(0)) + priced(line, _PRICE_STEP).net_amount
        if by_rate:
            largest = max(entry.lines, key=lambda line: abs(line.net_amount))
            by_rate[self._rate(largest, entry.supplier_id)] += rounding
        taxes = (
            (base * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_EVEN) for rate, base in sorted(by_rate.items())
        )
        return sum(taxes, Decimal(0))

    def _rate(self, line: BillLine, supplier_id: str) -> Decimal:
        """Return the line's rate; where the document states none, the usual one of an ordered or known product."""
        if line.tax_rate is not None:
            if line.tax_rate not in self._tax_rates and line.tax_rate:
                raise Rejected(f"There is no purchase tax of {line.tax_rate:f} %.", vendor_code="tax_unknown")
            return line.tax_rate
        known = line.order_line_id or any(product.code == line.item_code for product in self._products.values())
        domestic = self._suppliers[supplier_id].country == self._company.country
        return max(self._tax_rates) if known and domestic else Decimal(0)

    def _sales_order(self, entry: SalesOrderEntry) -> BookedRecord:
        if entry.customer_id not in self._customers:
            raise Rejected(f"There is no customer with the id {entry.customer_id}.", vendor_code="not_found")
        same = (
            booked
            for booked in self._live()
            if booked.ref.type is RecordType.SALES_ORDER
            and booked.party_id == entry.customer_id
            and booked.reference.casefold() == entry.reference.strip().casefold()
        )
        if entry.reference.strip() and (found := next(same, None)):
            raise Rejected(f"{found.ref.number} has the number {entry.reference} too.", vendor_code="duplicate")
        lines: list[BookedLine] = []
        for line in entry.lines:
            product = self._products.get(line.product_id)
            if product is None:
                raise Rejected(f"There is no product with the id {line.product_id}.", vendor_code="not_found")
            price = product.unit_price if line.unit_price is None else line.unit_price
            if price is None:
                raise Rejected(f"{product.name} has no list price.", vendor_code="price_missing")
            lines.append(BookedLine(line.description, line.quantity, price, in_cents(line.quantity * price)))
        net = sum((line.net_amount for line in lines), Decimal(0))
        tax = (net * max(self._tax_rates) / 100).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        return BookedRecord(
            ref=self._next_ref(RecordType.SALES_ORDER),
            key=entry.key,
            party_id=entry.customer_id,
            reference=entry.reference,
            issue_date=entry.order_date,
            currency=entry.currency,
            net_total=net,
            tax_total=tax,
            gross_total=net + tax,
            lines=tuple(lines),
        )

    def _order_line(self, line_id: str) -> tuple[PurchaseOrder, PurchaseOrderLine]:
        for order in self._orders.values():
            for line in order.lines:
                if line.id == line_id:
                    return order, line
        raise Rejected(f"There is no order line with the id {line_id}.", vendor_code="not_found")

    def _invoiced(self, order_line_id: str) -> Decimal:
        """Return what bills, not credit notes, have taken of an order line."""
        _, ordered = self._order_line(order_line_id)
        bills = (booked for booked in self._live() if booked.ref.type is RecordType.BILL)
        lines = (line.quantity for booked in bills for line in booked.lines if line.order_line_id == order_line_id)
        return sum(lines, ordered.invoiced)

    def _live(self) -> Sequence[BookedRecord]:
        with self._lock:
            return [kept.booked for kept in self._kept.values() if not kept.booked.cancelled]

    def _of(self, record: RecordRef) -> _Kept:
        kept = self._kept.get((record.type, record.id))
        if kept is None:
            raise Rejected(f"There is no {record.type.value} with the id {record.id}.", vendor_code="not_found")
        return kept

    def _next_ref(self, kind: RecordType) -> RecordRef:
        number = len(self._kept) + 1
        return RecordRef(kind, str(number), f"{_PREFIXES[kind]}-{number:04}")


def _differs(what: str, stated: Decimal, computed: Decimal) -> Rejected:
    return Rejected(
        f"The {what} total comes to {computed:f}, the document says {stated:f}.", vendor_code="totals_differ"
    )


def _folded(number: str) -> str:
    return "".join(number.split()).casefold()
