"""Renders HTML as lines of text, as a text browser does: tables keep their columns."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

_DEEPEST = 60  # elements within elements; what lies deeper is taken as plain text
_GAP = "   "  # between the cells of a row: more than the one blank between words
_MOST_SPAN = 50
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "meta", "link", "svg", "select"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p"}
    | {"section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote"})
_NUMERIC = re.compile(r"[^\d\W]{0,3}\s?[€$£%(+-]{0,2}\s?\d[\d.,' ]*\s?[€$£%)-]{0,2}\s?[^\d\W]{0,4}")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)", re.IGNORECASE)


def html_lines(html: str, widest: int) -> list[str]:
    """Return the visible text as lines. Rows of tables wider than `widest` columns have their cells one below another.

    Quoted parts (blockquote) have "> " before each line.
    """
    return _Renderer(widest).block(BeautifulSoup(html, "lxml"), 0)


class _Renderer:
    def __init__(self, widest: int) -> None:
        self._widest = widest

    def block(self, element: Tag, depth: int) -> list[str]:
        """Return an element's content as lines."""
        if depth > _DEEPEST:
            return [_flat(element.get_text(" ")).strip()]
        lines: list[str] = []
        inline: list[str] = []
        for child in element.children:
            if isinstance(child, Tag):
                if _is_hidden(child):
                    continue
                if child.name in _BLOCKS or _holds_block(child):
                    lines += _paragraph(inline)
                    inline = []
                    lines += self._child_block(child, depth + 1)
                else:
                    inline.append(_inline(child, depth + 1))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                inline.append(_flat(str(child)))
        lines += _paragraph(inline)
        return _without_double_blanks(lines)

    def _child_block(self, element: Tag, depth: int) -> list[str]:
        if element.name == "table":
            lines = self._table(element, depth)
        elif element.name == "pre":
            lines = element.get_text().expandtabs(8).splitlines()
        else:
            lines = self.block(element, depth)
        if element.name == "blockquote" or "gmail_quote" in (element.get("class") or ()):
            lines = [f"> {line}" for line in lines]
        if element.name == "li" and lines:
            lines = [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
        return ["", *lines, ""] if element.name in _SPACED else lines

    def _table(self, table: Tag, depth: int) -> list[str]:
        rows = [[(self.block(cell, depth + 1), _span(cell)) for cell in _cells(row)] for row in _rows(table)]
        rows = [row for row in rows if any(lines for lines, _ in row)]
        widths = _column_widths(rows)
        if sum(widths) + len(_GAP) * max(0, len(widths) - 1) > self._widest:
            return [line for row in rows for lines, _ in row for line in lines]
        numeric = [_is_numeric(rows, column) for column in range(len(widths))]
        return [line.rstrip() for row in rows for line in _beside(row, widths, numeric)]


def _rows(table: Tag) -> Iterator[Tag]:
    """Yield a table's own rows, not those of tables inside it."""
    for child in table.children:
        if not isinstance(child, Tag) or _is_hidden(child):
            continue
        if child.name == "tr":
            yield child
        elif child.name in ("tbody", "thead", "tfoot"):
            yield from (row for row in child.find_all("tr", recursive=False) if not _is_hidden(row))


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.find_all(["td", "th"], recursive=False) if not _is_hidden(cell)]


def _span(cell: Tag) -> int:
    text = str(cell.get("colspan", "1")).strip()
    return min(_MOST_SPAN, max(1, int(text))) if text.isascii() and text.isdecimal() else 1


_Row = Sequence[tuple[Sequence[str], int]]


def _column_widths(rows: Sequence[_Row]) -> list[int]:
    """Return each column's width: that of its widest cell; cells over several columns widen the last of them."""
    widths = [0] * max((sum(span for _, span in row) for row in rows), default=0)
    for spanning in (False, True):
        for row in rows:
            column = 0
            for lines, span in row:
                if (span > 1) == spanning:
                    width = max(map(len, lines), default=0)
                    have = sum(widths[column : column + span]) + len(_GAP) * (span - 1)
                    widths[column + span - 1] += max(0, width - have)
                column += span
    return widths


def _is_numeric(rows: Sequence[_Row], column: int) -> bool:
    """Say whether most cells of a column are numbers, which then stand right, as they do on paper."""
    texts = [text for row in rows if (text := _text_at(row, column))]
    return sum(_NUMERIC.fullmatch(text) is not None for text in texts) * 2 > len(texts)


def _text_at(row: _Row, column: int) -> str:
    at = 0
    for lines, span in row:
        if at == column and span == 1 and len(lines) == 1:
            return lines[0].strip()
        at += span
    return ""


def _beside(row: _Row, widths: Sequence[int], numeric: Sequence[bool]) -> Iterator[str]:
    """Yield a row's cells side by side, line by line."""
    for index in range(max(len(lines) for lines, _ in row)):
        parts: list[str] = []
        column = 0
        for lines, span in row:
            width = sum(widths[column : column + span]) + len(_GAP) * (span - 1)
            text = lines[index] if index < len(lines) else ""
            parts.append(text.rjust(width) if span == 1 and numeric[column] else text.ljust(width))
            column += span
        yield _GAP.join(parts)


def _inline(element: Tag, depth: int) -> str:
    if element.name == "br":
        return "\n"
    if depth > _DEEPEST:
        return _flat(element.get_text(" "))
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, Tag):
            parts.append("" if _is_hidden(child) else _inline(child, depth + 1))
        elif not isinstance(child, PreformattedString):
            parts.append(_flat(str(child)))
    return "".join(parts)


def _paragraph(inline: Iterable[str]) -> list[str]:
    """Return inline text as lines; one that is all blank is none."""
    lines = [re.sub(r" {2,}", " ", line).strip() for line in "".join(inline).split("\n")]
    return lines if any(lines) else []


def _holds_block(element: Tag) -> bool:
    return element.name != "br" and element.find(lambda tag: tag.name in _BLOCKS) is not None


def _is_hidden(element: Tag) -> bool:
    if element.name in _UNSEEN or element.has_attr("hidden"):
        return True
    style = element.get("style")
    return isinstance(style, str) and _HIDDEN.search(style) is not None


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _without_double_blanks(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
