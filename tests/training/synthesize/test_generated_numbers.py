"""The generator's own check digits, verified by python-stdnum."""

import pytest
from stdnum import ean, get_cc_module, iban, luhn
from stdnum.be import ogm_vcs
from stdnum.ch import esr
from stdnum.iso11649 import is_valid as is_rf_reference

from training.synthesize.chance import Dice
from training.synthesize.content.accounts import account
from training.synthesize.content.identifiers import identity
from training.synthesize.content.party import party
from training.synthesize.content.references import slip_reference
from training.synthesize.locales.countries import countries

COUNTRIES = sorted(countries())
VAT_MODULES = {"NO": ("no", "mva"), "CH": ("ch", "uid")}
REGISTRATIONS = {
    "DK": ("dk", "cvr"),
    "SE": ("se", "orgnr"),
    "NO": ("no", "orgnr"),
    "FI": ("fi", "ytunnus"),
    "AU": ("au", "abn"),
    "US": ("us", "ein"),
}


@pytest.mark.parametrize("country", COUNTRIES)
def test_company_numbers_are_valid(country: str) -> None:
    seen = 0
    for seed in range(60):
        known = identity(country, Dice(f"{country}/{seed}"))
        if known.vat_id is not None:
            module = get_cc_module(*VAT_MODULES.get(country, (country.lower(), "vat")))
            assert module is not None
            assert module.is_valid(known.vat_id.normal.removesuffix("MWST")), known.vat_id
            seen += 1
        if known.registration is not None and country in REGISTRATIONS:
            module = get_cc_module(*REGISTRATIONS[country])
            assert module is not None
            assert module.is_valid(known.registration.number.normal), known.registration
            seen += 1
    assert seen or country == "CA"


@pytest.mark.parametrize("country", COUNTRIES)
def test_accounts_are_valid(country: str) -> None:
    accounts = [account(country, Dice(f"{country}/{seed}")) for seed in range(60)]
    for found in accounts:
        if found.iban is not None:
            assert iban.is_valid(found.iban.normal), found.iban
            assert found.iban.text.replace(" ", "") == found.iban.normal
    assert all(a.iban is None for a in accounts) == (country in ("US", "CA", "AU"))


def test_references_are_valid() -> None:
    checks = {
        "fik": lambda n: luhn.is_valid(n.partition("<")[2].partition("+")[0]),
        "ocr": luhn.is_valid,
        "kid": luhn.is_valid,
        "qrr": esr.is_valid,
        "ogm": ogm_vcs.is_valid,
        "rf": is_rf_reference,
    }
    seen = set()
    for country in COUNTRIES:
        for seed in range(40):
            if (found := slip_reference(country, Dice(f"{country}/{seed}"))) is None:
                continue
            scheme, value, _ = found
            seen.add(scheme)
            if scheme in checks:
                assert checks[scheme](value.normal), (scheme, value)
    assert seen == {*checks, "viite"}


@pytest.mark.parametrize("country", COUNTRIES)
def test_vat_ids_keep_their_country_however_printed(country: str) -> None:
    known = [identity(country, Dice(f"{country}/{seed}")).vat_id for seed in range(200)]
    found = [vat for vat in known if vat is not None]
    assert all(vat.normal.startswith(country) for vat in found)
    if country not in ("AT", "CH", "US", "CA", "AU"):
        assert any(country not in vat.text for vat in found)
        assert any(country in vat.text for vat in found)


def test_location_numbers_are_valid() -> None:
    assert all(ean.is_valid(party("DE", "de", Dice(f"gln/{seed}")).gln) for seed in range(40))
