"""Figures and tables as HTML."""

from collections.abc import Iterable, Sequence
from html import escape

from training.evaluate.bootstrap import Estimate

NONE = "–"
"""What stands where there is no figure."""
_LONGEST = 90  # letters of a value that are shown


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells are HTML already."""
    head = "".join(f"<th>{h}</th>" for h in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def figure(value: float | None) -> str:
    """Return a figure from 0 to 1 with three decimals."""
    return NONE if value is None else f"{value:.3f}"


def between(estimate: Estimate) -> str:
    """Return the interval alone, nothing where there is none."""
    return "" if estimate.low is None or estimate.high is None else f"{estimate.low:.3f} to {estimate.high:.3f}"


def ranged(estimate: Estimate) -> str:
    """Return a figure and its interval."""
    ends = between(estimate)
    return figure(estimate.value) + (f' <span class="interval">{ends}</span>' if ends else "")


def signed(estimate: Estimate) -> str:
    """Return a difference and its interval, with their signs."""
    if estimate.value is None:
        return NONE
    if estimate.low is None or estimate.high is None:
        return _sign(estimate.value)
    return f'{_sign(estimate.value)} <span class="interval">{_sign(estimate.low)} to {_sign(estimate.high)}</span>'


def _sign(value: float) -> str:
    return f"{round(value, 3) + 0.0:+.3f}"  # adding nought makes −0 a plain one


def shown(value: str | None) -> str:
    """Return a document's value, cut where it is long."""
    if value is None:
        return '<span class="note">none</span>'
    return escape(value if len(value) <= _LONGEST else value[:_LONGEST] + "…")
