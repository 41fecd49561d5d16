"""The words of a document by number and by place."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from pipeline.domain.document import Box, Page, Word

_EDGE = 0.002
"""How far a word's middle may stand outside a box that is meant to hold it, in parts of the page."""


@dataclass(frozen=True)
class Words:
    """All words of all pages in order; `page_of` is the number of each word's page, from 1."""

    words: tuple[Word, ...]
    page_of: tuple[int, ...]

    @classmethod
    def of(cls, pages: Sequence[Page]) -> "Words":
        """Number the words of some pages."""
        return cls(
            tuple(word for page in pages for word in page.words),
            tuple(page.number for page in pages for _ in page.words),
        )

    @cached_property
    def _by_page(self) -> dict[int, "_Places"]:
        found: dict[int, list[int]] = {}
        for index, page in enumerate(self.page_of):
            found.setdefault(page, []).append(index)
        return {page: _Places(indices, [self.words[i].box for i in indices]) for page, indices in found.items()}

    @cached_property
    def _held(self) -> dict[tuple[int, Box], tuple[int, ...]]:
        """What was found inside boxes: every field asks for those of all candidates of its type."""
        return {}

    def inside(self, page: int | None, box: Box | None) -> tuple[int, ...]:
        """Return the words whose middle lies in a box of a page, none where there is no box.

        A box that is a part of one word (of "No.:4711" only the number) is taken for that word.
        """
        if page is None or box is None:
            return ()
        places = self._by_page.get(page)
        if places is None:
            return ()
        if (known := self._held.get((page, box))) is None:
            known = self._held[page, box] = places.inside(box)
        return known

    def box(self, indices: Sequence[int]) -> Box:
        """Return the smallest box around some words of one page."""
        box = self.words[indices[0]].box
        for index in indices[1:]:
            box = box.union(self.words[index].box)
        return box

    def text(self, indices: Sequence[int]) -> str:
        """Return what some words print."""
        return " ".join(self.words[index].text for index in indices)

    def reader(self, indices: Sequence[int]) -> float:
        """Return the mean confidence of some words' reader."""
        return sum(self.words[i].confidence for i in indices) / len(indices) if indices else 1.0


class _Places:
    """Where the words of one page stand, their middles sorted from top to bottom."""

    def __init__(self, indices: Sequence[int], boxes: Sequence[Box]) -> None:
        self._boxes = list(zip(indices, boxes, strict=True))
        middles = [(index, *box.centre) for index, box in self._boxes]
        self._middles = sorted((y, x, index) for index, x, y in middles)

    def inside(self, box: Box) -> tuple[int, ...]:
        """Return the words whose middle lies in a box, else those that hold the box's middle, in reading order."""
        x0, y0, x1, y1 = box.x0 - _EDGE, box.y0 - _EDGE, box.x1 + _EDGE, box.y1 + _EDGE
        level = self._middles[bisect_left(self._middles, (y0,)) : bisect_right(self._middles, (y1, inf))]
        held = [index for _, x, index in level if x0 <= x <= x1]
        if held:
            return tuple(sorted(held))
        x, y = box.centre
        return tuple(
            index
            for index, (x0, y0, x1, y1) in self._boxes
            if x0 - _EDGE <= x <= x1 + _EDGE and y0 - _EDGE <= y <= y1 + _EDGE
        )
