"""Limits, and the version that tells two policies apart."""

from dataclasses import fields, replace
from decimal import Decimal

from pipeline.domain.policy import Policy, Tolerance


def test_the_larger_of_the_two_limits_counts() -> None:
    tolerance = Tolerance(Decimal("0.05"), Decimal("0.01"))
    assert tolerance.allows(Decimal(1), Decimal("1.05"))
    assert not tolerance.allows(Decimal(1), Decimal("1.06"))
    assert tolerance.allows(Decimal(100), Decimal(101))
    assert not tolerance.allows(Decimal(100), Decimal("98.99"))
    assert tolerance.allows(Decimal(-100), Decimal(-101))


def test_every_limit_is_recorded_and_changes_the_version() -> None:
    policy = Policy()
    assert set(policy.as_strings()) == {f.name for f in fields(policy)}
    changes: list[dict[str, object]] = [
        {"name": "strict"},
        {"minimum_confidence": 0.81},
        {"require_receipt": False},
        {"price": Tolerance(Decimal("0.01"), Decimal("0.03"))},
        {"approval_limits": {"EUR": Decimal(1)}},
        {"critical_fields": frozenset()},
        {"oldest_days": 1},
    ]
    versions = {replace(policy, **change).version for change in changes}  # type: ignore[arg-type]
    assert len(versions | {policy.version}) == len(changes) + 1


def test_equal_limits_have_one_version_however_they_are_written() -> None:
    one = Policy(approval_limits={"EUR": Decimal("5000.00"), "DKK": Decimal(1)})
    other = Policy(approval_limits={"DKK": Decimal("1.0"), "EUR": Decimal(5000)})
    assert one.version == other.version
    assert one.version.startswith("default@")


def test_limits_are_written_for_people() -> None:
    said = Policy().as_strings()
    assert said["price"] == "0.01 or 2 %"
    assert said["require_purchase_order"] == "yes"
    assert said["approval_limits"] == "DKK 40000, EUR 5000, GBP 5000, USD 5000"
