"""Lays a message's text out as pages: a grid of letters, so that columns typed with blanks stay columns."""

import re
from collections.abc import Iterator, Sequence

from pipeline.adapters.words import refusals
from pipeline.adapters.words.html_lines import html_lines
from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.quality import measure
from pipeline.domain.document import Box, Document, Page, SourceFile, Unreadable, Word, WordsFrom
from pipeline.ingest.mime.charset import decode_text

WIDEST = 160  # columns; longer lines are folded
_NARROWEST = 80
_MARGIN = 4  # columns left free on each side, lines above and below
_LINE = 2.0  # a line's height in letters' widths
_TALL = 1.5  # a letter's height in its width: one blank then joins words, two part them
_PAGE_WIDTH, _PAGE_HEIGHT = 595.0, 842.0
_TAB = 8

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_QUOTED = re.compile(r"\s{0,3}>[> ]*")
_INTRODUCES_QUOTE = re.compile(
    r"\s*(?:on|am|le|den|op|el|il|på|kl\.?)\b.{4,200}"
    r"\b(?:wrote|schrieb|a écrit|skrev|schreef|escribió|ha scritto)\s?:\s*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"-- ?")  # RFC 3676, 4.3


def read_mail_body(file: SourceFile, limits: ReadLimits) -> Document | Unreadable:
    """Return a text or HTML body as pages. What it quotes, and its signature, come after what it says itself."""
    html = file.media_type == "text/html"
    text = _decoded(file.content, html)
    lines = html_lines(text, WIDEST) if html else text.expandtabs(_TAB).splitlines()
    folded = [part for line in _own_words_first(lines) for part in _folded(line.rstrip())]
    columns = max([_NARROWEST, *map(len, folded)]) + 2 * _MARGIN
    rows = int(columns * _PAGE_HEIGHT / _PAGE_WIDTH / _LINE)
    per_page = rows - 2 * _MARGIN
    count = -(-len(folded) // per_page)
    if count > limits.max_pages:
        return refusals.unreadable(file, refusals.too_many_pages(count, limits))
    pages = tuple(
        Page(number + 1, _PAGE_WIDTH, _PAGE_HEIGHT, tuple(_words(folded[start : start + per_page], columns, rows)))
        for number, start in enumerate(range(0, len(folded), per_page))
    )
    if not any(page.words for page in pages):
        return refusals.unreadable(file, refusals.no_text())
    quality = measure(word for page in pages for word in page.words)
    return Document(file.name, file.sha256, pages, WordsFrom.MAIL_BODY, quality, 1, len(pages))


def _decoded(content: bytes, html: bool) -> str:
    """Decode by what the bytes are (UTF-8 is told from all else), then by what the HTML declares, then by guess."""
    declared = _META_CHARSET.search(content[:4096]) if html else None
    try:
        return content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        return decode_text(content, declared.group(1).decode("ascii") if declared else None)[0]


def _own_words_first(lines: Sequence[str]) -> list[str]:
    """Move quoted lines (their marks taken off), the line that introduces them, and the signature to the end."""
    own: list[str] = []
    quoted: list[str] = []
    signature: list[str] = []
    target = own
    for line in lines:
        if mark := _QUOTED.match(line):
            quoted.append(line[mark.end() :])
        elif _INTRODUCES_QUOTE.fullmatch(line):
            quoted.append(line)
        elif _SIGNATURE.fullmatch(line) and own:
            target = signature
        else:
            target.append(line)
    return own + [""] * bool(quoted) + quoted + [""] * bool(signature) + signature


def _folded(line: str) -> Iterator[str]:
    """Fold a line at a blank before the widest column; the rest is not indented."""
    while len(line) > WIDEST:
        cut = line.rfind(" ", 1, WIDEST)
        cut = cut if cut > 0 and line[:cut].strip() else WIDEST
        yield line[:cut]
        line = line[cut:].lstrip()
    yield line


def _words(lines: Sequence[str], columns: int, rows: int) -> Iterator[Word]:
    height = _TALL / _LINE / rows
    for row, line in enumerate(lines):
        y0 = (row + _MARGIN) / rows
        for found in re.finditer(r"\S+", line):
            box = Box((found.start() + _MARGIN) / columns, y0, (found.end() + _MARGIN) / columns, y0 + height)
            yield Word(found.group(), box)
