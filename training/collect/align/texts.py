"""Finds names, addresses and other running text: word by word, over the lines it may be broken into."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.domain.document import Box
from pipeline.extract.rules.page.layout import Row
from training.collect.align.paper import Paper, Span
from training.collect.align.reading import covered, same_token, tokens

_WORTH = 0.6  # how much of a run must be words of the value
_ENOUGH = 0.6  # how much of the value must be found, by letters
_PITCH = 1.7  # lines of one text stand no further apart than this many line heights
_SEED = 0.45  # a run that does not begin the text holds at least so much of it


@dataclass(frozen=True, slots=True)
class Found:
    """A text's words and how well they say it (0 to 1)."""

    spans: tuple[Span, ...]
    quality: float


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring words of one segment that are mostly words of the value."""

    span: Span
    page: int
    box: Box
    matched: tuple[str, ...]


def find_text(paper: Paper, stated: Sequence[str], enough: float = _ENOUGH) -> list[Found]:
    """Return every place that says at least `enough` of `stated` (folded words; the part by letters), best first."""
    if not stated:
        return []
    runs = [run for row in paper.rows for run in _runs(paper, row, stated)]
    found: list[Found] = []
    taken: set[_Run] = set()
    for seed in runs:
        begins = seed.matched[0] == stated[0]
        if seed in taken or not (begins or covered(seed.matched, stated) >= min(_SEED, enough)):
            continue
        chain = _chain(paper, seed, runs, stated)
        quality = _quality(chain, stated)
        while len(chain) > 1 and _quality(chain[1:], stated) >= quality:
            chain = chain[1:]  # the first line only happened to begin with a word of the text
        if quality >= enough:
            taken |= set(chain)
            found.append(Found(tuple(run.span for run in chain), quality))
    return sorted(found, key=lambda f: -f.quality)


def _quality(chain: Sequence[_Run], stated: Sequence[str]) -> float:
    return covered([token for run in chain for token in run.matched], stated)


def _runs(paper: Paper, row: Row, stated: Sequence[str]) -> Iterator[_Run]:
    for start, end in row.segments():
        matches = [(i, _matched(row.words[i].text, stated, paper.is_ocr)) for i in range(start, end)]
        run: list[tuple[int, tuple[str, ...] | None]] = []
        for i, found in matches:
            # A mark alone ("-", "·") belongs to the text only between its words.
            if found or (run and not tokens(row.words[i].text)):
                run.append((i, found))
            elif run:
                yield from _as_run(row, run)
                run = []
        yield from _as_run(row, run)


def _as_run(row: Row, run: Sequence[tuple[int, tuple[str, ...] | None]]) -> Iterator[_Run]:
    words = [i for i, found in run if found]
    if not words:
        return
    matched = tuple(token for _, found in run if found for token in found)
    span = Span(row.index, words[0], words[-1] + 1)
    yield _Run(span, row.page, row.span_box(span.start, span.end), matched)


def _matched(word: str, stated: Sequence[str], tolerant: bool) -> tuple[str, ...] | None:
    """Return the stated tokens that a word says, None where it says others or mostly others."""
    own = tokens(word)
    found = [next((s for s in stated if same_token(t, s, tolerant=tolerant)), None) for t in own]
    hits = tuple(s for s in found if s is not None)
    letters = sum(map(len, own))
    return hits if hits and sum(map(len, hits)) >= _WORTH * letters else None


def _chain(paper: Paper, seed: _Run, runs: Sequence[_Run], stated: Sequence[str]) -> list[_Run]:
    """Add the runs below, or further right on the line, that say what the ones before left out."""
    chain = [seed]
    box = seed.box
    have = covered(seed.matched, stated)
    for run in runs[runs.index(seed) + 1 :]:
        if have >= 0.999 or run.page != seed.page:
            break
        if not _continues(paper, chain[-1], box, run):
            continue
        more = covered([t for r in (*chain, run) for t in r.matched], stated)
        own = covered(run.matched, stated)
        if more - have >= _WORTH * own > 0:
            chain.append(run)
            box, have = box.union(run.box), more
    return chain


def _continues(paper: Paper, last: _Run, box: Box, run: _Run) -> bool:
    row = paper.rows[last.span.row]
    if run.span.row == last.span.row:
        gap = (run.box.x0 - last.box.x1) * row.scale / max(row.height, 1e-6)
        return run.span.start >= last.span.end and gap < 3
    distance = (run.box.y0 - last.box.y1) / max(row.height, 1e-6)
    overlaps = min(box.x1, run.box.x1) - max(box.x0, run.box.x0) > 0
    return distance <= _PITCH and overlaps
