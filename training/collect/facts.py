"""The values somebody states of a document, without saying where on the page they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.domain.extraction import Extraction
from pipeline.domain.extraction import Field as ReadField
from pipeline.domain.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Facts:
    """Normalised values by vocabulary name; `lines` and `tax_breakdown` in the order of the document.

    A name that is missing is unknown, not absent: the page may well print it. `absent` names the fields that somebody
    looked for and says are not there.
    """

    kind: Kind
    fields: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Mapping[str, str], ...] = ()
    tax_breakdown: tuple[Mapping[str, str], ...] = ()
    absent: frozenset[str] = frozenset()


def facts_of(extraction: Extraction) -> Facts:
    """Return what an e-invoice states as facts."""
    return Facts(
        kind=extraction.kind.value,
        fields={name.value: found.value for name, found in extraction.fields.items()},
        lines=tuple({column.value: found.value for column, found in line.items()} for line in extraction.lines),
        tax_breakdown=tuple(
            _present(rate=entry.rate, taxable_amount=entry.taxable_amount, tax_amount=entry.tax_amount)
            for entry in extraction.tax_breakdown
        ),
    )


def _present(**fields: ReadField | None) -> dict[str, str]:
    return {name: found.value for name, found in fields.items() if found is not None}
