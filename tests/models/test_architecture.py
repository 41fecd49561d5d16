"""Sizes travel with the weights."""

import json

import pytest

from models.architecture import Architecture


def test_sizes_are_read_back_as_they_were_written() -> None:
    sizes = Architecture(pieces=20, window=64, overlap=8)
    assert Architecture.from_json(json.loads(json.dumps(sizes.to_json()))) == sizes


def test_sizes_that_are_not_written_are_the_usual_ones() -> None:
    assert Architecture.from_json({"looks": 2}) == Architecture(looks=2)


def test_a_size_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError, match="moon"):
        Architecture.from_json({**Architecture().to_json(), "moon": 1})


def test_a_model_that_says_nothing_of_layout_sees_it() -> None:
    written = Architecture().to_json()
    del written["layout"]
    assert Architecture.from_json(written).layout
    assert not Architecture.from_json({**written, "layout": False}).layout
