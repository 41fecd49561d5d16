"""Counts variety: `python -m training.synthesize.variety --count 1000` lays documents out and counts their choices.

A layout is the set of a document's structural choices (its traits without typeface, ink, and what the content decides).
Two counts: the layouts that occurred in the sample, and the product of the options of the choices that every business
document makes, each independent of the others. The product counts no choice that only some documents make and no size,
tint or wording, so it is a lower bound.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from math import prod

from rich.console import Console
from rich.table import Table

from training.synthesize.content.compose import compose
from training.synthesize.family import dice_of, family_of
from training.synthesize.layout.page import lay_out

_NOT_STRUCTURE = ("typeface", "heading.typeface", "ink", "table.columns")


def traits_of(seed: int) -> dict[str, str]:
    """Return the structural choices of a seed's first draft."""
    dice = dice_of(seed, 0, family_of(seed))
    content = compose(dice.child("content"))
    _, sheet = lay_out(content, dice.child("layout"))
    return {"kind": content.variant, "language": content.language, "country": content.country} | sheet.design.traits


def count(traits: Sequence[dict[str, str]]) -> tuple[int, int, dict[str, Counter[str]]]:
    """Return the layouts seen, the product over the choices made by all, and each choice's options with how often."""
    options: dict[str, Counter[str]] = {}
    for found in traits:
        for name, value in found.items():
            options.setdefault(name, Counter())[value] += 1
    structure = [name for name in options if name not in (*_NOT_STRUCTURE, "kind", "language", "country")]
    seen = {tuple(sorted((n, v) for n, v in found.items() if n in structure)) for found in traits}
    everywhere = [name for name in structure if options[name].total() >= 0.85 * len(traits)]
    return len(seen), prod(len(options[name]) for name in everywhere), options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.synthesize.variety", description="Count layouts.")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    options = parser.parse_args(arguments)
    console = Console(highlight=False, width=150)
    found = [traits_of(seed) for seed in range(options.seed, options.seed + options.count)]
    seen, product, choices = count(found)
    table = Table("choice", "options", "how often")
    for name, values in sorted(choices.items()):
        often = ", ".join(f"{value or '(none)'} {times}" for value, times in values.most_common(8))
        table.add_row(name, str(len(values)), often)
    console.print(table)
    console.print(
        f"{seen} different layouts in {len(found)} documents; at least {product:.1e} by the product of options."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
