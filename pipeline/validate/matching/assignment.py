"""The best one-to-one pairing of two lists, given how well each pair fits."""

from collections.abc import Mapping
from math import inf

_LARGEST_EXACT = 80  # beyond it the exact method, cubic in this number, takes seconds


def best_pairs(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return left to right indices with the largest sum of scores; only pairs that have a positive score are made.

    Groups that share no candidate are solved apart, exactly by the Hungarian method up to 80 on a side, else by taking
    the best pair first. Ties fall to the lower indices.
    """
    pairs: dict[int, int] = {}
    for lefts, rights in _groups({pair for pair, score in scores.items() if score > 0}):
        if max(len(lefts), len(rights)) > _LARGEST_EXACT:
            pairs |= _greedy(lefts, scores)
        else:
            pairs |= _exact(lefts, rights, scores)
    return dict(sorted(pairs.items()))


def _groups(pairs: set[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Split the candidates into connected groups."""
    by_left: dict[int, list[int]] = {}
    by_right: dict[int, list[int]] = {}
    for left, right in sorted(pairs):
        by_left.setdefault(left, []).append(right)
        by_right.setdefault(right, []).append(left)
    groups, seen = [], set[int]()
    for start in by_left:
        if start in seen:
            continue
        lefts, rights, waiting = {start}, set[int](), [start]
        while waiting:
            for right in by_left[waiting.pop()]:
                rights.add(right)
                fresh = [left for left in by_right[right] if left not in lefts]
                lefts.update(fresh)
                waiting.extend(fresh)
        seen |= lefts
        groups.append((sorted(lefts), sorted(rights)))
    return groups


def _greedy(lefts: list[int], scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    members = set(lefts)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    ranked = sorted((p for p in scores if p[0] in members and scores[p] > 0), key=lambda p: (-scores[p], p))
    for left, right in ranked:
        if left not in pairs and right not in taken:
            pairs[left] = right
            taken.add(right)
    return pairs


def _exact(lefts: list[int], rights: list[int], scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Solve one group by shortest augmenting paths with potentials (Kuhn 1955; Jonker and Volgenant 1987).

    Every left may also stay alone, at no gain: it gets a column of its own.
    """
    columns = len(rights) + len(lefts)
    cost = [[-scores.get((left, right), 0.0) for right in rights] + [0.0] * len(lefts) for left in lefts]
    u, v = [0.0] * (len(lefts) + 1), [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)  # row (from 1) that holds each column; column 0 is the row being placed
    for row in range(1, len(lefts) + 1):
        row_of[0] = row
        _augment(cost, u, v, row_of)
    found = {lefts[row_of[c] - 1]: rights[c - 1] for c in range(1, len(rights) + 1) if row_of[c]}
    return {left: right for left, right in found.items() if scores.get((left, right), 0.0) > 0}


def _augment(cost: list[list[float]], u: list[float], v: list[float], row_of: list[int]) -> None:
    """Place the row in `row_of[0]` along the cheapest alternating path, keeping the potentials feasible."""
    columns = len(v) - 1
    least, came_from, used = [inf] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    column = 0
    while True:
        used[column] = True
        row, delta, following = row_of[column], inf, 0
        for c in range(1, columns + 1):
            if used[c]:
                continue
            reduced = cost[row - 1][c - 1] - u[row] - v[c]
            if reduced < least[c]:
                least[c], came_from[c] = reduced, column
            if least[c] < delta:
                delta, following = least[c], c
        for c in range(columns + 1):
            if used[c]:
                u[row_of[c]] += delta
                v[c] -= delta
            else:
                least[c] -= delta
        column = following
        if not row_of[column]:
            break
    while column:
        row_of[column] = row_of[came_from[column]]
        column = came_from[column]
