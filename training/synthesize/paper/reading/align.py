"""Which read word is which true word: by place first, by text where places leave a choice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy
import numpy.typing
from rapidfuzz.distance import Levenshtein

from pipeline.domain.document import Word

_SHARED = 0.45  # of the smaller box: words that overlap by less are strangers
_MOST = 5  # words that may have been merged into one, or one split into
_LOST, _STRAY, _JOINT = 0.3, 0.3, 0.4  # costs beside the letters; below half a letter, so that text decides


@dataclass(frozen=True, slots=True)
class Pairing:
    """True words and the read words that stand for them, by index, each from left to right.

    One and one is the usual case; several true words were merged, several read words were split; a side is empty where
    a word was lost or made up.
    """

    true: tuple[int, ...]
    read: tuple[int, ...]


def align(true: Sequence[Word], read: Sequence[Word]) -> list[Pairing]:
    """Pair the words of one page. Every index occurs in exactly one pairing."""
    shared = _overlaps(true, read)
    near = shared > _SHARED
    pairings: list[Pairing] = []
    for i, j in _same(true, read, shared):
        pairings.append(Pairing((i,), (j,)))
        near[i, :] = near[:, j] = False
    settled = {i for p in pairings for i in p.true}, {j for p in pairings for j in p.read}
    for ours, theirs in _groups(near, settled):
        if not ours or not theirs:
            pairings += [Pairing((i,), ()) for i in ours] + [Pairing((), (j,)) for j in theirs]
        elif len(ours) == len(theirs) == 1:
            pairings.append(Pairing((ours[0],), (theirs[0],)))
        else:
            pairings += _cheapest(_ordered(ours, true), _ordered(theirs, read), true, read, near)
    return pairings


def _overlaps(true: Sequence[Word], read: Sequence[Word]) -> numpy.typing.NDArray[numpy.float64]:
    """Return for every pair how much of the smaller box both share, from 0 to 1."""
    if not true or not read:
        return numpy.zeros((len(true), len(read)))
    a = numpy.array([w.box for w in true])[:, None, :]
    b = numpy.array([w.box for w in read])[None, :, :]
    wide = numpy.minimum(a[..., 2], b[..., 2]) - numpy.maximum(a[..., 0], b[..., 0])
    high = numpy.minimum(a[..., 3], b[..., 3]) - numpy.maximum(a[..., 1], b[..., 1])
    least_wide = numpy.minimum(a[..., 2] - a[..., 0], b[..., 2] - b[..., 0])
    least_high = numpy.minimum(a[..., 3] - a[..., 1], b[..., 3] - b[..., 1])
    shared = numpy.clip(wide, 0, None) * numpy.clip(high, 0, None)
    part: numpy.typing.NDArray[numpy.float64] = shared / numpy.maximum(least_wide * least_high, 1e-12)
    return part


def _same(
    true: Sequence[Word], read: Sequence[Word], shared: numpy.typing.NDArray[numpy.float64]
) -> Iterator[tuple[int, int]]:
    """Yield words that lie together and say the same, those that share most first: nothing can explain them better."""
    near = numpy.argwhere(shared > _SHARED).tolist()
    alike = [(i, j) for i, j in near if true[i].text == read[j].text]
    ours: set[int] = set()
    theirs: set[int] = set()
    for i, j in sorted(alike, key=lambda pair: -shared[pair]):
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            yield i, j


def _groups(
    near: numpy.typing.NDArray[numpy.bool_], settled: tuple[set[int], set[int]]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the connected groups of true and read words that are not settled."""
    count, others = near.shape
    parent = list(range(count + others))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, j in numpy.argwhere(near).tolist():
        parent[root(i)] = root(count + j)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for node in range(count + others):
        if node in settled[0] or node - count in settled[1]:
            continue
        ours, theirs = groups.setdefault(root(node), ([], []))
        (ours if node < count else theirs).append(node if node < count else node - count)
    yield from groups.values()


def _ordered(indexes: Iterable[int], words: Sequence[Word]) -> list[int]:
    """Sort a group's words into lines and from left to right."""
    left = sorted(indexes, key=lambda i: words[i].box.centre[1])
    ordered: list[int] = []
    while left:
        first = words[left[0]].box
        line = [i for i in left if words[i].box.centre[1] <= first.centre[1] + 0.6 * first.height]
        ordered += sorted(line, key=lambda i: words[i].box.x0)
        left = [i for i in left if i not in set(line)]
    return ordered


def _cheapest(
    ours: list[int],
    theirs: list[int],
    true: Sequence[Word],
    read: Sequence[Word],
    near: numpy.typing.NDArray[numpy.bool_],
) -> list[Pairing]:
    """Walk both lists at once and choose the pairings whose texts differ least; paired words must lie together."""

    def touch(i: int, j: int, wide: int, high: int) -> bool:
        return all(near[a, b] for a in ours[i : i + wide] for b in theirs[j : j + high])

    def steps(i: int, j: int) -> Iterator[tuple[int, int, float]]:
        if i < len(ours):
            yield 1, 0, len(true[ours[i]].text) + _LOST
        if j < len(theirs):
            yield 0, 1, len(read[theirs[j]].text) + _STRAY
        for wide, high in _SHAPES:
            if i + wide <= len(ours) and j + high <= len(theirs) and touch(i, j, wide, high):
                one = "".join(true[a].text for a in ours[i : i + wide])
                other = "".join(read[b].text for b in theirs[j : j + high])
                yield wide, high, Levenshtein.distance(one, other) + _JOINT * (wide + high - 2)

    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(ours) + 1):
        for j in range(len(theirs) + 1):
            cost, _ = best[i, j]
            for wide, high, more in steps(i, j):
                there = (i + wide, j + high)
                if there not in best or cost + more < best[there][0]:
                    best[there] = (cost + more, (wide, high))
    pairings = []
    i, j = len(ours), len(theirs)
    while i or j:
        wide, high = best[i, j][1]
        pairings.append(Pairing(tuple(ours[i - wide : i]), tuple(theirs[j - high : j])))
        i, j = i - wide, j - high
    return pairings[::-1]


_SHAPES = ((1, 1), *((n, 1) for n in range(2, _MOST + 1)), *((1, n) for n in range(2, _MOST + 1)))


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, ignoring case."""
    return float(Levenshtein.normalized_similarity(one.lower(), other.lower()))
