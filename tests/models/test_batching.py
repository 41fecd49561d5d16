"""Callers that wait at once go through the network together, and each gets what it would get alone."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.batching import Together, _Waiting, alike, lengthened, mixes_windows
from models.features.features import STANDING
from models.features.neighbours import SIDES
from models.label_scheme import KINDS, TAGS
from models.release import RELEASED
from models.runtime import ONNX, Runtime, _session
from models.scores import Scores
from models.stages import heard_by
from pipeline.domain.document import Page
from tests.models.exported import as_released, export
from tests.models.papers import Paper

if TYPE_CHECKING:
    from models.batching import Arrays, Floats


def inputs(words: int, windows: int = 1, mark: float = 1.0) -> "Arrays":
    """Return windows of some words, each of which carries its caller's mark."""
    return (
        np.full((windows, words, 2), mark, dtype=np.float32),
        np.zeros((windows, words, 3), dtype=np.float32),
        np.zeros((windows, words, 4), dtype=np.float32),
        np.zeros((windows, words), dtype=np.float32),
        np.full((windows, words, SIDES), words, dtype=np.int64),
        np.zeros((windows, words, STANDING), dtype=np.float32),
        np.ones((windows, words), dtype=np.bool_),
    )


class Network:
    """Answers every word with its caller's mark; is held up until `go_on`, and fails where it meets a bad mark."""

    def __init__(self, bad: float | None = None) -> None:
        self.go_on = threading.Event()
        self.go_on.set()
        self.bad = bad
        self.shapes: list[tuple[int, int]] = []
        self.inside = self.most_inside = 0
        self._lock = threading.Lock()

    def __call__(self, given: "Arrays") -> "Floats":
        marks = np.asarray(given[0], dtype=np.float32)[:, :, 0]
        windows, length = marks.shape
        with self._lock:
            self.shapes.append((windows, length))
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
        try:
            self.go_on.wait(20)
            if self.bad is not None and (marks == self.bad).any():
                raise ArithmeticError("a bad mark")
            empty = np.logical_not(given[6].astype(np.bool_))
            assert (given[4][empty] == length).all(), "padding has no neighbours"
            tags = np.repeat(marks[:, :, None], len(TAGS), axis=2)
            rows = np.repeat(marks[:, :, None], length, axis=2)
            kinds = np.repeat(marks[:, :1], len(KINDS), axis=1)
            return tags, rows, kinds
        finally:
            with self._lock:
                self.inside -= 1


def crowd(together: Together, network: Network, given: "Sequence[Arrays]") -> "list[Floats | Exception]":
    """Return what each caller gets, or its error: the first is held up in the network until all others wait."""

    def ask(one: "Arrays") -> "Floats | Exception":
        try:
            return together(one)
        except ArithmeticError as error:
            return error

    network.go_on.clear()
    with ThreadPoolExecutor(len(given)) as pool:
        asked = []
        for one in given:
            asked.append(pool.submit(ask, one))
            _until(lambda: len(asked) - 1 == len(together._queue) and together._running == 1)
        network.go_on.set()
        return [one.result(120) for one in asked]


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def assert_own(answers: "Sequence[Floats | Exception]", given: "Sequence[Arrays]") -> None:
    for answer, one in zip(answers, given, strict=True):
        assert not isinstance(answer, Exception)
        windows, words = one[6].shape
        mark = float(one[0].flat[0])
        tags, rows, kinds = answer
        assert tags.shape == (windows, words, len(TAGS))
        assert rows.shape == (windows, words, words)
        assert kinds.shape == (windows, len(KINDS))
        assert all(bool((part == mark).all()) for part in answer)


def test_who_waits_at_once_goes_together_and_gets_its_own() -> None:
    network = Network()
    given = [inputs(10, 1, 1.0), inputs(9, 2, 2.0), inputs(10, 1, 3.0), inputs(11, 1, 4.0)]
    assert_own(crowd(Together(network, lambda: True), network, given), given)
    assert network.shapes == [(1, 10), (4, 11)]


def test_windows_of_other_lengths_wait_for_another_call() -> None:
    network = Network()
    given = [inputs(5), inputs(100, mark=2.0), inputs(9, mark=3.0), inputs(90, mark=4.0), inputs(10, mark=5.0)]
    assert_own(crowd(Together(network, lambda: True), network, given), given)
    assert network.shapes == [(1, 5), (2, 100), (2, 10)]


def test_a_call_holds_so_many_words_and_no_more() -> None:
    network = Network()
    given = [inputs(5), *(inputs(10, mark=float(mark)) for mark in range(7))]
    assert_own(crowd(Together(network, lambda: True, most_words=30), network, given), given)
    assert network.shapes == [(1, 5), (3, 10), (3, 10), (1, 10)]


def test_what_one_caller_brings_is_not_parted() -> None:
    network = Network()
    given = [inputs(5), inputs(10, windows=9, mark=2.0), inputs(10, mark=3.0)]
    assert_own(crowd(Together(network, lambda: True, most_words=30), network, given), given)
    assert network.shapes == [(1, 5), (9, 10), (1, 10)]


def test_strangers_that_change_each_others_answers_go_alone() -> None:
    network, asked = Network(), iter([False])
    given = [inputs(10), inputs(10, mark=2.0), inputs(10, mark=3.0)]
    together = Together(network, lambda: next(asked))  # a second question ends the test
    assert_own(crowd(together, network, given), given)
    assert_own(crowd(together, network, given), given)
    assert set(network.shapes) == {(1, 10)}


def test_a_single_caller_asks_nothing_and_waits_for_nobody() -> None:
    def mixes() -> bool:
        raise AssertionError

    network = Network()
    together = Together(network, mixes)
    assert_own([together(inputs(4))], [inputs(4)])
    assert_own([together(inputs(6))], [inputs(6)])
    assert network.shapes == [(1, 4), (1, 6)]


def test_the_error_of_one_is_not_that_of_its_neighbours() -> None:
    network = Network(bad=2.0)
    given = [inputs(10), inputs(10, mark=3.0), inputs(10, mark=2.0), inputs(10, mark=4.0)]
    together = Together(network, lambda: True)
    first, second, bad, last = crowd(together, network, given)
    assert isinstance(bad, ArithmeticError)
    assert_own([first, second, last], [given[0], given[1], given[3]])
    assert network.shapes == [(1, 10), (3, 10), (1, 10), (1, 10), (1, 10)]
    assert_own([together(inputs(7))], [inputs(7)])
    assert (together._queue, together._running) == ([], 0)


def test_no_more_calls_at_once_than_allowed() -> None:
    network = Network()
    together = Together(network, lambda: True, at_once=2, most_words=8)
    network.go_on.clear()
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(together, inputs(8, mark=float(mark))) for mark in range(6)]
        _until(lambda: network.inside == 2)
        network.go_on.set()
        answers = [one.result(120) for one in asked]
    assert_own(answers, [inputs(8, mark=float(mark)) for mark in range(6)])
    assert network.most_inside == 2


def test_many_threads_over_and_over_get_their_own() -> None:
    network = Network()
    together = Together(network, lambda: True, at_once=2, most_words=200)

    def ask(seed: int) -> int:
        by_chance = Random(seed)
        for _ in range(60):
            one = inputs(by_chance.randrange(1, 40), by_chance.randrange(1, 4), float(by_chance.randrange(1000)))
            assert_own([together(one)], [one])
        return 60

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(8))) == 480
    assert (together._queue, together._running) == ([], 0)


def test_calls_are_told_of() -> None:
    class Ear:
        def __init__(self) -> None:
            self.calls: list[tuple[int, int, int]] = []

        def stage(self, name: str, seconds: float) -> None:
            raise AssertionError

        def call(self, windows: int, words: int, padded: int) -> None:
            self.calls.append((windows, words, padded))

    ear, together = Ear(), Together(Network(), lambda: True)
    with heard_by(ear):
        together(inputs(4, 3))
    together(inputs(5))
    assert ear.calls == [(3, 12, 12)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 4)), min_size=1, max_size=12), st.integers(1, 300))
def test_groups_keep_their_bounds_and_begin_with_the_oldest(sizes: list[tuple[int, int]], most: int) -> None:
    queue = [_Waiting(inputs(words, windows)) for words, windows in sizes]
    group = alike(queue, most)
    assert group[0] is queue[0]
    assert len({id(one) for one in group}) == len(group)
    longest, windows = max(one.length for one in group), sum(one.windows for one in group)
    assert len(group) == 1 or longest * windows <= most
    assert min(one.length for one in group) >= 0.7 * longest


def test_lengthened_windows_have_empty_places_without_neighbours() -> None:
    given = inputs(3, 2)
    given[4][0, 0] = [1, 2, 3, 3]
    wider = lengthened(given, 5)
    assert [array.shape[:2] for array in wider] == [(2, 5)] * 7
    assert [array.dtype for array in wider] == [array.dtype for array in given]
    assert wider[4][0].tolist() == [[1, 2, 5, 5], *[[5] * 4] * 4]
    assert wider[6][0].tolist() == [True] * 3 + [False] * 2
    assert lengthened(given, 3) is given


def paper(rows: int) -> tuple[Page, ...]:
    """Return a page with a heading, a table of some rows, and a total."""
    made, by_chance = Paper(), Random(rows)
    made.put(0.4, 0.05, "INVOICE").put(0.1, 0.1, f"Number: R-{rows}").put(0.5, 0.1, "24.12.2026")
    for row in range(rows):
        y = 0.2 + 0.7 * row / rows
        made.put(0.1, y, by_chance.choice(["Oak table", "Steel chair", "Lamp, black"]))
        made.put(0.5, y, str(by_chance.randrange(20))).put(0.8, y, f"{by_chance.randrange(90)}.50")
    return made.put(0.6, 0.95, f"Total EUR {by_chance.randrange(900)}.50").pages


PAPERS = [paper(rows) for rows in (3, 5, 6, 7, 8, 20)]


def read_at_once(runtime: Runtime) -> tuple[list[Scores], list[tuple[int, int]]]:
    """Return the scores of all papers, asked for together, and the windows and words of each call."""
    shapes: list[tuple[int, int]] = []
    begin = threading.Barrier(len(PAPERS))
    call = runtime._together._run

    def watched(given: "Arrays") -> "Floats":
        shapes.append((given[6].shape[0], given[6].shape[1]))
        if len(shapes) == 1:  # the first is at work until all others wait
            _until(lambda: len(runtime._together._queue) == len(PAPERS) - 1)
        return call(given)

    def ask(pages: tuple[Page, ...]) -> Scores:
        begin.wait(120)
        return runtime.scores(pages)

    runtime._together._run = watched
    runtime._together._at_once = 1
    try:
        with ThreadPoolExecutor(len(PAPERS)) as pool:
            return list(pool.map(ask, PAPERS)), shapes
    finally:
        runtime._together._run = call


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small release whose graph computes in 32-bit floats."""
    for needed in ("torch", "transformers", "onnx"):
        pytest.importorskip(needed, reason="a release is exported with torch (extra: train)")
    folder = tmp_path_factory.mktemp("releases")
    export(as_released(), folder / "exact", folder / "exact_content", small=False)
    return folder / "exact"


def test_a_network_of_floats_says_together_what_it_says_alone(exact: Path) -> None:
    runtime = Runtime(exact)
    alone = [runtime.scores(pages) for pages in PAPERS]
    found, shapes = read_at_once(runtime)
    assert runtime._together._mixed is True
    assert len(shapes) < len(PAPERS), f"some papers share a call: {shapes}"
    for one, other in zip(found, alone, strict=True):
        assert np.allclose(one.tags, other.tags, atol=1e-4)
        assert np.allclose(one.row_chances, other.row_chances, atol=1e-4)
        assert np.allclose(one.kinds, other.kinds, atol=1e-4)
        near_ties = other.row_chances < 0.5  # of two words that are as likely either may win
        assert ((one.row_begins == other.row_begins) | near_ties).all()


def test_a_network_of_integers_says_together_what_it_says_alone_bit_by_bit(exact: Path) -> None:
    export(as_released(), exact.parent / "small", exact.parent / "small_content", small=True)
    runtime = Runtime(exact.parent / "small")
    alone = [runtime.scores(pages) for pages in PAPERS]
    found, shapes = read_at_once(runtime)
    assert runtime._together._mixed is True
    assert len(shapes) < len(PAPERS), f"some papers share a call: {shapes}"
    assert all(np.array_equal(one.tags, other.tags) for one, other in zip(found, alone, strict=True))


def test_a_network_with_one_scale_for_all_of_a_call_is_found_out(exact: Path) -> None:
    """Such were the releases up to 2026.11.24.1."""
    from onnxruntime.quantization import quantize_dynamic

    graph = exact.parent / "one_scale.onnx"
    quantize_dynamic(str(exact / ONNX), str(graph), extra_options={"MatMulConstBOnly": True})
    runtime = Runtime(exact)
    runtime._session = _session(graph, threads=1)
    alone = [runtime.scores(pages) for pages in PAPERS]
    found, _ = read_at_once(runtime)
    assert runtime._together._mixed is False
    assert all(np.array_equal(one.tags, other.tags) for one, other in zip(found, alone, strict=True))


def test_the_shipped_release_says_at_once_what_it_says_alone() -> None:
    """Bit by bit where strangers go alone, up to the order of sums where they may share a call."""
    runtime = Runtime(RELEASED)
    alone = [runtime.scores(pages) for pages in PAPERS]
    found, shapes = read_at_once(runtime)
    assert sum(windows for windows, _ in shapes) >= len(PAPERS)
    nearest = 1e-4 if runtime._together._mixed else 0.0
    for one, other in zip(found, alone, strict=True):
        assert np.abs(one.tags - other.tags).max() <= nearest
        assert np.abs(one.kinds - other.kinds).max() <= nearest
        assert (one.tags.argmax(1) == other.tags.argmax(1)).all()


def test_the_probe_tells_company_that_matters_from_company_that_does_not() -> None:
    def own(given: "Arrays") -> "Floats":
        marks = np.asarray(given[0], dtype=np.float32).sum(2)
        return marks[:, :, None], marks[:, :, None] + marks[:, None, :], marks[:, :1]

    def of_all(given: "Arrays") -> "Floats":
        tags, rows, kinds = own(given)
        scale = float(np.abs(np.asarray(given[0], dtype=np.float32)).max()) / 127
        return (np.round(tags / scale) * scale).astype(np.float32), rows, kinds

    assert mixes_windows(own, 8, 5)
    assert not mixes_windows(of_all, 8, 5)
