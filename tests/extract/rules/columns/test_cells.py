"""Words of one line joined into cells: amounts that a PDF parts into several words."""

import pytest

from pipeline.domain.document import Box, Word
from pipeline.extract.rules.columns.cells import cells_of


def _words(*parts: str | float) -> list[Word]:
    """Set words; a number between two words is the blank between them, in line heights."""
    x, words = 0.0, []
    for part in parts:
        if isinstance(part, float):
            x += part
            continue
        words.append(Word(part, Box(x, 0.0, x + 0.5 * len(part), 1.0)))
        x += 0.5 * len(part)
    return words


@pytest.mark.parametrize(
    ("parts", "values"),
    [
        (("66,", 0.2, "16", 0.2, "€", 2.0, "3", 0.2, "373,", 0.2, "97", 0.2, "€"), ["66.16", "3373.97"]),
        (("4,", 0.2, "75", 2.0, "Montage"), ["4.75"]),
        (("kr5", 0.2, "671,00", 2.0, "kr45", 0.2, "368,00"), ["5671.00", "45368.00"]),
        (("331,93", 0.7, "€", 1.2, "2", 0.7, "655,44", 0.7, "€"), ["331.93", "2655.44"]),
        (("Regler", 0.3, "2,", 0.3, "12", 0.3, "Volt"), ["2", "12"]),
        (("2", 0.7, "655,44", 0.3, "€"), ["2", "655.44"]),
    ],
)
def test_numbers_of_several_words(parts: tuple[str | float, ...], values: list[str]) -> None:
    assert [str(c.found[0].value) for c in cells_of(_words(*parts), 1.0) if c.is_number] == values
