"""Typst expressions in code mode, as text. Everything printed is a string literal, so there is one kind of escaping."""

from collections.abc import Iterable
from typing import NewType

Markup = NewType("Markup", str)
"""A typst expression that yields content."""

NOTHING = Markup("[]")


def lit(text: str) -> Markup:
    """Return text as content."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return Markup(f'"{escaped}"')


def join(*parts: Markup) -> Markup:
    """Set parts one after the other, without blanks."""
    kept = [part for part in parts if part != NOTHING]
    return Markup("{" + "; ".join(kept) + "}") if kept else NOTHING


def words(*parts: Markup) -> Markup:
    """Set parts one after the other, with a blank between."""
    kept = [part for part in parts if part != NOTHING]
    return join(*(piece for index, part in enumerate(kept) for piece in ([lit(" ")] if index else []) + [part]))


def lines(parts: Iterable[Markup]) -> Markup:
    """Set parts below each other as lines of one paragraph."""
    kept = [part for part in parts if part != NOTHING]
    return join(
        *(piece for index, part in enumerate(kept) for piece in ([Markup("linebreak()")] if index else []) + [part])
    )


def styled(content: Markup, *settings: str) -> Markup:
    """Return content in another type; settings as in `size: 8pt`."""
    kept = [setting for setting in settings if setting]
    return Markup(f"text({', '.join(kept)}, {content})") if kept and content != NOTHING else content


def bold(content: Markup) -> Markup:
    return styled(content, 'weight: "bold"')


def aligned(where: str, content: Markup) -> Markup:
    """Align content: "left", "right", "center"."""
    return Markup(f"align({where}, {content})") if content != NOTHING else NOTHING


def boxed(content: Markup, *settings: str) -> Markup:
    """Return content as a block; settings as in `width: 100%`, `stroke: 0.5pt`."""
    return Markup(f"block({', '.join([*settings, content])})") if content != NOTHING else NOTHING


def gap(points: float) -> Markup:
    """Return vertical space."""
    return Markup(f"v({points:.1f}pt, weak: true)")


def rule(stroke: str) -> Markup:
    return Markup(f"line(length: 100%, stroke: {stroke})")


def grid(columns: str, cells: Iterable[Markup], *settings: str, element: str = "grid") -> Markup:
    """Return a grid or table; `columns` as typst writes them: "(1fr, auto)"."""
    inner = ", ".join([f"columns: {columns}", *(s for s in settings if s), *(cell or NOTHING for cell in cells)])
    return Markup(f"{element}({inner})")


def below(*parts: Markup) -> Markup:
    """Set blocks below each other."""
    kept = [part for part in parts if part != NOTHING]
    return join(
        *(piece for index, part in enumerate(kept) for piece in ([Markup("parbreak()")] if index else []) + [part])
    )
