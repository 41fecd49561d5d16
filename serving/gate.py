"""Stands before the service: gives every request an id, asks for a key and bounds how many are inside."""

import hashlib
import hmac
import re
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from contextvars import ContextVar
from typing import Any

from serving.answer import Refusal, busy, key_missing, key_unknown

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="-")
"""The id of the request at hand, for the log."""

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]

_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")  # nothing that could forge a line of the log
# What an orchestrator or a reader of the manual needs; it shows nothing of any document.
_OPEN = frozenset({"/livez", "/readyz", "/healthz", "/metrics", "/", "/docs.json", "/schema.json"})
_OPEN_FOLDER = "/static_content/"


class KeyRing:
    """The keys that are in force; only their digests are kept, so that comparing takes the same time for all."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._digests = tuple(_digest(key) for key in keys)

    def refuse(self, authorization: str | None) -> Refusal | None:
        """Return why the content of an Authorization header lets nobody in, or None where it does."""
        scheme, _, key = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not key.strip():
            return key_missing()
        asked = _digest(key.strip())
        fits = [hmac.compare_digest(asked, digest) for digest in self._digests]
        return None if any(fits) else key_unknown()


class Gate:
    """ASGI middleware. `keys` is None where everybody may ask, `most` requests are let in at a time; paths of
    `most_apart` are counted by themselves, so that neither kind of request shuts the other out.

    `answer` makes a refusal's body and `refused` counts it. Every response carries `X-Request-ID`: the client's own, if
    it is 1 to 128 plain characters, else a new one.
    """

    def __init__(
        self,
        app: _App,
        keys: KeyRing | None,
        most: int,
        answer: Callable[[Refusal], bytes],
        refused: Callable[[Refusal], None],
        most_apart: Mapping[str, int] | None = None,
    ) -> None:
        self._app = app
        self._keys = keys
        self._most = most
        self._most_apart = dict(most_apart or {})
        self._answer = answer
        self._refused = refused
        self._inside: Counter[str] = Counter()

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(_header(scope, b"x-request-id"))
        token = REQUEST_ID.set(request_id)
        try:
            await self._let_in(scope, receive, _naming(request_id, send))
        finally:
            REQUEST_ID.reset(token)

    async def _let_in(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        path = scope["path"]
        if path in _OPEN or path.startswith(_OPEN_FOLDER):
            await self._app(scope, receive, send)
            return
        refusal = self._keys.refuse(_header(scope, b"authorization")) if self._keys is not None else None
        where = path if path in self._most_apart else ""
        if refusal is None and self._inside[where] >= self._most_apart.get(where, self._most):
            refusal = busy()
        if refusal is not None:
            self._refused(refusal)
            await self._refuse(refusal, send)
            return
        self._inside[where] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside[where] -= 1

    async def _refuse(self, refusal: Refusal, send: _Send) -> None:
        body = self._answer(refusal)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **refusal.headers()}
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": int(refusal.status), "headers": raw})
        await send({"type": "http.response.body", "body": body})


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()


def _header(scope: _Message, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


def _request_id(given: str | None) -> str:
    return given if given is not None and _ID.fullmatch(given) else uuid.uuid4().hex


def _naming(request_id: str, send: _Send) -> _Send:
    async def named(message: _Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
        await send(message)

    return named
