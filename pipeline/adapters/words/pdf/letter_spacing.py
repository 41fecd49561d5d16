"""Joins headings that were spaced out with blanks, such as "R E C H N U N G", to the words they are."""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import pairwise
from statistics import median

from pipeline.domain.document import Box, Word

_LEAST_LETTERS = 4  # shorter runs are as likely codes in narrow columns
_NEAR = 1.0  # letters of a heading stand no further apart than this many letter heights
_LEVEL = 0.3  # of a letter's height, by which their middles may differ
_WORD_GAP = 1.8  # gaps this much wider than the usual one part the heading's words


def join_spaced(words: Sequence[Word], aspect: float) -> tuple[Word, ...]:
    """Return the words of one direction, in drawing order, with runs of single letters joined.

    `aspect` is the page's height over its width: boxes are fractions of either.
    """
    joined: list[Word] = []
    for run in _runs(words, aspect):
        letters = sum(word.text.isalpha() for word in run)
        if letters >= _LEAST_LETTERS and letters * 3 >= len(run) * 2:
            joined += map(_one_word, _parted(run))
        else:
            joined += run
    return tuple(joined)


def _runs(words: Sequence[Word], aspect: float) -> Iterator[list[Word]]:
    """Group neighbouring single letters of one line; every other word is a group of its own."""
    run: list[Word] = []
    for word in words:
        if run and not (len(word.text) == len(run[-1].text) == 1 and _follows(run[-1], word, aspect)):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _follows(one: Word, other: Word, aspect: float) -> bool:
    height = max(one.box.height, other.box.height)
    gap = (other.box.x0 - one.box.x1) / aspect
    level = abs(other.box.centre[1] - one.box.centre[1]) <= _LEVEL * height
    return level and 0 <= gap <= _NEAR * height


def _parted(run: Sequence[Word]) -> Iterator[Sequence[Word]]:
    gaps = [other.box.x0 - one.box.x1 for one, other in pairwise(run)]
    usual = median(gaps)
    first = 0
    for index, gap in enumerate(gaps, start=1):
        if gap > _WORD_GAP * usual:
            yield run[first:index]
            first = index
    yield run[first:]


def _one_word(letters: Sequence[Word]) -> Word:
    return Word("".join(word.text for word in letters), reduce(Box.union, (word.box for word in letters)))
