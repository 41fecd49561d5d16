"""Who is faster, and how surely: contenders take turns, and their times are compared round by round.

Times of one machine at two moments differ more than most contenders do, so no time is compared with one of another
round; what is told is the median of the rounds' ratios, and the quartiles beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter

Clock = Callable[[], float]
"""Gives seconds; only differences count."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some figures and their lower and upper quartile."""

    middle: float
    low: float
    high: float


def spread(figures: Sequence[float]) -> Spread:
    """Return median and quartiles. Raises ValueError where there are no figures."""
    if not figures:
        raise ValueError("There is no spread of nothing.")
    return Spread(median(figures), percentile(figures, 25), percentile(figures, 75))


def percentile(figures: Sequence[float], percent: float) -> float:
    """Return the value that `percent` of the figures do not exceed, between neighbours in proportion (type 7 of
    Hyndman and Fan 1996). Raises ValueError where there are no figures."""
    if not figures:
        raise ValueError("There is no percentile of nothing.")
    ordered = sorted(figures)
    at = (len(ordered) - 1) * percent / 100
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def ratio(over: Sequence[float], under: Sequence[float]) -> Spread:
    """Return the spread of the ratios of each round. Raises ValueError where the rounds are not the same."""
    return spread([one / other for one, other in zip(over, under, strict=True)])


def interleaved(
    contenders: Mapping[str, Callable[[int], object]], rounds: int, clock: Clock = perf_counter, warm_ups: int = 1
) -> dict[str, list[float]]:
    """Return what each contender took in each round, in the clock's seconds.

    A contender is called with the round's number, so that all see the same thing in one round and another in the next.
    Who goes first changes from round to round; rounds of warming up are numbered below 0 and do not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(-warm_ups, rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            began = clock()
            contenders[name](number)
            elapsed = clock() - began
            if number >= 0:
                taken[name].append(elapsed)
    return taken


def processor_seconds() -> float:
    """Return the seconds that this process and its ended children have kept processors busy."""
    spent = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return the power by which cost grows with size, by least squares on logarithms; 1 is linear.

    Raises ValueError where fewer than two sizes differ.
    """
    from math import log

    xs, ys = [log(size) for size in sizes], [log(cost) for cost in costs]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    across = sum((a - x) ** 2 for a in xs)
    if not across:
        raise ValueError("Growth needs two sizes.")
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / across
