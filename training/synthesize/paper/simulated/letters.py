"""Misreads words letter by letter, as often and in the way that an engine was seen to."""

import unicodedata
from bisect import bisect
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate, pairwise
from math import exp, log
from random import Random

from training.synthesize.paper.simulated.parameters import Parameters

# Sightings that a letter's own are mixed with: of its class, and a class's of all letters; the rare follow their like.
_OF_CLASS, _OF_ALL = 8, 25
_SUREST = 0.98
_ACCENT_TO_BASE = 0.6  # share of misread accented letters, not seen before, that lose their accent


class Misreader:
    """Changes words. `chance_of` says how likely a word is misread, `misread` does it."""

    def __init__(self, parameters: Parameters) -> None:
        self._crowding = parameters.crowding
        self._more = 1 - 1 / max(1.0, parameters.edits)
        becomes: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for source, target, count in parameters.changes:
            becomes[source].append((target, count))
        self._targets = {source: _Lottery(targets) for source, targets in becomes.items()}
        # As hazards: letters that are misread nearly always must stay so in words of several.
        self._rates = {letters: _hazard(rate) for letters, rate in _rates(parameters, becomes).items()}
        self._class_rates = {name: _hazard(rate) for name, rate in _class_rates(parameters, becomes).items()}
        self._pairs = frozenset(source for source in becomes if len(source) == 2)
        self._hazard_of = lru_cache(maxsize=16_384)(self._sum)

    def chance_of(self, word: str, factor: float = 1.0) -> float:
        """Return the probability that a word is misread on a page where that is `factor` times as frequent."""
        return 1 - exp(-self._crowding * factor * self._hazard_of(word))

    def hazard(self, word: str) -> float:
        """Return minus the logarithm of the probability that a word is read right, were its letters independent."""
        return self._hazard_of(word)

    def misread(self, word: str, dice: Random) -> str:
        """Return the word with at least one misreading, where its letters allow any; "" where nothing is left."""
        edits = 1
        while dice.random() < self._more and edits < len(word):
            edits += 1
        places = [(start, length) for start in range(len(word)) for length in (1, 2) if start + length <= len(word)]
        weights = [self._rate(word[start : start + length]) for start, length in places]
        parts = list(word)
        for start, length in dice.choices(places, weights, k=edits) if any(weights) else ():
            if all(len(part) == 1 for part in parts[start : start + length]):
                parts[start : start + length] = [self._target(word[start : start + length], dice), ""][:length]
        return "".join(parts)

    def _sum(self, word: str) -> float:
        alone = sum(map(self._rate, word))
        return alone + sum(self._rate(a + b) for a, b in pairwise(word))

    def _rate(self, letters: str) -> float:
        if len(letters) == 2:
            return self._rates[letters] if letters in self._pairs else 0.0
        rate = self._rates.get(letters)
        return self._class_rates[letter_class(letters)] if rate is None else rate

    def _target(self, letters: str, dice: Random) -> str:
        lottery = self._targets.get(letters)
        if lottery is not None:
            return lottery.draw(dice)
        base = unicodedata.normalize("NFD", letters)[0]
        if base != letters and dice.random() < _ACCENT_TO_BASE:
            return base
        return dice.choice(("", letters.swapcase(), letters + letters))


class _Lottery:
    """Outcomes drawn as often as they were counted."""

    __slots__ = ("_outcomes", "_sums")

    def __init__(self, counts: list[tuple[str, int]]) -> None:
        self._outcomes = [outcome for outcome, _ in counts]
        self._sums = list(accumulate(count for _, count in counts))

    def draw(self, dice: Random) -> str:
        return self._outcomes[bisect(self._sums, dice.random() * self._sums[-1])]


def _hazard(rate: float) -> float:
    return -log(1 - min(rate, _SUREST))


def letter_class(letter: str) -> str:
    """Return what a letter is for letters seen too rarely: a digit, capital, small, accented letter or a sign."""
    if letter.isdigit():
        return "digit"
    if not letter.isalpha():
        return "sign"
    if not letter.isascii():
        return "accented"
    return "capital" if letter.isupper() else "small"


def _class_rates(parameters: Parameters, becomes: dict[str, list[tuple[str, int]]]) -> dict[str, float]:
    seen: dict[str, float] = defaultdict(float)
    changed: dict[str, float] = defaultdict(float)
    for letter, count in parameters.letters.items():
        if len(letter) == 1:
            seen[letter_class(letter)] += count
            changed[letter_class(letter)] += sum(n for _, n in becomes.get(letter, ()))
    everything = sum(changed.values()) / max(1.0, sum(seen.values()))
    classes = ("digit", "sign", "accented", "capital", "small")
    return {c: (changed[c] + _OF_ALL * everything) / (seen[c] + _OF_ALL) for c in classes}


def _rates(parameters: Parameters, becomes: dict[str, list[tuple[str, int]]]) -> dict[str, float]:
    classes = _class_rates(parameters, becomes)
    rates = {}
    for letters, seen in parameters.letters.items():
        changed = sum(n for _, n in becomes.get(letters, ()))
        if len(letters) == 1:
            rates[letters] = (changed + _OF_CLASS * classes[letter_class(letters)]) / (seen + _OF_CLASS)
        else:
            rates[letters] = changed / max(seen, 1)
    return rates
