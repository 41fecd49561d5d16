"""`bilag run`, `status`, `show`, `dead-letters` and `audit`: running the pipeline and asking what became of things."""

import getpass
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console

from pipeline.bootstrap import Application, build, open_store
from pipeline.cli.find import WHICH, one_document
from pipeline.cli.log import Level, log_to_stderr
from pipeline.cli.plain import json_text
from pipeline.cli.progress import work_progress
from pipeline.cli.tables import dead_letters_view, document_view, message_view, overview, status_tables
from pipeline.cli.terminal import quoted
from pipeline.cli.workspace import WorkspaceOption
from pipeline.errors import Rejected, Unavailable
from pipeline.settings import read_settings
from pipeline.store.audit import Checkpoint
from pipeline.store.records import DocumentLine
from pipeline.store.store import Store

HERE = Path()
ERP_UNAVAILABLE = "ERP_UNAVAILABLE"
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="run")(run_command)
    app.command(name="status")(status_command)
    app.command(name="show")(show_command)
    letters = typer.Typer(no_args_is_help=True, help="What could not be worked on, and trying it again.")
    letters.command(name="list")(dead_letters_list)
    letters.command(name="retry")(dead_letters_retry)
    app.add_typer(letters, name="dead-letters")
    audit = typer.Typer(no_args_is_help=True, help="The append-only, hash-chained log.")
    audit.command(name="verify")(audit_verify)
    audit.command(name="head")(audit_head)
    app.add_typer(audit, name="audit")


def run_command(
    workspace: WorkspaceOption = HERE,
    once: Annotated[bool, typer.Option("--once", help="Work through what is there, then stop.")] = False,
    as_json: JsonOption = False,
    log_level: Annotated[Level, typer.Option(help="How much is logged to the error stream.")] = Level.INFO,
) -> None:
    """Take in mail and carry every document to its outcome; without --once, until interrupted.

    With --once it ends with code 6 where a document became a dead letter because the ERP did not answer.
    """
    log_to_stderr(log_level)
    application = build(read_settings(workspace))
    console = Console(stderr=True)
    try:
        if once:
            _run_once(application, console, as_json=as_json)
        else:
            application.start()
            console.print("Running; Ctrl-C stops after the step in hand.")
            with _until_interrupted(application):
                application.work_forever()
    finally:
        application.close()


def _run_once(application: Application, console: Console, *, as_json: bool) -> None:
    before = frozenset(application.store.overview())
    application.start()
    with work_progress(console) as progress:
        application.work_once(progress)
    rows = application.store.overview()
    worked = [row for row in rows if row not in before]
    _print_overview(rows if worked or as_json else (), as_json=as_json)
    if any(row.reason == ERP_UNAVAILABLE for row in worked):
        raise typer.Exit(Unavailable.exit_code)


@contextmanager
def _until_interrupted(application: Application) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        application.stop()

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _print_overview(rows: Sequence[DocumentLine], *, as_json: bool) -> None:
    out = Console()
    if as_json:
        typer.echo(_text(rows))
    elif rows:
        out.print(overview(rows, width=out.width))
    else:
        out.print("Nothing new.")


def _text(value: object) -> str:
    return json_text(value, indent=2)


def status_command(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Show how many messages and documents are in which state, and the last ones."""
    report = open_store(read_settings(workspace)).status()
    if as_json:
        typer.echo(_text(report))
    else:
        Console().print(status_tables(report))


def show_command(
    document: Annotated[str, typer.Argument(help=WHICH)],
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Show everything known about DOCUMENT: fields, findings, decisions, posting, history."""
    store = open_store(read_settings(workspace))
    line = one_document(store, document)
    if line.id is None:
        _show_message(store, line, as_json=as_json)
        return
    record = store.show(line.id)
    if as_json:
        typer.echo(_text(record))
    else:
        Console().print(document_view(record))


def _show_message(store: Store, line: DocumentLine, *, as_json: bool) -> None:
    message, history = store.message(line.message_key), store.audit_rows(line.message_key)
    if as_json:
        typer.echo(_text({"line": line, "message": message, "audit": history}))
    else:
        Console().print(message_view(message, history))


def dead_letters_list(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """List what could not be worked on, with the reason."""
    letters = open_store(read_settings(workspace)).dead_letters()
    if as_json:
        typer.echo(_text(letters))
    elif letters:
        out = Console()
        out.print(dead_letters_view(letters, width=out.width))
    else:
        Console().print("No dead letters.")


def dead_letters_retry(
    ids: Annotated[list[int] | None, typer.Argument(help="Ids from `bilag dead-letters list`.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Retry all of them.")] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Mark dead letters for another try; `bilag run` takes them up."""
    store = open_store(read_settings(workspace))
    known = {letter.id for letter in store.dead_letters()}
    chosen = known if every else set(ids or ())
    if not chosen:
        raise typer.BadParameter("name at least one id, or --all")
    if unknown := chosen - known:
        raise Rejected(
            f"No open dead letter has the id {', '.join(map(str, sorted(unknown)))}.",
            operator_hint="`bilag dead-letters list` shows the open ones.",
        )
    for letter in sorted(chosen):
        store.retry_dead_letter(letter, actor=getpass.getuser())
    typer.echo(f"{len(chosen)} marked; `bilag run` takes them up.")


def audit_verify(
    workspace: WorkspaceOption = HERE,
    checkpoint: Annotated[str | None, typer.Option(help="A head printed earlier by `bilag audit head`.")] = None,
) -> None:
    """Check the whole audit chain; names the first bad row and ends with exit code 4 where it is broken."""
    try:
        kept = Checkpoint.parse(checkpoint) if checkpoint else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--checkpoint") from error
    store = open_store(read_settings(workspace))
    broken = store.verify_audit(kept)
    if broken is not None:
        Console(stderr=True).print(f"[bold red]Row {broken.row} is bad:[/] {quoted(broken.why)}")
        raise typer.Exit(4)
    head = store.audit_head()
    typer.echo(f"The chain of {head.count} rows holds. Head: {head}")


def audit_head(workspace: WorkspaceOption = HERE) -> None:
    """Print the chain's head, to be kept elsewhere: with it, `verify` also notices a cut-off end."""
    typer.echo(str(open_store(read_settings(workspace)).audit_head()))
