"""A whole round in small: generate, train, read documents of others, write down."""

import json
from pathlib import Path

import pytest

from training.probe.round import main
from training.synthesize.generate import generate

pytest.importorskip("torch", reason="the probe needs torch (extra: train)")


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """Two folders with one document each, labelled as the labelled documents are."""
    folder = tmp_path / "datasets"
    labels = []
    for seed, part in ((900_001, "real"), (900_002, "einvoice")):
        made, pdf = generate(seed)
        (folder / part).mkdir(parents=True)
        (folder / part / "one.pdf").write_bytes(pdf)
        label = {"file": f"{part}/one.pdf", "kind": made.kind, "layout_group": part, "fields": dict(made.fields)}
        labels.append(json.dumps(label))
    (folder / "labels.jsonl").write_text("\n".join(labels) + "\n", encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_round_leaves_its_figures_and_its_mistakes(
    tmp_path: Path, datasets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, page = tmp_path / "round", tmp_path / "rounds.md"
    options = ["small", "--count", "16", "--steps", "2", "--threads", "1"]
    places = ["--datasets", str(datasets), "--folder", str(folder), "--page", str(page)]
    assert main([*options, *places]) == 0
    assert "small: 15 documents" in capsys.readouterr().out
    text = page.read_text(encoding="utf-8")
    assert "\n| small | 15 |" in text
    assert "\n## small\n" in text
    assert len((folder / "real.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    assert "### einvoice/one.pdf" in (folder / "mistakes.md").read_text(encoding="utf-8")


def test_without_labelled_documents_there_is_no_round(tmp_path: Path) -> None:
    assert main(["none", "--datasets", str(tmp_path)]) == 2
