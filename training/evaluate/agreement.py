"""Two extractors on the same documents: what each of them gets right alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.domain.vocabulary import HeaderField
from training.evaluate.answers import Examined, Reading

KIND, ROWS = "kind", "all rows"
"""Beside the header fields: a document's kind, and its line items, right where every row of it is."""


@dataclass(slots=True)
class Agreement:
    """In how many documents both are right, only the first, only the second, and neither."""

    both: int = 0
    first: int = 0
    second: int = 0
    neither: int = 0

    @property
    def asked(self) -> int:
        return self.both + self.first + self.second + self.neither

    def add(self, *, first: bool, second: bool) -> None:
        """Count one document."""
        self.both += first and second
        self.first += first and not second
        self.second += second and not first
        self.neither += not first and not second


def agreement(first: Reading, second: Reading) -> dict[str, Agreement]:
    """Count what is labelled by who gets it right: `kind`, header fields in the vocabulary's order, `all rows`.

    Raises ValueError where the two read other documents.
    """
    files = [[document.label.file for document in reading.documents] for reading in (first, second)]
    if files[0] != files[1]:
        raise ValueError("Two extractors can be compared on the same labels only.")
    found: dict[str, Agreement] = {}
    for one, other in zip(first.documents, second.documents, strict=True):
        right, also = dict(_asked(one)), dict(_asked(other))
        for name in right.keys() & also.keys():  # from XML, values are asked for that no page shows
            found.setdefault(name, Agreement()).add(first=right[name], second=also[name])
    return {name: found[name] for name in (KIND, *(field.value for field in HeaderField), ROWS) if name in found}


def _asked(document: Examined) -> Iterator[tuple[str, bool]]:
    """Yield everything that is labelled of a document, and whether it was read right."""
    judged = document.judgement
    yield KIND, judged.kind_right
    for name, counts in judged.fields.items():
        if counts.right + counts.missed:
            yield name, bool(counts.right)
    if document.label.lines:
        yield ROWS, judged.rows.wrong == judged.rows.missed == 0
