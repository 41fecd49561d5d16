"""What is taken for what: words by the network, header values by whoever read the document."""

from collections import Counter
from collections.abc import Iterable

from models.label_scheme import OUTSIDE, TAGS
from models.scores import Scores
from training.dataset.record import LabelledDocument
from training.evaluate.answers import Examined
from training.evaluate.verdicts import Verdict
from training.scoring.normalise import same_value

Confusion = Counter[tuple[str, str]]
"""How often something of the first name was taken for the second; equal names are what is right."""
NOWHERE = "no field"
"""Where a value comes from that the label states of no field."""


def confused_words(scored: Iterable[tuple[LabelledDocument, Scores]]) -> Confusion:
    """Count the words of documents by the span that they belong to and the one of their likeliest tag.

    Words that belong to none are `models.label_scheme.OUTSIDE`; those whose label is unknown are left out. Raises
    ValueError where scores are of other words.
    """
    counted: Confusion = Counter()
    for document, scores in scored:
        taken = [TAGS[best] for best in scores.tags.argmax(1).tolist()]
        for tag, read in zip(document.tags, taken, strict=True):
            if tag is not None:
                counted[_span(tag), _span(read)] += 1
    return counted


def confused_values(documents: Iterable[Examined]) -> Confusion:
    """Count wrong header values by the field of whose label they say the same, and the field they were given as.

    Values are compared as they are scored, by the rule of the field they come from; of several fields that say the same
    the first in the label counts.
    """
    counted: Confusion = Counter()
    for document in documents:
        for given in document.given:
            if given.verdict is Verdict.WRONG and not given.in_row:
                others = {name: value for name, value in document.label.fields.items() if name != given.name}
                saying = (name for name, value in others.items() if same_value(name, value, given.field.value))
                counted[next(saying, NOWHERE), given.name] += 1
    return counted


def _span(tag: str) -> str:
    return OUTSIDE if tag == OUTSIDE else tag[2:]
