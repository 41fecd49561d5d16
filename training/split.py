"""The stage `split`: every document onto one side, nothing of one sender or template on two.

Generated documents go to `train`, `validation`, `calibration` and `test`; real ones to the first three and to
`real_test`, which is frozen: `data/real_test.json` names its documents, and what comes later never joins it. Which side
a family takes depends on its own name alone, so that it stays where it is when others come.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.dataset.checks import problems_in
from training.dataset.index import Entry, entries
from training.dataset.kinship import ALIKE, families, leaks
from training.dataset.shards import DOCUMENTS_A_SHARD, opened, schema, shards_in

if TYPE_CHECKING:
    import pyarrow as pa

SIDES = ("train", "validation", "calibration", "test", "real_test")
FROZEN = Path("data/real_test.json")
_TOLD = 5  # problems that an error names
_FROZEN_SCHEMA = "bilag.frozen-test/1"


class BrokenDataset(ValueError):
    """A document breaks the schema; the message says how."""


class Leak(ValueError):
    """Documents of one family stand on two sides; the message names them."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many of the families go where, as parts of one; the rest goes to `train`.

    `real_test` counts only while there is no frozen list.
    """

    validation: float = 0.04
    calibration: float = 0.04
    test: float = 0.02
    real_validation: float = 0.1
    real_calibration: float = 0.1
    real_test: float = 0.5
    salt: str = "bilag"

    def side(self, family: str, *, generated: bool, frozen: bool) -> str:
        """Return the side of a family, told from its name."""
        if generated:
            parts = {"validation": self.validation, "calibration": self.calibration, "test": self.test}
        else:
            parts = {"validation": self.real_validation, "calibration": self.real_calibration}
            parts |= {} if frozen else {"real_test": self.real_test}
        at = int.from_bytes(sha256(f"{self.salt}/{family}".encode()).digest()[:8]) / 2**64
        for side, part in parts.items():
            if at < part:
                return side
            at -= part
        return "train"


@dataclass(slots=True)
class Assignment:
    """The side of every document; `held_back` are of the family of a frozen one and stand on no side."""

    sides: dict[str, str] = field(default_factory=dict)
    held_back: list[str] = field(default_factory=list)
    families: int = 0


def assign(found: Sequence[Entry], shares: Shares, frozen: frozenset[str], threshold: float = ALIKE) -> Assignment:
    """Give every document its side. Families of a frozen document give nothing to other sides."""
    members: dict[int, list[Entry]] = defaultdict(list)
    for entry, number in zip(found, families(found, threshold), strict=True):
        members[number].append(entry)
    result = Assignment(families=len(members))
    for family in members.values():
        if any(entry.id in frozen for entry in family):
            result.sides |= {entry.id: "real_test" for entry in family if entry.id in frozen}
            result.held_back += [entry.id for entry in family if entry.id not in frozen]
            continue
        name = min(entry.group for entry in family)
        generated = all(entry.is_generated for entry in family)
        side = shares.side(name, generated=generated, frozen=bool(frozen))
        result.sides |= {entry.id: side for entry in family}
    return result


def split(
    sources: Sequence[Path], out: Path, shares: Shares, frozen_list: Path = FROZEN, threshold: float = ALIKE
) -> dict[str, Any]:
    """Write `<side>-*.parquet` and `report.json` into `out` and return the report.

    Raises Leak where families are parted, `BrokenDataset` where a document breaks the schema.
    """
    shards = [shard for source in sources for shard in shards_in(source)]
    if broken := list(islice(problems_in(shards), _TOLD)):
        raise BrokenDataset(" ".join(broken))
    found = list(entries(shards))
    assignment = assign(found, shares, read_frozen(frozen_list), threshold)
    by_side: dict[str, list[Entry]] = {side: [] for side in SIDES}
    for entry in found:
        if side := assignment.sides.get(entry.id):
            by_side[side].append(entry)
    if problems := leaks(by_side, threshold):
        raise Leak(" ".join(problems[:_TOLD]))
    _write(shards, assignment.sides, out)
    report = _report(by_side, assignment, threshold)
    (out / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return report


def read_frozen(path: Path) -> frozenset[str]:
    """Return the documents of the frozen test; empty where it was never frozen. Raises ValueError for another file."""
    if not path.is_file():
        return frozenset()
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or content.get("schema") != _FROZEN_SCHEMA:
        raise ValueError(f"{path} is no list of a frozen test ({_FROZEN_SCHEMA}).")
    return frozenset(content["documents"])


def freeze(split_folder: Path, path: Path) -> int:
    """Name the documents that now stand in `real_test`: from here on it is frozen. Returns how many they are."""
    named = sorted(entry.id for entry in entries(sorted(split_folder.glob("real_test-*.parquet"))))
    content = {"schema": _FROZEN_SCHEMA, "documents": named}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return len(named)


def _write(shards: Iterable[Path], sides: Mapping[str, str], out: Path) -> None:
    """Copy rows as they are; every side gets at least one shard, an empty one where it has no documents."""
    import pyarrow as pa

    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.parquet"):
        old.unlink()
    writers = {side: _Writer(out, side) for side in SIDES}
    for shard in shards:
        with opened(shard) as file:
            for batch in file.iter_batches(batch_size=500):
                table = pa.Table.from_batches([batch])
                own = [sides.get(name, "") for name in batch.column("id").to_pylist()]
                for side, writer in writers.items():
                    writer.add(table.filter(pa.array([name == side for name in own])))
    for writer in writers.values():
        writer.close()


class _Writer:
    """Writes the shards of one side."""

    def __init__(self, folder: Path, side: str) -> None:
        self._folder = folder
        self._side = side
        self._pending: list[pa.Table] = []
        self._rows = 0
        self._written = 0

    def add(self, table: "pa.Table") -> None:
        """Take rows, and write a shard whenever there are enough."""
        if table.num_rows:
            self._pending.append(table)
            self._rows += table.num_rows
        if self._rows >= DOCUMENTS_A_SHARD:
            self._flush()

    def close(self) -> None:
        """Write what is left."""
        if self._rows or not self._written:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        own = schema()
        whole = pa.concat_tables([table.cast(own) for table in self._pending]) if self._pending else own.empty_table()
        path = self._folder / f"{self._side}-{self._written:05d}.parquet"
        pq.write_table(whole, path, compression="zstd", row_group_size=200)
        self._pending, self._rows = [], 0
        self._written += 1


def _report(by_side: Mapping[str, Sequence[Entry]], assignment: Assignment, threshold: float) -> dict[str, Any]:
    def counts(side: Sequence[Entry], name: str) -> dict[str, int]:
        return dict(sorted(Counter(str(getattr(entry, name)) for entry in side).items()))

    names = ("origin", "kind", "language", "quality", "licence")
    return {
        "documents": sum(map(len, by_side.values())),
        "families": assignment.families,
        "held_back": sorted(assignment.held_back),
        "alike_from": threshold,
        "leaks": 0,
        "sides": {
            side: {
                "documents": len(own),
                "groups": len({entry.group for entry in own}),
                "words": sum(len(entry.words) for entry in own),
                "pages": sum(entry.pages for entry in own),
                **{name: counts(own, name) for name in names},
            }
            for side, own in by_side.items()
        },
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the stage, or freeze the real test as it now is."""
    parser = argparse.ArgumentParser(prog="python -m training.split", description=__doc__)
    parser.add_argument("sources", nargs="*", type=Path, default=[Path("data/generated"), Path("data/collected")])
    parser.add_argument("--out", type=Path, default=Path("data/split"))
    parser.add_argument("--frozen", type=Path, default=FROZEN, help="the list of the frozen test's documents")
    parser.add_argument("--freeze", action="store_true", help="write that list from the split in --out, and stop")
    parser.add_argument("--alike", type=float, default=ALIKE, help="resemblance from which texts are near-duplicates")
    for name, value in Shares.__dataclass_fields__.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value.default), default=value.default)
    options = parser.parse_args(arguments)
    if options.freeze:
        print(f"{freeze(options.out, options.frozen)} documents frozen in {options.frozen}", file=sys.stderr)
        return
    shares = Shares(**{name: getattr(options, name) for name in Shares.__dataclass_fields__})
    report = split(options.sources, options.out, shares, options.frozen, options.alike)
    for side, counts in report["sides"].items():
        print(f"{side:12} {counts['documents']:6} documents of {counts['groups']:6} groups", file=sys.stderr)


if __name__ == "__main__":
    main()
