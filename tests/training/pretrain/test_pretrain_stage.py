"""The stage on a dozen documents and a small base: it goes on after a cut, and training goes on from what it leaves."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import Unavailable
from tests.training.train.papers import generated, invoice, write_small_base
from training.dataset.shards import write_shards
from training.pretrain import __main__ as command
from training.pretrain.settings import PretrainSettings
from training.train import __main__ as training
from training.train import fit as fitting
from training.train.checkpoint import ABOUT, HEADS, TOKENIZER, WEIGHTS, course_in, load
from training.train.settings import Budget, TrainSettings
from training.train.stage import Shape, Training, interrupted, train

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("safetensors")

SETTINGS = PretrainSettings(words_a_step=600, warm_up=2, seed=2, threads=1)
SHAPE = Shape("page", 24, 2, 2)
OPTIONS = ["--words-a-step", "600", "--warm-up", "2", "--threads", "1"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The training side of a split, some of it without any label, and another side that must not be learnt from."""
    folder = tmp_path_factory.mktemp("split")
    made = generated(8)
    bare = [replace(document, tags=(None,) * len(document.tags)) for document in made[:4]]
    write_shards([*bare, *made[4:]], folder, "train")
    write_shards([invoice(1)], folder, "test")
    return folder


@pytest.fixture(autouse=True)
def untracked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Unavailable("MLflow does not answer.")

    monkeypatch.setattr("training.train.command.run", refuse)


def wanted(data: Path, base: Path, folder: Path) -> Training:
    shards = sorted(data.glob("train-*.parquet"))
    return Training(shards, str(base), folder / "pretrained", Budget(steps=6), SETTINGS, SHAPE, folder / "prepared")


def arguments(data: Path, start: Path, out: Path, *more: str) -> list[str]:
    shape = ["--layers", "2", "--width", "24", "--heads", "2"]
    places = ["--out", str(out), "--prepared", str(out.parent / "prepared")]
    return [str(data), "--start", str(start), "--steps", "4", *shape, *places, *OPTIONS, *more]


def test_training_goes_on_from_what_it_leaves(
    data: Path, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pretrained"
    assert command.main(arguments(data, base, folder)) == 0
    assert "4 steps over 8 documents" in capsys.readouterr().out
    assert sorted(path.name for path in folder.iterdir()) == sorted([ABOUT, TOKENIZER, WEIGHTS])
    assert training.main(arguments(data, folder, tmp_path / "model")) == 0
    (model, course), (first, _) = load(tmp_path / "model"), load(folder)
    assert course.base is not None
    assert (course.base["name"], course.base["licence"]) == ("small-encoder", "MIT")
    assert (course.steps, course.documents) == (4, 8)
    assert model.sizes == first.sizes
    moved = (model.state_dict()["words.grams.weight"] - first.state_dict()["words.grams.weight"]).abs()
    assert 0 < float(moved.max()) < 0.05  # of numbers that were drawn with a deviation of 0.3


def test_a_run_that_was_cut_goes_on_and_ends_as_an_uncut_one(
    data: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "SAVE_EVERY", 2)
    whole, cut = wanted(data, base, tmp_path / "whole"), wanted(data, base, tmp_path / "cut")
    train(whole)
    real = fitting.Fit._step

    def step(self: Any, pieces: Any, spent: float, number: int) -> dict[str, float]:
        if number == 3:
            raise KeyboardInterrupt
        return real(self, pieces, spent, number)

    monkeypatch.setattr(fitting.Fit, "_step", step)
    with pytest.raises(KeyboardInterrupt):
        train(cut)
    monkeypatch.setattr(fitting.Fit, "_step", real)
    assert (cut.folder / HEADS).is_file()
    left = interrupted(cut)
    assert left is not None
    assert left.steps == 2
    assert interrupted(replace(cut, settings=replace(SETTINGS, run=2.0))) is None
    assert interrupted(replace(cut, settings=TrainSettings(words_a_step=600, warm_up=2, seed=2, threads=1))) is None
    assert train(cut).steps == 6
    ended, expected = (load(w.folder)[0].state_dict() for w in (cut, whole))
    assert [name for name in expected if not torch.equal(ended[name], expected[name])] == []
    assert not (cut.folder / HEADS).is_file()


def test_a_cut_training_does_not_go_on_from_another_pretraining(data: Path, base: Path, tmp_path: Path) -> None:
    """The folder has the same name, but what is in it was made anew."""
    first = replace(wanted(data, base, tmp_path), budget=Budget(steps=1))
    train(first)
    later = replace(first, start=str(first.folder), folder=tmp_path / "model", settings=TrainSettings(threads=1))
    before = later.course().origin
    assert later.course().origin == before
    train(replace(first, settings=replace(SETTINGS, seed=9)))
    assert later.course().origin != before


def test_a_model_without_layout_stays_one(
    data: Path, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pretrained"
    assert command.main(arguments(data, base, folder, "--without-layout")) == 0
    assert not load(folder)[0].sizes.layout
    assert course_in(folder).origin == {"start": str(base), **SHAPE.to_json(), "layout": False}
    assert training.main(arguments(data, folder, tmp_path / "model", "--without-layout")) == 0
    assert not load(tmp_path / "model")[0].sizes.layout
    assert command.main(arguments(data, base, tmp_path / "seeing")) == 0
    assert training.main(arguments(data, tmp_path / "seeing", tmp_path / "other", "--without-layout")) == 2
    assert "sees layouts" in " ".join(capsys.readouterr().err.split())  # the console breaks lines


def test_what_cannot_be_learnt_from_is_refused_in_a_sentence(
    data: Path, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_shards([], tmp_path / "empty", "train")
    assert command.main(arguments(tmp_path / "empty", base, tmp_path / "out")) == 2
    assert "hold no documents" in " ".join(capsys.readouterr().err.split())
    assert command.main(arguments(data, tmp_path / "empty", tmp_path / "out")) == 2
    assert "Nothing trained" in capsys.readouterr().err
    assert command.main(arguments(tmp_path / "nowhere.parquet", base, tmp_path / "out")) == 2
    assert "nowhere" in "".join(capsys.readouterr().err.split())  # the console breaks lines
    with pytest.raises(SystemExit):
        command.main([str(data), "--start", str(base)])
