"""Draws that chains are made of."""

import numpy

from training.synthesize.paper.damage.picture import Chance


def often(chance: Chance, probability: float) -> bool:
    """Say yes with that probability."""
    return bool(chance.random() < probability)


def between(chance: Chance, low: float, high: float) -> float:
    """Draw evenly between two values."""
    return float(chance.uniform(low, high))


def either(chance: Chance, size: float) -> float:
    """Draw from both sides of 0, up to `size`, mostly less."""
    return float(numpy.clip(chance.normal(0, size / 2), -size, size))


def grey(level: float) -> tuple[int, int, int]:
    """Return the grey of that level, 0 for black to 255."""
    return int(level), int(level), int(level)
