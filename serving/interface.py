"""The OpenAPI description of the service, with an example that is made by the code that answers."""

from collections.abc import Mapping
from typing import Any

from pipeline.domain.contract import SCHEMA, to_json
from pipeline.domain.document import Box, WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, ModelVersion, Source, TaxSubtotal
from pipeline.domain.finding import ReasonCode, Severity
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn

ROUTE = "/understand"
_INFRASTRUCTURE = ("/livez", "/readyz", "/metrics")
_REFUSALS = {
    "400": ("The request is not what this service expects.", "REQUEST_INVALID"),
    "401": ("A key is missing or not known.", "KEY_MISSING"),
    "413": ("The file is too large or has too many pages.", "FILE_TOO_MANY_PAGES"),
    "415": ("The file is of a kind that is not read.", "FILE_UNSUPPORTED"),
    "422": ("The file cannot be read: empty, encrypted, damaged, hostile, or without words.", "FILE_ENCRYPTED"),
    "500": ("A fault of the program.", "UNEXPECTED"),
    "503": ("Too much to do, or the service is in trouble; see Retry-After.", "BUSY"),
}
_SUBTOTAL = ("rate", "taxable_amount", "tax_amount")


def described(spec: Mapping[str, Any], version: str, model: ModelVersion, *, keys: bool) -> dict[str, Any]:
    """Return BentoML's description with this service's own words, schemas and refusals in place of the general ones."""
    paths = {path: content for path, content in spec["paths"].items() if path in _INFRASTRUCTURE}
    components: dict[str, Any] = {"schemas": _schemas()}
    operation = _operation(model)
    if keys:
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        operation["security"] = [{"key": []}]
    else:
        del operation["responses"]["401"]
    return {
        "openapi": spec["openapi"],
        "info": {
            "title": "Bilag extraction service",
            "version": version,
            "description": "Reads invoices, credit notes and orders: one call from a file to its fields.",
        },
        "servers": [{"url": "."}],
        "paths": {ROUTE: {"post": operation}, **paths},
        "components": components,
    }


def example() -> Extraction:
    """Return the reading that the description shows."""

    def printed(value: str, text: str, row: int, confidence: float = 0.9) -> Field:
        y = 0.1 + 0.02 * row
        return Field(value, text, confidence, Source.RULE, page=1, box=Box(0.6, y, 0.8, y + 0.015))

    return Extraction(
        file="invoice.pdf",
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        pages=1,
        words_from=WordsFrom.TEXT_LAYER,
        kind=KindGuess(Kind.INVOICE, 0.97),
        model=ModelVersion("bilag-rules", "1"),
        fields={
            HeaderField.INVOICE_NUMBER: printed("471102", "471102", 0),
            HeaderField.ISSUE_DATE: printed("2026-03-12", "12-03-2026", 1),
            HeaderField.CURRENCY: printed("DKK", "DKK", 8),
            HeaderField.NET_TOTAL: printed("5550.00", "5.550,00", 6),
            HeaderField.GROSS_TOTAL: printed("6937.50", "6.937,50", 8),
        },
        tax_breakdown=(
            TaxSubtotal(
                rate=printed("25", "25 %", 7),
                taxable_amount=printed("5550.00", "5.550,00", 6),
                tax_amount=printed("1387.50", "1.387,50", 7),
            ),
        ),
        lines=(
            {
                LineColumn.DESCRIPTION: printed("Kopipapir", "Kopipapir", 4),
                LineColumn.QUANTITY: printed("40", "40", 4),
                LineColumn.UNIT_PRICE: printed("138.75", "138,75", 4),
                LineColumn.NET_AMOUNT: printed("5550.00", "5.550,00", 4),
            },
        ),
    )


def _operation(model: ModelVersion) -> dict[str, Any]:
    answer = {"documents": [to_json(example())], "model": {"name": model.name, "version": model.version}}
    refused = {
        status: {
            "description": description,
            "content": {
                "application/json": {
                    "schema": _ref("Refusal"),
                    "example": {"reason": reason, "message": "What is wrong, and what to do next."},
                }
            },
        }
        for status, (description, reason) in _REFUSALS.items()
    }
    return {
        "operationId": "understand",
        "summary": "Read a file",
        "description": "Reads a PDF, a picture (PNG, JPEG, TIFF, …) or an e-invoice (XML); its content decides which "
        "it is. A file may hold several documents, so there is always a list.",
        "parameters": [
            {
                "name": "X-Request-ID",
                "in": "header",
                "schema": {"type": "string", "maxLength": 128},
                "description": "Comes back in the response and stands in the service's log.",
            }
        ],
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": _ref("UnderstandRequest")}},
        },
        "responses": {
            "200": {
                "description": "The file's documents, in the order of its pages; at least one.",
                "content": {"application/json": {"schema": _ref("Understood"), "example": answer}},
            },
            **refused,
        },
    }


def _schemas() -> dict[str, Any]:
    field, text, number = _ref("Field"), {"type": "string"}, {"type": "number"}
    named = {"type": "object", "required": ["name", "version"], "properties": {"name": text, "version": text}}
    finding = {"code": _one_of(ReasonCode), "severity": _one_of(Severity), "message": text, "fields": _list(text)}
    document = {
        "schema": {"type": "string", "enum": [SCHEMA]},
        "file": text,
        "sha256": text,
        "pages": {"type": "integer", "description": "Pages of this document; 0 for a bare e-invoice."},
        "words_from": _one_of(WordsFrom),
        "kind": {"type": "object", "properties": {"value": _one_of(Kind), "confidence": number}},
        "fields": {"type": "object", "properties": {name.value: field for name in HeaderField}},
        "tax_breakdown": _list({"type": "object", "properties": dict.fromkeys(_SUBTOTAL, field)}),
        "lines": _list({"type": "object", "properties": {column.value: field for column in LineColumn}}),
        "model": named,
    }
    sometimes = {
        "first_page": {"type": "integer", "description": "The page of the file that it begins on, if not 1."},
        "last_page": {"type": "integer"},
        **dict.fromkeys(("line_total", "allowance_total", "charge_total", "rounding_amount"), field),
        "findings": _list({"type": "object", "properties": finding}),
    }
    return {
        "UnderstandRequest": {
            "type": "object",
            "required": ["file"],
            "properties": {
                "file": {"type": "string", "format": "binary"},
                "ignore_einvoice": {
                    "type": "boolean",
                    "default": False,
                    "description": "Read the page even where e-invoice XML is embedded.",
                },
            },
        },
        "Understood": {
            "type": "object",
            "required": ["documents", "model"],
            "properties": {"documents": _list(_ref("Document")), "model": named},
        },
        "Document": {
            "type": "object",
            "description": "What one document says; what is absent was not found. Amounts are plain decimal strings.",
            "required": list(document),
            "properties": document | sometimes,
        },
        "Field": {
            "type": "object",
            "required": ["value", "text", "confidence", "source"],
            "properties": {
                "value": {"type": "string", "description": "Normalised: ISO 8601, ISO 4217, plain decimals."},
                "text": {"type": "string", "description": "As printed."},
                "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                "page": {"type": "integer", "minimum": 1},
                "box": _list(number) | {"description": "x0, y0, x1, y1 as fractions of the page, origin top left."},
                "source": _one_of(Source),
                "per": {"type": "string", "description": "A price is for this many units (BT-149)."},
                "alternatives": _list(field),
            },
        },
        "Refusal": {
            "type": "object",
            "required": ["reason", "message"],
            "properties": {
                "reason": {"type": "string", "description": "A stable code."},
                "message": {"type": "string", "description": "What is wrong and what to do next."},
            },
        },
    }


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(names: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [member.value for member in names]}
