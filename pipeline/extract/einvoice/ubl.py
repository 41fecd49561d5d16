"""OASIS UBL 2: Peppol BIS Billing 3 and Ordering 3, XRechnung UBL, OIOUBL 2.1 and 3, plain UBL.

In OIOUBL 2 "TaxExclusiveAmount" is the sum of the taxes, not the total without them; the net total is then what its
definition makes it: the lines' sum less allowances plus charges.
Sources: EN 16931-3-2 (UBL binding), Peppol BIS 3, OIOUBL 2.1 guidelines.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lxml import etree

from pipeline.domain.money import to_plain
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn
from pipeline.extract.einvoice import danish_payment
from pipeline.extract.einvoice.facts import Facts, LineFacts, as_amount, is_bic, is_iban, stated
from pipeline.extract.einvoice.kinds import kind_of_type_code, kind_of_ubl_document
from pipeline.extract.einvoice.tree import element, elements, text, text_of, texts

_SELLERS: Final = ("AccountingSupplierParty/Party", "SellerSupplierParty/Party")
_BUYERS: Final = ("AccountingCustomerParty/Party", "BuyerCustomerParty/Party")
_TOTALS: Final = ("LegalMonetaryTotal", "AnticipatedMonetaryTotal", "RequestedMonetaryTotal")
_LINES: Final = ("InvoiceLine", "CreditNoteLine", "DebitNoteLine", "OrderLine/LineItem")
_QUANTITIES: Final = ("InvoicedQuantity", "CreditedQuantity", "DebitedQuantity", "Quantity")
_DELIVERY_DATES: Final = (
    "Delivery/ActualDeliveryDate",
    "Delivery/PromisedDeliveryPeriod/EndDate",
    "Delivery/LatestDeliveryDate",
    "Delivery/RequestedDeliveryPeriod/EndDate",
)
_VAT_SCHEMES: Final = frozenset({"VAT", "63"})  # 63 is Danish VAT in OIOUBL 2
_DANISH_VAT: Final = frozenset({"DK:SE", "0198"})
_DANISH_COMPANY: Final = frozenset({"DK:CVR", "0184"})


def read_ubl(root: etree._Element, facts: Facts) -> None:
    """Read a UBL document of any kind into `facts`; of kinds other than invoices and orders only what they share."""
    name = etree.QName(root).localname
    kind = kind_of_ubl_document(name)
    by_code = kind_of_type_code(text(root, "InvoiceTypeCode", "CreditNoteTypeCode"))
    facts.kind = by_code if kind is Kind.INVOICE and by_code is not None else kind
    _read_numbers(root, name, facts)
    facts.put_date(HeaderField.ISSUE_DATE, text(root, "IssueDate"))
    facts.put_date(
        HeaderField.DUE_DATE, text(root, "DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate")
    )
    facts.put_date(HeaderField.DELIVERY_DATE, text(root, *_DELIVERY_DATES))
    facts.put_text(HeaderField.BUYER_REFERENCE, text(root, "BuyerReference"))
    facts.put_text(HeaderField.PAYMENT_TERMS, " ".join(texts(root, "PaymentTerms/Note")))
    _read_parties(root, facts)
    _read_payment(root, facts)
    totals = element(root, *_TOTALS)
    currency = text(root, "DocumentCurrencyCode") or _currency_of(totals)
    facts.put_identifier(HeaderField.CURRENCY, currency)
    _read_tax(root, (currency or "").upper(), facts)
    _read_totals(totals, facts, oioubl_2=(text(root, "CustomizationID") or "").startswith("OIOUBL-2"))
    for index, line in enumerate(elements(root, *_LINES)):
        _read_line(line, LineFacts(facts, index))


def _read_numbers(root: etree._Element, name: str, facts: Facts) -> None:
    number, order = text(root, "ID"), text(root, "OrderReference/ID")
    facts.put_text(HeaderField.PURCHASE_ORDER_REFERENCE, order)
    if facts.kind is Kind.PURCHASE_ORDER:
        facts.put_text(HeaderField.ORDER_NUMBER, number)
    elif facts.kind in (Kind.INVOICE, Kind.CREDIT_NOTE):
        facts.put_text(HeaderField.INVOICE_NUMBER, number)
        references = ("InvoiceDocumentReference/ID", "CreditNoteDocumentReference/ID")
        facts.put_text(
            HeaderField.PRECEDING_INVOICE_REFERENCE, text(root, *(f"BillingReference/{path}" for path in references))
        )
    if name == "OrderChange":
        facts.is_change_of(order)
    elif name == "OrderCancellation":
        facts.is_cancellation_of(order)


def _read_parties(root: etree._Element, facts: Facts) -> None:
    seller, buyer = element(root, *_SELLERS), element(root, *_BUYERS)
    facts.put_text(HeaderField.SELLER_NAME, _name(seller))
    facts.put_identifier(HeaderField.SELLER_VAT_ID, _vat_id(seller))
    facts.put_identifier(HeaderField.SELLER_REGISTRATION_ID, _registration_id(seller))
    facts.put_text(HeaderField.SELLER_ADDRESS, _address(element(seller, "PostalAddress")))
    facts.put_text(HeaderField.SELLER_EMAIL, text(seller, "Contact/ElectronicMail"))
    facts.put_text(HeaderField.BUYER_NAME, _name(buyer))
    facts.put_identifier(HeaderField.BUYER_VAT_ID, _vat_id(buyer))
    facts.put_text(HeaderField.BUYER_ADDRESS, _address(element(buyer, "PostalAddress")))
    place = element(root, "Delivery/DeliveryLocation/Address", "Delivery/DeliveryAddress")
    facts.put_text(HeaderField.DELIVERY_ADDRESS, _address(place))


def _name(party: etree._Element | None) -> str | None:
    """Return the registered name, else the trading name, else that of a person."""
    person = " ".join(texts(party, "Person/FirstName", "Person/MiddleName", "Person/FamilyName"))
    return text(party, "PartyLegalEntity/RegistrationName", "PartyName/Name") or person or None


def _vat_id(party: etree._Element | None) -> str | None:
    """Return the VAT id; a Danish one gets its country's letters where it is stated without."""
    for scheme in elements(party, "PartyTaxScheme"):
        if (text(scheme, "TaxScheme/ID") or "").upper() not in _VAT_SCHEMES:
            continue
        company = element(scheme, "CompanyID")
        number = text_of(company)
        if number.isdigit() and company is not None and company.get("schemeID") in _DANISH_VAT:
            return f"DK{number}"
        if number:
            return number
    return None


def _registration_id(party: etree._Element | None) -> str | None:
    """Return the company's registration number; a Danish CVR number without the letters some put before it."""
    company = element(party, "PartyLegalEntity/CompanyID")
    number = text_of(company)
    if number.startswith("DK") and company is not None and company.get("schemeID") in _DANISH_COMPANY:
        return number.removeprefix("DK")
    return number or None


def _address(address: etree._Element | None) -> str | None:
    street = " ".join(texts(address, "StreetName", "BuildingNumber"))
    lines = [street, *texts(address, "AdditionalStreetName", "AddressLine/Line")]
    town = " ".join(texts(address, "PostalZone", "CityName"))
    parts = [*lines, town, *texts(address, "CountrySubentity", "Country/IdentificationCode")]
    return ", ".join(part for part in parts if part) or None


def _read_payment(root: etree._Element, facts: Facts) -> None:
    ibans: list[str] = []
    for means in elements(root, "PaymentMeans"):
        account = text(means, "PayeeFinancialAccount/ID")
        branch = "PayeeFinancialAccount/FinancialInstitutionBranch"
        if danish_payment.is_card(means):
            _put_once(facts, HeaderField.PAYMENT_REFERENCE, danish_payment.card_line(means))
            continue
        if account and is_iban(account):
            ibans.append(account)
        else:
            _put_once(facts, HeaderField.ACCOUNT_NUMBER, danish_payment.account_number(means))
        bics = texts(means, f"{branch}/FinancialInstitution/ID", f"{branch}/ID")
        _put_once(facts, HeaderField.BIC, next((bic for bic in bics if is_bic(bic)), None))
        _put_once(facts, HeaderField.PAYMENT_REFERENCE, text(means, "PaymentID", "PayeeFinancialAccount/PaymentNote"))
    facts.put_identifiers(HeaderField.IBAN, ibans)


def _put_once(facts: Facts, name: HeaderField, found: str | None) -> None:
    """Keep what the first of several ways to pay states."""
    if name in facts.fields:
        return
    if name is HeaderField.PAYMENT_REFERENCE:
        facts.put_text(name, found)
    else:
        facts.put_identifier(name, found)


def _currency_of(totals: etree._Element | None) -> str | None:
    """Return the currency of the totals, for documents that state none as a whole."""
    amounts = elements(totals, "PayableAmount", "TaxInclusiveAmount", "LineExtensionAmount")
    return next((code for amount in amounts if (code := amount.get("currencyID"))), None)


def _read_tax(root: etree._Element, currency: str, facts: Facts) -> None:
    """Read the taxes in the document's currency. Plain UBL has a total per kind of tax: their sum is the tax."""
    own = [total for total in elements(root, "TaxTotal") if _is_in(element(total, "TaxAmount"), currency)]
    amounts = [text_of(element(total, "TaxAmount")) for total in own]
    numbers = [n for amount in amounts if (n := as_amount(amount)) is not None]
    if len(amounts) > 1 and len(numbers) == len(amounts):
        total = to_plain(sum(numbers, Decimal(0)))
        facts.fields[HeaderField.TAX_TOTAL] = stated(total, " + ".join(amounts))
    elif amounts:
        facts.put_amount(HeaderField.TAX_TOTAL, amounts[0])
    for subtotal in (s for total in own for s in elements(total, "TaxSubtotal")):
        rate = element(subtotal, "TaxCategory/Percent", "Percent")
        facts.put_tax(rate, element(subtotal, "TaxableAmount"), element(subtotal, "TaxAmount"))


def _is_in(amount: etree._Element | None, currency: str) -> bool:
    return amount is not None and (not currency or amount.get("currencyID", currency).upper() == currency)


def _read_totals(totals: etree._Element | None, facts: Facts, *, oioubl_2: bool) -> None:
    facts.put_total("line_total", element(totals, "LineExtensionAmount"))
    facts.put_total("allowance_total", element(totals, "AllowanceTotalAmount"))
    facts.put_total("charge_total", element(totals, "ChargeTotalAmount"))
    facts.put_total("rounding_amount", element(totals, "PayableRoundingAmount"))
    facts.put_amount(HeaderField.GROSS_TOTAL, element(totals, "TaxInclusiveAmount"))
    facts.put_amount(HeaderField.PREPAID_AMOUNT, element(totals, "PrepaidAmount"))
    facts.put_amount(HeaderField.AMOUNT_DUE, element(totals, "PayableAmount"))
    if oioubl_2:
        _put_net_of_parts(facts)
    else:
        facts.put_amount(HeaderField.NET_TOTAL, element(totals, "TaxExclusiveAmount"))


def _put_net_of_parts(facts: Facts) -> None:
    lines = facts.totals.get("line_total")
    if lines is None:
        return
    off, on = facts.totals.get("allowance_total"), facts.totals.get("charge_total")
    net = lines.amount - (off.amount if off else Decimal(0)) + (on.amount if on else Decimal(0))
    parts = [lines.text, *([f"- {off.text}"] if off else []), *([f"+ {on.text}"] if on else [])]
    facts.fields[HeaderField.NET_TOTAL] = stated(to_plain(net), " ".join(parts))


def _read_line(line: etree._Element, facts: LineFacts) -> None:
    item = element(line, "Item")
    facts.put_text(LineColumn.DESCRIPTION, text(item, "Name", "Description"))
    codes = ("SellersItemIdentification/ID", "StandardItemIdentification/ID")
    facts.put_text(LineColumn.ITEM_CODE, text(item, *codes))
    quantity = element(line, *_QUANTITIES)
    facts.put_amount(LineColumn.QUANTITY, quantity)
    facts.put_text(LineColumn.UNIT, quantity.get("unitCode") if quantity is not None else None)
    facts.put_price(element(line, "Price/PriceAmount"), element(line, "Price/BaseQuantity"))
    facts.put_discount(_amounts(line, is_charge=False), _amounts(line, is_charge=True))
    rates = ("Item/ClassifiedTaxCategory/Percent", "TaxTotal/TaxSubtotal/TaxCategory/Percent")
    facts.put_amount(LineColumn.TAX_RATE, element(line, *rates))
    facts.put_amount(LineColumn.NET_AMOUNT, element(line, "LineExtensionAmount"))
    facts.put_text(LineColumn.ORDER_LINE_REFERENCE, text(line, "OrderLineReference/LineID"))
    facts.keep()


def _amounts(line: etree._Element, *, is_charge: bool) -> Iterator[etree._Element]:
    """Yield the amounts of a line's charges or allowances."""
    for found in elements(line, "AllowanceCharge"):
        amount = element(found, "Amount")
        if amount is not None and (text(found, "ChargeIndicator") == "true") is is_charge:
            yield amount
