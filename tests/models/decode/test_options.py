"""For every field the values that network and rules offer."""

from collections.abc import Mapping

import pytest

from models.decode.options import Option, Sources, options_of
from models.decode.spans import spans_of
from models.scores import Scores
from pipeline.domain.extraction import Field, Source
from pipeline.domain.vocabulary import HeaderField
from pipeline.extract.rules.page.candidates import candidates_of
from pipeline.extract.rules.page.layout import layout_of
from pipeline.extract.rules.writing.conventions import conventions_of
from tests.models.decode.making import option
from tests.models.papers import Paper, say

NUMBER, GROSS, DUE = HeaderField.INVOICE_NUMBER, HeaderField.GROSS_TOTAL, HeaderField.DUE_DATE
SELLER = HeaderField.SELLER_NAME


def offered(
    name: HeaderField, paper: Paper, scores: Scores | None = None, rules: Mapping[HeaderField, Field] | None = None
) -> list[Option]:
    document, scores = paper.document(), scores or paper.scores()
    ways = conventions_of(document)
    found = candidates_of(layout_of(document), ways)
    return options_of(name, Sources(paper.words, scores, spans_of(paper.words, scores), found, rules or {}, ways))


def ruled(paper: Paper, text: str, value: str, confidence: float, *alternatives: Field) -> Field:
    """Return the field that the rules would read where the paper prints `text`."""
    box = paper.words.words[paper.at(text)].box
    return Field(value, text, confidence, Source.RULE, 1, box, alternatives)


def test_tagged_words_are_offered_with_their_chance_and_place() -> None:
    paper = Paper().put(0.1, 0.1, "Number:").put(0.2, 0.1, "R-4711", "invoice_number", confidence=0.7)
    (found,) = offered(NUMBER, paper)
    assert (found.value, found.text, found.page, found.words) == ("R-4711", "R-4711", 1, (1,))
    assert found.box == paper.words.words[1].box
    assert found.model == pytest.approx(0.9, abs=0.01)
    assert (found.rules, found.reader) == (0.0, 0.7)
    assert offered(HeaderField.ORDER_NUMBER, paper) == []


def test_an_amount_is_offered_where_the_network_gives_it_some_chance_only() -> None:
    paper = Paper().put(0.1, 0.5, "Total").put(0.8, 0.5, "125.00", "gross_total").put(0.8, 0.6, "99.00")
    paper.put(0.8, 0.7, "7.50")
    scores = paper.scores(sure=0.99)
    say(scores, 2, {"B-gross_total": 0.2})
    found = offered(GROSS, paper, scores)
    assert [o.value for o in found] == ["125", "99"]
    assert found[1].model == pytest.approx(0.2)
    assert found[0].proven


def test_a_number_that_can_be_read_two_ways_is_offered_both_ways() -> None:
    paper = Paper().put(0.8, 0.5, "1.250", "gross_total")
    first, second = offered(GROSS, paper)
    assert {first.value, second.value} == {"1250", "1.25"}
    assert first.model > second.model > 0
    assert not first.proven


def test_a_typed_candidate_says_better_what_tagged_words_print() -> None:
    """A total that is tagged with its label is the amount that stands in it."""
    paper = Paper().put(0.6, 0.5, "Due 24.12.2026", "due_date")
    assert [(o.value, o.text) for o in offered(DUE, paper)] == [("2026-12-24", "24.12.2026")]


def test_what_the_rules_read_is_offered_with_their_second_thoughts() -> None:
    paper = Paper().put(0.1, 0.1, "R-4711").put(0.1, 0.3, "K-9053")
    second = ruled(paper, "K-9053", "K-9053", 0.3)
    said = ruled(paper, "R-4711", "R-4711", 0.8, second)
    found = offered(NUMBER, paper, rules={NUMBER: said})
    assert [(o.value, o.rules, o.words) for o in found] == [("R-4711", 0.8, (0,)), ("K-9053", 0.3, (1,))]
    assert all(o.model < 0.01 for o in found)


def test_a_value_without_a_place_is_offered_too() -> None:
    said = Field("EUR", "€", 0.6, Source.RULE)
    (found,) = offered(HeaderField.CURRENCY, Paper().put(0.1, 0.1, "word"), rules={HeaderField.CURRENCY: said})
    assert (found.value, found.words, found.model, found.page) == ("EUR", (), 0.0, None)


def test_a_value_that_both_read_is_one_option_however_it_is_written() -> None:
    paper = Paper().put(0.1, 0.1, "ACME TOOLS LTD", "seller_name").put(0.1, 0.9, "Acme Tools Ltd")
    box = paper.words.box((3, 4, 5))
    said = Field("Acme Tools Ltd", "Acme Tools Ltd", 0.7, Source.RULE, 1, box)
    (found,) = offered(SELLER, paper, rules={SELLER: said})
    assert found.rules == 0.7
    assert found.model == pytest.approx(0.9, abs=0.01)
    assert found.words == (0, 1, 2)  # where the network is surest
    assert found.value == "Acme Tools Ltd"  # spelt as the rules, who clean names up


def test_a_value_printed_twice_is_one_option_with_its_surest_chance() -> None:
    paper = Paper().put(0.8, 0.1, "125.00", "gross_total").put(0.8, 0.9, "125.00", "gross_total")
    scores = paper.scores()
    say(scores, 0, {"B-gross_total": 0.5})
    (found,) = offered(GROSS, paper, scores)
    assert found.words == (1,)
    assert found.model == pytest.approx(0.9, abs=0.01)


def test_options_with_more_behind_them_come_first() -> None:
    paper = Paper().put(0.1, 0.1, "R-1", "invoice_number").put(0.1, 0.4, "R-2", "invoice_number").put(0.1, 0.7, "R-3")
    scores = paper.scores()
    say(scores, 0, {"B-invoice_number": 0.6})
    found = offered(NUMBER, paper, scores, {NUMBER: ruled(paper, "R-1", "R-1", 0.5)})
    assert [o.value for o in found] == ["R-1", "R-2"]


def test_tagged_words_that_print_no_value_are_not_offered() -> None:
    assert offered(GROSS, Paper().put(0.1, 0.1, "on request", "gross_total")) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme Ltd.", "ACME  ltd.", True),
        ("Søn & Co", "Søn Co", True),
        ("12-34", "1234", False),
        ("1.5", "15", False),
        ("-5", "5", False),
        ("&", "§", False),
    ],
)
def test_what_makes_values_one(one: str, other: str, same: bool) -> None:
    assert (option("seller_name", one).key == option("seller_name", other).key) is same


def test_a_full_stop_at_the_end_makes_no_other_value() -> None:
    assert option("seller_name", "Acme Ltd.").key == option("seller_name", "Acme Ltd").key
