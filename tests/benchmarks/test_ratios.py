"""Statistics of benchmarks."""

import pytest

from benchmarks.ratios import interleaved, percentile, processor_seconds, ratio, slope, spread


def test_percentiles_lie_between_neighbours() -> None:
    assert [percentile([4, 1, 3, 2, 5], p) for p in (0, 25, 50, 95, 100)] == [1, 2, 3, pytest.approx(4.8), 5]
    assert percentile([7.0], 99) == 7.0
    with pytest.raises(ValueError, match="percentile of nothing"):
        percentile([], 50)


def test_spread_is_median_and_quartiles() -> None:
    found = spread([1, 2, 3, 4, 100])
    assert (found.low, found.middle, found.high) == (2, 3, 4)


def test_ratios_are_taken_round_by_round() -> None:
    # a machine that is ten times as slow in the second round changes nothing
    found = ratio([2.0, 20.0, 2.0], [1.0, 10.0, 1.0])
    assert (found.low, found.middle, found.high) == (2, 2, 2)
    with pytest.raises(ValueError, match="shorter"):
        ratio([1.0, 2.0], [1.0])


def test_contenders_take_turns_and_see_the_same_round() -> None:
    now = 0.0
    calls: list[tuple[str, int]] = []

    def contender(name: str, seconds: float) -> object:
        def run(number: int) -> None:
            nonlocal now
            calls.append((name, number))
            now += seconds

        return run

    pair = {"fast": contender("fast", 1.0), "slow": contender("slow", 3.0)}
    taken = interleaved(pair, rounds=3, clock=lambda: now)  # type: ignore[arg-type]
    assert taken == {"fast": [1.0] * 3, "slow": [3.0] * 3}, "the round of warming up does not count"
    assert calls == [
        ("slow", -1), ("fast", -1),
        ("fast", 0), ("slow", 0),
        ("slow", 1), ("fast", 1),
        ("fast", 2), ("slow", 2),
    ]  # fmt: skip


def test_growth_is_a_power_of_the_size() -> None:
    assert slope([1, 2, 4, 8], [5, 10, 20, 40]) == pytest.approx(1)
    assert slope([1, 10, 100], [1, 100, 10_000]) == pytest.approx(2)
    with pytest.raises(ValueError, match="two sizes"):
        slope([3, 3], [1, 2])


def test_processor_time_of_ended_children_counts() -> None:
    import subprocess
    import sys

    before = processor_seconds()
    burn = "import time\nwhile time.process_time() < 0.2: pass"
    subprocess.run([sys.executable, "-c", burn], check=True)
    assert processor_seconds() - before >= 0.2
