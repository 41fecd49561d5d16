"""Pages with as many words as asked for: generated pages below one another, their numbers drawn anew each time.

What a model remembers of words it has seen counts as in an archive: most words stood on earlier pages, most numbers did
not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom


class Supply:
    """Makes pages of the words of `documents` generated documents, of seeds from `seed` on."""

    def __init__(self, documents: int, seed: int = 0) -> None:
        from training.synthesize.generate import generate

        made = (generate(seed + number)[0] for number in range(documents))
        self._pages = [page for document in made for page in document.pages if page.words]
        self._seed = seed

    def document(self, words: int, pages: int, number: int) -> Document:
        """Return one document of `pages` pages of `words` words each; the same for the same `number`."""
        return document_of(
            [self._page(words, page, Random(f"{self._seed}/{words}/{number}/{page}")) for page in range(1, pages + 1)]
        )

    def documents(self, words: int, count: int, number: int) -> list[Document]:
        """Return documents of one page each."""
        return [self.document(words, 1, number * count + own) for own in range(count)]

    def _page(self, words: int, number: int, chance: Random) -> Page:
        parts: list[Sequence[Word]] = []
        left = words
        while left:
            drawn = chance.choice(self._pages).words[:left]
            parts.append(drawn)
            left -= len(drawn)
        return Page(number, 595.0, 842.0, tuple(_stacked(parts, chance)))


def document_of(pages: Sequence[Page]) -> Document:
    """Return pages as a document that was read from a text layer."""
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    count = len(pages)
    return Document("pages.pdf", "ab" * 32, tuple(pages), WordsFrom.TEXT_LAYER, quality, last_page=count)


def _stacked(parts: Sequence[Sequence[Word]], chance: Random) -> Iterator[Word]:
    """Yield the words of pages that share one page, each pressed into its part of the height."""
    height = 1 / len(parts)
    for place, part in enumerate(parts):
        for word in part:
            x0, y0, x1, y1 = word.box
            box = Box(x0, (place + y0) * height, x1, (place + y1) * height)
            text = "".join(chance.choice("0123456789") if c.isdecimal() else c for c in word.text)
            yield replace(word, text=text, box=box)
