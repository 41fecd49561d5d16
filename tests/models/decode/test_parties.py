"""Both parties chosen together."""

from models.decode.parties import as_ordered, choose_parties, whole
from models.decode.totals import Weighed
from pipeline.domain.document import Box
from pipeline.domain.vocabulary import HeaderField
from tests.models.decode.making import option, weighed

SELLER, BUYER = HeaderField.SELLER_NAME, HeaderField.BUYER_NAME
SELLER_ADDRESS, BUYER_ADDRESS = HeaderField.SELLER_ADDRESS, HeaderField.BUYER_ADDRESS


def at(name: HeaderField, value: str, weight: float, row: int, word: int) -> Weighed:
    place = Box(0.1, 0.1 + row * 0.02, 0.3, 0.11 + row * 0.02)
    made = weighed(name, value, weight, word).option
    return Weighed(type(made)(name, value, value, 1, place, (word,), 0.9), weight)


def test_two_likely_names_outweigh_one_likelier_that_leaves_a_party_without() -> None:
    options = {
        SELLER: [weighed(SELLER, "Ash Ltd", 1.3, 1)],
        BUYER: [weighed(BUYER, "Ash Ltd", 2.2, 1), weighed(BUYER, "Birch", 1.2, 2)],
    }
    found = {name: w.option.value for name, w in choose_parties(options).items()}
    assert found == {SELLER: "Ash Ltd", BUYER: "Birch"}


def test_an_address_belongs_to_the_name_that_it_stands_under() -> None:
    options = {
        SELLER: [at(SELLER, "Ash", 2.0, 0, 1)],
        BUYER: [at(BUYER, "Birch", 2.0, 10, 2)],
        SELLER_ADDRESS: [at(SELLER_ADDRESS, "Hill 1", 0.4, 1, 3), at(SELLER_ADDRESS, "Dale 2", 0.9, 11, 4)],
        BUYER_ADDRESS: [at(BUYER_ADDRESS, "Hill 1", 0.9, 1, 3), at(BUYER_ADDRESS, "Dale 2", 0.4, 11, 4)],
    }
    chosen = choose_parties(options)
    assert chosen[SELLER_ADDRESS].option.value == "Hill 1"
    assert chosen[BUYER_ADDRESS].option.value == "Dale 2"


def test_a_part_of_a_name_speaks_for_the_whole_that_the_rules_are_sure_of() -> None:
    part = weighed(SELLER, "Ash", 1.1, 1)
    sure = Weighed(option(SELLER, "Ash and Sons", 1, 2, 3, rules=0.8), 0.8)
    unsure = Weighed(option(SELLER, "Ash and Sons", 1, 2, 3, rules=0.4), 0.2)
    assert whole([part, sure]) == [Weighed(sure.option, 1.1)]
    assert whole([part, unsure]) == [part, unsure]


def test_on_an_order_the_rules_tell_the_sides_that_the_network_takes_for_each_other() -> None:
    options = {
        SELLER: [weighed(SELLER, "Ash", 2.0, 1), Weighed(option(SELLER, "Birch", 2, model=0.0, rules=0.7), 0.3)],
        BUYER: [weighed(BUYER, "Birch", 2.0, 2), Weighed(option(BUYER, "Ash", 1, model=0.0, rules=0.8), 0.9)],
    }
    assert [w.option.value for w in as_ordered(options)[SELLER]] == ["Birch"]
    assert [w.option.value for w in as_ordered(options)[BUYER]] == ["Ash"]
    agreeing = {**options, SELLER: [Weighed(option(SELLER, "Birch", 2, rules=0.7), 3.0)], BUYER: options[BUYER][1:]}
    assert as_ordered(agreeing) == agreeing
