"""Which pieces of a pretrained vocabulary a word is cut into."""

from pathlib import Path

import pytest

from models.features.lexicon import MOST_PIECES, Lexicon
from tests.models.small_models import PIECES, small_tokenizer


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(small_tokenizer())


def test_words_are_cut_into_pieces_of_the_vocabulary(lexicon: Lexicon) -> None:
    found = [[PIECES[i] for i in ids] for ids in lexicon.pieces(["invoice", "invoices", "total:"])]
    assert found == [["▁invoice"], ["▁invoice", "s"], ["▁total", ":"]]
    assert lexicon.size == len(PIECES)


def test_case_and_digits_do_not_matter(lexicon: Lexicon) -> None:
    for one, other in (("INVOICE", "invoice"), ("R-4711", "r-9053")):
        first, second = lexicon.pieces([one, other])
        assert first.tolist() == second.tolist()


def test_every_word_has_at_least_one_piece_and_not_too_many(lexicon: Lexicon) -> None:
    empty, strange, blank, long = lexicon.pieces(["", "漢字", " ", "x" * 200])
    assert empty.tolist() == [PIECES.index("<unk>")]
    assert PIECES.index("<unk>") in strange
    assert len(blank) >= 1
    assert len(long) == MOST_PIECES
    assert lexicon.pieces([]) == []


def test_a_tokenizer_is_read_from_its_file(tmp_path: Path, lexicon: Lexicon) -> None:
    small_tokenizer().save(str(tmp_path / "tokenizer.json"))
    again = Lexicon.from_file(tmp_path / "tokenizer.json")
    words = ["Invoice", "number:", "R-4711"]
    assert [ids.tolist() for ids in again.pieces(words)] == [ids.tolist() for ids in lexicon.pieces(words)]
