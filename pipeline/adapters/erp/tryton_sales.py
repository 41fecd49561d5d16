"""Customers' purchase orders as sales orders in Tryton.

By default an order is left as a quotation: it has its number and its prices, and a salesperson confirms it with one
button, which is when Tryton starts to ship and to invoice. Until then it can be rolled back. With `confirm=True` it
goes all the way; Tryton cannot take that back, and `cancel` then raises `Rejected`.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.adapters.erp import tryton_marks as marks
from pipeline.adapters.erp.tryton_master import TrytonMaster
from pipeline.adapters.erp.tryton_rpc import TrytonRpc
from pipeline.domain.entry import SalesOrderEntry, SalesOrderLine
from pipeline.domain.record import BookedLine, BookedRecord, RecordRef, RecordType
from pipeline.errors import Rejected

MODEL = "sale.sale"
_BOOKED = ("quotation", "confirmed", "processing", "done")
_READ_FIELDS = (
    "number",
    "reference",
    "state",
    "party",
    "currency.code",
    "sale_date",
    "comment",
    "untaxed_amount",
    "tax_amount",
    "total_amount",
)


class TrytonSales:
    """Books sales orders."""

    def __init__(self, rpc: TrytonRpc, master: TrytonMaster, *, confirm: bool) -> None:
        self._rpc = rpc
        self._master = master
        self._confirm = confirm

    def find(self, key: str) -> RecordRef | None:
        """Return the oldest sales order that carries the key, or None."""
        for row in self._marked(key, self._wanted_states()):
            return self._ref(row)
        return None

    def post(self, entry: SalesOrderEntry) -> RecordRef:
        """Book a sales order; a refusal leaves nothing behind. The same reference of a customer is a duplicate."""
        return self.find(entry.key) or self._book(entry)

    def _book(self, entry: SalesOrderEntry) -> RecordRef:
        for unfinished in self._marked(entry.key, ("draft", "quotation")):
            self._discard(unfinished["id"])
        self._check_duplicate(entry)
        (sale,) = self._rpc.write(MODEL, "create", [self._values(entry)])
        try:
            for button in ("quote", "confirm") if self._confirm else ("quote",):
                self._rpc.write(MODEL, button, [sale])
        except Rejected:
            self._discard(sale)
            raise
        (row,) = self._rpc.search(MODEL, [("id", "=", sale)], ["number"])
        return self._ref(row)

    def read(self, record: RecordRef) -> BookedRecord:
        """Read a sales order back in the terms of its entry."""
        row = self._row(record, _READ_FIELDS)
        fields = ["description", "product.template.name", "quantity", "unit_price", "amount"]
        lines = self._rpc.search(
            "sale.line",
            [("sale", "=", row["id"]), ("type", "=", "line")],
            fields,
            order=[("sequence", "ASC"), ("id", "ASC")],
        )
        return BookedRecord(
            ref=self._ref(row),
            key=marks.key_of(row["comment"], RecordType.SALES_ORDER) or "",
            party_id=str(row["party"]),
            reference=row["reference"] or "",
            issue_date=row["sale_date"],
            currency=row["currency."]["code"],
            net_total=row["untaxed_amount"],
            tax_total=row["tax_amount"],
            gross_total=row["total_amount"],
            lines=tuple(
                BookedLine(line["description"] or "", line["quantity"], line["unit_price"], line["amount"])
                for line in lines
            ),
            cancelled=row["state"] == "cancelled",
            warnings=marks.confirmed(row["comment"]),
        )

    def cancel(self, record: RecordRef) -> None:
        """Cancel a quotation. Raises `Rejected` for an order that is confirmed already."""
        row = self._row(record, ("state", "number"))
        if row["state"] == "cancelled":
            return
        if row["state"] not in ("draft", "quotation"):
            raise Rejected(
                f"Sales order {row['number']} is {row['state']} in Tryton and can no longer be rolled back.",
                operator_hint="Settle it in Tryton: cancel its shipments and credit its invoices.",
                vendor_code="not_cancellable",
            )
        self._rpc.write(MODEL, "cancel", [row["id"]])

    def _values(self, entry: SalesOrderEntry) -> dict[str, Any]:
        currency = self._rpc.search("currency.currency", [("code", "=", entry.currency)], ["digits"], limit=1)
        if not currency:
            raise Rejected(f"Tryton does not know the currency {entry.currency}.", vendor_code="currency_unknown")
        defaults = self._rpc.read(MODEL, "default_get", ["warehouse", "invoice_method", "shipment_method"], False)
        start = {
            **{name: value for name, value in defaults.items() if "." not in name},
            "company": self._master.company_id,
            "party": int(entry.customer_id),
            "invoice_party": None,
            "shipment_party": None,
            "lines": [],
        }
        header = self._rpc.on_change(MODEL, start, "party")
        header |= {
            "currency": currency[0]["id"],
            "sale_date": entry.order_date,
            "reference": entry.reference,
            "comment": marks.comment(entry.note, RecordType.SALES_ORDER, entry.key),
        }
        if entry.delivery_date is not None:
            header["shipping_date"] = entry.delivery_date
        header["lines"] = [
            ["create", [self._line(line, number, header) for number, line in enumerate(entry.lines, start=1)]]
        ]
        return header

    def _line(self, line: SalesOrderLine, number: int, header: dict[str, Any]) -> dict[str, Any]:
        start = {
            "type": "line",
            "company": self._master.company_id,
            "product": int(line.product_id),
            "quantity": float(line.quantity),
            "unit": None,
            "unit_price": None,
            "taxes": [],
            "sale": None,
            "_parent_sale.party": header["party"],
            "_parent_sale.invoice_party": None,
            "_parent_sale.currency": header["currency"],
            "_parent_sale.sale_date": header["sale_date"],
            "_parent_sale.company": header["company"],
            "_parent_sale.id": None,
        }
        del start["sale"]
        filled = self._rpc.on_change("sale.line", start, "product")
        return {
            "type": "line",
            "sequence": number,
            "product": start["product"],
            "description": line.description,
            "quantity": start["quantity"],
            "unit": filled["unit"],
            "unit_price": _price(line, filled["unit_price"]),
            "taxes": [["add", filled["taxes"]]],
        }

    def _check_duplicate(self, entry: SalesOrderEntry) -> None:
        domain = [
            ("company", "=", self._master.company_id),
            ("party", "=", int(entry.customer_id)),
            ("reference", "ilike", marks.like(entry.reference.strip())),
            ("state", "!=", "cancelled"),
        ]
        if entry.reference.strip() and (found := self._rpc.search(MODEL, domain, ["rec_name"], limit=1)):
            raise Rejected(
                f"Sales order {found[0]['rec_name']} already has the customer's number {entry.reference}.",
                operator_hint="Compare the two orders; dismiss the document if it is booked already.",
                vendor_code="duplicate",
            )

    def _wanted_states(self) -> tuple[str, ...]:
        return _BOOKED[1:] if self._confirm else _BOOKED

    def _discard(self, sale: int) -> None:
        (row,) = self._rpc.search(MODEL, [("id", "=", sale)], ["state"])
        if row["state"] != "draft":
            self._rpc.write(MODEL, "cancel", [sale])
        self._rpc.write(MODEL, "delete", [sale])

    def _marked(self, key: str, states: Sequence[str]) -> list[dict[str, Any]]:
        domain = [
            ("company", "=", self._master.company_id),
            ("state", "in", list(states)),
            ("comment", "ilike", f"%{marks.like(marks.mark(RecordType.SALES_ORDER, key))}%"),
        ]
        found = self._rpc.search(MODEL, domain, ["number", "comment"], order=[("id", "ASC")])
        return [row for row in found if marks.carries(row["comment"], RecordType.SALES_ORDER, key)]

    def _row(self, record: RecordRef, fields: Sequence[str]) -> dict[str, Any]:
        found = self._rpc.search(MODEL, [("id", "=", int(record.id))], fields)
        if not found:
            raise Rejected(f"Tryton has no sales order with the id {record.id}.", vendor_code="not_found")
        return found[0]

    def _ref(self, row: dict[str, Any]) -> RecordRef:
        url = f"{self._rpc.url}/#{self._rpc.database}/model/{MODEL}/{row['id']}"
        return RecordRef(RecordType.SALES_ORDER, str(row["id"]), row["number"], url)


def _price(line: SalesOrderLine, listed: Decimal | None) -> Decimal:
    price = listed if line.unit_price is None else line.unit_price
    if price is None:
        raise Rejected(
            f"Tryton has no list price for {line.description!r}.",
            operator_hint="Give the product a list price in Tryton, then retry the document.",
            vendor_code="price_missing",
        )
    return price
