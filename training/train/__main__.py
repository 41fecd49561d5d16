"""The stage: `python -m training.train data/split --out data/model --start data/pretrained --minutes 60`.

With `--steps N` instead of minutes the run is repeated exactly by the same seed, data and machine. A run that was cut
short goes on from its last checkpoint when the same command is given again. It is followed in MLflow (docs/registry.md)
where that answers; where it does not, training goes on without, and says so.
"""

import sys
from collections.abc import Sequence

from training.train.command import Command
from training.train.settings import TrainSettings

COMMAND = Command("train", "Train the extraction model.", TrainSettings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    return COMMAND.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
