"""What a benchmark says: rows for a terminal, and the same rows as JSON."""

import json
import os
import platform
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.ratios import Spread, ratio, spread

_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of a case: its value in `unit`, and what it stands against. `ratio` is the comparison as the goal
    states it, the median of the rounds; `low` and `high` are its quartiles."""

    case: str
    measure: str
    value: float
    unit: str
    against: str = ""
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    goal: str = ""


def timed(case: str, measure: str, taken: Sequence[float], per: int = 1, goal: str = "") -> Row:
    """Return a row of seconds as milliseconds; `per` is how many things one round was of."""
    return Row(case, measure, 1000 * spread(taken).middle / per, "ms", goal=goal)


def compared(
    case: str, measure: str, own: Sequence[float], other: Sequence[float], per: int = 1, goal: str = ""
) -> Row:
    """Return a row of what the other took in milliseconds, and how many times as long as our own that is."""
    times: Spread = ratio(other, own)
    middle = 1000 * spread(other).middle / per
    return Row(case, measure, middle, "ms", "ours", times.middle, times.low, times.high, goal)


def add_output(parser: ArgumentParser) -> None:
    """Add the options that every benchmark with rows has."""
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the rows as JSON too; - for the terminal")
    parser.add_argument("--quick", action="store_true", help="tiny settings, to see that it runs; figures mean nothing")


def show(title: str, rows: Iterable[Row], path: Path | None, settings: dict[str, object]) -> None:
    """Print a table, and write rows and settings to `path` where there is one."""
    found = list(rows)
    about = {"benchmark": title, "machine": machine(), "settings": settings, "rows": [asdict(row) for row in found]}
    if path is not None and str(path) == "-":
        print(json.dumps(about, indent=1, ensure_ascii=False))
        return
    table = Table("measure", "value", "unit", "against", "times", "quartiles", "goal", title=title)
    case = ""
    for row in found:
        if row.case != case:
            case = row.case
            table.add_section()
            table.add_row(f"[bold]{case}")
        times = "" if row.ratio is None else f"{row.ratio:.2f}"
        quartiles = "" if row.low is None or row.high is None else f"{row.low:.2f} to {row.high:.2f}"
        table.add_row(row.measure, f"{row.value:,.2f}", row.unit, row.against, times, quartiles, row.goal)
    console = Console()
    console.width = max(console.width, _WIDTH)
    console.print(table)
    console.print(", ".join(f"{name} {value}" for name, value in machine().items()), highlight=False)
    if path is not None:
        path.write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def machine() -> dict[str, object]:
    """Return what the figures were measured on, with the load of other work at this moment."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
    }


def _processor() -> str:
    """Return the processor's name with its instructions for 8-bit products, where Linux tells them."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    told: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        told.setdefault(name.strip(), value.strip())
    known = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")
    present = [flag for flag in known if flag in told.get("flags", "").split()]
    return " ".join([told.get("model name", platform.machine()), *present])
