"""The model card says what was trained on, and whose figures it shows."""

from dataclasses import replace

from models.release import Release
from tests.models.releases import described
from training.export.card import card


def release(**licences: int) -> Release:
    made = described()
    counted = {name.replace("_", "-"): count for name, count in licences.items()}
    return replace(made, data=replace(made.data, licences=counted, seeds={"first": 7, "last": 90}))


def test_of_generated_documents_alone() -> None:
    text = card(release(**{"CC0-1.0": 84}), {"header_f1": 0.95})
    assert "Generated documents (CC0-1.0), seeds 7 to 90, only. No document of the labelled test set" in text
    assert "saw none of its family" not in text
    assert "| header fields, F1, all values alike | 0.950 |" in text


def test_with_real_documents_the_figures_are_those_of_models_that_did_not_see_them() -> None:
    text = card(release(**{"CC0-1.0": 84, "MIT": 5, "Apache-2.0": 2}), {})
    assert "and 7 real ones of other makers" in text
    assert "each by a model made like this one that saw none of its family" in text
    assert "2 Apache-2.0, 84 CC0-1.0, 5 MIT" in text
    assert "No document of the labelled test set" not in text
