"""Several documents in one PDF are cut apart: by "page 1 of n", by a new title with another number or another sender.

A wrong cut loses the end of an invoice, a missed one is seen by everyone, so every cut needs a title on its page and
a second sign beside it.
"""

import re
from dataclasses import dataclass, replace

from pipeline.domain.document import Document, Page
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.extract.rules.header.choice import choose
from pipeline.extract.rules.header.kind import kind_and_title
from pipeline.extract.rules.header.numbers import number_proposals
from pipeline.extract.rules.labels.labels import labels_of
from pipeline.extract.rules.labels.linking import Linker
from pipeline.extract.rules.page.candidates import CandidateType, identifiers_of
from pipeline.extract.rules.page.layout import layout_of

_PAGE_OF = re.compile(
    r"(?:\b(?:page|side|seite|sida|pagina|página|pag|blad|blatt|s)\b\.?\s*:?\s*)(\d{1,3})\s*(?:of|af|av|von|de|sur|van|di|/|\(|~)\s*(\d{1,3})\b",
    re.I,
)
_TITLE = 0.7  # how plainly a page must be titled to begin a document
_WEAK_TITLE = 0.45  # enough where the number is another and the sender too, or pages are counted anew
_NUMBER = 0.55  # how sure its number must be
_BEGIN = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE, Kind.PURCHASE_ORDER, Kind.ORDER_RESPONSE, Kind.STATEMENT})


@dataclass(frozen=True, slots=True)
class _Look:
    """What one page tells about where documents begin."""

    kind: Kind
    title: float
    number: str | None
    page_of: tuple[int, int] | None
    senders: frozenset[str]
    words: frozenset[str]


def split(document: Document) -> tuple[Document, ...]:
    """Return the documents that the pages make, in order; pages keep their number, e-invoices stay whole."""
    if len(document.pages) < 2 or document.einvoice is not None:
        return (document,)
    looks = [_look(document, page) for page in document.pages]
    starts = [0]
    current = looks[0]
    for i in range(1, len(looks)):
        if _begins(looks[i], current, looks[i - 1]):
            starts.append(i)
            current = looks[i]
        else:
            current = replace(current, number=current.number or looks[i].number, words=current.words | looks[i].words)
    if len(starts) == 1:
        return (document,)
    return tuple(
        _part(document, document.pages[start:end]) for start, end in zip(starts, [*starts[1:], len(looks)], strict=True)
    )


def _part(document: Document, pages: tuple[Page, ...]) -> Document:
    whole = len(document.pages)
    return replace(document, pages=pages, first_page=pages[0].number, last_page=pages[-1].number, file_pages=whole)


def _look(document: Document, page: Page) -> _Look:
    alone = replace(document, pages=(page,), findings=())
    layout = layout_of(alone)
    guess, title = kind_and_title(layout)
    kind = guess.value
    linker = Linker(layout, labels_of(layout))
    chosen = choose(p for p in number_proposals(linker, kind) if p.score >= _NUMBER)
    own = HeaderField.ORDER_NUMBER if kind is Kind.PURCHASE_ORDER else HeaderField.INVOICE_NUMBER
    number = chosen[own][0].candidate.value if own in chosen else None
    found = _PAGE_OF.search(" ".join(row.text for row in layout.rows))
    page_of = (int(found.group(1)), int(found.group(2))) if found else None
    sure = (CandidateType.VAT_ID, CandidateType.IBAN)
    senders = frozenset(c.value for c in identifiers_of(layout) if c.type in sure and c.proven)
    words = frozenset(w.text.strip(".,:;()#") for row in layout.rows for w in row.words)
    return _Look(kind, title, number, page_of, senders, words)


def _begins(page: _Look, current: _Look, before: _Look) -> bool:
    """Say whether a page begins a new document."""
    if page.title < _WEAK_TITLE or page.kind not in _BEGIN:
        return False
    if page.page_of is not None and page.page_of[0] > 1:
        return False
    if page.number in current.words:
        return False
    other_sender = bool(page.senders) and bool(current.senders) and not page.senders & current.senders
    counts_anew = (
        page.page_of is not None
        and page.page_of[0] == 1
        and (before.page_of is None or before.page_of[0] == before.page_of[1])
    )
    if page.number and current.number:
        return page.title >= _TITLE or other_sender or counts_anew
    if page.title < _TITLE:
        return False
    return counts_anew or (bool(page.number) and other_sender)
