"""What posting needs beside extraction and decision, as JSON between two steps: the parties and lines identified."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from pipeline.domain.decision import ApprovedDocument, Decision, LineMatch, ValidatedDocument
from pipeline.domain.extraction import Extraction
from pipeline.domain.vocabulary import HeaderField


class Approval(TypedDict):
    """The identified part of a `ValidatedDocument`; `lines` holds line, order line and product of each match."""

    party: str | None
    order: str | None
    lines: Sequence[Sequence[int | str | None]]
    assumed: Mapping[str, str]


def approval_of(approved: ApprovedDocument) -> Approval:
    """Return what `approve` needs beside extraction and decision, which the store keeps."""
    document = approved.document
    return {
        "party": document.party_id,
        "order": document.purchase_order_id,
        "lines": [[m.line, m.order_line_id, m.product_id] for m in document.line_matches],
        "assumed": {name.value: value for name, value in document.assumed.items()},
    }


def approve(extraction: Extraction, decision: Decision, approval: Approval) -> ApprovedDocument:
    """Put an approved document together again. Raises ValueError where the decision is not to post."""
    matches = tuple(
        LineMatch(int(line or 0), _text(order), _text(product)) for line, order, product in approval["lines"]
    )
    validated = ValidatedDocument(
        extraction,
        decision.findings,
        party_id=approval["party"],
        purchase_order_id=approval["order"],
        line_matches=matches,
        assumed={HeaderField(name): value for name, value in approval["assumed"].items()},
    )
    return ApprovedDocument(validated, decision)


def _text(value: int | str | None) -> str | None:
    return None if value is None else str(value)
