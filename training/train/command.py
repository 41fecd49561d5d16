"""The command line that training and pre-training have in common."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from rich.console import Console

from pipeline.errors import BilagError
from training.dataset.shards import shards_in
from training.tracking.place import first_line
from training.tracking.run import Tracked, run
from training.train.checkpoint import ABOUT, Course, has_checkpoint
from training.train.fit import Told
from training.train.settings import Budget, FitSettings
from training.train.stage import PREPARED, Shape, Training, interrupted, train

EXPERIMENT = "release"


@dataclass(frozen=True, slots=True)
class Command:
    """One stage that fits a model: its name, what it does, and the settings, which say what is learnt."""

    name: str
    does: str
    settings: type[FitSettings]

    def main(self, arguments: Sequence[str] | None = None) -> int:
        """Run the command; return its exit code."""
        options = _parser(self).parse_args(arguments)
        settings = self.settings(**{field.name: getattr(options, field.name) for field in fields(self.settings)})
        shards = [shard for path in options.shards for shard in (_train_shards(path) if path.is_dir() else [path])]
        budget = Budget(options.minutes, options.steps)
        shape = Shape(options.encoder, options.width, options.layers, options.heads, options.layout)
        wanted = Training(shards, options.start, options.out, budget, settings, shape, options.prepared)
        console = Console(stderr=True)
        try:
            former = interrupted(wanted)
            if former is not None:
                print(f"Goes on after {former.steps} steps.", flush=True)
            elif has_checkpoint(wanted.folder):
                console.print("The checkpoint there is of other data, settings or base; training starts anew.")
            with self._tracked(wanted, former, options.experiment, console) as tracked:
                course = train(wanted, _teller(tracked), tracked.id if tracked else None)
                if tracked is not None:
                    _keep(tracked, course, wanted.folder)
        except (BilagError, OSError, ValueError) as error:
            console.print(f"Nothing trained: {error}", markup=False)
            return 2
        print(f"{course.steps} steps over {course.documents} documents in {course.seconds / 60:.1f} minutes.")
        return 0

    @contextmanager
    def _tracked(
        self, wanted: Training, former: Course | None, experiment: str, console: Console
    ) -> Iterator[Tracked | None]:
        """Follow the training in MLflow; yield None where the run cannot be opened."""
        parameters = {
            **wanted.settings.to_json(),
            **asdict(wanted.budget),
            "start": wanted.start,
            **asdict(wanted.shape),
        }
        resume = former.run if former is not None else None
        with ExitStack() as stack:
            tracked = None
            try:
                following = run(experiment, self.name, parameters, data=wanted.shards, resume=resume)
                tracked = stack.enter_context(following)
            except Exception as error:  # noqa: BLE001 — stores raise what they like, and training is worth more than its record
                console.print(f"Trains on, but is not tracked: {first_line(error)}", markup=False)
            yield tracked


def _keep(tracked: Tracked, course: Course, folder: Path) -> None:
    """Keep with the run what the model is made of."""
    base = course.base or {}
    tracked.note("base", str(base.get("name", "")))
    tracked.note("base.licence", str(base.get("licence", "")))
    tracked.note("data.digest", course.data)
    tracked.note("data.documents", str(course.documents))
    tracked.artifact(folder / ABOUT)


def _teller(tracked: Tracked | None) -> Callable[[Told], None]:
    """Return what takes the curves: they are printed, and tracked where they can be."""

    def tell(told: Told) -> None:
        if told.name == "loss":
            print(f"{told.step} steps, loss {told.value:.4f}", flush=True)
        if tracked is not None:
            tracked.figures({told.name: told.value}, told.step)

    return tell


def _train_shards(folder: Path) -> list[Path]:
    """Return the training side of a split, or all shards where the folder is none."""
    return sorted(folder.glob("train-*.parquet")) or shards_in(folder)


def _parser(command: Command) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m training.{command.name}", description=command.does)
    parser.add_argument("shards", nargs="+", type=Path, help="shards, or folders with train-*.parquet or any shards")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument(
        "--start", default="multilingual-e5-small", help="a base, or a folder with a model to go on from"
    )
    parser.add_argument("--encoder", choices=("page", "layoutlm"), default=Shape().encoder, help="a new model's layers")
    parser.add_argument("--layers", type=int, default=Shape().layers, help="how many; of a layoutlm the first")
    parser.add_argument("--width", type=int, default=Shape().width, help="of page layers")
    parser.add_argument("--heads", type=int, default=Shape().heads, help="of page layers")
    parser.add_argument(
        "--without-layout", dest="layout", action="store_false", help="a new model sees words in their order only"
    )
    parser.add_argument("--minutes", type=float, default=Budget().minutes)
    parser.add_argument("--steps", type=int, help="train so many steps, whatever the time")
    parser.add_argument("--prepared", type=Path, default=PREPARED, help="where documents are kept as numbers")
    parser.add_argument("--experiment", default=EXPERIMENT, help="the MLflow experiment that the run is one of")
    for field in fields(command.settings):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    return parser
