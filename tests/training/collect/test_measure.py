"""Alignment against documents whose truth is known by construction."""

import pytest

from training.collect.measure import measure


@pytest.mark.slow
def test_alignment_is_precise_on_generated_documents() -> None:
    generate = pytest.importorskip("training.synthesize.generate").generate
    total = measure(generate(seed)[0] for seed in range(5000, 5060))
    assert total.value_precision >= 0.99
    assert total.value_recall >= 0.92  # a value that stands in two places of equal claim is left out
    assert total.denial <= 0.01


@pytest.mark.slow
def test_alignment_is_precise_where_few_fields_are_stated() -> None:
    generate = pytest.importorskip("training.synthesize.generate").generate
    total = measure((generate(seed)[0] for seed in range(5000, 5040)), by_hand=True)
    assert total.value_precision >= 0.99
    assert total.denial <= 0.015
