"""`bilag demo`: everything at once, on a throw-away company."""

import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.status import Status

from pipeline.cli.plain import json_text
from pipeline.cli.progress import work_progress
from pipeline.cli.tables import overview, totals_line
from pipeline.demo.run import Demonstration, demonstration
from pipeline.store.records import DocumentLine


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="demo")(demo_command)


def demo_command(
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="Keep the workspace here; otherwise a new folder is made.")
    ] = None,
    cache: Annotated[Path | None, typer.Option(help="Where the ERP's database is kept for the next time.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Watch a mailbox become posted, checked records in a real ERP (Tryton), on a made-up company."""
    started = time.monotonic()
    folder = workspace or Path(tempfile.mkdtemp(prefix="bilag-demo-"))
    if any(folder.glob("*")):
        raise typer.BadParameter(f"{folder} is not empty; name a new folder", param_hint="--workspace")
    console = Console(stderr=True)
    with Status("Setting up …", console=console) as status:

        def tell(step: str) -> None:
            if console.is_terminal:
                status.update(f"{step} …")
            else:
                console.print(f"{step} …", highlight=False)

        prepared = demonstration(
            folder,
            cache or Path.home() / ".cache" / "bilag",
            datetime.now(UTC).date(),
            tell,
        )
        with prepared as demo:
            status.stop()
            with work_progress(console) as progress:
                demo.application.work_once(progress)
            rows = demo.application.store.overview()
            _show(demo, rows, as_json=as_json, seconds=time.monotonic() - started)


def _show(demo: Demonstration, rows: tuple[DocumentLine, ...], *, as_json: bool, seconds: float) -> None:
    if as_json:
        typer.echo(json_text(rows, indent=2))
        return
    out = Console()
    out.print(overview(rows, title="What became of every message", width=out.width))
    out.print()
    out.print(totals_line(rows, messages=demo.messages, seconds=seconds))
    out.print(f"\nThe workspace is [bold]{demo.workspace}[/]. Where to look next:")
    bilag = "bilag" if shutil.which("bilag") else sys.argv[0]
    for command, what in (
        (f"{bilag} status -w {demo.workspace}", "how much is in which state"),
        (f"{bilag} show -w {demo.workspace} RE-2026-0417", "fields, findings, decision and history of one document"),
        (f"{bilag} dead-letters list -w {demo.workspace}", "what could not be read, and why"),
        (f"{bilag} audit verify -w {demo.workspace}", "that nobody rewrote the log"),
        (f"{bilag} extract YOUR.pdf", "the fields of any PDF, picture or e-invoice"),
    ):
        out.print(f"  [bold]{command}[/]\n    [dim]{what}[/]", highlight=False, soft_wrap=True)
    out.print("\nThe demonstration's ERP has stopped: `retry` and `cancel` will not reach it.")
