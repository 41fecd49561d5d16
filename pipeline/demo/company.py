"""The demonstration company: Nordlys Kontor ApS, its suppliers, customers, products and purchase orders.

All names, numbers and accounts are made up; identifiers carry valid checksums so that the checks see real work.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DemoParty:
    """A supplier or customer, as the ERP knows it."""

    code: str
    name: str
    street: str
    postal_code: str
    city: str
    country: str
    vat_id: str
    email: str
    iban: str | None = None
    bic: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """Something bought or sold; prices in the company's currency without VAT."""

    code: str
    name: str
    unit: str
    cost_price: Decimal
    list_price: Decimal


@dataclass(frozen=True, slots=True)
class DemoOrderLine:
    """One ordered line; `received` is how much of it has arrived."""

    product: str
    quantity: Decimal
    unit_price: Decimal
    received: Decimal


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """A purchase order that the company placed; `number` is what it is called on paper."""

    number: str
    supplier: str
    lines: tuple[DemoOrderLine, ...]
    state: str = "open"


SUPPLIERS = (
    DemoParty(
        "S1",
        "Papirhuset Nord A/S",
        "Industrivej 40",
        "9000",
        "Aalborg",
        "DK",
        "DK13585628",
        "faktura@papirhuset-nord.example",
        "DK5000400440116243",
        "DABADKKK",
        "da",
    ),
    DemoParty(
        "S2",
        "Lindemann Bürotechnik GmbH",
        "Speicherstraße 7",
        "20457",
        "Hamburg",
        "DE",
        "DE136695976",
        "rechnung@lindemann-buero.example",
        "DE89370400440532013000",
        "COBADEFFXXX",
        "de",
    ),
    DemoParty(
        "S3",
        "Brightwater Supplies Ltd",
        "14 Quay Street",
        "BS1 4XE",
        "Bristol",
        "GB",
        "GB980780684",
        "billing@brightwater.example",
        "GB29NWBK60161331926819",
        "NWBKGB2L",
        "en",
    ),
    DemoParty(
        "S4",
        "Van der Meer Koffie B.V.",
        "Keizersgracht 214",
        "1016 DZ",
        "Amsterdam",
        "NL",
        "NL004495445B01",
        "facturen@vandermeer-koffie.example",
        "NL91ABNA0417164300",
        "ABNANL2A",
        "nl",
    ),
    DemoParty(
        "S5",
        "Atelier Lumière SARL",
        "8 rue des Carmes",
        "44000",
        "Nantes",
        "FR",
        "FR40303265045",
        "compta@atelier-lumiere.example",
        "FR1420041010050500013M02606",
        "PSSTFRPP",
        "fr",
    ),
)

CUSTOMERS = (
    DemoParty(
        "C1",
        "Skovgaard Arkitekter ApS",
        "Bredgade 3",
        "1260",
        "København K",
        "DK",
        "DK25313763",
        "indkob@skovgaard.example",
        language="da",
    ),
    DemoParty(
        "C2",
        "Harbour Clinic Ltd",
        "2 Marine Parade",
        "CT1 2AB",
        "Canterbury",
        "GB",
        "GB434031494",
        "purchasing@harbourclinic.example",
    ),
)

PRODUCTS = (
    DemoProduct("PAP-A4-80", "Copy paper A4 80 g, box of 5 reams", "u", Decimal("18.50"), Decimal("24.00")),
    DemoProduct("PEN-BLK-12", "Ballpoint pens black, pack of 12", "u", Decimal("4.20"), Decimal("6.50")),
    DemoProduct("TON-HX-220", "Toner cartridge HX-220 black", "u", Decimal("62.00"), Decimal("84.00")),
    DemoProduct("CHR-ERGO-1", "Office chair Ergo One", "u", Decimal("189.00"), Decimal("265.00")),
    DemoProduct("DSK-160", "Standing desk 160 x 80 cm", "u", Decimal("410.00"), Decimal("560.00")),
    DemoProduct("LMP-LED-7", "Desk lamp LED 7 W", "u", Decimal("27.90"), Decimal("39.00")),
    DemoProduct("COF-ESP-1K", "Espresso beans 1 kg", "u", Decimal("14.75"), Decimal("19.50")),
    DemoProduct("CLN-5L", "Floor cleaner 5 l", "u", Decimal("11.40"), Decimal("16.00")),
    DemoProduct("BND-A4-8", "Ring binder A4 8 cm", "u", Decimal("2.35"), Decimal("3.60")),
    DemoProduct("SRV-MNT-H", "Maintenance, technician hour", "h", Decimal("75.00"), Decimal("95.00")),
)


def _line(product: str, quantity: str, unit_price: str, received: str | None = None) -> DemoOrderLine:
    arrived = quantity if received is None else received
    return DemoOrderLine(product, Decimal(quantity), Decimal(unit_price), Decimal(arrived))


ORDERS = (
    DemoOrder("PO-2041", "S1", (_line("PAP-A4-80", "40", "18.50"), _line("BND-A4-8", "100", "2.35"))),
    DemoOrder("PO-2042", "S1", (_line("PEN-BLK-12", "50", "4.20"),)),
    DemoOrder("PO-2043", "S2", (_line("TON-HX-220", "12", "62.00"), _line("SRV-MNT-H", "3", "75.00"))),
    DemoOrder("PO-2044", "S2", (_line("CHR-ERGO-1", "6", "189.00", "4"),)),
    DemoOrder("PO-2045", "S3", (_line("LMP-LED-7", "20", "27.90"), _line("CLN-5L", "10", "11.40"))),
    DemoOrder("PO-2046", "S3", (_line("DSK-160", "4", "410.00"),)),
    DemoOrder("PO-2047", "S4", (_line("COF-ESP-1K", "60", "14.75"),)),
    DemoOrder("PO-2048", "S5", (_line("LMP-LED-7", "15", "27.90"), _line("CHR-ERGO-1", "2", "189.00"))),
    DemoOrder("PO-2049", "S5", (_line("DSK-160", "14", "410.00"),)),
    DemoOrder("PO-2050", "S3", (_line("CLN-5L", "30", "11.40", "12"),)),
    DemoOrder("PO-2051", "S1", (_line("PAP-A4-80", "20", "18.50"),)),
    DemoOrder("PO-2052", "S2", (_line("LMP-LED-7", "8", "27.90"),)),
    DemoOrder("PO-2053", "S4", (_line("COF-ESP-1K", "24", "14.75"), _line("CLN-5L", "6", "11.40"))),
    DemoOrder("PO-2054", "S3", (_line("PEN-BLK-12", "30", "4.20"), _line("BND-A4-8", "40", "2.35"))),
    DemoOrder("PO-2055", "S5", (_line("BND-A4-8", "60", "2.35"),)),
)


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """Everything that a fresh ERP is filled with. VAT rates are in percent.

    All orders were placed on `ordered_on`; the fiscal years around that day are open.
    """

    name: str = "Nordlys Kontor ApS"
    street: str = "Havnegade 12"
    postal_code: str = "8000"
    city: str = "Aarhus C"
    country: str = "DK"
    vat_id: str = "DK10150817"
    currency: str = "EUR"
    ordered_on: date = date(2026, 10, 1)
    purchase_tax_rates: tuple[Decimal, ...] = (Decimal(25), Decimal(19), Decimal(7), Decimal(0))
    suppliers: tuple[DemoParty, ...] = SUPPLIERS
    customers: tuple[DemoParty, ...] = CUSTOMERS
    products: tuple[DemoProduct, ...] = PRODUCTS
    orders: tuple[DemoOrder, ...] = ORDERS


COMPANY = DemoCompany()


def company_on(today: date) -> DemoCompany:
    """Return the company as it stands on a day: all orders were placed in good time before it.

    They date from the first of a month, so that the ERP built for one day serves the rest of the month.
    """
    recent = today - timedelta(days=20)
    return replace(COMPANY, ordered_on=(recent.replace(day=1) - timedelta(days=1)).replace(day=1))
