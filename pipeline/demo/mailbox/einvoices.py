"""Papers as e-invoice XML: UN/CEFACT CII (Factur-X, profile EN 16931), UBL 2.1 (Peppol BIS 3) and OIOUBL 2.1."""

from io import BytesIO
from xml.sax.saxutils import escape

from pipeline.demo.company import DemoParty
from pipeline.demo.mailbox.papers import Paper, PaperLine

_CII_PROFILE = "urn:cen.eu:en16931:2017"
_PEPPOL = (
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
    "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
)
_OIOUBL = ("OIOUBL-2.1", "urn:www.nesubl.eu:profiles:profile5:ver2.0")


def factur_x(paper: Paper, pdf: bytes) -> bytes:
    """Return `pdf` with the paper's CII invoice attached as factur-x.xml (Factur-X 1.07, section 6.2)."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        attachment = pikepdf.AttachedFileSpec(
            document, cii(paper), filename="factur-x.xml", mime_type="text/xml", relationship=pikepdf.Name.Alternative
        )
        document.attachments["factur-x.xml"] = attachment
        document.Root.AF = pikepdf.Array([attachment.obj])
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def cii(paper: Paper) -> bytes:
    """Return the paper as a Cross Industry Invoice D16B."""
    category = "S" if paper.tax_rate else "K"
    rate = f"<ram:RateApplicablePercent>{paper.tax_rate}</ram:RateApplicablePercent>"
    lines = "".join(_cii_line(i, line, category, rate) for i, line in enumerate(paper.lines, start=1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{_CII_PROFILE}</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>{escape(paper.number)}</ram:ID><ram:TypeCode>380</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">{paper.issue_date:%Y%m%d}</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{lines}
<ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty>{_cii_party(paper.seller)}</ram:SellerTradeParty>
<ram:BuyerTradeParty>{_cii_party(paper.buyer)}</ram:BuyerTradeParty>
<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>{escape(paper.order_number)}</ram:IssuerAssignedID>
</ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount>
<ram:IBANID>{paper.seller.iban}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
</ram:SpecifiedTradeSettlementPaymentMeans>
<ram:ApplicableTradeTax><ram:CalculatedAmount>{paper.tax_total}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
<ram:BasisAmount>{paper.net_total}</ram:BasisAmount><ram:CategoryCode>{category}</ram:CategoryCode>{rate}
</ram:ApplicableTradeTax>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
<udt:DateTimeString format="102">{paper.due_date:%Y%m%d}</udt:DateTimeString></ram:DueDateDateTime>
</ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>{paper.net_total}</ram:LineTotalAmount>
<ram:TaxBasisTotalAmount>{paper.net_total}</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">{paper.tax_total}</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{paper.gross_total}</ram:GrandTotalAmount>
<ram:DuePayableAmount>{paper.gross_total}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>
""".encode()


def _cii_party(party: DemoParty) -> str:
    return (
        f"<ram:Name>{escape(party.name)}</ram:Name><ram:PostalTradeAddress>"
        f"<ram:PostcodeCode>{escape(party.postal_code)}</ram:PostcodeCode><ram:LineOne>{escape(party.street)}</ram:LineOne>"
        f"<ram:CityName>{escape(party.city)}</ram:CityName><ram:CountryID>{party.country}</ram:CountryID>"
        f'</ram:PostalTradeAddress><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{party.vat_id}</ram:ID>'
        "</ram:SpecifiedTaxRegistration>"
    )


def _cii_line(number: int, line: PaperLine, category: str, rate: str) -> str:
    return f"""<ram:IncludedSupplyChainTradeLineItem>
<ram:AssociatedDocumentLineDocument><ram:LineID>{number}</ram:LineID></ram:AssociatedDocumentLineDocument>
<ram:SpecifiedTradeProduct><ram:SellerAssignedID>{escape(line.item_code)}</ram:SellerAssignedID>
<ram:Name>{escape(line.description)}</ram:Name></ram:SpecifiedTradeProduct>
<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{line.unit_price}</ram:ChargeAmount>
</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">{line.quantity}</ram:BilledQuantity>
</ram:SpecifiedLineTradeDelivery>
<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>
<ram:CategoryCode>{category}</ram:CategoryCode>{rate}</ram:ApplicableTradeTax>
<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{line.net_amount}</ram:LineTotalAmount>
</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
</ram:IncludedSupplyChainTradeLineItem>"""


def peppol_ubl(paper: Paper) -> bytes:
    """Return the paper as a Peppol BIS Billing 3 invoice (UBL 2.1)."""
    return _ubl(paper, *_PEPPOL, tax_scheme="VAT", category="S" if paper.tax_rate else "G")


def oioubl(paper: Paper) -> bytes:
    """Return the paper as a Danish OIOUBL 2.1 invoice."""
    category = "StandardRated" if paper.tax_rate else "ZeroRated"
    return _ubl(paper, *_OIOUBL, tax_scheme="63", category=category)


def _ubl(paper: Paper, customization: str, profile: str, *, tax_scheme: str, category: str) -> bytes:
    tax_category = (
        f"<cbc:ID>{category}</cbc:ID><cbc:Percent>{paper.tax_rate}</cbc:Percent>"
        f"<cac:TaxScheme><cbc:ID>{tax_scheme}</cbc:ID></cac:TaxScheme>"
    )
    lines = "".join(_ubl_line(i, line, tax_category) for i, line in enumerate(paper.lines, start=1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>{customization}</cbc:CustomizationID>
<cbc:ProfileID>{profile}</cbc:ProfileID><cbc:ID>{escape(paper.number)}</cbc:ID>
<cbc:IssueDate>{paper.issue_date}</cbc:IssueDate><cbc:DueDate>{paper.due_date}</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>{escape(paper.order_number)}</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty>{_ubl_party(paper.seller, tax_scheme)}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>{_ubl_party(paper.buyer, tax_scheme)}</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>{58 if tax_scheme == "VAT" else 31}</cbc:PaymentMeansCode>
<cac:PayeeFinancialAccount><cbc:ID>{paper.seller.iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{paper.tax_total}</cbc:TaxAmount>
<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{paper.net_total}</cbc:TaxableAmount>
<cbc:TaxAmount currencyID="EUR">{paper.tax_total}</cbc:TaxAmount>
<cac:TaxCategory>{tax_category}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">{paper.net_total}</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="EUR">{_ubl_tax_exclusive(paper, tax_scheme)}</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">{paper.gross_total}</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">{paper.gross_total}</cbc:PayableAmount></cac:LegalMonetaryTotal>{lines}
</Invoice>
""".encode()


def _ubl_tax_exclusive(paper: Paper, tax_scheme: str) -> str:
    """OIOUBL 2 gives the tax itself here (G28), Peppol the total without it (BT-109)."""
    return str(paper.tax_total if tax_scheme == "63" else paper.net_total)


def _ubl_party(party: DemoParty, tax_scheme: str) -> str:
    return (
        f"<cac:Party><cac:PartyName><cbc:Name>{escape(party.name)}</cbc:Name></cac:PartyName><cac:PostalAddress>"
        f"<cbc:StreetName>{escape(party.street)}</cbc:StreetName><cbc:CityName>{escape(party.city)}</cbc:CityName>"
        f"<cbc:PostalZone>{escape(party.postal_code)}</cbc:PostalZone><cac:Country>"
        f"<cbc:IdentificationCode>{party.country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
        f"<cac:PartyTaxScheme><cbc:CompanyID>{party.vat_id}</cbc:CompanyID><cac:TaxScheme><cbc:ID>{tax_scheme}</cbc:ID>"
        f"</cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>{escape(party.name)}"
        "</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>"
    )


def _ubl_line(number: int, line: PaperLine, tax_category: str) -> str:
    return f"""<cac:InvoiceLine><cbc:ID>{number}</cbc:ID>
<cbc:InvoicedQuantity unitCode="EA">{line.quantity}</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="EUR">{line.net_amount}</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>{escape(line.description)}</cbc:Name>
<cac:SellersItemIdentification><cbc:ID>{escape(line.item_code)}</cbc:ID></cac:SellersItemIdentification>
<cac:ClassifiedTaxCategory>{tax_category}</cac:ClassifiedTaxCategory></cac:Item>
<cac:Price><cbc:PriceAmount currencyID="EUR">{line.unit_price}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>"""
