"""Checksums, with reasons that name the format."""

import pytest

from pipeline.validate.checks.identifiers import CURRENCIES, iban_fault, vat_id_fault
from pipeline.validate.checks.supplier import holds_account


@pytest.mark.parametrize(
    "vat_id",
    [
        "DK13585628",
        "DE 136 695 976",
        "GB980780684",
        "NL004495445B01",
        "FR40303265045",
        "NO974760673MVA",
        "CHE-123.456.788 MWST",
        "EL094259216",
        "XI980780684",
        "13585628",  # of no stated country
        "US12-3456789",  # of a country without VAT
    ],
)
def test_right_vat_ids(vat_id: str) -> None:
    assert vat_id_fault(vat_id) is None


@pytest.mark.parametrize(
    ("vat_id", "why"),
    [
        ("DK13585629", "check digits do not fit for a CVR"),
        ("DK1358562", "too long or too short for a CVR"),
        ("DE136695977", "check digits do not fit for a Ust ID Nr."),
        ("NL004495445A01", "for a Btw-identificatienummer"),
    ],
)
def test_wrong_vat_ids(vat_id: str, why: str) -> None:
    assert why in (vat_id_fault(vat_id) or "")


@pytest.mark.parametrize(
    ("iban", "why"),
    [
        ("DK5000400440116243", None),
        ("NO93 8601 1117 947", None),
        ("FR1420041010050500013M02606", None),
        ("DK5000400440116244", "check digits do not fit"),
        ("DK500040044011624", "an IBAN of DK has 18 characters, this one 17"),
        ("US5000400440116243", "US is no country that uses IBANs"),
        ("DE8937040044053201300O", "check digits do not fit"),
        ("", "no country"),
    ],
)
def test_iban_fault(iban: str, why: str | None) -> None:
    found = iban_fault(iban)
    assert (found is None) if why is None else (why in (found or ""))


def test_currencies_are_codes() -> None:
    assert {"EUR", "DKK", "USD", "JPY"} <= CURRENCIES
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)
    assert not {"HRK", "XXX", "XAU"} & CURRENCIES


@pytest.mark.parametrize(
    ("iban", "account", "same"),
    [
        ("DK5000400440116243", "0040 0440116243", True),
        ("DK5000400440116243", "0040-440116243", True),
        ("GB29NWBK60161331926819", "60-16-13 31926819", True),
        ("DE89370400440532013000", "532013000", True),
        ("DK5000400440116243", "0040 0440116244", False),
        ("DK5000400440116243", "-", False),
    ],
)
def test_holds_account(iban: str, account: str, same: bool) -> None:
    assert holds_account(iban, account) is same
