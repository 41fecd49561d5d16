"""Scores over many documents: micro (all values alike) and macro (the mean over layout groups, all layouts alike)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from pipeline.domain.vocabulary import HeaderField, LineColumn
from training.scoring.judge import Counts, Judgement, Mistake


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over all documents, and the mean over layout groups of each group's F1, None where there is none."""

    counts: Counts
    macro_precision: float | None
    macro_recall: float | None
    macro_f1: float | None


@dataclass(frozen=True, slots=True)
class GroupScore:
    """One layout group."""

    documents: int
    header: Counts
    rows: Counts
    kinds_right: int
    wholly_right: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything the report says. `header` pools all fields, `lines` counts whole rows, `columns` their cells.

    `unjudged` counts predicted values that the labels say nothing of.
    """

    documents: int
    unanswered: tuple[str, ...]
    header: Score
    fields: dict[str, Score]
    lines: Score
    columns: dict[str, Score]
    kinds_right: int
    headers_right: int
    wholly_right: int
    unjudged: int
    groups: dict[str, GroupScore]
    mistakes: tuple[Mistake, ...]


def tally(judgements: Sequence[Judgement]) -> Scores:
    """Add up the judgements of all documents."""
    by_group: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_group[judgement.group].append(judgement)
    groups = list(by_group.values())
    fields = _in_order(HeaderField, {name for j in judgements for name in j.fields})
    columns = _in_order(LineColumn, {name for j in judgements for name in j.columns})
    return Scores(
        documents=len(judgements),
        unanswered=tuple(j.file for j in judgements if not j.answered),
        header=_score(groups, _header),
        fields={name: _score(groups, _field(name)) for name in fields},
        lines=_score(groups, lambda j: j.rows),
        columns={name: _score(groups, _column(name)) for name in columns},
        kinds_right=sum(j.kind_right for j in judgements),
        headers_right=sum(j.fields_right for j in judgements),
        wholly_right=sum(j.wholly_right for j in judgements),
        unjudged=sum(j.unjudged for j in judgements),
        groups={name: _group(members) for name, members in sorted(by_group.items())},
        mistakes=tuple(m for j in judgements for m in j.mistakes),
    )


def _in_order(vocabulary: type[HeaderField] | type[LineColumn], names: set[str]) -> list[str]:
    known = [member.value for member in vocabulary]
    return [n for n in known if n in names] + sorted(names.difference(known))


def _header(judgement: Judgement) -> Counts:
    return _sum(judgement.fields.values())


def _field(name: str) -> Callable[[Judgement], Counts]:
    return lambda judgement: judgement.fields.get(name, Counts())


def _column(name: str) -> Callable[[Judgement], Counts]:
    return lambda judgement: judgement.columns.get(name, Counts())


def _sum(parts: Iterable[Counts]) -> Counts:
    total = Counts()
    for part in parts:
        total.add(part)
    return total


def _score(groups: Sequence[Sequence[Judgement]], counted: Callable[[Judgement], Counts]) -> Score:
    per_group = [_sum(counted(j) for j in members) for members in groups]
    return Score(
        counts=_sum(per_group),
        macro_precision=_mean(c.precision for c in per_group),
        macro_recall=_mean(c.recall for c in per_group),
        macro_f1=_mean(c.f1 for c in per_group),
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return fmean(known) if known else None


def _group(members: Sequence[Judgement]) -> GroupScore:
    return GroupScore(
        documents=len(members),
        header=_sum(_header(j) for j in members),
        rows=_sum(j.rows for j in members),
        kinds_right=sum(j.kind_right for j in members),
        wholly_right=sum(j.wholly_right for j in members),
    )
