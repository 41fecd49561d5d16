"""Every figure of an evaluation by its name, each a function of the layout groups' weights."""

from dataclasses import dataclass

from training.evaluate.bootstrap import Floats, Statistic
from training.evaluate.calibration import RISKS, calibration_error, ratio, touchless
from training.evaluate.sample import Pool, Sample, Tallies


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure from 0 to 1: its title for people and how to get it; `lower_is_better` for errors."""

    title: str
    of: Statistic
    lower_is_better: bool = False


def measures(sample: Sample) -> dict[str, Measure]:
    """Return all figures over a sample, by name, in the order of reports."""
    found: dict[str, Measure] = {}
    for name, title, tallies in (
        ("header", "Header fields", sample.header),
        ("cells", "Line cells", sample.cells),
        ("rows", "Whole rows", sample.rows),
    ):
        found[f"{name}_f1"] = Measure(f"{title}: F1, micro", f1(tallies))
        found[f"{name}_macro_f1"] = Measure(f"{title}: F1, macro over layouts", macro_f1(tallies))
        found[f"{name}_precision"] = Measure(f"{title}: precision", precision(tallies))
        found[f"{name}_recall"] = Measure(f"{title}: recall", recall(tallies))
    found["kinds_accuracy"] = Measure("Kinds right", _share(sample, sample.kinds_right))
    found["headers_right"] = Measure("Documents with every header field right", _share(sample, sample.headers_right))
    found["wholly_right"] = Measure("Documents wholly right", _share(sample, sample.wholly_right))
    for name, title, pool in pools(sample):
        for risk in RISKS:
            measure = Measure(f"{title} kept at {risk * 100:g} % risk", touchless(pool, risk))
            found[f"touchless_{name}_risk_{risk_name(risk)}"] = measure
    for name, title, pool in (*pools(sample)[:2], ("kinds", "Kinds", sample.given_kinds)):
        measure = Measure(f"{title}: expected calibration error", calibration_error(pool), lower_is_better=True)
        found[f"ece_{name}"] = measure
    return found


def pools(sample: Sample) -> tuple[tuple[str, str, Pool], ...]:
    """Return what a touchless share is told of: name, title, answers."""
    return (
        ("fields", "Header values", sample.given_fields),
        ("cells", "Line cells", sample.given_cells),
        ("documents", "Documents", sample.given_documents),
    )


def risk_name(risk: float) -> str:
    """Return a risk in percent as part of a name: 0.005 is "0_5"."""
    return f"{risk * 100:g}".replace(".", "_")


def f1(tallies: Tallies) -> Statistic:
    """Return the harmonic mean of precision and recall over all values alike."""
    return lambda weights: _f1(weights @ tallies.right, weights @ tallies.wrong, weights @ tallies.missed)


def precision(tallies: Tallies) -> Statistic:
    """Return the share of given values that is right."""
    return lambda weights: ratio(weights @ tallies.right, weights @ (tallies.right + tallies.wrong))


def recall(tallies: Tallies) -> Statistic:
    """Return the share of labelled values that is right."""
    return lambda weights: ratio(weights @ tallies.right, weights @ (tallies.right + tallies.missed))


def macro_f1(tallies: Tallies) -> Statistic:
    """Return the mean of the groups' own F1, over groups that have one."""
    own = _f1(tallies.right, tallies.wrong, tallies.missed)
    known = (own == own).astype(float)  # NaN is not equal to itself
    total = own.copy()
    total[own != own] = 0.0
    return lambda weights: ratio(weights @ total, weights @ known)


def _f1(right: Floats, wrong: Floats, missed: Floats) -> Floats:
    return ratio(2 * right, 2 * right + wrong + missed)


def _share(sample: Sample, right: Floats) -> Statistic:
    return lambda weights: ratio(weights @ right, weights @ sample.documents)
