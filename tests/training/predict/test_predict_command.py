"""The command on generated documents, with a model that learnt nothing: what it writes is what the next stages take."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.calibration import Calibration
from pipeline.domain.document import QualityBand
from pipeline.errors import ConfigurationError
from tests.models.small_models import small_tokenizer
from tests.training.train.papers import generated, small_model
from training.calibrate.rows import read_rows
from training.dataset.shards import write_shards
from training.evaluate.answers import read
from training.predict.__main__ import main
from training.predict.documents import unlabelled
from training.predict.reader import RuleReader, reader_of

COUNT = 3


@pytest.fixture(scope="module")
def shard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = write_shards(generated(COUNT), tmp_path_factory.mktemp("data"), "test")
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from training.train.checkpoint import Course, save

    folder = tmp_path_factory.mktemp("model")
    save(folder, small_model(), Course(steps=3, data="0123456789"), small_tokenizer().to_str())
    before = torch.get_num_threads()
    yield folder
    torch.set_num_threads(before)  # reading sets them for the whole process


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_the_rules_read_what_they_read_in_production(shard: Path, tmp_path: Path) -> None:
    assert main(["rules", "--shards", str(shard), "--out", str(tmp_path)]) == 0
    predictions = lines(tmp_path / "predictions.jsonl")
    assert [p["file"] for p in predictions] == [d.id for d in generated(COUNT)]
    assert {p["model"]["name"] for p in predictions} == {RuleReader.version.name}
    assert any(p["fields"] for p in predictions)
    assert list(read_rows(tmp_path / "rows.jsonl")) == []  # rules alone leave no evidence
    found = read(tmp_path / "predictions.jsonl", tmp_path / "labels.jsonl")
    assert not found.unanswered
    assert not found.strays
    assert sum(c.right for d in found.documents for c in d.judgement.fields.values()) > COUNT


def test_a_model_leaves_what_the_next_stages_take(shard: Path, model: Path, tmp_path: Path) -> None:
    assert main([str(model), "--shards", str(shard), "--out", str(tmp_path), "--rules"]) == 0
    predictions = lines(tmp_path / "predictions.jsonl")
    assert {(p["model"]["name"], p["model"]["version"]) for p in predictions} == {("bilag-layoutlm", "3-01234567")}
    assert {p["quality"] for p in predictions} <= {"clean", "fair", "poor"}
    rows = list(read_rows(tmp_path / "rows.jsonl"))
    assert sum(row.name == "kind" for row in rows) == COUNT
    assert {row.document for row in rows} == {p["file"] for p in predictions}
    assert {row.group for row in rows} == {d.group for d in generated(COUNT)}
    assert read(tmp_path / "rules.jsonl", tmp_path / "labels.jsonl").strays == ()
    alone = tmp_path / "rules"
    assert main(["rules", "--shards", str(shard), "--out", str(alone)]) == 0
    assert lines(tmp_path / "rules.jsonl") == lines(alone / "predictions.jsonl")
    assert not (alone / "rules.jsonl").exists()


def test_a_calibration_changes_how_sure_it_is_and_nothing_else(shard: Path, model: Path, tmp_path: Path) -> None:
    given = tmp_path / "calibration.json"
    given.write_text(json.dumps(Calibration.none().to_json()), encoding="utf-8")
    usual, sure = tmp_path / "usual", tmp_path / "sure"
    assert main([str(model), "--shards", str(shard), "--out", str(usual)]) == 0
    assert main([str(model), "--shards", str(shard), "--out", str(sure), "--calibration", str(given)]) == 0
    assert (usual / "rows.jsonl").read_text() == (sure / "rows.jsonl").read_text()
    one, other = (lines(folder / "predictions.jsonl") for folder in (usual, sure))
    values = [[{n: f["value"] for n, f in p["fields"].items()} for p in said] for said in (one, other)]
    assert values[0] == values[1]
    evidence = [row.evidence for row in read_rows(sure / "rows.jsonl") if row.name == "kind"]
    bands = [QualityBand(p["quality"]) for p in other]
    expected = [Calibration.none().probability("kind", *pair) for pair in zip(evidence, bands, strict=True)]
    assert [p["kind"]["confidence"] for p in other] == pytest.approx(expected, abs=1e-4)


def test_a_model_may_be_asked_alone(shard: Path, model: Path) -> None:
    document = unlabelled(generated(1)[0])
    both, alone = (reader_of(str(model), alone=a).read(document) for a in (False, True))
    assert any(e.rules > 0 for e in both.evidence.values())
    assert all(e.rules == 0 for e in alone.evidence.values())


def test_at_most_so_many_are_read(shard: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--shards", str(shard), "--out", str(tmp_path), "--most", "2"]) == 0
    assert "2 documents read" in capsys.readouterr().out
    assert len(lines(tmp_path / "labels.jsonl")) == len(lines(tmp_path / "predictions.jsonl")) == 2


def test_shards_are_read_where_the_frozen_documents_are_not_here(
    shard: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    frozen = tmp_path / "real_test.json"
    frozen.write_text(json.dumps({"schema": "bilag.frozen-test/1", "documents": ["real-0123456789abcdef"]}))
    monkeypatch.setenv("BILAG_DATASETS", str(tmp_path / "none"))
    told = ["rules", "--frozen", str(frozen), "--shards", str(shard), "--out", str(tmp_path / "out")]
    assert main(told) == 0
    assert "BILAG_DATASETS" in capsys.readouterr().err
    assert len(lines(tmp_path / "out" / "predictions.jsonl")) == COUNT


def test_nothing_to_read_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty,) = write_shards([], tmp_path, "test")
    assert main(["rules", "--shards", str(empty), "--out", str(tmp_path / "out")]) == 2
    assert "there are no documents" in capsys.readouterr().err
    assert main([str(tmp_path), "--shards", str(empty), "--out", str(tmp_path / "out")]) == 2
    assert "neither a model nor a release" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["rules", "--out", str(tmp_path)])
    with pytest.raises(ConfigurationError):
        reader_of(str(tmp_path))
