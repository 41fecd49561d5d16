"""What splitting and counting need of every document, read from shards without making documents of their words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern

from pipeline.domain.legal_forms import company_core
from training.dataset.record import Origin
from training.dataset.shards import opened

_COLUMNS = ["id", "origin", "licence", "group", "kind", "language", "quality", "words_from", "words", "fields", "pages"]
_COLUMNS += ["lines", "faults", "traits"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a dataset; `sender` is the seller's name without its legal form, empty where it is unknown."""

    id: str
    origin: Origin
    licence: str
    group: str
    kind: str
    language: str
    quality: str
    words_from: str
    words: tuple[str, ...]
    sender: str
    pages: int
    lines: int
    faults: tuple[str, ...]
    source: str
    """Where a real document was published; empty for others."""

    @property
    def is_generated(self) -> bool:
        return self.origin is Origin.GENERATED


def entries(paths: Iterable[Path]) -> Iterator[Entry]:
    """Yield an entry for every document of the shards, in order. Raises NotAShard where a file is none."""
    for path in paths:
        with opened(path) as file:
            for batch in file.iter_batches(batch_size=500, columns=_COLUMNS):
                for row in batch.to_pylist():
                    yield Entry(
                        id=row["id"],
                        origin=Origin(row["origin"]),
                        licence=row["licence"],
                        group=row["group"],
                        kind=row["kind"],
                        language=row["language"],
                        quality=row["quality"],
                        words_from=row["words_from"],
                        words=tuple(map(intern, row["words"])),
                        sender=_sender(row["fields"]),
                        pages=len(row["pages"]),
                        lines=len(row["lines"]),
                        faults=tuple(row["faults"]),
                        source=_value(row["traits"], "source").partition("/")[0],
                    )


def _sender(pairs: Sequence[dict[str, str]]) -> str:
    name = _value(pairs, "seller_name")
    return company_core(name) if name else ""


def _value(pairs: Sequence[dict[str, str]], name: str) -> str:
    return next((pair["value"] for pair in pairs if pair["name"] == name), "")
