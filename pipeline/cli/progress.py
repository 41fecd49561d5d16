"""A progress bar over the engine's open work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.store.engine import Progress as WorkProgress


@contextmanager
def work_progress(console: Console, label: str = "Messages") -> Iterator[Callable[[WorkProgress], None]]:
    """Show how many messages are finished, on terminals only; yields what to call with the engine's counts."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def update(work: WorkProgress) -> None:
            finished = work.done + work.failed
            bar.update(task, completed=finished, total=finished + work.open)

        yield update
