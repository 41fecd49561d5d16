"""Finds the rows of the tax breakdown: a rate with its base and its tax on one row."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from training.collect.align.occurrences import Occurrence, Occurrences
from training.collect.align.paper import Paper, Span
from training.collect.align.reading import number

_WEIGHT = {"rate": 0.6, "taxable_amount": 1.0, "tax_amount": 1.0}
_PROVEN_ONE, _PROVEN_SEVERAL = 2.5, 1.5


@dataclass(slots=True)
class TaxPlace:
    """Where one entry of the breakdown stands."""

    index: int
    row: int
    columns: dict[str, tuple[Span, ...]] = field(default_factory=dict)


def find_taxes(
    paper: Paper, occurrences: Occurrences, entries: Sequence[Mapping[str, str]], taken: Set[int]
) -> list[TaxPlace]:
    """Return the rows of the entries that are found; words in `taken` are others'.

    Of a single entry only a row with all three numbers counts: the tax of a document with one rate is its tax total.
    """
    proven = _PROVEN_ONE if len(entries) == 1 else _PROVEN_SEVERAL
    used = set(taken)
    found: list[TaxPlace] = []
    for index, entry in enumerate(entries):
        cells = _cells(paper, occurrences, entry, used)
        best: tuple[float, TaxPlace] | None = None
        for row in sorted({o.first.row for places in cells.values() for o in places}):
            score, place = _at(paper, index, row, cells, entry)
            if score >= proven and (best is None or score > best[0]):
                best = (score, place)
        if best is not None:
            found.append(best[1])
            used |= {w for spans in best[1].columns.values() for w in paper.flat(spans)}
    return found


def _cells(
    paper: Paper, occurrences: Occurrences, entry: Mapping[str, str], used: Set[int]
) -> dict[str, list[Occurrence]]:
    cells: dict[str, list[Occurrence]] = {}
    for column in _WEIGHT:
        if value := entry.get(column):
            places = occurrences.amounts(value, percent=column == "rate")
            cells[column] = [o for o in places if not used & set(paper.flat(o.spans))]
    return cells


def _at(
    paper: Paper, index: int, row: int, cells: Mapping[str, Sequence[Occurrence]], entry: Mapping[str, str]
) -> tuple[float, TaxPlace]:
    place = TaxPlace(index, row)
    score = 0.0
    used: set[int] = set()
    for column in ("rate", "taxable_amount", "tax_amount"):
        here = [o for o in cells.get(column, ()) if o.first.row == row and not used & set(paper.flat(o.spans))]
        if column == "rate":
            here = [o for o in here if "%" in _with_next(paper, o.first)] or here
        if not here:
            continue
        place.columns[column] = here[0].spans
        used |= set(paper.flat(here[0].spans))
        score += _WEIGHT[column] * (0.5 if number(entry[column]) == 0 else 1.0)
    return score, place


def _with_next(paper: Paper, span: Span) -> str:
    row = paper.rows[span.row]
    return row.span_text(span.start, min(span.end + 1, len(row.words)))
