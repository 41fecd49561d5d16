"""The text of a message: what it says, and whether it is itself the document."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from pipeline.ingest.mime.charset import storable
from pipeline.ingest.wording import looks_like_order

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote br div dl dt dd footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre"
        " section table tbody thead tr ul",
    )
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_CID = re.compile(r"cid:([^\"'>\s)]{1,300})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BodyText:
    """One text part of a message body: `path` of the part, its text, and whether that is HTML."""

    path: str
    text: str
    html: bool


def html_to_text(html: str) -> str:
    """Return what a reader sees: one line per block or table row, cells parted by tabs. Never raises."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        root = None
    if root is None:
        return _tidy(re.sub(r"<[^<>]*>", " ", html))
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden += (tag in _UNSEEN) * (1 if event == "start" else -1)
        if event == "start":
            pieces.append("\n" if tag in _BLOCKS else "")
            pieces.append(_flat(element.text) if tag and not hidden else "")
        else:
            pieces.append("\t" if tag in _CELLS else "\n" if tag in _BLOCKS else "")
            pieces.append(_flat(element.tail) if not hidden else "")
    return _tidy(storable("".join(pieces)))


def referenced_ids(texts: Iterable[BodyText]) -> frozenset[str]:
    """Return the Content-IDs that the HTML of a message shows as images."""
    return frozenset(unquote(found) for part in texts if part.html for found in _CID.findall(part.text))


def readable(texts: Sequence[BodyText]) -> str:
    """Return the body as plain text: the plain parts where there are any, else the HTML as a reader sees it."""
    plain = "\n".join(part.text for part in texts if not part.html).strip()
    return plain or "\n".join(html_to_text(part.text) for part in texts if part.html).strip()


def document_parts(texts: Sequence[BodyText], subject: str) -> tuple[BodyText, ...]:
    """Return the parts of the body that are an order or invoice in themselves; empty where it is none.

    HTML with a table is preferred, because its plain form often loses which value stands in which row.
    """
    plain = tuple(part for part in texts if not part.html)
    html = tuple(part for part in texts if part.html)
    seen = "\n".join(html_to_text(part.text) for part in html)
    html_is_one = bool(html) and looks_like_order(seen, subject)
    if html_is_one and any(re.search(r"<table\b", part.text, re.IGNORECASE) for part in html) and "\t" in seen:
        return html
    if plain and looks_like_order("\n".join(part.text for part in plain), subject):
        return plain
    return html if html_is_one else ()


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _tidy(text: str) -> str:
    lines = (re.sub(r" {2,}", " ", line).strip(" ").rstrip("\t") for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
