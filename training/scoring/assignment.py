"""The assignment of rows to rows that agrees most: the Hungarian method with potentials, O(rows² · columns)."""

from collections.abc import Sequence


def best_assignment(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of the assignment with the largest sum of gains; pairs that gain nothing are left
    out. `gains` is a full matrix of non-negative numbers."""
    if not gains or not gains[0]:
        return []
    if len(gains) > len(gains[0]):
        turned = [[row[j] for row in gains] for j in range(len(gains[0]))]
        return sorted((i, j) for j, i in best_assignment(turned))
    taken_by = _cheapest([[-gain for gain in row] for row in gains])
    pairs = [(row, column) for column, row in enumerate(taken_by) if row is not None]
    return sorted((i, j) for i, j in pairs if gains[i][j] > 0)


def _cheapest(costs: list[list[float]]) -> list[int | None]:
    """Return for each column the row assigned to it, so that the sum of costs is least; rows may not outnumber columns.

    Rows come in one at a time; each finds its cheapest augmenting path (Kuhn, Munkres, Jonker and Volgenant).
    """
    rows, columns = len(costs), len(costs[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)  # counted from 1; 0 is nobody, column 0 is where the new row waits
    for row in range(1, rows + 1):
        row_of[0], column = row, 0
        slack = [float("inf")] * (columns + 1)
        came_from, seen = [0] * (columns + 1), [False] * (columns + 1)
        while row_of[column]:
            seen[column] = True
            current, delta, following = row_of[column], float("inf"), 0
            for j in range(1, columns + 1):
                if seen[j]:
                    continue
                reduced = costs[current - 1][j - 1] - row_price[current] - column_price[j]
                if reduced < slack[j]:
                    slack[j], came_from[j] = reduced, column
                if slack[j] < delta:
                    delta, following = slack[j], j
            for j in range(columns + 1):
                if seen[j]:
                    row_price[row_of[j]] += delta
                    column_price[j] -= delta
                else:
                    slack[j] -= delta
            column = following
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return [r - 1 if r else None for r in row_of[1:]]
