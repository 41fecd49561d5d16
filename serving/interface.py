"""The OpenAPI description of the service, with an example that is made by the code that answers."""

from collections.abc import Mapping
from typing import Any

from pipeline.adapters.extractor.words import SCHEMA as WORDS_SCHEMA
from pipeline.adapters.extractor.words import to_words
from pipeline.domain.contract import SCHEMA, to_json
from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, ModelVersion, Source, TaxSubtotal
from pipeline.domain.finding import ReasonCode, Severity
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn

ROUTE, PREDICT_ROUTE = "/understand", "/predict"
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
_REFUSED_WORDS = {
    "400": ("The body is not of the form bilag.words/1; the message names the place.", "REQUEST_INVALID"),
    "401": _REFUSALS["401"],
    "413": ("There are too many bytes, pages or words.", "TOO_MANY_WORDS"),
    "500": _REFUSALS["500"],
    "503": _REFUSALS["503"],
}
_REQUEST_ID = {
    "name": "X-Request-ID",
    "in": "header",
    "schema": {"type": "string", "maxLength": 128},
    "description": "Comes back in the response and stands in the service's log.",
}
_MODEL_HEADER = {
    "X-Bilag-Model": {"schema": {"type": "string"}, "description": "The model that read it: name and version."}
}
_SUBTOTAL = ("rate", "taxable_amount", "tax_amount")


def described(spec: Mapping[str, Any], version: str, model: ModelVersion, *, keys: bool) -> dict[str, Any]:
    """Return BentoML's description with this service's own words, schemas and refusals in place of the general ones."""
    paths = {path: content for path, content in spec["paths"].items() if path in _INFRASTRUCTURE}
    components: dict[str, Any] = {"schemas": _schemas()}
    operations = {ROUTE: _understand(model), PREDICT_ROUTE: _predict()}
    if keys:
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for operation in operations.values():
        if keys:
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
        "paths": {**{route: {"post": operation} for route, operation in operations.items()}, **paths},
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


def example_words() -> Document:
    """Return the document whose words the description shows."""
    lines = ("INVOICE", "Invoice no. 471102", "Date 12-03-2026", "Total DKK 6.937,50")
    words = tuple(
        Word(text, Box(0.1 + 0.12 * column, 0.1 + 0.02 * row, 0.2 + 0.12 * column, 0.115 + 0.02 * row))
        for row, line in enumerate(lines)
        for column, text in enumerate(line.split())
    )
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    return Document(example().file, example().sha256, (Page(1, 595.0, 842.0, words),), WordsFrom.TEXT_LAYER, quality)


def _refused(refusals: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        status: {
            "description": description,
            "content": {
                "application/json": {
                    "schema": _ref("Refusal"),
                    "example": {"reason": reason, "message": "What is wrong, and what to do next."},
                }
            },
        }
        for status, (description, reason) in refusals.items()
    }


def _predict() -> dict[str, Any]:
    return {
        "operationId": "predict",
        "summary": "Read the words of a document",
        "description": "Reads one document whose words were read already. The answer is that of the model in process, "
        "however many ask at the same time.",
        "parameters": [_REQUEST_ID],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _ref("Words"), "example": to_words(example_words())}},
        },
        "responses": {
            "200": {
                "description": "The document.",
                "headers": _MODEL_HEADER,
                "content": {"application/json": {"schema": _ref("Document"), "example": to_json(example())}},
            },
            **_refused(_REFUSED_WORDS),
        },
    }


def _understand(model: ModelVersion) -> dict[str, Any]:
    answer = {"documents": [to_json(example())], "model": {"name": model.name, "version": model.version}}
    return {
        "operationId": "understand",
        "summary": "Read a file",
        "description": "Reads a PDF, a picture (PNG, JPEG, TIFF, …) or an e-invoice (XML); its content decides which "
        "it is. A file may hold several documents, so there is always a list.",
        "parameters": [_REQUEST_ID],
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": _ref("UnderstandRequest")}},
        },
        "responses": {
            "200": {
                "description": "The file's documents, in the order of its pages; at least one.",
                "headers": _MODEL_HEADER,
                "content": {"application/json": {"schema": _ref("Understood"), "example": answer}},
            },
            **_refused(_REFUSALS),
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
        "Words": {
            "type": "object",
            "description": "The words of one document. No other keys are taken.",
            "required": ["schema", "file", "sha256", "words_from", "pages"],
            "additionalProperties": False,
            "properties": {
                "schema": {"type": "string", "enum": [WORDS_SCHEMA]},
                "file": text,
                "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "words_from": _one_of(WordsFrom),
                "quality": {
                    "type": "object",
                    "description": "How far the words can be trusted; measured from them where it is left away.",
                    "required": ["band", "mean_confidence", "noise_share"],
                    "properties": {"band": _one_of(QualityBand), "mean_confidence": number, "noise_share": number},
                },
                "file_pages": {
                    "type": "integer",
                    "nullable": True,
                    "description": "Pages of the file, where it has more.",
                },
                "first_page": {"type": "integer", "description": "If not the number of the first page given."},
                "last_page": {"type": "integer", "description": "If not the number of the last page given."},
                "findings": _list({"type": "object", "properties": finding}),
                "pages": _list(_ref("WordsPage")),
            },
        },
        "WordsPage": {
            "type": "object",
            "description": "An upright page with its words in reading order; sizes in points.",
            "required": ["number", "width", "height", "words"],
            "additionalProperties": False,
            "properties": {
                "number": {"type": "integer", "minimum": 1},
                "width": number,
                "height": number,
                "rotation": number
                | {"description": "How far the paper was turned clockwise to stand upright, in degrees."},
                "words": _list(
                    {
                        "type": "array",
                        "minItems": 6,
                        "maxItems": 6,
                        "items": {"oneOf": [text, number]},
                        "description": "Text without blanks; x0, y0, x1, y1 as fractions of the page, origin top left; "
                        "the reader's confidence (1 for a text layer).",
                    }
                ),
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
