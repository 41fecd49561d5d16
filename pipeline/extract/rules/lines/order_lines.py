"""Orders written as text: "10 x PAP-A4-80 Copy paper", "5 stk. Skruer 4x40", "Toner CF226A: 3 pcs"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.domain.document import Word
from pipeline.domain.extraction import Field, LineItem, Source
from pipeline.domain.money import DecimalMark, readings, to_plain
from pipeline.domain.vocabulary import LineColumn
from pipeline.extract.rules.lines.row_labels import label_of
from pipeline.extract.rules.writing.folding import fold_words
from pipeline.extract.rules.writing.units import is_unit
from pipeline.extract.rules.writing.wordlists import words
from pipeline.extract.textlines import TextLine, enclosing

_LONGEST = 120  # longer lines are prose
_UNSETTLED = 0.6
_NUMBER = r"(?:\d{1,3}(?:[.,' ]\d{3})+|\d+(?:[.,]\d+)?)"
_UNIT = r"[^\W\d_]{1,10}\.?"
_MONEY = r"(?:€|\$|£|kr\.?|EUR|DKK|SEK|NOK|USD|GBP)"
_LEAD = r"^\s*(?:[-–—*•·▪+>]\s*)?(?:(?:pos\.?\s*)?\d{1,3}\s*[.):]\s+)?"  # a bullet, "Pos. 1:", "2)"
_COUNT = rf"(?P<q>{_NUMBER})\s*(?P<u>{_UNIT})?"
_TIMES = re.compile(rf"{_LEAD}{_COUNT}\s*(?:x|×|\*|of|de|d'|af|av|van)\s+(?P<d>\S.*)$", re.IGNORECASE)
_UNIT_FIRST = re.compile(rf"{_LEAD}(?P<q>{_NUMBER})\s*(?P<u>{_UNIT})\s+(?P<d>\S.*)$", re.IGNORECASE)
_COUNT_LAST = re.compile(
    rf"{_LEAD}(?P<d>\S.*?\S)\s*(?:[:;,–—=|(]|\s-|\s[x×*])\s*(?:[x×*]\s*)?{_COUNT}\s*\)?\s*$", re.IGNORECASE
)
_UNIT_LAST = re.compile(rf"{_LEAD}(?P<d>\S.*?\S)\s+(?P<q>{_NUMBER})\s*(?P<u>{_UNIT})\s*$", re.IGNORECASE)
_FORMS = (_TIMES, _UNIT_FIRST, _COUNT_LAST, _UNIT_LAST)
_ENDS_WITH_COUNT = re.compile(r"[x×*(:;]\s*\d[\d.,' ]*\)?\s*$")
_PRICE = re.compile(
    rf"(?:[,;–—-]\s*|\(\s*)?(?:@|á|à|a|je|per|at|til|für|voor|zu|for|mot|por)\s*(?P<c>{_MONEY})?\s*(?P<p>{_NUMBER})"
    rf"\s*(?:{_MONEY}|,-)?\s*(?:each|ea\.?|(?:pr|/)?\.?\s?{_UNIT})?\s*\)?\s*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(rf"\s+(?:{_MONEY}\s?(?P<a>{_NUMBER})|(?P<b>{_NUMBER})\s?{_MONEY})\s*$")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
_SURELY_PRICE = re.compile(r"[@áà€$£.,]|kr|each", re.IGNORECASE)
_ARTICLE = r"(?P<c>(?=\S*\d)(?=\S*[A-Z\-])[A-Z0-9][A-Z0-9.\-/_]{2,24}|\d{5,14})"
_CODE_FIRST = re.compile(rf"^[\[(]?{_ARTICLE}[\])]?\s*[:;,–—|-]?\s+(?P<d>\S.*)$")
_CODE_LAST = re.compile(
    r"^(?P<d>\S.*?)\s*[(\[,;–—-]\s*(?:(?:art|item|varenr|vare|artikel|sku|ref|no|nr)[^\w(]*(?:no|nr)?[.: ]*)?"
    rf"{_ARTICLE}[)\]]?$",
    re.IGNORECASE,
)
_OTHER_MATTERS = words("""
    tel tlf phone fax cvr vat iban bic org www http mobile mobil mob street road vej gade strasse straße rue
    straat gatan calle via postboks days dage tage jours dagen dagar dager días giorni week uge woche semaine
    kl uhr january february march april may june july august september october november december januar
    februar marts maj juni juli oktober dezember desember janvier février mars avril mai juin juillet août
    septembre octobre novembre décembre netto invoice order ordre bestellung commande page side seite due
    since before within inden innerhalb
""")


def order_lines(lines: Sequence[TextLine], mark: DecimalMark | None) -> list[LineItem]:
    """Return the items that lines of running text order: a quantity with a unit or "x", and what is wanted."""
    return [item for line in lines if (item := _item(line, mark)) is not None]


def _item(line: TextLine, mark: DecimalMark | None) -> dict[LineColumn, Field] | None:
    text = line.text.strip()
    if len(text) > _LONGEST or label_of(text) or _CLOCK.search(text):
        return None
    price, rest = _price(text)
    amount = None if price else _AMOUNT.search(rest)
    if amount and _TIMES.match(rest):
        rest = rest[: amount.start()]
    else:
        amount = None
    for form in _FORMS:
        match = form.match(rest)
        if match is None or not _is_sound(match, form):
            continue
        if price is None and _OTHER_MATTERS & set(re.findall(r"[^\W\d_]+", rest.lower())):
            return None
        code, description = _code(match.group("d").strip(" .,;:-–—"))
        if code is None and not re.search(r"[^\W\d_]{2}", description):
            return None
        found = _fields(line, match, price, mark, code, description)
        if found is not None and amount and (sum_ := _number(line, amount["a"] or amount["b"], mark, 0.7)):
            found[LineColumn.NET_AMOUNT] = sum_  # "3 x Lamp $24.00" is what three come to
        return found
    return None


def _is_sound(match: re.Match[str], form: re.Pattern[str]) -> bool:
    """Say whether a match is an order: a known unit, an "x", or at least a quantity set apart at the end."""
    unit = match.group("u")
    if unit is not None and not is_unit(unit):
        return False
    if unit is None and form is not _TIMES and not _ENDS_WITH_COUNT.search(match.group()):
        return False
    return bool(re.search(r"[^\W\d_]{2}|\d{4}", match.group("d")))


def _price(text: str) -> tuple[str | None, str]:
    """Part a price ("@ 12.50", "á 9,95 kr.") from the end of a line."""
    match = _PRICE.search(text)
    if match is None or match.start() == 0 or not _SURELY_PRICE.search(match.group()):
        return None, text
    return match.group("p"), text[: match.start()].rstrip(" ,;(-–—")


def _code(description: str) -> tuple[str | None, str]:
    for form in (_CODE_FIRST, _CODE_LAST):
        if match := form.match(description):
            return match.group("c"), match.group("d").strip(" .,;:-–—(")
    return (description, "") if re.fullmatch(_ARTICLE, description) else (None, description)


def _fields(
    line: TextLine,
    match: re.Match[str],
    price: str | None,
    mark: DecimalMark | None,
    code: str | None,
    description: str,
) -> dict[LineColumn, Field] | None:
    quantity = _number(line, match.group("q"), mark, 0.8)
    if quantity is None or quantity.amount <= 0:
        return None
    found: dict[LineColumn, Field] = {LineColumn.QUANTITY: quantity}
    if unit := match.group("u"):
        found[LineColumn.UNIT] = _field(line, unit, unit, 0.75)
    if code:
        found[LineColumn.ITEM_CODE] = _field(line, code, code, 0.75)
    if fold_words(description):
        found[LineColumn.DESCRIPTION] = _field(line, description, description, 0.75)
    if price and (unit_price := _number(line, price, mark, 0.7)):
        found[LineColumn.UNIT_PRICE] = unit_price
    return found


def _number(line: TextLine, printed: str, mark: DecimalMark | None, confidence: float) -> Field | None:
    """Read a number; one that the document's convention does not settle is worth less and keeps its other reading."""
    found = readings(printed)
    fitting = [r for r in found if r.mark in (None, mark)] or list(found)
    if not fitting:
        return None
    first, *others = (_field(line, printed, to_plain(r.value), confidence) for r in fitting)
    if not others:
        return first
    return replace(first, confidence=confidence * _UNSETTLED, alternatives=tuple(others))


def _field(line: TextLine, printed: str, value: str, confidence: float) -> Field:
    """Make a field whose box is that of the words that print it; the whole line's where they cannot be told."""
    words = _words(line, printed)
    return Field(value, printed, confidence, Source.RULE, line.page, enclosing(w.box for w in words))


def _words(line: TextLine, printed: str) -> Sequence[Word]:
    wanted = printed.split()
    for start in range(len(line.words) - len(wanted) + 1):
        run = line.words[start : start + len(wanted)]
        if all(p in w.text for p, w in zip(wanted, run, strict=True)):
            return run
    return line.words
