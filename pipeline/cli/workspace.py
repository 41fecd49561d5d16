"""`bilag init`: a folder with settings and a policy, ready to be filled in."""

import shlex
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.adapters.policy_file import default_policy_toml
from pipeline.cli.terminal import quoted
from pipeline.errors import ConfigurationError
from pipeline.settings import FILE_NAME

WorkspaceOption = Annotated[
    Path,
    typer.Option("--workspace", "-w", envvar="BILAG_WORKSPACE", help="The folder that holds bilag.toml and all state."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="init")(init_command)


def init_command(
    workspace: Annotated[Path, typer.Argument(help="The folder to set up; made if it is not there.")],
) -> None:
    """Set up WORKSPACE with a commented bilag.toml and policy.toml; nothing that is there is overwritten.

    A new folder is its owner's alone.
    """
    settings_file, policy_file = workspace / FILE_NAME, workspace / "policy.toml"
    if settings_file.exists():
        raise ConfigurationError(f"{settings_file} is already there.", operator_hint="Edit it, or name another folder.")
    try:
        _write(workspace, settings_file, policy_file)
    except OSError as error:
        raise ConfigurationError(
            f"{workspace} cannot be set up: {error.strerror}.", operator_hint="Name a folder that you may write to."
        ) from error
    out = Console()
    out.print(f"[green]Ready:[/] {quoted(str(workspace))}")
    out.print(f"  1. Say in [bold]{quoted(str(settings_file))}[/] where mail comes from and which ERP it goes to.")
    out.print(f"  2. Set the limits in [bold]{quoted(str(policy_file))}[/].")
    out.print("  3. [bold]export BILAG_ERP__PASSWORD=…[/] (and BILAG_MAILBOX__PASSWORD for an IMAP account)")
    out.print(f"  4. [bold]bilag run --once --workspace {quoted(shlex.quote(str(workspace)))}[/]")


def _write(workspace: Path, settings_file: Path, policy_file: Path) -> None:
    workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings_file.touch(mode=0o600)
    settings_file.write_text(files("pipeline.cli").joinpath("bilag.toml").read_text("utf-8"), encoding="utf-8")
    if not policy_file.exists():
        policy_file.write_text(default_policy_toml(), encoding="utf-8")
    (workspace / "inbox").mkdir(exist_ok=True)
