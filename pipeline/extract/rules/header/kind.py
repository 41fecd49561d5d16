"""What a document is, by its title: large type, high on the first page, in twelve languages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median

from pipeline.domain.extraction import KindGuess
from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.header.thanks import CONFIRMS
from pipeline.extract.rules.labels.labels import wording_roles
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.labels.titles import beginnings, titles
from pipeline.extract.rules.page.layout import Layout, Row
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.folding import fold_words

_LONGEST = 5
_TILL_ROLL = 260.0  # points: narrower paper comes from a till (80 mm are 227)
_SPREAD = 4.0  # line heights between the words of a letter-spaced title, at most
_LARGE = 1.25  # times the usual height: set as a title
_ORIGINAL = ("orig", "alkuper")
_PLAIN = 0.85  # the score of a title that stands alone, high on the page
_HIGH = 0.4  # of the page's height
_HEARD = 0.3  # from this score on a title counts in full
_AGES = ("30", "60", "90")
_AGE_RANGES = re.compile(r"\b[01] ?[-–] ?30\b.*\b31 ?[-–] ?60\b.*\b61 ?[-–] ?90\b")
# The headings of a ledger, which no list of goods has: "Debit | Credit | Balance".
_LEDGER = (
    re.compile(r"\b(?:debits?|debet|debito|debe|soll|dare|winien|wn|charges|veloitus)\b"),
    re.compile(r"\b(?:credits?|kredit\w{0,3}|credito|haber|haben|avere|ma|payments|hyvitys)\b"),
    re.compile(r"\b(?:balance|saldo|solde)\b"),
)
_PARTIES = frozenset({Role.BUYER, Role.SELLER, Role.SHIP_TO})
_BILLS = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE})
# Compounds such as "Warenrechnung", "Samlefaktura", "Verzamelfactuur"; credit notes and pro formas are titles already.
_COMPOUND = re.compile(r"^(?!kredit|credit|pro|storno|gut)[a-z]{3,}(?:rechnung|faktura|factuur)$")
# A request for payment that has a number of its own is a bill; without one it asks for what is overdue.
_REQUESTS = frozenset({"zahlungsaufforderung", "betalingsverzoek"})
_COLUMN = re.compile(r".*(?:nr|datum|dato|date|fecha|data)$")
# Labels that name the document in one word: "Factuurnr.", "Fakturadato"; "nr" stands for "number".
_LABEL = re.compile(
    r"^(faktura|rechnung|factuur|kreditnota|creditnota|kreditfaktura|creditfactuur)s?(?:nr|dato|datum)$"
)


@dataclass(frozen=True, slots=True)
class _Title:
    kind: Kind
    score: float
    refers: bool = False  # may as well be a reference: "Order: 123" on an invoice


def kind_of(layout: Layout) -> KindGuess:
    """Say what the document is; the confidence is how far the best title leaves the second kind behind."""
    return kind_and_title(layout)[0]


def kind_and_title(layout: Layout) -> tuple[KindGuess, float]:
    """Say what the document is, and how plainly the first page is titled: from about 0.7 a title stands alone or before
    a number."""
    found = list(_found(layout))
    return _kind(found, layout), max((t.score for t in found), default=0.0)


def _kind(found: Sequence[_Title], layout: Layout) -> KindGuess:
    billed = any(t.kind in _BILLS and t.score >= 0.3 for t in found)
    titled = any(not t.refers and t.score >= _PLAIN and t.kind is not Kind.INVOICE for t in found)
    scores: dict[Kind, float] = {}
    for title in found:
        if titled and title.kind is Kind.INVOICE and (title.refers or title.score <= _HEARD):
            title = replace(title, score=title.score * 0.4)  # "Invoice No:" under "RECEIPT"; "Invoice total in words"
        if billed and title.refers and title.kind not in _BILLS:
            title = replace(title, score=title.score * 0.4)
        best, second = max(scores.get(title.kind, 0.0), title.score), min(scores.get(title.kind, 0.0), title.score)
        scores[title.kind] = best + min(0.25, 0.2 * second)
    if layout.width < _TILL_ROLL and max(scores.values(), default=0.0) < 0.9:
        return KindGuess(Kind.RECEIPT, 0.7)
    if not scores:
        return KindGuess(Kind.OTHER, 0.3)
    kind = max(scores, key=lambda k: scores[k])
    if kind is Kind.PURCHASE_ORDER and (sure := _confirmation(layout, scores[kind])):
        return KindGuess(Kind.ORDER_RESPONSE, sure)
    rest = max((s for k, s in scores.items() if k is not kind), default=0.0)
    margin = (scores[kind] - rest) / scores[kind]
    heard = min(1.0, scores[kind] / _HEARD)  # a word within a sentence is next to no title, however alone it stands
    confidence = min(0.97, 0.55 * heard + 0.3 * min(1.0, scores[kind] / 1.6) + 0.22 * margin * heard)
    return KindGuess(kind, round(max(0.3, confidence), 3))


def _confirmation(layout: Layout, titled: float) -> float:
    """Return how surely a paper that looks like an order confirms one: the seller thanks for it or has received it.

    Without a title such words tell only high on the page: bills thank for the order as well, at their end.
    """
    first = [row for row in layout.rows if row.page == layout.rows[0].page]
    thanks = next((row for row in first if CONFIRMS.search(fold_words(row.text))), None)
    if thanks is None:
        return 0.0
    return 0.95 if thanks.box.y0 < _HIGH else 0.85 if titled >= _HEARD else 0.0


def _found(layout: Layout) -> Iterator[_Title]:
    """Yield the titles of the first page, and the words "invoice" and the like inside labels as weak evidence."""
    if not layout.rows:
        return
    page = layout.rows[0].page
    rows = [r for r in layout.rows if r.page == page]
    usual = median(r.height for r in rows)
    ended: dict[int, int] = {}  # by row, the word behind what ends a title of the row above
    for row in rows:
        if row.box.y0 < 0.6 and _heads_ages(row):
            yield _Title(Kind.STATEMENT, 0.8)
        if row.box.y0 < 0.6 and _heads_ledger(row):
            yield _Title(Kind.STATEMENT, 0.95)
            return  # the bills below are its entries
        yield from _titles_in(layout, row, usual, ended)


def _titles_in(layout: Layout, row: Row, usual: float, ended: dict[int, int]) -> Iterator[_Title]:
    """Yield the titles of a row; where one goes on in the next row, `ended` learns where it ends there."""
    tokens = row.tokens
    position = sum(t.word < ended.get(row.index, 0) for t in tokens)
    spread = _is_spread(row, usual)
    while position < len(tokens):
        if not _may_title(tokens[position].text):
            position += 1
            continue
        if wrapped := _wrapped(layout, row, position, usual):
            count, kind, ended[row.index + 1] = wrapped
            yield _Title(kind, _score(row, position, count, usual, whole_row=spread)[0])
            position += count
            continue
        match = _longest(row, position, whole_row=spread)
        if match is None:
            if (label := _LABEL.match(tokens[position].text)) and row.box.y0 < 0.6:
                yield _Title(titles()[label.group(1)], 0.35)
            position += 1
            continue
        count, kind = match
        if _is_numbered_request(row, position):
            kind = Kind.INVOICE
        score, refers = _score(row, position, count, usual, whole_row=spread)
        position += count
        if kind is Kind.INVOICE and _names_original(row, position, count, usual):
            continue
        if kind not in _BILLS or not _names_party(row, position, count):
            yield _Title(kind, score, refers)


def _heads_ages(row: Row) -> bool:
    """Say whether a row heads a list of bills by their age in days: "Invoice # | Date | Current | 30 | 60 | 90+"."""
    if _AGE_RANGES.search(row.text):
        return True
    ages = [w.text.rstrip("+") for w in row.words if w.text.rstrip("+") in _AGES]
    return ages[-3:] == list(_AGES) and sum(w.text.isalpha() for w in row.words) >= 2


def _heads_ledger(row: Row) -> bool:
    """Say whether a row heads the entries of an account: "Date | Description | Debit | Credit | Balance"."""
    if any(c.isdigit() for c in row.text):
        return False
    text = fold_words(row.text)
    return all(heading.search(text) for heading in _LEDGER)


def _is_numbered_request(row: Row, position: int) -> bool:
    """Say whether a title asks for payment under a number of its own: "Zahlungsaufforderung Nr. 4711"."""
    following = row.tokens[position + 1].text if position + 1 < len(row.tokens) else ""
    return row.tokens[position].text in _REQUESTS and (following == "nr" or following[:1].isdigit())


def _is_spread(row: Row, usual: float) -> bool:
    """Say whether a row is nothing but a few words in capitals set wide apart, as letter-spaced titles are read."""
    words = [w.text for w in row.words]
    if not 2 <= len(words) <= 4 or row.segment_of[-1] == 0 or not all(w.isupper() and w.isalpha() for w in words):
        return False
    return all(row.gap(i) < _SPREAD for i in range(1, len(words))) and row.height > 0.9 * usual


def _names_original(row: Row, end: int, count: int, usual: float) -> bool:
    """Say whether a title is a reference to an earlier invoice ("Original invoice: 123"), not set as a title."""
    tokens = row.tokens[end - count : end]
    original = tokens[0].text.startswith(_ORIGINAL) or tokens[-1].text.startswith(_ORIGINAL)
    return original and max(row.words[t.word].box.height for t in tokens) < _LARGE * usual


@lru_cache(maxsize=16_384)
def _may_title(token: str) -> bool:
    """Say whether a token may begin a title, or names the document as a label; most do not."""
    return token in beginnings() or _COMPOUND.match(token) is not None or _LABEL.match(token) is not None


def _names_party(row: Row, end: int, count: int) -> bool:
    """Say whether a title only begins the label of a party: "Bill to", "Invoice to", "Order to"."""
    key = "".join(t.text for t in row.tokens[end - count : end])
    following = row.tokens[end].text if end < len(row.tokens) else ""
    return bool(wording_roles().get(key + following, frozenset()) & _PARTIES) and bool(following)


def _longest(row: Row, position: int, *, whole_row: bool = False) -> tuple[int, Kind] | None:
    """Return the longest title that begins at a token; it may reach over the gaps of a row that is nothing else."""
    key, best = "", None
    known, longer, tokens = titles(), beginnings(), row.tokens
    for count in range(1, min(_LONGEST, len(tokens) - position) + 1):
        token = tokens[position + count - 1]
        if not whole_row and row.segment_of[token.word] != row.segment_of[tokens[position].word]:
            break
        key += token.text
        if key in known:
            best = (count, known[key])
        elif count == 1 and _COMPOUND.match(key):
            best = (1, Kind.INVOICE)
        if key not in longer:
            break
    return best


def _wrapped(layout: Layout, row: Row, position: int, usual: float) -> tuple[int, Kind, int] | None:
    """Return the tokens and kind of a large title that the next line ends, "Order" over "confirmation", and the word
    behind its end there."""
    first = row.tokens[position].word
    start, end = next((a, b) for a, b in row.segments() if a <= first < b)
    tokens = [t.text for t in row.tokens[position:] if t.word < end]
    box, key = row.span_box(start, end), "".join(tokens)
    if first != start or box.height < _LARGE * usual or key not in beginnings():
        return None
    lower = next(layout.below(row, 1), None)
    if lower is None or lower.box.y0 - row.box.y1 > row.height:
        return None
    for begin, stop in lower.segments():
        under = lower.span_box(begin, stop)
        aligned = min(abs(under.x0 - box.x0), abs(under.x1 - box.x1)) < row.height / row.scale
        for last in range(stop, begin, -1):
            rest = "".join(t.text for t in lower.tokens if begin <= t.word < last)
            if aligned and under.height > 0.75 * box.height and rest and key + rest in titles():
                return len(tokens), titles()[key + rest], last
    return None


def _score(row: Row, position: int, count: int, usual: float, *, whole_row: bool) -> tuple[float, bool]:
    """Weigh one title: its size, height on the page, whether it stands alone or before a number.

    Also say whether it may be the label of a reference: small, and before a colon, a number or among other labels.
    """
    tokens = row.tokens
    first, last = tokens[position].word, tokens[position + count - 1].word
    segment = [i for i in range(len(row.words)) if whole_row or row.segment_of[i] == row.segment_of[first]]
    starts = first == segment[0]
    behind = [t.text for t in tokens[position + count :] if t.word in segment]
    alone = starts and last == segment[-1]
    before_number = starts and bool(behind) and (behind[0] == "nr" or has_digit(behind[0]))
    size = max(w.box.height for w in row.words[first : last + 1]) / max(usual, 1e-6)
    coded = has_digit(row.span_text(first, last + 1))
    if coded:
        size = min(size, 1.0)  # "PO-1084" is a number, and as high as two lines where it was wrapped
    top = row.box.y0
    colon = row.words[last].text.endswith(":")
    capitals = row.span_text(first, last + 1).isupper()
    score = 0.05
    if alone and not colon:
        score = 0.7 if top < 0.5 else 0.15
    elif alone and colon:
        score = 0.6 if top < 0.5 else 0.1
    elif before_number:
        score = (0.6 if first == 0 else 0.5) if top < 0.5 else 0.1
    elif starts and behind and behind[0] == "id":
        score = 0.2
    elif starts and size > 1.25 and top < 0.5:
        score = 0.6
    elif starts and top < 0.4:
        score = 0.3 if len(behind) <= 4 else 0.1
    if score >= 0.3:
        score += min(0.8, max(0.0, size - 1.15) * 0.9) + (0.2 if top < 0.3 else 0.0) + (0.1 if capitals else 0.0)
    if coded:
        score = min(score, _HEARD)
    among = alone and any(_COLUMN.match(t.text) for t in tokens if t.word not in segment)
    return score, size < 1.25 and (colon or before_number or among)
