"""What characters a text has: asked of every word again and again, so the answers are kept."""

from functools import lru_cache


@lru_cache(maxsize=16_384)
def has_digit(text: str) -> bool:
    """Say whether a digit is among the characters of a text."""
    return any(map(str.isdigit, text))


@lru_cache(maxsize=16_384)
def has_letter(text: str) -> bool:
    """Say whether a letter is among the characters of a text."""
    return any(map(str.isalpha, text))


@lru_cache(maxsize=16_384)
def has_letter_or_digit(text: str) -> bool:
    """Say whether a letter or a digit is among the characters of a text."""
    return any(map(str.isalnum, text))
