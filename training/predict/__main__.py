"""The stage: `python -m training.predict rules|FOLDER --datasets DIR --only real einvoice --out OUT`.

Reads labelled documents (of `DIR/labels.jsonl`, or of `--shards`) and writes `predictions.jsonl` (the extraction
contract), `labels.jsonl` (what is known of them) and `rows.jsonl` (what spoke for every value that can be judged).

`--frozen data/real_test.json` reads the real documents that no training sees, from --datasets or the folder that
BILAG_DATASETS names; where they are not there, `--shards` are read in their place, and that is said.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from models.calibration import Calibration
from pipeline.errors import BilagError
from training.collect.labels import default_folder
from training.predict.documents import LABELS, Posed, from_folder, from_shards
from training.predict.stage import predict
from training.split import read_frozen


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 2 where nothing could be read."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.datasets and not options.shards and not options.frozen:
        parser.error("name --datasets, --frozen or --shards")
    console = Console(stderr=True)
    try:
        count = predict(
            options.reader,
            _posed(options, console),
            options.out,
            beside=options.rules,
            alone=options.alone,
            threads=options.threads,
            most=options.most,
            calibration=_calibration(options.calibration),
        )
    except (BilagError, OSError, ValueError) as error:
        console.print(f"Nothing read: {error}", markup=False)
        return 2
    if not count:
        console.print("Nothing read: there are no documents; name other --shards or --datasets.")
        return 2
    print(f"{count} documents read, in {options.out}")
    return 0


def _calibration(path: Path | None) -> Calibration | None:
    return None if path is None else Calibration.from_json(json.loads(path.read_text(encoding="utf-8")))


def _posed(options: argparse.Namespace, console: Console) -> Iterable[Posed]:
    if options.frozen:
        folder, frozen = options.datasets or default_folder(), read_frozen(options.frozen)
        if frozen and (folder / LABELS).is_file():
            return from_folder(folder, options.only, frozen)
        console.print(f"The documents of {options.frozen} are not here (BILAG_DATASETS); reading --shards.")
    if options.shards:
        return from_shards(options.shards)
    return from_folder(options.datasets or default_folder(), options.only)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.predict", description="Read labelled documents.")
    parser.add_argument("reader", help="`rules`, or the folder of a model in training or of a release")
    parser.add_argument("--datasets", type=Path, help="folder with labels.jsonl and the files that it names")
    parser.add_argument("--only", nargs="*", default=[], help="folders of --datasets")
    parser.add_argument("--frozen", type=Path, metavar="LIST", help="read the documents of a frozen test only")
    parser.add_argument("--shards", nargs="*", type=Path, default=[], help="shards of the data set")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--rules", action="store_true", help="write what the rules read as well, to compare with")
    parser.add_argument("--calibration", type=Path, metavar="FILE", help="calibration.json: give probabilities")
    parser.add_argument("--alone", action="store_true", help="leave the rules out, to see what the model knows")
    parser.add_argument("--most", type=int, help="read at most so many documents")
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
