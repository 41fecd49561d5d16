"""The way in: a document and the facts about it become a tag and a row for every word, or none where in doubt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from models.label_scheme import OUTSIDE, SPANS
from pipeline.domain.document import Document
from pipeline.domain.vocabulary import AMOUNT_FIELDS
from training.collect.align.choice import Place, choose
from training.collect.align.currency import currency_words
from training.collect.align.evidence import ACCEPTED, Evidence
from training.collect.align.geometry import Columns
from training.collect.align.items import ItemPlace, Items
from training.collect.align.occurrences import Occurrence, Occurrences
from training.collect.align.paper import Paper, Span
from training.collect.align.taxes import TaxPlace, find_taxes
from training.collect.align.unsure import Known, unsure_words
from training.collect.facts import Facts


class Fate(StrEnum):
    """What became of a value."""

    LABELLED = "labelled"
    DOUBTFUL = "doubtful"
    """It is printed, but which of its places is the field's own cannot be told."""
    NOT_FOUND = "not_found"
    """It is printed nowhere in a form that is known."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A tag and a row for every word of the document, and the fate of every value.

    A tag of None means that training must not look at the word. Values are named as in corrections: `due_date`,
    `lines[0].quantity`, `tax_breakdown[1].rate`.
    """

    tags: tuple[str | None, ...]
    rows: tuple[int, ...]
    fates: Mapping[str, Fate]


@dataclass(slots=True)
class _Labels:
    """Words with their spans while they are being given out; the first to ask for a word gets it."""

    span_of: dict[int, str] = field(default_factory=dict)
    row_of: dict[int, int] = field(default_factory=dict)
    values: list[tuple[int, ...]] = field(default_factory=list)

    def give(self, span: str, words: Iterable[int], row: int = -1) -> bool:
        own = tuple(sorted(words))
        if span not in SPANS or not own or any(word in self.span_of for word in own):
            return False
        self.values.append(own)
        for word in own:
            self.span_of[word] = span
            self.row_of[word] = row
        return True


def align(document: Document, facts: Facts, pinned: Mapping[str, Iterable[int]] | None = None) -> Alignment:
    """Find every value of `facts` on the pages of `document`.

    `pinned` names values whose words somebody pointed at: they are labelled as they are.
    """
    paper = Paper(document)
    if not paper.rows:
        return Alignment((), (), dict.fromkeys(_names(facts), Fate.NOT_FOUND))
    occurrences, columns, labels = Occurrences(paper), Columns(paper), _Labels()
    fates: dict[str, Fate] = {}
    for name, words in (pinned or {}).items():
        span, row = span_and_row(name)
        fates[name] = Fate.LABELLED if labels.give(span, words, row) else Fate.DOUBTFUL
    items = Items(paper, occurrences, columns).find(facts.lines)
    _give_items(paper, facts, items, labels, fates)
    taxes = find_taxes(paper, occurrences, facts.tax_breakdown, labels.span_of.keys())
    places = {n: occurrences.of(n, v) for n, v in facts.fields.items() if n != "currency" and n not in fates}
    _give_header(paper, facts, places, taxes, labels, fates)
    _give_taxes(paper, occurrences, facts, taxes, labels, fates)
    _give_currency(paper, facts, labels, fates)
    known = Known(
        facts,
        places,
        tuple(items),
        frozenset(labels.span_of),
        frozenset(n for n, f in fates.items() if f is Fate.LABELLED),
    )
    unsure = unsure_words(paper, columns, known)
    return Alignment(_tags(document, labels, unsure), _rows(len(paper.words), labels), fates)


def _give_items(
    paper: Paper, facts: Facts, items: Sequence[ItemPlace], labels: _Labels, fates: dict[str, Fate]
) -> None:
    by_index = {place.index: place for place in items}
    for index, line in enumerate(facts.lines):
        place = by_index.get(index)
        for column in line:
            name = f"lines[{index}].{column}"
            if name in fates:
                continue
            if place is None:
                fates[name] = Fate.NOT_FOUND
            elif spans := place.columns.get(column):
                given = labels.give(f"line.{column}", paper.flat(_whole(paper, column, spans)), index)
                fates[name] = Fate.LABELLED if given else Fate.DOUBTFUL
            else:
                fates[name] = Fate.DOUBTFUL if column in place.doubtful else Fate.NOT_FOUND


def _whole(paper: Paper, column: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return paper.with_percent(spans) if column in ("rate", "tax_rate", "discount") else spans


def _give_header(
    paper: Paper,
    facts: Facts,
    places: Mapping[str, Sequence[Occurrence]],
    taxes: list[TaxPlace],
    labels: _Labels,
    fates: dict[str, Fate],
) -> None:
    """Choose a place for every field; a tax row gives its words up where a total has no other place."""
    evidence = Evidence(paper, places)
    options: dict[str, list[Place]] = {}
    for name, found in places.items():
        scores = evidence.scores(name, facts.fields[name])
        options[name] = [
            Place(frozenset(paper.flat(o.spans)), score - ACCEPTED) for o, score in zip(found, scores, strict=True)
        ]
    in_taxes = {w for t in taxes for spans in t.columns.values() for w in paper.flat(spans)}
    free = {n: [_without(p, labels.span_of.keys() | in_taxes) for p in found] for n, found in options.items()}
    chosen = choose(free)
    for name in AMOUNT_FIELDS & options.keys():
        if chosen[name] is None and not any(p.score >= 0 for p in free[name]):
            best = max(range(len(options[name])), key=lambda i: options[name][i].score, default=None)
            if best is not None and options[name][best].score >= 0 and options[name][best].words & in_taxes:
                chosen[name] = best
    for name, found in places.items():
        at = chosen[name]
        given = at is not None and labels.give(name, options[name][at].words)
        fates[name] = Fate.LABELLED if given else Fate.DOUBTFUL if found else Fate.NOT_FOUND


def _without(place: Place, taken: Iterable[int]) -> Place:
    return Place(place.words, -1.0) if place.words & set(taken) else place


def _give_taxes(
    paper: Paper,
    occurrences: Occurrences,
    facts: Facts,
    taxes: Sequence[TaxPlace],
    labels: _Labels,
    fates: dict[str, Fate],
) -> None:
    by_index = {place.index: place for place in taxes}
    for index, entry in enumerate(facts.tax_breakdown):
        columns = dict(by_index[index].columns) if index in by_index else {}
        if not columns and len(facts.tax_breakdown) == 1:
            columns = _rate_beside_total(paper, occurrences, entry, labels)
        for column in entry:
            name = f"tax_breakdown[{index}].{column}"
            if name in fates:
                continue
            given = column in columns and labels.give(
                f"tax.{column}", paper.flat(_whole(paper, column, columns[column])), index
            )
            printed = bool(occurrences.amounts(entry[column], percent=column == "rate"))
            fates[name] = Fate.LABELLED if given else Fate.DOUBTFUL if printed else Fate.NOT_FOUND


def _rate_beside_total(
    paper: Paper, occurrences: Occurrences, entry: Mapping[str, str], labels: _Labels
) -> dict[str, tuple[Span, ...]]:
    """Return the rate that stands on the row of the tax total: "VAT 25 % 250.00"."""
    rows = {
        row.index
        for row in paper.rows
        for i in range(len(row.words))
        if labels.span_of.get(paper.place(row.index, i)) == "tax_total"
    }
    here = [o for o in occurrences.amounts(entry.get("rate", ""), percent=True) if o.first.row in rows]
    sure = [o for o in here if "%" in paper.text(Span(o.first.row, o.first.start, o.first.end + 1))]
    return {"rate": sure[0].spans} if sure else {}


def _give_currency(paper: Paper, facts: Facts, labels: _Labels, fates: dict[str, Fate]) -> None:
    code = facts.fields.get("currency")
    if code is None or "currency" in fates:
        return
    amounts = {w for w, span in labels.span_of.items() if span in AMOUNT_FIELDS or span in _MONEY}
    words = currency_words(paper, code, amounts)
    given = [labels.give("currency", (word,)) for word in words]
    fates["currency"] = Fate.LABELLED if any(given) else Fate.NOT_FOUND


_MONEY = frozenset({"line.unit_price", "line.net_amount", "tax.taxable_amount", "tax.tax_amount"})


def _tags(document: Document, labels: _Labels, unsure: frozenset[int]) -> tuple[str | None, ...]:
    """Tag every word: the first word of a value on a page B, its others I."""
    count = sum(len(page.words) for page in document.pages)
    tags: list[str | None] = [None if word in unsure else OUTSIDE for word in range(count)]
    ends: list[int] = []
    for page in document.pages:
        ends.append((ends[-1] if ends else 0) + len(page.words))
    for words in labels.values:
        pages: set[int] = set()
        for word in words:
            on = next(number for number, end in enumerate(ends) if word < end)
            tags[word] = f"{'I' if on in pages else 'B'}-{labels.span_of[word]}"
            pages.add(on)
    return tuple(tags)


def _rows(count: int, labels: _Labels) -> tuple[int, ...]:
    return tuple(labels.row_of.get(word, -1) for word in range(count))


def span_and_row(name: str) -> tuple[str, int]:
    """Return the span and the row of a value: `lines[2].net_amount` is `line.net_amount` in row 2."""
    whole, bracket, rest = name.partition("[")
    if not bracket:
        return name, -1
    index, _, column = rest.partition("].")
    return f"{'line' if whole == 'lines' else 'tax'}.{column}", int(index)


def _names(facts: Facts) -> Iterable[str]:
    yield from facts.fields
    for index, line in enumerate(facts.lines):
        yield from (f"lines[{index}].{column}" for column in line)
    for index, entry in enumerate(facts.tax_breakdown):
        yield from (f"tax_breakdown[{index}].{column}" for column in entry)
