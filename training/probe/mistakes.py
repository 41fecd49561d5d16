"""The list of what the probe got wrong, to be read beside the pages: it names what the generator lacks."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from training.probe.chapter import Read
from training.scoring.judge import Mistake


def write_mistakes(path: Path, reads: Sequence[Read]) -> None:
    """Write every disagreement, by layout group's commonest first, and how often the rules were right there."""
    lines = ["# What the probe got wrong", ""]
    for read in reads:
        by_rules = {(m.file, m.name) for m in read.rules.mistakes}
        lines += [f"## {read.part}", ""]
        lines += [f"- {name}: {count}" for name, count in _common(read.probe.mistakes)]
        by_file: dict[str, list[Mistake]] = defaultdict(list)
        for mistake in read.probe.mistakes:
            by_file[mistake.file].append(mistake)
        for file, mistakes in sorted(by_file.items(), key=lambda pair: -len(pair[1])):
            lines += ["", f"### {file}", ""]
            lines += [
                f"- {m.name}: label {m.labelled or '–'}, read {m.predicted or '–'}"
                + ("" if (m.file, m.name) in by_rules else " (rules right)")
                for m in mistakes
            ]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def _common(mistakes: Sequence[Mistake]) -> list[tuple[str, int]]:
    return Counter(m.name.split("[")[0] + m.name.partition("]")[2] for m in mistakes).most_common()
