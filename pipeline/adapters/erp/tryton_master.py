"""What Tryton knows: parties, products and purchase orders, in our terms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pipeline.adapters.erp.tryton_marks import scattered
from pipeline.adapters.erp.tryton_rpc import TrytonRpc
from pipeline.domain.record import OrderState, Party, Product, PurchaseOrder, PurchaseOrderLine
from pipeline.errors import ConfigurationError

_ORDER_STATES = {
    "draft": OrderState.DRAFT,
    "quotation": OrderState.DRAFT,
    "confirmed": OrderState.OPEN,
    "processing": OrderState.OPEN,
    "done": OrderState.CLOSED,
    "cancelled": OrderState.CANCELLED,
}
# python-stdnum's names for the numbers of company registers, which Tryton uses as identifier types.
_REGISTER_TYPES = frozenset(
    {"no_orgnr", "se_orgnr", "de_handelsregisternummer", "fr_siren", "fr_rcs", "be_businessid", "fi_ytunnus", "nl_kvk"}
)
_PARTY_FIELDS = (
    "name",
    "identifiers.type",
    "identifiers.code_compact",
    "contact_mechanisms.type",
    "contact_mechanisms.value",
    "addresses.country.code",
)
_BANK_FIELDS = ("bank_accounts.active", "bank_accounts.numbers.type", "bank_accounts.numbers.number_compact")
_ORDER_FIELDS = (
    "number",
    "reference",
    "state",
    "party",
    "currency.code",
    "purchase_date",
    "lines.type",
    "lines.sequence",
    "lines.quantity",
    "lines.unit_price",
    "lines.summary",
    "lines.unit.symbol",
    "lines.unit.factor",
    "lines.product.code",
    "lines.product.template.name",
    "lines.product.type",
    "lines.product_supplier.code",
    "lines.moves.quantity",
    "lines.moves.state",
    "lines.moves.unit.factor",
    "lines.invoice_lines.quantity",
    "lines.invoice_lines.invoice.state",
    "lines.invoice_lines.invoice.reference",
)


class TrytonMaster:
    """Reads master data and orders.

    Tryton does not say which parties are suppliers: those in the party category `supplier_category` where it exists,
    otherwise every party but ourselves; likewise customers.
    """

    def __init__(self, rpc: TrytonRpc, *, supplier_category: str, customer_category: str) -> None:
        self._rpc = rpc
        self._supplier_category = supplier_category
        self._customer_category = customer_category
        self._party_fields: tuple[str, ...] | None = None

    @property
    def company_id(self) -> int:
        """The company in whose books the user works."""
        company = self._rpc.context.get("company")
        if company is None:
            raise ConfigurationError(
                "The Tryton user has no company.", operator_hint="Give the user a company in Tryton and start again."
            )
        return int(company)

    def company(self) -> Party:
        """Return ourselves."""
        fields = ["party", "currency.code"]
        (company,) = self._rpc.search("company.company", [("id", "=", self.company_id)], fields)
        (party,) = self._parties([("id", "=", company["party"])])
        return replace(party, currency=company["currency."]["code"])

    def suppliers(self) -> Sequence[Party]:
        """Return every active supplier."""
        return self._of_category(self._supplier_category)

    def customers(self) -> Sequence[Party]:
        """Return every active customer."""
        return self._of_category(self._customer_category)

    def products(self) -> Sequence[Product]:
        """Return every active product that can be sold, with its list price."""
        fields = ["code", "name", "list_price_used", "sale_uom.symbol"]
        found = self._rpc.every("product.product", [("salable", "=", True)], fields)
        return tuple(
            Product(
                str(row["id"]),
                row["code"] or "",
                row["name"],
                row["list_price_used"],
                (row["sale_uom."] or {}).get("symbol"),
            )
            for row in found
        )

    def purchase_orders(self, number: str) -> Sequence[PurchaseOrder]:
        """Return our orders whose number or reference is this one, compared without blanks and case."""
        wanted = _folded(number)
        if not wanted:
            return ()
        pattern = scattered(wanted)
        domain = [
            ("company", "=", self.company_id),
            ["OR", ("number", "ilike", pattern), ("reference", "ilike", pattern)],
        ]
        found = self._rpc.search("purchase.purchase", domain, _ORDER_FIELDS, order=[("id", "ASC")])
        return tuple(
            _order(row) for row in found if wanted in (_folded(row["number"] or ""), _folded(row["reference"] or ""))
        )

    def _of_category(self, category: str) -> Sequence[Party]:
        domain: list[Any] = [("id", "!=", int(self.company().id))]
        if self._rpc.search("party.category", [("name", "=", category)], ["name"], limit=1):
            domain.append(("categories.name", "=", category))
        return self._parties(domain)

    def _parties(self, domain: Sequence[Any]) -> Sequence[Party]:
        if self._party_fields is None:
            known = self._rpc.read("party.party", "fields_get", ["bank_accounts"])
            self._party_fields = _PARTY_FIELDS + (_BANK_FIELDS if "bank_accounts" in known else ())
        return tuple(map(_party, self._rpc.every("party.party", domain, self._party_fields)))


def billed(invoice_line: Mapping[str, Any]) -> bool:
    """Say whether an invoice line counts as billed: not those that Tryton only expects, nor cancelled ones.

    For each confirmed order Tryton prepares loose lines, or a draft bill without the supplier's number.
    """
    invoice = invoice_line["invoice."]
    if invoice is None or invoice["state"] == "cancelled":
        return False
    return invoice["state"] != "draft" or bool(invoice["reference"])


def _party(row: Mapping[str, Any]) -> Party:
    vat_ids: list[str] = []
    register: str | None = None
    for identifier in row["identifiers."]:
        kind, code = identifier["type"] or "", "".join((identifier["code_compact"] or "").split())
        country, _, rest = kind.partition("_")
        if rest == "vat" and code:
            prefix = "" if country == "eu" or code[:2].isalpha() else _vat_prefix(country)
            vat_ids.append(prefix + code)
            if country == "dk":
                register = register or code.removeprefix("DK")
        elif kind in _REGISTER_TYPES:
            register = code
    accounts = [account for account in row.get("bank_accounts.", ()) if account["active"]]
    numbers = [number for account in accounts for number in account["numbers."] if number["type"] == "iban"]
    countries = [address["country."]["code"] for address in row["addresses."] if address["country."]]
    return Party(
        id=str(row["id"]),
        name=row["name"] or "",
        vat_ids=tuple(vat_ids),
        registration_id=register,
        ibans=tuple(number["number_compact"] for number in numbers),
        emails=tuple(m["value"] for m in row["contact_mechanisms."] if m["type"] == "email" and m["value"]),
        country=countries[0] if countries else None,
    )


def _vat_prefix(country: str) -> str:
    return "EL" if country == "gr" else country.upper()


def _order(row: Mapping[str, Any]) -> PurchaseOrder:
    lines = sorted(
        (line for line in row["lines."] if line["type"] == "line"),
        key=lambda line: (line["sequence"] is not None, line["sequence"] or 0, line["id"]),
    )
    return PurchaseOrder(
        id=str(row["id"]),
        number=row["number"] or row["reference"] or "",
        supplier_id=str(row["party"]),
        state=_ORDER_STATES[row["state"]],
        currency=row["currency."]["code"],
        lines=tuple(map(_order_line, lines)),
        order_date=row["purchase_date"],
    )


def _order_line(row: Mapping[str, Any]) -> PurchaseOrderLine:
    product, unit = row["product."] or {}, row["unit."] or {}
    stocked = product.get("type", "service") != "service"
    return PurchaseOrderLine(
        id=str(row["id"]),
        description=row["summary"] or (product["template."]["name"] if product else ""),
        quantity=_plain(row["quantity"]),
        unit_price=row["unit_price"],
        item_code=product.get("code"),
        supplier_item_code=(row["product_supplier."] or {}).get("code"),
        unit=unit.get("symbol"),
        received=_received(row["moves."], unit) if stocked else None,
        invoiced=_plain(sum((line["quantity"] for line in row["invoice_lines."] if billed(line)), Decimal(0))),
    )


def _received(moves: Sequence[Mapping[str, Any]], unit: Mapping[str, Any]) -> Decimal:
    """Return what was received, in the order's unit; a move may have been entered in another unit."""
    total = Decimal(0)
    for move in moves:
        if move["state"] == "done":
            total += move["quantity"] * move["unit."]["factor"] / unit["factor"]
    return _plain(total)


def _plain(quantity: Decimal) -> Decimal:
    """Return a quantity without the zeros that a floating-point column adds ("6.0" is 6)."""
    whole = quantity.to_integral_value()
    return whole if whole == quantity else quantity.normalize()


def _folded(number: str) -> str:
    return "".join(number.split()).casefold()
