"""The stage writes shards that hold what the seeds give."""

import subprocess
import sys
from pathlib import Path

import pytest
from rich.progress import Progress

from pipeline.domain.document import Page
from training.dataset import shards
from training.dataset.shards import read_shards, shards_in, write_shards
from training.synthesize import stage
from training.synthesize.generate import generate
from training.synthesize.paper.apply import Share
from training.synthesize.variety import count, traits_of

REPOSITORY = Path(__file__).resolve().parents[3]


def test_shards_hold_the_seeds_documents(tmp_path: Path) -> None:
    arguments = ["--count", "6", "--seed", "40", "--out", str(tmp_path), "--workers", "2", "--simulated", "0", "--pdfs"]
    subprocess.run([sys.executable, "-m", "training.synthesize", *arguments], check=True, timeout=120, cwd=REPOSITORY)
    documents = list(read_shards(shards_in(tmp_path)))
    assert [document.id for document in documents] == [f"generated-{seed:08d}" for seed in range(40, 46)]
    expected, pdf = generate(42)
    assert documents[2].tags == expected.tags
    assert documents[2].fields == expected.fields
    assert documents[2].lines == expected.lines
    assert documents[2].traits == expected.traits
    assert [[w.text for w in p.words] for p in documents[2].pages] == [
        [w.text for w in p.words] for p in expected.pages
    ]
    assert (tmp_path / f"{expected.id}.pdf").read_bytes() == pdf


def test_more_documents_than_one_pool_of_workers_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "_DOCUMENTS_A_POOL", 2)
    with Progress(disable=True) as progress:
        stage.synthesize(stage.Run(5, 7, tmp_path, 2, Share(0.0), pdfs=False), progress)
    assert [d.id for d in read_shards(shards_in(tmp_path))] == [f"generated-{seed:08d}" for seed in range(7, 12)]


def test_shards_are_filled_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "DOCUMENTS_A_SHARD", 2)
    documents = [generate(seed)[0] for seed in range(3)]
    written = write_shards(documents, tmp_path, "x")
    assert [path.name for path in written] == ["x-00000.parquet", "x-00001.parquet"]
    assert [document.id for document in read_shards(written)] == [document.id for document in documents]
    assert write_shards(documents[:1], tmp_path, "x") == shards_in(tmp_path)


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_layouts_are_many() -> None:
    seen, product, options = count([traits_of(seed) for seed in range(200)])
    assert seen >= 195
    assert product >= 10**6
    assert len(options["table.order"]) >= 10
