"""Judged values, one a line of JSON: what spoke for a value that was read, and whether it was right."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.evidence import EVIDENCE, Evidence
from pipeline.domain.document import QualityBand


class BrokenRow(ValueError):
    """A line that is no judged value; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One value that was read, and whether the label says the same.

    `group` is shared by all documents of one sender or layout, `name` is a field's, `line.quantity`, `tax.rate` or
    `kind`. Values that the labels say nothing of have no row.
    """

    document: str
    group: str
    name: str
    band: QualityBand
    evidence: Evidence
    right: bool


def write_rows(path: Path, rows: Iterable[Judged]) -> None:
    """Write the rows, one a line, in their order."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(_to_json(row), ensure_ascii=False) + "\n")


def read_rows(path: Path) -> Iterator[Judged]:
    """Yield the rows of a file; blank lines are none. Raises BrokenRow for what is no row, also for other evidence."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    yield _from_json(json.loads(line))
                except (KeyError, TypeError, ValueError) as error:
                    raise BrokenRow(f"{path}, line {number}: {error!r}") from error


def _to_json(row: Judged) -> dict[str, Any]:
    return {
        "document": row.document,
        "group": row.group,
        "name": row.name,
        "band": row.band.value,
        "evidence": dict(zip(EVIDENCE, row.evidence.numbers(), strict=True)),
        "right": row.right,
    }


def _from_json(written: dict[str, Any]) -> Judged:
    evidence = written["evidence"]
    if set(evidence) != set(EVIDENCE):
        raise ValueError(f"evidence {sorted(evidence)} instead of {sorted(EVIDENCE)}")
    if not isinstance(written["right"], bool):
        raise TypeError(f"right is {written['right']!r}, neither true nor false")
    return Judged(
        document=str(written["document"]),
        group=str(written["group"]),
        name=str(written["name"]),
        band=QualityBand(written["band"]),
        evidence=Evidence(**{name: float(number) for name, number in evidence.items()}),
        right=written["right"],
    )
