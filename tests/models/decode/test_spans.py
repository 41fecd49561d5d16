"""Tagged words put together to values."""

import pytest

from models.decode.spans import Span, spans_of
from models.decode.words import Words
from models.scores import Scores
from tests.models.papers import Paper, say


def found(words: Words, scores: Scores) -> list[tuple[str, str]]:
    """Return the spans with what they print."""
    return [(span.name, words.text(span.words)) for span in spans_of(words, scores)]


def texts(paper: Paper) -> list[str]:
    return [text for _, text in found(paper.words, paper.scores())]


def test_words_of_one_value_are_one_span() -> None:
    paper = Paper().put(0.1, 0.1, "Seller:").put(0.2, 0.1, "Acme Tools Ltd", "seller_name").put(0.6, 0.1, "x")
    scores = paper.scores()
    say(scores, 2, {"I-seller_name": 0.6})
    (span,) = spans_of(paper.words, scores)
    assert (span.name, span.page, span.words) == ("seller_name", 1, [1, 2, 3])
    assert span.chance == pytest.approx((0.9 + 0.6 + 0.9) / 3, abs=0.01)


def test_a_word_goes_to_what_it_most_likely_is() -> None:
    paper = Paper().put(0.1, 0.1, "4711").put(0.5, 0.1, "9053")
    scores = paper.scores()
    say(scores, 0, {"B-invoice_number": 0.3, "I-invoice_number": 0.3})  # of one span, together above O
    say(scores, 1, {"B-invoice_number": 0.3, "B-order_number": 0.3})  # of two, each below it
    assert found(paper.words, scores) == [("invoice_number", "4711")]


def test_values_of_one_field_far_apart_are_two() -> None:
    assert texts(Paper().put(0.1, 0.1, "R-1", "invoice_number").put(0.1, 0.6, "R-2", "invoice_number")) == [
        "R-1",
        "R-2",
    ]
    beside = Paper().put(0.1, 0.1, "R-1", "invoice_number").put(0.7, 0.1, "R-1", "invoice_number")
    beside.tags[1] = "I-invoice_number"
    assert texts(beside) == ["R-1", "R-1"]


def test_words_close_behind_one_another_are_one_header_value_even_if_each_begins_one() -> None:
    paper = Paper().put(0.1, 0.1, "DK 88 74 25 24", "seller_vat_id")
    paper.tags = ["B-seller_vat_id"] * 5
    assert texts(paper) == ["DK 88 74 25 24"]


def test_a_cell_that_begins_is_another_cell() -> None:
    paper = Paper().put(0.1, 0.1, "2 19.00", "line.quantity", 0)
    paper.tags[1] = "B-line.quantity"
    assert texts(paper) == ["2", "19.00"]


def test_an_address_goes_on_in_the_next_rows_but_not_far_below() -> None:
    paper = Paper().put(0.1, 0.1, "Havnegade 12", "seller_address").put(0.1, 0.115, "8000 Aarhus", "seller_address")
    paper.put(0.1, 0.3, "Denmark", "seller_address")
    paper.tags = ["B-seller_address", *["I-seller_address"] * 4]
    assert texts(paper) == ["Havnegade 12 8000 Aarhus", "Denmark"]


def test_two_addresses_side_by_side_are_read_apart() -> None:
    paper = Paper().put(0.1, 0.1, "Havnegade 12", "seller_address").put(0.6, 0.1, "Ringvej 7", "buyer_address")
    paper.put(0.1, 0.115, "8000 Aarhus", "seller_address").put(0.6, 0.115, "9000 Aalborg", "buyer_address")
    paper.tags = [tag.replace("B-", "I-") if number not in (0, 2) else tag for number, tag in enumerate(paper.tags)]
    assert texts(paper) == ["Havnegade 12 8000 Aarhus", "Ringvej 7 9000 Aalborg"]


def test_a_span_ends_with_its_page() -> None:
    paper = Paper().put(0.1, 0.1, "Acme", "seller_name").turn().put(0.1, 0.11, "Tools", "seller_name")
    paper.tags[1] = "I-seller_name"
    assert [(s.page, s.words) for s in spans_of(paper.words, paper.scores())] == [(1, [0]), (2, [1])]


def test_only_the_words_asked_for_are_looked_at() -> None:
    paper = Paper().put(0.1, 0.1, "R-1", "invoice_number").put(0.1, 0.3, "2026-11-24", "issue_date")
    assert [span.words for span in spans_of(paper.words, paper.scores(), [1])] == [[1]]
    assert spans_of(paper.words, paper.scores(), []) == []


def test_spans_stand_in_the_order_of_their_first_words() -> None:
    paper = Paper().put(0.1, 0.5, "R-1", "invoice_number").put(0.1, 0.1, "EUR", "currency")
    assert [span.name for span in spans_of(paper.words, paper.scores())] == ["invoice_number", "currency"]


def test_where_nothing_is_known_there_are_no_spans() -> None:
    paper = Paper().put(0.1, 0.1, "Acme Tools")
    assert spans_of(paper.words, Scores.none(2)) == []
    assert spans_of(Words.of([]), Scores.none(0)) == []


def test_the_chance_of_a_span_is_the_mean_of_its_words() -> None:
    assert Span("iban", 1, [3, 4], [0.5, 1.0]).chance == 0.75
