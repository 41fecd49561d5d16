"""Evaluate predictions against labels: `python -m training.evaluate PREDICTIONS.jsonl --labels labels.jsonl --out DIR`.

Predictions are objects of the extraction contract, one a line, as `bilag extract --jsonl`, `training.baseline` and the
model make them; labels and the rule of matching are those of `training.score`. Writes `metrics.json` (flat, for
`dvc metrics show`), `details.json` (slices, curves, mistakes) and `report.html` (one page that needs nothing else).

Exit code 2: files that cannot be read, are empty or do not match.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from training.evaluate.answers import read
from training.evaluate.bootstrap import DRAWS, SEED
from training.evaluate.evaluation import Evaluation, evaluate
from training.evaluate.metrics import write_metrics
from training.evaluate.report.page import write_report

_TOLD = ("header_f1", "header_macro_f1", "rows_f1", "kinds_accuracy", "touchless_fields_risk_1", "ece_fields")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    console = Console(stderr=True)
    if options.documents and not options.documents.is_dir():
        console.print(f"There is no folder {options.documents}; --documents names the one with the labelled files.")
        return 2
    try:
        reading = read(options.predictions, options.labels, options.only)
        against = read(options.against, options.labels, options.only) if options.against else None
    except (OSError, ValueError) as error:
        console.print(str(error), markup=False)
        return 2
    evaluation = evaluate(reading, against, draws=options.draws, seed=options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    write_metrics(evaluation, options.out)
    path = write_report(evaluation, options.out, options.documents)
    _tell(evaluation, console)
    print(path)
    return 0


def _tell(evaluation: Evaluation, console: Console) -> None:
    for name in _TOLD:
        estimate = evaluation.estimates[name]
        value = "–" if estimate.value is None else f"{estimate.value:.3f}"
        ends = "" if estimate.low is None or estimate.high is None else f" ({estimate.low:.3f} to {estimate.high:.3f})"
        console.print(f"{evaluation.titles[name]}: {value}{ends}", markup=False, highlight=False)
    missing = evaluation.reading.unanswered
    if missing:
        console.print(
            f"{len(missing)} labelled documents have no prediction and count as missed, {missing[0]} for one; "
            "--only scores some folders alone.",
            markup=False,
        )
    strays = evaluation.reading.strays
    if strays:
        console.print(f"{len(strays)} predictions are of no label, {strays[0]} for one.", markup=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description="Evaluate predictions.")
    parser.add_argument("predictions", type=Path, metavar="PREDICTIONS.jsonl")
    parser.add_argument("--labels", type=Path, required=True, metavar="LABELS.jsonl")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the three files go")
    parser.add_argument(
        "--against", type=Path, metavar="OTHER.jsonl", help="predictions to stand beside, as the rules'"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="FOLDER", help="labels under these paths only")
    parser.add_argument("--documents", type=Path, metavar="FOLDER", help="where the files are, to draw the worst")
    parser.add_argument("--draws", type=int, default=DRAWS, help=f"resamplings of the layout groups ({DRAWS})")
    parser.add_argument("--seed", type=int, default=SEED, help="of the resamplings")
    return parser


if __name__ == "__main__":
    sys.exit(main())
