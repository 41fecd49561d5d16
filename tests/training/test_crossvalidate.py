"""Every document is read by a model that learnt from none of its family."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.training.train.papers import invoice, write_small_base
from training import crossvalidate
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import read_shards, write_shards
from training.predict.documents import from_shards
from training.train.settings import Budget, TrainSettings
from training.train.stage import Training, train

pytest.importorskip("torch", reason="training needs torch (extra: train)")
pytest.importorskip("transformers", reason="the base needs transformers (extra: train)")

GROUPS = ("oak", "elm", "ash", "fir", "oak", "oak")


def documents() -> list[LabelledDocument]:
    """Return documents of four groups, one of them of three that look alike."""
    senders = {"oak": "Oak Yard Ltd", "elm": "Elm Mill", "ash": "Ash & Sons", "fir": "Fir Trade"}
    made = []
    for number, group in enumerate(GROUPS):
        document = invoice(number * 3 + number % 2)
        fields = {"seller_name": senders[group]}
        made.append(replace(document, id=f"real-{number}", origin=Origin.REAL, group=group, fields=fields))
    return made


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    (path,) = write_shards(documents(), tmp_path / "collected", "collected")
    return path


def test_a_group_has_one_fold_and_folds_are_about_as_large(shard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossvalidate, "families", lambda found: [GROUPS.index(entry.group) for entry in found])
    fold_of = crossvalidate.folds_of([shard], 2)
    assert set(fold_of) == set(GROUPS)
    assert Counter(fold_of[group] for group in GROUPS) == {0: 3, 1: 3}


def test_look_alikes_share_a_fold(shard: Path) -> None:
    """All these papers have nearly the same text, whatever their group."""
    assert len(set(crossvalidate.folds_of([shard], 3).values())) == 1


def test_no_fold_learns_from_what_it_reads(shard: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossvalidate, "families", lambda found: [GROUPS.index(entry.group) for entry in found])
    base = write_small_base(tmp_path / "base", layers=2)
    settings = TrainSettings(words_a_step=600, warm_up=2, threads=1)
    (beside,) = write_shards([invoice(90)], tmp_path / "beside", "train")
    learnt: list[list[str]] = []

    def watched(wanted: Training) -> object:
        learnt.append([document.id for document in read_shards(wanted.shards)])
        return train(wanted)

    monkeypatch.setattr(crossvalidate, "train", watched)
    wanted = crossvalidate.Crossing(
        [shard], str(base), [beside], tmp_path / "out", Budget(steps=1), settings, 2, 3, tmp_path / "prepared"
    )
    stranger = replace(documents()[0], id="real-9", group="yew")
    (other,) = write_shards([stranger], tmp_path / "other", "other")
    assert crossvalidate.crossvalidate(wanted, list(from_shards([shard, other]))) == len(GROUPS) + 1

    read = [[json.loads(line)["file"] for line in _lines(tmp_path / "out" / f"fold-{fold}")] for fold in (0, 1)]
    for asked, known in zip(read, learnt, strict=True):
        assert not set(asked) & set(known)
        assert known[0] == "invoice-090"
        assert set(Counter(known[1:]).values()) == {3}
    assert "real-9" in read[0], "a group of no shard is read with the first fold"
    assert sorted(name for names in read for name in names) == sorted([*(d.id for d in documents()), "real-9"])
    assert len(_lines(tmp_path / "out")) == len(GROUPS) + 1
    assert (tmp_path / "out" / "rows.jsonl").read_text().count("\n") > 0


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.parquet"
    wrong.write_text("no shard")
    options = [str(wrong), "--start", "nothing", "--out", str(tmp_path / "out"), "--datasets", str(tmp_path)]
    assert crossvalidate.main(options) == 2
    assert "Nothing compared" in capsys.readouterr().err


def _lines(folder: Path) -> list[str]:
    return (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
