"""The report's plots, as small SVG drawings that need nothing else."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from training.evaluate.bootstrap import Estimate
from training.evaluate.calibration import RISKS, Bin, Curve

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _EDGE = 420, 320, 56, 44, 22
_BAR, _BAR_HEIGHT = 130, 14
BAR_START = 0.5
_INK, _SOFT, _PALE, _BLUE = "#1c2733", "#66727f", "#e3e8ed", "#2563a8"
# Said at each mark, so that a drawing looks the same wherever it is pasted.
_LOOK = {
    "grid": f'stroke="{_PALE}"',
    "ideal": f'stroke="{_SOFT}" stroke-dasharray="4 4" fill="none"',
    "limit": f'stroke="{_SOFT}" stroke-dasharray="4 4"',
    "dot": f'fill="{_BLUE}"',
    "whisker": f'stroke="{_BLUE}" stroke-opacity=".45" stroke-width="2"',
    "band": f'fill="{_BLUE}" fill-opacity=".14"',
    "curve": f'stroke="{_BLUE}" stroke-width="2" fill="none"',
    "other": f'stroke="{_SOFT}" stroke-width="1.5" fill="none"',
    "rail": f'stroke="{_PALE}" stroke-width="2"',
    "range": f'stroke="{_BLUE}" stroke-opacity=".4" stroke-width="4"',
    "name": f'fill="{_INK}" font-size="12" text-anchor="middle"',
    "tick": f'fill="{_SOFT}" font-size="11"',
}


@dataclass(frozen=True, slots=True)
class Axes:
    """A plot's ranges; places are in pixels from the upper left."""

    x0: float
    x1: float
    y0: float
    y1: float

    def x(self, value: float) -> float:
        return _LEFT + (value - self.x0) / (self.x1 - self.x0) * (_WIDTH - _LEFT - _EDGE)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - (value - self.y0) / (self.y1 - self.y0) * (_HEIGHT - _BOTTOM - _EDGE)

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        return " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)


def reliability_chart(bins: Sequence[Bin]) -> str:
    """Draw the share that is right against the confidence: a dot a bin, with its interval; good dots lie on the line.

    Both axes begin at the tenth below the lowest dot.
    """
    lowest = min((min(b.confidence, b.right, 1.0 if b.low is None else b.low) for b in bins), default=0.0)
    start = min(0.9, math.floor(lowest * 10) / 10)
    axes = Axes(start, 1.0, start, 1.0)
    marks = [f'<polyline {_LOOK["ideal"]} points="{axes.path([(start, start), (1, 1)])}"/>']
    for each in bins:
        x, y = axes.x(each.confidence), axes.y(each.right)
        if each.low is not None and each.high is not None:
            marks.append(_line(x, axes.y(each.low), x, axes.y(each.high), "whisker"))
        told = f"confidence {each.confidence:.3f}, right {each.right:.3f}, {each.answers:.0f} answers"
        marks.append(f'<circle {_LOOK["dot"]} cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{told}</title></circle>')
    return _plot("Reliability: share right by confidence", "confidence", "share right", axes, marks)


def risk_chart(curve: Curve, other: Curve | None = None) -> str:
    """Draw the share of errors against the share that is kept, with its interval; `other` is the extractor beside."""
    highest = max((*curve.risk, *(h for h in curve.high if h is not None), *(other.risk if other else ())), default=0.0)
    top = max(0.04, math.ceil(min(1.0, highest) * 50) / 50)
    axes = Axes(0.0, 1.0, 0.0, top)
    marks = [_line(axes.x(0), axes.y(risk), axes.x(1), axes.y(risk), "limit") for risk in RISKS]
    band = [(c, low, high) for c, low, high in zip(curve.coverage, curve.low, curve.high, strict=True)]
    known = [(c, low, high) for c, low, high in band if low is not None and high is not None]
    if known:
        around = [(c, low) for c, low, _ in known] + [(c, high) for c, _, high in reversed(known)]
        marks.append(f'<polygon {_LOOK["band"]} points="{axes.path(around)}"/>')
    if other:
        marks.append(f'<polyline {_LOOK["other"]} points="{axes.path(zip(other.coverage, other.risk, strict=True))}"/>')
    marks.append(f'<polyline {_LOOK["curve"]} points="{axes.path(zip(curve.coverage, curve.risk, strict=True))}"/>')
    return _plot("Risk against coverage", "share kept of what was asked", "share of errors in it", axes, marks)


def interval_bar(estimate: Estimate) -> str:
    """Draw a figure and its interval on a line from `BAR_START` to 1; what is less stands at its beginning."""
    if estimate.value is None:
        return ""

    def x(value: float) -> float:
        return 4 + max(0.0, value - BAR_START) / (1 - BAR_START) * (_BAR - 8)

    middle = _BAR_HEIGHT / 2
    marks = [_line(4, middle, _BAR - 4, middle, "rail")]
    if estimate.low is not None and estimate.high is not None:
        marks.append(_line(x(estimate.low), middle, x(estimate.high), middle, "range"))
    marks.append(f'<circle {_LOOK["dot"]} cx="{x(estimate.value):.1f}" cy="{middle}" r="3.5"/>')
    return f'<svg class="bar" viewBox="0 0 {_BAR} {_BAR_HEIGHT}" aria-hidden="true">{"".join(marks)}</svg>'


def _plot(title: str, across: str, upwards: str, axes: Axes, marks: Sequence[str]) -> str:
    left, right, bottom, top = axes.x(axes.x0), axes.x(axes.x1), axes.y(axes.y0), axes.y(axes.y1)
    grid: list[str] = []
    for value in _ticks(axes.x0, axes.x1):
        grid += [_line(axes.x(value), bottom, axes.x(value), top, "grid"), _text(axes.x(value), bottom + 16, value)]
    for value in _ticks(axes.y0, axes.y1):
        grid += [_line(left, axes.y(value), right, axes.y(value), "grid")]
        grid += [_text(left - 6, axes.y(value) + 4, value, "end")]
    turned = f"translate(13 {(top + bottom) / 2:.0f}) rotate(-90)"
    named = [
        f'<text {_LOOK["name"]} x="{(left + right) / 2:.0f}" y="{_HEIGHT - 8}">{across}</text>',
        f'<text {_LOOK["name"]} transform="{turned}">{upwards}</text>',
    ]
    inside = "".join((*grid, *named, *marks))
    return f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">{inside}</svg>'


def _ticks(low: float, high: float) -> list[float]:
    """Return four to eight round values within a range."""
    size = 10.0 ** math.floor(math.log10(high - low))
    step = next(s for s in (size / 5, size / 2, size, size * 2) if (high - low) / s <= 7)
    return [k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _line(x0: float, y0: float, x1: float, y1: float, name: str) -> str:
    return f'<line {_LOOK[name]} x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"/>'


def _text(x: float, y: float, value: float, anchor: str = "middle") -> str:
    return f'<text {_LOOK["tick"]} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{value:.0%}</text>'
