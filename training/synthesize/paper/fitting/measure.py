"""Counts what engines did to the words of a measured sample, and fits the simulated OCR's parameters to it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp
from random import Random
from statistics import quantiles

from rapidfuzz.distance import Levenshtein

from pipeline.adapters.words.ocr import EngineName
from pipeline.adapters.words.quality import BandLimits
from pipeline.domain.document import QualityBand, Word
from training.synthesize.paper.damage.chains import Medium
from training.synthesize.paper.fitting.sample import Reading
from training.synthesize.paper.reading.align import Pairing
from training.synthesize.paper.simulated.letters import Misreader
from training.synthesize.paper.simulated.parameters import (
    GAPS,
    HEIGHTS,
    QUANTILES,
    ErrorModel,
    Parameters,
    Profile,
    Stray,
    Tally,
    boundary,
    gap_between,
    gap_class,
    height_class,
    shape_of,
)

_LONGEST = 2  # letters on either side of a misreading that counts as one
_FARTHEST = 1.2  # word heights; boxes farther off took in a rule or a neighbour
_ROWS = 40  # offsets kept for each shape
_STRAYS = 150
_THIN = 0.002  # of the page, the least side of a made-up word
_ENOUGH = 20  # letters of which the confidence is known, for quantiles of a page of its own
_TARGETS = 12  # outcomes kept for a letter


def fit(readings: Iterable[Reading], limits: Mapping[EngineName, BandLimits]) -> ErrorModel:
    """Return the error model of a sample whose bands were measured with those limits.

    Pages that were left standing on their side tell nothing of reading and are left out.
    """
    bands: dict[tuple[EngineName, Medium], Counter[QualityBand]] = defaultdict(Counter)
    groups: dict[tuple[EngineName, QualityBand], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.upright and reading.true:
            bands[reading.engine, reading.medium][reading.band] += 1
            groups[reading.engine, reading.band].append(reading)
    return ErrorModel(dict(limits), dict(bands), {key: fit_band(group) for key, group in sorted(groups.items())})


def fit_band(readings: Sequence[Reading]) -> Parameters:
    """Return the parameters of one engine on pages of one band."""
    aligned = [(reading, reading.pairings()) for reading in readings]
    letters, changes, edits = _misreadings(aligned)
    lost, lost_again = _lost(aligned)
    rough = Parameters(
        pages=len(readings),
        words=sum(len(r.true) for r in readings),
        crowding=1.0,
        edits=edits,
        letters=dict(sorted(letters.items())),
        changes=_frequent(changes),
        profiles=(),
        lost=lost,
        lost_again=round(lost_again, 4),
        merged=_merged(aligned),
        split=_split(aligned),
        strays=_strays(aligned),
        offsets=_offsets(aligned),
        lines_scored=readings[0].engine is EngineName.RAPID,
    )
    crowding, profiles = _crowding(rough, aligned)
    return Parameters(**{**{f: getattr(rough, f) for f in rough.__slots__}, "crowding": crowding, "profiles": profiles})


_Aligned = Sequence[tuple[Reading, Sequence[Pairing]]]


def texts(reading: Reading, pairing: Pairing) -> tuple[str, str]:
    """Return what a pairing's words should say and what was read, without blanks."""
    words = reading.page.words
    return "".join(reading.true[i].text for i in pairing.true), "".join(words[j].text for j in pairing.read)


def _misreadings(aligned: _Aligned) -> tuple[Counter[str], Counter[tuple[str, str]], float]:
    """Count letters, changes of letters, and the misreadings of a misread word."""
    pairs: list[tuple[str, str]] = []
    for reading, pairings in aligned:
        pairs += [texts(reading, p) for p in pairings if p.true and p.read]
    changes: Counter[tuple[str, str]] = Counter()
    misread = total = 0
    for true, read in pairs:
        found = list(changes_between(true, read))
        changes.update(found)
        total += len(found)
        misread += bool(found)
    wanted = {source for source, _ in changes if len(source) == _LONGEST}
    letters: Counter[str] = Counter()
    for true, _ in pairs:
        letters.update(true)
        letters.update(pair for pair in map("".join, pairwise(true)) if pair in wanted)
    return letters, changes, round(total / max(1, misread), 4)


def changes_between(true: str, read: str) -> Iterator[tuple[str, str]]:
    """Yield what became of which letters; what was put in belongs to the letter before it (or after, at the start)."""
    block = ["", ""]
    end = -1
    for step in Levenshtein.editops(true, read):
        source = "" if step.tag == "insert" else true[step.src_pos]
        target = "" if step.tag == "delete" else read[step.dest_pos]
        joins = step.src_pos <= end and len(block[0] + source) <= _LONGEST and len(block[1] + target) <= _LONGEST
        if not joins and any(block):
            yield _anchored(block, true, end)
            block = ["", ""]
        block = [block[0] + source, block[1] + target]
        end = step.src_pos + len(source)
    if any(block):
        yield _anchored(block, true, end)


def _anchored(block: Sequence[str], true: str, end: int) -> tuple[str, str]:
    source, target = block
    if source:
        return source, target
    if end > 0:
        return true[end - 1], true[end - 1] + target
    return true[:1], target + true[:1]


def _frequent(changes: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Keep the commonest outcomes of each letter; the rest of a letter's count goes to the commonest one."""
    by_source: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (source, target), count in sorted(changes.items(), key=lambda item: (-item[1], item[0])):
        by_source[source].append((target, count))
    kept = []
    for source, targets in sorted(by_source.items()):
        rest = sum(count for _, count in targets[_TARGETS:])
        for place, (target, count) in enumerate(targets[:_TARGETS]):
            kept.append((source, target, count + (rest if place == 0 else 0)))
    return kept


def _crowding(rough: Parameters, aligned: _Aligned) -> tuple[float, list[Profile]]:
    """Find how misreadings crowd, so that as many words are expected to be misread as were; and each page's share."""
    misreader = Misreader(rough)
    expected: list[list[float]] = []
    misread: list[int] = []
    for reading, pairings in aligned:
        both = [texts(reading, p) for p in pairings if p.true and p.read]
        expected.append([misreader.hazard(true) for true, _ in both])
        misread.append(sum(true != read for true, read in both))
    low, high = 0.0, 20.0
    for _ in range(50):
        crowding = (low + high) / 2
        if sum(1 - exp(-crowding * h) for page in expected for h in page) < sum(misread):
            low = crowding
        else:
            high = crowding
    return round(crowding, 4), _profiles(aligned, expected, misread, crowding)


def _profiles(
    aligned: _Aligned, expected: Sequence[Sequence[float]], misread: Sequence[int], crowding: float
) -> list[Profile]:
    confidences = [_confidences(reading, pairings) for reading, pairings in aligned]
    usually = {kind: _quantiles([v for page in confidences for v in page[kind]]) for kind in ("right", "wrong")}
    profiles = []
    for (reading, pairings), hazards, happened, sure in zip(aligned, expected, misread, confidences, strict=True):
        usual = sum(1 - exp(-crowding * h) for h in hazards)
        lost = sum(len(p.true) for p in pairings if not p.read)
        strays = sum(len(p.read) for p in pairings if not p.true)
        words = max(1, len(reading.true))
        right, wrong = (
            _quantiles(sure[kind]) if len(sure[kind]) >= _ENOUGH else usually[kind] for kind in ("right", "wrong")
        )
        misread_here = (happened + 1) / (usual + 1)  # by one word towards the usual, so that short pages say less
        profiles.append(Profile(round(misread_here, 3), round(lost / words, 4), round(strays / words, 4), right, wrong))
    return profiles


def _lost(aligned: _Aligned) -> tuple[list[Tally], float]:
    """Count lost words by height, and how often the word after a lost one was lost too."""
    seen, lost = [0] * (len(HEIGHTS) + 1), [0] * (len(HEIGHTS) + 1)
    after = again = 0
    for reading, pairings in aligned:
        gone = {i for p in pairings if not p.read for i in p.true}
        for i, word in enumerate(reading.true):
            height = height_class(word.box.height * reading.page.height)
            seen[height] += 1
            lost[height] += i in gone
            if i - 1 in gone:
                after += 1
                again += i in gone
    return [Tally(*both) for both in zip(seen, lost, strict=True)], again / after if after else 0.0


def _merged(aligned: _Aligned) -> list[Tally]:
    """Count gaps between neighbours that were both read, and those that vanished, by their width."""
    seen, vanished = [0] * (len(GAPS) + 1), [0] * (len(GAPS) + 1)
    for reading, pairings in aligned:
        owner = {i: place for place, p in enumerate(pairings) if p.read for i in p.true}
        aspect = reading.page.height / reading.page.width
        for i in range(len(reading.true) - 1):
            gap = gap_between(reading.true[i], reading.true[i + 1], aspect)
            if gap is not None and i in owner and i + 1 in owner:
                seen[gap_class(gap)] += 1
                vanished[gap_class(gap)] += owner[i] == owner[i + 1] and len(pairings[owner[i]].read) == 1
    return [Tally(*both) for both in zip(seen, vanished, strict=True)]


def _split(aligned: _Aligned) -> dict[str, Tally]:
    """Count places within words, and those where a word was split, by what stands there."""
    seen: Counter[str] = Counter()
    parted: Counter[str] = Counter()
    for reading, pairings in aligned:
        for pairing in pairings:
            if len(pairing.true) != 1 or not pairing.read:
                continue
            text = reading.true[pairing.true[0]].text
            seen.update(boundary(a, b) for a, b in pairwise(text))
            place = 0
            for j in pairing.read[:-1]:
                place = min(max(1, place + len(reading.page.words[j].text)), len(text) - 1)
                if place > 0:
                    parted[boundary(text[place - 1], text[place])] += 1
    return {name: Tally(count, parted[name]) for name, count in sorted(seen.items())}


def _strays(aligned: _Aligned) -> list[Stray]:
    found = []
    for reading, pairings in aligned:
        words = reading.page.words
        for word in (words[j] for p in pairings if not p.true for j in p.read):
            x0, y0, x1, y1 = (round(edge, 3) for edge in word.box)
            x1, y1 = max(x1, x0 + _THIN), max(y1, y0 + _THIN)
            found.append(Stray(word.text, x0, y0, x1, y1, round(word.confidence, 3)))
    return sorted(Random(0).sample(found, min(len(found), _STRAYS)))  # noqa: S311


def _offsets(aligned: _Aligned) -> dict[str, list[tuple[float, float, float, float]]]:
    """Return how far the edges of words that were read alone lie from the true ones, in word heights."""
    by_shape: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    for reading, pairings in aligned:
        aspect = reading.page.height / reading.page.width
        for pairing in pairings:
            if len(pairing.true) == len(pairing.read) == 1:
                true, read = reading.true[pairing.true[0]], reading.page.words[pairing.read[0]]
                offset = _offset(true, read, aspect)
                if same_word(true.text, read.text) and max(map(abs, offset)) <= _FARTHEST:
                    by_shape[shape_of(true.text)].append(offset)
    by_shape["all"] = [row for rows in by_shape.values() for row in rows] or [(0.0, 0.0, 0.0, 0.0)]
    return {s: Random(0).sample(rows, min(len(rows), _ROWS)) for s, rows in sorted(by_shape.items())}  # noqa: S311


def same_word(true: str, read: str) -> bool:
    """Say whether two texts are surely one word; others may be two, and then their places tell nothing."""
    return Levenshtein.distance(true, read) * 3 <= len(true)


def _offset(true: Word, read: Word, aspect: float) -> tuple[float, float, float, float]:
    high = max(true.box.height, 1e-6)
    left, top, right, bottom = (after - before for before, after in zip(true.box, read.box, strict=True))
    wide = high * aspect
    return round(left / wide, 3), round(top / high, 3), round(right / wide, 3), round(bottom / high, 3)


def _confidences(reading: Reading, pairings: Sequence[Pairing]) -> dict[str, list[float]]:
    """Return the confidence of every letter in words read right and wrong; where lines are scored, in such lines."""
    values: dict[str, list[float]] = {"right": [], "wrong": []}
    words = reading.page.words
    wrong = {j for p in pairings if p.true for j in p.read if texts(reading, p)[0] != texts(reading, p)[1]}
    matched = sorted(j for p in pairings if p.true for j in p.read)
    for line in _scored_together(matched, words, reading.engine):
        kind = "wrong" if not wrong.isdisjoint(line) else "right"
        values[kind] += [words[j].confidence for j in line for _ in words[j].text]
    return values


def _scored_together(indexes: Sequence[int], words: Sequence[Word], engine: EngineName) -> Iterator[list[int]]:
    line: list[int] = []
    for j in indexes:
        same = engine is EngineName.RAPID and line and words[line[-1]].confidence == words[j].confidence
        if line and not same:
            yield line
            line = []
        line.append(j)
    if line:
        yield line


def _quantiles(values: Sequence[float]) -> list[float]:
    if len(values) < 2:
        return list(values) or [0.5]
    inner = quantiles(values, n=QUANTILES - 1, method="inclusive")
    return [round(value, 4) for value in (min(values), *inner, max(values))]
