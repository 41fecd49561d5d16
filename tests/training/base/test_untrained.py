"""A base that is drawn at random is one as others are: written, loaded, and cut by its tokenizer."""

from pathlib import Path

import pytest

from models.features.lexicon import Lexicon
from training.base.folder import write_base
from training.base.untrained import PIECES, untrained

pytest.importorskip("torch", reason="a base is loaded with torch (extra: train)")
pytest.importorskip("transformers", reason="a base is loaded with transformers (extra: train)")

WORDS = ["Faktura", "faktura", "Beløb:", "4711", "2024"]


def test_it_is_loaded_as_any_base(tmp_path: Path) -> None:
    from training.base.load import load_encoder

    write_base(untrained(WORDS, width=16, layers=2), tmp_path / "base", seed=0)
    encoder = load_encoder(str(tmp_path / "base"))
    assert (encoder.width, encoder.model.config.num_hidden_layers) == (16, 2)
    assert (encoder.about.name, encoder.about.licence) == ("untrained", "CC0-1.0")
    encoder.about.refuse_unless_releasable()
    assert (tmp_path / "base" / "LICENSE").is_file()
    assert len(encoder.model.embeddings.word_embeddings.weight) == encoder.tokenizer.get_vocab_size()


def test_known_words_are_one_piece_and_others_letters(tmp_path: Path) -> None:
    write_base(untrained(WORDS, width=16), tmp_path / "base", seed=0)
    lexicon = Lexicon.from_file(tmp_path / "base" / "tokenizer.json")
    whole, number, letters, strange = lexicon.pieces(["FAKTURA", "9876", "fab", "Ж"])
    assert (len(whole), len(number), len(letters), len(strange)) == (1, 1, 3, 1)
    assert strange.tolist() == [0]


def test_the_same_words_and_seed_give_the_same_base() -> None:
    one, other = untrained(WORDS), untrained(reversed(WORDS))
    assert one.tokenizer == other.tokenizer
    assert all((other.encoder.weights[name] == weights).all() for name, weights in one.encoder.weights.items())
    assert len(one.tokenizer["model"]["vocab"]) <= PIECES
    changed = untrained(WORDS, seed=1).encoder.weights["embeddings.word_embeddings.weight"]
    assert (changed != one.encoder.weights["embeddings.word_embeddings.weight"]).any()


def test_too_few_pieces_for_the_letters_are_refused() -> None:
    with pytest.raises(ValueError, match="do not suffice"):
        untrained(WORDS, pieces=10)
