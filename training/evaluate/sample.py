"""Documents added up per layout group, as arrays, so that a thousand resamplings are a matrix product."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.domain.vocabulary import HeaderField, LineColumn
from training.evaluate.answers import Examined
from training.evaluate.bootstrap import Floats
from training.evaluate.verdicts import Given, Verdict
from training.scoring.judge import Counts, Judgement


@dataclass(frozen=True, slots=True)
class Tallies:
    """Right, wrongly given and missed in each group [groups]."""

    right: Floats
    wrong: Floats
    missed: Floats


@dataclass(frozen=True, slots=True)
class Pool:
    """Judged answers with their confidence: `confidence` and `right` (0 or 1) [answers], `group` its place [answers].

    `asked` counts in each group [groups] what there was to answer: labelled values, given or not, and values wrongly
    given where the label has none.
    """

    confidence: Floats
    right: Floats
    group: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    asked: Floats


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything that is counted of some documents; arrays go by the groups, in the order of `groups`."""

    groups: tuple[str, ...]
    documents: Floats
    kinds_right: Floats
    headers_right: Floats
    wholly_right: Floats
    header: Tallies
    fields: dict[str, Tallies]
    rows: Tallies
    cells: Tallies
    columns: dict[str, Tallies]
    given_fields: Pool
    given_cells: Pool
    given_kinds: Pool
    given_documents: Pool


def sample_of(documents: Sequence[Examined]) -> Sample:
    """Add up the documents."""
    groups = tuple(sorted({d.label.group for d in documents}))
    place = {name: i for i, name in enumerate(groups)}
    where = np.array([place[d.label.group] for d in documents], dtype=np.int64)
    judged = [d.judgement for d in documents]

    def shares(said: Callable[[Judgement], float]) -> Floats:
        return np.bincount(where, [said(j) for j in judged], len(groups)).astype(np.float64)

    def tallies(counted: Callable[[Judgement], Iterable[Counts]]) -> Tallies:
        parts = [list(counted(j)) for j in judged]
        right, wrong, missed = (
            np.bincount(where, [sum(getattr(c, part) for c in p) for p in parts], len(groups)).astype(np.float64)
            for part in ("right", "wrong", "missed")
        )
        return Tallies(right, wrong, missed)

    def one(kept: str, name: str) -> Tallies:
        return tallies(lambda j: [c for n, c in getattr(j, kept).items() if n == name])

    header, cells = tallies(lambda j: j.fields.values()), tallies(lambda j: j.columns.values())
    return Sample(
        groups=groups,
        documents=shares(lambda _: 1),
        kinds_right=shares(lambda j: j.kind_right),
        headers_right=shares(lambda j: j.fields_right),
        wholly_right=shares(lambda j: j.wholly_right),
        header=header,
        fields={name: one("fields", name) for name in _ordered({n for j in judged for n in j.fields})},
        rows=tallies(lambda j: [j.rows]),
        cells=cells,
        columns={name: one("columns", name) for name in _ordered({n for j in judged for n in j.columns})},
        given_fields=_values(documents, where, header, in_row=False),
        given_cells=_values(documents, where, cells, in_row=True),
        given_kinds=_pool(
            [
                (d.kind_confidence, d.judgement.kind_right, at)
                for d, at in zip(documents, where, strict=True)
                if d.answers
            ],
            shares(lambda _: 1),
        ),
        given_documents=_pool(
            [
                (confidence, d.critical_right, at)
                for d, at in zip(documents, where, strict=True)
                if (confidence := d.confidence) is not None
            ],
            shares(lambda _: 1),
        ),
    )


def _ordered(names: set[str]) -> list[str]:
    """Return names in the vocabulary's order, others after them."""
    known = [*(f.value for f in HeaderField), *(c.value for c in LineColumn)]
    return [name for name in known if name in names] + sorted(names.difference(known))


def judged_values(documents: Iterable[Examined], *, in_row: bool) -> list[Given]:
    """Return the header values, or the line cells, that a label speaks of."""
    return [g for d in documents for g in d.given if g.in_row == in_row and g.verdict is not Verdict.UNJUDGED]


def _values(documents: Sequence[Examined], where: Iterable[int], tallies: Tallies, *, in_row: bool) -> Pool:
    answers = [(g, at) for d, at in zip(documents, where, strict=True) for g in judged_values([d], in_row=in_row)]
    asked = tallies.right + tallies.missed
    for given, at in answers:
        asked[at] += given.verdict is Verdict.SURPLUS
    return _pool([(g.field.confidence, g.verdict is Verdict.RIGHT, at) for g, at in answers], asked)


def _pool(answers: Sequence[tuple[float, bool, int]], asked: Floats) -> Pool:
    return Pool(
        confidence=np.array([confidence for confidence, _, _ in answers], dtype=np.float64),
        right=np.array([right for _, right, _ in answers], dtype=np.float64),
        group=np.array([at for _, _, at in answers], dtype=np.int64),
        asked=asked,
    )
