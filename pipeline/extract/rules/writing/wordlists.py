"""Word lists written as text: words parted by blanks, phrases by bars."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text, blanks and line ends between them."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a text, bars between them, each with single blanks; in the order written."""
    return tuple(phrase for part in text.split("|") if (phrase := " ".join(part.split())))
