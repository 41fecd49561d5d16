"""Reviewers' corrections, one JSON object a line; docs/dataset.md describes the format.

Labels (what the document says) become training labels; overrides (what to book instead) are read past.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.label_scheme import SPANS
from pipeline.domain.correction import Label
from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.collect.align import span_and_row
from training.collect.facts import Facts
from training.collect.licences import OWN
from training.collect.make import Provenance, make, sender_group
from training.collect.told import Told
from training.dataset.record import LabelledDocument, Origin

SCHEMA = "bilag.correction/1"
_INSIDE = 0.5  # the part of a word's width that a reviewer's box must cover


class NotACorrection(ValueError):
    """A line that is no correction of this schema; the message names file and line."""


@dataclass(slots=True)
class _Corrected:
    """All that was said of one document: later lines count before earlier ones."""

    read: Document | None = None
    kind: Kind | None = None
    language: str | None = None
    sender: str | None = None
    labels: dict[str, Label] = field(default_factory=dict)


def corrected_documents(paths: Iterable[Path], told: Told) -> Iterator[LabelledDocument]:
    """Yield a labelled document for every document that was corrected. Raises NotACorrection for a broken line."""
    for key, corrected in _by_document(paths).items():
        if corrected.read is None:
            told.refuse(key, "no correction of it carries its words")
            continue
        facts = _facts(corrected)
        traits = {"labelled_by": "reviewer"}
        group = f"own/{corrected.sender or sender_group(facts)}"
        provenance = Provenance(Origin.CORRECTION, OWN, group, corrected.language, traits)
        made = make(corrected.read, facts, provenance, _pinned(corrected))
        if made.document is None:
            told.refuse(key, "too few of its values are printed on its pages")
            continue
        told.keep(key, made.fates)
        yield made.document


def _by_document(paths: Iterable[Path]) -> dict[str, _Corrected]:
    found: dict[str, _Corrected] = {}
    rows = sorted(_lines(paths), key=lambda row: str(row["corrected_at"]))
    for row in rows:
        corrected = found.setdefault(str(row["document_key"]), _Corrected())
        if row.get("document"):
            _take_document(corrected, str(row["document_key"]), row["document"])
        for label in map(_label, row.get("labels", ())):
            corrected.labels[label.field] = label
    return found


def _lines(paths: Iterable[Path]) -> Iterator[Mapping[str, Any]]:
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _checked(line, f"{path}:{number}")


def _checked(line: str, where: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise NotACorrection(f"{where}: no JSON ({error}).") from error
    if not isinstance(row, dict) or row.get("schema") != SCHEMA:
        raise NotACorrection(f"{where}: an object with schema {SCHEMA} was expected.")
    missing = [name for name in ("document_key", "corrected_at") if not isinstance(row.get(name), str)]
    if missing:
        raise NotACorrection(f"{where}: {', '.join(missing)} is missing.")
    for label in row.get("labels", ()):
        name = label.get("field") if isinstance(label, dict) else None
        if not isinstance(name, str) or not _is_name(name):
            raise NotACorrection(f"{where}: {name!r} is no field of the vocabulary.")
    return row


def _is_name(name: str) -> bool:
    if name == "kind":
        return True
    try:
        return span_and_row(name)[0] in SPANS
    except ValueError:
        return False


def _label(row: Mapping[str, Any]) -> Label:
    value, box = row.get("value"), row.get("box")
    return Label(row["field"], None if value is None else str(value), row.get("page"), Box(*box) if box else None)


def _take_document(corrected: _Corrected, key: str, row: Mapping[str, Any]) -> None:
    pages = tuple(
        Page(
            number=page["number"],
            width=page["width"],
            height=page["height"],
            words=tuple(Word(text, Box(x0, y0, x1, y1), sure) for text, x0, y0, x1, y1, sure in page["words"]),
            rotation=page.get("rotation", 0.0),
        )
        for page in row["pages"]
    )
    sha256, _, span = key.partition(":")
    first, _, last = span.partition("-")
    quality = TextQuality(QualityBand(row.get("quality", "clean")), 1.0, 0.0)
    corrected.read = Document(
        file="",
        sha256=sha256,
        pages=pages,
        words_from=WordsFrom(row.get("words_from", "text_layer")),
        quality=quality,
        first_page=int(first or 1),
        last_page=int(last or len(pages)),
    )
    corrected.kind = Kind(row["kind"]) if row.get("kind") else None
    corrected.language = row.get("language")
    corrected.sender = row.get("sender")


def _facts(corrected: _Corrected) -> Facts:
    fields: dict[str, str] = {}
    rows: dict[str, dict[int, dict[str, str]]] = {"line": {}, "tax": {}}
    absent: set[str] = set()
    kind = corrected.kind or Kind.OTHER
    for name, label in corrected.labels.items():
        if name == "kind":
            kind = Kind(label.value or Kind.OTHER)
            continue
        span, index = span_and_row(name)
        if label.value is None:
            absent.add(span)
        elif index < 0:
            fields[name] = label.value
        else:
            group, _, column = span.partition(".")
            rows[group].setdefault(index, {})[column] = label.value
    return Facts(kind, fields, _listed(rows["line"]), _listed(rows["tax"]), frozenset(absent))


def _listed(rows: Mapping[int, Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    return tuple(rows.get(index, {}) for index in range(max(rows, default=-1) + 1))


def _pinned(corrected: _Corrected) -> dict[str, Sequence[int]]:
    """Return the words inside the boxes that reviewers pointed at."""
    assert corrected.read is not None, "only documents with words are pinned"  # the caller sorted the others out
    pinned: dict[str, Sequence[int]] = {}
    for name, label in corrected.labels.items():
        if label.value is None or label.box is None or name == "kind":
            continue
        place = 0
        words: list[int] = []
        for page in corrected.read.pages:
            for word in page.words:
                if page.number == (label.page or page.number) and _is_inside(word.box, label.box):
                    words.append(place)
                place += 1
        if words:
            pinned[name] = words
    return pinned


def _is_inside(word: Box, box: Box) -> bool:
    _, middle = word.centre
    shared = min(word.x1, box.x1) - max(word.x0, box.x0)
    return box.y0 <= middle <= box.y1 and shared >= _INSIDE * word.width
