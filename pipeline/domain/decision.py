"""What was decided of a document, and everything the decision rested on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.domain.finding import Finding
from pipeline.domain.vocabulary import HeaderField


class Route(StrEnum):
    """Where a document goes next."""

    POST = "post"
    REVIEW = "review"
    DEAD_LETTER = "dead_letter"


@dataclass(frozen=True, slots=True)
class LineMatch:
    """A line item (from 0) and the ERP purchase order line, or product, that it was matched with."""

    line: int
    order_line_id: str | None = None
    product_id: str | None = None


@dataclass(frozen=True, slots=True)
class ValidatedDocument:
    """An extraction that went through every check, with what the ERP lookups identified.

    `assumed` holds values that the document does not state and its surroundings do, each told by a `VALUE_ASSUMED`
    finding: a mailed order's date is the mail's, its currency ours.
    """

    extraction: Extraction
    findings: tuple[Finding, ...]
    party_id: str | None = None
    purchase_order_id: str | None = None
    line_matches: tuple[LineMatch, ...] = ()
    assumed: Mapping[HeaderField, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """The route, and what led to it: findings, the limits in force, policy and extractor version, the sentence."""

    route: Route
    reason: str
    message: str
    findings: tuple[Finding, ...]
    limits: Mapping[str, str]
    policy: str
    model: ModelVersion | None
    decided_by: str = "policy"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ApprovedDocument:
    """A document that may be booked, the only type that posting accepts; made by `decide` or a reviewer's approval."""

    document: ValidatedDocument
    decision: Decision
    overrides: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.decision.route is not Route.POST:
            raise ValueError(f"a document decided {self.decision.route.value!r} cannot be approved for posting")


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document that is not booked now: a person reviews it, or it rests as a dead letter with its reason."""

    document: ValidatedDocument
    decision: Decision

    def __post_init__(self) -> None:
        if self.decision.route is Route.POST:
            raise ValueError("a document decided 'post' is approved, not held")
