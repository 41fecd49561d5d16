"""What a reviewer said of a document: what it says (a label, for training) apart from what to book (an override)."""

from dataclasses import dataclass
from datetime import datetime

from pipeline.domain.document import Box


@dataclass(frozen=True, slots=True)
class Label:
    """What the document says: `field` names a vocabulary field or `lines[2].net_amount`; None means it says nothing."""

    field: str
    value: str | None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """What to book instead of what the document says, and why. Never goes to training."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One reviewer's work on one document; `corrected_at` is aware UTC."""

    document_key: str
    reviewer: str
    corrected_at: datetime
    labels: tuple[Label, ...] = ()
    overrides: tuple[Override, ...] = ()
