"""What became of every file and every value: kept beside the shards, and said in a few lines."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from training.collect.align import Fate


@dataclass(slots=True)
class Told:
    """The report of one run. `refused` holds a sentence for every file that gave no labelled document."""

    labelled: dict[str, Mapping[str, Fate]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def keep(self, file: str, fates: Mapping[str, Fate]) -> None:
        """Record a labelled document and the fates of its values."""
        self.labelled[file] = fates

    def refuse(self, file: str, reason: str) -> None:
        """Record a file that gives no labelled document, and why."""
        self.refused[file] = reason

    @property
    def fates(self) -> dict[str, Counter[Fate]]:
        """How many values of each name met which fate; `lines[].quantity` counts for all lines."""
        counts: dict[str, Counter[Fate]] = {}
        for fates in self.labelled.values():
            for name, fate in fates.items():
                counts.setdefault(re.sub(r"\[\d+\]", "[]", name), Counter())[fate] += 1
        return counts

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        fates = Counter(fate for each in self.labelled.values() for fate in each.values())
        text = [f"{len(self.labelled)} documents labelled, {len(self.refused)} not."]
        doubt, unseen = fates[Fate.DOUBTFUL], fates[Fate.NOT_FOUND]
        text.append(f"  values labelled {fates[Fate.LABELLED]}, in doubt {doubt}, not on the page {unseen}")
        reasons = Counter(self.refused.values())
        text += [f"  {count} × {reason}" for reason, count in reasons.most_common()]
        return text + self.notes

    def write(self, path: Path) -> None:
        """Write the whole report as JSON."""
        content = {
            "labelled": {
                file: {fate.value: sorted(n for n, f in fates.items() if f is fate) for fate in Fate}
                for file, fates in sorted(self.labelled.items())
            },
            "refused": dict(sorted(self.refused.items())),
            "values": {
                name: {fate.value: counts[fate] for fate in Fate} for name, counts in sorted(self.fates.items())
            },
            "notes": self.notes,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
