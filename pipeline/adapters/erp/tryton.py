"""Tryton 8.2 behind the `Erp` port, over JSON-RPC.

Bills and credit notes end posted, sales orders as quotations (see `tryton_sales`). The document's key stands in the
record's comment (see `tryton_marks`). The user needs the rights of accounting, purchase and sale, no administrator's.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace

import httpx

from pipeline.adapters.erp.tryton_bills import MODEL as BILL_MODEL
from pipeline.adapters.erp.tryton_bills import TrytonBills
from pipeline.adapters.erp.tryton_master import TrytonMaster
from pipeline.adapters.erp.tryton_rpc import TrytonRpc
from pipeline.adapters.erp.tryton_sales import MODEL as SALE_MODEL
from pipeline.adapters.erp.tryton_sales import TrytonSales
from pipeline.domain.document import SourceFile
from pipeline.domain.entry import BillEntry, Entry
from pipeline.domain.record import BookedRecord, Party, Product, PurchaseOrder, RecordRef, RecordType

# Only that a line's tax differs from the product's usual one: the document states the rate, and it is what counts.
ACCEPTED_WARNINGS = frozenset({"invoice_taxes"})


class TrytonErp:
    """One company's books in Tryton. Safe to share between threads.

    `supplier_category` and `customer_category` are party categories (see `TrytonMaster`); `confirm_sales` carries
    sales orders through to confirmation; `accepted_warnings` names the kinds of Tryton's warnings that posting answers
    with yes and leaves in the record. `timeout` is in seconds for each request.
    """

    name = "tryton"

    def __init__(
        self,
        url: str,
        database: str,
        user: str,
        password: str,
        *,
        supplier_category: str = "Supplier",
        customer_category: str = "Customer",
        confirm_sales: bool = False,
        accepted_warnings: frozenset[str] = ACCEPTED_WARNINGS,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._one_at_a_time = threading.Lock()
        self._rpc = TrytonRpc(url, database, user, password, timeout=timeout, transport=transport)
        self._master = TrytonMaster(self._rpc, supplier_category=supplier_category, customer_category=customer_category)
        self._bills = TrytonBills(self._rpc, self._master, accepted_warnings=accepted_warnings)
        self._sales = TrytonSales(self._rpc, self._master, confirm=confirm_sales)

    def close(self) -> None:
        """Let go of the connections."""
        self._rpc.close()

    def suppliers(self) -> Sequence[Party]:
        """Return every active supplier."""
        return self._master.suppliers()

    def customers(self) -> Sequence[Party]:
        """Return every active customer."""
        return self._master.customers()

    def company(self) -> Party:
        """Return ourselves."""
        return self._master.company()

    def products(self) -> Sequence[Product]:
        """Return every product that can be sold."""
        return self._master.products()

    def purchase_orders(self, number: str) -> Sequence[PurchaseOrder]:
        """Return our purchase orders with this number or reference."""
        return self._master.purchase_orders(number)

    def bills(self, supplier_id: str, number: str) -> Sequence[RecordRef]:
        """Return the bills and credit notes, not cancelled, that carry this supplier's document number."""
        return self._bills.with_number(supplier_id, number)

    def find(self, key: str) -> RecordRef | None:
        """Return the record made from the document with this key, once it is posted (a sales order: quoted)."""
        return (
            self._bills.find(RecordType.BILL, key)
            or self._bills.find(RecordType.CREDIT_NOTE, key)
            or self._sales.find(key)
        )

    def post(self, entry: Entry) -> RecordRef:
        """Book an entry, or return the record its key already has.

        Raises `Rejected` where Tryton refuses or warns, with `vendor_code` "duplicate", "over_billed",
        "totals_differ", "tax_unknown" and so on, and `AnswerLost` where it is unknown whether it was booked.
        """
        # Tryton on SQLite gives two bills posted at once the same number; elsewhere they queue on the numbering anyway.
        with self._one_at_a_time:
            return self._bills.post(entry) if isinstance(entry, BillEntry) else self._sales.post(entry)

    def attach(self, record: RecordRef, file: SourceFile) -> None:
        """Keep the original with the record; the same name and content is kept once."""
        resource = _resource(record)
        domain = [("resource", "=", resource), ("name", "=", file.name)]
        for kept in self._rpc.search("ir.attachment", domain, ["data_size"]):
            if kept["data_size"] == len(file.content):
                (content,) = self._rpc.read("ir.attachment", "read", [kept["id"]], ["data"])
                if content["data"] == file.content:
                    return
        values = {"name": file.name, "type": "data", "data": file.content, "resource": resource}
        self._rpc.write("ir.attachment", "create", [values])

    def read(self, record: RecordRef) -> BookedRecord:
        """Read a record back as it now stands."""
        step = self._sales if record.type is RecordType.SALES_ORDER else self._bills
        booked = step.read(record)
        return replace(booked, attachments=self._attachments(record))

    def cancel(self, record: RecordRef) -> None:
        """Roll a record back; what it billed of an order can be billed again."""
        step = self._sales if record.type is RecordType.SALES_ORDER else self._bills
        step.cancel(record)

    def _attachments(self, record: RecordRef) -> tuple[str, ...]:
        found = self._rpc.search(
            "ir.attachment", [("resource", "=", _resource(record))], ["name"], order=[("id", "ASC")]
        )
        return tuple(row["name"] for row in found)


def _resource(record: RecordRef) -> str:
    model = SALE_MODEL if record.type is RecordType.SALES_ORDER else BILL_MODEL
    return f"{model},{int(record.id)}"
