"""The probe's sizes and habits; they travel with its weights."""

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class ProbeSettings:
    """Sizes of the network and of training; the defaults train in a quarter of an hour on two cores.

    Of the layers only each `attend_every`th looks at the whole window (attention takes most of the time).
    `window` and `overlap` count words, `batch_words` the words of one step; `moved` is how far a page is shifted and
    stretched at most while training, `masked` the share of words whose letters are hidden then.
    """

    gram_buckets: int = 32_768
    shape_buckets: int = 4_096
    gram_width: int = 96
    shape_width: int = 32
    width: int = 160
    heads: int = 5
    layers: int = 4
    attend_every: int = 2
    dropout: float = 0.1
    window: int = 512
    overlap: int = 128
    batch_words: int = 2_048
    learning_rate: float = 2e-3
    weight_decay: float = 0.02
    warm_up: int = 100
    smoothing: float = 0.03
    kind_weight: float = 0.3
    moved: float = 0.04
    masked: float = 0.08
    seed: int = 0
    threads: int = 2

    def to_json(self) -> dict[str, Any]:
        """Return every setting by name."""
        return asdict(self)

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> "ProbeSettings":
        """Return the settings that `to_json` wrote. Raises TypeError for a name that is none."""
        unknown = set(written) - {f.name for f in fields(cls)}
        if unknown:
            raise TypeError(f"No settings of the probe: {', '.join(sorted(unknown))}.")
        return cls(**written)
