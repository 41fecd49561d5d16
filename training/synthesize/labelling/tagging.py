"""Tags and rows of words from the marks they lie under."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.label_scheme import OUTSIDE
from pipeline.domain.document import Box, Page, Word
from training.synthesize.labelling.annotations import Area
from training.synthesize.layout.sheet import Mark

_ENOUGH = 0.4  # the part of a word that a mark must cover


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag and a row for every word, and the words of each printed value: mark, page and words in reading order."""

    tags: tuple[str, ...]
    rows: tuple[int, ...]
    printed: tuple[tuple[Mark, int, tuple[str, ...]], ...]


def tag_words(pages: Sequence[Page], areas: Sequence[Sequence[Area]], marks: Sequence[Mark]) -> Tagged:
    """Tag every word: a value's first word on a page B, its others I, whatever stands between them."""
    tags: list[str] = []
    rows: list[int] = []
    printed: list[tuple[Mark, int, tuple[str, ...]]] = []
    for page, found in zip(pages, areas, strict=True):
        of_mark: dict[int, list[str]] = {}
        for word in page.words:
            index = _mark_of(word, found)
            if index is None:
                tags.append(OUTSIDE)
                rows.append(-1)
                continue
            mark = marks[index]
            tags.append(f"{'I' if index in of_mark else 'B'}-{mark.span}")
            rows.append(mark.row)
            of_mark.setdefault(index, []).append(word.text)
        printed += [(marks[index], page.number, tuple(texts)) for index, texts in of_mark.items()]
    return Tagged(tuple(tags), tuple(rows), tuple(printed))


def _mark_of(word: Word, areas: Iterable[Area]) -> int | None:
    """Return the mark that covers most of a word and enough of it."""
    best, most = None, _ENOUGH * word.box.width
    _, middle = word.box.centre
    for area in areas:
        if area.box.y0 <= middle <= area.box.y1 and (shared := _overlap(word.box, area.box)) >= most:
            best, most = area.mark, shared
    return best


def _overlap(one: Box, other: Box) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)
