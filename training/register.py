"""Register a release as challenger: `python -m training.register models/released`.

The folder is verified and kept as a version of `bilag-layoutlm` in MLflow (MLFLOW_TRACKING_URI, else the file in
`.cache/mlflow`). `python -m training.promote` then decides whether it becomes champion.

Exit codes: 3 for a release that is damaged or of other labels, 6 where MLflow does not answer.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from models.release import NAME, RELEASED, read_release
from pipeline.errors import BilagError
from training.tracking.place import place
from training.tracking.registry import Registry, Version


def register(folder: Path, registry: Registry) -> Version:
    """Make a verified release a version, and the challenger. Raises ConfigurationError, Unavailable."""
    version = registry.add(folder, read_release(folder))
    registry.challenge(version)
    return version


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.register", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=RELEASED, help="the release (default: the shipped one)")
    options = parser.parse_args(arguments)
    try:
        read_release(options.folder)  # before MLflow is imported, which takes seconds
        version = register(options.folder, Registry(place()))
    except BilagError as error:
        print(f"Not registered: {error}", file=sys.stderr)
        return error.exit_code
    print(f"{NAME} version {version.number} (release {version.release}) is challenger.")
    print("`python -m training.promote` compares it with the champion.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
