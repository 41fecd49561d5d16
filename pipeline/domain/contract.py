"""The JSON form of what was read: one object per document, the same from the command line, REST and the model service.

Absent means not found. Boxes and confidences are rounded to four decimals. Beyond the keys that are always there,
`first_page` and `last_page` appear where the document is not its whole file, `findings`, `line_total` (BT-106),
`allowance_total` (BT-107), `charge_total` (BT-108) and `rounding_amount` (BT-114) where there are any, in a field
`alternatives` where it has some and `per` where a price is for several units (BT-149).
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from pipeline.domain.document import Box, Unreadable, WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, LineItem, ModelVersion, Source, TaxSubtotal
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn

SCHEMA = "bilag.extraction/1"
_DECIMALS = 4
_TOTALS = ("line_total", "allowance_total", "charge_total", "rounding_amount")
_SUBTOTAL = ("rate", "taxable_amount", "tax_amount")

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


def to_json(extraction: Extraction) -> dict[str, object]:
    """Return the contract's object for a document that was read; ready for `json.dumps`."""
    first, last = _whole_file(extraction.pages)
    written: dict[str, object] = {
        "schema": SCHEMA,
        "file": extraction.file,
        "sha256": extraction.sha256,
        "pages": extraction.pages,
    }
    if (extraction.first_page, extraction.last_page) != (first, last):
        written |= {"first_page": extraction.first_page, "last_page": extraction.last_page}
    written |= {
        "words_from": extraction.words_from.value,
        "kind": {"value": extraction.kind.value.value, "confidence": _rounded(extraction.kind.confidence)},
        "fields": {name.value: _field_to_json(field) for name, field in extraction.fields.items()},
        "tax_breakdown": [_subtotal_to_json(subtotal) for subtotal in extraction.tax_breakdown],
        "lines": [{column.value: _field_to_json(f) for column, f in line.items()} for line in extraction.lines],
    }
    totals: dict[str, Field | None] = {name: getattr(extraction, name) for name in _TOTALS}
    written |= {name: _field_to_json(field) for name, field in totals.items() if field is not None}
    if extraction.findings:
        written["findings"] = [finding_to_json(f) for f in extraction.findings]
    written["model"] = {"name": extraction.model.name, "version": extraction.model.version}
    return written


def unreadable_to_json(unreadable: Unreadable) -> dict[str, object]:
    """Return the contract's object for a file of which nothing can be read: `unreadable` is true, nothing is found."""
    return {
        "schema": SCHEMA,
        "file": unreadable.file,
        "sha256": unreadable.sha256,
        "pages": 0,
        "unreadable": True,
        "kind": {"value": Kind.OTHER.value, "confidence": 0.0},
        "fields": {},
        "tax_breakdown": [],
        "lines": [],
        "findings": [finding_to_json(f) for f in unreadable.findings],
    }


def finding_to_json(finding: Finding) -> dict[str, object]:
    """Return a finding as the contract writes it."""
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "fields": list(finding.fields),
    }


def from_json(written: Mapping[str, object]) -> Extraction:
    """Return the extraction that the contract's object states.

    Raises ValueError, naming the key, where the object is none of this contract: another schema, an unreadable file,
    a missing or misshapen value, a name outside the vocabulary.
    """
    if written.get("schema") != SCHEMA:
        raise ValueError(f"schema: {SCHEMA} was expected, {written.get('schema')!r} found.")
    if written.get("unreadable"):
        raise ValueError("unreadable: nothing could be read of this file, so there is no extraction.")
    pages = _typed(written, "pages", int)
    first, last = _whole_file(pages)
    kind = _object(written.get("kind"), "kind")
    model = _object(written.get("model"), "model")
    totals = {name: _optional_field(written.get(name), name) for name in _TOTALS}
    return Extraction(
        file=_typed(written, "file", str),
        sha256=_typed(written, "sha256", str),
        pages=pages,
        words_from=_member(WordsFrom, written.get("words_from"), "words_from"),
        kind=KindGuess(_member(Kind, kind.get("value"), "kind.value"), _number(kind, "confidence", "kind")),
        model=ModelVersion(_typed(model, "name", str, "model."), _typed(model, "version", str, "model.")),
        fields=_named_fields(HeaderField, written.get("fields"), "fields"),
        tax_breakdown=_each(written.get("tax_breakdown", ()), "tax_breakdown", _subtotal_from_json),
        lines=_each(written.get("lines", ()), "lines", _line_from_json),
        findings=_each(written.get("findings", ()), "findings", finding_from_json),
        first_page=_typed(written, "first_page", int) if "first_page" in written else first,
        last_page=_typed(written, "last_page", int) if "last_page" in written else last,
        line_total=totals["line_total"],
        allowance_total=totals["allowance_total"],
        charge_total=totals["charge_total"],
        rounding_amount=totals["rounding_amount"],
    )


def finding_from_json(written: object, where: str = "finding") -> Finding:
    """Return the finding that the contract's object states. Raises ValueError as `from_json`."""
    found = _object(written, where)
    return Finding(
        code=_member(ReasonCode, found.get("code"), f"{where}.code"),
        severity=_member(Severity, found.get("severity"), f"{where}.severity"),
        message=_typed(found, "message", str, f"{where}."),
        fields=_each(found.get("fields", ()), f"{where}.fields", _text),
    )


def _whole_file(pages: int) -> tuple[int, int]:
    """Return the page range of a document that is its whole file; a bare XML file has no pages."""
    return (1, pages) if pages else (0, 0)


def _rounded(number: float) -> float:
    return round(float(number), _DECIMALS)


def _field_to_json(field: Field) -> dict[str, object]:
    written: dict[str, object] = {
        "value": field.value,
        "text": field.text,
        "confidence": _rounded(field.confidence),
    }
    if field.page is not None:
        written["page"] = field.page
    if field.box is not None:
        written["box"] = [_rounded(edge) for edge in field.box]
    written["source"] = field.source.value
    if field.per is not None:
        written["per"] = field.per
    if field.alternatives:
        written["alternatives"] = [_field_to_json(a) for a in field.alternatives]
    return written


def _subtotal_to_json(subtotal: TaxSubtotal) -> dict[str, object]:
    parts: dict[str, Field | None] = {name: getattr(subtotal, name) for name in _SUBTOTAL}
    return {name: _field_to_json(field) for name, field in parts.items() if field is not None}


def _field_from_json(written: object, where: str) -> Field:
    found = _object(written, where)
    page, box, per = found.get("page"), found.get("box"), found.get("per")
    return Field(
        value=_typed(found, "value", str, f"{where}."),
        text=_text(found.get("text", found.get("value")), f"{where}.text"),
        confidence=_number(found, "confidence", where),
        source=_member(Source, found.get("source"), f"{where}.source"),
        page=None if page is None else _typed(found, "page", int, f"{where}."),
        box=None if box is None else _box(box, f"{where}.box"),
        alternatives=_each(found.get("alternatives", ()), f"{where}.alternatives", _field_from_json),
        per=None if per is None else _text(per, f"{where}.per"),
    )


def _optional_field(written: object, where: str) -> Field | None:
    return None if written is None else _field_from_json(written, where)


def _subtotal_from_json(written: object, where: str) -> TaxSubtotal:
    found = _object(written, where)
    return TaxSubtotal(**{name: _optional_field(found.get(name), f"{where}.{name}") for name in _SUBTOTAL})


def _line_from_json(written: object, where: str) -> LineItem:
    return _named_fields(LineColumn, written, where)


def _named_fields(vocabulary: type[_E], written: object, where: str) -> dict[_E, Field]:
    return {
        _member(vocabulary, name, f"{where}.{name}"): _field_from_json(field, f"{where}.{name}")
        for name, field in _object(written, where).items()
    }


def _box(written: object, where: str) -> Box:
    edges = _each(written, where, _float)
    if len(edges) != 4:
        raise ValueError(f"{where}: four numbers were expected, {len(edges)} found.")
    return Box(*edges)


def _each(written: object, where: str, read: Callable[[object, str], _T]) -> tuple[_T, ...]:
    if not isinstance(written, Sequence) or isinstance(written, str | bytes):
        raise ValueError(f"{where}: a list was expected, {type(written).__name__} found.")
    return tuple(read(item, f"{where}[{i}]") for i, item in enumerate(written))


def _object(written: object, where: str) -> Mapping[str, object]:
    if not isinstance(written, Mapping):
        raise ValueError(f"{where}: an object was expected, {type(written).__name__} found.")
    return written


def _typed(found: Mapping[str, object], key: str, expected: type[_T], prefix: str = "") -> _T:
    value = found.get(key)
    if not isinstance(value, expected) or isinstance(value, bool):
        raise ValueError(f"{prefix}{key}: {expected.__name__} was expected, {type(value).__name__} found.")
    return value


def _text(written: object, where: str) -> str:
    if not isinstance(written, str):
        raise ValueError(f"{where}: a string was expected, {type(written).__name__} found.")
    return written


def _float(written: object, where: str) -> float:
    if not isinstance(written, int | float) or isinstance(written, bool):
        raise ValueError(f"{where}: a number was expected, {type(written).__name__} found.")
    return float(written)


def _number(found: Mapping[str, object], key: str, where: str) -> float:
    return _float(found.get(key), f"{where}.{key}")


def _member(vocabulary: type[_E], written: object, where: str) -> _E:
    try:
        return vocabulary(_text(written, where))
    except ValueError:
        known = ", ".join(m.value for m in vocabulary)
        raise ValueError(f"{where}: {written!r} is not one of {known}.") from None
