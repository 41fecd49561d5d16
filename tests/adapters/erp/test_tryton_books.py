"""What only the real Tryton can show: its ledger, its warnings, its own expectations of an order, and its crashes."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from pipeline.adapters.erp.tryton import ACCEPTED_WARNINGS, TrytonErp
from pipeline.adapters.erp.tryton_rpc import TrytonRpc
from pipeline.demo.tryton import TrytonServer
from pipeline.domain.entry import SalesOrderEntry, SalesOrderLine
from pipeline.domain.record import PurchaseOrder, RecordRef, RecordType
from pipeline.errors import AnswerLost, AuthenticationFailed, PortError, Rejected, Unavailable
from tests.adapters.erp.books import ISSUED, bill, line
from tests.adapters.erp.faulty import LosingTransport

pytestmark = pytest.mark.slow
WRITES = (
    "model.account.invoice.create",
    "model.account.invoice.line.delete",
    "model.account.invoice.write",
    "model.account.invoice.tax.write",
    "model.res.user.warning.skip",
    "model.account.invoice.post",
)
_numbers = count(1)


@pytest.fixture
def number() -> str:
    """Return a document number that nothing else here uses."""
    return f"T-{next(_numbers)}"


@pytest.fixture
def orders(erp: TrytonErp, admin: TrytonRpc) -> "Orders":
    return Orders(erp, admin)


class Orders:
    """Places purchase orders as people do in Tryton."""

    def __init__(self, erp: TrytonErp, admin: TrytonRpc) -> None:
        self._erp = erp
        self._admin = admin

    def place(self, supplier_id: str, code: str = "PAP-A4-80", quantity: float = 40.0, **header: Any) -> PurchaseOrder:
        (product,) = (product.id for product in self._erp.products() if product.code == code)
        start: dict[str, Any] = {"company": 1, "party": int(supplier_id), "invoice_party": None, "lines": []}
        values = {
            **self._admin.on_change("purchase.purchase", start, "party"),
            **header,
            "warehouse": self._warehouse(),
        }
        ordered = {
            "type": "line",
            "product": int(product),
            "quantity": quantity,
            "unit": 1,
            "unit_price": Decimal("18.50"),
        }
        taxes = self._admin.search(
            "account.tax", [("rate", "=", Decimal("0.25")), ("group.kind", "=", "purchase")], ["name"]
        )
        ordered["taxes"] = [["add", [tax["id"] for tax in taxes]]]
        values["lines"] = [["create", [ordered]]]
        (purchase,) = self._admin.write("purchase.purchase", "create", [values])
        for button in ("quote", "confirm", "process"):
            self._admin.write("purchase.purchase", button, [purchase])
        (row,) = self._admin.search("purchase.purchase", [("id", "=", purchase)], ["number"])
        return self.again(row["number"])

    def again(self, number: str) -> PurchaseOrder:
        (order,) = self._erp.purchase_orders(number)
        return order

    def _warehouse(self) -> int:
        (warehouse,) = self._admin.search("stock.location", [("type", "=", "warehouse")], ["name"])
        return int(warehouse["id"])


@pytest.fixture
def supplier_id(erp: TrytonErp) -> str:
    return _supplier(erp, "Papirhuset")


def _supplier(erp: TrytonErp, name: str) -> str:
    (found,) = (party.id for party in erp.suppliers() if party.name.startswith(name))
    return found


def _marked(admin: TrytonRpc, key: str) -> list[dict[str, Any]]:
    return admin.search("account.invoice", [("comment", "ilike", f"%{key}%")], ["state", "number"])


def test_a_posted_bill_is_in_the_ledger(erp: TrytonErp, admin: TrytonRpc, supplier_id: str, number: str) -> None:
    entry = replace(bill("ledger:1-1", supplier_id, number, line("A", "2", "50")), payment_reference="RF18539007547034")

    record = erp.post(entry)

    fields = [
        "state",
        "move.state",
        "move.lines.debit",
        "move.lines.credit",
        "amount_to_pay",
        "supplier_payment_reference",
    ]
    (row,) = admin.search("account.invoice", [("id", "=", int(record.id))], fields)
    lines = row["move."]["lines."]
    assert (row["state"], row["move."]["state"]) == ("posted", "posted")
    assert sum(part["debit"] for part in lines) == sum(part["credit"] for part in lines) == Decimal(125)
    assert row["amount_to_pay"] == Decimal(125)
    assert row["supplier_payment_reference"] == "RF18539007547034"
    assert record.url is not None
    assert record.url.endswith(f"/model/account.invoice/{record.id}")


def test_a_cancelled_bill_is_reversed_in_the_ledger(
    erp: TrytonErp, admin: TrytonRpc, supplier_id: str, number: str
) -> None:
    record = erp.post(bill("reversed:1-1", supplier_id, number, line("A", "2", "50")))

    erp.cancel(record)

    fields = ["state", "cancel_move.state", "lines_to_pay.reconciliation"]
    (row,) = admin.search("account.invoice", [("id", "=", int(record.id))], fields)
    assert (row["state"], row["cancel_move."]["state"]) == ("cancelled", "posted")
    assert all(part["reconciliation"] for part in row["lines_to_pay."])


def test_an_order_goes_on_in_tryton_after_part_of_it_was_billed(
    erp: TrytonErp, admin: TrytonRpc, orders: Orders, supplier_id: str, number: str
) -> None:
    order = orders.place(supplier_id)
    ordered = line("Papir", "15", "18.00", order_line=order.lines[0].id)

    erp.post(bill("part:1-1", supplier_id, number, ordered))

    assert _expected(admin, order) == [Decimal(25)]


def _expected(admin: TrytonRpc, order: PurchaseOrder) -> list[Decimal]:
    """Return the quantities that Tryton expects to be billed on an order's line, loose or in a draft of its own."""
    domain = [
        ("origin", "=", f"purchase.line,{order.lines[0].id}"),
        ["OR", ("invoice", "=", None), ("invoice.state", "=", "draft")],
    ]
    return [row["quantity"] for row in admin.search("account.invoice.line", domain, ["quantity"])]


def test_a_refusal_gives_the_order_its_expectation_back(
    erp: TrytonErp, admin: TrytonRpc, orders: Orders, supplier_id: str, number: str
) -> None:
    order = orders.place(supplier_id)
    ordered = line("Papir", "15", "18.00", order_line=order.lines[0].id)

    with pytest.raises(Rejected):
        erp.post(bill("given back:1-1", supplier_id, number, ordered, tax_total="1.00"))

    assert _expected(admin, order) == [Decimal(40)]
    assert _marked(admin, "given back:1-1") == []


def test_a_cancelled_bill_gives_the_order_its_expectation_back(
    erp: TrytonErp, admin: TrytonRpc, orders: Orders, supplier_id: str, number: str
) -> None:
    order = orders.place(supplier_id)
    record = erp.post(
        bill("cancelled part:1-1", supplier_id, number, line("Papir", "15", "18.00", order_line=order.lines[0].id))
    )

    erp.cancel(record)

    assert sum(_expected(admin, order)) == Decimal(40)


@pytest.fixture
def drafting_supplier(erp: TrytonErp, admin: TrytonRpc) -> Iterator[str]:
    """A supplier whose orders Tryton answers with a draft bill instead of loose lines: its factory setting."""
    supplier = _supplier(erp, "Brightwater")
    admin.write("party.party", "write", [int(supplier)], {"purchase_invoice_line_standalone": False})
    yield supplier
    admin.write("party.party", "write", [int(supplier)], {"purchase_invoice_line_standalone": True})


@pytest.mark.parametrize(("quantity", "left"), [("40", []), ("15", [Decimal(25)])])
def test_trytons_own_draft_is_used_up(
    erp: TrytonErp,
    admin: TrytonRpc,
    orders: Orders,
    drafting_supplier: str,
    number: str,
    quantity: str,
    left: list[Decimal],
) -> None:
    order = orders.place(drafting_supplier)
    assert order.lines[0].invoiced == 0
    ordered = line("Paper", quantity, "18.50", order_line=order.lines[0].id)

    record = erp.post(bill(f"drafted {quantity}:1-1", drafting_supplier, number, ordered))

    assert erp.read(record).lines[0].order_line_id == order.lines[0].id
    assert orders.again(order.number).lines[0].invoiced == Decimal(quantity)
    assert _expected(admin, order) == left
    drafts = admin.search(
        "account.invoice", [("party", "=", int(drafting_supplier)), ("state", "=", "draft")], ["lines"]
    )
    assert all(draft["lines"] for draft in drafts)


def test_orders_billed_by_hand_are_billed_too(
    erp: TrytonErp, admin: TrytonRpc, orders: Orders, supplier_id: str, number: str
) -> None:
    order = orders.place(supplier_id, invoice_method="manual")
    assert _expected(admin, order) == []

    record = erp.post(
        bill("by hand:1-1", supplier_id, number, line("Papir", "40", "18.50", order_line=order.lines[0].id))
    )

    assert erp.read(record).lines[0].order_line_id == order.lines[0].id
    assert orders.again(order.number).lines[0].invoiced == 40
    assert _expected(admin, order) == []


@pytest.mark.parametrize("lost", WRITES)
def test_whichever_reply_is_lost_the_document_is_booked_once(
    server: TrytonServer, erp: TrytonErp, admin: TrytonRpc, orders: Orders, supplier_id: str, number: str, lost: str
) -> None:
    """A bill that needs every kind of write: a taken line, a surplus one, rounding, tax by the paper, a warning."""
    key = f"lost {lost}:1-1"
    order = orders.place(supplier_id)
    _split_expectation(admin, order)
    ordered = line("Papir", "40", "18.50", rate="7", order_line=order.lines[0].id)
    entry = bill(key, supplier_id, number, ordered, net_total="740.01", tax_total="51.82")
    transport = LosingTransport()
    transport.lose = [lost]
    cut = TrytonErp(server.url, server.database, server.user, server.password, transport=transport)

    with pytest.raises(AnswerLost):
        cut.post(entry)
    record = cut.post(entry)

    assert erp.find(key) == record
    assert [row["state"] for row in _marked(admin, key)] == ["posted"]
    assert orders.again(order.number).lines[0].invoiced == 40
    assert sum(_expected(admin, order)) == 0
    booked = erp.read(record)
    assert (booked.net_total, booked.tax_total, booked.gross_total) == (
        Decimal("740.01"),
        Decimal("51.82"),
        Decimal("791.83"),
    )


def _split_expectation(admin: TrytonRpc, order: PurchaseOrder) -> None:
    """Leave two expected lines where there was one, as two deliveries do."""
    domain = [("origin", "=", f"purchase.line,{order.lines[0].id}")]
    (expected,) = admin.search("account.invoice.line", domain, ["quantity"])
    admin.write("account.invoice.line", "write", [expected["id"]], {"quantity": 30.0})
    purchases = admin.search("purchase.purchase", [("number", "=", order.number)], ["number"])
    admin.write("purchase.purchase", "process", [row["id"] for row in purchases])
    assert sorted(_expected(admin, order)) == [Decimal(10), Decimal(30)]


def test_processes_that_post_the_same_document_book_it_once(
    server: TrytonServer, erp: TrytonErp, admin: TrytonRpc, supplier_id: str, number: str
) -> None:
    entry = bill("processes:1-1", supplier_id, number, line("A", "1", "100"))

    def post(_: int) -> RecordRef | None:
        own = TrytonErp(server.url, server.database, server.user, server.password)
        try:
            return own.post(entry)
        except PortError:
            return None
        finally:
            own.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(post, range(3)))

    record = erp.post(entry)
    assert [row["number"] for row in _marked(admin, "processes:1-1") if row["state"] == "posted"] == [record.number]


def test_a_warning_that_was_confirmed_is_in_the_record(
    erp: TrytonErp, orders: Orders, supplier_id: str, number: str
) -> None:
    order = orders.place(supplier_id)
    ordered = line("Papir", "2", "18.50", rate="7", order_line=order.lines[0].id)

    booked = erp.read(erp.post(bill("unusual:1-1", supplier_id, number, ordered)))

    assert len(booked.warnings) == 1
    assert "taxes" in booked.warnings[0]


def test_any_other_warning_is_a_refusal_unless_it_is_accepted(
    server: TrytonServer, erp: TrytonErp, admin: TrytonRpc, number: str
) -> None:
    supplier = _supplier(erp, "Lindemann")
    with closing(sqlite3.connect(server.folder / "erp.sqlite", timeout=10)) as connection, connection:
        connection.execute(
            "UPDATE party_identifier SET type = 'eu_vat', code = 'DE136695976' WHERE party = ?", (int(supplier),)
        )
    entry = bill("vies:1-1", supplier, number, line("A", "1", "100", rate="19"))
    kind = "account.invoice eu_vat valid"

    with pytest.raises(Rejected) as refused:
        erp.post(entry)

    assert refused.value.vendor_code == kind
    assert _marked(admin, "vies:1-1") == []
    bold = TrytonErp(
        server.url, server.database, server.user, server.password, accepted_warnings=ACCEPTED_WARNINGS | {kind}
    )
    assert len(bold.read(bold.post(entry)).warnings) == 1


def test_a_bill_that_people_booked_is_a_duplicate(
    erp: TrytonErp, admin: TrytonRpc, supplier_id: str, number: str
) -> None:
    first = erp.post(bill("people:1-1", supplier_id, number, line("A", "1", "100")))
    admin.write("account.invoice", "write", [int(first.id)], {"comment": "typed in by hand"})

    with pytest.raises(Rejected, match="similar") as refused:
        erp.post(bill("people:2-2", supplier_id, number, line("A", "1", "100")))

    assert refused.value.vendor_code == "duplicate"
    assert _marked(admin, "people:2-2") == []


def test_a_credit_made_in_tryton_is_not_taken_for_the_bill(
    erp: TrytonErp, admin: TrytonRpc, supplier_id: str, number: str
) -> None:
    record = erp.post(bill("credited in tryton:1-1", supplier_id, number, line("A", "1", "100")))

    answers = {"start": {"with_refund": False, "invoice_date": ISSUED}}
    admin.run_wizard("account.invoice.credit", ("account.invoice", int(record.id)), answers, "credit")

    assert erp.find("credited in tryton:1-1") == record
    assert len(_marked(admin, "credited in tryton:1-1")) == 2


def test_what_the_unit_does_not_allow_is_refused_in_trytons_words(
    erp: TrytonErp, admin: TrytonRpc, orders: Orders, supplier_id: str, number: str
) -> None:
    order = orders.place(supplier_id)
    ordered = line("Papir", "2.5", "18.50", "46.25", order_line=order.lines[0].id)

    with pytest.raises(Rejected, match="Quantity") as refused:
        erp.post(bill("digits:1-1", supplier_id, number, ordered))

    assert refused.value.vendor_code == "user_error"
    assert _marked(admin, "digits:1-1") == []


@pytest.mark.parametrize(("currency", "code"), [("DKK", None), ("XXX", "currency_unknown")])
def test_other_currencies_are_booked_where_tryton_knows_them(
    erp: TrytonErp, supplier_id: str, number: str, currency: str, code: str | None
) -> None:
    entry = replace(bill(f"{currency}:1-1", supplier_id, number, line("A", "1", "1000")), currency=currency)

    if code is None:
        booked = erp.read(erp.post(entry))
        assert (booked.currency, booked.gross_total) == ("DKK", Decimal(1250))
    else:
        with pytest.raises(Rejected) as refused:
            erp.post(entry)
        assert refused.value.vendor_code == code


def test_a_date_without_a_fiscal_year_is_refused(
    erp: TrytonErp, admin: TrytonRpc, supplier_id: str, number: str
) -> None:
    entry = bill("1999:1-1", supplier_id, number, line("A", "1", "10"), issue_date=ISSUED.replace(year=1999))

    with pytest.raises(Rejected, match=r"period|fiscal"):
        erp.post(entry)

    assert _marked(admin, "1999:1-1") == []


def test_a_confirmed_sales_order_cannot_be_rolled_back(server: TrytonServer, admin: TrytonRpc) -> None:
    erp = TrytonErp(server.url, server.database, server.user, server.password, confirm_sales=True)
    product, customer = erp.products()[0], erp.customers()[0]
    ordered = SalesOrderLine(product.id, product.name, Decimal(1))
    record = erp.post(SalesOrderEntry("confirmed:1-1", customer.id, "4501-1", ISSUED, "EUR", (ordered,)))

    (row,) = admin.search("sale.sale", [("id", "=", int(record.id))], ["state"])
    assert row["state"] == "processing"
    with pytest.raises(Rejected) as refused:
        erp.cancel(record)
    assert refused.value.vendor_code == "not_cancellable"


def test_a_session_that_ended_is_renewed(server: TrytonServer, erp: TrytonErp) -> None:
    assert erp.suppliers()

    with closing(sqlite3.connect(server.folder / "erp.sqlite", timeout=10)) as connection, connection:
        assert connection.execute("DELETE FROM ir_session").rowcount

    assert erp.suppliers()


def test_a_wrong_password_is_an_authentication_failure(server: TrytonServer) -> None:
    with pytest.raises(AuthenticationFailed) as failed:
        TrytonErp(server.url, server.database, server.user, "wrong").suppliers()

    assert "wrong" not in str(failed.value)


def test_an_unknown_database_is_refused(server: TrytonServer) -> None:
    with pytest.raises(Rejected, match="database name"):
        TrytonErp(server.url, "nothing", server.user, server.password).suppliers()


def test_a_server_that_is_away_is_unavailable_until_it_is_back(server: TrytonServer, erp: TrytonErp) -> None:
    server.stop()
    with pytest.raises(Unavailable):
        erp.suppliers()
    with pytest.raises(Unavailable):
        erp.post(bill("away:1-1", "2", "T-away", line("A", "1", "100")))

    server.start()
    record = erp.post(bill("away:1-1", _supplier(erp, "Papirhuset"), "T-away", line("A", "1", "100")))
    assert record.type is RecordType.BILL
