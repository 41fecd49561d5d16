"""Elements by path. Paths are local names joined by "/": each syntax uses its names in one meaning, in any version."""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree


def elements(start: etree._Element | None, *paths: str) -> list[etree._Element]:
    """Return all elements at any of the paths, those of an earlier path first."""
    if start is None:
        return []
    return [found for path in paths for found in start.iterfind(_any_namespace(path))]


def element(start: etree._Element | None, *paths: str) -> etree._Element | None:
    """Return the first element at the first path that leads to one."""
    if start is None:
        return None
    return next((found for path in paths if (found := start.find(_any_namespace(path))) is not None), None)


def texts(start: etree._Element | None, *paths: str) -> Iterator[str]:
    """Yield the text of all elements at the paths, without outer blanks; empty ones are passed over."""
    return (text for found in elements(start, *paths) if (text := text_of(found)))


def text(start: etree._Element | None, *paths: str) -> str | None:
    """Return the first text at the first path that leads to one."""
    return next(texts(start, *paths), None)


def text_of(found: etree._Element | None) -> str:
    """Return an element's own text without outer blanks."""
    return (found.text or "").strip() if found is not None else ""


@lru_cache(maxsize=512)
def _any_namespace(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))
