"""How a model is trained; the settings are logged with every run."""

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.features.texts import Texts
    from models.network.model import LayoutModel
    from training.train.goal import Goal


@dataclass(frozen=True, slots=True)
class FitSettings(ABC):
    """Habits of the loop, whatever is learnt.

    `words_a_step` bounds the padded words of one step. `encoder_rate` is the highest learning rate of layers that come
    from the base, `rate` that of what is new. `moved` is how far a page is shifted and stretched at most, in parts of
    it, `hidden` the share of words whose letters are not seen.
    """

    words_a_step: int = 2_400
    encoder_rate: float = 2e-4
    rate: float = 1e-3
    weight_decay: float = 0.02
    warm_up: int = 150
    moved: float = 0.04
    hidden: float = 0.08
    dropout: float = 0.1
    seed: int = 0
    threads: int = 2

    def to_json(self) -> dict[str, Any]:
        """Return every setting by name."""
        return asdict(self)

    @abstractmethod
    def goal(self, model: "LayoutModel", texts: "Texts") -> "Goal":
        """Return what is learnt, of documents whose words are rows of `texts`."""


@dataclass(frozen=True, slots=True)
class TrainSettings(FitSettings):
    """Habits of learning from labels.

    The loss is that of tags plus `row_weight` times that of rows plus `kind_weight` times that of kinds.
    """

    smoothing: float = 0.02
    row_weight: float = 0.5
    kind_weight: float = 0.3

    def goal(self, model: "LayoutModel", texts: "Texts") -> "Goal":
        """Return the learning of tags, rows and kinds."""
        from training.train.losses import Labels

        return Labels(model, texts, self)


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to train: a number of steps, or minutes where `steps` is None."""

    minutes: float = 60.0
    steps: int | None = None

    def part(self, steps: int, seconds: float) -> float:
        """Return how much of it is spent, from 0 on."""
        return steps / self.steps if self.steps is not None else seconds / (60 * self.minutes)
