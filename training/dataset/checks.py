"""The schema check: what every document of a shard must keep to beyond its columns' types."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from models.label_scheme import TAGS
from pipeline.domain.document import QualityBand, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.record import Origin
from training.dataset.shards import opened

_MARGIN = 0.05  # how far, in pages, a word's box may reach over the page's edge
_NAMED = {"origin": Origin, "kind": Kind, "words_from": WordsFrom, "quality": QualityBand}


def problems_in(paths: Iterable[Path]) -> Iterator[str]:
    """Yield a sentence for everything that is wrong in shards. Raises NotAShard where a file is none."""
    seen: set[str] = set()
    for path in paths:
        with opened(path) as file:
            for batch in file.iter_batches(batch_size=500):
                ids = batch.column("id").to_pylist()
                yield from (f"{path.name}: {name} is there twice." for name in ids if name in seen)
                seen |= set(ids)
                yield from (f"{path.name}: {problem}" for problem in _in_batch(batch, ids))


def _in_batch(batch: object, ids: list[str]) -> Iterator[str]:
    import numpy as np
    import pyarrow.compute as pc

    column = {name: batch.column(name) for name in batch.schema.names}  # type: ignore[attr-defined]
    for name, known in _NAMED.items():
        unknown = set(column[name].unique().to_pylist()) - {member.value for member in known}
        yield from (f"{value!r} is no {name}." for value in sorted(unknown))
    for name in ("id", "group", "licence"):
        yield from (f"a document has no {name}." for value in column[name].to_pylist() if not value)
    words = np.array([sum(page["words"] for page in pages) for pages in column["pages"].to_pylist()])
    for name in ("words", "boxes", "confidences", "tags", "rows"):
        lengths = pc.list_value_length(column[name]).to_numpy(zero_copy_only=False)
        yield from (
            f"{ids[at]} has {lengths[at]} {name} for {words[at]} words." for at in np.flatnonzero(lengths != words)
        )
    tags, rows = pc.list_flatten(column["tags"]), pc.list_flatten(column["rows"])
    yield from (f"{tag!r} is no tag." for tag in sorted({*tags.unique().to_pylist()} - {None, *TAGS}))
    of_rows = pc.fill_null(pc.match_substring_regex(tags, r"^[BI]-(line|tax)\."), False)
    if len(tags) == len(rows) and pc.any(pc.and_(of_rows, pc.less(rows, 0))).as_py():
        yield "a word of a line or a tax entry has no row."
    edges = pc.list_flatten(pc.list_flatten(column["boxes"]))
    if len(edges) and (pc.min(edges).as_py() < -_MARGIN or pc.max(edges).as_py() > 1 + _MARGIN):
        yield "a word's box lies outside its page."
