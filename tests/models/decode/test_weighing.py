"""How much speaks for a value."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decode.weighing import WEIGHTS, chance_of, logit, weight_of
from tests.models.decode.making import option

CHANCES = st.floats(0, 1)
PAIR = st.tuples(CHANCES, CHANCES).map(sorted)


@given(st.floats(0.02, 0.98))
def test_log_odds_and_chances_are_each_others_inverse(chance: float) -> None:
    assert chance_of(logit(chance)) == pytest.approx(chance)


@given(CHANCES)
def test_no_voice_alone_is_certain(chance: float) -> None:
    assert 0.01 < chance_of(logit(chance)) < 0.99


@given(PAIR, CHANCES, CHANCES)
def test_a_likelier_value_never_weighs_less(chances: list[float], rules: float, said: float) -> None:
    less, more = (option("iban", "DK1", 0, model=chance, rules=rules) for chance in chances)
    assert weight_of(less, said) <= weight_of(more, said)


@given(PAIR, CHANCES)
def test_rules_that_are_surer_of_a_value_never_make_it_weigh_less(rules: list[float], model: float) -> None:
    less, more = (option("iban", "DK1", 0, model=model, rules=max(chance, 0.01)) for chance in rules)
    assert weight_of(less, less.rules) <= weight_of(more, more.rules)


@given(PAIR, CHANCES)
def test_the_surer_the_rules_are_of_another_value_the_less_one_weighs(said: list[float], model: float) -> None:
    own = option("iban", "DK1", 0, model=model)
    doubted, more_doubted = (weight_of(own, chance) for chance in said)
    assert more_doubted <= doubted + 1e-9
    assert doubted <= weight_of(own, 0.0) + 1e-9


def test_what_both_say_is_taken_and_what_neither_says_is_not() -> None:
    both, neither = option("iban", "DK1", 0, model=0.9, rules=0.9), option("iban", "DK1", 0, model=0.05)
    assert weight_of(both, 0.9) > 0 > weight_of(neither, 0.0)


def test_how_much_another_value_of_the_rules_counts_is_a_weight() -> None:
    own, weights = option("iban", "DK1", 0, model=0.6), replace(WEIGHTS, silent=0.5, other=1.0)
    assert weight_of(own, 0.4, weights) == weight_of(own, 0.0, weights) > weight_of(own, 0.9, weights)
    deaf = replace(WEIGHTS, rules=0.0)
    assert weight_of(own, 0.9, deaf) == weight_of(own, 0.0, deaf)


def test_a_higher_bar_makes_everything_weigh_less() -> None:
    own = option("iban", "DK1", 0, model=0.6)
    assert weight_of(own, 0.0, replace(WEIGHTS, bar=WEIGHTS.bar + 1)) == pytest.approx(weight_of(own, 0.0) - 1)
