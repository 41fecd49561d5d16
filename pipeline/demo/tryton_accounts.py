"""The accounting of the demonstration company: currencies, chart of accounts, fiscal years, numbering, VAT."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.demo.company import DemoCompany

# Units of each currency for one euro; round figures that stay the same, so that results do not depend on the day.
_RATES = {"EUR": "1", "DKK": "7.46", "SEK": "11.2", "NOK": "11.6", "GBP": "0.86", "USD": "1.1", "CHF": "0.95"}
# Codes in Tryton's universal chart of accounts (trytond/modules/account/account_chart_en.xml).
_EXPENSE, _REVENUE, _TAX = "5.1.1", "4.1.1", "6.3.6"
# The VAT that a foreign supplier charges us; all others deliver without (reverse charge, export).
_CHARGED_ABROAD = {"DE": Decimal(19)}


class AccountsBuilder:
    """Makes the accounts of one company, then says which of them products and parties take."""

    def __init__(self, company: DemoCompany, model: Callable[[str], Any]) -> None:
        self._company = company
        self._model = model
        self._rules: dict[Decimal, Any] = {}
        self.domestic_tax: Any = None
        self.sale_tax: Any = None
        self.payment_term: Any = None
        self.expense: Any = None
        self.revenue: Any = None

    def make_currencies(self) -> None:
        """Make the currencies and their rates."""
        for code, rate in _RATES.items():
            currency = self._model("currency.currency")(name=code, code=code, rounding=Decimal("0.01"))
            currency.save()
            values = {
                "date": date(self._company.ordered_on.year - 1, 1, 1),
                "rate": Decimal(rate),
                "currency": currency,
            }
            self._model("currency.currency.rate")(**values).save()

    def make(self, ledger: Any) -> None:
        """Make everything else; `ledger` is the company's record."""
        self._make_chart(ledger)
        ordered = self._company.ordered_on.year
        for year in (ordered - 1, ordered, ordered + 1):
            self._make_fiscal_year(year, ledger)
        (sales,) = self._model("ir.sequence").find([("sequence_type.name", "=", "Sale")], limit=1)
        sales.prefix, sales.padding = "SO-", 4
        sales.save()
        self.payment_term = self._model("account.invoice.payment_term")(name="30 days")
        self.payment_term.lines.new(type="remainder").relativedeltas.new(days=30)
        self.payment_term.save()
        self._make_taxes()

    def supplier_rule(self, country: str) -> Any:
        """Return the tax rule of a supplier in a country; None at home."""
        return None if country == self._company.country else self._rules.get(_CHARGED_ABROAD.get(country, Decimal(0)))

    def _make_chart(self, ledger: Any) -> None:
        from proteus import Wizard

        template, *_ = self._model("account.account.template").find([("parent", "=", None)], limit=1)
        wizard = Wizard("account.create_chart")
        wizard.execute("account")
        wizard.form.account_template, wizard.form.company = template, ledger
        wizard.execute("create_account")
        self.expense, self.revenue = self._account(_EXPENSE), self._account(_REVENUE)
        wizard.form.category_account_expense, wizard.form.category_account_revenue = self.expense, self.revenue
        for kind in ("receivable", "payable"):
            account, *_ = self._model("account.account").find(
                [(f"type.{kind}", "=", True), ("party_required", "=", True)], limit=1
            )
            setattr(wizard.form, f"account_{kind}", account)
        wizard.execute("create_properties")

    def _make_fiscal_year(self, year: int, ledger: Any) -> None:
        fiscal_year = self._model("account.fiscalyear")(name=str(year), company=ledger)
        fiscal_year.start_date, fiscal_year.end_date = date(year, 1, 1), date(year, 12, 31)
        fiscal_year.move_sequence = self._strict("Account Move", f"{year}", "")
        (sequences,) = fiscal_year.invoice_sequences
        for field, letter in (
            ("in_invoice", "B"),
            ("in_credit_note", "C"),
            ("out_invoice", "I"),
            ("out_credit_note", "R"),
        ):
            setattr(sequences, f"{field}_sequence", self._strict("Invoice", f"{field} {year}", f"{letter}{year}-"))
        fiscal_year.click("create_period")

    def _make_taxes(self) -> None:
        groups = {
            kind: self._model("account.tax.group")(name=f"VAT {kind}", code=f"VAT-{kind}", kind=kind)
            for kind in ("purchase", "sale")
        }
        for group in groups.values():
            group.save()
        rates = self._company.purchase_tax_rates
        taxes = {rate: self._tax(f"Purchase VAT {rate} %", rate, groups["purchase"]) for rate in rates}
        self.domestic_tax = taxes.pop(max(rates))
        self.sale_tax = self._tax(f"Sale VAT {max(rates)} %", max(rates), groups["sale"])
        for rate, tax in taxes.items():
            rule = self._model("account.tax.rule")(name=f"Supplier charges {rate} %", kind="purchase")
            rule.lines.new(group=groups["purchase"], origin_tax=self.domestic_tax, tax=tax)
            rule.save()
            self._rules[rate] = rule

    def _tax(self, name: str, rate: Decimal, group: Any) -> Any:
        tax = self._model("account.tax")(name=name, description=name, type="percentage", rate=rate / 100, group=group)
        tax.invoice_account = tax.credit_note_account = self._account(_TAX)
        tax.save()
        return tax

    def _account(self, code: str) -> Any:
        account, *_ = self._model("account.account").find([("code", "=", code)], limit=1)
        return account

    def _strict(self, kind: str, name: str, prefix: str) -> Any:
        (sequence_type,) = self._model("ir.sequence.type").find([("name", "=", kind)], limit=1)
        sequence = self._model("ir.sequence.strict")(name=name, sequence_type=sequence_type, prefix=prefix, padding=4)
        sequence.save()
        return sequence
