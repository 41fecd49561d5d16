"""Turns findings into a route, and records everything that the route rests on."""

from pipeline.domain.decision import ApprovedDocument, Decision, HeldDocument, Route, ValidatedDocument
from pipeline.domain.document import Unreadable
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.policy import Policy
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.validate.checks.confidence import lowest_confidence

CHECKS_PASSED = "CHECKS_PASSED"
# What a reviewer should hear of first, before whatever else is wrong.
_FIRST = (
    ReasonCode.KIND_NOT_POSTED,
    ReasonCode.SENDER_UNTRUSTED,
    ReasonCode.IBAN_CHANGED,
    ReasonCode.DUPLICATE,
    ReasonCode.NOT_ADDRESSED_TO_US,
    ReasonCode.SUPPLIER_UNKNOWN,
    ReasonCode.CUSTOMER_UNKNOWN,
)


def decide(validated: ValidatedDocument, policy: Policy) -> ApprovedDocument | HeldDocument:
    """Approve a document that nothing speaks against; hold every other for a person, or as a dead letter."""
    holding = sorted(
        (f for f in validated.findings if f.severity is not Severity.INFO),
        key=lambda f: (f.severity is not Severity.BLOCK, _FIRST.index(f.code) if f.code in _FIRST else len(_FIRST)),
    )
    if not holding:
        return ApprovedDocument(
            validated, _decision(validated, policy, Route.POST, CHECKS_PASSED, "Every check passed.")
        )
    first = holding[0]
    more = f" ({len(holding) - 1} more to look at)" if len(holding) > 1 else ""
    route = Route.DEAD_LETTER if _is_no_document(validated, policy) else Route.REVIEW
    return HeldDocument(validated, _decision(validated, policy, route, first.code.value, first.message + more))


def decide_unreadable(unreadable: Unreadable, policy: Policy | None = None) -> Decision:
    """Return the dead letter of a file of which nothing can be read."""
    policy = policy or Policy()
    first = _gravest(unreadable.findings)
    return Decision(
        route=Route.DEAD_LETTER,
        reason=first.code.value if first else ReasonCode.FILE_UNSUPPORTED.value,
        message=first.message if first else "Nothing can be read of this file. Ask the sender for another one.",
        findings=unreadable.findings,
        limits=policy.as_strings(),
        policy=policy.version,
        model=None,
    )


def _decision(validated: ValidatedDocument, policy: Policy, route: Route, reason: str, message: str) -> Decision:
    extraction = validated.extraction
    critical = (field for name, field in extraction.fields.items() if name in policy.critical_fields)
    return Decision(
        route=route,
        reason=reason,
        message=message,
        findings=validated.findings,
        limits=policy.as_strings(),
        policy=policy.version,
        model=extraction.model,
        confidence=lowest_confidence(critical),
    )


def _is_no_document(validated: ValidatedDocument, policy: Policy) -> bool:
    """Say whether it is surely neither a bill nor an order, nor anything a person must act on.

    A number together with an amount is too much like a bill to be put aside unseen.
    """
    extraction = validated.extraction
    like_a_bill = HeaderField.INVOICE_NUMBER in extraction.fields and HeaderField.GROSS_TOTAL in extraction.fields
    return (
        extraction.kind.value is Kind.OTHER
        and extraction.kind.confidence >= policy.minimum_kind_confidence
        and not like_a_bill
    )


def _gravest(findings: tuple[Finding, ...]) -> Finding | None:
    order = (Severity.BLOCK, Severity.WARN, Severity.INFO)
    return min(findings, key=lambda finding: order.index(finding.severity), default=None)
