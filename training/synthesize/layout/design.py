"""The choices that make one layout: drawn by name, independent of each other, and recorded as traits."""

from collections.abc import Mapping

from training.synthesize.chance import Dice


class Design:
    """Draws structural choices. Each name has a stream of its own, so a new component changes no other choice."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.traits: dict[str, str] = {}

    def choose(self, name: str, options: Mapping[str, float]) -> str:
        """Draw one option for the trait `name` and record it; asked again, the first answer holds."""
        if name not in self.traits:
            self.traits[name] = self.dice.child(name).weighted(options)
        return self.traits[name]

    def flag(self, name: str, probability: float) -> bool:
        """Draw a yes or no for the trait `name`."""
        return self.choose(name, {"yes": probability, "no": 1 - probability}) == "yes"

    def loose(self, name: str) -> Dice:
        """Return a stream for what is no structural choice (sizes, tints)."""
        return self.dice.child(f"loose/{name}")
