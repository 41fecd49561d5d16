"""Any of our frozen types as JSON values, for scripts."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from pipeline.domain.contract import to_json
from pipeline.domain.extraction import Extraction


def json_text(value: object, indent: int | None = None) -> str:
    """Return the JSON of `value`; of a file name that is no UTF-8 the odd bytes are escaped."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def plain(value: object) -> object:
    """Return dicts, lists and scalars: amounts as strings, times as ISO 8601, an extraction as the contract has it."""
    if isinstance(value, Extraction):
        return to_json(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value
