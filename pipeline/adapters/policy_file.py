"""The policy as a TOML file that a finance lead can read and change."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn

from pipeline.domain.policy import Policy, Tolerance
from pipeline.domain.vocabulary import HeaderField
from pipeline.errors import ConfigurationError

_TOP = ""


def read_policy(path: Path) -> Policy:
    """Return the policy of a file; what it does not name keeps its default.

    Raises `ConfigurationError` naming section, key and line where the file is missing, is no TOML, or holds an unknown
    key, a wrong type or an impossible number.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"There is no policy file {path}.", operator_hint="Run `bilag init`, or name another file in the settings."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The policy file {path} cannot be read: {error}.") from error
    return parse_policy(text, str(path))


def parse_policy(text: str, name: str = "policy") -> Policy:
    """Return the policy that a TOML text describes; `name` is what messages call it. Raises as `read_policy`."""
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{name} is no valid TOML: {error}.") from error
    except InvalidOperation as error:  # a number such as 1e99999999999999999999
        raise ConfigurationError(f"{name} holds a number that is out of all bounds.") from error
    values: dict[str, object] = {}
    for section, key, value in _flatten(tables, name, text):
        setting = _SETTINGS.get((section, key))
        if setting is None:
            _fail(name, text, section, key, f"is not known; allowed here: {_allowed(section)}")
        try:
            values[setting.field] = setting.read(value)
        except ValueError as error:
            _fail(name, text, section, key, str(error))
    return Policy(**values)  # type: ignore[arg-type]  # each setting's reader gives its field's type


def default_policy_toml() -> str:
    """Return the default policy as TOML with comments, for `bilag init`; reading it gives `Policy()`."""
    policy = Policy()
    limits = "\n".join(f'{currency} = "{amount}"' for currency, amount in policy.approval_limits.items())
    critical = "\n".join(f'    "{name}",' for name in sorted(policy.critical_fields))
    return f'''# When a document is posted without a person. A key that is left out keeps its default, as here.
# Amounts are strings ("0.02") or numbers; a tolerance allows the larger of its two parts, relative 0.01 being 1 %.
name = "{policy.name}"

[confidence]
# How sure the reading of each critical field must be, and of what kind of document it is (0 to 1).
minimum = {policy.minimum_confidence}
minimum_kind = {policy.minimum_kind_confidence}
# Another reading this near to the first makes a field ambiguous.
minimum_margin = {policy.minimum_margin}
critical_fields = [
{critical}
]

[approval.limits]
# The largest gross total that is posted without an approval. A currency that is not named always asks.
{limits}

[orders]
require_purchase_order = {_toml(policy.require_purchase_order)}
# Bill only what was received, where the ERP keeps receipts (three-way match).
require_receipt = {_toml(policy.require_receipt)}
# Freight and the like that no order names: small ones ask for a look, larger ones block; relative is of the net total.
charge = {_tolerance(policy.charge)}
accept_charges = {_toml(policy.accept_charges)}  # true posts small charges without asking

[tolerances]
# Between amounts that should be equal; between a tax amount and rate times base.
rounding = {_tolerance(policy.rounding)}
tax = {_tolerance(policy.tax)}
# Between a bill and its order, for each unit price and quantity.
price = {_tolerance(policy.price)}
quantity = {_tolerance(policy.quantity)}
# The largest difference between the gross total and an amount rounded for payment.
cash_rounding = "{policy.cash_rounding}"

[supplier]
# How alike two names must be to be one company's, legal forms aside (50 to 100).
name_similarity = {policy.supplier_name_similarity}

[dates]
# Days: how old a document may be, how far in the future it may be dated, how late it may fall due.
oldest_days = {policy.oldest_days}
future_days = {policy.future_days}
longest_payment_days = {policy.longest_payment_days}
'''


@dataclass(frozen=True, slots=True)
class _Setting:
    """Which field of the policy a key sets, and how its value is read: ValueError says what is allowed."""

    field: str
    read: Callable[[object], object]


def _string(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text that is not empty")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError('must be a number, such as "0.02"')
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f'must be a number, such as "0.02", and not {value!r}') from None
    if not number.is_finite() or number < 0:
        raise ValueError("must be a number of nought or more")
    return number


def _between(least: int, most: int) -> Callable[[object], float]:
    def read(value: object) -> float:
        number = _number(value)
        if not least <= number <= most:
            raise ValueError(f"must be a number from {least} to {most}")
        return float(number)

    return read


def _days(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 36500:
        raise ValueError("must be a whole number of days from 0 to 36500")
    return value


def _tolerance_of(value: object) -> Tolerance:
    if not isinstance(value, Mapping) or not value or set(value) - {"absolute", "relative"}:
        raise ValueError('must be a table of absolute and relative, such as {absolute = "0.01", relative = "0.02"}')
    relative = _number(value.get("relative", 0))
    if relative > 1:
        raise ValueError("has a relative part above 1: 0.02 is 2 %")
    return Tolerance(_number(value.get("absolute", 0)), relative)


def _limits(value: object) -> dict[str, Decimal]:
    if not isinstance(value, Mapping):
        raise ValueError('must be a table of currencies and amounts, such as EUR = "5000"')
    for currency in value:
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise ValueError(f"names {currency!r}, which is no currency code such as EUR")
    return {currency: _number(amount) for currency, amount in value.items()}


def _fields(value: object) -> frozenset[HeaderField]:
    if not isinstance(value, list):
        raise ValueError("must be a list of field names")
    unknown = [str(name) for name in value if name not in set(HeaderField)]
    if unknown:
        raise ValueError(f"names {', '.join(unknown)}; allowed: {', '.join(HeaderField)}")
    return frozenset(HeaderField(name) for name in value)


_SETTINGS: Mapping[tuple[str, str], _Setting] = {
    (_TOP, "name"): _Setting("name", _string),
    ("confidence", "minimum"): _Setting("minimum_confidence", _between(0, 1)),
    ("confidence", "minimum_kind"): _Setting("minimum_kind_confidence", _between(0, 1)),
    ("confidence", "minimum_margin"): _Setting("minimum_margin", _between(0, 1)),
    ("confidence", "critical_fields"): _Setting("critical_fields", _fields),
    ("approval", "limits"): _Setting("approval_limits", _limits),
    ("orders", "require_purchase_order"): _Setting("require_purchase_order", _flag),
    ("orders", "require_receipt"): _Setting("require_receipt", _flag),
    ("orders", "charge"): _Setting("charge", _tolerance_of),
    ("orders", "accept_charges"): _Setting("accept_charges", _flag),
    ("tolerances", "rounding"): _Setting("rounding", _tolerance_of),
    ("tolerances", "tax"): _Setting("tax", _tolerance_of),
    ("tolerances", "price"): _Setting("price", _tolerance_of),
    ("tolerances", "quantity"): _Setting("quantity", _tolerance_of),
    ("tolerances", "cash_rounding"): _Setting("cash_rounding", _number),
    ("supplier", "name_similarity"): _Setting("supplier_name_similarity", _between(50, 100)),
    ("dates", "oldest_days"): _Setting("oldest_days", _days),
    ("dates", "future_days"): _Setting("future_days", _days),
    ("dates", "longest_payment_days"): _Setting("longest_payment_days", _days),
}
_SECTIONS = tuple(dict.fromkeys(section for section, _ in _SETTINGS if section))


def _flatten(tables: Mapping[str, object], name: str, text: str) -> list[tuple[str, str, object]]:
    """Return (section, key, value) of a parsed file; a key outside any section has the section ""."""
    found: list[tuple[str, str, object]] = []
    for key, value in tables.items():
        if key in _SECTIONS:
            if not isinstance(value, Mapping):
                _fail(name, text, _TOP, key, f"must be a section: [{key}]")
            found += [(key, inner, inner_value) for inner, inner_value in value.items()]
        elif isinstance(value, Mapping):
            _fail(name, text, key, _TOP, f"is no section; allowed: {', '.join(_SECTIONS)}")
        else:
            found.append((_TOP, key, value))
    return found


def _allowed(section: str) -> str:
    keys = [key for own, key in _SETTINGS if own == section]
    return ", ".join(keys if section else [*keys, *(f"[{s}]" for s in _SECTIONS)])


def _fail(name: str, text: str, section: str, key: str, problem: str) -> NoReturn:
    place = f"[{section}] {key}".strip() if section else key
    line = _line_of(text, section, key)
    where = f", line {line}" if line else ""
    raise ConfigurationError(
        f"{name}{where}: {place} {problem}.", operator_hint="Correct the policy file and start again."
    )


def _line_of(text: str, section: str, key: str) -> int | None:
    """Return the line (from 1) on which a key stands, or its section where it has none; None for unusual layouts."""
    current = _TOP
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line):
            current = header[1]
            if current in (section, f"{section}.{key}") and (not key or current != section):
                return number
        elif (key and current == section and re.match(rf'\s*"?{re.escape(key)}"?\s*[.=]', line)) or (
            key
            and current == _TOP
            and section
            and re.match(rf"\s*{re.escape(section)}\s*\.\s*{re.escape(key)}\b", line)
        ):
            return number
    return None


def _toml(flag: bool) -> str:
    return "true" if flag else "false"


def _tolerance(value: Tolerance) -> str:
    return f'{{ absolute = "{value.absolute}", relative = "{value.relative}" }}'
