"""An invoice often comes twice in one message: as XML for machines and as PDF for people. The XML counts."""

from collections.abc import Sequence

from pipeline.domain.document import WordsFrom
from pipeline.domain.extraction import Extraction
from pipeline.domain.vocabulary import HeaderField


def companions(extractions: Sequence[Extraction]) -> dict[int, int]:
    """Return which documents of one message only picture another: index of the picture to index of the e-invoice.

    Both must state the same number, and no total may differ; each e-invoice takes any number of pictures.
    """
    pictured: dict[int, int] = {}
    natives = [i for i, e in enumerate(extractions) if e.words_from is WordsFrom.EINVOICE]
    for index, extraction in enumerate(extractions):
        if index in natives:
            continue
        for native in natives:
            if _says_the_same(extraction, extractions[native]):
                pictured[index] = native
                break
    return pictured


def _says_the_same(page: Extraction, native: Extraction) -> bool:
    number = native.value(HeaderField.INVOICE_NUMBER)
    if number is None or page.value(HeaderField.INVOICE_NUMBER) != number:
        return False
    shown, stated = page.amount(HeaderField.GROSS_TOTAL), native.amount(HeaderField.GROSS_TOTAL)
    return shown is None or stated is None or abs(shown) == abs(stated)
