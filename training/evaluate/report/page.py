"""The report: one HTML page that needs nothing but itself."""

from collections import Counter
from collections.abc import Mapping
from html import escape
from pathlib import Path

from training.evaluate.answers import Examined
from training.evaluate.bootstrap import LEVEL, Estimate
from training.evaluate.calibration import BINS, RISKS
from training.evaluate.evaluation import SLICED, SLICES, Evaluation, Slice, Versus
from training.evaluate.measures import risk_name
from training.evaluate.report.cells import NONE, between, figure, ranged, signed, table
from training.evaluate.report.charts import BAR_START, interval_bar, reliability_chart, risk_chart
from training.evaluate.report.style import STYLE
from training.evaluate.report.worst import worst_documents
from training.scoring.judge import Counts, Mistake
from training.scoring.tally import Score

REPORT = "report.html"
_BAR = f"F1, {BAR_START:g} to 1"
_CARDS = (
    ("header_f1", "Header F1", "all values alike"),
    ("header_macro_f1", "Header F1, macro", "all layouts alike"),
    ("rows_f1", "Rows F1", "whole line items"),
    ("kinds_accuracy", "Kinds right", "share of documents"),
    ("wholly_right", "Wholly right", "kind, header and all rows"),
    ("touchless_fields_risk_1", "Touchless values", "of header values, at 1 % risk"),
    ("touchless_documents_risk_1", "Touchless documents", "of documents, at 1 % risk"),
    ("ece_fields", "Calibration error", "of header values; less is better"),
)
_MATCHING = """
<li>A value is right when it says exactly what the label says, after normalising: amounts as numbers, dates as ISO
dates, identifiers without blanks, punctuation and case, names without legal forms; addresses, terms and descriptions
nearly (similarity of 80 of 100).</li>
<li>A wrong value counts as wrongly given and as missed. What the label does not state counts neither way, nor what the
page does not show. The sign of credit notes is no matter.</li>
<li>Rows are paired so that most agrees; a row is right when its labelled description, quantity, unit price and net
amount are.</li>
<li>Micro counts every value alike; macro is the mean over layout groups.</li>
<li>Touchless is the largest share of all that was asked for (labelled values, found or not) that a confidence threshold
keeps with at most that share of errors among what is kept.</li>
"""
_SHORT = {
    "header_f1": "header F1",
    "header_macro_f1": "macro",
    "rows_f1": "rows F1",
    "kinds_accuracy": "kinds",
    "wholly_right": "wholly right",
    "touchless_fields_risk_1": "touchless 1 %",
    "ece_fields": "ECE",
}


def write_report(evaluation: Evaluation, folder: Path, documents: Path | None = None) -> Path:
    """Write `report.html` into `folder` and return its path; `documents` holds the files, for the worst to be drawn."""
    path = folder / REPORT
    path.write_text(to_html(evaluation, documents), encoding="utf-8")
    return path


def to_html(evaluation: Evaluation, documents: Path | None = None) -> str:
    """Return the whole page."""
    chapters = [
        ("figures", "Figures", _figures(evaluation)),
        ("fields", "Fields and lines", _fields(evaluation)),
        ("kinds", "Kinds", _kinds(evaluation)),
        ("confidence", "Confidence", _confidence(evaluation)),
        ("slices", "Slices", _slices(evaluation)),
        ("layouts", "Layout groups", _layouts(evaluation)),
        ("worst", "Worst documents", worst_documents(evaluation.reading.documents, documents)),
        ("rules", "How this is measured", _rules(evaluation)),
    ]
    if evaluation.against:
        chapters.insert(1, ("beside", "Beside the other extractor", _beside(evaluation, evaluation.against)))
    name = escape(_model(evaluation))
    links = "".join(f'<a href="#{key}">{title}</a>' for key, title, _ in chapters)
    body = "".join(f'<section id="{key}"><h2>{title}</h2>{content}</section>' for key, title, content in chapters)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Evaluation of {name}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><header><h1>Evaluation of {name}</h1><p>{_summary(evaluation)}</p><nav>{links}</nav></header>"
        f"<main>{body}</main></body></html>\n"
    )


def _model(evaluation: Evaluation) -> str:
    answers = (a.extraction for d in evaluation.reading.documents for a in d.answers)
    names = {f"{e.model.name} {e.model.version}" for e in answers if e}
    return ", ".join(sorted(names)) or "an extractor without answers"


def _summary(evaluation: Evaluation) -> str:
    scores = evaluation.scores
    parts = [f"{scores.documents} documents in {len(scores.groups)} layout groups"]
    if scores.unanswered:
        parts.append(f"{len(scores.unanswered)} without a prediction, counted as missed")
    if evaluation.reading.strays:
        parts.append(f"{len(evaluation.reading.strays)} predictions without a label, left out")
    return "; ".join(parts) + "."


def _figures(evaluation: Evaluation) -> str:
    cards = (
        f'<div class="card"><h3>{title}</h3><p class="value">{figure(evaluation.estimates[name].value)}</p>'
        f'<p class="interval">{between(evaluation.estimates[name])}</p><p class="note">{note}</p></div>'
        for name, title, note in _CARDS
    )
    return f'<div class="cards">{"".join(cards)}</div>'


def _beside(evaluation: Evaluation, versus: Versus) -> str:
    rows = []
    for name, theirs in versus.estimates.items():
        title = evaluation.titles.get(name) or name.replace(".", " ")
        lead = versus.differences[name]
        good = "" if lead.estimate.low is None or lead.estimate.high is None else _side(evaluation, name, lead.estimate)
        won = NONE if lead.larger_in is None else f"{lead.larger_in:.0%}"
        ours = evaluation.estimates.get(name) or evaluation.parts[name]
        cells = (ranged(ours), ranged(theirs), f'<span class="{good}">{signed(lead.estimate)}</span>', won)
        rows.append((escape(title), *cells))
    note = (
        "<p>Paired: both are scored on the same draws of layout groups. Coloured where the interval of the difference "
        "leaves out nought. The last column is the share of draws in which this extractor's figure is the larger.</p>"
    )
    if versus.unanswered:
        note += f'<p class="warning">The other left {versus.unanswered} documents without a prediction.</p>'
    return note + table(("measure", "this", "other", "difference", "larger in"), rows)


def _side(evaluation: Evaluation, name: str, lead: Estimate) -> str:
    low, high = lead.low or 0.0, lead.high or 0.0
    if low <= 0 <= high:
        return ""
    return "better" if (low > 0) != (name in evaluation.lower_is_better) else "worse"


def _fields(evaluation: Evaluation) -> str:
    scores = evaluation.scores
    rows = [_field_row(evaluation, "field.", name, score) for name, score in scores.fields.items()]
    rows.append(_total_row("all header fields", scores.header, evaluation.estimates["header_f1"]))
    columns = [_field_row(evaluation, "column.", name, score) for name, score in scores.columns.items()]
    columns.append(_total_row("whole rows", scores.lines, evaluation.estimates["rows_f1"]))
    heads = ("", "labelled", "right", "wrong", "missed", "precision", "recall", "F1", _BAR, "macro F1", "confidence")
    return (
        f"<p>{scores.unjudged} given values of which the labels say nothing are not counted. Confidence is the mean of "
        "what was given; calibrated, it equals precision.</p>"
        f"<h3>Header fields</h3>{table(heads, rows)}<h3>Line columns</h3>{table(heads, columns)}"
    )


def _field_row(evaluation: Evaluation, prefix: str, name: str, score: Score) -> tuple[str, ...]:
    row = _total_row(name, score, evaluation.parts[prefix + name])
    return *row[:-1], figure(evaluation.confidences.get(prefix + name))


def _total_row(name: str, score: Score, f1: Estimate) -> tuple[str, ...]:
    c: Counts = score.counts
    counts = (str(n) for n in (c.right + c.missed, c.right, c.wrong, c.missed))
    figures = (figure(c.precision), figure(c.recall), ranged(f1), interval_bar(f1), figure(score.macro_f1))
    return escape(name), *counts, *figures, ""


def _kinds(evaluation: Evaluation) -> str:
    documents = evaluation.reading.documents
    seen = Counter(
        (d.label.kind, m.predicted or "none" if (m := _kind_mistake(d)) else d.label.kind) for d in documents
    )
    labelled = sorted({kind for kind, _ in seen})
    predicted = sorted({kind for _, kind in seen})
    rows = [
        (escape(kind), *(f"<b>{seen[kind, p]}</b>" if kind == p else str(seen[kind, p] or NONE) for p in predicted))
        for kind in labelled
    ]
    return "<p>Rows are labels, columns predictions.</p>" + table(("", *map(escape, predicted)), rows)


def _kind_mistake(document: Examined) -> Mistake | None:
    return next((m for m in document.judgement.mistakes if m.name == "kind"), None)


def _confidence(evaluation: Evaluation) -> str:
    parts = []
    for name, doubt in evaluation.doubts.items():
        other = evaluation.against.curves[name] if evaluation.against else None
        rows = []
        for risk in RISKS:
            share = evaluation.estimates[f"touchless_{name}_risk_{risk_name(risk)}"]
            least = doubt.thresholds[risk]
            rows.append((f"{risk * 100:g} %", ranged(share), NONE if least is None else f"{least:.3f}"))
        error = evaluation.estimates.get(f"ece_{name}")
        said = f"<p>Expected calibration error {ranged(error)}.</p>" if error else ""
        plots = "".join(
            f"<figure>{plot}</figure>"
            for plot in (reliability_chart(doubt.reliability), risk_chart(doubt.curve, other))
        )
        kept = table(("risk", "kept of what was asked", "from confidence"), rows)
        parts.append(f'<h3>{doubt.title}</h3>{said}<div class="plots">{plots}</div>{kept}')
    grey = "Grey is the other extractor. " if evaluation.against else ""
    return (
        f"<p>{grey}Thresholds are the best in hindsight on these very documents, so a threshold fixed beforehand "
        "keeps less. A document is as sure as its least sure critical field, and right where its kind and all judged "
        f"critical fields are.</p>{''.join(parts)}"
    )


def _slices(evaluation: Evaluation) -> str:
    return "".join(
        f"<h3>{SLICES[name]}</h3>{_slice_table(parts, 'value')}" for name, parts in evaluation.slices.items()
    )


def _layouts(evaluation: Evaluation) -> str:
    ordered = sorted(
        evaluation.layouts.items(), key=lambda item: (item[1].estimates["header_f1"].value or 0.0, item[0])
    )
    return "<p>The weakest first.</p>" + _slice_table(dict(ordered), "layout group", intervals=False)


def _slice_table(parts: Mapping[str, Slice], head: str, *, intervals: bool = True) -> str:
    rows = []
    for name, part in parts.items():
        first = part.estimates[SLICED[0]]
        bar = (interval_bar(first),)
        figures = [ranged(part.estimates[m]) if intervals else figure(part.estimates[m].value) for m in SLICED]
        counts = (str(part.documents), str(part.groups)) if intervals else (str(part.documents),)
        rows.append((escape(name), *counts, *bar, *figures))
    heads = (head, "documents", "layouts") if intervals else (head, "documents")
    return table((*heads, _BAR, *(_SHORT[m] for m in SLICED)), rows)


def _rules(evaluation: Evaluation) -> str:
    points = _MATCHING + (
        f"<li>Intervals hold {LEVEL:.0%} of {evaluation.draws} draws of whole layout groups, with replacement; where "
        f"there is one group only, there is none. The expected calibration error takes {BINS} bins of equal mass.</li>"
    )
    return f"<ul>{points}</ul>"
