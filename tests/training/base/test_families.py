"""Checkpoints of every family, with small random weights: they load, and read words and boxes alike."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigurationError
from tests.training.base.published import small_tokenizer
from training.base.families import FAMILIES, model_class
from training.base.licence import UNKNOWN
from training.base.load import Encoder, load_encoder

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("safetensors")

SIZES = {
    "vocab_size": 21,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 48,
    "max_position_embeddings": 40,
    "pad_token_id": 1,
    "initializer_range": 0.1,  # so that small models say different things of different pages
}
PIECES = {"coordinate_size": 8, "shape_size": 8}
KINDS = ("layoutlm", "layoutlmv3", "lilt", "layoutxlm", "layoutlmv2")


def checkpoint(kind: str, folder: Path, tokenizer: dict[str, Any]) -> Any:
    """Save a small checkpoint of random weights as its makers would, and return the model."""
    torch.manual_seed(11)
    model: Any
    if kind == "layoutlm":
        model = transformers.LayoutLMModel(transformers.LayoutLMConfig(**SIZES, hidden_size=32))
    elif kind == "lilt":
        model = transformers.LiltModel(transformers.LiltConfig(**SIZES, hidden_size=48, channel_shrink_ratio=2))
    elif kind == "layoutlmv3":
        config = transformers.LayoutLMv3Config(**SIZES, **PIECES, hidden_size=48, input_size=32)
        model = transformers.LayoutLMv3ForTokenClassification(config)
    else:
        named = transformers.LayoutXLMConfig if kind == "layoutxlm" else transformers.LayoutLMv2Config
        config = named(**SIZES, **PIECES, hidden_size=48)
        model = model_class("layoutxlm", config)(config)
    model.eval().save_pretrained(folder)
    if FAMILIES[kind] == "layoutxlm":  # the picture's half, that detectron2 would be needed to make
        from safetensors.torch import load_file, save_file

        weights = load_file(folder / "model.safetensors") | {"visual.backbone.stem.conv1.weight": torch.zeros(2, 2)}
        save_file(weights, folder / "model.safetensors", {"format": "pt"})
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    return model


@pytest.fixture(params=KINDS, scope="module")
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Encoder]:
    """A saved model, and the encoder loaded from it."""
    folder = tmp_path_factory.mktemp(request.param)
    saved = checkpoint(request.param, folder, small_tokenizer())
    encoder = load_encoder(str(folder))
    assert encoder.about.family == FAMILIES[request.param]
    return saved, encoder


def page() -> tuple[Any, Any, Any]:
    """Return ids, boxes and mask of six tokens."""
    ids = torch.tensor([[5, 9, 20, 7, 2, 13]])
    corners = torch.arange(6)[None, :, None] * torch.tensor([90, 120])
    return ids, torch.cat([corners, corners + torch.tensor([80, 20])], -1), torch.ones_like(ids)


def test_its_weights_are_those_that_were_saved(loaded: tuple[Any, Encoder]) -> None:
    saved, encoder = loaded
    prefix = saved.base_model_prefix + "."
    before = {name.removeprefix(prefix): value for name, value in saved.state_dict().items()}
    for name, value in encoder.model.state_dict().items():
        assert torch.equal(value, before[name]), name


def test_it_says_what_the_saved_model_says(loaded: tuple[Any, Encoder]) -> None:
    saved, encoder = loaded
    ids, boxes, mask = page()
    whole = getattr(saved, saved.base_model_prefix, saved)
    with torch.no_grad():
        before = whole(input_ids=ids, bbox=boxes, attention_mask=mask).last_hidden_state
        after = encoder.hidden(ids, boxes, mask)
    assert after.shape == (1, 6, encoder.width)
    assert torch.allclose(before, after, atol=1e-5)


def test_padding_changes_nothing(loaded: tuple[Any, Encoder]) -> None:
    encoder = loaded[1]
    ids, boxes, mask = page()
    longer = torch.cat([ids, torch.ones(1, 3, dtype=torch.long)], 1)
    with torch.no_grad():
        alone = encoder.hidden(ids, boxes, mask)
        padded = encoder.hidden(longer, torch.nn.functional.pad(boxes, (0, 0, 0, 3)), (longer != 1).long())
    assert torch.allclose(alone, padded[:, :6], atol=1e-5)


def test_where_a_word_stands_matters(loaded: tuple[Any, Encoder]) -> None:
    encoder = loaded[1]
    ids, boxes, mask = page()
    with torch.no_grad():
        here, there = (encoder.hidden(ids, boxes + shift, mask) for shift in (0, torch.tensor([250, 0, 250, 0])))
    assert not torch.allclose(here, there, atol=1e-4)


@pytest.mark.parametrize("box", [[-1, 0, 5, 5], [0, 0, 1001, 5], [9, 0, 5, 5], [0, 9, 5, 5]])
def test_boxes_off_the_page_or_inside_out_are_refused(
    box: list[int], tmp_path: Path, tokenizer: dict[str, Any]
) -> None:
    checkpoint("layoutlm", tmp_path, tokenizer)
    with pytest.raises(ValueError, match="thousandths"):
        load_encoder(str(tmp_path)).hidden(torch.tensor([[5]]), torch.tensor([[box]]), torch.ones(1, 1))


def test_missing_weights_are_refused_not_drawn_at_random(tmp_path: Path, tokenizer: dict[str, Any]) -> None:
    from safetensors.torch import load_file, save_file

    checkpoint("lilt", tmp_path, tokenizer)
    weights = load_file(tmp_path / "model.safetensors")
    del weights["encoder.layer.1.output.dense.weight"]
    save_file(weights, tmp_path / "model.safetensors", {"format": "pt"})
    with pytest.raises(ConfigurationError, match="1 missing"):
        load_encoder(str(tmp_path))


def test_weights_the_model_does_not_know_are_refused(tmp_path: Path, tokenizer: dict[str, Any]) -> None:
    from safetensors.torch import load_file, save_file

    checkpoint("layoutlm", tmp_path, tokenizer)
    weights = load_file(tmp_path / "model.safetensors") | {"encoder.layer.2.output.dense.weight": torch.zeros(32, 48)}
    save_file(weights, tmp_path / "model.safetensors", {"format": "pt"})
    with pytest.raises(ConfigurationError, match="1 unknown"):
        load_encoder(str(tmp_path))


def test_a_model_without_boxes_is_refused(tmp_path: Path) -> None:
    transformers.BertModel(transformers.BertConfig(**SIZES, hidden_size=32)).save_pretrained(tmp_path)
    with pytest.raises(ConfigurationError, match="reads no boxes"):
        load_encoder(str(tmp_path))


def test_a_folder_with_nothing_to_load_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no checkpoint"):
        load_encoder(str(tmp_path))


def test_the_licence_travels_with_it(tmp_path: Path, tokenizer: dict[str, Any]) -> None:
    checkpoint("layoutlmv3", tmp_path, tokenizer)
    assert load_encoder(str(tmp_path)).about.licence == UNKNOWN
    assert load_encoder(str(tmp_path), licence="mit").about.licence == "MIT"
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-nc-sa-4.0\n---\n")
    with pytest.raises(ConfigurationError, match="non-commercial"):
        load_encoder(str(tmp_path)).about.refuse_unless_releasable()
