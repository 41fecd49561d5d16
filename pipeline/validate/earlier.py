"""Earlier documents of our own store, in the words that the duplicate check compares."""

from pipeline.domain.extraction import Extraction
from pipeline.domain.figures import figures_of
from pipeline.domain.totals import totals_of
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.validate.case import stated_date
from pipeline.validate.facts import EarlierDocument


def earlier_document(file: str, extraction: Extraction, outcome: str, party_id: str | None = None) -> EarlierDocument:
    """Return what is compared of an earlier document; `outcome` finishes the sentence "it was …".

    A value that is no number or no date counts as absent.
    """
    ordered = extraction.kind.value is Kind.PURCHASE_ORDER
    totals = totals_of(figures_of(extraction))
    return EarlierDocument(
        file=file,
        sha256=extraction.sha256,
        outcome=outcome,
        kind=extraction.kind.value,
        first_page=extraction.first_page,
        last_page=extraction.last_page,
        party_id=party_id,
        seller=extraction.value(HeaderField.BUYER_NAME if ordered else HeaderField.SELLER_NAME),
        number=extraction.value(HeaderField.ORDER_NUMBER if ordered else HeaderField.INVOICE_NUMBER),
        gross=totals.gross if totals else None,
        issue_date=stated_date(extraction, HeaderField.ISSUE_DATE),
    )
