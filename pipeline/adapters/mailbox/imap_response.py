"""What a server answers to FETCH, as attributes by name."""

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(rb'\(|\)|"(?:\\.|[^"\\])*"|[^\s()"]+')
_LITERAL = re.compile(rb"\{\d+\}$")

Value = bytes | tuple[bytes, ...]


def fetch_attributes(data: Sequence[object]) -> Iterator[dict[str, Value]]:
    """Yield the attributes of each message in an answer as imaplib gives it; lists become tuples.

    imaplib hands literals out as `(text before, literal)` pairs, wherever in the answer they stand.
    """
    attributes: dict[str, Value] = {}
    depth, key = 0, ""
    members: list[bytes] = []
    for token, structural in _tokens(data):
        if structural and token == b"(":
            depth += 1
            if depth == 1:
                attributes, key = {}, ""
            else:
                members = members if depth > 2 else []
        elif structural and token == b")":
            depth = max(depth - 1, 0)
            if depth == 1 and key:
                attributes[key], key = tuple(members), ""
            elif depth == 0 and attributes:
                yield attributes
                attributes = {}
        elif depth == 1 and not key:
            key = token.decode("ascii", "replace").upper()
        elif depth == 1:
            # NIL is what a server says of a message that was removed meanwhile.
            if not (structural and token.upper() == b"NIL"):
                attributes[key] = token
            key = ""
        elif depth > 1:
            members.append(token)


def _tokens(data: Sequence[object]) -> Iterator[tuple[bytes, bool]]:
    """Yield (token, whether it is part of the syntax); quoted strings and literals are not."""
    for item in data:
        text, literal = item if isinstance(item, tuple) else (item, None)
        if not isinstance(text, bytes):
            continue
        for found in _TOKEN.finditer(_LITERAL.sub(b"", text)):
            token = found.group()
            if token.startswith(b'"'):
                yield re.sub(rb"\\(.)", rb"\1", token[1:-1]), False
            else:
                yield token, True
        if isinstance(literal, bytes):
            yield literal, False
