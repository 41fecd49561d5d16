"""Supplier bills and credit notes in Tryton: made, compared with the document, posted, read back, rolled back.

A bill is created as a draft in one call, brought to the document's totals, and posted in a second call. Only a posted
bill counts as booked: a draft that was left behind by a crash or a lost reply is found by its key, thrown away and
made anew. A credit note is what Tryton makes of one: a supplier invoice with negative quantities.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.adapters.erp import tryton_marks as marks
from pipeline.adapters.erp.pricing import NET_TOLERANCE, TAX_TOLERANCE
from pipeline.adapters.erp.tryton_lines import BillLines
from pipeline.adapters.erp.tryton_master import TrytonMaster
from pipeline.adapters.erp.tryton_rpc import TrytonRpc, VendorWarning
from pipeline.domain.entry import BillEntry
from pipeline.domain.record import BookedLine, BookedRecord, RecordRef, RecordType
from pipeline.errors import Rejected

MODEL = "account.invoice"
_BOOKED = ("validated", "posted", "paid")
_READ_FIELDS = (
    "number",
    "reference",
    "state",
    "party",
    "currency.code",
    "invoice_date",
    "payment_term_date",
    "lines_to_pay.maturity_date",
    "comment",
    "untaxed_amount",
    "tax_amount",
    "total_amount",
)


class TrytonBills:
    """Books bills. Tryton's warnings of a kind in `accepted_warnings` are answered with yes and left in the record."""

    def __init__(self, rpc: TrytonRpc, master: TrytonMaster, *, accepted_warnings: frozenset[str]) -> None:
        self._rpc = rpc
        self._master = master
        self._accepted = accepted_warnings

    def find(self, kind: RecordType, key: str) -> RecordRef | None:
        """Return the oldest booked record that carries the key, or None."""
        for row in self._marked(kind, key, _BOOKED):
            if row["total_amount"] * (-1 if kind is RecordType.CREDIT_NOTE else 1) >= 0:
                return self._ref(kind, row)
        return None

    def with_number(self, supplier_id: str, number: str) -> Sequence[RecordRef]:
        """Return what is booked under a supplier's number, drafts of people's among it, in any case of letters."""
        wanted = number.strip()
        if not wanted:
            return ()
        domain = [*self._same_number(supplier_id, wanted), ("state", "!=", "cancelled")]
        found = self._rpc.search(MODEL, domain, ["number", "total_amount"], order=[("id", "ASC")])
        return tuple(
            self._ref(RecordType.CREDIT_NOTE if row["total_amount"] < 0 else RecordType.BILL, row) for row in found
        )

    def post(self, entry: BillEntry) -> RecordRef:
        """Book a bill; a refusal leaves nothing behind.

        The caller lets one posting through at a time.
        """
        return self.find(entry.type, entry.key) or self._book(entry)

    def _book(self, entry: BillEntry) -> RecordRef:
        for draft in self._marked(entry.type, entry.key, ("draft",)):
            self._discard(draft["id"])
        lines = BillLines(self._rpc, self._master, entry)
        invoice = self._create(entry, lines)
        try:
            lines.drop_expected(invoice)
            self._meet_totals(invoice, entry, lines)
            self._post(invoice, entry)
        except Rejected:
            self._discard(invoice)
            if found := self.find(entry.type, entry.key):
                return found  # another process was faster
            raise
        (row,) = self._rpc.search(MODEL, [("id", "=", invoice)], ["number"])
        return self._ref(entry.type, row)

    def read(self, record: RecordRef) -> BookedRecord:
        """Read a bill back in the terms of its entry."""
        row = self._row(record, _READ_FIELDS)
        sign = -1 if record.type is RecordType.CREDIT_NOTE else 1
        due = [line["maturity_date"] for line in row["lines_to_pay."] if line["maturity_date"]]
        return BookedRecord(
            ref=self._ref(record.type, row),
            key=marks.key_of(row["comment"], record.type) or "",
            party_id=str(row["party"]),
            reference=row["reference"] or "",
            issue_date=row["invoice_date"],
            currency=row["currency."]["code"],
            net_total=sign * row["untaxed_amount"],
            tax_total=sign * row["tax_amount"],
            gross_total=sign * row["total_amount"],
            lines=self._booked_lines(row["id"], sign),
            due_date=max(due) if due else row["payment_term_date"],
            cancelled=row["state"] == "cancelled",
            warnings=marks.confirmed(row["comment"]),
        )

    def cancel(self, record: RecordRef) -> None:
        """Cancel a bill: Tryton books the opposite, and the order's lines can be billed again."""
        row = self._row(record, ("state", "purchases", "number"))
        if row["state"] == "draft" and row["number"] is None:
            self._discard(row["id"])
            return
        if row["state"] != "cancelled":
            self._rpc.write(MODEL, "cancel", [row["id"]])
        for purchase in self._rpc.search("purchase.purchase", [("id", "in", row["purchases"])], ["invoices_recreated"]):
            if row["id"] not in purchase["invoices_recreated"]:
                # Otherwise Tryton takes a bill that was cancelled after posting for settled.
                answers = {"ask": {"domain_invoices": [row["id"]], "recreate_invoices": [row["id"]]}}
                self._rpc.run_wizard(
                    "purchase.handle.invoice.exception", ("purchase.purchase", purchase["id"]), answers, "handle"
                )

    def _create(self, entry: BillEntry, lines: BillLines) -> int:
        currency = self._rpc.search("currency.currency", [("code", "=", entry.currency)], ["digits"], limit=1)
        if not currency:
            raise Rejected(
                f"Tryton does not know the currency {entry.currency}.",
                operator_hint="Create the currency in Tryton, or correct it in review.",
                vendor_code="currency_unknown",
            )
        start = {
            "company": self._master.company_id,
            "type": "in",
            "party": int(entry.supplier_id),
            "currency": currency[0]["id"],
            "invoice_date": entry.issue_date,
            "accounting_date": None,
        }
        header = self._rpc.on_change(MODEL, start, "type")
        header["reference"] = entry.number
        header["comment"] = marks.comment(entry.note, entry.type, entry.key)
        if entry.payment_reference:
            header["supplier_payment_reference"] = entry.payment_reference
        if entry.due_date is not None:
            header["payment_term"], header["payment_term_date"] = None, entry.due_date
        header["lines"] = lines.commands(header)
        (invoice,) = self._rpc.write(MODEL, "create", [header])
        return int(invoice)

    def _meet_totals(self, invoice: int, entry: BillEntry, lines: BillLines) -> None:
        """Bring the draft to the document's totals: net by a rounding line, tax on the tax line. Raises `Rejected`."""
        net, tax, gross = (lines.sign * total for total in (entry.net_total, entry.tax_total, entry.gross_total))
        row = self._totals(invoice)
        if difference := net - row["untaxed_amount"]:
            if abs(difference) > NET_TOLERANCE + lines.rounding:
                raise self._differs("net", entry.net_total, lines.sign * row["untaxed_amount"])
            lines.add_rounding(invoice, difference)
            row = self._totals(invoice)
        if difference := tax - row["tax_amount"]:
            if not row["taxes."] or abs(difference) > TAX_TOLERANCE:
                raise self._differs("tax", entry.tax_total, lines.sign * row["tax_amount"])
            largest = max(row["taxes."], key=lambda line: abs(line["amount"]))
            self._rpc.write("account.invoice.tax", "write", [largest["id"]], {"amount": largest["amount"] + difference})
            row = self._totals(invoice)
        if (row["untaxed_amount"], row["tax_amount"], row["total_amount"]) != (net, tax, gross):
            raise self._differs("gross", entry.gross_total, lines.sign * row["total_amount"])

    def _post(self, invoice: int, entry: BillEntry) -> None:
        for _ in range(len(self._accepted) + 2):
            try:
                self._rpc.write(MODEL, "post", [invoice])
                return
            except VendorWarning as warning:
                self._answer(warning, invoice, entry)
        raise Rejected("Tryton keeps asking to confirm the bill.", vendor_code="warnings")

    def _answer(self, warning: VendorWarning, invoice: int, entry: BillEntry) -> None:
        """Confirm a warning that may be, leaving its words with the bill. Raises `Rejected` for every other."""
        if warning.kind == "invoice_similar":
            domain = [
                *self._same_number(entry.supplier_id, entry.number),
                ("id", "!=", invoice),
                ("state", "!=", "cancelled"),
            ]
            if self._rpc.search(MODEL, domain, ["number"], limit=1):
                raise Rejected(
                    f"Tryton warns of a duplicate: {warning.message}",
                    operator_hint="Compare the two bills; dismiss the document if it is booked already.",
                    vendor_code="duplicate",
                ) from warning
            # All it found was rolled back: Tryton counts cancelled bills as similar ones too.
        elif warning.kind not in self._accepted:
            raise Rejected(
                f"Tryton warns: {warning.message}",
                operator_hint="Settle what it warns of in Tryton, then retry the document.",
                vendor_code=warning.kind,
            ) from warning
        (row,) = self._rpc.search(MODEL, [("id", "=", invoice)], ["comment"])
        self._rpc.write(MODEL, "write", [invoice], {"comment": marks.with_confirmed(row["comment"], warning.message)})
        self._rpc.write("res.user.warning", "skip", warning.name, False)

    def _discard(self, invoice: int) -> None:
        """Delete a draft, if it is still one; Tryton then expects the order's lines to be billed again by itself."""
        if self._rpc.search(MODEL, [("id", "=", invoice), ("state", "=", "draft")], ["number"]):
            self._rpc.write(MODEL, "delete", [invoice])

    def _marked(self, kind: RecordType, key: str, states: Sequence[str]) -> list[dict[str, Any]]:
        domain = [
            ("company", "=", self._master.company_id),
            ("type", "=", "in"),
            ("state", "in", list(states)),
            ("comment", "ilike", f"%{marks.like(marks.mark(kind, key))}%"),
        ]
        found = self._rpc.search(MODEL, domain, ["number", "comment", "total_amount"], order=[("id", "ASC")])
        return [row for row in found if marks.carries(row["comment"], kind, key)]

    def _same_number(self, supplier_id: str, number: str) -> list[Any]:
        return [
            ("company", "=", self._master.company_id),
            ("type", "=", "in"),
            ("party", "=", int(supplier_id)),
            ("reference", "ilike", marks.like(number)),
        ]

    def _row(self, record: RecordRef, fields: Sequence[str]) -> dict[str, Any]:
        found = self._rpc.search(MODEL, [("id", "=", int(record.id)), ("type", "=", "in")], fields)
        if not found:
            raise Rejected(f"Tryton has no bill with the id {record.id}.", vendor_code="not_found")
        return found[0]

    def _totals(self, invoice: int) -> dict[str, Any]:
        fields = ["untaxed_amount", "tax_amount", "total_amount", "taxes.amount"]
        (row,) = self._rpc.search(MODEL, [("id", "=", invoice)], fields)
        return row

    def _booked_lines(self, invoice: int, sign: int) -> tuple[BookedLine, ...]:
        fields = ["description", "quantity", "unit_price", "amount", "origin"]
        domain = [("invoice", "=", invoice), ("type", "=", "line")]
        found = self._rpc.search("account.invoice.line", domain, fields, order=[("sequence", "ASC"), ("id", "ASC")])
        credited = [_id_of(row["origin"], "account.invoice.line") for row in found]
        origins = {
            row["id"]: row["origin"]
            for row in self._rpc.search(
                "account.invoice.line", [("id", "in", list(filter(None, credited)))], ["origin"]
            )
        }
        return tuple(
            BookedLine(
                description=row["description"] or "",
                quantity=sign * row["quantity"],
                unit_price=row["unit_price"],
                net_amount=sign * row["amount"],
                order_line_id=_order_line(row["origin"]) or _order_line(origins.get(bill_line)),
            )
            for row, bill_line in zip(found, credited, strict=True)
        )

    def _ref(self, kind: RecordType, row: dict[str, Any]) -> RecordRef:
        url = f"{self._rpc.url}/#{self._rpc.database}/model/{MODEL}/{row['id']}"
        return RecordRef(kind, str(row["id"]), row["number"], url)

    def _differs(self, what: str, stated: Decimal, computed: Decimal) -> Rejected:
        return Rejected(
            f"The {what} total comes to {computed:f} in Tryton, the document says {stated:f}.",
            operator_hint="Check the lines and tax rates in review, and the taxes in Tryton; then retry the document.",
            vendor_code="totals_differ",
        )


def _id_of(origin: str | None, model: str) -> int | None:
    name, _, identifier = (origin or "").partition(",")
    return int(identifier) if name == model else None


def _order_line(origin: str | None) -> str | None:
    identifier = _id_of(origin, "purchase.line")
    return None if identifier is None else str(identifier)
