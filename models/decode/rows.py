"""Line items and the tax breakdown: tagged words put into rows by the word that begins each row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.decode.options import Option
from models.decode.spans import Span, Tag, spans_in, tags_of
from models.decode.values import value_of
from models.decode.words import Words
from models.scores import Scores
from pipeline.domain.vocabulary import LineColumn
from pipeline.extract.rules.writing.conventions import Conventions

DESCRIPTION = f"line.{LineColumn.DESCRIPTION}"
_LINE, _TAX = "line", "tax"
Cells = Mapping[str, Option]
"""One row: its cells by the name of their span."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that the network sees, in reading order."""

    lines: tuple[Cells, ...]
    taxes: tuple[Cells, ...]


def rows_of(words: Words, scores: Scores, conventions: Conventions) -> Rows:
    """Return line items and tax rows."""
    tags = tags_of(scores)
    return Rows(*(tuple(_rows(kind, words, scores, tags, conventions)) for kind in (_LINE, _TAX)))


def _rows(
    kind: str, words: Words, scores: Scores, tags: Mapping[int, Tag], conventions: Conventions
) -> Iterable[Cells]:
    for members in _groups(kind, scores, tags):
        cells: dict[str, Option] = {}
        for name, spans in _by_name(spans_in(words, tags, members)).items():
            if name.startswith(kind) and (cell := _cell(name, spans, words, conventions)) is not None:
                cells[name] = cell
        if cells:
            yield cells


def _groups(kind: str, scores: Scores, tags: Mapping[int, Tag]) -> list[list[int]]:
    """Return the words of each row: those that point to the same first word, directly or by way of another."""
    own = [index for index, tag in tags.items() if tag.name.startswith(f"{kind}.")]
    begins = [int(scores.row_begins[index]) for index in own]
    tied = {index: index for index in (*own, *begins)}

    def root(index: int) -> int:
        while tied[index] != index:
            tied[index] = tied[tied[index]]
            index = tied[index]
        return index

    for index, begin in zip(own, begins, strict=True):
        first, second = sorted((root(index), root(begin)))
        tied[second] = first
    groups: dict[int, list[int]] = {}
    for index in own:
        groups.setdefault(root(index), []).append(index)
    return [groups[first] for first in sorted(groups, key=lambda first: groups[first][0])]


def _by_name(spans: Iterable[Span]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for span in spans:
        found.setdefault(span.name, []).append(span)
    return found


def _cell(name: str, spans: Sequence[Span], words: Words, conventions: Conventions) -> Option | None:
    """Return a row's cell: descriptions of several spans are joined, of other columns the surest span counts."""
    if name == DESCRIPTION:
        members = [index for span in spans for index in span.words]
        page = words.page_of[members[0]]
        here = tuple(index for index in members if words.page_of[index] == page)
        text = words.text(members)
        chance = sum(span.chance for span in spans) / len(spans)
        return Option(
            name, text.strip(" ,;|"), text, page, words.box(here), tuple(members), chance, reader=words.reader(members)
        )
    for span in sorted(spans, key=lambda s: -s.chance):
        text = words.text(span.words)
        value = value_of(name, text, conventions)
        if value is not None:
            box, reader = words.box(span.words), words.reader(span.words)
            return Option(name, value, text, span.page, box, tuple(span.words), span.chance, reader=reader)
    return None
