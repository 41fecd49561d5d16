"""Make the challenger champion where it is not worse: `python -m training.promote`.

Both releases bring `metrics.json`, taken on the same frozen test. The challenger must reach the champion's macro F1 of
header fields and F1 of whole rows, and no critical field may lose more than `--tolerance`. Where there is no champion
the challenger becomes it. `--force REASON` promotes all the same and keeps the reason; `--rollback` makes the champion
before this one champion again; `--show` only tells. `--install FOLDER` then puts the champion's release into a folder.

Exit codes: 1 not promoted, 3 nothing to promote or a release that is damaged, 6 where MLflow does not answer.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from models.release import NAME, install_release, read_release
from pipeline.domain.policy import Policy
from pipeline.domain.vocabulary import HeaderField
from pipeline.errors import BilagError, ConfigurationError
from training.tracking.measured import MEASURES, METRICS, Measured, read_measured
from training.tracking.place import place
from training.tracking.registry import CHALLENGER, CHAMPION, Registry, Version

CRITICAL = tuple(field.value for field in HeaderField if field in Policy().critical_fields)
"""Fields by which a wrong record is booked or a wrong account paid; their F1 may fall by the tolerance."""

TOLERANCE = 0.01
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of both. `allowed` is by how much it may fall."""

    name: str
    champion: float | None
    challenger: float | None
    allowed: float

    @property
    def is_worse(self) -> bool:
        """Say whether it fell too far; a figure that the challenger does not state did."""
        if self.champion is None:
            return False
        return self.challenger is None or self.challenger < self.champion - self.allowed - _ROUNDING


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the challenger, and why, in a sentence that says what to do next."""

    promoted: bool
    said: str
    compared: tuple[Compared, ...] = ()


def compare(champion: Measured, challenger: Measured, tolerance: float = TOLERANCE) -> tuple[Compared, ...]:
    """Return every figure that decides, the measures first."""
    allowed = dict.fromkeys(MEASURES, 0.0) | {f"field.{name}": tolerance for name in CRITICAL}
    return tuple(Compared(name, champion.f1.get(name), challenger.f1.get(name), a) for name, a in allowed.items())


def promote(registry: Registry, tolerance: float = TOLERANCE, force: str = "") -> Outcome:
    """Promote the challenger where it passes, or where `force` says why it must.

    Raises ConfigurationError where there is no challenger or its release is damaged.
    """
    challenger, champion = registry.holder(CHALLENGER), registry.holder(CHAMPION)
    if challenger is None:
        raise ConfigurationError(
            "No release is challenger.", operator_hint="Register one: `python -m training.register FOLDER`."
        )
    if champion is not None and champion.number == challenger.number:
        return Outcome(True, f"{_named(challenger)} is champion already.")
    with TemporaryDirectory() as scratch:
        fetched = registry.fetch(challenger, Path(scratch) / CHALLENGER)
        read_release(fetched)
        ours = read_measured(fetched / METRICS)
        theirs = _of_champion(registry, champion, Path(scratch) / CHAMPION) if champion else None
    compared = compare(theirs, ours, tolerance) if isinstance(theirs, Measured) else ()
    refusal = _refusal(challenger, theirs, ours, compared)
    if refusal and not force:
        return Outcome(False, f"{refusal} Train on, or promote all the same with `--force REASON`.", compared)
    registry.promote(challenger, force if refusal else "")
    over = f" in the place of {_named(champion)}" if champion else ", the first one"
    because = f"; forced, though: {refusal}" if refusal else "."
    return Outcome(True, f"{_named(challenger)} is champion now{over}{because}", compared)


def _of_champion(registry: Registry, champion: Version, scratch: Path) -> Measured | str:
    """Return how the champion was measured, or why that cannot be told, which `--force` may pass over."""
    try:
        return read_measured(registry.fetch(champion, scratch, METRICS))
    except ConfigurationError as error:
        return error.message


def _refusal(challenger: Version, theirs: Measured | str | None, ours: Measured, compared: Sequence[Compared]) -> str:
    """Return why the challenger may not be promoted; empty where it may."""
    if challenger.rolled_back:
        return f"{_named(challenger)} was champion and rolled back ({challenger.rolled_back})."
    if theirs is None:
        return ""
    if isinstance(theirs, str):
        return f"The champion cannot be compared with: {theirs}"
    if theirs.test != ours.test:
        return (
            "Champion and challenger were measured on different tests, so their figures say nothing of each other; "
            "evaluate both on the same one."
        )
    worse = [row.name for row in compared if row.is_worse]
    return f"{_named(challenger)} is worse than the champion in {', '.join(worse)}." if worse else ""


def _roll_back(registry: Registry, reason: str) -> str:
    change = registry.roll_back(reason)
    if change is None:
        raise ConfigurationError(
            "No champion stood before this one.", operator_hint="Register an earlier release and promote it."
        )
    now, before = registry.version(change.after), change.before
    return f"{_named(now)} is champion again in the place of version {before}, which is not promoted again by itself."


def _standing(registry: Registry) -> Iterator[str]:
    """Yield who is champion and challenger, and every change of the champion."""
    for alias in (CHAMPION, CHALLENGER):
        version = registry.holder(alias)
        yield f"{alias}: {_named(version) if version else 'none'}"
    for change in registry.history():
        why = f" ({change.reason})" if change.reason else ""
        yield f"{change.at[:19]}Z {change.what}: {change.before or 'none'} -> {change.after}{why}"


def _named(version: Version) -> str:
    return f"Version {version.number} (release {version.release})"


def _install(registry: Registry, folder: Path) -> str:
    champion = registry.holder(CHAMPION)
    if champion is None:
        raise ConfigurationError("There is no champion to install.", operator_hint="Promote one first.")
    with TemporaryDirectory() as scratch:
        install_release(folder, registry.fetch(champion, Path(scratch)))
    return f"{_named(champion)} is in {folder} now; restart what serves from it."


def _print_compared(compared: Sequence[Compared]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{NAME}: F1 on the frozen test", title_justify="left", box=box.SIMPLE)
    table.add_column("")
    for heading in (CHAMPION, CHALLENGER, "difference", "may fall by", ""):
        table.add_column(heading, justify="right")
    for row in compared:
        both = row.champion is not None and row.challenger is not None
        difference = f"{(row.challenger or 0) - (row.champion or 0):+.4f}" if both else "–"
        shown = ("–" if value is None else f"{value:.4f}" for value in (row.champion, row.challenger))
        table.add_row(row.name, *shown, difference, f"{row.allowed:g}", "worse" if row.is_worse else "")
    Console(highlight=False, width=100).print(table)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        registry = Registry(place())
        code = 0
        if options.show:
            print("\n".join(_standing(registry)))
        elif options.rollback is not None:
            print(_roll_back(registry, options.rollback))
        else:
            outcome = promote(registry, options.tolerance, options.force)
            if outcome.compared:
                _print_compared(outcome.compared)
            print(outcome.said, file=sys.stdout if outcome.promoted else sys.stderr)
            code = 0 if outcome.promoted else 1
        if options.install and code == 0:
            print(_install(registry, options.install))
    except BilagError as error:
        print(f"Stopped: {error}", file=sys.stderr)
        return error.exit_code
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.promote", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--force", default="", metavar="REASON", help="promote all the same, and keep why")
    what.add_argument(
        "--rollback", nargs="?", const="", metavar="REASON", help="make the former champion champion again"
    )
    what.add_argument("--show", action="store_true", help="tell who is champion, and who was")
    parser.add_argument(
        "--tolerance", type=float, default=TOLERANCE, help=f"F1 that a critical field may lose (default: {TOLERANCE})"
    )
    parser.add_argument("--install", type=Path, metavar="FOLDER", help="then put the champion's release there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
