"""How much speaks for a value: the chances that network and rules give it, as log odds that add up."""

from dataclasses import dataclass, replace
from math import exp, log

from models.decode.options import Option

_LEAST, _MOST = 0.02, 0.98


@dataclass(frozen=True, slots=True)
class Weights:
    """How far each voice counts.

    `unseen` is the least chance that the network's silence on a value stands for: a layout that it does not know makes
    it silent too; `unseen_cells` is the same for line items, where layouts differ less. `silent` is what the rules'
    silence is worth, `other` how much of their confidence in another value counts against this one. A value is taken
    when its weight is above `bar`. `rows` is how much better the rules' line items are thought of before anything is
    known of them, `cells` the same of one cell.
    """

    model: float = 0.7
    rules: float = 0.9
    silent: float = 0.4
    other: float = 0.9
    bar: float = -0.2
    unseen: float = 0.3
    unseen_cells: float = 0.1
    rows: float = 0.6
    cells: float = 0.4

    @property
    def of_lines(self) -> "Weights":
        """The weights by which line items are chosen."""
        return replace(self, unseen=self.unseen_cells)


WEIGHTS = Weights()
MODEL_ALONE = Weights(rules=0.0, bar=0.0)
"""Where the rules are not asked: their silence says nothing."""


def weight_of(option: Option, said: float, weights: Weights = WEIGHTS) -> float:
    """Return the log odds of an option; `said` is the rules' confidence in the value they would choose, 0 for none."""
    if option.rules:
        rules = option.rules
    elif said:
        rules = min(weights.silent, 1 - weights.other * said)
    else:
        rules = weights.silent
    return weights.model * logit(max(option.model, weights.unseen)) + weights.rules * logit(rules) - weights.bar


def logit(chance: float) -> float:
    """Return log odds, bounded so that no voice alone is certain."""
    bounded = min(max(chance, _LEAST), _MOST)
    return log(bounded / (1 - bounded))


def chance_of(weight: float) -> float:
    """Return the chance that log odds stand for."""
    return 1 / (1 + exp(-weight))
