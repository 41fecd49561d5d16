"""A checkpoint comes back as it was, with its optimiser; a write that is cut short leaves the one before, whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigurationError
from tests.training.train.papers import ENCODERS, small_model
from training.train import checkpoint
from training.train.checkpoint import ABOUT, OPTIMISER, TOKENIZER, WEIGHTS, Course, has_checkpoint, load, save

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("safetensors")

COURSE = Course(
    steps=7, seconds=1.5, words=900, documents=3, data="ab", base={"name": "small"}, settings={"rate": 0.1}, run="r1"
)


def optimiser_of(model: Any) -> Any:
    return torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=0.01, fused=True)


def step(model: Any, optimiser: Any, seed: int) -> None:
    """Take a step on random gradients."""
    torch.manual_seed(seed)
    for weight in model.parameters():
        if weight.requires_grad:
            weight.grad = torch.randn_like(weight)
    optimiser.step()


def equal(one: Any, other: Any) -> bool:
    a, b = one.state_dict(), other.state_dict()
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


@pytest.mark.parametrize("encoder", ENCODERS)
def test_model_and_course_come_back(encoder: str, tmp_path: Path) -> None:
    model = small_model(encoder=encoder)
    save(tmp_path / "model", model, COURSE, '{"a": "\u2028"}')
    found, course = load(tmp_path / "model")
    assert equal(found, model)
    assert found.sizes == model.sizes
    assert course == COURSE
    assert (tmp_path / "model" / TOKENIZER).read_text(encoding="utf-8") == '{"a": "\u2028"}'


@pytest.mark.parametrize("encoder", ENCODERS)
def test_going_on_with_the_optimiser_is_as_if_nothing_had_happened(encoder: str, tmp_path: Path) -> None:
    model = small_model(encoder=encoder)
    optimiser = optimiser_of(model)
    for seed in range(3):
        step(model, optimiser, seed)
    save(tmp_path, model, COURSE, "{}", optimiser)
    assert has_checkpoint(tmp_path)
    found, _ = load(tmp_path)
    again = optimiser_of(found)
    checkpoint.load_optimiser(tmp_path, again)
    without, _ = load(tmp_path)
    for own, optim in ((model, optimiser), (found, again), (without, optimiser_of(without))):
        step(own, optim, 9)
    assert equal(found, model)
    assert not equal(without, model)


def test_the_end_of_training_leaves_nothing_to_go_on_with(tmp_path: Path) -> None:
    model = small_model()
    save(tmp_path, model, COURSE, "{}", optimiser_of(model))
    save(tmp_path, model, COURSE, "{}")
    assert not has_checkpoint(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([ABOUT, TOKENIZER, WEIGHTS])


def test_a_cut_before_all_is_written_leaves_the_checkpoint_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = small_model(1), small_model(2)
    save(tmp_path, first, COURSE, "{}", optimiser_of(first))
    real = json.dumps
    monkeypatch.setattr(json, "dumps", lambda *_, **__: (_ for _ in ()).throw(OSError("no space left")))
    with pytest.raises(OSError, match="no space"):
        save(tmp_path, second, Course(steps=8), "{}", optimiser_of(second))
    monkeypatch.setattr(json, "dumps", real)
    found, course = load(tmp_path)
    assert equal(found, first)
    assert course.steps == 7
    save(tmp_path, second, Course(steps=8), "{}", optimiser_of(second))
    assert equal(load(tmp_path)[0], second)


@pytest.mark.parametrize("moved", range(4))
def test_a_cut_while_files_are_put_in_place_is_made_good(
    moved: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = small_model(1), small_model(2)
    optimisers = optimiser_of(first), optimiser_of(second)
    step(first, optimisers[0], 1)
    step(second, optimisers[1], 2)
    save(tmp_path, first, COURSE, "1", optimisers[0])
    real, done = Path.replace, 0

    def replace(path: Path, target: Path) -> Path:
        nonlocal done
        if done == moved:
            raise KeyboardInterrupt
        done += 1
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path, second, Course(steps=8), "2", optimisers[1])
    monkeypatch.setattr(Path, "replace", real)
    assert has_checkpoint(tmp_path)
    found, course = load(tmp_path)
    assert (course.steps, (tmp_path / TOKENIZER).read_text()) == (8, "2")
    assert equal(found, second)
    again = optimiser_of(found)
    checkpoint.load_optimiser(tmp_path, again)
    step(found, again, 3)
    step(second, optimisers[1], 3)
    assert equal(found, second)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="holds no model"):
        load(tmp_path)
    assert not has_checkpoint(tmp_path / "none")


def test_a_model_of_other_tags_is_refused(tmp_path: Path) -> None:
    save(tmp_path, small_model(), COURSE, "{}")
    about = json.loads((tmp_path / ABOUT).read_text())
    (tmp_path / ABOUT).write_text(json.dumps({**about, "tags": about["tags"][:-1]}))
    with pytest.raises(ConfigurationError, match="other tags"):
        load(tmp_path)
    assert OPTIMISER not in {path.name for path in tmp_path.iterdir()}
