"""Lets callers that wait for the network at the same time go through it together.

Whoever finds the network idle goes at once, and takes along who waits and is about as long. So the wait is as long as
the network is busy with others, and nobody waits for company that may not come. There is no thread of its own, hence
nothing to close.

Whether strangers may share a call is asked of the network itself. With 32-bit floats, and with integers whose scales
are fixed (`training.export.integers`), a window's logits are the same in any company. A graph whose activations are
quantized with one scale for all that a call holds (`DynamicQuantizeLinear`), as in the releases up to 2026.11.24.1,
answers a little differently beside strangers: by up to 0.02 of a word's chances. There every caller goes alone, as what
a document says must not hang on who else asked at that moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition
from typing import TYPE_CHECKING

import numpy as np

from models.features.features import STANDING
from models.features.neighbours import SIDES
from models.stages import called

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = tuple[NDArray[np.generic], ...]
    Floats = tuple[NDArray[np.float32], ...]

MOST_WORDS = 4_096
"""Words, padding included, that several callers bring to one call at most; what one caller brings is never parted."""
_ALIKE = 0.7
"""How long the shortest of a call is at least, in parts of the longest: the rest is padding, worked on for nothing."""
_NEIGHBOURS, _THERE = 4, 6
"""Places in the order of `models.runtime.INPUTS`."""
_SAME = 1e-4
"""How far logits may differ by company, in parts of the largest: what the order of sums does to 32-bit floats."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """One caller: its inputs, [windows, words, …] each, and later its logits or what went wrong."""

    inputs: "Arrays"
    logits: "Floats | None" = None
    error: BaseException | None = None
    taken: bool = False

    @property
    def windows(self) -> int:
        return int(self.inputs[_THERE].shape[0])

    @property
    def length(self) -> int:
        return int(self.inputs[_THERE].shape[1])

    @property
    def done(self) -> bool:
        return self.logits is not None or self.error is not None


class Together:
    """A network for any number of threads, `at_once` calls at a time.

    `run` takes the inputs of `models.runtime.INPUTS` and gives logits [windows, words, TAGS], [windows, words, words]
    and [windows, KINDS]. `mixes` says whether windows of several callers may share a call; it is asked once, when two
    first wait at the same time.
    """

    def __init__(
        self,
        run: "Callable[[Arrays], Floats]",
        mixes: Callable[[], bool],
        at_once: int = 1,
        most_words: int = MOST_WORDS,
    ) -> None:
        self._run = run
        self._mixes = mixes
        self._at_once = at_once
        self._most_words = most_words
        self._mixed: bool | None = None
        self._queue: list[_Waiting] = []
        self._running = 0
        self._changed = Condition()

    def __call__(self, inputs: "Arrays") -> "Floats":
        """Return the logits of one caller's windows. Raises what the network raises for them."""
        mine = _Waiting(inputs)
        with self._changed:
            self._queue.append(mine)
        while (group := self._turn(mine)) is not None:
            try:
                self._answer(group)
            finally:
                self._leave(group)
        if mine.error is not None:
            raise mine.error
        assert mine.logits is not None
        return mine.logits

    def _turn(self, mine: _Waiting) -> list[_Waiting] | None:
        """Wait until the caller has its answer (None) or may run a group: the oldest that waits, and those like it.

        The caller itself may not be among them; then it waits, or runs, again.
        """
        with self._changed:
            self._changed.wait_for(lambda: mine.done or (not mine.taken and self._running < self._at_once))
            if mine.done:
                return None
            if len(self._queue) > 1 and self._mixed is None:
                self._mixed = self._mixes()
            group = alike(self._queue, self._most_words) if self._mixed else self._queue[:1]
            for one in group:
                one.taken = True
                self._queue.remove(one)
            self._running += 1
            return group

    def _leave(self, group: Sequence[_Waiting]) -> None:
        with self._changed:
            for one in group:
                if not one.done:  # the thread that ran it is being ended
                    one.error = RuntimeError("The call of the network was broken off.")
            self._running -= 1
            self._changed.notify_all()

    def _answer(self, group: Sequence[_Waiting]) -> None:
        try:
            self._call(group)
        except Exception as error:  # noqa: BLE001 — raised in the thread of the caller whom it concerns
            if len(group) == 1:
                group[0].error = error
                return
            for one in group:  # whose fault it is shows when each is run alone
                self._answer([one])

    def _call(self, group: Sequence[_Waiting]) -> None:
        length, windows = max(one.length for one in group), sum(one.windows for one in group)
        parts = [lengthened(one.inputs, length) for one in group]
        inputs = parts[0] if len(parts) == 1 else tuple(np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        logits = self._run(inputs)
        called(windows, int(inputs[_THERE].sum()), windows * length)
        first = 0
        for one in group:
            tags, rows, kinds = (output[first : first + one.windows] for output in logits)
            first += one.windows
            one.logits = tags[:, : one.length], rows[:, : one.length, : one.length], kinds


def alike(queue: Sequence[_Waiting], most_words: int) -> list[_Waiting]:
    """Return the first of a queue and those of about its length, the nearest first, as many as make `most_words`."""
    oldest = queue[0]
    group, shortest, longest, windows = [oldest], oldest.length, oldest.length, oldest.windows
    for one in sorted(queue[1:], key=lambda other: abs(other.length - oldest.length)):
        least, most = min(shortest, one.length), max(longest, one.length)
        if least >= _ALIKE * most and most * (windows + one.windows) <= most_words:
            group.append(one)
            shortest, longest, windows = least, most, windows + one.windows
    return group


def lengthened(inputs: "Arrays", length: int) -> "Arrays":
    """Return windows with empty places at their end, `length` in all; who has no neighbour points behind the last."""
    own = inputs[_THERE].shape[1]
    if own == length:
        return inputs
    made = []
    for place, given in enumerate(inputs):
        wider = np.zeros((given.shape[0], length, *given.shape[2:]), dtype=given.dtype)
        if place == _NEIGHBOURS:
            wider[...] = length
            wider[:, :own] = np.where(given == own, length, given)
        else:
            wider[:, :own] = given
        made.append(wider)
    return tuple(made)


def mixes_windows(run: "Callable[[Arrays], Floats]", pretrained_width: int, told_width: int) -> bool:
    """Say whether a network answers a window alone as it does beside a longer one of larger numbers."""
    small, large = (_window(words, size, pretrained_width, told_width) for words, size in ((24, 1.0), (32, 4.0)))
    alone = run(small)
    beside = run(tuple(np.concatenate(arrays) for arrays in zip(lengthened(small, 32), large, strict=True)))
    cut = beside[0][:1, :24], beside[1][:1, :24, :24], beside[2][:1]
    return all(
        float(np.abs(one - other).max()) <= _SAME * max(1.0, float(np.abs(one).max()))
        for one, other in zip(alone, cut, strict=True)
    )


def _window(words: int, size: float, pretrained_width: int, told_width: int) -> "Arrays":
    """Return one window of made-up words; those of larger `size` have vectors of larger numbers."""
    by_chance = np.random.default_rng(words)

    def numbers(*shape: int) -> "NDArray[np.float32]":
        return (size * by_chance.standard_normal((1, words, *shape))).astype(np.float32)

    corners = np.sort(by_chance.random((1, words, 2, 2)), axis=2).astype(np.float32)
    return (
        numbers(pretrained_width),
        numbers(told_width),
        corners.reshape(1, words, 4),
        np.zeros((1, words), dtype=np.float32),
        by_chance.integers(0, words + 1, (1, words, SIDES)),
        np.abs(numbers(STANDING)),
        np.ones((1, words), dtype=np.bool_),
    )
