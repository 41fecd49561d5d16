"""The policy as a file: what it may say, and how its mistakes are named."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.adapters.policy_file import default_policy_toml, parse_policy, read_policy
from pipeline.domain.policy import Policy, Tolerance
from pipeline.domain.vocabulary import HeaderField
from pipeline.errors import ConfigurationError

CHANGED = """
name = "strict"

[confidence]
minimum = 0.95
critical_fields = ["gross_total"]

[approval.limits]
SEK = "1000.50"

[orders]
require_receipt = false
charge = { absolute = 10 }

[tolerances]
price = { absolute = "0", relative = "0.005" }

[dates]
oldest_days = 90
"""


def test_the_default_text_is_the_default_policy(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(default_policy_toml(), encoding="utf-8")
    assert read_policy(path) == Policy()
    assert read_policy(path).version == Policy().version


def test_every_limit_can_be_set() -> None:
    """A limit that only code can change would be no policy."""
    from pipeline.adapters.policy_file import _SETTINGS

    assert {setting.field for setting in _SETTINGS.values()} == set(Policy().as_strings())


def test_what_is_named_changes_and_the_rest_stays() -> None:
    policy = parse_policy(CHANGED)
    assert (policy.name, policy.minimum_confidence, policy.require_receipt) == ("strict", 0.95, False)
    assert policy.critical_fields == {HeaderField.GROSS_TOTAL}
    assert policy.approval_limits == {"SEK": Decimal("1000.50")}
    assert policy.charge == Tolerance(Decimal(10))
    assert policy.price == Tolerance(Decimal(0), Decimal("0.005"))
    assert policy.oldest_days == 90
    assert policy.tax == Policy().tax
    assert parse_policy("") == Policy()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('nmae = "x"', "line 1: nmae is not known; allowed here: name, [confidence]"),
        ("\n[confidence]\nminimum = 1.5", "line 3: [confidence] minimum must be a number from 0 to 1"),
        ("[confidence]\nminimum = nan", "line 2: [confidence] minimum"),
        ("[confidence]\nminimum = true", "line 2: [confidence] minimum must be a number"),
        (
            '[confidence]\ncritical_fields = ["total"]',
            "[confidence] critical_fields names total; allowed: invoice_number",
        ),
        ('[confidence]\ncritical_fields = "iban"', "must be a list"),
        ("[tolerances]\n# a comment\nprice = 3", "line 3: [tolerances] price must be a table of absolute and relative"),
        ('[tolerances]\nprice = { relative = "2" }', "relative part above 1"),
        ('[tolerances]\nprice = { absolute = "-1" }', "nought or more"),
        ('[tolerances]\ncash_rounding = "much"', "must be a number, such as \"0.02\", and not 'much'"),
        ("[approval]\nlimit = 3", "[approval] limit is not known; allowed here: limits"),
        ("[approval.limits]\nEURO = 4", "line 1: [approval] limits names 'EURO'"),
        ("[approval]\nlimits = 4", "line 2: [approval] limits must be a table of currencies"),
        ("[orders]\nrequire_receipt = 1", "line 2: [orders] require_receipt must be true or false"),
        ("[dates]\noldest_days = 1.5", "must be a whole number of days"),
        ("[dates]\nfuture_days = -1", "must be a whole number of days"),
        ("[prices]\na = 1", "line 1: [prices] is no section; allowed: confidence, approval"),
        ("dates = 3", "line 1: dates must be a section: [dates]"),
        ('name = ""', "must be a text that is not empty"),
        ("[dates\n", "no valid TOML"),
        ("[supplier]\nname_similarity = 1e999999999999999999999", "out of all bounds"),
    ],
)
def test_mistakes_are_named(text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        parse_policy(text, "policy.toml")
    assert said in raised.value.message
    assert "policy.toml" in raised.value.message


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="bilag init"):
        read_policy(tmp_path / "none.toml")
    path = tmp_path / "policy.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_policy(path)
