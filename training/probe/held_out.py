"""Generated documents that are not learnt from: how well the probe reads what is like its training data.

The distance between these figures and those on documents of other makers is what the generator lacks; where these are
low themselves, the probe had too little time.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from pipeline.domain.document import Document, TextQuality
from pipeline.domain.extraction import Extraction
from training.dataset.record import LabelledDocument
from training.dataset.shards import read_shards
from training.probe.fields.extractor import ProbeExtractor
from training.scoring.judge import judge
from training.scoring.labels import Label, Prediction
from training.scoring.tally import Scores, tally

_ONE_IN, _MOST = 50, 100


def is_held_out(number: int) -> bool:
    """Say whether the document of that place in the shards (from 0) is kept from training."""
    return number % _ONE_IN == 0 and number < _ONE_IN * _MOST


def held_out(documents: Iterable[LabelledDocument]) -> Iterator[LabelledDocument]:
    """Yield the documents that are kept from training."""
    for number, document in enumerate(islice(documents, _ONE_IN * _MOST)):
        if is_held_out(number):
            yield document


def score_held_out(probe: Path, shards: Sequence[Path]) -> Scores:
    """Read the held-out documents with a probe and score every field that they state."""
    extractor = ProbeExtractor(probe)
    judged = []
    for labelled in held_out(read_shards(shards)):
        said = extractor.extract(_unlabelled(labelled))
        label = Label(labelled.id, labelled.kind, labelled.language, labelled.fields, labelled.lines)
        judged.append(judge(label, [_prediction(said)]))
    return tally(judged)


def _unlabelled(labelled: LabelledDocument) -> Document:
    quality = TextQuality(labelled.quality, 1.0, 0.0)
    return Document(labelled.id, "", labelled.pages, labelled.words_from, quality, last_page=len(labelled.pages))


def _prediction(said: Extraction) -> Prediction:
    fields = {name.value: field.value for name, field in said.fields.items()}
    lines = tuple({column.value: cell.value for column, cell in line.items()} for line in said.lines)
    return Prediction(said.file, said.kind.value, fields, lines)
