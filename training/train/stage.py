"""From shards and a base, or an earlier model, to a trained model in a folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.architecture import Architecture
from models.features.lexicon import Lexicon
from models.release import ABOUT as RELEASE
from models.release import read_release
from pipeline.errors import ConfigurationError
from training.train.checkpoint import ABOUT, TOKENIZER, WEIGHTS, Course, course_in, has_checkpoint, load, save
from training.train.examples import prepared
from training.train.fit import Fit, Told
from training.train.lots import pieces_of
from training.train.settings import Budget, FitSettings

if TYPE_CHECKING:
    from models.network.model import LayoutModel

PREPARED = Path(".cache/train/prepared")
_OF_START = "weights"


@dataclass(frozen=True, slots=True)
class Shape:
    """The layers of a new model: `page`, our own, of `width`, `layers` and `heads`; or the first of a `layoutlm`.

    Without `layout` it sees nothing of where words stand, only their order.
    """

    encoder: str = "page"
    width: int = 192
    layers: int = 6
    heads: int = 6
    layout: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return every size by name; that there is a layout goes without saying, as it does in older checkpoints."""
        return {name: value for name, value in asdict(self).items() if (name, value) != ("layout", True)}


@dataclass(frozen=True, slots=True)
class Training:
    """What to train on, from what, how and how long. `start` is the name of a base, or a folder with a model.

    The settings say what is learnt as well: labels (`TrainSettings`), or the pages themselves (`training.pretrain`).

    A model that starts from a base has its sub-words, and layers as `shape` says; of a base's own layers the first.
    """

    shards: Sequence[Path]
    start: str
    folder: Path
    budget: Budget
    settings: FitSettings
    shape: Shape = Shape()
    prepared: Path = PREPARED

    def course(self) -> Course:
        """Return what a checkpoint must agree with for training to go on from it."""
        origin = {"start": self.start, **self.shape.to_json()}
        if (weights := Path(self.start) / WEIGHTS).is_file():
            origin[_OF_START] = digest_of([weights])
        return Course(data=digest_of(self.shards), settings=self.settings.to_json(), origin=origin)


def train(wanted: Training, report: Callable[[Told], None] | None = None, run: str | None = None) -> Course:
    """Train and leave the model in the folder; a run that was cut short goes on from its last checkpoint.

    `run` is the id under which it is tracked; it stays with the checkpoints.
    Raises NotAShard, `ConfigurationError` where there is nothing to start from or it sees pages otherwise than asked
    for, and ValueError where the shards hold no words.
    """
    import torch

    torch.set_num_threads(wanted.settings.threads)
    torch.manual_seed(wanted.settings.seed)
    examples, vocabulary = prepared(wanted.shards, wanted.prepared)
    if not examples:
        raise ValueError("The shards hold no documents with words.")
    if (course := interrupted(wanted)) is not None:
        model, _ = load(wanted.folder)
        tokenizer = (wanted.folder / TOKENIZER).read_text(encoding="utf-8")
    else:
        model, tokenizer, base = start_of(wanted.start, wanted.shape)
        course = replace(wanted.course(), documents=len(examples), base=base)
    course = replace(course, run=run or course.run)
    _set_dropout(model, wanted.settings.dropout)
    lexicon = _lexicon(tokenizer)
    goal = wanted.settings.goal(model, vocabulary.texts(lexicon, model.sizes))
    fit = Fit(model, goal, pieces_of(examples, model.sizes), wanted.settings, wanted.budget, course)
    course = replace(fit.run(wanted.folder, tokenizer, report), finished=True)
    save(wanted.folder, model, course, tokenizer)
    return course


def interrupted(wanted: Training) -> Course | None:
    """Return how far an unfinished training of the same data, settings and start got; None where there is none."""
    if not has_checkpoint(wanted.folder):
        return None
    try:
        done, own = course_in(wanted.folder), wanted.course()
    except ConfigurationError:  # of another label scheme: nothing to go on from
        return None
    same = done.data == own.data and done.settings == own.settings and _alike(done.origin, own.origin)
    return done if same and not done.finished else None


def _alike(done: Mapping[str, Any] | None, own: Mapping[str, Any] | None) -> bool:
    """Say whether two trainings began with the same; older checkpoints do not say with which weights, or nothing."""
    if done is None or own is None:
        return True
    return done == {name: value for name, value in own.items() if name != _OF_START or name in done}


def start_of(start: str, shape: Shape) -> "tuple[LayoutModel, str, dict[str, Any]]":
    """Return a model to train, its tokenizer (JSON) and what it is made of.

    `start` is a folder that holds a model or a release, or whatever `training.base.load` takes. Raises
    ConfigurationError where there is none, and where a model that sees layouts was to be one that does not.
    """
    from models.network.model import LAYOUTLM, model_from_base
    from training.base.load import load_encoder
    from training.export.start import model_from_release

    folder = Path(start)
    if (folder / ABOUT).is_file():
        model, course = load(folder)
        _refuse_layout(model, shape, folder)
        return model, (folder / TOKENIZER).read_text(encoding="utf-8"), dict(course.base or {})
    if (folder / RELEASE).is_file():
        model, tokenizer = model_from_release(folder)
        _refuse_layout(model, shape, folder)
        return model, tokenizer, asdict(read_release(folder, verify=False).base)
    encoder = load_encoder(start)
    if shape.encoder == LAYOUTLM:
        encoder.model.encoder.layer = encoder.model.encoder.layer[: shape.layers]
        encoder.model.config.num_hidden_layers = len(encoder.model.encoder.layer)
    tokenizer = str(encoder.tokenizer.to_str())
    sizes = Architecture(
        encoder=shape.encoder,
        width=shape.width,
        layers=shape.layers,
        heads=shape.heads,
        pieces=encoder.tokenizer.get_vocab_size(),
        lexicon_width=encoder.width,
        layout=shape.layout,
    )
    return model_from_base(encoder.model, sizes), tokenizer, asdict(encoder.about)


def _refuse_layout(model: "LayoutModel", shape: Shape, folder: Path) -> None:
    """Raise ConfigurationError where a model that sees layouts was to be one that does not.

    Other sizes are the model's own without a word; this one would make a comparison of the two say nothing.
    """
    if model.sizes.layout and not shape.layout:
        raise ConfigurationError(f"The model in {folder} sees layouts; one without starts from a base.")


def digest_of(shards: Sequence[Path]) -> str:
    """Return the SHA-256 of some shards, one after another."""
    digest = sha256()
    for path in shards:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _lexicon(tokenizer: str) -> Lexicon:
    from tokenizers import Tokenizer

    return Lexicon(Tokenizer.from_str(tokenizer))


def _set_dropout(model: "LayoutModel", dropout: float) -> None:
    """Drop parts of what layers say, but nothing of attention, which would cost far more time than it gives."""
    from torch import nn

    for name, module in model.named_modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0 if name.endswith("attention.self.dropout") else dropout
    encoder = model.network.encoder
    for layer in encoder.encoder.layer if encoder is not None else ():
        layer.attention.self.attention_dropout = 0.0
