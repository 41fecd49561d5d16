"""What a reviewer wants booked instead of what the document says, applied to the extraction."""

import re
from collections.abc import Mapping
from dataclasses import replace

from pipeline.domain.decision import LineMatch, ValidatedDocument
from pipeline.domain.extraction import Extraction, Field, LineItem, Source
from pipeline.domain.vocabulary import HeaderField, LineColumn

_LINE = re.compile(r"lines\[(\d+)\]\.(\w+)")
_MATCHES = frozenset({"order_line_id", "product_id"})
_COLUMNS = {column.value: column for column in LineColumn}


def with_overrides(document: ValidatedDocument, overrides: Mapping[str, str]) -> ValidatedDocument:
    """Return the document with each override in place of what was read or matched.

    Keys name a header field, `lines[2].quantity`, `lines[2].order_line_id`, `lines[2].product_id`, `party_id` or
    `purchase_order_id`. Raises ValueError for any other key, or a line that the document does not have.
    """
    for key, value in overrides.items():
        document = _with(document, key, value)
    return document


def _with(document: ValidatedDocument, key: str, value: str) -> ValidatedDocument:
    if key == "party_id":
        return replace(document, party_id=value)
    if key == "purchase_order_id":
        return replace(document, purchase_order_id=value)
    if key in set(HeaderField):
        fields = {**document.extraction.fields, HeaderField(key): _field(value)}
        return replace(document, extraction=replace(document.extraction, fields=fields))
    found = _LINE.fullmatch(key)
    if found is None or found[2] not in _MATCHES | _COLUMNS.keys():
        raise ValueError(f"{key!r} names no field, line or match that can be overridden")
    index, column = int(found[1]), found[2]
    if index >= len(document.extraction.lines):
        raise ValueError(f"{key!r} names a line that the document does not have")
    if column in _MATCHES:
        return replace(document, line_matches=_rematched(document.line_matches, index, column, value))
    return replace(document, extraction=_with_column(document.extraction, index, _COLUMNS[column], value))


def _with_column(extraction: Extraction, index: int, column: LineColumn, value: str) -> Extraction:
    changed: LineItem = {**extraction.lines[index], column: _field(value)}
    return replace(extraction, lines=(*extraction.lines[:index], changed, *extraction.lines[index + 1 :]))


def _rematched(matches: tuple[LineMatch, ...], index: int, column: str, value: str) -> tuple[LineMatch, ...]:
    known = next((match for match in matches if match.line == index), LineMatch(index))
    changed = replace(known, order_line_id=value) if column == "order_line_id" else replace(known, product_id=value)
    return tuple(sorted((*(m for m in matches if m.line != index), changed), key=lambda m: m.line))


def _field(value: str) -> Field:
    return Field(value=value, text=value, confidence=1.0, source=Source.REVIEWER)
