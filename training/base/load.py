"""From the name of a base, a folder or a hub's checkpoint to an encoder that can be trained."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigurationError
from training.base.about import About, read_about
from training.base.bases import CACHE, NAMES, Wanted, prepare
from training.base.families import load_model
from training.base.licence import spdx, stated_in
from training.base.wheels import WheelSource

if TYPE_CHECKING:
    import torch

LARGEST_COORDINATE = 1000


@dataclass(frozen=True, slots=True)
class Encoder:
    """A layout encoder, its tokenizer (of the library `tokenizers`) and what it is made of.

    `model` is transformers' own, so that attention, masks and weights can be changed; `width` is its hidden size.
    """

    about: About
    model: Any
    tokenizer: Any
    width: int

    def hidden(self, ids: "torch.Tensor", boxes: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
        """Return a vector for every token, [batch, tokens, width].

        `ids` and `mask` (1 for tokens, 0 for padding) are [batch, tokens]; `boxes` are x0, y0, x1, y1 in thousandths of
        the page, [batch, tokens, 4]. Raises ValueError for boxes outside the page or inside out, which would be looked
        up in a wrong row or none.
        """
        inside_out = (boxes[..., 2:] < boxes[..., :2]).any()
        if inside_out or boxes.min() < 0 or boxes.max() > LARGEST_COORDINATE:
            raise ValueError("boxes are x0 <= x1, y0 <= y1 in thousandths of the page, 0 to 1000")
        vectors: torch.Tensor = self.model(input_ids=ids, bbox=boxes, attention_mask=mask).last_hidden_state
        return vectors


def load_encoder(
    name_or_folder: str, *, licence: str | None = None, cache: Path = CACHE, source: WheelSource | None = None
) -> Encoder:
    """Return an encoder by name.

    A name of `training.base` is made in `cache` where it is not there yet (one that is there is taken as it is, with
    the layers and pieces it was made with); a folder is loaded; anything else is asked of the hub. `licence` states
    that of a checkpoint that does not state it itself in `base.json` or its model card.
    Raises ConfigurationError where there is nothing to load or what is there does not fit.
    """
    place = _place(name_or_folder, cache, source or WheelSource())
    family, model = load_model(place)
    known = read_about(place) if isinstance(place, Path) else None
    if known is None:
        stated = stated_in(_card(place)) if licence is None else spdx(licence)
        known = About(name=name_or_folder, licence=stated, family=family, source=str(place))
    return Encoder(known, model, _tokenizer(place), _width(model))


def _width(model: Any) -> int:
    return int(model.config.hidden_size)


def _place(name_or_folder: str, cache: Path, source: WheelSource) -> Path | str:
    """Return the folder, or the hub's name where there is no such folder."""
    if name_or_folder in NAMES:
        folder = cache / name_or_folder
        if read_about(folder) is None:
            prepare(Wanted(name_or_folder), folder, source)
        return folder
    folder = Path(name_or_folder)
    return folder if folder.is_dir() else name_or_folder


def _card(place: Path | str) -> Path:
    if isinstance(place, Path):
        return place / "README.md"
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError

    try:
        return Path(hf_hub_download(place, "README.md"))
    except EntryNotFoundError:
        return Path(place) / "README.md"  # is not there: nothing is stated


def _tokenizer(place: Path | str) -> Any:
    """Return the tokenizer, which any of transformers' classes wraps."""
    if isinstance(place, Path) and (place / "tokenizer.json").is_file():
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(place / "tokenizer.json"))
    from transformers import AutoTokenizer

    try:
        return AutoTokenizer.from_pretrained(place).backend_tokenizer
    except (OSError, ValueError, AttributeError) as error:
        raise ConfigurationError(f"There is no tokenizer to load at {place}: {error}") from error
