"""Words with space between their letters, as engines read them: letter by letter, or as the word."""

from random import Random

from pipeline.domain.document import Box

_WIDE = 1.12  # of a letter with its space, in heights of the ink; capitals of wide typefaces stay below
_SHORTEST = 4
_SHARE = 0.5  # no engine was measured on such words: a guess that leaves both readings common


def spelled(text: str, box: Box, aspect: float, dice: Random) -> list[tuple[str, Box]]:
    """Return the letters of a spaced word with their boxes, or the word alone; `aspect` is the page's height by width.

    Chance is asked about spaced words only.
    """
    step = box.width / max(1, len(text))
    if len(text) < _SHORTEST or not text.isalpha() or step < _WIDE * box.height * aspect or dice.random() >= _SHARE:
        return [(text, box)]
    ink = 0.6 * box.height * aspect
    starts = [box.x0 + place * step for place in range(len(text))]
    return [(letter, Box(x0, box.y0, min(x0 + ink, box.x1), box.y1)) for letter, x0 in zip(text, starts, strict=True)]
