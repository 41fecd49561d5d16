"""What spoke for every value that was read, and whether it is right: the rows that a calibration is fitted on."""

from collections.abc import Iterator, Sequence

from models.calibrated import name_of
from models.decode.decode import Decoded
from pipeline.domain.contract import to_json
from pipeline.domain.document import QualityBand
from training.calibrate.rows import Judged
from training.evaluate.verdicts import Answer, Verdict, best_answer, verdicts
from training.scoring.labels import Label, Prediction


def judged(label: Label, band: QualityBand, read: Sequence[Decoded], *, complete: bool) -> Iterator[Judged]:
    """Yield every value of a document that its label can judge, and the kind.

    Where labels are `complete`, a value that they do not state is wrong; else it is left out.
    """
    if not read:
        return
    answers = [Answer(prediction_of(one), one.extraction) for one in read]
    best = read[best_answer(label, answers)]
    kind = best.extraction.kind.value
    if (evidence := best.evidence.get("kind")) is not None:
        yield Judged(label.file, label.group, "kind", band, evidence, kind == label.kind)
    for given in verdicts(label, [answers[read.index(best)]]):
        key = given.name.replace("[", ".").replace("]", "")
        evidence = best.evidence.get(key)
        known = given.verdict is not Verdict.UNJUDGED or complete
        if evidence is not None and known:
            yield Judged(label.file, label.group, name_of(key), band, evidence, given.verdict is Verdict.RIGHT)


def prediction_of(read: Decoded) -> Prediction:
    """Return what was read as scoring takes it."""
    said = read.extraction
    fields = {name.value: field.value for name, field in said.fields.items()}
    lines = tuple({column.value: cell.value for column, cell in line.items()} for line in said.lines)
    return Prediction(said.file, said.kind.value, fields, lines)


def contract_of(read: Decoded, band: QualityBand) -> dict[str, object]:
    """Return the object of the extraction contract, with the text's quality band beside it for slices."""
    return {**to_json(read.extraction), "quality": band.value}
