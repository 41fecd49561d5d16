"""Who gets in: keys, request ids, and room."""

import asyncio
import json
import threading
from typing import Any

import pytest

from serving.answer import Refusal
from serving.gate import REQUEST_ID, Door, Gate, KeyRing
from serving.turns import Turns

KEY = "correct-horse-battery-staple"


@pytest.fixture(autouse=True)
def weightless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests weigh nothing but what they bring."""
    monkeypatch.setattr("serving.gate._EACH", 0)


class Inside:
    """An application that remembers who came, and may keep them waiting."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.doors: asyncio.Event | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.ids.append(REQUEST_ID.get())
        if self.doors is not None:
            await self.doors.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-own", b"1")]})
        await send({"type": "http.response.body", "body": b"in"})


class Asked:
    """A response, put together again."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message["body"]


def door(most_bytes: int = 10) -> Door:
    """Return a door with one turn at a time, and room for twice what a request may bring."""
    return Door(Turns("test", 1, wait=10, most_bytes=2 * most_bytes), most_bytes)


def gate(
    inside: Inside,
    *keys: str,
    doors: dict[str, Door] | None = None,
    refused: list[Refusal] | None = None,
    moves: bool = False,
) -> Gate:
    counted: list[Refusal] = [] if refused is None else refused
    return Gate(
        inside,
        KeyRing(keys) if keys else None,
        {"/understand": door()} if doors is None else doors,
        answer=lambda refusal: json.dumps({"reason": refusal.reason, "message": refusal.message}).encode(),
        refused=counted.append,
        moves=moves,
    )


async def receive() -> Any:
    return {"type": "http.request", "body": b""}


async def ask(asked: Gate, path: str = "/understand", **headers: str) -> Asked:
    response = Asked()
    raw = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    await asked({"type": "http", "path": path, "headers": raw}, receive, response.send)
    return response


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_a_known_key_lets_in(scheme: str) -> None:
    inside = Inside()
    response = asyncio.run(ask(gate(inside, "another", KEY), authorization=f"{scheme} {KEY}"))
    assert (response.status, response.body, response.headers["x-own"]) == (200, b"in", "1")


@pytest.mark.parametrize(
    ("authorization", "reason"),
    [
        (None, "KEY_MISSING"),
        ("", "KEY_MISSING"),
        ("Bearer ", "KEY_MISSING"),
        (f"Basic {KEY}", "KEY_MISSING"),
        (KEY, "KEY_MISSING"),
        ("Bearer wrong", "KEY_UNKNOWN"),
        (f"Bearer {KEY}x", "KEY_UNKNOWN"),
        (f"Bearer {KEY[:-1]}", "KEY_UNKNOWN"),
        (f"Bearer another,{KEY}", "KEY_UNKNOWN"),
        ("Bearer \xe6\xf8\xe5", "KEY_UNKNOWN"),
    ],
)
def test_nobody_else_is_let_in(authorization: str | None, reason: str) -> None:
    inside, counted = Inside(), list[Refusal]()
    headers = {} if authorization is None else {"authorization": authorization}
    response = asyncio.run(ask(gate(inside, "another", KEY, refused=counted), **headers))
    assert response.status == 401
    assert json.loads(response.body)["reason"] == reason
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["content-type"] == "application/json"
    assert inside.ids == []
    assert [refusal.reason for refusal in counted] == [reason]
    assert KEY.encode() not in response.body


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/docs.json", "/", "/static_content/index.css"])
def test_probes_metrics_and_the_manual_need_no_key(path: str) -> None:
    assert asyncio.run(ask(gate(Inside(), KEY), path)).status == 200


@pytest.mark.parametrize("path", ["/understand", "//understand", "/understand/", "/metrics/x", "/livez/../understand"])
def test_everything_else_does(path: str) -> None:
    assert asyncio.run(ask(gate(Inside(), KEY), path)).status == 401


def test_without_keys_everybody_may_ask() -> None:
    assert asyncio.run(ask(gate(Inside()))).status == 200


def test_the_clients_request_id_comes_back_and_is_known_inside() -> None:
    inside = Inside()
    response = asyncio.run(ask(gate(inside), x_request_id="order-77:a.b_c"))
    assert response.headers["x-request-id"] == "order-77:a.b_c"
    assert inside.ids == ["order-77:a.b_c"]


@pytest.mark.parametrize("given", ["", "two words", "line\nbreak", "x" * 129, "æ"])
def test_an_id_that_could_forge_a_log_line_is_replaced(given: str) -> None:
    inside = Inside()
    response = asyncio.run(ask(gate(inside), x_request_id=given))
    (known,) = inside.ids
    assert known == response.headers["x-request-id"] != given
    assert len(known) == 32


def test_a_refusal_carries_the_id_too() -> None:
    response = asyncio.run(ask(gate(Inside(), KEY), x_request_id="7"))
    assert (response.status, response.headers["x-request-id"]) == (401, "7")


async def crowd(own: Gate, inside: Inside, *asked: tuple[str, str | None]) -> list[Asked]:
    """Ask for paths with as many bytes, all at once; who is let in stays until all have asked."""
    inside.doors = asyncio.Event()
    tasks = []
    for path, size in asked:
        headers = {} if size is None else {"content_length": size}
        tasks.append(asyncio.create_task(ask(own, path, **headers)))
        await asyncio.sleep(0)
    inside.doors.set()
    return await asyncio.gather(*tasks)


def test_what_there_is_no_room_for_is_sent_away_and_let_in_again_later() -> None:
    inside, counted = Inside(), list[Refusal]()
    own = gate(inside, refused=counted)
    answers = asyncio.run(crowd(own, inside, *[("/understand", size) for size in ("10", "9", "2", "1", "1")]))
    assert [answer.status for answer in answers] == [200, 200, 503, 200, 503]
    turned_away = answers[2]
    assert json.loads(turned_away.body)["reason"] == "BUSY"
    assert int(turned_away.headers["retry-after"]) > 0
    assert [refusal.reason for refusal in counted] == ["BUSY"] * 2
    assert asyncio.run(ask(own, content_length="10")).status == 200


@pytest.mark.parametrize("size", [None, "much", "-1", "99999"])
def test_who_does_not_say_how_much_he_brings_counts_as_the_largest(size: str | None) -> None:
    inside = Inside()
    asked = [("/understand", size), ("/understand", "10"), ("/understand", "1")]
    answers = asyncio.run(crowd(gate(inside), inside, *asked))
    assert [answer.status for answer in answers] == [200, 200, 503]


def test_there_is_an_end_to_requests_that_bring_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serving.gate._EACH", 7)
    inside = Inside()
    answers = asyncio.run(crowd(gate(inside), inside, *[("/understand", "0")] * 3))
    assert [answer.status for answer in answers] == [200, 200, 503]


def test_every_path_has_room_of_its_own() -> None:
    inside = Inside()
    own = gate(inside, doors={"/understand": door(), "/predict": door()})
    asked = [("/understand", None), ("/understand", None), ("/predict", None), ("/understand", None), ("/else", None)]
    answers = asyncio.run(crowd(own, inside, *asked))
    assert [answer.status for answer in answers] == [200, 200, 200, 503, 200]


@pytest.mark.parametrize("moves", [True, False])
def test_where_others_may_be_idle_whoever_is_not_alone_is_asked_to_connect_anew(moves: bool) -> None:
    async def asked() -> list[Asked]:
        own = door()
        through = gate(Inside(), doors={"/understand": own}, moves=moves)
        before = await ask(through)
        go_on = threading.Event()
        other = asyncio.create_task(own.turns.take(go_on.wait, 10))
        await asyncio.sleep(0)
        meanwhile = await ask(through)
        with own.turns.holding(20):
            refused = await ask(through)
        go_on.set()
        await other
        return [before, meanwhile, refused, await ask(through)]

    answers = asyncio.run(asked())
    assert [answer.status for answer in answers] == [200, 200, 503, 200]
    closing = [answer.headers.get("connection") for answer in answers]
    assert closing == ([None, "close", "close", None] if moves else [None] * 4)
