"""UN/CEFACT XML: Factur-X, ZUGFeRD 1 and 2, XRechnung CII (D16B, D22B) and Order-X (D20B).

The versions differ in namespaces and in a few names ("ApplicableHeaderTradeSettlement" was once
"ApplicableSupplyChainTradeSettlement"), not in meaning, so each value is looked for under all its names.
Source of the mapping: EN 16931-3-3 (CII binding), ZUGFeRD 1.0 and Order-X 1.0 specifications.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn
from pipeline.extract.einvoice.facts import Facts, LineFacts, is_iban, one_line
from pipeline.extract.einvoice.kinds import ORDER_CHANGE, kind_of_type_code
from pipeline.extract.einvoice.tree import element, elements, text, text_of, texts

_TRANSACTION: Final = ("SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
_LINE_SUMS: Final = ("SpecifiedTradeSettlementLineMonetarySummation", "SpecifiedTradeSettlementMonetarySummation")
_SUMS: Final = ("SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation")
_PRODUCTS: Final = ("SpecifiedTradeProduct", "SubstitutedReferencedProduct")
_NOT_COUNTED: Final = frozenset({"GROUP", "INFORMATION"})  # BT-X-8: headings and remarks, not part of any sum


def read_cii(root: etree._Element, facts: Facts, *, is_order: bool) -> None:
    """Read a document of any of these kinds into `facts`; `is_order` tells Order-X from invoices."""
    document = element(root, "ExchangedDocument", "HeaderExchangedDocument")
    transaction = element(root, *_TRANSACTION)
    agreement = _part(transaction, "Agreement")
    delivery = _part(transaction, "Delivery")
    settlement = _part(transaction, "Settlement")
    code = text(document, "TypeCode")
    facts.kind = _kind(code, facts, is_order=is_order)
    _read_document(document, agreement, facts, is_change=code == ORDER_CHANGE)
    _read_parties(agreement, delivery, facts)
    facts.put_date(
        HeaderField.DELIVERY_DATE,
        _date_at(
            delivery,
            "ActualDeliverySupplyChainEvent/OccurrenceDateTime",
            "RequestedDeliverySupplyChainEvent/OccurrenceDateTime",
        ),
    )
    _read_settlement(settlement, facts)
    for index, line in enumerate(_counted_lines(transaction)):
        _read_line(line, LineFacts(facts, index))


def _kind(code: str | None, facts: Facts, *, is_order: bool) -> Kind:
    kind = kind_of_type_code(code)
    if kind is not None:
        return kind
    facts.warn(f"The e-invoice's type code “{one_line(code or '')}” is not known; check what the document is.", "kind")
    return Kind.PURCHASE_ORDER if is_order else Kind.INVOICE


def _part(transaction: etree._Element | None, name: str) -> etree._Element | None:
    return element(transaction, f"ApplicableHeaderTrade{name}", f"ApplicableSupplyChainTrade{name}")


def _read_document(
    document: etree._Element | None, agreement: etree._Element | None, facts: Facts, *, is_change: bool
) -> None:
    number = text(document, "ID")
    order = text(agreement, "BuyerOrderReferencedDocument/IssuerAssignedID", "BuyerOrderReferencedDocument/ID")
    if facts.kind is Kind.PURCHASE_ORDER:
        facts.put_text(HeaderField.ORDER_NUMBER, number)
        if order != number:
            facts.put_text(HeaderField.PURCHASE_ORDER_REFERENCE, order)
    else:
        facts.put_text(HeaderField.PURCHASE_ORDER_REFERENCE, order)
        if facts.kind is not Kind.ORDER_RESPONSE:
            facts.put_text(HeaderField.INVOICE_NUMBER, number)
    facts.put_date(HeaderField.ISSUE_DATE, _date_at(document, "IssueDateTime"))
    facts.put_text(HeaderField.BUYER_REFERENCE, text(agreement, "BuyerReference"))
    if is_change:
        facts.is_change_of(order)


def _date_at(start: etree._Element | None, *paths: str) -> str | None:
    """Return the text of a date, which stands in a child of one of these names or, in some files, in the element."""
    in_children = (f"{path}/{name}" for path in paths for name in ("DateTimeString", "DateString", "DateTime"))
    return text(start, *in_children, *paths)


def _read_parties(agreement: etree._Element | None, delivery: etree._Element | None, facts: Facts) -> None:
    seller, buyer = element(agreement, "SellerTradeParty"), element(agreement, "BuyerTradeParty")
    facts.put_text(HeaderField.SELLER_NAME, text(seller, "Name"))
    facts.put_identifier(HeaderField.SELLER_VAT_ID, _vat_id(seller))
    facts.put_identifier(HeaderField.SELLER_REGISTRATION_ID, text(seller, "SpecifiedLegalOrganization/ID"))
    facts.put_text(HeaderField.SELLER_ADDRESS, _address(seller))
    facts.put_text(HeaderField.SELLER_EMAIL, _email(seller))
    facts.put_text(HeaderField.BUYER_NAME, text(buyer, "Name"))
    facts.put_identifier(HeaderField.BUYER_VAT_ID, _vat_id(buyer))
    facts.put_text(HeaderField.BUYER_ADDRESS, _address(buyer))
    facts.put_text(HeaderField.DELIVERY_ADDRESS, _address(element(delivery, "ShipToTradeParty")))


def _vat_id(party: etree._Element | None) -> str | None:
    """Return the VAT id; the other tax number a German seller may state (scheme FC) is none."""
    registrations = elements(party, "SpecifiedTaxRegistration/ID")
    return next((text_of(r) for r in registrations if r.get("schemeID", "").upper() in ("VA", "VAT")), None)


def _email(party: etree._Element | None) -> str | None:
    contact = text(party, "DefinedTradeContact/EmailURIUniversalCommunication/URIID")
    endpoints = elements(party, "URIUniversalCommunication/URIID")
    return contact or next((text_of(e) for e in endpoints if e.get("schemeID") == "EM"), None)


def _address(party: etree._Element | None) -> str | None:
    address = element(party, "PostalTradeAddress")
    street = list(texts(address, "LineOne", "LineTwo", "LineThree"))
    town = " ".join(texts(address, "PostcodeCode", "CityName"))
    parts = [*street, town, *texts(address, "CountrySubDivisionName", "CountryID")]
    return ", ".join(part for part in parts if part) or None


def _read_settlement(settlement: etree._Element | None, facts: Facts) -> None:
    sums = element(settlement, *_SUMS)
    currency = text(settlement, "InvoiceCurrencyCode", "OrderCurrencyCode") or _currency_of(sums)
    facts.put_identifier(HeaderField.CURRENCY, currency)
    facts.put_text(HeaderField.PAYMENT_REFERENCE, text(settlement, "PaymentReference"))
    references = ("InvoiceReferencedDocument/IssuerAssignedID", "InvoiceReferencedDocument/ID")
    facts.put_text(HeaderField.PRECEDING_INVOICE_REFERENCE, text(settlement, *references))
    _read_payment(settlement, facts)
    for tax in elements(settlement, "ApplicableTradeTax"):
        rate = element(tax, "RateApplicablePercent", "ApplicablePercent")
        facts.put_tax(rate, element(tax, "BasisAmount"), element(tax, "CalculatedAmount"))
    _read_totals(sums, (currency or "").upper(), facts)


def _currency_of(sums: etree._Element | None) -> str | None:
    """Return the currency of the totals, for documents that state none as a whole."""
    amounts = elements(sums, "GrandTotalAmount", "DuePayableAmount", "TaxBasisTotalAmount")
    return next((code for amount in amounts if (code := amount.get("currencyID"))), None)


def _read_payment(settlement: etree._Element | None, facts: Facts) -> None:
    account = "SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount"
    stated = list(texts(settlement, f"{account}/IBANID"))
    facts.put_identifiers(HeaderField.IBAN, (number for number in stated if is_iban(number)))
    domestic = (number for number in stated if not is_iban(number))
    facts.put_identifier(
        HeaderField.ACCOUNT_NUMBER, next(domestic, None) or text(settlement, f"{account}/ProprietaryID")
    )
    bic = "SpecifiedTradeSettlementPaymentMeans/PayeeSpecifiedCreditorFinancialInstitution/BICID"
    facts.put_identifier(HeaderField.BIC, text(settlement, bic))
    facts.put_date(HeaderField.DUE_DATE, _date_at(settlement, "SpecifiedTradePaymentTerms/DueDateDateTime"))
    terms = " ".join(texts(settlement, "SpecifiedTradePaymentTerms/Description"))
    facts.put_text(HeaderField.PAYMENT_TERMS, terms)


def _read_totals(sums: etree._Element | None, currency: str, facts: Facts) -> None:
    def total(*names: str) -> etree._Element | None:
        return _in_currency(elements(sums, *names), currency)

    facts.put_total("line_total", total("LineTotalAmount"))
    facts.put_total("allowance_total", total("AllowanceTotalAmount"))
    facts.put_total("charge_total", total("ChargeTotalAmount"))
    facts.put_total("rounding_amount", total("RoundingAmount"))
    facts.put_amount(HeaderField.NET_TOTAL, total("TaxBasisTotalAmount"))
    facts.put_amount(HeaderField.TAX_TOTAL, total("TaxTotalAmount"))
    facts.put_amount(HeaderField.GROSS_TOTAL, total("GrandTotalAmount"))
    facts.put_amount(HeaderField.PREPAID_AMOUNT, total("TotalPrepaidAmount"))
    facts.put_amount(HeaderField.AMOUNT_DUE, total("DuePayableAmount"))


def _in_currency(amounts: Iterable[etree._Element], currency: str) -> etree._Element | None:
    """Return the amount in the document's own currency: the tax may be stated again in the seller's (BT-111)."""
    return next((a for a in amounts if a.get("currencyID", currency).upper() == currency or not currency), None)


def _counted_lines(transaction: etree._Element | None) -> Iterator[etree._Element]:
    for line in elements(transaction, "IncludedSupplyChainTradeLineItem"):
        if text(line, "AssociatedDocumentLineDocument/LineStatusReasonCode") not in _NOT_COUNTED:
            yield line


def _read_line(line: etree._Element, facts: LineFacts) -> None:
    product = element(line, *_PRODUCTS)
    agreement = element(line, "SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
    delivery = element(line, "SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
    settlement = element(line, "SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
    facts.put_text(LineColumn.DESCRIPTION, text(product, "Name", "Description"))
    facts.put_text(LineColumn.ITEM_CODE, text(product, "SellerAssignedID", "GlobalID"))
    quantity = element(delivery, "BilledQuantity", "AgreedQuantity", "RequestedQuantity")
    facts.put_amount(LineColumn.QUANTITY, quantity)
    facts.put_text(LineColumn.UNIT, quantity.get("unitCode") if quantity is not None else None)
    price = element(agreement, "NetPriceProductTradePrice")
    facts.put_price(element(price, "ChargeAmount"), element(price, "BasisQuantity"))
    allowances, charges = _line_allowances_and_charges(settlement)
    facts.put_discount(allowances, charges)
    rate = element(settlement, "ApplicableTradeTax/RateApplicablePercent", "ApplicableTradeTax/ApplicablePercent")
    facts.put_amount(LineColumn.TAX_RATE, rate)
    facts.put_amount(LineColumn.NET_AMOUNT, element(settlement, *(f"{sums}/LineTotalAmount" for sums in _LINE_SUMS)))
    facts.put_text(LineColumn.ORDER_LINE_REFERENCE, text(agreement, "BuyerOrderReferencedDocument/LineID"))
    facts.keep()


def _line_allowances_and_charges(
    settlement: etree._Element | None,
) -> tuple[list[etree._Element], list[etree._Element]]:
    allowances: list[etree._Element] = []
    charges: list[etree._Element] = []
    for found in elements(settlement, "SpecifiedTradeAllowanceCharge"):
        amount = element(found, "ActualAmount")
        if amount is not None:
            (charges if text(found, "ChargeIndicator/Indicator") == "true" else allowances).append(amount)
    return allowances, charges
