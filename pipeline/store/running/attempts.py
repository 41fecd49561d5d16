"""Trying a step again with growing pauses, and keeping the project's errors across a restart."""

import random
from collections.abc import Callable
from typing import Any, TypeVar

from pipeline import errors
from pipeline.errors import BilagError, Rejected, Unavailable
from pipeline.store.engine import Backoff, Json, RetryNotice, as_json

T = TypeVar("T")
Kept = dict[str, Json]


def attempt(
    name: str,
    action: Callable[[], T],
    backoff: Backoff,
    pause: Callable[[float], None],
    notice: Callable[[RetryNotice], None] | None,
) -> Kept:
    """Run `action` up to `backoff.attempts` times and return its result, or its last error, as JSON.

    `pause` waits for so many seconds. Errors that are not the project's pass through.
    """
    for number in range(1, backoff.attempts + 1):
        try:
            return {"result": _json(as_json(action(), f"the result of step {name!r}"))}
        except BilagError as error:
            if not error.retryable or number == backoff.attempts:
                return {"error": _error_to_json(error)}
            seconds = _pause_after(number, error, backoff)
            if notice is not None:
                notice(RetryNotice(name, number, seconds, error))
            pause(seconds)
    raise ValueError("a step needs at least one attempt")


def result_of(kept: Kept) -> Json:
    """Return the result that `attempt` kept, or raise the error that it kept."""
    if "error" in kept:
        raise _error_from_json(kept["error"])
    return kept["result"]


def _pause_after(number: int, error: BilagError, backoff: Backoff) -> float:
    seconds = min(backoff.first * backoff.factor ** (number - 1), backoff.longest)
    seconds *= 1 + random.uniform(-backoff.jitter, backoff.jitter)  # noqa: S311 — spreads load, keeps no secret
    named = error.retry_after if isinstance(error, Unavailable) else None
    return max(seconds, min(named or 0.0, backoff.longest_named))


def _json(value: object) -> Json:
    return value  # type: ignore[return-value]  # as_json has looked


def _error_to_json(error: BilagError) -> Json:
    kept: dict[str, Json] = {
        "type": type(error).__name__,
        "message": error.message,
        "operator_hint": error.operator_hint,
    }
    if isinstance(error, Unavailable):
        kept["retry_after"] = error.retry_after
    if isinstance(error, Rejected):
        kept["vendor_code"] = error.vendor_code
    return kept


def _error_from_json(kept: Json) -> BilagError:
    if not isinstance(kept, dict):
        raise TypeError("a kept error is an object")
    arguments: dict[str, Any] = dict(kept)
    kind = getattr(errors, str(arguments.pop("type")), None)
    message = str(arguments.pop("message"))
    if isinstance(kind, type) and issubclass(kind, BilagError):
        return kind(message, **arguments)
    return BilagError(message, operator_hint=str(arguments["operator_hint"]))
