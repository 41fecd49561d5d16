"""A text encoder as LayoutLM: it must say of a text what it said before, as long as boxes say nothing."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.errors import ConfigurationError
from training.base.about import About
from training.base.checkpoint import text_encoder
from training.base.folder import Made, write_base
from training.base.layoutlm import COORDINATES, SPREAD, TABLES, keep_layers, layoutlm_weights
from training.base.text import POSITIONS, TextEncoder

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("safetensors")

SIZES = {
    "vocab_size": 21,
    "hidden_size": 32,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "intermediate_size": 48,
}
IDS = [[5, 9, 20, 7, 2]]


def original(kind: str) -> Any:
    """Return a small text model of random weights."""
    torch.manual_seed(3)
    if kind == "bert":
        return transformers.BertModel(transformers.BertConfig(**SIZES, max_position_embeddings=20)).eval()
    config = transformers.XLMRobertaConfig(**SIZES, max_position_embeddings=22, pad_token_id=1, type_vocab_size=1)
    return transformers.XLMRobertaModel(config).eval()


def encoder_of(model: Any, folder: Path) -> TextEncoder:
    """Save the model as a checkpoint and read that."""
    model.save_pretrained(folder)
    return text_encoder(model.config.to_dict(), (folder / "model.safetensors").read_bytes())


def written(encoder: TextEncoder, tokenizer: dict[str, Any], folder: Path) -> Path:
    """Write the encoder as a base, with as many pieces as it has rows."""
    tokenizer["model"]["vocab"] = tokenizer["model"]["vocab"][: SIZES["vocab_size"]]
    write_base(Made(encoder, tokenizer, {}, About("some", "MIT", "layoutlm", "a test"), {}), folder, seed=1)
    return folder


@pytest.mark.parametrize("kind", ["bert", "xlm-roberta"])
def test_with_tables_of_zeros_it_is_the_text_encoder(kind: str, tmp_path: Path, tokenizer: dict[str, Any]) -> None:
    model = original(kind)
    encoder = encoder_of(model, tmp_path / "text")
    assert encoder.first_position == (0 if kind == "bert" else 2)
    folder = written(encoder, tokenizer, tmp_path / "base")
    layout = transformers.LayoutLMModel.from_pretrained(folder)
    held = layout.state_dict()
    for name in TABLES:
        held[name].zero_()
    ids = torch.tensor(IDS)
    boxes = torch.randint(0, 500, (1, 5, 2)).repeat(1, 1, 2)
    with torch.no_grad():
        before = model(ids).last_hidden_state
        after = layout(ids, bbox=boxes).last_hidden_state
    assert torch.allclose(before, after, atol=1e-5)


def test_transformers_misses_nothing_and_knows_everything(tmp_path: Path, tokenizer: dict[str, Any]) -> None:
    folder = written(encoder_of(original("bert"), tmp_path / "text"), tokenizer, tmp_path / "base")
    _, report = transformers.LayoutLMModel.from_pretrained(folder, output_loading_info=True)
    assert not report["missing_keys"]
    assert not report["unexpected_keys"]
    assert not report["mismatched_keys"]


def test_boxes_are_new_and_small_and_the_same_for_the_same_seed(tmp_path: Path) -> None:
    encoder = encoder_of(original("bert"), tmp_path)
    first, again, other = (layoutlm_weights(encoder, seed) for seed in (1, 1, 2))
    for name in TABLES:
        assert first[name].shape == (COORDINATES, 32)
        assert float(first[name].std()) == pytest.approx(SPREAD, rel=0.02)
        assert np.array_equal(first[name], again[name])
        assert not np.array_equal(first[name], other[name])


def test_unused_rows_of_xlm_r_are_left_out(tmp_path: Path) -> None:
    encoder = encoder_of(original("xlm-roberta"), tmp_path)
    weights = layoutlm_weights(encoder)
    assert np.array_equal(weights[POSITIONS], encoder.weights[POSITIONS][2:])
    assert weights[POSITIONS].shape == (20, 32)


def test_the_first_layers_are_kept(tmp_path: Path) -> None:
    encoder = encoder_of(original("bert"), tmp_path)
    shorter = keep_layers(encoder, 2)
    gone = set(encoder.weights) - set(shorter.weights)
    assert gone
    assert all(name.startswith("encoder.layer.2.") for name in gone)
    assert shorter.layers == 2
    assert asdict(keep_layers(encoder, 3)).keys() == asdict(encoder).keys()
    assert keep_layers(encoder, 3).weights.keys() == encoder.weights.keys()
    for wrong in (0, 4):
        with pytest.raises(ConfigurationError, match="1 to 3"):
            keep_layers(encoder, wrong)


def test_a_tokenizer_of_another_size_is_refused(tmp_path: Path, tokenizer: dict[str, Any]) -> None:
    encoder = encoder_of(original("bert"), tmp_path / "text")
    made = Made(encoder, tokenizer, {}, About("some", "MIT", "layoutlm", "a test"), {})
    with pytest.raises(ConfigurationError, match="rows for 21"):
        write_base(made, tmp_path / "base", seed=1)
    assert not (tmp_path / "base").exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, tokenizer: dict[str, Any]) -> None:
    encoder = encoder_of(original("bert"), tmp_path / "text")
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "thesis.txt").write_text("years of work")
    with pytest.raises(ConfigurationError, match="something else"):
        written(encoder, tokenizer, tmp_path / "base")
    assert (tmp_path / "base" / "thesis.txt").read_text() == "years of work"


def test_other_architectures_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="'t5'"):
        text_encoder({"model_type": "t5"}, b"")
    with pytest.raises(ConfigurationError, match="absolute"):
        text_encoder({"model_type": "bert", "position_embedding_type": "relative_key"}, b"")
