"""One document against its label: what is right, wrong and missing, field by field and row by row.

Labels are incomplete, so a field that the label does not state counts neither way (it is counted as unjudged); a wrong
value counts twice, as one that was wrongly given and as one that was missed. Lines are judged where the label has any.
Values that the page does not show are left out where it was the page that was read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from training.scoring.assignment import best_assignment
from training.scoring.labels import ROW_COLUMNS, Label, Prediction
from training.scoring.normalise import same_value


@dataclass(slots=True)
class Counts:
    """Right, wrongly given, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: "Counts") -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where nothing was labelled and nothing given."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


@dataclass(frozen=True, slots=True)
class Mistake:
    """One disagreement: `name` is a field, `kind`, or `lines[2].quantity`; None is a value not stated."""

    file: str
    name: str
    labelled: str | None
    predicted: str | None


@dataclass(slots=True)
class Judgement:
    """All counts of one document; `rows` counts whole line items, `columns` their cells."""

    file: str
    group: str
    answered: bool
    kind_right: bool = False
    fields: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    columns: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    rows: Counts = field(default_factory=Counts)
    unjudged: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def fields_right(self) -> bool:
        """Say whether every judged header field is right."""
        return all(c.wrong == c.missed == 0 for c in self.fields.values())

    @property
    def wholly_right(self) -> bool:
        """Say whether kind, every judged field and every row are right."""
        return self.kind_right and self.fields_right and self.rows.wrong == self.rows.missed == 0


def judge(label: Label, predictions: Sequence[Prediction]) -> Judgement:
    """Judge a document by the prediction that agrees best with its label; all that others of the same file state of
    labelled fields and lines counts as wrongly given."""
    if not predictions:
        return _judge_one(label, Prediction(label.file, None, {}, ()), answered=False)
    judged = [_judge_one(label, p) for p in predictions]
    best = max(range(len(judged)), key=lambda i: (_agreement(judged[i]), -i))
    for i, surplus in enumerate(predictions):
        if i != best:
            _count_surplus(judged[best], label, surplus)
    return judged[best]


def _agreement(judgement: Judgement) -> int:
    parts = (*judgement.fields.values(), *judgement.columns.values())
    return sum(c.right for c in parts)


def _judge_one(label: Label, prediction: Prediction, *, answered: bool = True) -> Judgement:
    judgement = Judgement(label.file, label.group, answered, kind_right=label.kind == prediction.kind)
    if not judgement.kind_right:
        judgement.mistakes.append(Mistake(label.file, "kind", label.kind, prediction.kind))
    hidden = frozenset[str]() if prediction.from_einvoice else label.hidden
    any_sign = _either_sign(label, prediction)
    for name, labelled in label.fields.items():
        if name not in hidden:
            _count_value(judgement, name, labelled, prediction.fields.get(name), any_sign=any_sign)
    judgement.unjudged = sum(name not in label.fields for name in prediction.fields)
    if label.lines:
        _judge_lines(judgement, label, prediction, hidden, any_sign=any_sign)
    return judgement


def _either_sign(label: Label, prediction: Prediction) -> bool:
    """Say whether signs mean nothing: a credit note states positive or negative amounts, and one labelled as an invoice
    of negative amounts says the same as a credit note of positive ones."""
    negative = any(v.startswith("-") for name in ("gross_total", "net_total") if (v := label.fields.get(name)))
    return label.kind == "credit_note" or (negative and prediction.kind == "credit_note")


def _count_value(judgement: Judgement, name: str, labelled: str, predicted: str | None, *, any_sign: bool) -> None:
    counts = judgement.fields[name]
    if predicted is not None and same_value(name, labelled, predicted, any_sign=any_sign):
        counts.right += 1
        return
    counts.missed += 1
    counts.wrong += predicted is not None
    judgement.mistakes.append(Mistake(judgement.file, name, labelled, predicted))


def _judge_lines(
    judgement: Judgement, label: Label, prediction: Prediction, hidden: frozenset[str], *, any_sign: bool
) -> None:
    labelled_columns = {column for line in label.lines for column in line}
    columns = [c for c in sorted(labelled_columns) if f"lines.{c}" not in hidden]
    agree = [[_agreeing(a, b, columns, any_sign=any_sign) for b in prediction.lines] for a in label.lines]
    pairs = best_assignment([[_gain(cells) for cells in row] for row in agree])
    for i, j in pairs:
        _count_pair(judgement, i, label.lines[i], prediction.lines[j], agree[i][j])
    matched, used = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, line in enumerate(label.lines):
        if i not in matched:
            _count_lost_row(judgement, i, line, columns)
    for j, line in enumerate(prediction.lines):
        if j not in used:
            _count_extra_row(judgement, line, columns)


def _agreeing(
    labelled: Mapping[str, str], predicted: Mapping[str, str], columns: Sequence[str], *, any_sign: bool
) -> dict[str, bool]:
    """Say for each labelled column of a row whether the predicted row agrees."""
    return {
        c: c in predicted and same_value(c, labelled[c], predicted[c], any_sign=any_sign)
        for c in columns
        if c in labelled
    }


def _gain(agreeing: Mapping[str, bool]) -> float:
    """Prefer pairs that are wholly right to such that agree in more cells altogether."""
    return sum(agreeing.values()) + (0.5 if _row_right(agreeing) else 0.0)


def _row_right(agreeing: Mapping[str, bool]) -> bool:
    compared = [right for column, right in agreeing.items() if column in ROW_COLUMNS]
    return bool(compared) and all(compared)


def _count_pair(
    judgement: Judgement,
    i: int,
    labelled: Mapping[str, str],
    predicted: Mapping[str, str],
    agreeing: Mapping[str, bool],
) -> None:
    whole = _row_right(agreeing)
    judgement.rows.add(Counts(right=whole, wrong=not whole, missed=not whole))
    for column, right in agreeing.items():
        given = column in predicted
        judgement.columns[column].add(Counts(right=right, wrong=given and not right, missed=not right))
        if not right:
            name = f"lines[{i}].{column}"
            judgement.mistakes.append(Mistake(judgement.file, name, labelled[column], predicted.get(column)))


def _count_lost_row(judgement: Judgement, i: int, labelled: Mapping[str, str], columns: Sequence[str]) -> None:
    judgement.rows.missed += 1
    for column in columns:
        judgement.columns[column].missed += column in labelled
    judgement.mistakes.append(Mistake(judgement.file, f"lines[{i}]", _row_text(labelled), None))


def _count_extra_row(judgement: Judgement, predicted: Mapping[str, str], columns: Sequence[str]) -> None:
    judgement.rows.wrong += 1
    for column in columns:
        judgement.columns[column].wrong += column in predicted
    judgement.mistakes.append(Mistake(judgement.file, "lines", None, _row_text(predicted)))


def _row_text(line: Mapping[str, str]) -> str:
    return " · ".join(line[c] for c in ROW_COLUMNS if c in line)


def _count_surplus(judgement: Judgement, label: Label, surplus: Prediction) -> None:
    """Count a second document, read where the label knows only one, as wrongly given."""
    for name in label.fields:
        if name in surplus.fields:
            judgement.fields[name].wrong += 1
            judgement.mistakes.append(Mistake(label.file, name, None, surplus.fields[name]))
    if label.lines:
        columns = sorted({column for line in label.lines for column in line})
        for line in surplus.lines:
            _count_extra_row(judgement, line, columns)
