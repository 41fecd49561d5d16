"""Judged values whose true chance is known: drawn evidence, a logistic truth, senders of many sizes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.evidence import Evidence
from pipeline.domain.document import QualityBand
from training.calibrate.rows import Judged

NAMES = ("invoice_number", "issue_date", "gross_total", "seller_name", "line.quantity", "kind")
OFFSETS = {"seller_name": -0.8, "gross_total": 0.6}
BANDS = {QualityBand.FAIR: -0.4, QualityBand.POOR: -1.0}


def truth(name: str, evidence: Evidence, band: QualityBand) -> float:
    """Return the chance that such a value is right; its log-odds are no combination of the terms alone."""
    model = min(max(evidence.model, 0.01), 0.99)
    score = -0.3 + 0.6 * float(np.log(model / (1 - model))) + 1.6 * evidence.rules - 1.2 * evidence.rival
    score += 0.9 * min(evidence.held, 1) - 1.8 * min(evidence.broken, 1) + 0.4 * evidence.proven
    score += OFFSETS.get(name, 0.0) + BANDS.get(band, 0.0)
    return float(1 / (1 + np.exp(-score)))


def draw(groups: int, seed: int, *, documents: int = 4, names: Sequence[str] = NAMES) -> list[Judged]:
    """Return the rows of so many senders, of one to `documents` documents each."""
    random = np.random.default_rng(seed)
    rows = []
    for group in range(groups):
        band = list(QualityBand)[random.choice(3, p=[0.6, 0.3, 0.1])]
        for document in range(random.integers(1, documents + 1)):
            for name in names:
                evidence = draw_evidence(random)
                right = bool(random.random() < truth(name, evidence, band))
                rows.append(Judged(f"g{group}/d{document}", f"g{group}", name, band, evidence, right))
    return rows


def draw_evidence(random: np.random.Generator) -> Evidence:
    """Return evidence as of a good model: sure of most values, agreeing with the rules on half."""
    model = float(random.beta(4, 0.6)) if random.random() < 0.9 else 0.0
    rules = float(random.uniform(0.5, 1)) if random.random() < 0.6 else 0.0
    rival = float(random.beta(0.5, 4))
    return Evidence(
        model=model,
        rules=rules,
        rival=rival,
        lead=max(0.0, max(model, rules) - rival),
        held=float(random.choice(4, p=[0.5, 0.3, 0.15, 0.05])),
        broken=float(random.choice(4, p=[0.9, 0.07, 0.02, 0.01])),
        repeated=float(random.integers(0, 4)),
        proven=float(random.random() < 0.7),
        reader=float(random.uniform(0.7, 1)),
    )


def truths(rows: Sequence[Judged]) -> NDArray[np.float64]:
    """Return the true chance of each row."""
    return np.array([truth(row.name, row.evidence, row.band) for row in rows])
