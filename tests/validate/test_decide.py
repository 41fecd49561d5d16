"""Which findings lead where, and what the decision records."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.domain.decision import ApprovedDocument, HeldDocument, Route
from pipeline.domain.document import Unreadable
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.policy import Policy
from pipeline.domain.vocabulary import Kind
from pipeline.validate.decide import CHECKS_PASSED, decide, decide_unreadable
from pipeline.validate.validate import validate
from tests.validate.documents import TODAY, bill, document, facts, field, order

PASSED = validate(bill(), facts(), Policy(), TODAY)


def finding(severity: Severity, code: ReasonCode = ReasonCode.TAX_DISAGREES) -> Finding:
    return Finding(code, severity, f"{code.value}.")


@pytest.mark.parametrize(
    ("severities", "route"),
    [
        ((), Route.POST),
        ((Severity.INFO,), Route.POST),
        ((Severity.WARN,), Route.REVIEW),
        ((Severity.BLOCK,), Route.REVIEW),
        ((Severity.INFO, Severity.WARN, Severity.BLOCK), Route.REVIEW),
    ],
)
def test_severity_decides_the_route(severities: tuple[Severity, ...], route: Route) -> None:
    validated = replace(PASSED, findings=tuple(finding(s) for s in severities))
    decided = decide(validated, Policy())
    assert decided.decision.route is route
    assert isinstance(decided, ApprovedDocument if route is Route.POST else HeldDocument)
    assert decided.decision.findings == validated.findings


@pytest.mark.parametrize(
    ("kind", "confidence", "fields", "route"),
    [
        (Kind.STATEMENT, 0.9, {}, Route.REVIEW),
        (Kind.RECEIPT, 0.9, {}, Route.REVIEW),
        (Kind.ORDER_RESPONSE, 0.9, {}, Route.REVIEW),
        (Kind.OTHER, 0.9, {}, Route.DEAD_LETTER),
        (Kind.OTHER, 0.6, {}, Route.REVIEW),
        (Kind.OTHER, 0.9, {"invoice_number": "7", "gross_total": "10.00"}, Route.REVIEW),
    ],
)
def test_kinds_that_are_not_booked(kind: Kind, confidence: float, fields: dict[str, str], route: Route) -> None:
    extraction = document(fields, kind=kind, kind_confidence=confidence)
    decided = decide(validate(extraction, facts(orders=()), Policy(), TODAY), Policy())
    assert isinstance(decided, HeldDocument)
    assert (decided.decision.route, decided.decision.reason) == (route, "KIND_NOT_POSTED")


def test_what_is_most_dangerous_is_the_reason() -> None:
    wrong = bill(iban="GB33BUKB20201555555555", gross_total="1135.11")
    decision = decide(validate(wrong, facts(), Policy(), TODAY), Policy()).decision
    assert decision.reason == "IBAN_CHANGED"
    assert decision.message.endswith("(1 more to look at)")


def test_a_block_is_the_reason_before_a_warning() -> None:
    validated = replace(
        PASSED,
        findings=(finding(Severity.WARN, ReasonCode.SENDER_UNTRUSTED), finding(Severity.BLOCK, ReasonCode.PO_CLOSED)),
    )
    assert decide(validated, Policy()).decision.reason == "PO_CLOSED"


def test_the_decision_records_what_it_rests_on() -> None:
    policy = Policy(name="careful", minimum_confidence=0.7, approval_limits={"EUR": Decimal("2000.00")})
    extraction = bill(invoice_number=field("RE-2026-0417", 0.75), payment_terms=field("net", 0.1))
    decision = decide(validate(extraction, facts(), policy, TODAY), policy).decision
    assert decision.route is Route.POST
    assert decision.reason == CHECKS_PASSED
    assert decision.confidence == 0.75
    assert decision.model == extraction.model
    assert decision.policy == policy.version
    assert decision.limits["minimum_confidence"] == "0.7"
    assert decision.limits["approval_limits"] == "EUR 2000"
    assert {f.code for f in decision.findings} >= {ReasonCode.SUPPLIER_MATCHED, ReasonCode.PO_MATCHED}


def test_confidence_is_absent_where_nothing_critical_was_read() -> None:
    decided = decide(validate(document({}), facts(orders=()), Policy(), TODAY), Policy())
    assert decided.decision.confidence is None


def test_a_bill_that_matches_carries_what_it_was_matched_with() -> None:
    decided = decide(PASSED, Policy())
    assert decided.document.party_id == "S2"
    assert decided.document.purchase_order_id == order().id
    assert [m.order_line_id for m in decided.document.line_matches] == ["PO-2043/1", "PO-2043/2"]


def test_an_unreadable_file_is_a_dead_letter_with_its_gravest_reason() -> None:
    told = Finding(ReasonCode.TEXT_LAYER_REPLACED, Severity.INFO, "Read by OCR.")
    encrypted = Finding(ReasonCode.FILE_ENCRYPTED, Severity.BLOCK, "The file needs a password. Ask for one without.")
    decision = decide_unreadable(Unreadable("a.pdf", "ab" * 32, (told, encrypted)))
    assert decision.route is Route.DEAD_LETTER
    assert (decision.reason, decision.message) == ("FILE_ENCRYPTED", encrypted.message)
    assert decision.model is None
    assert decide_unreadable(Unreadable("a.pdf", "ab" * 32, ())).reason == "FILE_UNSUPPORTED"


def test_routes_and_types_cannot_be_mixed() -> None:
    approved, held = decide(PASSED, Policy()), decide(replace(PASSED, findings=(finding(Severity.WARN),)), Policy())
    with pytest.raises(ValueError, match="cannot be approved"):
        ApprovedDocument(PASSED, held.decision)
    with pytest.raises(ValueError, match="not held"):
        HeldDocument(PASSED, approved.decision)
