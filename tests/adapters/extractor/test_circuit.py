"""The circuit: it opens, refuses, tries with one call and closes, also where many threads call at once."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.adapters.extractor.circuit import Circuit
from pipeline.errors import Rejected, Unavailable

PAUSE = 30.0


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def circuit(clock: Hands) -> Circuit:
    return Circuit("The service", failures=3, pause=PAUSE, clock=clock)


def fail(circuit: Circuit, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(Unavailable, match=r"^No answer\."), circuit.call():
            raise Unavailable("No answer.")


def answer(circuit: Circuit) -> None:
    with circuit.call():
        pass


def refused(circuit: Circuit) -> Unavailable:
    """Return what a call is refused with; it must not be let through."""
    with pytest.raises(Unavailable, match="is not asked") as caught, circuit.call():
        pytest.fail("the call was let through")
    return caught.value


def test_it_opens_after_so_many_failures_in_a_row(circuit: Circuit) -> None:
    fail(circuit, 2)
    assert circuit.state == "closed"
    fail(circuit)
    assert circuit.state == "open"

    said = refused(circuit)
    assert said.message == "The service failed 3 times in a row and is not asked; it is asked again in 30 seconds."
    assert said.retryable
    assert said.retry_after == PAUSE


def test_an_answer_in_between_begins_the_count_anew(circuit: Circuit) -> None:
    for _ in range(4):
        fail(circuit, 2)
        answer(circuit)
    assert circuit.state == "closed"


def test_other_errors_are_no_failures_of_the_service(circuit: Circuit) -> None:
    for _ in range(5):
        with pytest.raises(Rejected), circuit.call():
            raise Rejected("No.")
    assert circuit.state == "closed"


def test_it_tries_one_call_after_the_pause_and_closes(circuit: Circuit, clock: Hands) -> None:
    fail(circuit, 3)
    clock.now += PAUSE - 1
    assert refused(circuit).retry_after == 1
    clock.now += 1
    assert circuit.state == "half-open"
    with circuit.call():
        assert "one request is trying it now" in refused(circuit).message
    assert circuit.state == "closed"
    fail(circuit, 2)
    assert circuit.state == "closed", "the count began anew"


def test_a_failed_trial_opens_it_for_another_pause(circuit: Circuit, clock: Hands) -> None:
    fail(circuit, 3)
    clock.now += PAUSE
    fail(circuit)
    assert refused(circuit).retry_after == PAUSE
    clock.now += PAUSE
    answer(circuit)
    assert circuit.state == "closed"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, Rejected("No."), ZeroDivisionError])
def test_a_trial_that_is_interrupted_lets_the_next_one_try(
    circuit: Circuit, clock: Hands, interruption: BaseException | type[BaseException]
) -> None:
    fail(circuit, 3)
    clock.now += PAUSE
    kind = interruption if isinstance(interruption, type) else type(interruption)
    with pytest.raises(kind), circuit.call():
        raise interruption
    assert circuit.state == "half-open"
    answer(circuit)
    assert circuit.state == "closed"


@pytest.mark.parametrize("late_is_good", [True, False])
def test_a_late_end_of_an_earlier_call_changes_nothing(circuit: Circuit, clock: Hands, late_is_good: bool) -> None:
    late = circuit.call()
    late.__enter__()
    fail(circuit, 3)
    clock.now += PAUSE
    with circuit.call():
        if late_is_good:
            late.__exit__(None, None, None)
        else:
            error = Unavailable("No answer.")
            assert not late.__exit__(type(error), error, None)
        assert circuit.state == "half-open"
        refused(circuit)
    assert circuit.state == "closed"


def test_each_change_of_state_is_logged_once(circuit: Circuit, clock: Hands, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    fail(circuit, 3)
    refused(circuit)
    clock.now += PAUSE
    answer(circuit)
    answer(circuit)
    assert [(r.levelname, r.message) for r in caplog.records] == [
        ("WARNING", "circuit open"),
        ("INFO", "circuit half-open"),
        ("INFO", "circuit closed"),
    ]
    assert vars(caplog.records[0])["service"] == "The service"


def test_calls_run_at_the_same_time(circuit: Circuit) -> None:
    together = threading.Barrier(4, timeout=10)

    def call(_: int) -> None:
        with circuit.call():
            together.wait()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(call, range(4)))


def test_of_many_threads_one_tries(circuit: Circuit, clock: Hands) -> None:
    fail(circuit, 3)
    clock.now += PAUSE
    start, counted = threading.Barrier(16, timeout=10), threading.Barrier(16, timeout=10)

    def call(_: int) -> bool:
        start.wait()
        try:
            with circuit.call():
                counted.wait()
        except Unavailable:
            counted.wait()
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(call, range(16))) == 1
    assert circuit.state == "closed"


def test_a_circuit_that_never_closes_is_none() -> None:
    with pytest.raises(ValueError, match="one failure or more"):
        Circuit("The service", failures=0)
