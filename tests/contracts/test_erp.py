"""What every ERP adapter promises. `memory` is quick; `tryton` is a real server, started once."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.adapters.erp.tryton import TrytonErp
from pipeline.domain.document import SourceFile
from pipeline.domain.entry import SalesOrderEntry, SalesOrderLine
from pipeline.domain.record import OrderState, Party, PurchaseOrder, RecordRef, RecordType
from pipeline.errors import AnswerLost, Rejected
from pipeline.ports import Erp
from tests.adapters.erp.books import COMPANY, ISSUED, bill, line, running_tryton
from tests.adapters.erp.faulty import FaultyErp, LosingTransport


@dataclass
class Books:
    """An ERP under test. `lossy` is the same one behind a connection that loses the reply to its last write."""

    erp: Erp
    lossy: Callable[[], Erp]
    orders: Iterator[str]

    def order(self) -> PurchaseOrder:
        """Return an order that no other test bills: 40 paper, 100 binders, 3 hours, at home."""
        (found,) = self.erp.purchase_orders(next(self.orders))
        return found

    def supplier(self, name: str = "Papirhuset Nord A/S") -> Party:
        return _named(self.erp.suppliers(), name)


def _named(parties: Sequence[Party], name: str) -> Party:
    (found,) = (party for party in parties if party.name == name)
    return found


@pytest.fixture(scope="module", params=["memory", pytest.param("tryton", marks=pytest.mark.slow)])
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    numbers = (order.number for order in COMPANY.orders if order.supplier == "S1" and order.state == "open")
    if request.param == "memory":
        memory = MemoryErp.of(COMPANY)
        yield Books(memory, lambda: FaultyErp(memory, AnswerLost("the connection was cut")), numbers)
        return
    with running_tryton(tmp_path_factory.mktemp("tryton")) as server:

        def lossy() -> Erp:
            transport = LosingTransport()
            transport.lose = ["model.account.invoice.post", "model.sale.sale.quote"]
            return TrytonErp(server.url, server.database, server.user, server.password, transport=transport)

        erp = TrytonErp(server.url, server.database, server.user, server.password)
        yield Books(erp, lossy, numbers)
        erp.close()


def test_master_data_is_complete(books: Books) -> None:
    erp = books.erp
    us = erp.company()

    assert (us.name, us.vat_ids, us.registration_id) == ("Nordlys Kontor ApS", ("DK10150817",), "10150817")
    assert us.currency == "EUR"
    assert {party.name for party in erp.suppliers()} == {party.name for party in COMPANY.suppliers}
    assert {party.name for party in erp.customers()} == {party.name for party in COMPANY.customers}
    for demo in COMPANY.suppliers:
        party = _named(erp.suppliers(), demo.name)
        assert party.vat_ids == (demo.vat_id,)
        assert party.ibans == ((demo.iban,) if demo.iban else ())
        assert (party.emails, party.country) == ((demo.email,), demo.country)
    assert {(p.code, p.name, p.unit_price, p.unit) for p in erp.products()} == {
        (p.code, p.name, p.list_price, p.unit) for p in COMPANY.products
    }


@pytest.mark.parametrize("number", ["Q-0014", "q-0014", " Q - 00 14 "])
def test_an_order_is_found_without_regard_to_blanks_and_case(books: Books, number: str) -> None:
    (order,) = books.erp.purchase_orders(number)

    assert (order.number, order.state, order.currency) == ("Q-0014", OrderState.OPEN, "EUR")
    assert order.supplier_id == books.supplier().id
    assert [(p.item_code, p.quantity, p.unit_price, p.received, p.invoiced) for p in order.lines] == [
        ("PAP-A4-80", Decimal(40), Decimal("18.50"), Decimal(40), Decimal(0)),
        ("BND-A4-8", Decimal(100), Decimal("2.35"), Decimal(60), Decimal(0)),
        ("SRV-MNT-H", Decimal(3), Decimal(75), None, Decimal(0)),
    ]
    assert [p.description for p in order.lines][:1] == ["Copy paper A4 80 g, box of 5 reams"]


@pytest.mark.parametrize("number", ["Q-00", "Q-00145", "", "  ", "%", "Q_0014", "\\"])
def test_other_numbers_find_no_order(books: Books, number: str) -> None:
    assert list(books.erp.purchase_orders(number)) == []


@pytest.mark.parametrize(("number", "state"), [("Q-0060", OrderState.CANCELLED), ("Q-9001", OrderState.DRAFT)])
def test_an_order_tells_its_state(books: Books, number: str, state: OrderState) -> None:
    (order,) = books.erp.purchase_orders(number)

    assert order.state is state


def test_a_bill_is_read_back_as_it_was_posted(books: Books) -> None:
    order = books.order()
    paper, binders, _ = order.lines
    entry = bill(
        "read-back:1-1",
        order.supplier_id,
        "F-100",
        line("Kopipapir A4", "40", "18.50", order_line=paper.id),
        line("Ringbind", "60", "2.35", order_line=binders.id),
        line("Fragt", "1", "45.00"),
    )

    record = books.erp.post(entry)
    booked = books.erp.read(record)

    assert record.type is RecordType.BILL
    assert record.number
    assert booked.ref == record
    assert (booked.key, booked.party_id, booked.reference) == (entry.key, entry.supplier_id, "F-100")
    assert (booked.issue_date, booked.due_date, booked.currency) == (entry.issue_date, entry.due_date, "EUR")
    assert (booked.net_total, booked.tax_total, booked.gross_total) == (
        entry.net_total,
        entry.tax_total,
        entry.gross_total,
    )
    assert [(p.description, p.quantity, p.unit_price, p.net_amount, p.order_line_id) for p in booked.lines] == [
        (p.description, p.quantity, p.unit_price, p.net_amount, p.order_line_id) for p in entry.lines
    ]
    assert not booked.cancelled
    assert books.erp.find(entry.key) == record
    assert list(books.erp.bills(order.supplier_id, " f-100 ")) == [record]
    assert [p.invoiced for p in books.erp.purchase_orders(order.number)[0].lines] == [40, 60, 0]


def test_the_same_key_is_booked_once(books: Books) -> None:
    entry = bill("once:1-1", books.supplier().id, "F-101", line("Papir", "1", "100"))

    first = books.erp.post(entry)

    assert books.erp.post(entry) == first
    assert books.erp.post(replace(entry, number="F-101 B")) == first
    assert len(books.erp.bills(entry.supplier_id, "F-101")) == 1
    assert books.erp.find("once:1-12") is None
    assert books.erp.find("once:1-") is None


def test_threads_that_post_the_same_document_book_it_once(books: Books) -> None:
    entry = bill("threads:1-1", books.supplier().id, "F-102", line("Papir", "1", "100"))

    with ThreadPoolExecutor(4) as pool:
        records = set(pool.map(lambda _: books.erp.post(entry), range(4)))

    assert len(records) == 1
    assert len(books.erp.bills(entry.supplier_id, "F-102")) == 1


def test_bills_posted_at_once_have_numbers_of_their_own(books: Books) -> None:
    supplier = books.supplier().id
    entries = [bill(f"at-once-{i}:1-1", supplier, f"AO-{i}", line("Papir", "1", "100")) for i in range(4)]

    with ThreadPoolExecutor(4) as pool:
        records = list(pool.map(books.erp.post, entries))

    assert len({record.number for record in records}) == 4


def test_partial_bills_leave_the_rest_open(books: Books) -> None:
    order = books.order()
    paper = order.lines[0].id

    def part(number: str, quantity: str) -> RecordRef:
        entry = bill(f"{number}:1-1", order.supplier_id, number, line("Papir", quantity, "18.50", order_line=paper))
        return books.erp.post(entry)

    part("P-1", "15")
    assert books.erp.purchase_orders(order.number)[0].lines[0].invoiced == 15
    part("P-2", "25")
    assert books.erp.purchase_orders(order.number)[0].lines[0].invoiced == 40
    with pytest.raises(Rejected) as refused:
        part("P-3", "1")
    assert refused.value.vendor_code == "over_billed"


def test_several_lines_may_bill_one_order_line(books: Books) -> None:
    order = books.order()
    paper = order.lines[0].id
    lines = [line(f"Levering {n}", "10", "18.50", order_line=paper) for n in (1, 2)]

    booked = books.erp.read(books.erp.post(bill("split:1-1", order.supplier_id, "F-103", *lines)))

    assert [(p.quantity, p.order_line_id) for p in booked.lines] == [(Decimal(10), paper)] * 2
    assert books.erp.purchase_orders(order.number)[0].lines[0].invoiced == 20


@pytest.mark.parametrize(
    ("code", "price", "changes"),
    [
        ("totals_differ", "18.50", {"net_total": Decimal("700.00"), "gross_total": Decimal("885.00")}),
        ("totals_differ", "18.50", {"tax_total": Decimal("100.00"), "gross_total": Decimal("840.00")}),
        ("totals_differ", "18.50", {"gross_total": Decimal("925.01")}),
    ],
)
def test_a_refused_bill_leaves_nothing_behind(books: Books, code: str, price: str, changes: dict[str, Decimal]) -> None:
    (order,) = books.erp.purchase_orders("Q-0013")
    entry = bill("refused:1-1", order.supplier_id, "F-104", line("Papir", "40", price, order_line=order.lines[0].id))

    with pytest.raises(Rejected) as refused:
        books.erp.post(replace(entry, **changes))  # type: ignore[arg-type]

    assert refused.value.vendor_code == code
    assert books.erp.find(entry.key) is None
    assert list(books.erp.bills(order.supplier_id, "F-104")) == []
    assert books.erp.purchase_orders(order.number)[0] == order


def test_the_same_number_twice_is_refused_as_a_duplicate(books: Books) -> None:
    entry = bill("number:1-1", books.supplier().id, "F-105", line("Papir", "1", "100"))
    first = books.erp.post(entry)

    with pytest.raises(Rejected) as refused:
        books.erp.post(replace(entry, key="number:other"))

    assert refused.value.vendor_code == "duplicate"
    assert books.erp.find("number:other") is None
    assert list(books.erp.bills(entry.supplier_id, "F-105")) == [first]


def test_a_number_may_come_again_after_long(books: Books) -> None:
    entry = bill("yearly:2026", books.supplier().id, "F-1", line("Abonnement", "1", "100"))
    earlier = replace(entry, key="yearly:2025", issue_date=ISSUED - timedelta(days=365))

    assert books.erp.post(earlier) != books.erp.post(entry)


def test_a_cancelled_bill_can_be_booked_again(books: Books) -> None:
    order = books.order()
    paper = order.lines[0].id
    entry = bill("cancel:1-1", order.supplier_id, "F-106", line("Papir", "40", "18.50", order_line=paper))
    first = books.erp.post(entry)

    books.erp.cancel(first)
    books.erp.cancel(first)

    assert books.erp.read(first).cancelled
    assert books.erp.find(entry.key) is None
    assert list(books.erp.bills(order.supplier_id, "F-106")) == []
    assert books.erp.purchase_orders(order.number)[0].lines[0].invoiced == 0
    second = books.erp.post(entry)
    assert second.id != first.id
    assert books.erp.find(entry.key) == second
    assert books.erp.purchase_orders(order.number)[0].lines[0].invoiced == 40


def test_a_credit_note_has_positive_amounts_and_keeps_its_order_line(books: Books) -> None:
    order = books.order()
    paper = order.lines[0].id
    sold = line("Papir", "40", "18.50", order_line=paper)
    books.erp.post(bill("sold:1-1", order.supplier_id, "F-107", sold))
    entry = bill(
        "credited:1-1",
        order.supplier_id,
        "K-107",
        line("Papir, beskadiget", "4", "18.50", order_line=paper),
        kind=RecordType.CREDIT_NOTE,
    )

    record = books.erp.post(entry)
    booked = books.erp.read(record)

    assert record.type is RecordType.CREDIT_NOTE
    assert (booked.net_total, booked.tax_total, booked.gross_total) == (
        Decimal("74.00"),
        Decimal("18.50"),
        Decimal("92.50"),
    )
    assert [(p.quantity, p.unit_price, p.net_amount, p.order_line_id) for p in booked.lines] == [
        (Decimal(4), Decimal("18.50"), Decimal("74.00"), paper)
    ]
    assert books.erp.find(entry.key) == record
    assert list(books.erp.bills(order.supplier_id, "K-107")) == [record]
    assert books.erp.post(entry) == record
    books.erp.cancel(record)
    assert books.erp.find(entry.key) is None


def test_rates_are_taken_from_the_document(books: Books) -> None:
    lines = (line("A", "1", "100"), line("B", "1", "50", rate="7"), line("C", "2", "10", rate="0"))
    entry = bill("rates:1-1", books.supplier().id, "F-108", *lines)

    booked = books.erp.read(books.erp.post(entry))

    assert (booked.net_total, booked.tax_total) == (Decimal(170), Decimal("28.50"))


def test_a_rate_unlike_the_products_usual_one_is_booked(books: Books) -> None:
    order = books.order()
    entry = bill(
        "unusual:1-1",
        order.supplier_id,
        "F-109",
        line("Papir", "2", "18.50", rate="7", order_line=order.lines[0].id),
    )

    booked = books.erp.read(books.erp.post(entry))

    assert (booked.net_total, booked.tax_total) == (Decimal(37), Decimal("2.59"))


def test_without_a_rate_the_products_usual_one_holds(books: Books) -> None:
    order = books.order()
    ordered = line("Papir", "2", "18.50", rate=None, order_line=order.lines[0].id)
    known = line("Ringbind", "10", "2.35", rate=None, item_code="BND-A4-8")

    booked = books.erp.read(
        books.erp.post(bill("norate:1-1", order.supplier_id, "F-110", ordered, known, tax_total="15.13"))
    )

    assert (booked.net_total, booked.tax_total) == (Decimal("60.50"), Decimal("15.13"))


def test_a_rate_that_the_books_do_not_have_is_refused(books: Books) -> None:
    with pytest.raises(Rejected) as refused:
        books.erp.post(bill("rate:1-1", books.supplier().id, "F-111", line("A", "1", "100", rate="12")))

    assert refused.value.vendor_code == "tax_unknown"
    assert books.erp.find("rate:1-1") is None


@pytest.mark.parametrize("tax", ["8.31", "8.33", "8.37"])
def test_tax_is_booked_as_printed_where_only_rounding_differs(books: Books, tax: str) -> None:
    entry = bill(f"rounded {tax}:1-1", books.supplier().id, f"F-112-{tax}", line("A", "1", "33.30"), tax_total=tax)

    booked = books.erp.read(books.erp.post(entry))

    assert (booked.tax_total, booked.gross_total) == (Decimal(tax), Decimal("33.30") + Decimal(tax))


def test_a_discount_goes_into_the_price(books: Books) -> None:
    order = books.order()
    discounted = line("Papir, 10 % rabat", "7", "18.50", "116.55", order_line=order.lines[0].id)

    booked = books.erp.read(books.erp.post(bill("discount:1-1", order.supplier_id, "F-113", discounted)))

    assert booked.lines[0].unit_price == Decimal("16.65")
    assert (booked.lines[0].net_amount, booked.net_total) == (Decimal("116.55"), Decimal("116.55"))


def test_a_price_with_too_many_decimals_still_comes_to_the_net_amount(books: Books) -> None:
    entry = bill("digits:1-1", books.supplier().id, "F-114", line("Skruer", "30000", "0.0333333", "1000.00"))

    booked = books.erp.read(books.erp.post(entry))

    assert booked.net_total == Decimal("1000.00")
    assert sum(p.net_amount for p in booked.lines) == Decimal("1000.00")


def test_a_net_total_that_is_rounded_otherwise_is_booked_as_printed(books: Books) -> None:
    lines = (line("A", "1", "10.01"), line("B", "1", "10.01"))
    entry = bill("net:1-1", books.supplier().id, "F-115", *lines, net_total="20.03", tax_total="5.01")

    booked = books.erp.read(books.erp.post(entry))

    assert (booked.net_total, booked.tax_total, booked.gross_total) == (
        entry.net_total,
        Decimal("5.01"),
        Decimal("25.04"),
    )


def test_a_deduction_is_a_line_with_a_negative_price(books: Books) -> None:
    lines = (line("Papir", "10", "18.50"), line("Rabat", "1", "-18.50"))

    booked = books.erp.read(books.erp.post(bill("deduction:1-1", books.supplier().id, "F-116", *lines)))

    assert [p.net_amount for p in booked.lines] == [Decimal("185.00"), Decimal("-18.50")]
    assert booked.gross_total == Decimal("208.12")


@pytest.mark.parametrize(
    ("number", "supplier", "code"),
    [
        ("Q-0060", "Papirhuset Nord A/S", "order_closed"),
        ("Q-9001", "Papirhuset Nord A/S", "order_closed"),
        ("Q-0050", "Papirhuset Nord A/S", "other_supplier"),
    ],
)
def test_orders_that_cannot_be_billed_are_refused(books: Books, number: str, supplier: str, code: str) -> None:
    (order,) = books.erp.purchase_orders(number)
    ordered = line("Papir", "1", "18.50", order_line=order.lines[0].id)

    with pytest.raises(Rejected) as refused:
        books.erp.post(bill(f"{number}:1-1", books.supplier(supplier).id, f"F-{number}", ordered))

    assert refused.value.vendor_code == code


def test_a_foreign_supplier_bills_at_home_rates_or_its_own(books: Books) -> None:
    (order,) = books.erp.purchase_orders("Q-0050")
    ordered = line("Papier", "40", "18.50", rate="19", order_line=order.lines[0].id)

    booked = books.erp.read(books.erp.post(bill("abroad:1-1", order.supplier_id, "RE-1", ordered)))

    assert (booked.tax_total, booked.warnings) == (Decimal("140.60"), ())


def test_an_original_is_attached_once(books: Books) -> None:
    record = books.erp.post(bill("attach:1-1", books.supplier().id, "F-117", line("A", "1", "100")))
    original = SourceFile("faktura æøå.pdf", "application/pdf", bytes(range(256)) * 40)

    books.erp.attach(record, original)
    books.erp.attach(record, original)
    books.erp.attach(record, replace(original, name="other.pdf"))
    books.erp.attach(record, replace(original, content=b"%PDF-1.7"))

    assert books.erp.read(record).attachments == ("faktura æøå.pdf", "other.pdf", "faktura æøå.pdf")


def _customer_order(books: Books, key: str, reference: str) -> SalesOrderEntry:
    products = {product.code: product.id for product in books.erp.products()}
    return SalesOrderEntry(
        key=key,
        customer_id=_named(books.erp.customers(), "Skovgaard Arkitekter ApS").id,
        reference=reference,
        order_date=ISSUED,
        currency="EUR",
        lines=(
            SalesOrderLine(products["PAP-A4-80"], "Kopipapir", Decimal(5)),
            SalesOrderLine(products["LMP-LED-7"], "Lampe", Decimal(2), Decimal("35.00")),
        ),
        delivery_date=date(2026, 12, 1),
        note="Leveres ved bagindgangen",
    )


def test_a_customers_order_becomes_a_sales_order(books: Books) -> None:
    entry = _customer_order(books, "sale:1-1", "4500-17")

    record = books.erp.post(entry)
    booked = books.erp.read(record)

    assert record.type is RecordType.SALES_ORDER
    assert record.number
    assert (booked.key, booked.party_id, booked.reference) == (entry.key, entry.customer_id, "4500-17")
    assert (booked.issue_date, booked.currency, booked.net_total) == (ISSUED, "EUR", Decimal("190.00"))
    assert [(p.description, p.quantity, p.unit_price, p.net_amount) for p in booked.lines] == [
        ("Kopipapir", Decimal(5), Decimal("24.00"), Decimal("120.00")),
        ("Lampe", Decimal(2), Decimal("35.00"), Decimal("70.00")),
    ]
    assert books.erp.find(entry.key) == record
    assert books.erp.post(entry) == record


def test_a_customers_number_is_taken_once(books: Books) -> None:
    first = books.erp.post(_customer_order(books, "sale:2-1", "4500-18"))

    with pytest.raises(Rejected) as refused:
        books.erp.post(_customer_order(books, "sale:2-2", "4500-18"))

    assert refused.value.vendor_code == "duplicate"
    books.erp.cancel(first)
    books.erp.cancel(first)
    assert books.erp.read(first).cancelled
    assert books.erp.find("sale:2-1") is None
    assert books.erp.post(_customer_order(books, "sale:2-2", "4500-18")).id != first.id


@pytest.mark.parametrize("kind", list(RecordType))
def test_an_unknown_record_is_refused(books: Books, kind: RecordType) -> None:
    record = RecordRef(kind, "999999")

    for act in (books.erp.read, books.erp.cancel):
        with pytest.raises(Rejected) as refused:
            act(record)
        assert refused.value.vendor_code == "not_found"


def test_a_lost_reply_books_once(books: Books) -> None:
    """The ERP has booked, the reply is cut: unknown, not failed. Asking again by the key tells, and posting is safe."""
    order = books.order()
    paper = order.lines[0].id
    entry = bill("lost:1-1", order.supplier_id, "F-118", line("Papir", "40", "18.50", order_line=paper))

    with pytest.raises(AnswerLost):
        books.lossy().post(entry)

    found = books.erp.find(entry.key)
    assert found is not None
    assert books.erp.post(entry) == found
    assert list(books.erp.bills(order.supplier_id, "F-118")) == [found]
    assert books.erp.purchase_orders(order.number)[0].lines[0].invoiced == 40
    assert books.erp.read(found).gross_total == entry.gross_total


def test_a_lost_reply_makes_one_sales_order(books: Books) -> None:
    entry = _customer_order(books, "sale:lost", "4500-19")

    with pytest.raises(AnswerLost):
        books.lossy().post(entry)

    found = books.erp.find(entry.key)
    assert found is not None
    assert books.erp.post(entry) == found
