"""Weights to train on from: half precision, without the table of sub-words, which stands beside them as integers."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from models.runtime import LETTERS, TOKENIZER, WORDS
from training.export.tables import in_floats

if TYPE_CHECKING:
    from models.network.model import LayoutModel

START, CONFIG = "start.safetensors", "config.json"
_LEXICON = "words.lexicon.weight"
_IN_TABLES = (_LEXICON, "words.grams.weight", "words.shapes.weight")


def write_start(model: "LayoutModel", folder: Path) -> None:
    """Write the weights that no table holds, and the encoder's configuration."""
    import torch
    from safetensors.torch import save_file

    weights = {
        name: tensor.to(torch.float16).contiguous()
        for name, tensor in model.state_dict().items()
        if name not in _IN_TABLES
    }
    save_file(weights, folder / START)
    config = model.encoder_config
    (folder / CONFIG).write_text(json.dumps(config, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def model_from_release(folder: Path) -> "tuple[LayoutModel, str]":
    """Return the model of a release, in full precision, and its tokenizer (JSON).

    Raises ConfigurationError where the folder holds no sound release.
    """
    import torch
    from safetensors.numpy import load_file as load_arrays
    from safetensors.torch import load_file

    from models.network.model import empty_model
    from models.release import read_release

    release = read_release(folder)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    model = empty_model(release.architecture, config)
    weights = {name: tensor.to(torch.float32) for name, tensor in load_file(folder / START).items()}
    tables = load_arrays(folder / WORDS) | load_arrays(folder / LETTERS)
    weights[_LEXICON] = torch.from_numpy(in_floats(tables["pieces"], tables["scales"]))
    weights["words.grams.weight"] = torch.from_numpy(tables["grams"].astype("float32"))
    weights["words.shapes.weight"] = torch.from_numpy(tables["shapes"].astype("float32"))
    model.load_state_dict(weights)
    return model, (folder / TOKENIZER).read_text(encoding="utf-8")
