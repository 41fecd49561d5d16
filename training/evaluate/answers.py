"""Predictions and labels, read and paired by `training.scoring.labels`, with what an evaluation needs beside it.

That is the evidence of every value, and what is known of the document: language, pages, where its words come from.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pipeline.domain.contract import from_json
from pipeline.domain.policy import Policy
from training.evaluate.verdicts import Answer, Given, best_answer, verdicts
from training.scoring.judge import Judgement, judge
from training.scoring.labels import FilesDoNotMatch, Label, Prediction, pair, read_labels, read_predictions

CRITICAL = frozenset(name.value for name in Policy().critical_fields)
"""The fields that the default policy lets no document pass with when they are unsure."""
UNANSWERED = "unanswered"
"""Where a document stands in slices by what its prediction states, when it has none."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One labelled document, what was said of it and what became of that.

    `traits` says what the document is, by the names of the slices: language, kind, words, pages, set and, where the
    prediction states it, quality.
    """

    label: Label
    answers: tuple[Answer, ...]
    judgement: Judgement
    given: tuple[Given, ...]
    traits: Mapping[str, str]
    kind_confidence: float

    @property
    def confidence(self) -> float | None:
        """The smallest confidence of the document's critical fields; None where none of them was read."""
        critical = [given.field.confidence for given in self.given if given.name in CRITICAL]
        return min(critical, default=None)

    @property
    def critical_right(self) -> bool:
        """Say whether kind and every judged critical field are right, none of them missing."""
        counts = (c for name, c in self.judgement.fields.items() if name in CRITICAL)
        return self.judgement.kind_right and all(c.wrong == c.missed == 0 for c in counts)


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents of one evaluation, in the labels' order, and predictions that no label is of."""

    documents: tuple[Examined, ...]
    strays: tuple[str, ...]

    @property
    def unanswered(self) -> tuple[str, ...]:
        return tuple(d.label.file for d in self.documents if not d.answers)


def read(predictions: Path, labels: Path, only: Sequence[str] = ()) -> Reading:
    """Return the labelled documents with what was predicted of them.

    `only` keeps labels whose path starts with one of these. Raises OSError where a file cannot be read, ValueError
    (FilesDoNotMatch among them), with what to do, where one is empty, misshapen or does not match the other.
    """
    known = list(zip(read_labels(labels), _objects(labels), strict=True))
    languages = {label.file: str(row.get("language") or "not stated") for label, row in known}
    wanted = [label for label, _ in known if not only or label.file.startswith(tuple(only))]
    if not wanted:
        folders = sorted({PurePath(label.file).parts[0] for label, _ in known})
        raise FilesDoNotMatch(
            f"{labels} has no document under {', '.join(only)}; --only may name {', '.join(folders)}."
            if known
            else f"{labels} is empty; name a file with one labelled document a line."
        )
    answers = _answers(predictions)
    if not answers:
        raise FilesDoNotMatch(
            f"{predictions} is empty; fill it with `bilag extract FILE… --ignore-einvoice --jsonl > {predictions}`."
        )
    answer_of = {id(answer.prediction): answer for answer in answers}
    try:
        pairing = pair(wanted, [answer.prediction for answer in answers])
    except FilesDoNotMatch as error:
        raise FilesDoNotMatch(
            f"{error} Paths are compared from their end: predict the files that {labels} names, by these names."
        ) from error
    documents = (_examined(label, [answer_of[id(p)] for p in found], languages) for label, found in pairing.pairs)
    return Reading(tuple(documents), pairing.strays)


def _answers(path: Path) -> list[Answer]:
    read_as_scored = read_predictions(path)
    return [_answer(prediction, row, path) for prediction, row in zip(read_as_scored, _objects(path), strict=True)]


def _answer(prediction: Prediction, row: Mapping[str, object], path: Path) -> Answer:
    if row.get("unreadable"):
        return Answer(prediction, None)
    try:
        extraction = from_json(row)
    except ValueError as error:
        raise ValueError(
            f"{path}: {prediction.file} is no object of the extraction contract ({error}) "
            "Make predictions with `bilag extract --jsonl` or `python -m training.baseline`."
        ) from error
    for name, confidence in _confidences(Answer(prediction, extraction)):
        if not 0 <= confidence <= 1:
            raise ValueError(f"{path}: {prediction.file}: the confidence of {name} is {confidence}, not from 0 to 1.")
    quality = row.get("quality")
    band = quality.get("band") if isinstance(quality, dict) else quality
    return Answer(prediction, extraction, str(band) if band else None)


def _confidences(answer: Answer) -> Iterator[tuple[str, float]]:
    if answer.extraction:
        yield "kind", answer.extraction.kind.confidence
    yield from ((name, field.confidence) for name, field in answer.fields.items())
    for j, row in enumerate(answer.lines):
        yield from ((f"lines[{j}].{column}", field.confidence) for column, field in row.items())


def _examined(label: Label, answers: Sequence[Answer], languages: Mapping[str, str]) -> Examined:
    best = answers[best_answer(label, answers)] if answers else None
    extraction = best.extraction if best else None
    traits = {"language": languages[label.file], "kind": label.kind, "set": _set(label.file)}
    traits["words"] = extraction.words_from.value if extraction else UNANSWERED
    traits["pages"] = page_count(extraction.pages) if extraction else UNANSWERED
    if best and best.quality:
        traits["quality"] = best.quality
    return Examined(
        label=label,
        answers=tuple(answers),
        judgement=judge(label, [answer.prediction for answer in answers]),
        given=verdicts(label, answers),
        traits=traits,
        kind_confidence=extraction.kind.confidence if extraction else 0.0,
    )


def page_count(pages: int) -> str:
    """Return the class of page counts: 1, 2–3, 4+; "none" for bare XML."""
    if pages == 0:
        return "none"
    return "1" if pages == 1 else "2–3" if pages <= 3 else "4+"


def _set(file: str) -> str:
    return PurePath(file).parts[0] if len(PurePath(file).parts) > 1 else "."


def _objects(path: Path) -> Iterator[Mapping[str, object]]:
    """Yield the objects of JSON lines that `training.scoring.labels` has found well formed."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
