"""Puts the command together and turns errors into a sentence, a hint and an exit code."""

import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli import decide, demo, extract, operate, workspace
from pipeline.cli.terminal import quoted
from pipeline.errors import BilagError


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"bilag {version('bilag')}")
        raise typer.Exit


def build() -> typer.Typer:
    """Return the `bilag` command with all its subcommands."""
    app = typer.Typer(
        name="bilag",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,
        help="E-mailed invoices and purchase orders in; checked, posted ERP records out.",
        epilog="Exit codes: 0 done, 1 unexpected, 2 usage, 3 settings, 4 corrupt state, 5 disk or memory full, "
        "6 no answer, 7 credentials, 8 refused, 10 some documents failed.",
    )
    app.callback()(_options)
    demo.add_to(app)
    extract.add_to(app)
    workspace.add_to(app)
    operate.add_to(app)
    decide.add_to(app)
    return app


def _options(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """E-mailed invoices and purchase orders in; checked, posted ERP records out."""


def main() -> None:
    """Run the command line; whatever it writes is its owner's alone."""
    os.umask(0o077)
    try:
        build()()
    except BilagError as error:
        console = Console(stderr=True)
        console.print(f"[bold red]Error:[/] {quoted(error.message)}", highlight=False)
        console.print(f"[dim]{quoted(error.operator_hint)}[/]", highlight=False)
        sys.exit(error.exit_code)
