"""`python -m training.recalibrate RELEASE --calibration DIR --evaluation DIR --labels FILE --version V --out DIR`.

A release with the same network and another calibration: what a value's evidence is worth changes when rules or decoding
do, and training anew for that would be waste.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from models.release import Release, read_release, write_release
from pipeline.errors import ConfigurationError
from training.base.licence import refuse_unless_releasable
from training.export.card import HEADLINES, card
from training.export.stage import CALIBRATION, CARD, METRICS
from training.tracking.measured import released_metrics


def recalibrate(source: Path, calibration: Path, metrics: Mapping[str, Any], version: str, out: Path) -> Release:
    """Write the release in `out` and return what it says of itself; `out` may be the folder of `source`.

    `metrics` have to be of documents that neither the network nor the rules had seen when they were read, for that is
    what the card says. Raises ConfigurationError where the source is no sound release or has that version already.
    """
    former = read_release(source)
    if former.version == version:
        raise ConfigurationError(f"{source} is {version} already.", operator_hint="Name another --version.")
    with TemporaryDirectory(prefix="bilag-recalibrate-") as name:
        content = Path(name)
        for file in former.files:
            shutil.copyfile(source / file, content / file)
        for part in CALIBRATION:
            shutil.copyfile(calibration / part, content / part)
        (content / METRICS).write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
        release = replace(
            former,
            version=version,
            created=datetime.now(UTC).replace(microsecond=0),
            metrics={name: metrics[name] for name in HEADLINES if name in metrics},
        )
        (content / CARD).write_text(card(release, metrics, unseen=True), encoding="utf-8")
        return write_release(out, content, release, refuse_unless_releasable)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 2 where nothing was written."""
    parser = argparse.ArgumentParser(
        prog="python -m training.recalibrate", description="Give a release another calibration, under another version."
    )
    parser.add_argument("release", type=Path, help="folder of a release")
    parser.add_argument("--calibration", type=Path, required=True, help="folder that training.calibrate wrote")
    parser.add_argument("--evaluation", type=Path, required=True, help="folder that training.evaluate wrote")
    parser.add_argument("--labels", type=Path, nargs="+", required=True, help="the labels that were scored")
    parser.add_argument("--version", default=datetime.now(UTC).strftime("%Y.%m.%d"))
    parser.add_argument("--out", type=Path, default=Path("models/released"), metavar="DIR")
    options = parser.parse_args(arguments)
    try:
        metrics = released_metrics(options.evaluation, options.labels)
        release = recalibrate(options.release, options.calibration, metrics, options.version, options.out)
    except (ConfigurationError, OSError, ValueError) as error:
        Console(stderr=True).print(f"Nothing written: {error}", markup=False)
        return 2
    print(f"{release.name} {release.version} in {options.out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
