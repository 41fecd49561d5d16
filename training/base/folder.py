"""Writing a base as a folder that transformers' `LayoutLMModel.from_pretrained` loads."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigurationError
from training.base.about import About
from training.base.layoutlm import layoutlm_config, layoutlm_weights
from training.base.text import WORDS, TextEncoder


@dataclass(frozen=True, slots=True)
class Made:
    """A text encoder with its tokenizer (JSON), its description, and the notices that its makers ask to keep."""

    encoder: TextEncoder
    tokenizer: dict[str, Any]
    special: Mapping[str, str]
    about: About
    notices: Mapping[str, bytes]


def write_base(made: Made, folder: Path, seed: int) -> None:
    """Write weights, configuration, tokenizer, notices and `base.json`; a write that is cut short leaves no folder.

    Raises ConfigurationError where the tokenizer and the table of words are not of one size, or where `folder` is there
    already and is no base.
    """
    from safetensors.numpy import save_file

    rows, pieces = len(made.encoder.weights[WORDS]), len(made.tokenizer["model"]["vocab"])
    if rows != pieces:
        raise ConfigurationError(f"The tokenizer has {pieces} pieces and the encoder rows for {rows}.")
    if folder.exists() and not (folder / "base.json").is_file() and any(folder.iterdir()):
        raise ConfigurationError(f"{folder} holds something else than a base.", operator_hint="Name another folder.")
    beside = folder.with_name(folder.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    save_file(layoutlm_weights(made.encoder, seed), beside / "model.safetensors", {"format": "pt"})
    config = layoutlm_config(made.encoder)
    _write(beside / "config.json", config, indent=1)
    _write(beside / "tokenizer.json", made.tokenizer)
    _write(
        beside / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": config["max_position_embeddings"],
            **made.special,
        },
        indent=1,
    )
    for name, content in made.notices.items():
        (beside / name).write_bytes(content)
    made.about.write(beside)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)


def _write(path: Path, content: Mapping[str, Any], indent: int | None = None) -> None:
    path.write_text(json.dumps(content, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")
