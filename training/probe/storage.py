"""A probe's folder: weights and optimiser as safetensors, everything else as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.label_scheme import TAGS
from pipeline.errors import ConfigurationError
from training.probe.model.network import Network
from training.probe.settings import ProbeSettings

if TYPE_CHECKING:
    import torch

_WEIGHTS, _OPTIMISER, _ABOUT = "weights.safetensors", "optimiser.safetensors", "probe.json"


@dataclass(frozen=True, slots=True)
class Course:
    """How far training got: steps, seconds spent, words seen, documents it learns from, and their digest."""

    steps: int = 0
    seconds: float = 0.0
    words: int = 0
    documents: int = 0
    data: str = ""
    finished: bool = False


def save(folder: Path, network: Network, course: Course, optimiser: "torch.optim.Optimizer | None" = None) -> None:
    """Write a checkpoint; a write that is cut short leaves the one before."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    if optimiser is not None:
        _replace(folder / _OPTIMISER, lambda path: save_file(_flat(optimiser), path))
    _replace(folder / _WEIGHTS, lambda path: save_file(dict(network.parts.state_dict()), path))
    about = {"settings": network.settings.to_json(), "tags": list(TAGS), "course": asdict(course)}
    _replace(folder / _ABOUT, lambda path: path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8"))


def load(folder: Path) -> tuple[Network, Course]:
    """Return the network and how far it got. Raises ConfigurationError where the folder holds none that fits."""
    from safetensors.torch import load_file

    try:
        about: dict[str, Any] = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{folder} holds no probe ({error}).") from error
    if about["tags"] != list(TAGS):
        raise ConfigurationError(f"The probe in {folder} knows other tags; train it again.")
    network = Network(ProbeSettings.from_json(about["settings"]))
    network.parts.load_state_dict(load_file(folder / _WEIGHTS))
    return network, Course(**about["course"])


def load_optimiser(folder: Path, optimiser: "torch.optim.Optimizer") -> None:
    """Put back what the optimiser had gathered when the checkpoint was written."""
    from safetensors.torch import load_file

    held: dict[int, dict[str, torch.Tensor]] = {}
    for name, tensor in load_file(folder / _OPTIMISER).items():
        number, _, key = name.partition(".")
        held.setdefault(int(number), {})[key] = tensor
    state = optimiser.state_dict()
    optimiser.load_state_dict({"state": held, "param_groups": state["param_groups"]})


def has_checkpoint(folder: Path) -> bool:
    """Say whether training can go on from this folder."""
    return (folder / _ABOUT).is_file() and (folder / _OPTIMISER).is_file()


def _flat(optimiser: "torch.optim.Optimizer") -> "dict[str, torch.Tensor]":
    state = optimiser.state_dict()["state"]
    return {f"{number}.{key}": value for number, kept in state.items() for key, value in kept.items()}


def _replace(path: Path, write: Any) -> None:
    beside = path.with_suffix(".new")
    write(beside)
    beside.replace(path)
