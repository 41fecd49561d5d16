"""The stage on a dozen generated documents and a small base: from the command to a model that reads, tracked or not."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.release import write_release
from pipeline.errors import ConfigurationError, Unavailable
from tests.models.releases import described, write_content
from tests.models.small_models import small_tokenizer
from tests.training.train.papers import ENCODERS, generated, invoice, small_model, write_small_base
from training.dataset.shards import write_shards
from training.export.start import write_start
from training.export.tables import write_tables
from training.train import fit as fitting
from training.train import stage
from training.train.checkpoint import ABOUT, course_in, has_checkpoint, load
from training.train.settings import Budget, TrainSettings
from training.train.stage import Shape, Training, interrupted, start_of, train

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("safetensors")

command = pytest.importorskip("training.train.__main__")
SETTINGS = TrainSettings(words_a_step=600, warm_up=2, seed=2, threads=1)
SHAPE = Shape("page", 24, 2, 2)
OPTIONS = ["--words-a-step", "600", "--warm-up", "2", "--threads", "1"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_base(tmp_path_factory.mktemp("base"), layers=3)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The training side of a split, and another side that must not be trained on."""
    folder = tmp_path_factory.mktemp("split")
    write_shards(generated(12), folder, "train")
    write_shards([invoice(1)], folder, "test")
    return folder


@pytest.fixture
def untracked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Unavailable("MLflow at http://ml:secret@tracking.example.org does not answer.")

    monkeypatch.setattr("training.train.command.run", refuse)


def arguments(data: Path, base: Path, folder: Path, encoder: str = "page") -> list[str]:
    shape = ["--encoder", encoder, "--layers", "2", "--width", "24", "--heads", "2"]
    places = ["--out", str(folder / "model"), "--prepared", str(folder / "prepared")]
    return [str(data), "--start", str(base), "--steps", "4", *shape, *places, *OPTIONS]


def wanted(data: Path, base: Path, folder: Path) -> Training:
    shards = sorted(data.glob("train-*.parquet"))
    return Training(shards, str(base), folder / "model", Budget(steps=6), SETTINGS, SHAPE, folder / "prepared")


@pytest.mark.usefixtures("untracked")
@pytest.mark.parametrize("encoder", ENCODERS)
def test_lost_tracking_does_not_cost_the_training(
    encoder: str, data: Path, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments(data, base, tmp_path, encoder)) == 0
    printed = capsys.readouterr()
    assert "4 steps over 12 documents" in printed.out
    assert "not tracked" in printed.err
    assert "secret" not in printed.err
    model, course = load(tmp_path / "model")
    assert (course.steps, course.documents, course.finished, course.run) == (4, 12, True, None)
    assert course.base is not None
    assert (course.base["name"], course.base["licence"]) == ("small-encoder", "MIT")
    assert course.origin == {"start": str(base), "encoder": encoder, "layers": 2, "width": 24, "heads": 2}
    assert model.sizes.encoder == encoder
    if encoder == "layoutlm":  # the first two of the base's three
        own = model.network.encoder
        assert own is not None
        assert len(own.encoder.layer) == own.config.num_hidden_layers == 2
    assert not has_checkpoint(tmp_path / "model")


@pytest.mark.usefixtures("untracked")
def test_what_cannot_be_trained_is_refused_in_a_sentence(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_shards([], tmp_path / "empty", "train")
    assert command.main(arguments(tmp_path / "empty", base, tmp_path)) == 2
    assert "hold no documents" in capsys.readouterr().err
    write_shards([invoice(1)], tmp_path / "one", "train")
    assert command.main(arguments(tmp_path / "one", tmp_path / "empty", tmp_path)) == 2
    assert "Nothing trained" in capsys.readouterr().err


def test_a_run_that_was_cut_goes_on_and_ends_as_an_uncut_one(
    data: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "SAVE_EVERY", 2)
    whole = wanted(data, base, tmp_path / "whole")
    train(whole)
    cut = wanted(data, base, tmp_path / "cut")
    real = fitting.Fit._step

    def step(self: Any, pieces: Any, spent: float, number: int) -> dict[str, float]:
        if number == 3:
            raise KeyboardInterrupt
        return real(self, pieces, spent, number)

    monkeypatch.setattr(fitting.Fit, "_step", step)
    with pytest.raises(KeyboardInterrupt):
        train(cut, run="first")
    monkeypatch.setattr(fitting.Fit, "_step", real)
    left = interrupted(cut)
    assert left is not None
    assert (left.steps, left.run) == (2, "first")
    for other in (replace(SETTINGS, seed=9), replace(SETTINGS, rate=0.5)):
        assert interrupted(replace(cut, settings=other)) is None
    assert interrupted(replace(cut, shape=replace(SHAPE, layers=1))) is None
    assert interrupted(replace(cut, shards=[*cut.shards, *data.glob("test-*.parquet")])) is None
    course = train(cut)  # tracking was lost meanwhile
    assert (course.steps, course.run, course.finished) == (6, "first", True)
    ended, expected = (load(w.folder)[0].state_dict() for w in (cut, whole))
    assert [name for name in expected if not torch.equal(ended[name], expected[name])] == []
    assert interrupted(cut) is None


def test_an_unfinished_model_of_other_tags_does_not_stand_in_the_way(data: Path, base: Path, tmp_path: Path) -> None:
    own = wanted(data, base, tmp_path)
    train(own)
    about = json.loads((own.folder / ABOUT).read_text())
    about["tags"], about["course"]["finished"] = ["O"], False
    (own.folder / ABOUT).write_text(json.dumps(about))
    (own.folder / "optimiser.safetensors").write_bytes(b"old")
    assert interrupted(own) is None
    assert train(replace(own, budget=Budget(steps=1))).steps == 1


def test_an_earlier_model_can_be_gone_on_from(data: Path, base: Path, tmp_path: Path) -> None:
    own = wanted(data, base, tmp_path)
    train(own)
    shutil.copytree(own.folder, tmp_path / "earlier")
    model, tokenizer, made_of = start_of(str(tmp_path / "earlier"), SHAPE)
    assert made_of["name"] == "small-encoder"
    assert tokenizer == (tmp_path / "earlier" / "tokenizer.json").read_text(encoding="utf-8")
    later = replace(own, start=str(tmp_path / "earlier"), folder=tmp_path / "later", budget=Budget(steps=1))
    assert train(later).steps == 1
    before, after = model.state_dict(), load(later.folder)[0].state_dict()
    assert torch.equal(before["words.lexicon.weight"], after["words.lexicon.weight"])
    assert not torch.equal(before["network.tags.weight"], after["network.tags.weight"])


def test_a_release_can_be_gone_on_from(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    model = small_model()
    write_start(model, content)
    write_tables(model, content)
    (content / "tokenizer.json").write_text(small_tokenizer().to_str(), encoding="utf-8")
    about = replace(described(), architecture=model.sizes)
    write_release(tmp_path / "released", content, about, lambda *_: None)
    found, tokenizer, made_of = start_of(str(tmp_path / "released"), SHAPE)
    assert tokenizer == small_tokenizer().to_str()
    assert (made_of["name"], made_of["licence"]) == (about.base.name, about.base.licence)
    for name, weight in model.state_dict().items():  # half precision, and integers for sub-words
        assert torch.allclose(found.state_dict()[name], weight, atol=0.02), name


def test_nothing_to_start_from_is_refused(data: Path, base: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigurationError):
        stage.start_of(str(tmp_path / "empty"), SHAPE)


@pytest.mark.slow
def test_a_run_is_found_in_mlflow_with_its_curves_and_licence(
    data: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("mlflow")
    from training.tracking.place import place

    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path}/mlflow.db")
    monkeypatch.setattr(fitting, "_TELL_EVERY", 2)
    assert command.main([*arguments(data, base, tmp_path), "--experiment", "tried"]) == 0
    client = place().client()
    experiment = client.get_experiment_by_name("tried")
    assert experiment is not None
    (found,) = client.search_runs([experiment.experiment_id])
    assert found.info.status == "FINISHED"
    assert found.data.params["start"] == str(base)
    assert (found.data.params["steps"], found.data.params["layers"], found.data.params["warm_up"]) == ("4", "2", "2")
    assert found.data.tags["base.licence"] == "MIT"
    course = course_in(tmp_path / "model")
    assert course.run == found.info.run_id
    assert found.data.tags["data.digest"] == course.data
    assert "train-00000.parquet" in found.data.tags["bilag.data"]
    assert [m.step for m in client.get_metric_history(found.info.run_id, "loss")] == [2, 4]
    assert {f.path for f in client.list_artifacts(found.info.run_id)} >= {ABOUT}
