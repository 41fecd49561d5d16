"""A small probe learns a few documents by heart, the same for the same seed, also when it is cut short."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.domain.document import Document, QualityBand, TextQuality, WordsFrom
from pipeline.domain.vocabulary import HeaderField, LineColumn
from pipeline.errors import ConfigurationError
from training.dataset.record import LabelledDocument
from training.dataset.shards import write_shards

pytest.importorskip("torch", reason="the probe needs torch (extra: train)")

from training.probe import train as training
from training.probe.fields.extractor import ProbeExtractor
from training.probe.settings import ProbeSettings
from training.probe.storage import load
from training.probe.train import Budget, train

SMALL = ProbeSettings(
    gram_buckets=2048,
    shape_buckets=512,
    gram_width=24,
    shape_width=8,
    width=32,
    heads=2,
    layers=2,
    dropout=0.0,
    window=24,
    overlap=8,
    batch_words=512,
    learning_rate=5e-3,
    warm_up=5,
    masked=0.0,
    threads=1,
)


@pytest.fixture
def shards(tmp_path: Path, invoices: list[LabelledDocument]) -> list[Path]:
    return write_shards(invoices, tmp_path / "shards", "invoices")


def test_a_small_probe_reads_what_it_learnt(
    tmp_path: Path, shards: list[Path], invoices: list[LabelledDocument]
) -> None:
    course = train(shards, tmp_path / "probe", Budget(steps=120), SMALL)
    assert course.finished
    assert course.steps == 120
    pages = invoices[3].pages
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    said = ProbeExtractor(tmp_path / "probe").extract(Document("a.pdf", "", pages, WordsFrom.TEXT_LAYER, quality))
    assert said.value(HeaderField.INVOICE_NUMBER) == "R-4003"
    assert said.value(HeaderField.ISSUE_DATE) == "2024-03-04"
    assert [line[LineColumn.NET_AMOUNT].value for line in said.lines] == ["40", "41"]
    assert said.kind.value == "invoice"


def test_a_run_that_was_cut_short_ends_like_one_that_was_not(
    tmp_path: Path, shards: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setattr(training, "_SAVE_EVERY", 4)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    train(shards, whole, Budget(steps=9), SMALL)

    class Stop(Exception):
        pass

    step = training._Fit._step

    def stopping(self: training._Fit, batch: object, spent: float, number: int) -> float:
        if number == 6:
            raise Stop
        return step(self, batch, spent, number)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(training._Fit, "_step", stopping)
        with pytest.raises(Stop):
            train(shards, cut, Budget(steps=9), SMALL)
    assert load(cut)[1].steps == 4
    train(shards, cut, Budget(steps=9), SMALL)
    one, other = (load(folder)[0].parts.state_dict() for folder in (whole, cut))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_another_seed_gives_another_probe(tmp_path: Path, shards: list[Path]) -> None:
    import torch

    for seed in (1, 2):
        train(shards, tmp_path / str(seed), Budget(steps=2), replace(SMALL, seed=seed))
    one, other = (load(tmp_path / str(seed))[0].parts.state_dict() for seed in (1, 2))
    assert not torch.equal(one["tags.weight"], other["tags.weight"])


def test_a_folder_without_probe_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="holds no probe"):
        load(tmp_path)
