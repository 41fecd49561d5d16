"""A progress bar on standard error; nothing where that is no terminal."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")


def progress(items: Iterable[_T], what: str, total: int | None = None) -> Iterator[_T]:
    """Yield the items and show how far along they are."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(items, description=what, total=total, console=console, disable=not console.is_terminal)
