"""What the messages carry: invoices, credit notes and orders as business content, not yet drawn or encoded."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from pipeline.demo.company import COMPANY, CUSTOMERS, ORDERS, PRODUCTS, SUPPLIERS, DemoOrder, DemoParty

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line: quantity, unit price before tax; `item_code` as the sender prints it, empty where it prints none."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    item_code: str = ""
    unit: str = ""

    @property
    def net_amount(self) -> Decimal:
        return (self.quantity * self.unit_price).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Paper:
    """One invoice, credit note, order or statement. `tax_rate` in percent; `gross_misprint` is added to the printed
    total only, so that it disagrees."""

    kind: str
    number: str
    seller: DemoParty
    buyer: DemoParty
    issue_date: date
    lines: tuple[PaperLine, ...]
    tax_rate: Decimal = Decimal(0)
    order_number: str = ""
    preceding_invoice: str = ""
    payment_days: int = 30
    style: str = "ruled"
    gross_misprint: Decimal = Decimal(0)
    title: str = ""

    @property
    def sender(self) -> DemoParty:
        return self.buyer if self.kind == "purchase_order" else self.seller

    @property
    def recipient(self) -> DemoParty:
        return self.seller if self.kind == "purchase_order" else self.buyer

    @property
    def language(self) -> str:
        return self.sender.language

    @property
    def due_date(self) -> date:
        return self.issue_date + timedelta(days=self.payment_days)

    @property
    def net_total(self) -> Decimal:
        return sum((line.net_amount for line in self.lines), Decimal(0))

    @property
    def tax_total(self) -> Decimal:
        return (self.net_total * self.tax_rate / 100).quantize(CENT, ROUND_HALF_UP)

    @property
    def gross_total(self) -> Decimal:
        return self.net_total + self.tax_total


OURSELVES = DemoParty(
    "US",
    COMPANY.name,
    COMPANY.street,
    COMPANY.postal_code,
    COMPANY.city,
    COMPANY.country,
    COMPANY.vat_id,
    "bilag@nordlys-kontor.example",
    language="da",
)
STRANGER = DemoParty(
    "X1",
    "Fjordtek Solutions AS",
    "Strandgaten 19",
    "5013",
    "Bergen",
    "NO",
    "NO974760673MVA",
    "faktura@fjordtek.example",
    "NO9386011117947",
    "DNBANOKK",
    "no",
)
_PRODUCTS = {product.code: product for product in PRODUCTS}
_ORDERS = {order.number: order for order in ORDERS}
_SUPPLIERS = {supplier.code: supplier for supplier in SUPPLIERS}
_CUSTOMERS = {customer.code: customer for customer in CUSTOMERS}

# How suppliers name our products in their own language.
_NAMES = {
    "da": {
        "PAP-A4-80": "Kopipapir A4 80 g, kasse med 5 pakker",
        "PEN-BLK-12": "Kuglepenne sort, 12 stk.",
        "BND-A4-8": "Brevordner A4 8 cm",
    },
    "de": {
        "TON-HX-220": "Tonerkartusche HX-220 schwarz",
        "SRV-MNT-H": "Wartung, Technikerstunde",
        "CHR-ERGO-1": "Bürostuhl Ergo One",
        "LMP-LED-7": "Schreibtischlampe LED 7 W",
    },
    "nl": {"COF-ESP-1K": "Espressobonen 1 kg", "CLN-5L": "Vloerreiniger 5 l"},
    "fr": {
        "LMP-LED-7": "Lampe de bureau LED 7 W",
        "CHR-ERGO-1": "Fauteuil de bureau Ergo One",
        "DSK-160": "Bureau assis-debout 160 x 80 cm",
        "BND-A4-8": "Classeur A4 8 cm",
    },
}


def product_name(code: str, language: str) -> str:
    """Return what a sender of this language calls a product."""
    return _NAMES.get(language, {}).get(code, _PRODUCTS[code].name)


def order(number: str) -> DemoOrder:
    """Return one of the company's own purchase orders."""
    return _ORDERS[number]


def customer(code: str) -> DemoParty:
    """Return one of the company's customers."""
    return _CUSTOMERS[code]


def paper_line(code: str, quantity: Decimal | str, unit_price: Decimal | str, language: str) -> PaperLine:
    """Return a line for one of our products as the sender writes it."""
    product = _PRODUCTS[code]
    name = product_name(code, language)
    return PaperLine(name, Decimal(quantity), Decimal(unit_price), code, product.unit)


def bill_for(order_number: str, number: str, issue_date: date, **changes: object) -> Paper:
    """Return the supplier's invoice for everything that one of our orders named; Danish suppliers charge 25 % VAT."""
    placed = _ORDERS[order_number]
    seller = _SUPPLIERS[placed.supplier]
    paper = Paper(
        kind="invoice",
        number=number,
        seller=seller,
        buyer=OURSELVES,
        issue_date=issue_date,
        lines=tuple(paper_line(x.product, x.quantity, x.unit_price, seller.language) for x in placed.lines),
        tax_rate=Decimal(25) if seller.country == "DK" else Decimal(0),
        order_number=order_number,
    )
    return replace(paper, **changes)  # type: ignore[arg-type]
