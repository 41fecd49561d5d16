"""The reliability diagram and the risk–coverage curve, as SVG."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.calibrate.reliability import risk_coverage

Numbers = NDArray[np.float64]

_POINTS = 12
"""Points of the diagram, of equally many values each."""
_STEPS = 300


def plot_reliability(path: Path, said: Mapping[str, Numbers], right: NDArray[np.bool_]) -> None:
    """Draw the share right against the probability, a line for each of the named probabilities of the same values.

    Bars are 95 % intervals of Wilson, as if values were independent.
    """

    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], color="#999999", linewidth=0.8, linestyle=":")
        for name, probabilities in said.items():
            parts = np.array_split(np.argsort(probabilities, kind="stable"), min(_POINTS, len(right)))
            x = np.array([probabilities[part].mean() for part in parts])
            y = np.array([right[part].mean() for part in parts])
            low, high = _wilson(y, np.array([len(part) for part in parts]))
            bars = np.maximum([y - low, high - y], 0)
            axes.errorbar(x, y, yerr=bars, marker="o", markersize=3, linewidth=1, elinewidth=0.6, label=name)
        axes.set(xlabel="probability said", ylabel="share right", xlim=(0, 1), ylim=(0, 1.01))

    _save(path, draw)


def plot_risk_coverage(
    path: Path, said: Mapping[str, Numbers], right: NDArray[np.bool_], guaranteed: Mapping[float, float]
) -> None:
    """Draw the share wrong among the most probable values against how many are taken.

    `guaranteed` are the shares taken, over values of all names, by the risk that is guaranteed for them.
    """

    def draw(axes: Any) -> None:
        highest = max(0.02, float((~right).mean()))
        for name, probabilities in said.items():
            taken, wrong = risk_coverage(probabilities, right)
            kept = np.unique(np.linspace(0, len(taken) - 1, _STEPS).round().astype(int))
            axes.step(taken[kept], wrong[kept], where="post", linewidth=1, label=name)
        for risk, share in guaranteed.items():
            axes.plot([0, share], [risk, risk], color="#444444", linewidth=0.8, marker="|")
            axes.annotate(f"{risk:.1%} guaranteed", (share, risk), (3, 3), textcoords="offset points", fontsize=7)
        axes.set(xlabel="share of values taken", ylabel="share wrong among them", xlim=(0, 1), ylim=(0, highest * 1.1))

    _save(path, draw)


def _wilson(share: Numbers, n: NDArray[np.int_], z: float = 1.96) -> tuple[Numbers, Numbers]:
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return middle - half, middle + half


def _save(path: Path, draw: Callable[[Any], None]) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    with mpl.rc_context({"svg.hashsalt": "bilag", "svg.fonttype": "none", "font.size": 9}):
        figure, axes = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
        draw(axes)
        axes.grid(alpha=0.3)
        axes.legend(frameon=False, fontsize=8)
        figure.savefig(path, metadata={"Date": None, "Creator": None})
        plt.close(figure)
