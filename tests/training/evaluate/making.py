"""Labels and predictions made by the tests."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

Value = tuple[str, float]
"""A value and how sure the extractor is of it."""
Written = dict[str, object]


def label(file: str, fields: Mapping[str, str], group: str = "", **more: object) -> Written:
    """Return a label as `labels.jsonl` has it."""
    stated = {"file": file, "kind": "invoice", "language": "da", "layout_group": group or file, "fields": dict(fields)}
    return stated | {"lines": []} | more


def prediction(
    file: str, fields: Mapping[str, Value], lines: Sequence[Mapping[str, Value]] = (), **more: object
) -> Written:
    """Return an object of the extraction contract; its values stand one below the other on page 1."""
    stated: Written = {
        "schema": "bilag.extraction/1",
        "file": file,
        "sha256": "0" * 64,
        "pages": 1,
        "words_from": "text_layer",
        "kind": {"value": "invoice", "confidence": 0.9},
        "fields": {name: _field(value, 0.05 * (i + 1)) for i, (name, value) in enumerate(fields.items())},
        "tax_breakdown": [],
        "lines": [
            {column: _field(value, 0.6 + 0.05 * j) for column, value in line.items()} for j, line in enumerate(lines)
        ],
        "model": {"name": "bilag-layoutlm", "version": "7"},
    }
    return stated | more


def _field(value: Value, y: float) -> Written:
    text, confidence = value
    box = [0.1, y, 0.4, y + 0.02]
    return {"value": text, "text": text, "confidence": confidence, "page": 1, "box": box, "source": "model"}


def write(path: Path, rows: Sequence[Written]) -> Path:
    """Write JSON lines and return their path."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
