"""The whole evaluation of one extractor, and of it beside another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from training.evaluate.answers import Examined, Reading
from training.evaluate.bootstrap import DRAWS, SEED, Difference, Estimate, Floats, difference, draw, estimate
from training.evaluate.calibration import RISKS, Bin, Curve, reliability, risk_coverage, threshold
from training.evaluate.measures import f1, measures, pools
from training.evaluate.sample import Sample, Tallies, judged_values, sample_of
from training.scoring.tally import Scores, tally

SLICES = {
    "language": "Language",
    "kind": "Kind",
    "quality": "Quality of the words",
    "words": "Words from",
    "pages": "Pages",
    "set": "Set",
}
"""What documents are parted by, beside their layout groups."""
SLICED = (
    "header_f1",
    "header_macro_f1",
    "rows_f1",
    "kinds_accuracy",
    "wholly_right",
    "touchless_fields_risk_1",
    "ece_fields",
)
"""The figures that are told of every slice."""
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the documents and how they did."""

    documents: int
    groups: int
    estimates: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Doubt:
    """How sure an extractor is of one kind of answer, against how right it is.

    `thresholds` gives, by risk, the least confidence that is kept; None where none holds the risk.
    """

    title: str
    reliability: tuple[Bin, ...]
    curve: Curve
    thresholds: Mapping[float, float | None]


@dataclass(frozen=True, slots=True)
class Versus:
    """Another extractor on the same documents; differences are ours less theirs, by name of measure, field or column.

    Names are those of `Evaluation.estimates`, or `field.iban`, `column.quantity`.
    """

    estimates: Mapping[str, Estimate]
    differences: Mapping[str, Difference]
    curves: Mapping[str, Curve]
    unanswered: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that is told; `parts` are F1 of single fields and columns, `confidences` what was given on average."""

    reading: Reading
    scores: Scores
    draws: int
    titles: Mapping[str, str]
    lower_is_better: frozenset[str]
    estimates: Mapping[str, Estimate]
    parts: Mapping[str, Estimate]
    confidences: Mapping[str, float]
    doubts: Mapping[str, Doubt]
    slices: Mapping[str, Mapping[str, Slice]]
    layouts: Mapping[str, Slice]
    against: Versus | None = None


def evaluate(reading: Reading, against: Reading | None = None, *, draws: int = DRAWS, seed: int = SEED) -> Evaluation:
    """Measure what was read; `against` are another extractor's answers to the same labels."""
    documents = reading.documents
    sample = sample_of(documents)
    drawn = draw(len(sample.groups), draws, seed)
    every = measures(sample)
    return Evaluation(
        reading=reading,
        scores=tally([d.judgement for d in documents]),
        draws=draws,
        titles={name: measure.title for name, measure in every.items()},
        lower_is_better=frozenset(name for name, measure in every.items() if measure.lower_is_better),
        estimates={name: estimate(measure.of, drawn) for name, measure in every.items()},
        parts={name: estimate(f1(tallies), drawn) for name, tallies in _parts(sample).items()},
        confidences=_confidences(documents),
        doubts=_doubts(sample, drawn),
        slices=_slices(documents, draws, seed),
        layouts={name: _slice([d for d in documents if d.label.group == name], 0, seed) for name in sample.groups},
        against=_versus(sample, against, drawn) if against else None,
    )


def _parts(sample: Sample) -> dict[str, Tallies]:
    fields = {f"field.{name}": tallies for name, tallies in sample.fields.items()}
    return fields | {f"column.{name}": tallies for name, tallies in sample.columns.items()}


def _confidences(documents: Sequence[Examined]) -> dict[str, float]:
    """Return the mean confidence of the judged values of each field and column."""
    found: dict[str, list[float]] = defaultdict(list)
    for in_row, prefix in ((False, "field"), (True, "column")):
        for given in judged_values(documents, in_row=in_row):
            found[f"{prefix}.{given.name.rpartition('.')[2]}"].append(given.field.confidence)
    return {name: fmean(values) for name, values in found.items()}


def _doubts(sample: Sample, drawn: Floats) -> dict[str, Doubt]:
    return {
        name: Doubt(
            title,
            reliability(pool, drawn),
            risk_coverage(pool, drawn),
            {risk: threshold(pool, risk) for risk in RISKS},
        )
        for name, title, pool in pools(sample)
    }


def _slices(documents: Sequence[Examined], draws: int, seed: int) -> dict[str, dict[str, Slice]]:
    found: dict[str, dict[str, Slice]] = {}
    for name in SLICES:
        parts: dict[str, list[Examined]] = defaultdict(list)
        for document in documents:
            parts[document.traits.get(name, NOT_STATED)].append(document)
        if set(parts) != {NOT_STATED}:
            found[name] = {value: _slice(parts[value], draws, seed) for value in sorted(parts)}
    return found


def _slice(documents: Sequence[Examined], draws: int, seed: int) -> Slice:
    sample = sample_of(documents)
    drawn = draw(len(sample.groups), draws, seed)
    every = measures(sample)
    return Slice(len(documents), len(sample.groups), {name: estimate(every[name].of, drawn) for name in SLICED})


def _versus(sample: Sample, against: Reading, drawn: Floats) -> Versus:
    other = sample_of(against.documents)
    if other.groups != sample.groups:
        raise ValueError("Two extractors can be compared on the same labels only.")
    ours = {name: m.of for name, m in measures(sample).items()} | {n: f1(t) for n, t in _parts(sample).items()}
    theirs = {name: m.of for name, m in measures(other).items()} | {n: f1(t) for n, t in _parts(other).items()}
    shared = [name for name in ours if name in theirs]
    return Versus(
        estimates={name: estimate(theirs[name], drawn) for name in shared},
        differences={name: difference(ours[name], theirs[name], drawn) for name in shared},
        curves={name: risk_coverage(pool, drawn[:0]) for name, _, pool in pools(other)},
        unanswered=len(against.unanswered),
    )
