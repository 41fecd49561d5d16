"""Writes docs/variety.md and its pictures from labelled documents."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument
from training.synthesize.variety import count
from training.variety.distances import Nearest, nearest
from training.variety.wordings import unknown, wordings

_PICTURE = "variety-distances.svg"
_WORDINGS_TOLD = 25
_INKS = {"generated": "#1f77b4", "real": "#d62728"}


def write_page(
    path: Path,
    generated: Sequence[LabelledDocument],
    real: Sequence[LabelledDocument],
    sample: Sequence[dict[str, str]],
) -> None:
    """Write the page, and beside it the plot of distances. `sample` are the structural choices of drawn documents."""
    found = nearest(generated, real)
    plot(found, path.with_name(_PICTURE))
    chapters = [
        _intro(generated, real),
        _counts(generated),
        _choices(sample),
        _distances(found),
        _missing(generated, real),
    ]
    path.write_text("\n\n".join(chapters) + "\n", encoding="utf-8")


def plot(found: Sequence[Nearest], path: Path) -> None:
    """Draw how many documents have their nearest neighbour within a distance, one line a comparison."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt
    import numpy as np

    with mpl.rc_context({"svg.hashsalt": "bilag", "svg.fonttype": "none", "font.size": 9}):
        figure, axes = plt.subplots(figsize=(6.4, 3.4), layout="constrained")
        for each in found:
            ordered = np.sort(each.distances)
            style = "-" if each.of == each.among else "--"
            axes.step(
                ordered,
                np.arange(1, len(ordered) + 1) / len(ordered),
                where="post",
                linestyle=style,
                color=_INKS[each.of],
                label=f"{each.of} to the nearest {each.among} ({len(ordered)})",
            )
        axes.set(
            xlabel="distance to the nearest document of another template", ylabel="share of documents", ylim=(0, 1)
        )
        axes.grid(alpha=0.3)
        axes.legend(frameon=False, fontsize=8)
        figure.savefig(path, metadata={"Date": None, "Creator": None})
        plt.close(figure)


def _intro(generated: Sequence[LabelledDocument], real: Sequence[LabelledDocument]) -> str:
    return (
        "# How varied the documents are\n\n"
        f"Measured on {len(generated):,} generated and {len(real):,} real documents by `python -m training.variety`; "
        "[generated_against_real.ipynb](../notebooks/generated_against_real.ipynb) looks closer. Whether the variety "
        "is the right one is told by [what a model learns from it](generator-rounds.md)."
    )


def _counts(generated: Sequence[LabelledDocument]) -> str:
    languages = sorted({d.language for d in generated})
    table = Counter((d.kind, d.language) for d in generated)
    rows = [f"| kind | {' | '.join(languages)} |", f"|---|{'---|' * len(languages)}"]
    for kind in Kind:
        rows.append(f"| {kind} | {' | '.join(str(table[kind, language]) for language in languages)} |")
    groups = len({d.group for d in generated})
    return "## Kinds and languages\n\n" + "\n".join(rows) + f"\n\n{groups:,} senders with a layout of their own."


def _choices(sample: Sequence[dict[str, str]]) -> str:
    seen, product, options = count(sample)
    rows = ["| choice | options | how often, in percent of the documents that make it |", "|---|---|---|"]
    for name, values in sorted(options.items()):
        if len(values) == 1:
            continue
        total = values.total()
        often = ", ".join(f"{value or '(none)'} {100 * n / total:.0f}" for value, n in values.most_common(6))
        rows.append(f"| {name} | {len(values)} | {often}{', …' if len(values) > 6 else ''} |")
    return (
        f"## Components\n\nA layout is the set of a document's structural choices. {len(sample):,} drawn documents had "
        f"{seen:,} different ones. The product of the options of those choices that nearly every document makes, each "
        f"drawn independently of the others, is {product:.1e}: a lower bound, for it counts no choice that only some "
        "documents make, and no typeface, ink, size or wording.\n\n" + "\n".join(rows)
    )


def _distances(found: Sequence[Nearest]) -> str:
    rows = ["| documents | nearest among | templates | 10 % | median | 90 % |", "|---|---|---|---|---|---|"]
    rows += [
        f"| {n.of} | {n.among} | {len(n.distances)} | {n.quantile(0.1):.2f} | {n.median:.2f} | {n.quantile(0.9):.2f} |"
        for n in found
    ]
    return (
        "## Distances\n\nHow far the nearest document of another template is, by what first pages look like: where "
        "words stand, their left edges, their heights, what they are made of (`training/variety/features.py`); each of "
        "the four counts alike, so 0 is the same look and 2.8 nothing in common. One document a template.\n\n"
        f"![Share of documents that have a neighbour within a distance]({_PICTURE})\n\n"
        + "\n".join(rows)
        + _said(found)
    )


def _said(found: Sequence[Nearest]) -> str:
    """Say what the figures mean."""
    by = {(n.of, n.among): n.median for n in found}
    if len(by) < 4:
        return ""
    spread = by["generated", "generated"] / by["real", "real"]
    covered = by["real", "generated"] / by["real", "real"]
    return (
        f"\n\nA generated document is {spread:.2f} times as far from its nearest generated neighbour as a real one "
        f"from its nearest real one, and a real one finds its nearest generated neighbour at {covered:.2f} times that "
        "distance. More documents find nearer neighbours, so read both with the counts in mind."
    )


def _missing(generated: Sequence[LabelledDocument], real: Sequence[LabelledDocument]) -> str:
    told = unknown(wordings(real), wordings(generated))[:_WORDINGS_TOLD]
    rows = ["| field | words beside it | documents |", "|---|---|---|", *(f"| {s} | {t} | {n} |" for s, t, n in told)]
    return (
        "## Wordings that real documents have and generated ones lack\n\nThe words left of a value, or above it, "
        "digits and signs dropped; the commonest first.\n\n" + "\n".join(rows)
    )
