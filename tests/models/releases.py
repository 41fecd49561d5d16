"""Small release folders: real digests, real JSON, weights that are only bytes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from models.architecture import Architecture
from models.release import Base, Data, Release, Training

CREATED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FIGURES = {"header_macro_f1": 0.93, "rows_f1": 0.9}
FIELDS = {
    "invoice_number": 0.95,
    "order_number": 0.94,
    "seller_name": 0.88,
    "iban": 0.99,
    "gross_total": 0.97,
    "net_total": 0.96,
    "tax_total": 0.95,
    "amount_due": 0.93,
    "currency": 0.99,
    "issue_date": 0.97,
    "purchase_order_reference": 0.85,
}


def described(version: str = "1.0", licence: str = "MIT", **others: str) -> Release:
    """Return the statement of a release; `base` and `data` name other licences of these."""
    return Release(
        version=version,
        created=CREATED,
        licence=licence,
        architecture=Architecture(pieces=20, grams=32),
        base=Base("small-encoder", others.get("base", "MIT"), "a package registry", {"weights.bin": "ab" * 32}),
        data=Data("cd" * 32, 12, 3456, {others.get("data", "CC0-1.0"): 12}, {"synthesize": 1, "split": 7}),
        training=Training(100, 60_000, 4.5, {"rate": 0.0002, "layers": 6}, "0123abc"),
        metrics={"header_macro_f1": FIGURES["header_macro_f1"], "rows_f1": FIGURES["rows_f1"]},
    )


def write_content(
    folder: Path,
    figures: Mapping[str, float] | None = None,
    fields: Mapping[str, float | None] | None = None,
    test: str = "ef" * 32,
    weights: bytes = b"weights",
) -> Path:
    """Write what an export leaves, all but `release.json`; `figures` and `fields` replace some of those above."""
    folder.mkdir(parents=True, exist_ok=True)
    f1 = {f"field.{name}": value for name, value in {**FIELDS, **(fields or {})}.items()}
    counted = {"documents": 12, "layout_groups": 4}
    metrics = {**counted, **FIGURES, **(figures or {}), "f1": f1, "test": {"digest": test, **counted}}
    (folder / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    for name in ("tokenizer.json", "config.json", "calibration.json", "thresholds.json"):
        (folder / name).write_text("{}\n", encoding="utf-8")
    for name in ("model.onnx", "words.safetensors", "letters.safetensors", "start.safetensors"):
        (folder / name).write_bytes(weights + name.encode())
    for name in ("README.md", "LICENSE", "NOTICE"):
        (folder / name).write_text(f"{name}\n", encoding="utf-8")
    return folder
