"""How a model is pre-trained; the settings are logged with every run."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.train.settings import FitSettings

if TYPE_CHECKING:
    from models.features.texts import Texts
    from models.network.model import LayoutModel
    from training.train.goal import Goal


@dataclass(frozen=True, slots=True)
class PretrainSettings(FitSettings):
    """Habits of learning from pages themselves.

    `hidden` is the share of words whose letters are to be guessed, in runs of `run` words on average, `below` the share
    of these runs that go down a column instead of along a row. `displaced` is the share of words whose place is to be
    guessed. The loss is that of the words' pretrained vectors, told apart at `temperature`, plus `outline_weight` times
    that of their outlines, `fact_weight` times that of their facts and `place_weight` times that of places.
    """

    hidden: float = 0.16
    run: float = 3.0
    below: float = 0.3
    displaced: float = 0.06
    temperature: float = 0.1
    outline_weight: float = 0.3
    fact_weight: float = 1.0
    place_weight: float = 4.0

    def goal(self, model: "LayoutModel", texts: "Texts") -> "Goal":
        """Return the guessing of hidden words and of places."""
        from training.pretrain.losses import MaskedPages

        return MaskedPages(model, texts, self)
