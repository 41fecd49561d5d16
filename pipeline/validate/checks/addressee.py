"""Is the document meant for us, in the role it gives us?"""

from collections.abc import Iterator

from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.validate.case import Case, block
from pipeline.validate.matching.names import company_similarity, contains_company
from pipeline.validate.matching.party_match import has_vat_id

_SAME_COMPANY = 90.0


def check_addressee(case: Case) -> Iterator[Finding]:
    """Yield a finding where the buyer of a bill, or the seller of an order, is somebody else, or both sides are we."""
    if case.kind is Kind.PURCHASE_ORDER:
        yield from _ours(case, HeaderField.SELLER_NAME, HeaderField.SELLER_VAT_ID, "The order is addressed to")
        return
    yield from _ours(case, HeaderField.BUYER_NAME, HeaderField.BUYER_VAT_ID, "The bill is made out to")
    seller = case.extraction.value(HeaderField.SELLER_NAME)
    company = case.facts.company
    if seller and company_similarity(seller, company.name) >= _SAME_COMPANY and case.match.party is None:
        yield block(
            ReasonCode.NOT_ADDRESSED_TO_US,
            f"The seller is {seller}, ourselves: this is a bill that we sent. Correct the seller, or dismiss it.",
            HeaderField.SELLER_NAME.value,
        )


def _ours(case: Case, name_field: HeaderField, vat_field: HeaderField, sentence: str) -> Iterator[Finding]:
    """Compare one side with ourselves: the VAT id decides where there is one, else the name."""
    company = case.facts.company
    vat_id, name = case.extraction.value(vat_field), case.extraction.value(name_field)
    named_us = name is not None and _names_us(name, company.name)
    if vat_id and company.vat_ids:
        if has_vat_id(company, vat_id):
            return
        yield block(
            ReasonCode.NOT_ADDRESSED_TO_US,
            f"{sentence} VAT id {vat_id}, ours is {company.vat_ids[0]}. Send it back, or correct the id.",
            vat_field.value,
        )
    elif name is not None and not named_us:
        yield block(
            ReasonCode.NOT_ADDRESSED_TO_US,
            f"{sentence} {name}, we are {company.name}. Send it back, or correct the name.",
            name_field.value,
        )


def _names_us(printed: str, name: str) -> bool:
    return company_similarity(printed, name) >= _SAME_COMPANY or contains_company(printed, name)
