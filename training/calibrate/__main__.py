"""`python -m training.calibrate ROWS.jsonl --out FOLDER`: a calibration and thresholds from judged values."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.calibration import Thresholds
from models.calibration.thresholds import EVERY, UNITS
from training.calibrate.fit import Prior
from training.calibrate.folds import FOLDS, TooFewGroups, cross_fit
from training.calibrate.learn_then_test import DELTA
from training.calibrate.report import write_report
from training.calibrate.rows import BrokenRow, read_rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 2 where the rows cannot be used."""
    prior = Prior()
    parser = argparse.ArgumentParser(prog="python -m training.calibrate", description=__doc__)
    parser.add_argument("rows", type=Path, help="judged values, one a line of JSON")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    parser.add_argument("--held-out", type=Path, help="other judged values that figures and thresholds are taken from")
    parser.add_argument("--unit", choices=UNITS, default="document", help="what counts as one independent draw")
    parser.add_argument("--delta", type=float, default=DELTA, help="how often a threshold may break its promise")
    parser.add_argument("--folds", type=int, default=FOLDS, help="parts of the groups that are left out in turn")
    parser.add_argument("--seed", type=int, default=0, help="of the parts")
    parser.add_argument("--names-spread", type=float, default=prior.names, help="how far names may lie apart")
    parser.add_argument("--terms-spread", type=float, default=prior.terms, help="how far weights may lie from 0")
    options = parser.parse_args(arguments)
    try:
        rows = list(read_rows(options.rows))
        held_out = list(read_rows(options.held_out)) if options.held_out else []
        wanted = Prior(terms=options.terms_spread, names=options.names_spread)
        fitted = cross_fit(rows, wanted, options.folds, options.seed)
    except (BrokenRow, TooFewGroups, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if common := {row.group for row in rows} & {row.group for row in held_out}:
        print(f"{len(common)} groups stand in both files, such as {min(common)}.", file=sys.stderr)
        return 2
    limits, report = write_report(options.out, rows, fitted, unit=options.unit, delta=options.delta, held_out=held_out)
    for warning in fitted.warnings:
        print(f"Warning: {warning}", file=sys.stderr)
    print("\n".join(_summary(report, limits, options.out)))
    return 0


def _summary(report: dict[str, Any], limits: Thresholds, out: Path) -> list[str]:
    every, before = report["every"], report["every_unfitted"]
    low, high = every["interval"]
    guaranteed = [name for name, limit in limits.limits.items() if any(limit.confidence.values()) and name != EVERY]
    told = ", ".join(f"{r:.1%}: {c or 'none'}" for r, c in limits.limits[EVERY].confidence.items())
    return [
        f"{out}: {every['values']} values of {every['groups']} groups, {every['right']:.1%} right",
        f"ECE {every['ece']:.3f} ({low:.3f} to {high:.3f}; by chance {every['chance']:.3f})",
        f"Brier {every['brier']:.4f}, log loss {every['log_loss']:.4f}",
        f"with weights set by hand: {before['ece']:.3f}, {before['brier']:.4f}, {before['log_loss']:.4f}",
        f"map: {report['fitted']['map']}",
        f"thresholds over all names, by {limits.unit}, delta {limits.delta:g}: {told}",
        f"names with a threshold of their own: {', '.join(guaranteed) or 'none'}",
    ]


if __name__ == "__main__":
    sys.exit(main())
