"""The report's chapter of the documents that were read worst."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path

from training.evaluate.answers import Examined
from training.evaluate.report.cells import figure, shown, table
from training.evaluate.report.drawing import Picture, pictures, worst
from training.evaluate.verdicts import Verdict
from training.scoring.judge import Mistake

_MISTAKES = 25  # of one document


def worst_documents(documents: Sequence[Examined], folder: Path | None) -> str:
    """Return the chapter as HTML: each document's pages beside its list of mistakes."""
    chosen = worst(documents)
    if not chosen:
        return "<p>No document has a mistake.</p>"
    legend = (
        '<p>Boxes: <b class="better">right</b>, <b class="worse">wrong, or given where there should be nothing</b>, '
        '<b class="unjudged">not labelled</b>. What was missed has no box and stands in the list only.</p>'
    )
    return legend + "".join(_document(document, pictures(document, folder)) for document in chosen)


def _document(document: Examined, drawn: Sequence[Picture]) -> str:
    mistakes = document.judgement.mistakes
    rows = [
        (escape(m.name), shown(m.labelled), shown(m.predicted), figure(_confidence(document, m)))
        for m in mistakes[:_MISTAKES]
    ]
    more = f"<p>… and {len(mistakes) - _MISTAKES} more.</p>" if len(mistakes) > _MISTAKES else ""
    images = "".join(
        f'<figure><img alt="page {p.page}" src="data:image/png;base64,{b64encode(p.png).decode()}">'
        f"<figcaption>page {p.page}{'' if p.printed else ': only what was read, its file was not at hand'}"
        "</figcaption></figure>"
        for p in drawn
    )
    traits = " · ".join(f"{key} {value}" for key, value in document.traits.items())
    return (
        f"<article><h3>{escape(document.label.file)}</h3>"
        f'<p class="note">{escape(document.label.group)} · {escape(traits)} · {len(mistakes)} mistakes</p>'
        f'<div class="document"><div class="pages">{images or "<p>Nothing was read.</p>"}</div>'
        f"<div>{table(('what', 'label', 'predicted', 'confidence'), rows)}{more}</div></div></article>"
    )


def _confidence(document: Examined, mistake: Mistake) -> float | None:
    """Return how sure the extractor was of a wrong value, None where it gave none; rows are counted by the label in a
    mistake and as given in what was given, so cells are found by column and value."""
    if mistake.name == "kind":
        return document.kind_confidence if mistake.predicted else None
    column = mistake.name.rpartition(".")[2]
    found = (
        given.field.confidence
        for given in document.given
        if given.verdict in (Verdict.WRONG, Verdict.SURPLUS)
        and given.name.rpartition(".")[2] == column
        and given.field.value == mistake.predicted
    )
    return next(found, None)
