"""Translates what the extraction service answers, or that it does not, into the project's errors.

The service says why it refuses: `{"reason": "…", "message": "…"}`. A proxy before it says it in its own words, of which
the status alone is told.
"""

import json

import httpx

from pipeline.errors import AuthenticationFailed, BilagError, Rejected, Unavailable

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
# The service, or the proxy before it, is restarting or changing over.
_PASSING = frozenset({httpx.codes.BAD_GATEWAY, httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.GATEWAY_TIMEOUT})
_BUSY = "BUSY"
_LONGEST_SENTENCE = 400
_LOOK = "See whether the service runs, and its log."
_ADDRESS = "See whether the service runs, and whether extraction.model has its address."
_TIME = "See the load of the service, or raise extraction.service_seconds."
_KEY = "Give one of the service's keys in BILAG_EXTRACTION__SERVICE_KEY."
_VERSIONS = "Let the service and the pipeline have the same version of Bilag, then retry the document."
_REPORT = "This is a fault of the service. Report it with its log, then retry the document."


class NoAnswer(Unavailable):
    """No answer was to be had; `soon` says whether the next moment may be better. Does not leave this package."""

    def __init__(self, message: str, hint: str, *, soon: bool, retry_after: float | None = None) -> None:
        super().__init__(message, operator_hint=f"{hint} {self.default_hint}", retry_after=retry_after)
        self.soon = soon

    def plain(self) -> Unavailable:
        """Return the error that the rest of the program knows."""
        return Unavailable(self.message, operator_hint=self.operator_hint, retry_after=self.retry_after)


def no_answer(error: httpx.RequestError, url: str, seconds: float) -> NoAnswer:
    """Return what a request that failed on its way comes to; `seconds` is how long an answer may take."""
    # httpx quotes no header in these, and what it quotes of the system is why the connection failed.
    why = str(error).strip().rstrip(".") or type(error).__name__
    if isinstance(error, _BEFORE_SENDING):
        return NoAnswer(f"The extraction service at {url} cannot be reached: {why}.", _ADDRESS, soon=True)
    if isinstance(error, httpx.TimeoutException):
        # Asked again at once it would be as slow, and the first question may still be worked on.
        return NoAnswer(f"The extraction service did not answer within {seconds:g} seconds.", _TIME, soon=False)
    return NoAnswer(f"The extraction service broke the connection: {why}.", _LOOK, soon=True)


def trouble(answer: httpx.Response) -> NoAnswer | None:
    """Return what shows that the service is in trouble: a server error that is no mere want of room."""
    if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR or is_busy(answer):
        return None
    return NoAnswer(
        f"The extraction service answered with HTTP {answer.status_code}{_reason(answer)}",
        _LOOK,
        soon=answer.status_code in _PASSING,
        retry_after=_retry_after(answer),
    )


def is_busy(answer: httpx.Response) -> bool:
    """Say whether the service is well and has no room for this request."""
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return _said(answer).get("reason") == _BUSY
    return answer.status_code == httpx.codes.TOO_MANY_REQUESTS


def refusal(answer: httpx.Response) -> BilagError:
    """Return the error that an answer without fields stands for, where the service is well."""
    status = answer.status_code
    told = f"HTTP {status}{_reason(answer)}"
    if is_busy(answer):
        hint = "Let fewer documents be read at once, or give the service more workers."
        return NoAnswer(
            f"The extraction service has no room: {told}",
            hint,
            soon=_retry_after(answer) is not None,
            retry_after=_retry_after(answer),
        )
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return AuthenticationFailed(f"The extraction service refused the key: {told}", operator_hint=_KEY)
    if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        hint = "Raise the limits of the service or its proxy, or let this process read; then retry the document."
    elif status in (httpx.codes.BAD_REQUEST, httpx.codes.UNPROCESSABLE_ENTITY):
        hint = _VERSIONS
    else:
        hint = "Correct extraction.model, or install this version of the service there; then retry the document."
    return Rejected(
        f"The extraction service did not take the document: {told}", operator_hint=hint, vendor_code=f"http_{status}"
    )


def unreadable(answer: httpx.Response, why: str) -> Rejected:
    """Return the error for an answer that is not the contract's."""
    return Rejected(
        f"The extraction service gave an answer that cannot be read: {_quoted(why, answer)}", operator_hint=_VERSIONS
    )


def mistaken(asked: str, answered: str) -> Rejected:
    """Return the error for an answer about another document; the keys are the documents'."""
    return Rejected(
        f"The extraction service was asked about {asked} and answered about {answered}.", operator_hint=_REPORT
    )


def _reason(answer: httpx.Response) -> str:
    """Return what the service says of its refusal, as the end of a sentence."""
    said = _said(answer)
    message = said.get("message")
    if not isinstance(said.get("reason"), str) or not isinstance(message, str):
        return "."
    return f": {_quoted(message, answer)}"


def _quoted(text: str, answer: httpx.Response) -> str:
    """Return what the other side says in one short line, without the key that it was sent and may have sent back."""
    sentence = " ".join(text.split())
    if key := answer.request.headers.get("Authorization", "").removeprefix("Bearer "):
        sentence = sentence.replace(key, "[key]")
    return sentence if len(sentence) <= _LONGEST_SENTENCE else f"{sentence[: _LONGEST_SENTENCE - 1]}…"


def _said(answer: httpx.Response) -> dict[str, object]:
    try:
        said = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _retry_after(answer: httpx.Response) -> float | None:
    """Return the seconds that the answer asks to wait for; a date, which no service of ours sends, counts as none."""
    pause = answer.headers.get("Retry-After", "")
    return float(pause) if pause.isascii() and pause.isdigit() else None
