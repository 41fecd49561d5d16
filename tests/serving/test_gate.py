"""Who gets in: keys, request ids, and how many at a time."""

import asyncio
import json
from typing import Any

import pytest

from serving.answer import Refusal
from serving.gate import REQUEST_ID, Gate, KeyRing

KEY = "correct-horse-battery-staple"


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


def gate(
    inside: Inside,
    *keys: str,
    most: int = 4,
    refused: list[Refusal] | None = None,
    most_apart: dict[str, int] | None = None,
) -> Gate:
    counted: list[Refusal] = [] if refused is None else refused
    return Gate(
        inside,
        KeyRing(keys) if keys else None,
        most,
        answer=lambda refusal: json.dumps({"reason": refusal.reason, "message": refusal.message}).encode(),
        refused=counted.append,
        most_apart=most_apart,
    )


def test_a_path_apart_is_counted_by_itself() -> None:
    async def crowd() -> list[int]:
        inside = Inside()
        inside.doors = asyncio.Event()
        one = gate(inside, most=1, most_apart={"/predict": 2})
        asked = [
            asyncio.create_task(ask(one, path))
            for path in ("/understand", "/predict", "/predict", "/understand", "/predict")
        ]
        await asyncio.sleep(0.01)
        inside.doors.set()
        answers = [await task for task in asked]
        again = [await ask(one, "/predict"), await ask(one, "/understand")]
        return [answer.status for answer in (*answers, *again)]

    assert asyncio.run(crowd()) == [200, 200, 200, 503, 503, 200, 200]


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


def test_more_than_there_is_room_for_are_sent_away_and_let_in_again_later() -> None:
    async def crowd() -> tuple[list[int], Asked, int, int]:
        inside, counted = Inside(), list[Refusal]()
        inside.doors = asyncio.Event()
        door = gate(inside, most=2, refused=counted)
        waiting = [asyncio.create_task(ask(door)) for _ in range(2)]
        await asyncio.sleep(0)
        turned_away = await ask(door)
        inside.doors.set()
        let_in = [response.status for response in await asyncio.gather(*waiting)]
        return let_in, turned_away, (await ask(door)).status, len(counted)

    let_in, turned_away, later, counted = asyncio.run(crowd())
    assert (let_in, later, counted) == ([200, 200], 200, 1)
    assert turned_away.status == 503
    assert json.loads(turned_away.body)["reason"] == "BUSY"
    assert int(turned_away.headers["retry-after"]) > 0
