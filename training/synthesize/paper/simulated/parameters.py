"""What an engine does to the words of pages of one quality band, as measured by `training.synthesize.paper.fit`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from pipeline.adapters.words.ocr import EngineName
from pipeline.adapters.words.quality import BandLimits
from pipeline.domain.document import Box, QualityBand, Word
from training.synthesize.paper.damage.chains import Medium

HEIGHTS = (6.5, 8.5, 11.0)
"""Limits, in points, between the classes of word height that are lost unequally often."""
GAPS = (0.15, 0.25, 0.4, 0.7)
"""Limits, in word heights, between the classes of gaps across which words are merged."""
QUANTILES = 9


class Tally(NamedTuple):
    """How often something could have happened, and did."""

    seen: int
    happened: int

    @property
    def rate(self) -> float:
        return self.happened / self.seen if self.seen else 0.0


class Profile(NamedTuple):
    """One measured page: how often words were misread compared with all pages, the share lost, strays a true word, and
    quantiles of the confidence of letters in words (or lines, where those are scored) read right and wrong."""

    misread: float
    lost: float
    strays: float
    right: Sequence[float]
    wrong: Sequence[float]


class Stray(NamedTuple):
    """A word that was read where none stands, with its box as fractions of the page and its confidence."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """Counts and samples for one engine and band.

    `letters` counts how often a letter, or a pair that was misread as one, was seen, and `changes` what became of it.
    Misreadings crowd in few words: a word that is read right with probability q if its letters err independently, is
    read right with probability q to the power of `crowding`; a misread one has `edits` errors on average. `offsets` are
    moved edges (left, top, right, bottom) in word heights, by the word's shape.
    """

    pages: int
    words: int
    crowding: float
    edits: float
    letters: Mapping[str, int]
    changes: Sequence[tuple[str, str, int]]
    profiles: Sequence[Profile]
    lost: Sequence[Tally]
    lost_again: float
    merged: Sequence[Tally]
    split: Mapping[str, Tally]
    strays: Sequence[Stray]
    offsets: Mapping[str, Sequence[tuple[float, float, float, float]]]
    lines_scored: bool


@dataclass(frozen=True, slots=True)
class ErrorModel:
    """The parameters of every engine and band, how often pages of each medium fell into each band, and the mean
    confidences from which the engines' words counted as clean and fair."""

    limits: Mapping[EngineName, BandLimits]
    bands: Mapping[tuple[EngineName, Medium], Mapping[QualityBand, int]]
    parameters: Mapping[tuple[EngineName, QualityBand], Parameters]


def to_json(model: ErrorModel) -> str:
    """Return the model as text, one line a sequence or so, keys sorted."""
    plain = {
        "limits": {str(engine): [limits.clean, limits.fair] for engine, limits in model.limits.items()},
        "bands": {f"{e}/{m}": {str(b): n for b, n in counts.items()} for (e, m), counts in model.bands.items()},
        "parameters": {f"{e}/{b}": asdict(p) for (e, b), p in model.parameters.items()},
    }
    return (
        json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=None, separators=(",", ":"))
        .replace('],"', '],\n"')
        .replace('},"', '},\n"')
        + "\n"
    )


def from_json(text: str) -> ErrorModel:
    """Return the model that `to_json` wrote."""
    plain = json.loads(text)
    bands = {}
    for name, counts in plain["bands"].items():
        engine, medium = name.split("/")
        bands[EngineName(engine), Medium(medium)] = {QualityBand(band): n for band, n in counts.items()}
    parameters = {}
    for name, fitted in plain["parameters"].items():
        engine, band = name.split("/")
        parameters[EngineName(engine), QualityBand(band)] = _parameters(fitted)
    limits = {EngineName(engine): BandLimits(*both) for engine, both in plain["limits"].items()}
    return ErrorModel(limits, bands, parameters)


@cache
def fitted() -> ErrorModel:
    """Return the committed model."""
    return from_json(files("training.synthesize.paper").joinpath("ocr_errors.json").read_text(encoding="utf-8"))


def _parameters(plain: dict[str, Any]) -> Parameters:
    return Parameters(
        **{
            **plain,
            "changes": [tuple(change) for change in plain["changes"]],
            "profiles": [Profile(*row) for row in plain["profiles"]],
            "lost": [Tally(*row) for row in plain["lost"]],
            "merged": [Tally(*row) for row in plain["merged"]],
            "split": {name: Tally(*row) for name, row in plain["split"].items()},
            "strays": [Stray(*row) for row in plain["strays"]],
            "offsets": {shape: [tuple(row) for row in rows] for shape, rows in plain["offsets"].items()},
        }
    )


def height_class(points: float) -> int:
    """Return the class of a word's height; 0 is the smallest."""
    return sum(points >= limit for limit in HEIGHTS)


def gap_class(gap: float) -> int:
    """Return the class of a gap in word heights; 0 is the narrowest."""
    return sum(gap >= limit for limit in GAPS)


_SHORT = 3  # letters
_DEEP = frozenset("gjpqyçQ,;()[]{}|@$§/\\")
_HIGH = frozenset("bdfhklt0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÄÖÜß()[]{}|@$§/\\&%#€£!?'\"")


def shape_of(text: str) -> str:
    """Return how a word's ink lies, as far as boxes depend on it: its reach above and below small letters, its length;
    `thin` for mere dots and dashes."""
    if not any(c.isalnum() for c in text):
        return "thin"
    high = "low" if _HIGH.isdisjoint(text) and text.isascii() else "high"
    deep = "" if _DEEP.isdisjoint(text) else " deep"
    return high + deep + (" short" if len(text) <= _SHORT else "")


def boundary(left: str, right: str) -> str:
    """Return what kind of place lies between two letters, for words that are split there."""
    if not left.isalnum():
        return "after a sign"
    if not right.isalnum():
        return "before a sign"
    if left.isdigit() != right.isdigit():
        return "letter and digit"
    return "digits" if left.isdigit() else "letters"


def gap_between(one: Word, other: Word, aspect: float) -> float | None:
    """Return the gap from a word to the next in word heights, None where they do not stand on one line.

    `aspect` is the page's height by its width.
    """
    height = min(one.box.height, other.box.height)
    shared = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    if height <= 0 or shared < 0.5 * height or other.box.x0 < one.box.centre[0]:
        return None
    return (other.box.x0 - one.box.x1) / (height * aspect)


def moved(box: Box, offset: tuple[float, float, float, float], aspect: float) -> Box:
    """Return a box with its edges moved by word heights, kept on the page and not turned inside out."""
    high = box.height
    wide = high * aspect
    x0, x1 = box.x0 + offset[0] * wide, box.x1 + offset[2] * wide
    y0, y1 = box.y0 + offset[1] * high, box.y1 + offset[3] * high
    x0, y0 = min(max(x0, 0.0), 0.9999), min(max(y0, 0.0), 0.9999)
    return Box(x0, y0, min(1.0, max(x1, x0 + 0.2 * wide)), min(1.0, max(y1, y0 + 0.2 * high)))
