"""Make a base to train from: `python -m training.base multilingual-e5-small --out FOLDER`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from training.base.bases import CACHE, NAMES, PIECES, SEED, Wanted, prepare
from training.base.wheels import CACHE as WHEELS
from training.base.wheels import WheelSource


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the base and say what it is."""
    parser = argparse.ArgumentParser(prog="python -m training.base", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--out", type=Path, help=f"the folder to write (default: {CACHE}/NAME)")
    parser.add_argument("--pieces", type=int, default=PIECES, help="pieces that a pruned vocabulary has at most")
    parser.add_argument("--layers", type=int, help="how many of the first layers are kept (default: all)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the new tables for boxes")
    parser.add_argument("--wheels", type=Path, help="a folder with the wheels; nothing is downloaded then")
    parser.add_argument("--cache", type=Path, default=WHEELS, help="where downloaded wheels are kept")
    options = parser.parse_args(arguments)
    folder = options.out or CACHE / options.name
    wanted = Wanted(options.name, options.pieces, options.layers, options.seed)
    about = prepare(wanted, folder, WheelSource(options.cache, options.wheels))
    print(
        f"{folder}: {about.name}, {about.licence}, {about.settings['pieces']} pieces, {about.settings['layers']} layers"
    )


if __name__ == "__main__":
    main()
