"""How Tryton's answers, and the want of them, become results and errors of ours. No server: a transport answers."""

import base64
import json
import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest

from pipeline.adapters.erp.tryton_rpc import TrytonRpc, VendorWarning
from pipeline.errors import AnswerLost, AuthenticationFailed, PortError, Rejected, Unavailable

PASSWORD = "a very secret word"
Handler = Callable[[dict[str, Any]], httpx.Response]


class Tryton(httpx.BaseTransport):
    """Logs anybody in with a new session each time; `answer` answers every other call."""

    def __init__(self, answer: Handler) -> None:
        self._answer = answer
        self.logins = 0
        self.calls: list[dict[str, Any]] = []
        self.valid = ""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.read())
        if body["method"] == "common.db.login":
            self.logins += 1
            self.valid = base64.b64encode(f"bilag:7:token{self.logins}".encode()).decode()
            return _result([7, f"token{self.logins}", None])
        if request.headers["Authorization"] != f"Session {self.valid}":
            return httpx.Response(401, text="<h1>Unauthorized</h1>")
        if body["method"] == "model.res.user.get_preferences":
            return _result({"company": 1, "language": "en"})
        self.calls.append(body)
        return self._answer(body)


def _result(result: Any) -> httpx.Response:
    return httpx.Response(200, json={"id": 0, "result": result})


def _error(*error: Any) -> httpx.Response:
    return httpx.Response(200, json={"id": 0, "error": list(error)})


def _rpc(answer: Handler) -> tuple[TrytonRpc, Tryton]:
    transport = Tryton(answer)
    return TrytonRpc("http://tryton.invalid", "erp", "bilag", PASSWORD, transport=transport), transport


def _raising(error: Exception) -> Handler:
    def answer(_: dict[str, Any]) -> httpx.Response:
        raise error

    return answer


@pytest.mark.parametrize(
    ("answer", "reading", "writing"),
    [
        (_raising(httpx.ConnectError("refused")), Unavailable, Unavailable),
        (_raising(httpx.ConnectTimeout("slow")), Unavailable, Unavailable),
        (_raising(httpx.PoolTimeout("busy")), Unavailable, Unavailable),
        (_raising(httpx.ReadTimeout("slow")), Unavailable, AnswerLost),
        (_raising(httpx.WriteError("cut")), Unavailable, AnswerLost),
        (_raising(httpx.RemoteProtocolError("closed")), Unavailable, AnswerLost),
        (lambda _: httpx.Response(200, text="<html>"), Unavailable, AnswerLost),
        (lambda _: httpx.Response(502), Unavailable, AnswerLost),
        (lambda _: httpx.Response(504), Unavailable, AnswerLost),
        (lambda _: httpx.Response(500), Unavailable, Unavailable),
        (lambda _: httpx.Response(503), Unavailable, Unavailable),
        (lambda _: httpx.Response(429), Unavailable, Unavailable),
        (lambda _: httpx.Response(401), AuthenticationFailed, AuthenticationFailed),
        (lambda _: httpx.Response(403), AuthenticationFailed, AuthenticationFailed),
        (lambda _: httpx.Response(404), Rejected, Rejected),
        (lambda _: _error("UserError", ["No such thing", "", None]), Rejected, Rejected),
        (
            lambda _: _error("LoginException", ["password", "Password", "password"]),
            AuthenticationFailed,
            AuthenticationFailed,
        ),
        (lambda _: _error("ConcurrencyException", "Records were modified"), Unavailable, Unavailable),
        (lambda _: _error("'NoneType' object has no attribute 'id'", ""), Rejected, Rejected),
    ],
)
def test_every_failure_is_translated(answer: Handler, reading: type[PortError], writing: type[PortError]) -> None:
    rpc, _ = _rpc(answer)

    with pytest.raises(PortError) as read:
        rpc.read("party.party", "search", [])
    with pytest.raises(PortError) as written:
        rpc.write("party.party", "create", [])

    assert (read.type, written.type) == (reading, writing)
    assert PASSWORD not in str(read.value) + str(written.value)


def test_a_users_sentence_is_kept_and_the_machines_part_is_not() -> None:
    domain = [["id", "=", 1], {"id": {}}]
    rpc, _ = _rpc(lambda _: _error("UserError", ["The period is closed.", "Open it first.", domain]))

    with pytest.raises(Rejected, match=r"Tryton refused it: The period is closed\. Open it first\. ") as refused:
        rpc.write("account.invoice", "post", [1])

    assert refused.value.vendor_code == "user_error"


def test_a_warning_tells_its_kind() -> None:
    rpc, _ = _rpc(lambda _: _error("UserWarning", ["0f1e.account.invoice eu_vat valid", "Not valid.", ""]))

    with pytest.raises(VendorWarning) as warned:
        rpc.write("account.invoice", "post", [1])

    assert (warned.value.name, warned.value.kind) == (
        "0f1e.account.invoice eu_vat valid",
        "account.invoice eu_vat valid",
    )
    assert warned.value.message == "Not valid."


def test_a_pause_that_the_server_asks_for_is_passed_on() -> None:
    rpc, _ = _rpc(lambda _: httpx.Response(429, headers={"Retry-After": "17"}))

    with pytest.raises(Unavailable) as failed:
        rpc.read("party.party", "search", [])

    assert failed.value.retry_after == 17


def test_values_keep_their_type_both_ways() -> None:
    values = {"amount": Decimal("0.10"), "day": date(2026, 2, 28), "data": b"\x00\xff" * 80, "quantity": 0.1}
    rpc, transport = _rpc(lambda body: httpx.Response(200, content=json.dumps({"id": 0, "result": body["params"][0]})))

    echoed = rpc.read("any.model", "echo", values)

    assert echoed == {**values, "quantity": Decimal("0.1")}
    assert transport.calls[0]["params"][0]["amount"] == {"__class__": "Decimal", "decimal": "0.10"}


def test_every_call_carries_the_users_context() -> None:
    rpc, transport = _rpc(lambda _: _result([]))

    rpc.search("party.party", [], ["name"])

    assert transport.calls[0]["params"][-1] == {"company": 1, "language": "en"}


def test_an_expired_session_is_renewed_once() -> None:
    rpc, transport = _rpc(lambda _: _result(True))
    rpc.write("account.invoice", "post", [1])

    transport.valid = "another"
    rpc.write("account.invoice", "post", [2])

    assert transport.logins == 2
    assert [call["params"][0] for call in transport.calls] == [[1], [2]]


def test_threads_share_one_session() -> None:
    rpc, transport = _rpc(lambda _: _result(True))
    start = threading.Barrier(6)

    def work() -> None:
        start.wait()
        rpc.read("party.party", "search", [])

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (transport.logins, len(transport.calls)) == (1, 6)


def test_what_cannot_be_sent_is_an_error_of_ours() -> None:
    rpc, _ = _rpc(lambda _: _result(True))

    with pytest.raises(TypeError):
        rpc.read("party.party", "search", object())


def test_long_lists_come_in_portions() -> None:
    ids = list(range(1, 1202))

    def answer(body: dict[str, Any]) -> httpx.Response:
        domain, _, limit, *_ = body["params"]
        beyond = max((clause[2] for clause in domain if clause[:2] == ["id", ">"]), default=0)
        return _result([{"id": id_} for id_ in ids if id_ > beyond][:limit])

    rpc, transport = _rpc(answer)

    assert [row["id"] for row in rpc.every("party.party", [["active", "=", True]], ["name"])] == ids
    assert len(transport.calls) == 3
