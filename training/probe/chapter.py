"""Writes a round's figures into docs/generator-rounds.md: a row of the table of all rounds, and a chapter of its own.

What people wrote under a chapter's "What its errors showed" stays when the round is done again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.probe.storage import Course
from training.scoring.tally import Score, Scores

_HEAD = """# Judged by what a model learns from it

A small model that knows nothing but generated documents reads documents of other makers; its score is the generator's.
`python -m training.probe.round NAME` does a round and writes this page's figures; the words under "What its errors
showed" are people's. No labelled document is ever trained on. The few layouts (13 and 29 groups) make every figure a
rough guide: read the macro ones, in which every layout counts alike. The rules' figures are of the same day.

"""
_COLUMNS = (
    "round",
    "documents",
    "seconds to generate",
    "minutes of training",
    "steps",
    "held out: header F1 / rows F1",
    "real: header micro / macro",
    "real: rows micro / macro",
    "real: kind",
    "e-invoice pages: header micro / macro",
    "e-invoice pages: rows micro / macro",
    "e-invoice pages: kind",
)
_NOTES = "### What its errors showed\n"


@dataclass(frozen=True, slots=True)
class Read:
    """One folder of labelled documents, as the probe and as the rules read it; `seconds` is the probe's CPU time."""

    part: str
    probe: Scores
    rules: Scores
    seconds: float


@dataclass(frozen=True, slots=True)
class Chapter:
    """The figures of one round; `generated` is in seconds, 0 where the documents were there before.

    `held_out` are the scores on generated documents that were not learnt from.
    """

    name: str
    seed: int
    course: Course
    generated: float
    simulated: float
    held_out: Scores
    reads: tuple[Read, ...]

    def row(self) -> tuple[str, ...]:
        """Return the round as a row of the table of all rounds."""
        return (
            self.name,
            str(self.course.documents),
            f"{self.generated:.0f}" if self.generated >= 1 else "–",
            f"{self.course.seconds / 60:.1f}",
            str(self.course.steps),
            f"{_figure(self.held_out.header.counts.f1)} / {_figure(self.held_out.lines.counts.f1)}",
            *(cell for read in self.reads for cell in _cells(read.probe)),
        )

    def rules_row(self) -> tuple[str, ...]:
        """Return the rules' figures as a row of the same table."""
        return ("rules", "–", "–", "–", "–", "–", *(cell for read in self.reads for cell in _cells(read.rules)))

    def summary(self) -> Iterator[str]:
        """Yield the round in a few lines."""
        yield f"{self.name}: {self.course.documents} documents, {self.course.seconds / 60:.1f} minutes of training"
        for read in self.reads:
            yield f"{read.part}: probe " + ", ".join(_cells(read.probe)) + "; rules " + ", ".join(_cells(read.rules))


def write_chapter(page: Path, chapter: Chapter) -> None:
    """Put the round's row and chapter into the page, in place of an earlier round of that name."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    rows = [row for row in _rows(text) if row[0] not in (chapter.name, "rules", "round")]
    chapters = _chapters(text)
    notes = chapters.get(chapter.name, "").partition(_NOTES)[2].strip()
    chapters[chapter.name] = _body(chapter) + "\n\n" + _NOTES + (f"\n{notes}" if notes else "")
    table = _table(_COLUMNS, [chapter.rules_row(), *rows, chapter.row()])
    parts = [f"## {name}\n\n{body.strip()}" for name, body in chapters.items()]
    page.write_text(_HEAD + "\n\n".join([table, *parts]) + "\n", encoding="utf-8")


def _rows(text: str) -> list[tuple[str, ...]]:
    head = re.split(r"^## ", text, maxsplit=1, flags=re.M)[0]
    lines = [line for line in head.splitlines() if line.startswith("| ")]
    return [
        tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if not line.startswith("| :--")
    ]


def _chapters(text: str) -> dict[str, str]:
    found = re.split(r"^## (.+)\n", text, flags=re.M)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def _body(chapter: Chapter) -> str:
    lines = [_made(chapter)]
    for read in chapter.reads:
        lines += [
            _told(read),
            _table(("field", "labelled", "right", "wrong", "F1", "macro F1", "rules F1"), list(_fields(read))),
            _table(("group", "documents", "header F1", "rules", "rows F1", "rules"), list(_groups(read))),
        ]
    return "\n\n".join(lines)


def _made(chapter: Chapter) -> str:
    course, held = chapter.course, chapter.held_out
    return (
        f"{course.documents} documents from seed {chapter.seed} on, {chapter.simulated:.0%} of them as simulated OCR "
        f"reads them. {course.steps} steps over {course.words} words in {course.seconds / 60:.1f} minutes. "
        f"Of {held.documents} generated documents that were held out: kind right {held.kinds_right}, header F1 "
        f"{_figure(held.header.counts.f1)}, rows F1 {_figure(held.lines.counts.f1)}."
    )


def _told(read: Read) -> str:
    probe, rules = read.probe, read.rules
    return (
        f"**{read.part}**: {probe.documents} documents read in {read.seconds:.0f} s of CPU time. Kind right "
        f"{probe.kinds_right}, header right {probe.headers_right}, wholly right {probe.wholly_right}; by rules "
        f"{rules.kinds_right}, {rules.headers_right}, {rules.wholly_right}."
    )


def _fields(read: Read) -> Iterator[tuple[str, ...]]:
    named = {**read.probe.fields, **{f"lines.{name}": s for name, s in read.probe.columns.items()}}
    rules = {**read.rules.fields, **{f"lines.{name}": s for name, s in read.rules.columns.items()}}
    for name, found in named.items():
        counts = found.counts
        by_rules = rules[name].counts.f1 if name in rules else None
        figures = (_figure(counts.f1), _figure(found.macro_f1), _figure(by_rules))
        yield name, str(counts.right + counts.missed), str(counts.right), str(counts.wrong), *figures


def _groups(read: Read) -> Iterator[tuple[str, ...]]:
    for name, group in read.probe.groups.items():
        rules = read.rules.groups[name]
        figures = (group.header.f1, rules.header.f1, group.rows.f1, rules.rows.f1)
        yield name, str(group.documents), *(_figure(f) for f in figures)


def _cells(scores: Scores) -> tuple[str, str, str]:
    return _both(scores.header), _both(scores.lines), f"{scores.kinds_right} of {scores.documents}"


def _both(found: Score) -> str:
    return f"{_figure(found.counts.f1)} / {_figure(found.macro_f1)}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    aligned = (":--", *["--:"] * (len(headings) - 1))
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (headings, aligned, *rows))
