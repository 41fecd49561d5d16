"""The stage: `python -m training.pretrain data/split --out data/pretrained --start multilingual-e5-small --minutes 60`.

Labels are not looked at, so that any pages will do, in shards as `training.dataset` writes them. The folder it leaves
is one for `python -m training.train … --start data/pretrained`; heads for tags, rows and kinds are in it as they were
at the start. It goes on after a cut, repeats exactly with `--steps`, and is followed in MLflow, as training is.
"""

import sys
from collections.abc import Sequence

from training.pretrain.settings import PretrainSettings
from training.train.command import Command

COMMAND = Command("pretrain", "Let a new model learn from pages themselves, without labels.", PretrainSettings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    return COMMAND.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
