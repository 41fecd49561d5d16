"""The lines of a bill in Tryton: taken from what a purchase order expects to be billed, or made new.

When an order is confirmed, Tryton prepares its invoice lines: loose ones where the supplier has "invoice lines
standalone", otherwise a draft bill. Those lines are taken over with the document's quantities and prices; when the
bill is posted, Tryton itself prepares new ones for what is left to bill.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.adapters.erp.pricing import priced
from pipeline.adapters.erp.tryton_master import TrytonMaster, billed
from pipeline.adapters.erp.tryton_rpc import TrytonRpc
from pipeline.adapters.erp.tryton_taxes import PurchaseTaxes
from pipeline.domain.entry import BillEntry, BillLine
from pipeline.domain.record import RecordType
from pipeline.errors import Rejected

MODEL = "account.invoice.line"
_ORDER_LINE_FIELDS = (
    "quantity",
    "purchase.number",
    "purchase.party",
    "purchase.state",
    "product",
    "unit",
    "taxes",
    "invoice_lines.quantity",
    "invoice_lines.taxes",
    "invoice_lines.product",
    "invoice_lines.unit",
    "invoice_lines.account",
    "invoice_lines.taxes_deductible_rate",
    "invoice_lines.invoice.state",
    "invoice_lines.invoice.reference",
)
ROUNDING_DESCRIPTION = "Rounding"


class BillLines:
    """Prepares the lines of one entry. `sign` is -1 for a credit note; `rounding` is what price digits may cost."""

    def __init__(self, rpc: TrytonRpc, master: TrytonMaster, entry: BillEntry) -> None:
        self._rpc = rpc
        self._master = master
        self._entry = entry
        self.sign = -1 if entry.type is RecordType.CREDIT_NOTE else 1
        self.rounding = Decimal(0)
        _, digits = json.loads(rpc.read(MODEL, "fields_get", ["unit_price"])["unit_price"]["digits"])
        self._price_step = Decimal(1).scaleb(-int(digits))
        self._taxes = PurchaseTaxes(rpc, master.company_id)
        self._order_lines = self._read_order_lines()
        self._expected = {
            line_id: [line for line in row["invoice_lines."] if not billed(line) and not _is_cancelled(line)]
            for line_id, row in self._order_lines.items()
        }
        self._surplus: list[Mapping[str, Any]] = []
        self._drafts: set[int] = set()
        self._currency: int | None = None

    def commands(self, header: Mapping[str, Any]) -> list[Any]:
        """Return what to do with lines when the invoice is created. Raises `Rejected` for what cannot be billed."""
        self._currency = header["currency"]
        if self.sign > 0:
            self._check_orders()
        commands: list[Any] = []
        for number, line in enumerate(self._entry.lines, start=1):
            values = self._stated(line, number)
            taken = self._take(line)
            if taken is not None:
                values["taxes"] = self._replaced_taxes(line, taken["taxes"])
                commands += [["write", [taken["id"]], values], ["add", [taken["id"]]]]
            else:
                commands.append(["create", [self._complete(line, values, header)]])
        self._surplus += [line for lines in self._expected.values() for line in lines if self.sign > 0]
        return commands

    def drop_expected(self, invoice: int) -> None:
        """Delete what Tryton expects beyond what was billed; at posting it works out anew what is left."""
        surplus = [line["id"] for line in self._surplus]
        self._drafts |= {line["invoice."]["id"] for line in self._surplus if line["invoice."]}
        if surplus:
            self._rpc.write(MODEL, "delete", surplus)
        for draft in self._rpc.search("account.invoice", [("id", "in", sorted(self._drafts - {invoice}))], ["lines"]):
            if not draft["lines"]:
                self._rpc.write("account.invoice", "delete", [draft["id"]])

    def add_rounding(self, invoice: int, difference: Decimal) -> None:
        """Add a line that brings the net total to the document's, taxed as the largest line is."""
        fields = ["amount", "account", "taxes"]
        lines = self._rpc.search(MODEL, [("invoice", "=", invoice), ("type", "=", "line")], fields)
        if not lines:
            return
        largest = max(lines, key=lambda line: abs(line["amount"]))
        values = {
            **self._start(),
            "sequence": len(self._entry.lines) + 1,
            "description": ROUNDING_DESCRIPTION,
            "quantity": 1.0,
            "unit_price": difference,
            "account": largest["account"],
            "taxes": [["add", largest["taxes"]]],
        }
        # Through the invoice, or its taxes would not follow.
        self._rpc.write("account.invoice", "write", [invoice], {"lines": [["create", [values]]]})

    def _stated(self, line: BillLine, number: int) -> dict[str, Any]:
        """Return what the document says of a line; the price is what makes quantity times price its net amount."""
        form = priced(line, self._price_step)
        self.rounding += form.slack
        return {
            "sequence": number,
            "description": line.description,
            "quantity": float(self.sign * form.quantity),
            "unit_price": form.price,
        }

    def _take(self, line: BillLine) -> Mapping[str, Any] | None:
        """Return the line that Tryton expects for this one, if any; it is given out once."""
        expected = self._expected.get(line.order_line_id or "", []) if self.sign > 0 else []
        if not any(candidate["quantity"] > 0 for candidate in expected):
            return None
        taken: Mapping[str, Any] = max(expected, key=lambda candidate: Decimal(candidate["quantity"]))
        expected.remove(taken)
        if taken["invoice."]:
            self._drafts.add(taken["invoice."]["id"])
        return taken

    def _replaced_taxes(self, line: BillLine, present: list[int]) -> list[Any]:
        wanted = self._taxes.choose(line.tax_rate, present)
        return [
            ["remove", [tax for tax in present if tax not in wanted]],
            ["add", [tax for tax in wanted if tax not in present]],
        ]

    def _complete(self, line: BillLine, values: dict[str, Any], header: Mapping[str, Any]) -> dict[str, Any]:
        """Fill a new line with the product, account and taxes that Tryton has for it."""
        known = self._known(line)
        if "account" not in known:
            known = self._proposed(known, header)
        taxes = self._taxes.choose(line.tax_rate, known.pop("taxes", None) or ())
        return {**self._start(), **known, **values, "taxes": [["add", list(taxes)]]}

    def _known(self, line: BillLine) -> dict[str, Any]:
        """Return product and unit from the order line, the line that billed it, or the item code; empty for none."""
        order_line = self._order_lines.get(line.order_line_id or "")
        if order_line is not None and self.sign > 0:
            return {
                "origin": f"purchase.line,{order_line['id']}",
                "product": order_line["product"],
                "unit": order_line["unit"],
                "order_taxes": order_line["taxes"],
            }
        if order_line is not None:
            done = [bill for bill in order_line["invoice_lines."] if billed(bill)]
            if done:
                last = max(done, key=lambda bill: int(bill["id"]))
                kept = {name: last[name] for name in ("product", "unit", "account", "taxes", "taxes_deductible_rate")}
                return {"origin": f"{MODEL},{last['id']}", **kept}
            return {"product": order_line["product"], "unit": order_line["unit"]}
        return {"product": self._product(line.item_code), "unit": None}

    def _product(self, code: str | None) -> int | None:
        if not code:
            return None
        found = self._rpc.search(
            "product.product", [("code", "=", code), ("purchasable", "=", True)], ["code"], limit=2
        )
        return int(found[0]["id"]) if len(found) == 1 else None

    def _proposed(self, known: dict[str, Any], header: Mapping[str, Any]) -> dict[str, Any]:
        order_taxes = known.pop("order_taxes", None)
        start = {**self._start(), **known, "party": header["party"], "invoice": None, "taxes": [], "account": None}
        if known.get("product"):
            filled = self._rpc.on_change(MODEL, start, "product")
        else:
            start["account"] = self._default_account()
            filled = self._rpc.on_change(MODEL, start, "account")
        taken = ("product", "unit", "account", "taxes", "taxes_deductible_rate", "origin")
        proposed = {name: filled[name] for name in taken if name in filled}
        if order_taxes is not None:
            proposed["taxes"] = order_taxes
        return proposed

    def _start(self) -> dict[str, Any]:
        company = self._master.company_id
        return {"type": "line", "invoice_type": "in", "company": company, "currency": self._currency}

    def _default_account(self) -> int:
        (row,) = self._rpc.read("account.configuration", "read", [1], ["default_category_account_expense"])
        if row["default_category_account_expense"] is None:
            raise Rejected(
                "Tryton has no default expense account for lines without a product.",
                operator_hint="Set it in Tryton's accounting configuration, then retry the document.",
                vendor_code="account_missing",
            )
        return int(row["default_category_account_expense"])

    def _read_order_lines(self) -> dict[str, dict[str, Any]]:
        wanted = sorted({int(line.order_line_id) for line in self._entry.lines if line.order_line_id})
        if not wanted:
            return {}
        found = self._rpc.search("purchase.line", [("id", "in", wanted)], _ORDER_LINE_FIELDS)
        if missing := set(wanted) - {row["id"] for row in found}:
            raise Rejected(f"Tryton has no order line with the id {min(missing)}.", vendor_code="not_found")
        return {str(row["id"]): row for row in found}

    def _check_orders(self) -> None:
        """Refuse to bill more than was ordered, another supplier's order, or one that is not open."""
        for line_id, row in self._order_lines.items():
            order = row["purchase."]
            name = order["number"] or f"({order['id']})"
            if str(order["party"]) != self._entry.supplier_id:
                raise Rejected(f"Order {name} is another supplier's.", vendor_code="other_supplier")
            if order["state"] not in ("confirmed", "processing"):
                raise Rejected(
                    f"Order {name} is {order['state']} in Tryton; nothing can be billed on it.",
                    vendor_code="order_closed",
                )
            done = sum((line["quantity"] for line in row["invoice_lines."] if billed(line)), Decimal(0))
            wanted = sum((line.quantity for line in self._entry.lines if line.order_line_id == line_id), Decimal(0))
            if done + wanted > row["quantity"]:
                raise Rejected(
                    f"The bill asks for {wanted:f} of a line of order {name}; "
                    f"{row['quantity'] - done:f} are left to bill.",
                    operator_hint="Raise the order's quantity in Tryton, or book the line without the order.",
                    vendor_code="over_billed",
                )


def _is_cancelled(line: Mapping[str, Any]) -> bool:
    return bool(line["invoice."] and line["invoice."]["state"] == "cancelled")
