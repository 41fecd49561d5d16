"""`bilag retry`, `dismiss` and `cancel`: what a person does with a document that the flow left to them."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pipeline.bootstrap import open_desk
from pipeline.cli.find import WHICH, one_document
from pipeline.cli.terminal import harmless
from pipeline.cli.workspace import WorkspaceOption
from pipeline.desk import Desk
from pipeline.errors import Rejected
from pipeline.settings import read_settings
from pipeline.store.records import DocumentLine

HERE = Path()
DocumentArgument = Annotated[str, typer.Argument(help=WHICH)]
WhyOption = Annotated[str, typer.Option("--why", help="The reason, for the log.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="retry")(retry_command)
    app.command(name="dismiss")(dismiss_command)
    app.command(name="cancel")(cancel_command)


def retry_command(document: DocumentArgument, workspace: WorkspaceOption = HERE) -> None:
    """Have DOCUMENT read, checked and decided again by the next run, after what was wrong is put right."""
    with _at_desk(workspace, document) as (desk, line):
        desk.retry(line.id or line.message_key)
        _say(line, "is marked; `bilag run` takes it up.")


def dismiss_command(document: DocumentArgument, why: WhyOption, workspace: WorkspaceOption = HERE) -> None:
    """Close DOCUMENT, which waits for a person and needs no record, such as a duplicate or a statement."""
    with _at_desk(workspace, document) as (desk, line):
        desk.dismiss(line.id or line.message_key, why)
        _say(line, "is dismissed.")


def cancel_command(document: DocumentArgument, why: WhyOption, workspace: WorkspaceOption = HERE) -> None:
    """Roll DOCUMENT's record back in the ERP, so that a corrected document can be booked."""
    with _at_desk(workspace, document) as (desk, line):
        if line.id is None:
            raise Rejected("This message has no document.", operator_hint="Only a record in the ERP can be cancelled.")
        desk.cancel(line.id, why)
        _say(line, "is cancelled in the ERP.")


@contextmanager
def _at_desk(workspace: Path, document: str) -> Iterator[tuple[Desk, DocumentLine]]:
    with open_desk(read_settings(workspace), actor=getpass.getuser()) as (desk, store):
        yield desk, one_document(store, document)


def _say(line: DocumentLine, what: str) -> None:
    typer.echo(harmless(f"{line.file or line.subject} {what}"))
