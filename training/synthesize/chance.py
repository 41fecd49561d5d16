"""Chance that can be repeated: named, independent streams, so that a new choice does not disturb the others."""

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A seeded source of chance. `child` gives an independent stream for each name."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self._random = random.Random(seed)  # noqa: S311 (nothing secret is drawn)

    def child(self, name: str) -> "Dice":
        """Return the stream of that name: the same whatever was drawn from this one."""
        return Dice(f"{self.seed}/{name}")

    def pick(self, options: Sequence[T]) -> T:
        return options[self._random.randrange(len(options))]

    def weighted(self, options: Mapping[T, float]) -> T:
        return self._random.choices(list(options), list(options.values()))[0]

    def maybe(self, probability: float) -> bool:
        return self._random.random() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def fraction(self, low: float, high: float) -> float:
        return self._random.uniform(low, high)

    def digits(self, count: int, *, leading_zero: bool = False) -> str:
        """Return that many digits; the first is not 0 unless `leading_zero`."""
        first = "0123456789" if leading_zero else "123456789"
        return self.pick(first) + "".join(self.pick("0123456789") for _ in range(count - 1)) if count else ""

    def letters(self, count: int) -> str:
        return "".join(self.pick("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(count))

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        return self._random.sample(list(options), min(count, len(options)))

    def shuffled(self, options: Sequence[T]) -> list[T]:
        return self._random.sample(list(options), len(options))

    def log_amount(self, low: float, high: float) -> Decimal:
        """Return an amount of two decimals, evenly spread over orders of magnitude."""
        return Decimal(str(round(low * (high / low) ** self._random.random(), 2))).quantize(Decimal("0.01"))
