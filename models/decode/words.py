"""The words of a document by number and by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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
    def _by_page(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index, page in enumerate(self.page_of):
            found.setdefault(page, []).append(index)
        return found

    def inside(self, page: int | None, box: Box | None) -> tuple[int, ...]:
        """Return the words whose middle lies in a box of a page, none where there is no box.

        A box that is a part of one word (of "No.:4711" only the number) is taken for that word.
        """
        if page is None or box is None:
            return ()
        own = self._by_page.get(page, [])
        held = tuple(i for i in own if _holds(box, self.words[i].box.centre))
        return held or tuple(i for i in own if _holds(self.words[i].box, box.centre))

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


def _holds(box: Box, point: tuple[float, float]) -> bool:
    x, y = point
    return box.x0 - _EDGE <= x <= box.x1 + _EDGE and box.y0 - _EDGE <= y <= box.y1 + _EDGE
