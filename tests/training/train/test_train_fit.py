"""The loop learns, and a run that was killed and goes on ends exactly where an uncut one does."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.features.texts import Texts, Vocabulary
from tests.models.small_models import small_lexicon, small_tokenizer
from tests.training.train.papers import ENCODERS, invoice, small_model, small_sizes
from training.train import fit as fitting
from training.train.checkpoint import WEIGHTS, Course, load, save
from training.train.examples import examples_of
from training.train.fit import Fit, Told, rate_at
from training.train.losses import Labels
from training.train.lots import Piece, pieces_of
from training.train.settings import Budget, TrainSettings

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("safetensors")

SETTINGS = TrainSettings(words_a_step=100, warm_up=3, rate=5e-3, encoder_rate=1e-3, dropout=0.1, seed=5, threads=1)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def learnt_from(count: int = 8) -> tuple[Texts, list[Piece]]:
    vocabulary = Vocabulary()
    examples = examples_of(map(invoice, range(count)), vocabulary)
    return vocabulary.texts(small_lexicon(), small_sizes()), pieces_of(examples, small_sizes())


def fit_of(model: Any, course: Course, steps: int, settings: TrainSettings = SETTINGS) -> Fit:
    texts, pieces = learnt_from()
    return Fit(model, Labels(model, texts, settings), pieces, settings, Budget(steps=steps), course)


def weights(model: Any) -> dict[str, Any]:
    return {name: value.clone() for name, value in model.state_dict().items()}


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    assert one.keys() == other.keys()
    return [name for name in one if not torch.equal(one[name], other[name])]


@pytest.mark.parametrize(("encoder", "killed_at"), [("page", 4), ("page", 6), ("layoutlm", 5)])
def test_half_a_run_a_kill_and_the_other_half_equal_one_run(
    encoder: str, killed_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "SAVE_EVERY", 4)
    whole = fit_of(small_model(encoder=encoder), Course(), 8)
    expected = whole.run(tmp_path / "whole", "{}")

    cut = fit_of(small_model(encoder=encoder), Course(), 8)
    real = cut._step

    def step(pieces: Any, spent: float, number: int) -> dict[str, float]:
        if number == killed_at:
            raise KeyboardInterrupt
        return real(pieces, spent, number)

    monkeypatch.setattr(cut, "_step", step)
    with pytest.raises(KeyboardInterrupt):
        cut.run(tmp_path / "cut", "{}")
    model, course = load(tmp_path / "cut")
    assert course.steps == 4
    rest = fit_of(model, course, 8)
    found = rest.run(tmp_path / "cut", "{}")

    assert differing(weights(rest.model), weights(whole.model)) == []
    assert (found.steps, found.words) == (expected.steps, expected.words) == (8, expected.words)


def test_the_same_seed_gives_the_same_model_and_another_another(tmp_path: Path) -> None:
    made = []
    for seed in (5, 5, 6):
        model = small_model()
        fit_of(model, Course(), 3, replace(SETTINGS, seed=seed)).run(tmp_path, "{}")
        made.append(weights(model))
    assert differing(made[0], made[1]) == []
    assert differing(made[0], made[2])


@pytest.mark.parametrize("encoder", ENCODERS)
def test_it_learns_and_tells_its_curves(encoder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "_TELL_EVERY", 10)
    told: list[Told] = []
    model = small_model(encoder=encoder)
    before = weights(model)
    course = fit_of(model, Course(), 40).run(tmp_path, "{}", told.append)
    losses = [t.value for t in told if t.name == "loss"]
    assert [t.step for t in told if t.name == "loss"] == [10, 20, 30, 40]
    assert losses[-1] < 0.6 * losses[0]
    for name in ("loss.tags", "loss.rows", "loss.kinds", "words_a_second"):
        assert len([t for t in told if t.name == name and t.value > 0]) == 4
    parts = sum(t.value for t in told if t.name.startswith("loss.") and t.step == 40)
    assert parts == pytest.approx(losses[-1], rel=1e-4)
    assert course.steps == 40
    assert course.words > 0
    changed = differing(weights(model), before)
    assert "words.lexicon.weight" not in changed  # the base's own, shared with every word that is never seen
    assert {"words.grams.weight", "words.shapes.weight", "network.tags.weight"} <= set(changed)


def test_what_comes_from_the_base_learns_more_slowly(tmp_path: Path) -> None:
    model = small_model(encoder="layoutlm")
    groups = fit_of(model, Course(), 1).optimiser.param_groups
    names = {id(weight): name for name, weight in model.named_parameters()}
    slow, fast = ({names[id(weight)] for weight in group["params"]} for group in groups)
    assert [group["lr"] for group in groups] == [SETTINGS.encoder_rate, SETTINGS.rate]
    assert "network.encoder.encoder.layer.1.attention.self.query.weight" in slow
    assert "network.encoder.embeddings.x_position_embeddings.weight" in fast
    assert "network.tags.weight" in fast
    trained = {name for name, weight in model.named_parameters() if weight.requires_grad}
    assert slow | fast == trained
    assert not slow & fast


def test_the_rate_rises_then_falls() -> None:
    assert rate_at(0.0, 0, 10) == pytest.approx(0.1)
    assert rate_at(0.0, 9, 10) == pytest.approx(1.0)
    falling = [rate_at(part / 10, 50, 10) for part in range(11)]
    assert falling == sorted(falling, reverse=True)
    assert falling[-1] == rate_at(1.5, 50, 10) == pytest.approx(fitting._LOWEST)


def test_minutes_are_counted_over_all_parts_of_a_run(tmp_path: Path) -> None:
    model = small_model()
    texts, pieces = learnt_from()
    course = Course(steps=3, seconds=61.0)
    goal = Labels(model, texts, SETTINGS)
    done = Fit(model, goal, pieces, SETTINGS, Budget(minutes=1.0), course).run(tmp_path, "{}")
    assert done == course


def test_a_checkpoint_of_another_beginning_is_not_taken_for_this_one(tmp_path: Path) -> None:
    old = small_model(2)
    save(tmp_path, old, Course(steps=50), small_tokenizer().to_str(), fit_of(old, Course(), 1).optimiser)
    started = fit_of(small_model(), Course(), 2)
    again = fit_of(small_model(), Course(), 2)
    started.run(tmp_path, "{}")  # begins at step 0: the optimiser that lies there is not its own
    again.run(tmp_path / "elsewhere", "{}")
    assert differing(weights(started.model), weights(again.model)) == []
    assert (tmp_path / WEIGHTS).is_file()
