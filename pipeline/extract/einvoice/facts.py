"""What an e-invoice states, gathered and normalised; a text that is no value of its type is kept as a problem."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from lxml import etree

from pipeline.domain.extraction import Field, LineItem, Source, TaxSubtotal
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.money import to_plain
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn
from pipeline.extract.einvoice.tree import text_of

_DECIMAL: Final = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,15})?|\.\d{1,15})", re.ASCII)
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*|Z|[+-]\d{2}:\d{2})?", re.ASCII)
# UN/CEFACT date formats 102 (day), 203 (minute) and 204 (second).
_PLAIN_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}(?:\d{2})?)?", re.ASCII)
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", re.ASCII)
_BIC: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def stated(value: str, text: str | None = None) -> Field:
    """Return a field as the sender states it: nothing to doubt, on no page."""
    return Field(value=value, text=text if text is not None else value, confidence=1.0, source=Source.EINVOICE)


def one_line(text: str) -> str:
    """Return the text with every run of blanks and line breaks as one blank."""
    return " ".join(text.split())


def without_blanks(text: str) -> str:
    """Return an identifier without blanks, in capitals."""
    return "".join(text.split()).upper()


def is_iban(text: str) -> bool:
    """Say whether a text has the form of an IBAN; its checksum is for validation to judge."""
    return _IBAN.fullmatch(without_blanks(text)) is not None


def is_bic(text: str) -> bool:
    """Say whether a text has the form of a BIC (ISO 9362)."""
    return _BIC.fullmatch(without_blanks(text)) is not None


def as_amount(text: str) -> Decimal | None:
    """Return an XML Schema decimal, or None where the text is none."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def as_date(text: str) -> date | None:
    """Return the date of an XML Schema date or a UN/CEFACT date string (formats 102, 203), or None."""
    found = _ISO_DATE.fullmatch(text) or _PLAIN_DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


@dataclass(slots=True)
class Facts:
    """Everything read so far of one document. Values that cannot be read are left out and told in `problems`."""

    kind: Kind = Kind.OTHER
    fields: dict[HeaderField, Field] = field(default_factory=dict)
    lines: list[LineItem] = field(default_factory=list)
    tax_breakdown: list[TaxSubtotal] = field(default_factory=list)
    totals: dict[str, Field] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)

    def put_text(self, name: HeaderField, text: str | None) -> None:
        """Keep a text, its blanks evened out."""
        if text and (value := one_line(text)):
            self.fields[name] = stated(value, text)

    def put_identifier(self, name: HeaderField, text: str | None) -> None:
        """Keep an identifier without blanks, in capitals."""
        if text and (value := without_blanks(text)):
            self.fields[name] = stated(value, text)

    def put_identifiers(self, name: HeaderField, found: Iterable[str]) -> None:
        """Keep the first identifier and the others as its alternatives."""
        unique = {value: stated(value, text) for text in found if (value := without_blanks(text))}
        if unique:
            first, *others = unique.values()
            self.fields[name] = replace(first, alternatives=tuple(others))

    def put_date(self, name: HeaderField, text: str | None) -> None:
        """Keep a date, or the problem that it is none."""
        if not text:
            return
        if (value := as_date(text)) is None:
            self._problem(name.value, text, "no date")
        else:
            self.fields[name] = stated(value.isoformat(), text)

    def put_amount(self, name: HeaderField, found: etree._Element | str | None) -> None:
        """Keep an amount, or the problem that it is none."""
        if (amount := self.amount(name.value, found)) is not None:
            self.fields[name] = amount

    def put_total(self, name: str, found: etree._Element | None) -> None:
        """Keep a sum that the vocabulary does not name: an attribute of `Extraction`, such as `line_total`."""
        if (amount := self.amount(name, found)) is not None:
            self.totals[name] = amount

    def amount(self, where: str, found: etree._Element | str | None) -> Field | None:
        """Return the amount that an element states; None, and a problem, where it is none."""
        text = found.strip() if isinstance(found, str) else text_of(found)
        if not text:
            return None
        if (value := as_amount(text)) is None:
            self._problem(where, text, "no number")
            return None
        return stated(to_plain(value), text)

    def put_tax(self, rate: etree._Element | None, base: etree._Element | None, tax: etree._Element | None) -> None:
        """Keep one entry of the tax breakdown, as far as it is stated."""
        where = f"tax_breakdown[{len(self.tax_breakdown)}]"
        subtotal = TaxSubtotal(
            rate=self.amount(f"{where}.rate", rate),
            taxable_amount=self.amount(f"{where}.taxable_amount", base),
            tax_amount=self.amount(f"{where}.tax_amount", tax),
        )
        if subtotal != TaxSubtotal():
            self.tax_breakdown.append(subtotal)

    def is_change_of(self, order: str | None) -> None:
        """Keep that the document changes an earlier order: booking it would be a second one."""
        self._block(
            f"This changes the order {one_line(order or '(not named)')} and is no new one; "
            "change the order in the ERP by hand."
        )

    def is_cancellation_of(self, order: str | None) -> None:
        """Keep that the document cancels an earlier order."""
        self._block(f"This cancels the order {one_line(order or '(not named)')}; cancel it in the ERP by hand.")

    def _block(self, message: str) -> None:
        self.problems.append(Finding(ReasonCode.KIND_NOT_POSTED, Severity.BLOCK, message, ("kind",)))

    def warn(self, message: str, *names: str, code: ReasonCode = ReasonCode.EINVOICE_INCOMPLETE) -> None:
        """Keep a problem that a person should see."""
        self.problems.append(Finding(code, Severity.WARN, message, names))

    def _problem(self, where: str, text: str, what: str) -> None:
        shown = text if len(text) <= 40 else text[:40] + "…"
        self.warn(f"The e-invoice states “{shown}” as {where}, which is {what}; read it from the page.", where)


@dataclass(slots=True)
class LineFacts:
    """One line item being read; `index` counts from 0."""

    facts: Facts
    index: int
    columns: dict[LineColumn, Field] = field(default_factory=dict)

    def put_text(self, column: LineColumn, text: str | None) -> None:
        """Keep a text, its blanks evened out."""
        if text and (value := one_line(text)):
            self.columns[column] = stated(value, text)

    def put_amount(self, column: LineColumn, found: etree._Element | None) -> None:
        """Keep a number, or the problem that it is none."""
        if (amount := self.facts.amount(f"lines[{self.index}].{column.value}", found)) is not None:
            self.columns[column] = amount

    def put_price(self, price: etree._Element | None, base_quantity: etree._Element | None) -> None:
        """Keep the price (BT-146) and, where it is for several units, for how many (BT-149)."""
        self.put_amount(LineColumn.UNIT_PRICE, price)
        per = as_amount(text_of(base_quantity))
        if LineColumn.UNIT_PRICE in self.columns and per is not None and per not in (0, 1):
            self.columns[LineColumn.UNIT_PRICE] = replace(self.columns[LineColumn.UNIT_PRICE], per=to_plain(per))

    def put_discount(self, allowances: Iterable[etree._Element], charges: Iterable[etree._Element]) -> None:
        """Keep what is taken off the line: its allowances (BT-136) less its charges (BT-141)."""
        where = f"lines[{self.index}].{LineColumn.DISCOUNT.value}"
        off = [a for found in allowances if (a := self.facts.amount(where, found)) is not None]
        on = [a for found in charges if (a := self.facts.amount(where, found)) is not None]
        total = sum((a.amount for a in off), Decimal(0)) - sum((a.amount for a in on), Decimal(0))
        if total:
            text = " ".join([*(f"-{a.text}" for a in off), *(f"+{a.text}" for a in on)])
            self.columns[LineColumn.DISCOUNT] = stated(to_plain(total), text)

    def keep(self) -> None:
        """Add the line to the document, unless it states nothing."""
        if self.columns:
            self.facts.lines.append(self.columns)
