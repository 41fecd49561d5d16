"""Identifiers with checksums, printed whole or in pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban

from pipeline.extract.rules.page.identifiers import bic_at, iban_at, vat_id_at


@pytest.mark.parametrize(
    ("printed", "value", "words"),
    [
        ("DE136695976", "DE136695976", 1),
        ("DE 136 695 976", "DE136695976", 4),
        ("NL8204.71.616.B.02", "NL820471616B02", 1),
        ("NO 974 760 673 MVA", "NO974760673MVA", 5),
        ("974760673MVA", "NO974760673MVA", 1),
        ("SE556036079301 Godkänd", "SE556036079301", 1),
        ("FR 83 404 833 048 au capital", "FR83404833048", 5),
        ("ATU13585627", "ATU13585627", 1),
        ("CHE-107.787.577 MWST", "CHE107787577", 1),
    ],
)
def test_vat_ids_are_read_without_their_blanks(printed: str, value: str, words: int) -> None:
    found = vat_id_at(printed.split())
    assert found is not None
    assert (found.value, found.words, found.proven) == (value, words, True)


def test_a_vat_id_with_a_wrong_check_digit_is_read_but_not_proven() -> None:
    found = vat_id_at(["DE123456789"])
    assert found is not None
    assert not found.proven


@pytest.mark.parametrize("printed", ["DE 75645 Frankfurt", "Deutschland", "RE-2026", "NO 5003 Bergen", "12345678"])
def test_towns_and_codes_are_no_vat_ids(printed: str) -> None:
    assert vat_id_at(printed.split()) is None


@given(st.integers(10**7, 10**8 - 1), st.integers(10**9, 10**10 - 1), st.booleans())
def test_any_valid_iban_is_read_in_groups_of_four(bank: int, account: int, grouped: bool) -> None:
    bare = f"{bank}{account}"
    whole = f"DE{stdnum_iban.calc_check_digits('DE00' + bare)}{bare}"
    printed = " ".join(whole[i : i + 4] for i in range(0, len(whole), 4)) if grouped else whole
    found = iban_at([*printed.split(), "BIC", "COBADEFFXXX"][:10])
    assert found is not None
    assert (found.value, found.proven) == (whole, True)


def test_ibans_with_letters_are_read_in_pieces() -> None:
    found = iban_at(["NL91", "ABNA", "0417", "1643", "00", "BIC"])
    assert found is not None
    assert found.value == "NL91ABNA0417164300"


def test_a_bic_needs_a_country_and_plain_words_are_not_proven() -> None:
    found, word = bic_at(["COBADEFFXXX"]), bic_at(["RECHNUNG"])
    assert found is not None
    assert found.proven
    assert word is None or not word.proven
    assert bic_at(["Rechnung"]) is None


@pytest.mark.parametrize(
    "printed",
    ["DE 01/01/2024", "DE 120 000,00 €", "No.: 662318714", "no. 610148662", "DE 31.12.2018", "SE 2024-01-31"],
)
def test_dates_amounts_and_numbers_behind_two_letters_are_no_vat_ids(printed: str) -> None:
    assert vat_id_at(printed.split()) is None


def test_an_indian_tax_id_is_known_by_its_shape_and_proven_by_its_check_letter() -> None:
    proven, shaped = vat_id_at(["27AAPFU0939F1ZV"]), vat_id_at(["27AAPFU0939F1ZA"])
    assert proven is not None
    assert shaped is not None
    assert (proven.value, proven.proven, shaped.proven) == ("27AAPFU0939F1ZV", True, False)
    assert vat_id_at(["45AAPFU0939F1ZV"]) is None
