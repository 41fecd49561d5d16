"""Pruning a unigram tokenizer."""

import json
from typing import Any

import pytest

from pipeline.errors import ConfigurationError
from tests.training.base.published import SPECIAL
from training.base.vocabulary import is_latin, prune

pytest.importorskip("tokenizers")


def pieces_of(tokenizer: dict[str, Any]) -> list[str]:
    return [piece for piece, _ in tokenizer["model"]["vocab"]]


def test_other_scripts_go_and_everything_latin_stays(tokenizer: dict[str, Any]) -> None:
    kept = pieces_of(prune(tokenizer, 1000).tokenizer)
    assert set(pieces_of(tokenizer)) - set(kept) == {"▁в", "Ω", "漢"}


def test_of_the_others_those_with_the_highest_score_stay(tokenizer: dict[str, Any]) -> None:
    always = {*SPECIAL, "<mask>", ",", "▁", "s", "é", "€", "μ", "1", "u"}
    assert set(pieces_of(prune(tokenizer, len(always)).tokenizer)) == always
    assert set(pieces_of(prune(tokenizer, len(always) + 2).tokenizer)) == always | {"▁de", "▁Rechnung"}


def test_the_old_order_and_scores_are_kept(tokenizer: dict[str, Any]) -> None:
    before = tokenizer["model"]["vocab"]
    pruned = prune(tokenizer, 16)
    assert pruned.kept.tolist() == sorted(pruned.kept.tolist())
    assert pruned.tokenizer["model"]["vocab"] == [before[old] for old in pruned.kept]


def test_too_few_pieces_for_what_must_stay_are_refused(tokenizer: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="13 are special or single"):
        prune(tokenizer, 12)


def test_the_library_loads_it_and_finds_special_tokens_at_their_new_places(tokenizer: dict[str, Any]) -> None:
    from tokenizers import Tokenizer

    pruned = prune(tokenizer, 15)
    made = Tokenizer.from_str(json.dumps(pruned.tokenizer))
    assert made.token_to_id("<mask>") == 14
    assert made.encode("Rechnung").tokens == ["<s>", "▁Rechnung", "<mask>"]
    assert made.encode("Rechnung").ids == [0, pieces_of(pruned.tokenizer).index("▁Rechnung"), 14]
    assert made.encode("漢", add_special_tokens=False).tokens == ["▁", "漢"]
    assert made.encode("漢", add_special_tokens=False).ids[1] == made.token_to_id("<unk>")


@pytest.mark.parametrize("text", ["Rechnung 2024, 1 €", "de Faktura", "µ", "ééé", "suu"])
def test_words_whose_pieces_stay_are_cut_as_before(tokenizer: dict[str, Any], text: str) -> None:
    from tokenizers import Tokenizer

    before = Tokenizer.from_str(json.dumps(tokenizer)).encode(text).tokens
    assert Tokenizer.from_str(json.dumps(prune(tokenizer, 1000).tokenizer)).encode(text).tokens == before


def test_the_tokenizer_given_is_left_as_it_was(tokenizer: dict[str, Any]) -> None:
    before = json.dumps(tokenizer)
    prune(tokenizer, 15)
    assert json.dumps(tokenizer) == before


@pytest.mark.parametrize("piece", ["▁Größe", "№", "12.500,00", "▁—", "ﬁ", "Żółć", "→", "'s", "́"])
def test_latin(piece: str) -> None:
    assert is_latin(piece)


@pytest.mark.parametrize("piece", ["", "Ω", "да", "aдa", "漢", "。", "😀", "٣", "\x93"])
def test_not_latin(piece: str) -> None:
    assert not is_latin(piece)


def test_other_kinds_of_tokenizers_are_refused(tokenizer: dict[str, Any]) -> None:
    tokenizer["model"]["type"] = "BPE"
    with pytest.raises(ConfigurationError, match="unigram"):
        prune(tokenizer, 1000)


def test_a_post_processor_that_would_keep_old_ids_is_refused(tokenizer: dict[str, Any]) -> None:
    tokenizer["post_processor"] = {"type": "BertProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0]}
    with pytest.raises(ConfigurationError, match="BertProcessing"):
        prune(tokenizer, 15)
