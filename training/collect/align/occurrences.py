"""Every place on the pages that prints a value, in any form it may be printed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pipeline.domain.legal_forms import is_legal_form
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS
from pipeline.extract.rules.page.candidates import Candidate, CandidateType
from pipeline.extract.rules.page.layout import Row
from training.collect.align.paper import Paper, Span, span_of
from training.collect.align.reading import covered, key, name_tokens, number, tokens
from training.collect.align.texts import find_text

NAMES = frozenset({"seller_name", "buyer_name"})
TEXTS = frozenset({"seller_address", "buyer_address", "delivery_address", "payment_terms"})
VAT_IDS = frozenset({"seller_vat_id", "buyer_vat_id"})
_LONGEST = 12  # words an identifier may be broken into
_APART = 2.0  # a wider blank, in line heights, ends an identifier
_BROKEN_FROM = 4  # letters of an identifier that must stand on its first line
_LOOSE = 0.8  # quality of a value that is only part of a word, or printed without its country
_LEGAL_FORM_WORDS = frozenset({"&", "co", "co.", "kg", "ltd", "pvt", "und", "+"})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of a value: its words and how exactly they print it (0 to 1)."""

    spans: tuple[Span, ...]
    quality: float

    @property
    def first(self) -> Span:
        return self.spans[0]


class Occurrences:
    """Finds the places of values on one document."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def of(self, name: str, value: str) -> list[Occurrence]:
        """Return the places of a header field's value."""
        if name in DATE_FIELDS:
            return self.dates(value)
        if name in AMOUNT_FIELDS:
            return self.amounts(value)
        if name in NAMES:
            return self.names(value)
        if name in TEXTS:
            return self.texts(value)
        return self.identifiers(value, countryless=name in VAT_IDS or name == "seller_registration_id")

    @cached_property
    def _dates(self) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in self.paper.typed(CandidateType.DATE, CandidateType.PERIOD):
            for value in (candidate.value, *candidate.others):
                found[value].append(candidate)
        return found

    @cached_property
    def _numbers(self) -> dict[Decimal, list[Candidate]]:
        found: dict[Decimal, list[Candidate]] = defaultdict(list)
        for candidate in self.paper.typed(CandidateType.AMOUNT, CandidateType.PERCENT):
            for value in (candidate.value, *candidate.others):
                if (read := number(value)) is not None:
                    found[abs(read)].append(candidate)
        return found

    def dates(self, value: str) -> list[Occurrence]:
        """Return the places of a date; one that has other readings is worth less unless the document decides."""
        return [
            Occurrence((span_of(c),), 1.0 if c.value == value else 0.7 if not c.proven else 0.4)
            for c in self._dates.get(value, ())
        ]

    def amounts(self, value: str, row: int | None = None, *, percent: bool = False) -> list[Occurrence]:
        """Return the places of a number, whatever its sign; `percent` also takes it with a percent sign."""
        read = number(value)
        if read is None:
            return []
        return [
            Occurrence((span_of(c),), 1.0 if number(c.value) in (read, -read) else 0.6)
            for c in self._numbers.get(abs(read), ())
            if (row is None or c.row == row) and (percent or c.type is CandidateType.AMOUNT)
        ]

    def identifiers(
        self, value: str, *, countryless: bool = False, rows: Iterable[Row] | None = None
    ) -> list[Occurrence]:
        """Return the places of an identifier, whatever its blanks and marks; `countryless` also without two letters."""
        wanted = key(value)
        if not wanted:
            return []
        short = wanted[2:] if countryless and wanted[:2].isalpha() and wanted[2:].isdigit() else None
        found: list[Occurrence] = []
        for row in rows if rows is not None else self.paper.rows:
            i = 0
            while i < len(row.words):
                if spans := self._identifier(row, i, wanted):
                    found.append(Occurrence(spans, 1.0))
                elif short and (spans := self._identifier(row, i, short)):
                    found.append(Occurrence(spans, _LOOSE))
                elif _holds(row.words[i].text, value):
                    spans = (Span(row.index, i, i + 1),)
                    found.append(Occurrence(spans, _LOOSE))
                i = spans[0].end if spans else i + 1
        return found

    def _identifier(self, row: Row, start: int, wanted: str) -> tuple[Span, ...]:
        """Return the words of an identifier that starts at a word, over two lines where it is broken; () for none."""
        have, end = _beginning(row, start, wanted)
        if have == wanted:
            return (Span(row.index, start, end),)
        if len(have) < _BROKEN_FROM or (end < len(row.words) and row.segment_of[end] == row.segment_of[end - 1]):
            return ()
        left, right = row.words[start].box.x0, row.words[end - 1].box.x1
        for lower in self.paper.layout.below(row, 2):
            for i, word in enumerate(lower.words):
                if min(word.box.x1, right) - max(word.box.x0, left) > 0:
                    rest, stop = _beginning(lower, i, wanted[len(have) :])
                    if have + rest == wanted:
                        return Span(row.index, start, end), Span(lower.index, i, stop)
                    break
        return ()

    def names(self, value: str) -> list[Occurrence]:
        """Return the places of a party's name with the legal form that the page prints behind it."""
        found = find_text(self.paper, name_tokens(value))
        whole = tokens(value)
        return [Occurrence(self._with_legal_form(f.spans, whole), f.quality) for f in found if f.quality >= 0.85]

    def _with_legal_form(self, spans: tuple[Span, ...], whole: tuple[str, ...]) -> tuple[Span, ...]:
        last = spans[-1]
        row = self.paper.rows[last.row]
        end = last.end
        while end < len(row.words) and row.segment_of[end] == row.segment_of[last.end - 1]:
            text = row.words[end].text
            own = tokens(text)
            part = bool(own) and all(t in whole for t in own)
            if not (part or is_legal_form(text) or text.lower().strip(",") in _LEGAL_FORM_WORDS):
                break
            end += 1
            if text.endswith(",") and not part:
                break
        while end > last.end and not tokens(row.words[end - 1].text):
            end -= 1
        return (*spans[:-1], Span(last.row, last.start, end))

    def texts(self, value: str) -> list[Occurrence]:
        """Return the places of an address or a sentence; a country's letters at its end need not be printed."""
        parts = [part.strip() for part in value.split(",")]
        if len(parts) > 1 and len(parts[-1]) == 2 and parts[-1].isupper():
            parts = parts[:-1]
        stated = tokens(" ".join(parts))
        return [Occurrence(self._without_label(f.spans, stated), f.quality) for f in find_text(self.paper, stated)]

    def _without_label(self, spans: tuple[Span, ...], stated: tuple[str, ...]) -> tuple[Span, ...]:
        """Drop the label in front ("Terms: terms of payment …") where the rest says all that is stated."""
        first = spans[0]
        words = self.paper.rows[first.row].words
        colon = next((i for i in range(first.end - 1, first.start - 1, -1) if words[i].text.endswith(":")), None)
        if colon is None:
            return spans
        rest = tuple(s for s in (Span(first.row, colon + 1, first.end), *spans[1:]) if s.start < s.end)
        before = covered([t for s in spans for t in tokens(self.paper.text(s))], stated)
        after = covered([t for s in rest for t in tokens(self.paper.text(s))], stated)
        return rest if rest and after >= before - 0.02 else spans


def _beginning(row: Row, start: int, wanted: str) -> tuple[str, int]:
    """Return how much of an identifier the words from `start` on print, and where they end."""
    have, end = "", start
    while end < min(start + _LONGEST, len(row.words)) and have != wanted:
        part = key(row.words[end].text)
        if (not part and end == start) or not wanted.startswith(have + part):
            break
        if end > start and row.gap(end) > _APART:
            break
        have += part
        end += 1
    return have, end


def _holds(word: str, value: str) -> bool:
    """Say whether a longer word holds the value between marks: "(471102)", "Nr.471102", "2026/471102"."""
    at = word.find(value)
    if at < 0 or len(value) < 4:
        return False
    before, after = word[:at][-1:], word[at + len(value) :][:1]
    return not before.isalnum() and not after.isalnum() and len(value) * 2 >= len(word)
