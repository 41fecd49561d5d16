"""Turns come in the order of asking, a few at a time, and whoever cannot have one in time is told so at once."""

import asyncio
import threading
import time
from contextvars import ContextVar

import pytest

from serving.answer import Refusal
from serving.turns import Late, Turns

WORD: ContextVar[str] = ContextVar("word", default="-")


def turns(at_once: int = 1, *, wait: float = 10, most_bytes: int = 100) -> Turns:
    return Turns("test", at_once, wait=wait, most_bytes=most_bytes)


def test_first_come_first_served_and_no_more_at_once_than_said() -> None:
    order: list[int] = []
    inside, most = 0, 0
    lock = threading.Lock()

    def one(number: int) -> None:
        nonlocal inside, most
        with lock:
            order.append(number)
            inside += 1
            most = max(most, inside)
        time.sleep(0.005)
        with lock:
            inside -= 1

    async def crowd(at_once: int) -> None:
        own = turns(at_once)
        await asyncio.gather(*(own.take(one, number) for number in range(16)))

    asyncio.run(crowd(1))
    assert (order, most) == (list(range(16)), 1)
    asyncio.run(crowd(3))
    assert most == 3


def test_who_waits_takes_no_thread() -> None:
    async def crowd() -> int:
        own, go_on = turns(2), threading.Event()
        waiting = [asyncio.create_task(own.take(go_on.wait, 10)) for _ in range(50)]
        await asyncio.sleep(0.02)
        threads = sum(thread.name.startswith("test") for thread in threading.enumerate())
        go_on.set()
        await asyncio.gather(*waiting)
        return threads

    assert asyncio.run(crowd()) == 2


def test_what_is_done_knows_the_context_of_who_asked() -> None:
    async def ask() -> object:
        WORD.set("mine")
        return await turns().take(WORD.get)

    assert asyncio.run(ask()) == "mine"


def test_a_wait_that_is_too_long_ends_and_the_next_has_its_turn() -> None:
    async def crowd() -> bool:
        own, go_on = turns(wait=0.02), threading.Event()
        first = asyncio.create_task(own.take(go_on.wait, 10))
        await asyncio.sleep(0)
        with pytest.raises(Late):
            await own.take(go_on.wait, 10)
        go_on.set()
        return await first and await own.take(go_on.wait, 10)

    assert asyncio.run(crowd())


def test_a_fault_gives_the_turn_back() -> None:
    async def crowd() -> str:
        own = turns()
        with pytest.raises(ZeroDivisionError):
            await own.take(divmod, 1, 0)
        return await own.take(str, 1)

    assert asyncio.run(crowd()) == "1"


def test_room_is_counted_in_bytes() -> None:
    own = turns(most_bytes=100)
    with own.holding(60):
        assert own.refuse(40) is None
        refused = own.refuse(41)
        assert refused is not None
        assert (int(refused.status), refused.reason) == (503, "BUSY")
        assert refused.retry_after
        with own.holding(40):
            assert own.refuse(1) is not None
    assert own.refuse(41) is None
    assert own.refuse(101) is None, "alone, even what is larger has its place"


async def refusals(own: Turns, latest: list[float], many: int) -> list[Refusal | None]:
    """Return what is said to so many that come at once, after turns that took so long (seconds)."""
    for seconds in latest:
        await own.take(time.sleep, seconds)
    go_on, said, waiting = threading.Event(), list[Refusal | None](), list[asyncio.Task[bool]]()
    for _ in range(many):
        said.append(own.refuse(1))
        waiting.append(asyncio.create_task(own.take(go_on.wait, 10)))
        await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(*waiting, return_exceptions=True)
    return said


def test_who_would_wait_too_long_is_refused_on_arrival_and_told_when_to_come() -> None:
    said = asyncio.run(refusals(turns(wait=0.1), [0.03] * 15, 6))
    assert said[:2] == [None, None], "one works, and the next has a turn in 0.03 seconds"
    assert said[-1] is not None, "the sixth would wait 0.15 seconds"
    assert said[-1].retry_after is not None
    assert said[-1].retry_after >= 5


def test_one_long_turn_among_short_ones_sends_nobody_away() -> None:
    assert asyncio.run(refusals(turns(wait=1), [0.001] * 7 + [0.3] + [0.001] * 7, 20)) == [None] * 20


def test_idle_is_where_nobody_has_a_turn() -> None:
    async def crowd() -> tuple[bool, bool, bool]:
        own = turns(2)
        before, within = own.idle, await own.take(lambda: own.idle)
        return before, within, own.idle

    assert asyncio.run(crowd()) == (True, False, True)
