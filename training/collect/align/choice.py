"""Chooses a place for every field at once: a word says one thing only, and a near tie is a doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BEAM = 60
_MARGIN = 0.15  # two ways to share places that score closer than this are a doubt


@dataclass(frozen=True, slots=True)
class Place:
    """A possible place of a field: its words among all words of the document, and its score above what is doubtful."""

    words: frozenset[int]
    score: float


def choose(options: Mapping[str, Sequence[Place]]) -> dict[str, int | None]:
    """Return for each field which of its places it takes, None where none is left or a doubt remains.

    The sum of the scores is the largest that a beam search finds; places with a score below nought are never taken.
    """
    best = _best(options)
    return {
        name: at if at is not None and not _is_doubtful(name, at, best, options) else None for name, at in best.items()
    }


def _best(options: Mapping[str, Sequence[Place]]) -> dict[str, int | None]:
    names = sorted(options, key=lambda name: (len(options[name]), name))
    beam: list[tuple[float, frozenset[int], dict[str, int | None]]] = [(0.0, frozenset(), {})]
    for name in names:
        grown = [(score, used, {**picks, name: None}) for score, used, picks in beam]
        for score, used, picks in beam:
            grown += [
                (score + place.score, used | place.words, {**picks, name: at})
                for at, place in enumerate(options[name])
                if place.score >= 0 and not used & place.words
            ]
        beam = sorted(grown, key=lambda state: -state[0])[:_BEAM]
    return beam[0][2]


def _is_doubtful(name: str, at: int, best: Mapping[str, int | None], options: Mapping[str, Sequence[Place]]) -> bool:
    """Say whether another field could have this place instead and nearly as well."""
    own = options[name][at]
    for other, theirs in best.items():
        if other == name:
            continue
        for place in options[other]:
            if not place.words & own.words:
                continue
            kept = options[other][theirs].score if theirs is not None else 0.0
            elsewhere = max((p.score for p in options[name] if not p.words & own.words), default=0.0)
            if own.score + kept - (max(0.0, place.score) + max(0.0, elsewhere)) < _MARGIN and place.score > -_MARGIN:
                return True
    return False
