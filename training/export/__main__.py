"""The stage: `python -m training.export MODEL --calibration DIR --evaluation DIR --labels FILE --data SHARDS`.

Writes a release folder: the network in 8-bit integers, the tables of words, weights to train on from, calibration,
figures, model card and licences.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from pipeline.errors import ConfigurationError
from training.export.stage import Export, export
from training.tracking.measured import released_metrics


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description="Make a release of a model.")
    parser.add_argument("model", type=Path, help="folder of a trained model")
    parser.add_argument("--calibration", type=Path, required=True, help="folder that training.calibrate wrote")
    parser.add_argument("--evaluation", type=Path, required=True, help="folder that training.evaluate wrote")
    parser.add_argument("--labels", type=Path, nargs="+", required=True, help="the labels that were scored")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="shards that were trained on, or folders")
    parser.add_argument("--base", type=Path, help="folder of the base (default: where training.base keeps it)")
    parser.add_argument("--version", default=datetime.now(UTC).strftime("%Y.%m.%d"))
    parser.add_argument("--out", type=Path, default=Path("models/released"), metavar="DIR")
    options = parser.parse_args(arguments)
    shards = [shard for path in options.data for shard in (_train_shards(path) if path.is_dir() else [path])]
    try:
        metrics = released_metrics(options.evaluation, options.labels)
        wanted = Export(options.model, options.calibration, metrics, shards, options.version, options.out, options.base)
        release = export(wanted)
    except (ConfigurationError, OSError, ValueError) as error:
        Console(stderr=True).print(f"Nothing exported: {error}", markup=False)
        return 2
    size = sum((options.out / name).stat().st_size for name in release.files)
    print(f"{release.name} {release.version} in {options.out}, {size / 1e6:.1f} MB.")
    return 0


def _train_shards(folder: Path) -> list[Path]:
    """Return the training side of a split, or all shards where the folder is none."""
    return sorted(folder.glob("train-*.parquet")) or sorted(folder.glob("*.parquet"))


if __name__ == "__main__":
    sys.exit(main())
