"""Networks small enough to be made within a test, with random weights."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from models.architecture import Architecture
from models.features.lexicon import Lexicon

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from models.network.model import LayoutModel

PIECES = ("<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz0.,:-/%", "▁invoice", "▁total", "▁number", "▁table", "es", "▁000")
"""The vocabulary; a piece's number is its place."""
ENCODERS = ("page", "layoutlm")
SIZES = Architecture(
    width=24,
    layers=2,
    heads=2,
    pieces=len(PIECES),
    lexicon_width=24,
    grams=512,
    gram_width=12,
    shapes=128,
    shape_width=6,
    beside_width=10,
    row_width=8,
    looks=2,
    window=40,
    overlap=12,
)


def small_tokenizer() -> "Tokenizer":
    """Return a unigram tokenizer that puts a mark before every word, as XLM-R's does."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = [(piece, -1.0 - 3.0 * (len(piece) == 1)) for piece in PIECES]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


def small_lexicon() -> Lexicon:
    return Lexicon(small_tokenizer())


def small_model(seed: int = 1, encoder: str = "page") -> "LayoutModel":
    """Return a model of two layers and two heads; its weights are large enough that every input tells in its logits."""
    import torch

    from models.network.model import model_from_base

    torch.manual_seed(seed)
    model = model_from_base(small_base(), replace(SIZES, encoder=encoder))
    network = model.network
    enters = network.enter if encoder == "page" else network.own
    with torch.no_grad():
        network.apart.normal_(std=0.3)
        for part in (enters, network.tags, network.row_of, network.row_begin):
            for weight in part.parameters():
                weight.normal_(std=0.3)
    return model.eval()


def small_base() -> Any:
    """Return a text encoder made into a LayoutLM, as published ones are, but small."""
    from transformers import LayoutLMConfig, LayoutLMModel

    return LayoutLMModel(
        LayoutLMConfig(
            vocab_size=len(PIECES),
            hidden_size=24,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=64,
            initializer_range=0.2,
            pad_token_id=0,
        )
    )
