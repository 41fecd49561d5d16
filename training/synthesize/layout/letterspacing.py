"""Words set with space between their letters, as designers set titles and names: "I N V O I C E"."""

from training.synthesize.chance import Dice


def apart(text: str) -> str:
    """Return a text with a blank between the letters of its words, and three between the words."""
    return "\u00a0\u00a0 ".join("\u00a0".join(word) for word in text.split())


def tracking(dice: Dice) -> tuple[str, float]:
    """Return typst's setting of a wide tracking, and how much wider than usual a letter then is."""
    more = dice.fraction(0.12, 0.5)
    return f"tracking: {more:.2f}em", 1 + more / 0.6
