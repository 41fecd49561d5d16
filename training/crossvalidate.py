"""What labelled documents add to a model, told on documents of families that it did not see.

`python -m training.crossvalidate data/collected --start data/model --beside data/split/train-00000.parquet --out OUT`:
the documents of the shards are parted into folds, no family of look-alikes on two; for each fold the model is trained
on with the others, among generated documents, so that it forgets nothing, and reads the fold. OUT then holds what
`training.predict` writes, of all folds together. Compare it with what the model read before, and calibrate with its
rows: a model that was trained with all of them would be sure of what it knows by heart.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from pipeline.errors import BilagError
from training.collect.labels import default_folder
from training.dataset.index import entries
from training.dataset.kinship import families
from training.dataset.shards import read_shards, shards_in, write_shards
from training.predict.documents import LABELS, Posed, from_folder, from_shards
from training.predict.stage import PREDICTIONS, ROWS, RULED, predict
from training.train.settings import Budget, TrainSettings
from training.train.stage import PREPARED, Training, train

FOLDS = 4
OFTEN = 8


@dataclass(frozen=True, slots=True)
class Crossing:
    """What is parted and how each fold is trained: `shards` so `often` for every time of the shards `beside` them."""

    shards: Sequence[Path]
    start: str
    beside: Sequence[Path]
    out: Path
    budget: Budget
    settings: TrainSettings
    folds: int = FOLDS
    often: int = OFTEN
    prepared: Path = PREPARED


def folds_of(shards: Sequence[Path], folds: int) -> dict[str, int]:
    """Return the fold of every group of documents: look-alikes share one, the folds hold about as many documents."""
    found = list(entries(shards))
    members: dict[int, list[str]] = defaultdict(list)
    for entry, family in zip(found, families(found), strict=True):
        members[family].append(entry.group)
    sizes = [0] * folds
    fold_of: dict[str, int] = {}
    for groups in sorted(members.values(), key=lambda groups: (-len(groups), min(groups))):
        smallest = sizes.index(min(sizes))
        sizes[smallest] += len(groups)
        fold_of |= dict.fromkeys(groups, smallest)
    return fold_of


def crossvalidate(wanted: Crossing, documents: Sequence[Posed], threads: int = 1) -> int:
    """Train and read every fold; return how many documents were read.

    `documents` may be more than the shards hold: those of a group that is in no shard are read with the first fold.
    Raises as training and reading do.
    """
    fold_of = folds_of(wanted.shards, wanted.folds)
    count = 0
    folders = []
    for fold in range(wanted.folds):
        asked = [one for one in documents if fold_of.get(one.label.group, 0) == fold]
        with TemporaryDirectory(prefix="bilag-fold-") as scratch:
            model = Path(scratch) / "model"
            _train(wanted, fold_of, fold, model)
            folders.append(wanted.out / f"fold-{fold}")
            count += predict(str(model), asked, folders[-1], beside=True, threads=threads)
    for name in (PREDICTIONS, LABELS, RULED, ROWS):
        parts = [(folder / name).read_text(encoding="utf-8") for folder in folders]
        (wanted.out / name).write_text("".join(parts), encoding="utf-8")
    return count


def _train(wanted: Crossing, fold_of: Mapping[str, int], fold: int, model: Path) -> None:
    others = (one for one in read_shards(wanted.shards) if fold_of[one.group] != fold)
    own = write_shards(others, model.parent / "data", "others")
    shards = [*wanted.beside, *(own * wanted.often)]
    train(Training(shards, wanted.start, model, wanted.budget, wanted.settings, prepared=wanted.prepared))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    shards = [shard for path in options.shards for shard in (shards_in(path) if path.is_dir() else [path])]
    settings = TrainSettings(rate=options.rate, warm_up=options.warm_up, seed=options.seed, threads=options.threads)
    budget = Budget(options.minutes, options.steps)
    wanted = Crossing(
        shards,
        options.start,
        options.beside,
        options.out,
        budget,
        settings,
        options.folds,
        options.often,
        options.prepared,
    )
    datasets = options.datasets or default_folder()
    try:
        here = (datasets / LABELS).is_file()
        documents = list(from_folder(datasets, options.only) if here else from_shards(shards))
        count = crossvalidate(wanted, documents, options.threads)
    except (BilagError, OSError, ValueError) as error:
        Console(stderr=True).print(f"Nothing compared: {error}", markup=False)
        return 2
    print(f"{count} documents read, each by a model that saw none of its family, in {options.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.crossvalidate", description="What labelled documents add to a model."
    )
    parser.add_argument("shards", nargs="+", type=Path, help="shards of labelled documents, or folders of them")
    parser.add_argument("--start", required=True, metavar="FOLDER", help="the model that is trained on")
    parser.add_argument("--beside", nargs="*", type=Path, default=[], help="shards of generated documents")
    parser.add_argument("--often", type=int, default=OFTEN, help="how often the documents come, a time of those beside")
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--datasets", type=Path, help="folder with labels.jsonl; without it the shards are read")
    parser.add_argument("--only", nargs="*", default=[], help="folders of --datasets")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--minutes", type=float, default=5.0, help="of training, a fold")
    parser.add_argument("--steps", type=int, help="of training, a fold, whatever the time")
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--warm-up", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--prepared", type=Path, default=PREPARED, help="where documents are kept as numbers")
    return parser


if __name__ == "__main__":
    sys.exit(main())
