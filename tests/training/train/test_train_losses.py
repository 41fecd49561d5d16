"""The loss looks at what is known, and at nothing else."""

from dataclasses import replace
from math import log
from typing import Any

import numpy as np
import pytest

from models.architecture import Architecture
from models.features.texts import Vocabulary
from models.label_scheme import KINDS, TAGS
from tests.training.train.papers import invoice
from training.train.examples import IGNORED, examples_of
from training.train.lots import Lot, lot_of, pieces_of
from training.train.settings import TrainSettings

torch = pytest.importorskip("torch")
SETTINGS = TrainSettings(smoothing=0.0)


def lot() -> Lot:
    return lot_of(pieces_of(examples_of([invoice(1), invoice(2)], Vocabulary()), Architecture()), SETTINGS)


def logits_for(lot: Lot, seed: int | None = None) -> Any:
    """Return logits that say nothing, or random ones, which take gradients."""
    from models.network.network import Logits

    windows, words = lot.tags.shape
    shapes = ((windows, words, len(TAGS)), (windows, words, words), (windows, len(KINDS)))
    if seed is not None:
        torch.manual_seed(seed)
    made = [(torch.zeros(s) if seed is None else torch.randn(s)).requires_grad_() for s in shapes]
    return Logits(*made)


def loss_of(logits: Any, lot: Lot, settings: TrainSettings = SETTINGS) -> Any:
    """Return the sum of all parts."""
    from training.train.losses import losses_of

    return sum(losses_of(logits, lot, settings).values())


def test_where_nothing_is_known_nothing_is_learnt_and_nothing_breaks() -> None:
    known = lot()
    unknown = replace(
        known,
        tags=np.full_like(known.tags, IGNORED),
        begins=np.full_like(known.begins, IGNORED),
        kinds=np.full_like(known.kinds, IGNORED),
    )
    logits = logits_for(unknown, seed=1)
    loss = loss_of(logits, unknown)
    loss.backward()
    assert float(loss.detach()) == 0.0
    assert all(not part.grad.any() for part in (logits.tags, logits.rows, logits.kinds))


def test_one_part_may_be_unknown() -> None:
    known = lot()
    logits = logits_for(known, seed=1)
    whole = float(loss_of(logits, known).detach())
    without = replace(known, begins=np.full_like(known.begins, IGNORED))
    rows = float(loss_of(logits, without).detach())
    assert 0 < rows < whole


def test_logits_of_what_is_unknown_do_not_count() -> None:
    known = lot()
    logits = logits_for(known, seed=1)
    loss_of(logits, known).backward()
    assert not logits.tags.grad[torch.from_numpy(known.tags == IGNORED)].any()
    assert not logits.rows.grad[torch.from_numpy(known.begins == IGNORED)].any()
    assert logits.tags.grad[torch.from_numpy(known.tags != IGNORED)].any()


def test_each_part_weighs_as_the_settings_say() -> None:
    known = lot()
    words = known.tags.shape[1]
    loss = float(loss_of(logits_for(known), known, replace(SETTINGS, row_weight=2.0, kind_weight=3.0)).detach())
    assert loss == pytest.approx(log(len(TAGS)) + 2 * log(words) + 3 * log(len(KINDS)), rel=1e-5)
