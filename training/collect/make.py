"""Makes a labelled document of what was read and what is known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.domain.document import Document
from pipeline.domain.legal_forms import company_core
from pipeline.extract.rules.writing.conventions import conventions_of
from training.collect.align import Alignment, Fate, align
from training.collect.facts import Facts
from training.dataset.record import LabelledDocument, Origin
from training.scoring.normalise import identifier

ENOUGH = 3
"""A document with fewer labelled values teaches too little: most likely its page shows something else."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document comes from. `licence` is an SPDX name, `traits` is kept with the document as it is."""

    origin: Origin
    licence: str
    group: str
    language: str | None = None
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A labelled document, None where too little was found, and the fates of its values."""

    document: LabelledDocument | None
    fates: Mapping[str, Fate]


def make(
    read: Document, facts: Facts, provenance: Provenance, pinned: Mapping[str, Iterable[int]] | None = None
) -> Made:
    """Align `facts` with the pages and keep what is printed there; values that are not leave the labels."""
    alignment = align(read, facts, pinned)
    labelled = [name for name, fate in alignment.fates.items() if fate is Fate.LABELLED]
    if len(labelled) < ENOUGH and not pinned:
        return Made(None, alignment.fates)
    whole = (read.first_page, read.last_page) == (1, len(read.pages))
    pages = "" if whole else f"-p{read.first_page}-{read.last_page}"
    document = LabelledDocument(
        id=f"{provenance.origin.value}-{read.sha256[:16]}{pages}",
        origin=provenance.origin,
        licence=provenance.licence,
        group=provenance.group,
        kind=facts.kind,
        language=provenance.language or conventions_of(read).language or "und",
        words_from=read.words_from,
        quality=read.quality.band,
        pages=read.pages,
        tags=alignment.tags,
        rows=alignment.rows,
        fields={name: value for name, value in facts.fields.items() if _is_printed(alignment, name)},
        lines=_printed(alignment, facts.lines, "lines"),
        tax_breakdown=_printed(alignment, facts.tax_breakdown, "tax_breakdown"),
        traits=provenance.traits,
    )
    return Made(document, alignment.fates)


def sender_group(facts: Facts) -> str:
    """Return a name for the sender: the VAT id, else the name without its legal form, else "unknown"."""
    vat = identifier(facts.fields.get("seller_vat_id", ""))
    return vat or company_core(facts.fields.get("seller_name", "")) or "unknown"


def _is_printed(alignment: Alignment, name: str) -> bool:
    return alignment.fates.get(name) in (Fate.LABELLED, Fate.DOUBTFUL)


def _printed(alignment: Alignment, rows: Iterable[Mapping[str, str]], name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows with the columns that are printed; a row that is not stays as an empty one, for its number."""
    kept = [
        {column: value for column, value in row.items() if _is_printed(alignment, f"{name}[{index}].{column}")}
        for index, row in enumerate(rows)
    ]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
