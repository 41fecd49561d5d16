"""What a company has to say of itself to be kept in memory, and how that becomes the ERP's records.

The demonstration's company (`pipeline.demo.company`) has this shape; adapters do not know the demonstration.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from pipeline.domain.record import OrderState, Party, Product, PurchaseOrder, PurchaseOrderLine

_SERVICE_UNITS = frozenset({"h"})


class PartyData(Protocol):
    """A supplier or customer."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def vat_id(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def iban(self) -> str | None: ...


class ProductData(Protocol):
    """Something bought or sold."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def list_price(self) -> Decimal: ...


class OrderLineData(Protocol):
    """One ordered line, and how much of it has arrived."""

    @property
    def product(self) -> str: ...
    @property
    def quantity(self) -> Decimal: ...
    @property
    def unit_price(self) -> Decimal: ...
    @property
    def received(self) -> Decimal: ...


class OrderData(Protocol):
    """A purchase order that was placed; `state` is a value of `OrderState`."""

    @property
    def number(self) -> str: ...
    @property
    def supplier(self) -> str: ...
    @property
    def lines(self) -> Sequence[OrderLineData]: ...
    @property
    def state(self) -> str: ...


class CompanyData(Protocol):
    """A company with its parties, products and orders; VAT rates are in percent."""

    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def ordered_on(self) -> date: ...
    @property
    def vat_id(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def purchase_tax_rates(self) -> Sequence[Decimal]: ...
    @property
    def suppliers(self) -> Sequence[PartyData]: ...
    @property
    def customers(self) -> Sequence[PartyData]: ...
    @property
    def products(self) -> Sequence[ProductData]: ...
    @property
    def orders(self) -> Sequence[OrderData]: ...


def as_us(company: CompanyData) -> Party:
    """Return the company itself."""
    registration = company.vat_id.removeprefix("DK") if company.country == "DK" else None
    return Party(
        "us", company.name, (company.vat_id,), registration, country=company.country, currency=company.currency
    )


def as_supplier(party: PartyData) -> Party:
    """Return a supplier; a Danish VAT id is the register's number too."""
    return Party(
        id=party.code,
        name=party.name,
        vat_ids=(party.vat_id,),
        registration_id=party.vat_id.removeprefix("DK") if party.country == "DK" else None,
        ibans=(party.iban,) if party.iban else (),
        emails=(party.email,),
        country=party.country,
    )


as_customer = as_supplier


def as_product(product: ProductData) -> Product:
    """Return a product with its list price."""
    return Product(product.code, product.code, product.name, product.list_price, product.unit)


def as_order(order: OrderData, company: CompanyData) -> PurchaseOrder:
    """Return an order; nobody counts what arrives of a service."""
    products = {product.code: product for product in company.products}
    lines = tuple(
        PurchaseOrderLine(
            id=f"{order.number}/{number}",
            description=products[line.product].name,
            quantity=line.quantity,
            unit_price=line.unit_price,
            item_code=line.product,
            unit=products[line.product].unit,
            received=None if products[line.product].unit in _SERVICE_UNITS else line.received,
        )
        for number, line in enumerate(order.lines, start=1)
    )
    return PurchaseOrder(
        id=order.number,
        number=order.number,
        supplier_id=order.supplier,
        state=OrderState(order.state),
        currency=company.currency,
        lines=lines,
        order_date=company.ordered_on,
    )
