"""Chains of components: what a scanner, a fax, a copier and a phone do to a page, drawn anew for every page.

Each component is in or out by its own chance and draws its own strength, so that they combine freely; `harm` from 0
(hardly anything) to 1 (barely legible) scales the strengths.
"""

from dataclasses import dataclass
from enum import StrEnum

from training.synthesize.paper.damage.devices import fax, photo, photocopy, scan
from training.synthesize.paper.damage.picture import Chance, Component
from training.synthesize.paper.damage.wear import aged, used


class Medium(StrEnum):
    """How a page came off its paper."""

    SCAN = "scan"
    FAX = "fax"
    PHOTOCOPY = "photocopy"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Chain:
    """Components in the order they happen; the paper's own harm first, then that of the device."""

    medium: Medium
    harm: float
    components: tuple[Component, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(component.name for component in self.components)


_MEDIA = {Medium.SCAN: 0.5, Medium.PHOTO: 0.22, Medium.PHOTOCOPY: 0.16, Medium.FAX: 0.12}
_DEVICES = {Medium.SCAN: scan, Medium.FAX: fax, Medium.PHOTOCOPY: photocopy, Medium.PHOTO: photo}


def draw_chain(chance: Chance, medium: Medium | None = None, harm: float | None = None) -> Chain:
    """Draw a chain; without a medium or a harm, those are drawn as well (most paper is harmed little)."""
    if medium is None:
        medium = list(_MEDIA)[int(chance.choice(len(_MEDIA), p=list(_MEDIA.values())))]
    if harm is None:
        harm = float(chance.beta(1.3, 2.2))
    paper = [*used(chance, harm), *aged(chance, harm)]
    return Chain(medium, harm, (*paper, *_DEVICES[medium](chance, harm)))
