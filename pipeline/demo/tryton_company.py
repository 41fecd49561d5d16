"""Fills a new Tryton database with the demonstration company. Run as a program of its own, see `tryton`.

Tryton keeps its configuration and its models in module globals, so it never runs inside Bilag's process.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.demo.company import DemoCompany, DemoOrder, DemoOrderLine, DemoParty, DemoProduct
from pipeline.demo.tryton_accounts import AccountsBuilder
from pipeline.demo.tryton_orders import OrderBuilder

ADMINISTRATOR = "admin"
CONNECTOR = "bilag"
SUPPLIER_CATEGORY = "Supplier"
CUSTOMER_CATEGORY = "Customer"
_GROUPS = ("account.group_account", "purchase.group_purchase", "sale.group_sale", "stock.group_stock")
_COUNTRIES = {
    "DK": "Denmark",
    "DE": "Germany",
    "GB": "United Kingdom",
    "NL": "Netherlands",
    "FR": "France",
    "SE": "Sweden",
    "NO": "Norway",
}


def encode(company: DemoCompany) -> str:
    """Return a company as JSON; equal companies give equal text."""
    return json.dumps(asdict(company), default=str, sort_keys=True)


def decode(text: str) -> DemoCompany:
    """Return the company that `encode` wrote."""
    data = json.loads(text)
    for order in data["orders"]:
        order["lines"] = tuple(_numbers(DemoOrderLine, line) for line in order["lines"])
    data["orders"] = tuple(DemoOrder(**order) for order in data["orders"])
    data["suppliers"] = tuple(DemoParty(**party) for party in data["suppliers"])
    data["customers"] = tuple(DemoParty(**party) for party in data["customers"])
    data["products"] = tuple(_numbers(DemoProduct, product) for product in data["products"])
    data["purchase_tax_rates"] = tuple(map(Decimal, data["purchase_tax_rates"]))
    data["ordered_on"] = date.fromisoformat(data["ordered_on"])
    return DemoCompany(**data)


def _numbers(kind: Any, values: dict[str, Any]) -> Any:
    wanted = {name for name, field in kind.__dataclass_fields__.items() if field.type is Decimal}
    return kind(**{name: Decimal(value) if name in wanted else value for name, value in values.items()})


class CompanyBuilder:
    """Builds one company through proteus, Tryton's scripting client; `tell` hears of each step."""

    def __init__(self, company: DemoCompany, configuration: Any, tell: Callable[[str], None]) -> None:
        from proteus import Model

        self._company = company
        self._config = configuration
        self._tell = tell
        self._model: Callable[[str], Any] = Model.get
        self._accounts = AccountsBuilder(company, self._model)
        self._parties: dict[str, Any] = {}
        self._products: dict[str, Any] = {}

    def build(self) -> None:
        """Make everything, in the order in which it depends on each other."""
        self._tell("company, accounts and fiscal years")
        self._accounts.make_currencies()
        for code, name in _COUNTRIES.items():
            self._model("country.country")(name=name, code=code).save()
        self._make_company()
        self._accounts.make(self._one("company.company"))
        self._tell("suppliers and customers")
        self._make_parties()
        self._tell("products")
        self._make_products()
        orders = OrderBuilder(self._model, self._parties, self._products, self._currency(), self._company.ordered_on)
        for order in self._company.orders:
            self._tell(f"purchase order {order.number}")
            orders.make(order)
        self._tell("users")
        self._make_user()

    def _one(self, model: str, *domain: Any) -> Any:
        record, *_ = self._model(model).find(list(domain), limit=1)
        return record

    def _again(self, record: Any) -> Any:
        """Return another instance of a record: proteus lets an instance be in one list only."""
        return record.__class__(record.id)

    def _currency(self) -> Any:
        return self._one("currency.currency", ("code", "=", self._company.currency))

    def _make_company(self) -> None:
        from proteus import Wizard

        us = self._company
        email = f"accounts@{us.name.split()[0].lower()}.example"
        party = self._party(DemoParty("US", us.name, us.street, us.postal_code, us.city, us.country, us.vat_id, email))
        wizard = Wizard("company.company.config")
        wizard.execute("company")
        wizard.form.party, wizard.form.currency = party, self._currency()
        wizard.execute("add")
        self._config._context = self._model("res.user").get_preferences(True, {})

    def _make_parties(self) -> None:
        for demo in self._company.suppliers:
            self._parties[demo.code] = party = self._party(demo, SUPPLIER_CATEGORY)
            party.supplier_payment_term = self._accounts.payment_term
            party.supplier_tax_rule = self._accounts.supplier_rule(demo.country)
            # Without this Tryton makes a draft bill of its own for every order, and ours would be the second.
            party.purchase_invoice_line_standalone = True
            party.save()
            if demo.iban:
                self._make_bank_account(party, demo.iban, demo.bic)
        for demo in self._company.customers:
            self._parties[demo.code] = self._party(demo, CUSTOMER_CATEGORY)

    def _party(self, demo: DemoParty, category: str | None = None) -> Any:
        party = self._model("party.party")(name=demo.name, code=demo.code)
        # Not of type "eu_vat": Tryton would ask the VIES service about each, and warn at every bill without its answer.
        party.identifiers.new(type=f"{demo.country.lower()}_vat", code=demo.vat_id)
        address, *_ = party.addresses
        address.street_unstructured, address.postal_code, address.city = demo.street, demo.postal_code, demo.city
        if demo.country in _COUNTRIES:
            address.country = self._one("country.country", ("code", "=", demo.country))
        party.contact_mechanisms.new(type="email", value=demo.email)
        if category is not None:
            party.categories.append(self._category(category))
        party.save()
        return party

    def _category(self, name: str) -> Any:
        model = self._model("party.category")
        if found := model.find([("name", "=", name)], limit=1):
            return self._again(found[0])
        category = model(name=name)
        category.save()
        return category

    def _make_bank_account(self, party: Any, iban: str, bic: str | None) -> None:
        account = self._model("bank.account")()
        account.owners.append(self._again(party))
        account.numbers.new(type="iban", number=iban)
        if bic:
            banker = self._model("party.party")(name=f"Bank {bic}")
            banker.save()
            account.bank = self._model("bank")(party=banker, bic=bic)
            account.bank.save()
        account.save()

    def _make_products(self) -> None:
        category = self._model("product.category")(name="Office", accounting=True)
        category.account_expense, category.account_revenue = self._accounts.expense, self._accounts.revenue
        category.supplier_taxes.append(self._again(self._accounts.domestic_tax))
        category.customer_taxes.append(self._again(self._accounts.sale_tax))
        category.save()
        for demo in self._company.products:
            template = self._model("product.template")(name=demo.name)
            template.default_uom = self._one("product.uom", ("symbol", "=", demo.unit))
            template.type = "service" if demo.unit == "h" else "goods"
            template.list_price = demo.list_price
            template.purchasable = template.salable = True
            template.account_category = category
            template.products[0].suffix_code = demo.code
            template.products[0].cost_price = demo.cost_price
            template.save()
            self._products[demo.code] = template.products[0]

    def _make_user(self) -> None:
        """Make the connector's user: no administrator, with the rights it needs."""
        user = self._model("res.user")(name="Bilag", login=CONNECTOR)
        company = self._one("company.company")
        user.companies.append(self._again(company))
        user.company = company
        known = self._model("ir.model.data")
        for group in _GROUPS:
            user.groups.append(self._model("res.group")(known.get_id(group, self._config.context)))
        user.save()


def main() -> None:
    """Fill the database named on the command line; progress goes to standard output, one step a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("configuration", help="trytond's configuration file")
    parser.add_argument("database")
    parser.add_argument("company", type=Path, help="the company as JSON")
    arguments = parser.parse_args()
    from proteus import config as proteus_config

    configuration = proteus_config.set_trytond(
        f"sqlite:///{arguments.database}", user=ADMINISTRATOR, config_file=arguments.configuration
    )
    company = decode(arguments.company.read_text("utf-8"))
    CompanyBuilder(company, configuration, lambda step: print(step, file=sys.stdout, flush=True)).build()  # noqa: T201


if __name__ == "__main__":
    main()
