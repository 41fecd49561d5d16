"""Which documents belong together and must stand on one side of a split: one group, one sender, nearly one text."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from training.dataset.index import Entry
from training.dataset.likeness import alike, resemblance, shingles, signatures

ALIKE = 0.8
"""Two texts that share so much of their shingles are near-duplicates."""
_SLACK = 0.1  # signatures only estimate: pairs a little below are compared exactly


def families(entries: Sequence[Entry], threshold: float = ALIKE) -> list[int]:
    """Return a number for each document; those with the same number must not be parted.

    Senders tie only documents that were not generated: generated names repeat by chance. A sender whose name ends with
    that of another ("GLN 4300001 Acme" and "Acme") is taken for it.
    """
    ties = _Ties(len(entries))
    for members in _shared(entries).values():
        for other in members[1:]:
            ties.tie(members[0], other)
    for first, second in near_duplicates(entries, threshold):
        ties.tie(first, second)
    return [ties.root(index) for index in range(len(entries))]


def near_duplicates(entries: Sequence[Entry], threshold: float = ALIKE) -> Iterator[tuple[int, int]]:
    """Yield pairs of documents with nearly the same text, enough of them to connect all that are alike."""
    found = signatures(entry.words for entry in entries)
    for first, second in alike(found, threshold - _SLACK):
        if resemblance(shingles(entries[first].words), shingles(entries[second].words)) >= threshold:
            yield first, second


def leaks(sides: Mapping[str, Sequence[Entry]], threshold: float = ALIKE) -> list[str]:
    """Return a sentence for every group, sender, text or document that stands on two sides; empty where none does."""
    entries = [entry for side in sides.values() for entry in side]
    side_of = [name for name, side in sides.items() for _ in side]
    found: list[str] = []
    for what, members in (*_shared(entries).items(), *_same_id(entries).items()):
        names = sorted({side_of[index] for index in members})
        if len(names) > 1:
            found.append(f"{what[0]} “{what[1]}” is in {' and '.join(names)}.")
    for first, second in near_duplicates(entries, threshold):
        if side_of[first] != side_of[second]:
            found.append(
                f"{entries[first].id} in {side_of[first]} and {entries[second].id} in {side_of[second]} "
                "have nearly the same text."
            )
    return found


def _shared(entries: Sequence[Entry]) -> dict[tuple[str, str], list[int]]:
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    senders = {entry.sender for entry in entries if entry.sender and not entry.is_generated}
    for index, entry in enumerate(entries):
        members["group", entry.group].append(index)
        if entry.sender and not entry.is_generated:
            members["sender", _plain(entry.sender, senders)].append(index)
    return members


def _plain(sender: str, senders: Collection[str]) -> str:
    """Return the shortest ending of a sender's name that is a sender's name itself."""
    words = sender.split()
    endings = (" ".join(words[start:]) for start in range(len(words) - 1, 0, -1))
    return next((ending for ending in endings if ending in senders), sender)


def _same_id(entries: Sequence[Entry]) -> dict[tuple[str, str], list[int]]:
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        members["document", entry.id].append(index)
    return members


class _Ties:
    """Sets of documents that are tied together (union-find)."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def tie(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first
