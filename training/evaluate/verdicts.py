"""Which of the values that an extractor gave are right: the counts of `training.scoring.judge`, value by value.

Nothing is matched here anew. Every question is put to `judge`: a whole document, and for the rows one labelled and one
given row at a time, assigned to each other as `judge` assigns them. So the values that are right or wrong here add up
to what `judge` counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.domain.extraction import Extraction, Field, LineItem
from training.scoring.assignment import best_assignment
from training.scoring.judge import Judgement, judge
from training.scoring.labels import Label, Prediction

_WHOLE_ROW = 0.5  # what `judge` adds to the cells that agree where a row is wholly right


class Verdict(StrEnum):
    """What became of a value: `SURPLUS` was given where the label has nothing to hold it against and should have."""

    RIGHT = "right"
    WRONG = "wrong"
    SURPLUS = "surplus"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one document: as the scorer reads it and with its evidence (None for an unreadable file).

    `quality` is the band of its words, where the prediction states it.
    """

    prediction: Prediction
    extraction: Extraction | None
    quality: str | None = None

    @property
    def fields(self) -> Mapping[str, Field]:
        return {name.value: field for name, field in self.extraction.fields.items()} if self.extraction else {}

    @property
    def lines(self) -> Sequence[LineItem]:
        return self.extraction.lines if self.extraction else ()


@dataclass(frozen=True, slots=True)
class Given:
    """A given value and its verdict. `name` is a header field or `lines[2].quantity`, rows as given, from 0."""

    name: str
    field: Field
    verdict: Verdict

    @property
    def in_row(self) -> bool:
        return self.name.startswith("lines[")


def best_answer(label: Label, answers: Sequence[Answer]) -> int:
    """Return which of several answers of a file agrees best with its label; the same as `judge` goes by."""
    alone = [judge(label, [answer.prediction]) for answer in answers]
    return max(range(len(alone)), key=lambda i: (_cells_right(alone[i]), -i))


def verdicts(label: Label, answers: Sequence[Answer]) -> tuple[Given, ...]:
    """Return every header value and line cell that was given, with its verdict."""
    if not answers:
        return ()
    best = best_answer(label, answers)
    given = [*_header(label, answers[best]), *_rows(label, answers[best])]
    for i, answer in enumerate(answers):
        if i != best:
            given += _of_surplus_document(label, answer)
    return tuple(given)


def _cells_right(judgement: Judgement) -> int:
    return sum(counts.right for counts in (*judgement.fields.values(), *judgement.columns.values()))


def _header(label: Label, answer: Answer) -> Iterator[Given]:
    judged = judge(label, [answer.prediction]).fields
    for name, field in answer.fields.items():
        if name in answer.prediction.fields and name in judged:
            yield Given(name, field, Verdict.RIGHT if judged[name].right else Verdict.WRONG)
        else:
            yield Given(name, field, Verdict.UNJUDGED)


def _rows(label: Label, answer: Answer) -> Iterator[Given]:
    columns = judge(label, [answer.prediction]).columns
    partners = _partners(label, answer.prediction)
    for j, row in enumerate(answer.lines):
        pair = partners.get(j)
        for column, field in row.items():
            verdict = Verdict.UNJUDGED
            if pair is not None and column in pair.columns:
                verdict = Verdict.RIGHT if pair.columns[column].right else Verdict.WRONG
            elif pair is None and column in columns:
                verdict = Verdict.SURPLUS
            yield Given(f"lines[{j}].{column.value}", field, verdict)


def _partners(label: Label, prediction: Prediction) -> dict[int, Judgement]:
    """Return for each given row that has a labelled partner how the two agree."""
    agree = [
        [judge(replace(label, lines=(labelled,)), [replace(prediction, lines=(given,))]) for given in prediction.lines]
        for labelled in label.lines
    ]
    pairs = best_assignment([[_gain(pair) for pair in row] for row in agree])
    return {j: agree[i][j] for i, j in pairs}


def _gain(pair: Judgement) -> float:
    agreeing = sum(counts.right for counts in pair.columns.values())
    return agreeing + (_WHOLE_ROW if pair.rows.right else 0.0)


def _of_surplus_document(label: Label, answer: Answer) -> Iterator[Given]:
    """Yield the values of a second document, read where the label knows only one."""
    for name, field in answer.fields.items():
        yield Given(name, field, Verdict.SURPLUS if name in label.fields else Verdict.UNJUDGED)
    columns = {column for line in label.lines for column in line}
    for j, row in enumerate(answer.lines):
        for column, field in row.items():
            verdict = Verdict.SURPLUS if column in columns else Verdict.UNJUDGED
            yield Given(f"lines[{j}].{column.value}", field, verdict)
