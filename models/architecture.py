"""The sizes of the model; they travel with its weights."""

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Architecture:
    """Sizes of the layers and of what stands around them.

    `encoder` names the layers: `page` are our own (`models.network.layers`), of `width`, `layers` and `heads`; with
    `layoutlm` they are those of a base, whose sizes stand in its own `config.json`.
    `pieces`, `grams`, and `shapes` count the rows of the tables of sub-words, of hashed runs of letters and of hashed
    outlines; `lexicon_width` is the width of the pretrained table. `window` and `overlap` count words. A model without
    `layout` sees words in reading order and nothing of where they stand.
    """

    encoder: str = "page"
    width: int = 192
    layers: int = 6
    heads: int = 6
    pieces: int = 64_000
    lexicon_width: int = 384
    grams: int = 32_768
    gram_width: int = 96
    shapes: int = 4_096
    shape_width: int = 32
    beside_width: int = 128
    row_width: int = 64
    looks: int = 4
    window: int = 510
    overlap: int = 128
    layout: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return every size by name."""
        return asdict(self)

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> "Architecture":
        """Return the sizes that `to_json` wrote. Raises TypeError for a name that is none."""
        unknown = set(written) - {f.name for f in fields(cls)}
        if unknown:
            raise TypeError(f"No sizes of the model: {', '.join(sorted(unknown))}.")
        return cls(**written)
