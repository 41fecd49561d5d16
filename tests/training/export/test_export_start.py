"""The weights that training goes on from: small, complete, and nearly those that were trained."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from models.release import write_release
from pipeline.errors import ConfigurationError
from tests.models.releases import described, write_content
from tests.models.small_models import ENCODERS, small_model
from training.export.start import CONFIG, START, model_from_release, write_start
from training.export.tables import write_tables

torch = pytest.importorskip("torch", reason="weights are written with torch (extra: train)")
pytest.importorskip("transformers", reason="the network needs transformers (extra: train)")


@pytest.mark.parametrize("encoder", ENCODERS)
def test_no_table_stands_in_it_and_the_rest_is_in_half_precision(tmp_path: Path, encoder: str) -> None:
    from safetensors.torch import load_file

    model = small_model(encoder=encoder)
    write_start(model, tmp_path)
    written = load_file(tmp_path / START)
    assert {tensor.dtype for tensor in written.values()} == {torch.float16}
    tables = {f"words.{name}.weight" for name in ("lexicon", "grams", "shapes")}
    assert written.keys() == model.state_dict().keys() - tables


def test_the_configuration_makes_an_encoder_of_the_same_shape(tmp_path: Path) -> None:
    from models.network.model import empty_encoder

    model = small_model(encoder="layoutlm")
    write_start(model, tmp_path)
    made = empty_encoder(json.loads((tmp_path / CONFIG).read_text(encoding="utf-8")))
    before = {name: weight.shape for name, weight in model.network.get_submodule("encoder").state_dict().items()}
    assert {name: weight.shape for name, weight in made.state_dict().items()} == before


@pytest.mark.parametrize("encoder", ENCODERS)
def test_a_model_that_was_trained_comes_back_but_for_rounding(tmp_path: Path, encoder: str) -> None:
    model, content = small_model(seed=5, encoder=encoder), write_content(tmp_path / "content")
    write_start(model, content)
    write_tables(model, content)
    about = replace(described(), architecture=model.sizes)
    write_release(tmp_path / "released", content, about, lambda *_: None)
    again, tokenizer = model_from_release(tmp_path / "released")
    assert tokenizer == (content / "tokenizer.json").read_text(encoding="utf-8")
    for name, weight in model.state_dict().items():
        step = float(weight.abs().max()) * (0.005 if "lexicon" in name else 0.0005)
        assert torch.allclose(again.state_dict()[name], weight, atol=step + 1e-7), name
        assert again.state_dict()[name].dtype == torch.float32
    assert not again.words.lexicon.weight.requires_grad
    assert again.network.apart.requires_grad


def test_a_folder_without_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="There is no release"):
        model_from_release(tmp_path)
