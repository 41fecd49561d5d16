"""Near-duplicate texts: MinHash signatures of word shingles, and the pairs that are nearly alike.

Digits count as one, so two documents of one template that differ in their numbers only are alike. See A. Broder, "On
the resemblance and containment of documents" (1997).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SHINGLE = 4
"""Words a shingle."""
_HASHES, _BANDS = 64, 16
_PRIME = (1 << 31) - 1
_DIGITS = re.compile(r"\d+")


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Return the hashes of all runs of `SHINGLE` words; of the whole text where it is shorter."""
    folded = [_DIGITS.sub("0", word.casefold()) for word in words]
    count = max(1, len(folded) - SHINGLE + 1)
    return frozenset(crc32(" ".join(folded[i : i + SHINGLE]).encode()) % _PRIME for i in range(count))


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the shingles of both that they have in common (Jaccard, 0 to 1)."""
    return len(one & other) / max(1, len(one | other))


def signatures(texts: Iterable[Sequence[str]]) -> "npt.NDArray[np.uint32]":
    """Return one signature a text: the share of places in which two agree estimates their resemblance."""
    import numpy as np

    rng = np.random.default_rng(20)
    factors = rng.integers(1, _PRIME, _HASHES, dtype=np.uint64)
    offsets = rng.integers(0, _PRIME, _HASHES, dtype=np.uint64)
    rows = []
    for words in texts:
        hashes = np.fromiter(shingles(words), dtype=np.uint64)
        rows.append(((hashes[:, None] * factors + offsets) % _PRIME).min(axis=0).astype(np.uint32))
    return np.array(rows, dtype=np.uint32).reshape(len(rows), _HASHES)


def alike(found: "npt.NDArray[np.uint32]", threshold: float) -> Iterator[tuple[int, int]]:
    """Yield pairs of texts whose signatures agree in at least `threshold` of their places.

    Of several texts that are all alike, each is paired with one other at least: enough to connect them.
    """
    import numpy as np

    width = _HASHES // _BANDS
    seen: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for index, row in enumerate(found[:, band * width : (band + 1) * width]):
            buckets[row.tobytes()].append(index)
        for members in buckets.values():
            for first, second in _chained(members):
                if (first, second) not in seen:
                    seen.add((first, second))
                    if float(np.mean(found[first] == found[second])) >= threshold:
                        yield first, second


def _chained(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pair each with the first and with the one before: all pairs of a large bucket would be too many."""
    for at in range(1, len(members)):
        yield members[0], members[at]
        if at > 1:
            yield members[at - 1], members[at]
