"""One page read by an engine that is not there: words lost, merged, split, misread, moved and made up as it would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from random import Random
from typing import NamedTuple

from pipeline.adapters.words.picture.scan import in_reading_order, with_words
from pipeline.domain.document import Box, Page, Word
from training.synthesize.paper.reading.labels import NOTHING, Label, merged
from training.synthesize.paper.simulated.letters import Misreader
from training.synthesize.paper.simulated.parameters import (
    Parameters,
    Profile,
    boundary,
    gap_between,
    gap_class,
    height_class,
    moved,
    shape_of,
)
from training.synthesize.paper.simulated.spelled import spelled

_LINE_GAP = 1.2  # word heights; engines that score lines part them at wider gaps


class _Draft(NamedTuple):
    """A word on its way: `true` is what it should say."""

    text: str
    true: str
    box: Box
    label: Label


@dataclass(frozen=True)
class SimulatedOcr:
    """Reads pages with one engine's errors on pages of one quality band."""

    parameters: Parameters

    @cached_property
    def _misreader(self) -> Misreader:
        return Misreader(self.parameters)

    def read(self, page: Page, labels: Sequence[Label], dice: Random) -> tuple[Page, list[Label]]:
        """Return the page as it would be read, words in the reader's order, and their labels.

        `labels` are those of the page's words; a word that got letters of two values is unknown.
        """
        profile = dice.choice(self.parameters.profiles)
        aspect = page.height / page.width
        drafts = [
            _Draft(text, text, box, label)
            for w, label in zip(page.words, labels, strict=True)
            for text, box in spelled(w.text, w.box, aspect, dice)
        ]
        kept = list(self._seen(drafts, page.height, profile, dice))
        joined = list(self._merged(kept, aspect, dice))
        split = [part for draft in joined for part in self._split(draft, dice)]
        misread = [self._misread(draft, profile, dice) for draft in split]
        words = self._placed([draft for draft in misread if draft.text], aspect, profile, dice)
        words += self._strays(len(drafts), profile, dice)
        known = {id(word): label for word, label in words}
        ordered = in_reading_order(with_words(page, [word for word, _ in words]))
        return ordered, [known[id(word)] for word in ordered.words]

    def _seen(self, drafts: Sequence[_Draft], height: float, profile: Profile, dice: Random) -> Iterator[_Draft]:
        """Leave out lost words: they go in runs, small ones more often."""
        share, again = profile.lost, self.parameters.lost_again
        if share <= 0:
            yield from drafts
            return
        start = share * (1 - again) / max(1e-9, 1 - share)
        if start > 0.5:
            start, again = 0.5, 1 - 0.5 * (1 - share) / share
        everywhere = sum(t.happened for t in self.parameters.lost) / max(1, sum(t.seen for t in self.parameters.lost))
        lost = False
        for draft in drafts:
            tally = self.parameters.lost[height_class(draft.box.height * height)]
            relative = (tally.happened + 20 * everywhere) / (tally.seen + 20) / max(everywhere, 1e-9)
            lost = dice.random() < (again if lost else min(0.97, start * relative))
            if not lost:
                yield draft

    def _merged(self, drafts: Sequence[_Draft], aspect: float, dice: Random) -> Iterator[_Draft]:
        current: _Draft | None = None
        for draft in drafts:
            if current is None:
                current = draft
                continue
            gap = gap_between(Word("", current.box), Word("", draft.box), aspect)
            if gap is not None and dice.random() < self.parameters.merged[gap_class(gap)].rate:
                letters = [(current.label, len(current.text)), (draft.label, len(draft.text))]
                text = current.text + draft.text
                current = _Draft(text, text, current.box.union(draft.box), merged(letters))
            else:
                yield current
                current = draft
        if current is not None:
            yield current

    def _split(self, draft: _Draft, dice: Random) -> Iterator[_Draft]:
        """Split a word in two, or leave it; where, depends on the letters beside the place."""
        text = draft.text
        most = self._most_split * (len(text) - 1)
        if most <= 0 or dice.random() >= most:  # nearly always, and without a look at the letters
            yield draft
            return
        rates = [self._split_rate(a, b) for a, b in pairwise(text)]
        if dice.random() * most < sum(rates):
            place = dice.choices(range(1, len(text)), rates)[0]
            step = draft.box.width / len(text)
            yield self._part(draft, 0, place, step)
            draft = self._part(draft, place, len(text), step)
        yield draft

    @cached_property
    def _most_split(self) -> float:
        return max((tally.rate for tally in self.parameters.split.values()), default=0.0)

    def _split_rate(self, left: str, right: str) -> float:
        tally = self.parameters.split.get(boundary(left, right))
        return tally.rate if tally is not None else 0.0

    @staticmethod
    def _part(draft: _Draft, start: int, end: int, step: float) -> _Draft:
        x0 = draft.box.x0
        box = Box(x0 + start * step, draft.box.y0, x0 + end * step, draft.box.y1)
        return _Draft(draft.text[start:end], draft.true[start:end], box, draft.label)

    def _misread(self, draft: _Draft, profile: Profile, dice: Random) -> _Draft:
        if dice.random() >= self._misreader.chance_of(draft.text, profile.misread):
            return draft
        return draft._replace(text=self._misreader.misread(draft.text, dice))

    def _placed(
        self, drafts: Sequence[_Draft], aspect: float, profile: Profile, dice: Random
    ) -> list[tuple[Word, Label]]:
        """Move boxes and give confidences: for every word, or for whole lines where the engine scores lines."""
        placed: list[tuple[Word, Label]] = []
        for line in self._lines(drafts, aspect):
            right = all(draft.text == draft.true for draft in line)
            score = _between(profile.right if right else profile.wrong, dice)
            upright = self._offset(max(line, key=lambda d: len(d.text)).text, dice)
            boxes: list[Box] = []
            for draft in line:
                left, top, ending, bottom = self._offset(draft.text, dice)
                if self.parameters.lines_scored:
                    top, bottom = upright[1], upright[3]
                boxes.append(moved(draft.box, (left, top, ending, bottom), aspect))
            for draft, box in zip(line, _apart(boxes), strict=True):
                placed.append((Word(draft.text, box, score), draft.label))
        return placed

    def _lines(self, drafts: Sequence[_Draft], aspect: float) -> Iterator[list[_Draft]]:
        line: list[_Draft] = []
        for draft in drafts:
            if line:
                gap = gap_between(Word("", line[-1].box), Word("", draft.box), aspect)
                if not self.parameters.lines_scored or gap is None or gap > _LINE_GAP:
                    yield line
                    line = []
            line.append(draft)
        if line:
            yield line

    def _offset(self, text: str, dice: Random) -> tuple[float, float, float, float]:
        rows = self.parameters.offsets.get(shape_of(text)) or self.parameters.offsets["all"]
        return dice.choice(rows)

    def _strays(self, words: int, profile: Profile, dice: Random) -> list[tuple[Word, Label]]:
        expected = profile.strays * words
        count = int(expected) + (dice.random() < expected % 1)
        found = []
        for stray in dice.choices(self.parameters.strays, k=count) if self.parameters.strays else ():
            right, down = dice.uniform(-0.05, 0.05), dice.uniform(-0.05, 0.05)
            x0, y0 = min(max(stray.x0 + right, 0.0), 0.99), min(max(stray.y0 + down, 0.0), 0.99)
            box = Box(x0, y0, min(1.0, x0 + stray.x1 - stray.x0), min(1.0, y0 + stray.y1 - stray.y0))
            found.append((Word(stray.text, box, stray.confidence), NOTHING))
        return found


def _apart(boxes: list[Box]) -> list[Box]:
    """Let neighbours of one line meet halfway where they were moved into each other: engines part a line."""
    for place in range(1, len(boxes)):
        one, other = boxes[place - 1], boxes[place]
        if one.x1 > other.x0:
            middle = min(max((one.x1 + other.x0) / 2, one.x0 + 0.3 * one.width), other.x1 - 0.3 * other.width)
            if one.x0 < middle < other.x1:
                boxes[place - 1] = Box(one.x0, one.y0, middle, one.y1)
                boxes[place] = Box(middle, other.y0, other.x1, other.y1)
    return boxes


def _between(quantiles: Sequence[float], dice: Random) -> float:
    """Draw a value from its quantiles, evenly between two of them."""
    place = dice.random() * (len(quantiles) - 1)
    low = int(place)
    high = min(low + 1, len(quantiles) - 1)
    return round(quantiles[low] + (place - low) * (quantiles[high] - quantiles[low]), 4)
