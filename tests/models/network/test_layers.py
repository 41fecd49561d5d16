"""Layers made for pages: neighbours first, and attention in which only distances count."""

import pytest

from tests.models.small_models import SIZES

pytest.importorskip("torch", reason="the network needs torch (extra: train)")

import torch

from models.network.layers import PageLayers, _turned, gathered, rows_beside


@pytest.fixture(scope="module")
def layers() -> PageLayers:
    torch.manual_seed(4)
    return PageLayers(SIZES).eval()


def turning(layers: PageLayers, boxes: "torch.Tensor", pages: "torch.Tensor | None" = None) -> "torch.Tensor":
    """Return how far every query attends to every key, [heads, words, words], for vectors that are always the same."""
    generator = torch.Generator().manual_seed(7)
    count, head = len(boxes), SIZES.width // SIZES.heads
    query, key = torch.randn(2, 1, SIZES.heads, count, head, generator=generator)
    turns = layers._turning(boxes[None], torch.zeros(1, count) if pages is None else pages[None])
    products: torch.Tensor = (_turned(query, turns) @ _turned(key, turns).transpose(2, 3))[0]
    return products


BOXES = torch.tensor([[0.1, 0.1, 0.2, 0.11], [0.3, 0.1, 0.35, 0.11], [0.1, 0.2, 0.3, 0.21], [0.6, 0.5, 0.8, 0.52]])


def test_a_neighbours_vector_stands_at_its_side_and_zeros_where_there_is_none() -> None:
    state = torch.arange(1.0, 13.0).reshape(1, 3, 4)
    beside = torch.tensor([[[3, 1, 3, 2], [0, 3, 3, 3], [3, 3, 0, 3]]])
    found = gathered(state, rows_beside(beside)).reshape(3, 4, 4)
    nothing = torch.zeros(4)
    expected = [[nothing, state[0, 1], nothing, state[0, 2]], [state[0, 0], *[nothing] * 3]]
    assert torch.equal(found[:2], torch.stack([torch.stack(row) for row in expected]))
    assert torch.equal(found[2, 2], state[0, 0])


def test_neighbours_are_those_of_the_own_window() -> None:
    states = torch.arange(1.0, 25.0).reshape(2, 3, 4)
    beside = torch.tensor([[[3, 1, 3, 2], [0, 3, 3, 3], [3, 3, 0, 3]], [[1, 0, 2, 3], [3, 3, 3, 0], [2, 3, 1, 3]]])
    together = gathered(states, rows_beside(beside))
    for window in range(2):
        alone = gathered(states[window : window + 1], rows_beside(beside[window : window + 1]))
        assert torch.equal(together[window], alone[0])


def test_only_distances_count(layers: PageLayers) -> None:
    moved = BOXES + torch.tensor([0.15, 0.3, 0.15, 0.3])
    assert torch.allclose(turning(layers, BOXES), turning(layers, moved), atol=1e-4)
    assert not torch.allclose(turning(layers, BOXES), turning(layers, BOXES * 0.5), atol=1e-2)


def test_pages_are_apart_like_places_far_down(layers: PageLayers) -> None:
    pages = torch.tensor([0.0, 0.0, 1.0, 1.0])
    here, over = turning(layers, BOXES), turning(layers, BOXES, pages)
    assert torch.allclose(here[:, :2, :2], over[:, :2, :2])
    assert torch.allclose(here[:, 2:, 2:], over[:, 2:, 2:], atol=1e-4)
    assert not torch.allclose(here[:, :2, 2:], over[:, :2, 2:], atol=1e-2)
    assert torch.allclose(over, turning(layers, BOXES, pages + 3), atol=1e-3)


def test_half_of_the_heads_see_right_edges_the_others_left_ones(layers: PageLayers) -> None:
    wider = BOXES.clone()
    wider[1, 2] += 0.2
    before, after = turning(layers, BOXES), turning(layers, wider)
    same = [torch.allclose(before[head], after[head], atol=1e-5) for head in range(SIZES.heads)]
    assert sorted(same) == [False, True]


def test_turning_keeps_every_length(layers: PageLayers) -> None:
    vectors = torch.randn(1, SIZES.heads, len(BOXES), SIZES.width // SIZES.heads)
    turned = _turned(vectors, layers._turning(BOXES[None], torch.zeros(1, len(BOXES))))
    assert torch.allclose(turned.norm(dim=-1), vectors.norm(dim=-1), atol=1e-5)
