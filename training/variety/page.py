"""Writes docs/variety.md and its pictures from labelled documents."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument
from training.synthesize.variety import count
from training.variety.amounts import amount_words, form
from training.variety.contrast import contrasts
from training.variety.distances import Nearest, nearest
from training.variety.features import look_of, text_of
from training.variety.wordings import listed, unknown, wordings

_PICTURE = "variety-distances.svg"
_WORDINGS_TOLD = 25
_FORMS_TOLD = 8
_TEMPLATES_TOLD = 2
_INKS = {"generated": "#1f77b4", "real": "#d62728"}


def write_page(
    path: Path,
    generated: Sequence[LabelledDocument],
    real: Sequence[LabelledDocument],
    sample: Sequence[dict[str, str]],
) -> None:
    """Write the page, and beside it the plot of distances. `sample` are the structural choices of drawn documents."""
    views = {"look": nearest(generated, real, look_of), "text": nearest(generated, real, text_of)}
    plot(views, path.with_name(_PICTURE))
    chapters = [
        _intro(generated, real),
        _missing(generated, real),
        _distances(views),
        _counts(generated),
        _choices(sample),
    ]
    path.write_text("\n\n".join(chapters) + "\n", encoding="utf-8")


def plot(views: Mapping[str, Sequence[Nearest]], path: Path) -> None:
    """Draw how many documents have their nearest neighbour within a distance: a panel a view, a line a comparison.

    The distances are those among equally many documents.
    """
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt
    import numpy as np

    with mpl.rc_context({"svg.hashsalt": "bilag", "svg.fonttype": "none", "font.size": 9}):
        figure, panels = plt.subplots(1, len(views), figsize=(8.2, 3.4), sharey=True, layout="constrained")
        for axes, (view, found) in zip(np.atleast_1d(panels), views.items(), strict=True):
            for each in found:
                ordered = np.sort(each.matched)
                shares = np.arange(1, len(ordered) + 1) / len(ordered)
                # Many lines of a thousand steps would make a large file and show no more than these.
                kept = np.unique(np.linspace(0, len(ordered) - 1, 60).round().astype(int))
                style = "-" if each.of == each.among else "--"
                label = f"{each.of} to {each.among}"
                axes.step(ordered[kept], shares[kept], where="post", linestyle=style, color=_INKS[each.of], label=label)
            axes.set(xlabel=f"distance to the nearest, by {view}", ylim=(0, 1))
            axes.grid(alpha=0.3)
        first = np.atleast_1d(panels)[0]
        first.set(ylabel="share of documents")
        first.legend(frameon=False, fontsize=8)
        figure.savefig(path, metadata={"Date": None, "Creator": None})
        plt.close(figure)


def _intro(generated: Sequence[LabelledDocument], real: Sequence[LabelledDocument]) -> str:
    languages = Counter({d.group: d.language for d in real}.values())
    spoken = ", ".join(f"{language} {n}" for language, n in languages.most_common())
    of_templates = f" (of {languages.total()} templates: {spoken})" if real else ""
    return (
        "# How varied the documents are\n\n"
        f"Measured on {len(generated):,} generated and {len(real):,} real documents{of_templates} by "
        "`python -m training.variety`; "
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
        f"drawn independently of the others, is {product:.1e}. It counts no choice that only some documents make, and "
        "no typeface, ink or size.\n\n" + "\n".join(rows)
    )


def _distances(views: Mapping[str, Sequence[Nearest]]) -> str:
    rows = [
        "| by | documents | nearest among | templates | 10 % | median | 90 % | median among equally many |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {view} | {n.of} | {n.among} | {len(n.distances)} | {n.quantile(0.1):.2f} | {n.median:.2f} | "
        f"{n.quantile(0.9):.2f} | {n.matched_median:.2f} |"
        for view, found in views.items()
        for n in found
    ]
    said = "\n".join(f"- {sentence}" for view, found in views.items() if (sentence := _said(view, found)))
    return (
        "## Distances\n\nHow far the nearest document of another template is; one document a template. By *look*: "
        "where the first page's words stand, their left edges, their heights, what they are made of, each of the four "
        "counting alike, so 0 is the same look and 2.8 nothing in common. By *text*: its runs of three characters "
        "without case and digits, from 0 to 1.4 (`training/variety/features.py`). Who has more documents to choose "
        "from finds a nearer one, so the last column, the plot and the sentences tell what is expected among equally "
        "many.\n\n"
        f"![Share of documents that have a neighbour within a distance]({_PICTURE})\n\n"
        + "\n".join(rows)
        + (f"\n\n{said}" if said else "")
    )


def _said(view: str, found: Sequence[Nearest]) -> str:
    """Say what the figures mean; nothing where a comparison is missing."""
    by = {(n.of, n.among): n for n in found}
    if len(by) < 4:
        return ""
    among_real, to_generated = by["real", "real"], by["real", "generated"]
    if not among_real.median or not among_real.matched_median:
        return ""
    spread = by["generated", "generated"].matched_median / among_real.matched_median
    reach = to_generated.matched_median / among_real.matched_median
    nearer = int((to_generated.distances < among_real.distances).sum())
    fairly = int((to_generated.matched < among_real.matched).sum())
    count = len(among_real.distances)
    kin = int((among_real.distances < by["generated", "generated"].quantile(0.1)).sum())
    return (
        f"By {view}, generated documents are {spread:.2f} times as far from each other as real ones are. A real "
        f"document's nearest generated one is {reach:.2f} times as far as its nearest other real one. The nearest "
        f"generated document is nearer than the nearest other real one for {fairly} of {count} among equally many, and "
        f"for {nearer} among all that were generated here. {kin} of the {count} real documents have "
        "another real one nearer than nine tenths of the generated ones have a generated one; the more such kin there "
        "are, the less the real median says."
    )


def _missing(generated: Sequence[LabelledDocument], real: Sequence[LabelledDocument]) -> str:
    if not real:
        return "## What generated documents lack\n\nThere were no real documents to compare with."
    missing = unknown(wordings(real), wordings(generated), listed())
    told = [each for each in missing if each[2] >= _TEMPLATES_TOLD and _has_label(each[0])]
    rows = ["| field | words beside it | templates |", "|---|---|---|"]
    rows += [f"| {span} | {text} | {n} |" for span, text, n in told[:_WORDINGS_TOLD]]
    forms = Counter(map(form, amount_words(generated)))
    unseen = [(f, n) for f, n in Counter(map(form, amount_words(real))).most_common() if f not in forms]
    figures = ["| figure | generated, median | real, median | gap |", "|---|---|---|---|"]
    figures += [f"| {c.what} | {c.generated:.2f} | {c.real:.2f} | {c.gap:.2f} |" for c in contrasts(generated, real)]
    return (
        "## What generated documents lack\n\nThe figures in which first pages differ; one document a template. The gap "
        "is the largest between the cumulative shares: 0 for equal distributions, 1 for ones that do not overlap.\n\n"
        + "\n".join(figures)
        + "\n\nForms of amounts in real documents that no generated one has (each run of up to three digits a 0): "
        + (", ".join(f"`{f}` ({n})" for f, n in unseen[:_FORMS_TOLD]) or "none")
        + f".\n\n{len(missing)} wordings beside values of real documents are neither in these generated ones nor in "
        "the lists of the generator. They are the words left of a value, or above it, digits and signs dropped; "
        "most are no labels but other text of one document. "
        f"Those of at least {_TEMPLATES_TOLD} templates, beside values that have a label of their own:\n\n"
        + "\n".join(rows)
    )


def _has_label(span: str) -> bool:
    """Say whether words beside a value are its label: not in blocks of names and addresses, nor in cells of a table.

    Their neighbours are what real documents say, which this page must not repeat. Item codes are often labelled.
    """
    return span == "line.item_code" or not (span.startswith("line.") or span.endswith(("_name", "_address")))
