"""Tryton's JSON-RPC: sessions, its JSON with dates and decimals, its errors translated to ours.

Protocol: trytond/protocols/dispatcher.py and jsonrpc.py of trytond 8.2. An answer of HTTP 200 may carry `error`.
"""

import base64
import json
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import httpx

from pipeline.errors import AnswerLost, AuthenticationFailed, PortError, Rejected, Unavailable

_log = logging.getLogger(__name__)

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_PORTION = 500
# A gateway says these when the server behind it was slow or went away; it may have committed all the same.
_GATEWAY_CODES = frozenset({httpx.codes.BAD_GATEWAY, httpx.codes.GATEWAY_TIMEOUT})


class VendorWarning(Rejected):
    """Tryton asks "are you sure?". `name` is what `res.user.warning` knows it by, `kind` the part that is stable."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        self.kind = name.partition(".")[2]
        super().__init__(message, vendor_code=self.kind)


class TrytonRpc:
    """One user's connection to one database. Safe to share between threads.

    `timeout` is in seconds and holds for each request. The session is opened at the first call and renewed when it
    has expired.
    """

    def __init__(
        self,
        url: str,
        database: str,
        user: str,
        password: str,
        *,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self.database = database
        self._user = user
        self._password = password
        self._client = httpx.Client(
            base_url=self.url,
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10.0)),
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4, keepalive_expiry=30.0),
            headers={"User-Agent": "bilag"},
            transport=transport,
        )
        self._lock = threading.Lock()
        self._session: str | None = None
        self._context: Mapping[str, Any] | None = None

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def read(self, model: str, method: str, *arguments: Any) -> Any:
        """Call a method that changes nothing. Raises `Unavailable`, `AuthenticationFailed` or `Rejected`."""
        return self._call(f"model.{model}.{method}", arguments, writes=False)

    def write(self, model: str, method: str, *arguments: Any) -> Any:
        """Call a method that may change something; raises `AnswerLost` too, where it is unknown whether it did."""
        return self._call(f"model.{model}.{method}", arguments, writes=True)

    def search(
        self, model: str, domain: Sequence[Any], fields: Sequence[str], *, limit: int | None = None, order: Any = None
    ) -> list[dict[str, Any]]:
        """Return the records in `domain` with these fields; `lines.product` reads through a relation."""
        found: list[dict[str, Any]] = self.read(model, "search_read", list(domain), 0, limit, order, list(fields))
        return found

    def every(self, model: str, domain: Sequence[Any], fields: Sequence[str]) -> list[dict[str, Any]]:
        """Return all records in `domain` by their id, asked for in portions that the server's time limit allows."""
        found: list[dict[str, Any]] = []
        while True:
            beyond = [("id", ">", found[-1]["id"])] if found else []
            portion = self.search(model, [*domain, *beyond], fields, limit=_PORTION, order=[("id", "ASC")])
            found += portion
            if len(portion) < _PORTION:
                return found

    def on_change(self, model: str, values: Mapping[str, Any], *fields: str) -> dict[str, Any]:
        """Return `values` with what Tryton fills in when a person sets `fields`: accounts, taxes, prices."""
        changes = self.read(model, "on_change", dict(values), list(fields))
        filled = {name: _added(value) for name, value in changes.items() if not name.endswith(".")}
        return {**values, **filled}

    def run_wizard(
        self, name: str, record: tuple[str, int], answers: Mapping[str, Mapping[str, Any]], state: str
    ) -> None:
        """Answer a wizard on one record and go through `state`."""
        session, _, _ = self._call(f"wizard.{name}.create", (), writes=True)
        model, identifier = record
        context = {"active_model": model, "active_id": identifier, "active_ids": [identifier]}
        self._call(f"wizard.{name}.execute", (session, answers, state), writes=True, context=context)
        self._call(f"wizard.{name}.delete", (session,), writes=True)

    @property
    def context(self) -> Mapping[str, Any]:
        """The user's preferences, company among them, that every call carries."""
        if self._context is None:
            self._context = self._call("model.res.user.get_preferences", (True,), writes=False, context={})
        return self._context

    def _call(
        self, method: str, arguments: Sequence[Any], *, writes: bool, context: Mapping[str, Any] | None = None
    ) -> Any:
        if context is None:
            context = self.context
        elif context:
            context = {**self.context, **context}
        body = {"id": 0, "method": method, "params": [*arguments, context]}
        used = self._open_session()
        answer = self._send(body, used, writes=writes)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            # Refused before anything was done: the session is too old, or too old for this call.
            answer = self._send(body, self._open_session(instead_of=used), writes=writes)
        return _result(answer, method, writes=writes)

    def _open_session(self, instead_of: str | None = None) -> str:
        with self._lock:
            if self._session is None or self._session == instead_of:
                body = {
                    "id": 0,
                    "method": "common.db.login",
                    "params": [self._user, {"password": self._password}],
                }
                result = _result(self._send(body, None, writes=False), "login", writes=False)
                if not result:
                    raise AuthenticationFailed(f"Tryton refused the password of user {self._user!r}.")
                token = f"{self._user}:{result[0]}:{result[1]}"
                self._session = base64.b64encode(token.encode()).decode("ascii")
            return self._session

    def _send(self, body: Mapping[str, Any], session: str | None, *, writes: bool) -> httpx.Response:
        headers = {"Content-Type": "application/json"}
        if session:
            headers["Authorization"] = f"Session {session}"
        started = time.perf_counter()
        try:
            answer = self._client.post(
                f"/{self.database}/rpc/", content=json.dumps(body, default=_encode), headers=headers
            )
            seconds = round(time.perf_counter() - started, 3)
            _log.debug("erp call", extra={"method": body["method"], "status": answer.status_code, "seconds": seconds})
            return answer
        except _BEFORE_SENDING as error:
            raise Unavailable(f"Tryton at {self.url} cannot be reached: {error}.") from error
        except httpx.TransportError as error:
            if writes:
                raise AnswerLost(f"Tryton did not answer {body['method']} ({type(error).__name__}).") from error
            raise Unavailable(f"Tryton did not answer {body['method']} ({type(error).__name__}).") from error


def _result(answer: httpx.Response, method: str, *, writes: bool) -> Any:
    """Return the result an answer carries, or raise what it says went wrong."""
    if answer.status_code != httpx.codes.OK:
        raise _http_error(answer, method, writes=writes)
    try:
        body = json.loads(answer.content, parse_float=Decimal, object_hook=_decode)
    except ValueError as error:
        if writes:
            raise AnswerLost(f"Tryton's answer to {method} could not be read.") from error
        raise Unavailable(f"Tryton's answer to {method} could not be read.") from error
    if isinstance(body, dict) and (failure := body.get("error")):
        raise _vendor_error(failure, method)
    return body.get("result") if isinstance(body, dict) else body


def _added(value: Any) -> Any:
    """Return the ids that a change puts into an empty list of records; any other value as it is."""
    if isinstance(value, dict) and "add" in value:
        return [record["id"] for _, record in value["add"]]
    return value


def _http_error(answer: httpx.Response, method: str, *, writes: bool) -> PortError:
    code = answer.status_code
    if code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return AuthenticationFailed(f"Tryton refused {method} (HTTP {code}).")
    if writes and code in _GATEWAY_CODES:
        return AnswerLost(f"A gateway answered {method} with HTTP {code}.")
    if code == httpx.codes.TOO_MANY_REQUESTS or code >= httpx.codes.INTERNAL_SERVER_ERROR:
        pause = answer.headers.get("Retry-After", "")
        return Unavailable(
            f"Tryton answered {method} with HTTP {code}.", retry_after=float(pause) if pause.isdigit() else None
        )
    return Rejected(
        f"Tryton answered {method} with HTTP {code}.",
        operator_hint="Check the address and the database name of Tryton in the settings.",
        vendor_code=f"http_{code}",
    )


def _vendor_error(error: Any, method: str) -> PortError:
    """Translate `error` of the body: the exception's name and its arguments (trytond/exceptions.py)."""
    name, details = (error[0], error[1]) if isinstance(error, list) and len(error) == 2 else (str(error), "")
    if name == "UserWarning":
        return VendorWarning(details[0], _sentence(details[1:]))
    if name == "UserError":
        return Rejected(f"Tryton refused it: {_sentence(details)}", vendor_code="user_error")
    if name == "LoginException":
        return AuthenticationFailed("Tryton refused the password.")
    if name == "ConcurrencyException":
        return Unavailable("Somebody else changed the record at the same time.")
    return Rejected(
        f"Tryton failed in {method}: {name}",
        operator_hint="See Tryton's own log; retry the document when it is mended.",
        vendor_code="server_error",
    )


def _sentence(parts: Sequence[Any]) -> str:
    """Join a message and its description; what comes after them is meant for machines."""
    return " ".join(part.strip() for part in parts[:2] if isinstance(part, str) and part.strip())


def _encode(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    if isinstance(value, datetime):
        raise TypeError("Tryton is sent dates only")
    if isinstance(value, date):
        return {"__class__": "date", "year": value.year, "month": value.month, "day": value.day}
    if isinstance(value, bytes):
        return {"__class__": "bytes", "base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be sent to Tryton")


def _decode(value: dict[str, Any]) -> Any:
    match value.get("__class__"):
        case "Decimal":
            return Decimal(value["decimal"])
        case "date":
            return date(value["year"], value["month"], value["day"])
        case "bytes":
            return base64.b64decode(value["base64"])
        case _:
            return value
