"""Stands before the service: gives every request an id, asks for a key and lets in what its turns have room for."""

import hashlib
import hmac
import re
import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from serving.answer import Refusal, key_missing, key_unknown
from serving.turns import Turns

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
_EACH = 65_536  # bytes that a request takes beside those that it brings, so that there is an end to small ones too


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


@dataclass(frozen=True, slots=True)
class Door:
    """Where requests of one route go in: the turns that they wait for, and the most bytes that one may bring."""

    turns: Turns
    most_bytes: int


class Gate:
    """ASGI middleware. `keys` is None where everybody may ask; requests wait by the `doors` of their paths, so that no
    kind of request shuts the other out. Other paths bring nothing that is read.

    `answer` makes a refusal's body and `refused` counts it. Every response carries `X-Request-ID`: the client's own, if
    it is 1 to 128 plain characters, else a new one. Where there are other workers (`moves`), the answer to a request
    that was not alone ends its connection, so that the next one may find a worker that is idle: connections stay with
    whoever took them, and one worker may have taken nearly all.
    """

    def __init__(
        self,
        app: _App,
        keys: KeyRing | None,
        doors: Mapping[str, Door],
        answer: Callable[[Refusal], bytes],
        refused: Callable[[Refusal], None],
        *,
        moves: bool = False,
    ) -> None:
        self._app = app
        self._keys = keys
        self._doors = dict(doors)
        self._answer = answer
        self._refused = refused
        self._moves = moves

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(_header(scope, b"x-request-id"))
        token = REQUEST_ID.set(request_id)
        try:
            await self._let_in(scope, receive, _with(send, b"x-request-id", request_id.encode()))
        finally:
            REQUEST_ID.reset(token)

    async def _let_in(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        path = scope["path"]
        if path in _OPEN or path.startswith(_OPEN_FOLDER):
            await self._app(scope, receive, send)
            return
        refusal = self._keys.refuse(_header(scope, b"authorization")) if self._keys is not None else None
        if refusal is not None:
            await self._refuse(refusal, send)
        elif (door := self._doors.get(path)) is not None:
            await self._go_in(door, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _go_in(self, door: Door, scope: _Message, receive: _Receive, send: _Send) -> None:
        size = _size(_header(scope, b"content-length"), door.most_bytes)
        if self._moves and not door.turns.idle:
            send = _with(send, b"connection", b"close")
        if (refusal := door.turns.refuse(size)) is not None:
            await self._refuse(refusal, send)
            return
        with door.turns.holding(size):
            await self._app(scope, receive, send)

    async def _refuse(self, refusal: Refusal, send: _Send) -> None:
        self._refused(refusal)
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


def _size(declared: str | None, most: int) -> int:
    """Return how many bytes a request may take; whoever does not say what he brings may bring all that are allowed."""
    return _EACH + (min(int(declared), most) if declared is not None and declared.isdecimal() else most)


def _with(send: _Send, name: bytes, value: bytes) -> _Send:
    async def sent(message: _Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), (name, value)]
        await send(message)

    return sent
