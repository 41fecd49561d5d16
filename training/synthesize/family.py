"""Families of senders: documents of one seller in one layout, as an archive holds them."""

from collections.abc import Mapping
from typing import NamedTuple

from training.synthesize.chance import Dice

_SHARE = 0.2
_BLOCK = 60  # so many seeds in a row share the families of their block
_FAMILIES = 3
# The streams of the content that a sender keeps from document to document.
_KEPT = (
    "content/language",
    "content/setting",
    "content/convention",
    "content/numbers",
    "content/parties/seller",
    *(f"content/payment/bank{number}" for number in range(3)),
    "layout",
)


class Family(NamedTuple):
    """A sender's name in the data set, and the seed of what its documents share."""

    name: str
    seed: str


def family_of(seed: int) -> Family | None:
    """Return the family a seed's document belongs to; None for the four fifths that stand alone."""
    dice = Dice(f"bilag/family of/{seed}")
    if not dice.maybe(_SHARE):
        return None
    name = f"generated-sender-{seed // _BLOCK:06d}-{dice.between(1, _FAMILIES)}"
    return Family(name, f"bilag/{name}")


class SharedDice(Dice):
    """Chance whose streams of `kept` names come from `kept`'s seeds, and all others from `seed`."""

    def __init__(self, seed: str, kept: Mapping[str, str], path: str = "") -> None:
        super().__init__(seed)
        self._kept = kept
        self._path = path

    def child(self, name: str) -> Dice:
        path = f"{self._path}/{name}" if self._path else name
        if path in self._kept:
            return Dice(self._kept[path])
        return SharedDice(f"{self.seed}/{name}", self._kept, path)


def dice_of(seed: int, number: int, family: Family | None) -> Dice:
    """Return the chance of one draft of a seed's document."""
    own = f"bilag/{seed}/{number}"
    if family is None:
        return Dice(own)
    return SharedDice(own, {path: f"{family.seed}/{path}" for path in _KEPT})
