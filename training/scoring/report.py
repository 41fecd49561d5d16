"""Scores as a terminal table, as Markdown and as JSON."""

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table

from training.scoring.judge import Counts
from training.scoring.tally import GroupScore, Score, Scores

_HEADINGS = ("", "labelled", "right", "wrong", "missed", "precision", "recall", "F1", "macro F1")
_GROUP_HEADINGS = ("layout group", "documents", "kind right", "header F1", "rows F1", "wholly right")


_LONGEST = 50


def print_scores(scores: Scores, console: Console, *, mistakes: bool = False) -> None:
    """Print the tables, and with `mistakes` every disagreement."""
    console.print(_table("Fields and lines (macro: mean over layout groups)", _HEADINGS, _rows(scores)))
    console.print(_table("By layout group", _GROUP_HEADINGS, _group_rows(scores)))
    if mistakes:
        wrong = ((m.file, m.name, m.labelled or "–", m.predicted or "–") for m in scores.mistakes)
        console.print(_table("Disagreements", ("file", "what", "label", "predicted"), wrong, numbers=False))
    for line in _summary(scores):
        console.print(line)


def to_markdown(scores: Scores) -> str:
    """Return the same tables as Markdown."""
    summary = "\n".join(f"- {line}" for line in _summary(scores))
    tables = (_markdown_table(_HEADINGS, _rows(scores)), _markdown_table(_GROUP_HEADINGS, _group_rows(scores)))
    return "\n\n".join((summary, *tables)) + "\n"


def to_json(scores: Scores) -> dict[str, object]:
    """Return the scores as an object; a measure without any value is null."""
    return {
        "schema": "bilag.score/1",
        "documents": scores.documents,
        "unanswered": list(scores.unanswered),
        "kinds_right": scores.kinds_right,
        "headers_right": scores.headers_right,
        "wholly_right": scores.wholly_right,
        "unjudged": scores.unjudged,
        "header": _score_to_json(scores.header),
        "fields": {name: _score_to_json(s) for name, s in scores.fields.items()},
        "lines": _score_to_json(scores.lines),
        "columns": {name: _score_to_json(s) for name, s in scores.columns.items()},
        "groups": {name: _group_to_json(g) for name, g in scores.groups.items()},
        "mistakes": [
            {"file": m.file, "name": m.name, "label": m.labelled, "predicted": m.predicted} for m in scores.mistakes
        ],
    }


def _summary(scores: Scores) -> Iterator[str]:
    yield f"{scores.documents} documents in {len(scores.groups)} layout groups, {len(scores.unanswered)} unanswered"
    yield f"kind right: {_share(scores.kinds_right, scores.documents)}"
    yield f"every judged header field right: {_share(scores.headers_right, scores.documents)}"
    yield f"wholly right (kind, header, all rows): {_share(scores.wholly_right, scores.documents)}"
    yield f"header F1: micro {_figure(scores.header.counts.f1)}, macro {_figure(scores.header.macro_f1)}"
    yield f"rows F1: micro {_figure(scores.lines.counts.f1)}, macro {_figure(scores.lines.macro_f1)}"
    yield f"predicted values that the labels say nothing of (not counted): {scores.unjudged}"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({part / whole:.0%})" if whole else "")


def _rows(scores: Scores) -> Iterator[tuple[str, ...]]:
    for name, score in scores.fields.items():
        yield _row(name, score)
    yield _row("all header fields", scores.header)
    for name, score in scores.columns.items():
        yield _row(f"lines.{name}", score)
    yield _row("whole rows", scores.lines)


def _row(name: str, score: Score) -> tuple[str, ...]:
    c = score.counts
    counted = (str(n) for n in (c.right + c.missed, c.right, c.wrong, c.missed))
    return name, *counted, *(_figure(f) for f in (c.precision, c.recall, c.f1, score.macro_f1))


def _group_rows(scores: Scores) -> Iterator[tuple[str, ...]]:
    for name, g in scores.groups.items():
        figures = (_figure(g.header.f1), _figure(g.rows.f1))
        yield name, str(g.documents), str(g.kinds_right), *figures, str(g.wholly_right)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _table(title: str, headings: tuple[str, ...], rows: Iterator[tuple[str, ...]], *, numbers: bool = True) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE, padding=(0, 1))
    for i, heading in enumerate(headings):
        table.add_column(
            heading,
            justify="right" if i and numbers else "left",
            no_wrap=numbers,
            overflow="ellipsis",
            max_width=_LONGEST,
        )
    for row in rows:
        table.add_row(*row, style="bold" if row[0] in ("all header fields", "whole rows") else None)
    return table


def _markdown_table(headings: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    aligned = [":--", *["--:"] * (len(headings) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (headings, aligned, *rows))


def _score_to_json(score: Score) -> dict[str, object]:
    macro = {"precision": score.macro_precision, "recall": score.macro_recall, "f1": score.macro_f1}
    return {**_counts_to_json(score.counts), "macro": {k: _rounded(v) for k, v in macro.items()}}


def _counts_to_json(counts: Counts) -> dict[str, object]:
    measures = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    counted = {"right": counts.right, "wrong": counts.wrong, "missed": counts.missed}
    return {**counted, **{k: _rounded(v) for k, v in measures.items()}}


def _group_to_json(group: GroupScore) -> dict[str, object]:
    return {
        "documents": group.documents,
        "kinds_right": group.kinds_right,
        "wholly_right": group.wholly_right,
        "header": _counts_to_json(group.header),
        "lines": _counts_to_json(group.rows),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
