"""Score an extractor against labels: `python -m training.score PREDICTIONS.jsonl LABELS.jsonl`.

Predictions are objects of the extraction contract, one a line; labels are as in the labelled documents' own README.
Precision, recall and F1 per field, per line column and for whole rows, kinds, and documents wholly right, over all
values (micro) and as the mean over layout groups (macro).

Conventions:
- A labelled value that is absent is missed; a wrong one is missed and wrongly given. Labels are incomplete: a value
  of which the label says nothing counts neither way, and lines count only where a document's label has some.
- Amounts are compared as numbers, dates as ISO dates, identifiers without blanks, punctuation and case, names without
  legal forms, descriptions nearly (`training.scoring.normalise`). For credit notes the sign is no matter.
- Where the page was read (everything but predictions from e-invoice XML), values that the label says are not visible
  on it are left out. `--ignore-einvoice` insists on that: it refuses predictions that were read from XML.
- Rows are paired so that most agrees; a row is right when description, quantity, unit price and net amount agree,
  those that are labelled. Of several predictions for a file the best counts; what the others state is wrongly given.
- A labelled document without prediction counts as missed; `--only FOLDER` leaves documents of other folders out.

Exit code 2: files that cannot be read or do not match.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from training.scoring.judge import judge
from training.scoring.labels import FilesDoNotMatch, pair, read_labels, read_predictions
from training.scoring.report import print_scores, to_json, to_markdown
from training.scoring.tally import Scores, tally

_WIDTH_IN_FILES = 120


def score(
    predictions: Path, labels: Path, *, ignore_einvoice: bool = False, only: Sequence[str] = ()
) -> tuple[Scores, tuple[str, ...]]:
    """Return the scores, and the files predicted of which there is no label.

    `only` keeps labels whose path starts with one of these. Raises OSError or ValueError (FilesDoNotMatch among them)
    where the files cannot be scored.
    """
    wanted = [label for label in read_labels(labels) if not only or label.file.startswith(tuple(only))]
    if not wanted:
        raise FilesDoNotMatch(f"{labels} has no document under {', '.join(only)}." if only else f"{labels} is empty.")
    made = read_predictions(predictions)
    native = [p.file for p in made if p.from_einvoice]
    if ignore_einvoice and native:
        raise FilesDoNotMatch(
            f"{len(native)} predictions were read from e-invoice XML, {native[0]} for one. "
            "Make them with `bilag extract --ignore-einvoice` to score the reading of pages."
        )
    pairing = pair(wanted, made)
    return tally([judge(label, found) for label, found in pairing.pairs]), pairing.strays


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        scores, strays = score(
            options.predictions, options.labels, ignore_einvoice=options.ignore_einvoice, only=options.only
        )
    except (OSError, ValueError) as error:
        errors.print(f"Nothing scored: {error}", markup=False)
        return 2
    printed = Console(highlight=False, width=options.width)
    if not printed.is_terminal and options.width is None:
        printed.width = _WIDTH_IN_FILES
    print_scores(scores, printed, mistakes=options.mistakes)
    if scores.unanswered:
        errors.print(
            f"{len(scores.unanswered)} labelled documents have no prediction and count as missed "
            f"({scores.unanswered[0]} for one); --only FOLDER leaves other folders out.",
            markup=False,
        )
    if strays:
        errors.print(f"{len(strays)} predictions are of no labelled document ({strays[0]} for one).", markup=False)
    if options.json:
        options.json.write_text(json.dumps(to_json(scores), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.markdown:
        options.markdown.write_text(to_markdown(scores), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.score", description="Score predictions against labels.")
    parser.add_argument("predictions", type=Path, metavar="PREDICTIONS.jsonl")
    parser.add_argument("labels", type=Path, metavar="LABELS.jsonl")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the scores, and every disagreement, as JSON")
    parser.add_argument("--markdown", type=Path, metavar="OUT", help="write the tables as Markdown")
    parser.add_argument("--ignore-einvoice", action="store_true", help="refuse predictions read from e-invoice XML")
    parser.add_argument(
        "--only", action="append", default=[], metavar="FOLDER", help="score labels under this path only"
    )
    parser.add_argument("--mistakes", action="store_true", help="print every disagreement")
    parser.add_argument("--width", type=int, help="width of the tables (default: the terminal's)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
