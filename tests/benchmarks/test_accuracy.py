"""Words that a reader got right."""

from benchmarks.accuracy import Counted, counted


def test_words_are_right_as_often_as_they_are_printed() -> None:
    found = counted(["Total", "5,00", "5,00", "DKK"], ["5,00", "Total", "5,00", "5,00", "OKK"])
    assert found == Counted(printed=4, read=5, right=3)
    assert found.accuracy == 6 / 9


def test_pages_add_up() -> None:
    both = counted(["a"], ["a"]) + counted(["b"], [])
    assert both == Counted(2, 1, 1)
    assert counted([], []).accuracy == 0.0
