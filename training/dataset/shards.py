"""Labelled documents as parquet shards: one row a document, the words of all pages as flat lists beside their tags.

`datasets.load_dataset("parquet", data_files=…)` reads the same files.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument, Origin

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

DOCUMENTS_A_SHARD = 1000
SCHEMA_NAME = "bilag.labelled/1"
_ROWS_A_GROUP = 200


class NotAShard(ValueError):
    """A file that is no shard of labelled documents of this version."""


def schema() -> "pa.Schema":
    """Return the row of every dataset, field by field as in `LabelledDocument`; a tag is null where it is unknown.

    `words`, `boxes`, `confidences`, `tags` and `rows` run over all pages; a page says how many `words` are its own.
    """
    import pyarrow as pa

    page = {
        "number": pa.int32(),
        "width": pa.float64(),
        "height": pa.float64(),
        "rotation": pa.float64(),
        "words": pa.int32(),
    }
    pairs = pa.list_(pa.struct({"name": pa.string(), "value": pa.string()}))
    texts = ("id", "origin", "licence", "group", "kind", "language", "words_from", "quality")
    return pa.schema(
        [
            *(pa.field(name, pa.string(), nullable=False) for name in texts),
            pa.field("pages", pa.list_(pa.struct(page))),
            pa.field("words", pa.list_(pa.string())),
            pa.field("boxes", pa.list_(pa.list_(pa.float32(), 4))),
            pa.field("confidences", pa.list_(pa.float32())),
            pa.field("tags", pa.list_(pa.string())),
            pa.field("rows", pa.list_(pa.int16())),
            pa.field("fields", pairs),
            pa.field("lines", pa.list_(pairs)),
            pa.field("tax_breakdown", pa.list_(pairs)),
            pa.field("faults", pa.list_(pa.string())),
            pa.field("traits", pairs),
        ],
        metadata={"schema": SCHEMA_NAME},
    )


def shards_in(folder: Path) -> list[Path]:
    """Return the shards of a folder in order; none where it does not exist."""
    return sorted(folder.glob("*.parquet"))


def opened(path: Path) -> "pq.ParquetFile":
    """Open a shard, as a context manager. Raises NotAShard where the file is none of this version."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise NotAShard(f"{path} is no parquet file; make it anew.") from error
    if not file.schema_arrow.equals(schema()):
        file.close()
        raise NotAShard(f"{path} does not hold labelled documents as {SCHEMA_NAME} has them; make it anew.")
    return file


def write_shards(documents: Iterable[LabelledDocument], folder: Path, name: str) -> list[Path]:
    """Write `NAME-00000.parquet` and so on, at least one, in place of those that are there; return their paths.

    A shard appears only when it is complete.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    remaining = iter(documents)
    while (first := next(remaining, None)) is not None or not written:
        part = chain([first], islice(remaining, DOCUMENTS_A_SHARD - 1)) if first is not None else iter(())
        path = folder / f"{name}-{len(written):05d}.parquet"
        _write_shard(path, part)
        written.append(path)
    for old in folder.glob(f"{name}-*.parquet"):
        if old not in written:
            old.unlink()
    return written


def _write_shard(path: Path, documents: Iterable[LabelledDocument]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    own, rows = schema(), iter(documents)
    partial = path.with_suffix(".partial")
    with pq.ParquetWriter(partial, own, compression="zstd") as writer:
        while group := [to_row(document) for document in islice(rows, _ROWS_A_GROUP)]:
            writer.write_table(pa.Table.from_pylist(group, own))
    partial.replace(path)


def read_shards(paths: Iterable[Path]) -> Iterator[LabelledDocument]:
    """Yield the documents of shards in their order. Raises NotAShard where a file is none."""
    for path in paths:
        with opened(path) as file:
            for batch in file.iter_batches(batch_size=_ROWS_A_GROUP):
                yield from map(from_row, batch.to_pylist())


def to_row(document: LabelledDocument) -> dict[str, Any]:
    """Return a document as a row of the schema."""
    words = [word for page in document.pages for word in page.words]
    return {
        "id": document.id,
        "origin": document.origin.value,
        "licence": document.licence,
        "group": document.group,
        "kind": document.kind.value,
        "language": document.language,
        "words_from": document.words_from.value,
        "quality": document.quality.value,
        "pages": [
            {"number": p.number, "width": p.width, "height": p.height, "rotation": p.rotation, "words": len(p.words)}
            for p in document.pages
        ],
        "words": [word.text for word in words],
        "boxes": [list(word.box) for word in words],
        "confidences": [word.confidence for word in words],
        "tags": list(document.tags),
        "rows": list(document.rows),
        "fields": _pairs(document.fields),
        "lines": [_pairs(line) for line in document.lines],
        "tax_breakdown": [_pairs(entry) for entry in document.tax_breakdown],
        "faults": list(document.faults),
        "traits": _pairs(document.traits),
    }


def from_row(row: Mapping[str, Any]) -> LabelledDocument:
    """Return the document of a row."""
    return LabelledDocument(
        id=row["id"],
        origin=Origin(row["origin"]),
        licence=row["licence"],
        group=row["group"],
        kind=Kind(row["kind"]),
        language=row["language"],
        words_from=WordsFrom(row["words_from"]),
        quality=QualityBand(row["quality"]),
        pages=_pages(row),
        tags=tuple(row["tags"]),
        rows=tuple(row["rows"]),
        fields=_mapping(row["fields"]),
        lines=tuple(map(_mapping, row["lines"])),
        tax_breakdown=tuple(map(_mapping, row["tax_breakdown"])),
        faults=tuple(row["faults"]),
        traits=_mapping(row["traits"]),
    )


def _pages(row: Mapping[str, Any]) -> tuple[Page, ...]:
    words = (
        Word(text, Box(*box), confidence)
        for text, box, confidence in zip(row["words"], row["boxes"], row["confidences"], strict=True)
    )
    return tuple(
        Page(page["number"], page["width"], page["height"], tuple(islice(words, page["words"])), page["rotation"])
        for page in row["pages"]
    )


def _pairs(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]


def _mapping(pairs: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {pair["name"]: pair["value"] for pair in pairs}
