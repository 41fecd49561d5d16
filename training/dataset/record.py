"""One labelled document, whoever labelled it: the row of every dataset."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.domain.document import Page, QualityBand, WordsFrom
from pipeline.domain.vocabulary import Kind


class Origin(StrEnum):
    """Where a labelled document comes from."""

    GENERATED = "generated"
    REAL = "real"
    EINVOICE = "einvoice"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """Pages of words as the pipeline's own reader gave them, with a tag and a row for every word.

    `tags` and `rows` run over all words of all pages in order: a tag of `models.label_scheme.TAGS` (None where it is
    unknown and training must not look), and the line item or tax row (from 0) that the word belongs to, or -1.
    `fields`, `lines` and `tax_breakdown` hold the normalised values. `group` is the sender or template: documents of
    one group never stand on both sides of a split. `licence` is an SPDX name.
    """

    id: str
    origin: Origin
    licence: str
    group: str
    kind: Kind
    language: str
    words_from: WordsFrom
    quality: QualityBand
    pages: tuple[Page, ...]
    tags: tuple[str | None, ...]
    rows: tuple[int, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Mapping[str, str], ...] = ()
    tax_breakdown: tuple[Mapping[str, str], ...] = ()
    faults: tuple[str, ...] = ()
    traits: Mapping[str, str] = field(default_factory=dict)
    """Which components the generator chose, for counting variety; empty for others."""
