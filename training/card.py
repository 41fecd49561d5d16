"""Writes the dataset's card from the data itself: `python -m training.card` after `dvc repro`.

Every number in `data/README.md` is counted here; only the sentences around them are written by hand.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.domain.document import WordsFrom
from training.collect.licences import is_releasable
from training.collect.measure import Measure, measure
from training.dataset.index import Entry, entries
from training.dataset.record import Origin
from training.dataset.shards import read_shards
from training.split import SIDES

_MEASURED = 300
"""Generated documents on which alignment is measured for the card."""
_ORIGINS = {
    Origin.GENERATED: "made by `training.synthesize`; every label true by construction",
    Origin.REAL: "documents of other makers with labels made by hand",
    Origin.EINVOICE: "pages of e-invoices, labelled from their own XML",
    Origin.CORRECTION: "reviewers' corrections",
}


def card(data: Path) -> str:
    """Return the card as Markdown, of the shards and reports below `data`."""
    sides = {side: list(entries(sorted((data / "split").glob(f"{side}-*.parquet")))) for side in SIDES}
    everything = [entry for side in sides.values() for entry in side]
    collected = _json(data / "collected" / "report.json")
    division = _json(data / "split" / "report.json")
    parts = [
        _introduction(everything),
        _sides(sides, division),
        _table("Kinds and languages", "kind", _crossed(everything, "kind", "language")),
        _origins(everything),
        _licences(everything),
        _sources(everything),
        _faults(everything, collected, _measured(data)),
    ]
    return "\n\n".join(parts) + "\n"


def _introduction(everything: Sequence[Entry]) -> str:
    words = sum(len(entry.words) for entry in everything)
    pages = sum(entry.pages for entry in everything)
    return (
        "# The dataset\n\n"
        "Pages of words as the pipeline's own reader gives them, with a tag for every word, for training and judging "
        "the extraction of fields from invoices and orders. [docs/dataset.md](../docs/dataset.md) tells how it is made "
        "and what the columns are. This card is written by `python -m training.card` from the data at hand.\n\n"
        f"**{len(everything):,} documents, {pages:,} pages, {words:,} words.** Nothing of it is committed: `dvc repro` "
        "makes it, `dvc pull` fetches it. Without the folder that `BILAG_DATASETS` names there are generated documents "
        "only."
    )


def _sides(sides: Mapping[str, Sequence[Entry]], division: Mapping[str, Any]) -> str:
    rows = [
        [
            side,
            len(own),
            len({e.group for e in own}),
            sum(e.is_generated for e in own),
            sum(not e.is_generated for e in own),
        ]
        for side, own in sides.items()
    ]
    held = len(division.get("held_back", ()))
    return (
        "## Sides\n\n"
        + _markdown(["side", "documents", "groups", "generated", "real"], rows)
        + "\n\n`real_test` is frozen: `real_test.json` names its documents, and no document of their senders or "
        f"templates stands elsewhere ({held} held back for that). Across sides {division.get('leaks', 0)} groups, "
        f"senders or near-duplicate texts (resemblance from {division.get('alike_from')}) were found."
    )


def _origins(everything: Sequence[Entry]) -> str:
    counts = Counter(entry.origin for entry in everything)
    rows = [[origin.value, counts[origin], text] for origin, text in _ORIGINS.items() if counts[origin]]
    return "## Origins\n\n" + _markdown(["origin", "documents", ""], rows)


def _licences(everything: Sequence[Entry]) -> str:
    counts = Counter(entry.licence for entry in everything)
    rows = [[name, n, "yes" if is_releasable(name) else "no"] for name, n in counts.most_common()]
    return "## Licences\n\n" + _markdown(["licence", "documents", "may train a released model"], rows)


def _sources(everything: Sequence[Entry]) -> str:
    real = [entry for entry in everything if entry.source]
    rows = [
        [source, n, ", ".join(sorted({e.licence for e in real if e.source == source}))]
        for source, n in Counter(entry.source for entry in real).most_common()
    ]
    return "## Sources of real documents\n\n" + (
        _markdown(["source", "documents", "licence"], rows) if rows else "None at hand."
    )


def _faults(everything: Sequence[Entry], collected: Mapping[str, Any], alignments: Mapping[str, Measure]) -> str:
    planted = Counter(fault for entry in everything for fault in entry.faults)
    real = [entry for entry in everything if not entry.is_generated]
    lines = ["## Known faults\n"]
    for of, measured in alignments.items():
        lines.append(
            f"- Labels of real documents are aligned, not drawn. On generated documents read from {of}, whose truth is "
            f"known ({measured.values_right.total() + measured.values_wrong.total():,} labelled values), "
            f"{measured.value_precision:.2%} of the labelled values stand at the right words and "
            f"{measured.value_recall:.2%} of the stated values are labelled; {measured.denial:.2%} of the words of "
            f"values are called nothing, and {measured.left_open:.0%} of the words that are nothing are left open."
        )
    if values := collected.get("values"):
        doubt = Counter(fate for counts in values.values() for fate, n in counts.items() for _ in range(n))
        lines.append(
            f"- Of the values stated of real documents {doubt['labelled']} are labelled, {doubt['doubtful']} in doubt "
            f"and {doubt['not_found']} not on the page in a form that is known; the last two are no labels."
        )
    for reason, count in Counter(collected.get("refused", {}).values()).most_common():
        lines.append(f"- {count} documents are left out: {reason}.")
    for kind, count in sorted(Counter(entry.kind for entry in real).items()):
        if count < 10:
            lines.append(f"- Only {count} real documents are of the kind {kind}.")
    languages = Counter(entry.language for entry in real)
    missing = sorted({entry.language for entry in everything} - languages.keys())
    if missing:
        lines.append(f"- No real document is in {', '.join(missing)}.")
    if planted:
        told = ", ".join(f"{name} {count}" for name, count in planted.most_common())
        lines.append(f"- Contradictions planted on purpose in generated documents: {told}.")
    return "\n".join(lines)


def _measured(data: Path) -> dict[str, Measure]:
    """Measure alignment apart for documents with a text layer and for those read by (simulated) OCR."""
    documents = list(islice(read_shards(sorted((data / "generated").glob("*.parquet"))), _MEASURED))
    found = {
        words_from.value.replace("_", " "): measure(d for d in documents if d.words_from is words_from)
        for words_from in (WordsFrom.TEXT_LAYER, WordsFrom.OCR)
    }
    return {name: measured for name, measured in found.items() if measured.values_right}


def _crossed(everything: Sequence[Entry], down: str, across: str) -> list[list[object]]:
    columns = sorted({str(getattr(entry, across)) for entry in everything})
    counts = Counter((str(getattr(entry, down)), str(getattr(entry, across))) for entry in everything)
    rows: list[list[object]] = [["", *columns]]
    rows += [[name, *(counts[name, column] for column in columns)] for name in sorted({name for name, _ in counts})]
    return rows


def _table(title: str, corner: str, rows: Sequence[Sequence[object]]) -> str:
    return f"## {title}\n\n" + _markdown([corner, *map(str, rows[0][1:])], rows[1:])


def _markdown(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    lines += [f"| {' | '.join(f'{cell:,}' if isinstance(cell, int) else str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _json(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the card."""
    parser = argparse.ArgumentParser(prog="python -m training.card", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--out", type=Path, default=Path("data/README.md"))
    options = parser.parse_args(arguments)
    options.out.write_text(card(options.data), encoding="utf-8")
    print(f"{options.out} is written", file=sys.stderr)


if __name__ == "__main__":
    main()
