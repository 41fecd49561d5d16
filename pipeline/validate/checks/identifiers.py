"""Checksums and codes: VAT ids, IBAN, currency."""

import re
from collections.abc import Iterator

from stdnum import get_cc_module, iban
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError

from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.vocabulary import HeaderField
from pipeline.validate.case import Case, block, warn
from pipeline.validate.checks.confidence import words
from pipeline.validate.matching.party_match import has_vat_id

# ISO 4217, currencies in use (2026); no funds, metals or test codes.
_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR "
    "RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD "
    "TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES = frozenset(_CODES.split())
_VAT_PREFIXES = {"EL": "gr", "XI": "gb", "CHE": "ch"}
_IBAN_PART = re.compile(r"(\d+)!")


def check_identifiers(case: Case) -> Iterator[Finding]:
    """Yield a finding for each identifier that cannot be one."""
    known = [party for party in (case.match.party, case.facts.company) if party is not None]
    for name in (HeaderField.SELLER_VAT_ID, HeaderField.BUYER_VAT_ID):
        value = case.extraction.value(name)
        if value and any(has_vat_id(party, value) for party in known):
            continue  # the ERP has it so: nothing was misread
        if value and (why := vat_id_fault(value)):
            yield warn(
                ReasonCode.VAT_ID_INVALID, f"The {words(name)} {value} cannot be right: {why}. Correct it.", name.value
            )
    account = case.extraction.value(HeaderField.IBAN)
    if account and (why := iban_fault(account)):
        yield block(
            ReasonCode.IBAN_INVALID,
            f"The IBAN {account} cannot be right: {why}. Correct it, or ask the supplier.",
            HeaderField.IBAN.value,
        )
    currency = case.extraction.value(HeaderField.CURRENCY)
    if currency and currency not in CURRENCIES:
        yield block(
            ReasonCode.CURRENCY_UNKNOWN,
            f"{currency} is no currency code of ISO 4217. Give the code, such as EUR.",
            HeaderField.CURRENCY.value,
        )


def vat_id_fault(vat_id: str) -> str | None:
    """Say why a VAT id with a country prefix is wrong, or return None where it is right or its country is not known.

    A number without a prefix may be of any country, so it is not judged.
    """
    compact = re.sub(r"[\s.\-/]", "", vat_id).upper()
    prefix = "CHE" if compact.startswith("CHE") else compact[:2]
    if not prefix.isalpha():
        return None
    module = get_cc_module(_VAT_PREFIXES.get(prefix, prefix.lower()), "vat")
    if module is None:
        return None
    try:
        module.validate("GB" + compact[2:] if prefix == "XI" else compact)
    except ValidationError as error:
        return f"{_fault(error)} for a {_format_name(module.__doc__, prefix)}"
    return None


def iban_fault(account: str) -> str | None:
    """Say why an IBAN is wrong (ISO 13616: known country, its length and structure, check digits mod 97), or None."""
    compact = iban.compact(account)
    structure = iban._ibandb.info(compact[:2])[0][1].get("bban") if compact else None
    if not structure:
        return f"{compact[:2]} is no country that uses IBANs"
    length = 4 + sum(int(part) for part in _IBAN_PART.findall(structure))
    if len(compact) != length:
        return f"an IBAN of {compact[:2]} has {length} characters, this one {len(compact)}"
    try:
        iban.validate(compact)
    except ValidationError as error:
        return _fault(error)
    return None


def _fault(error: ValidationError) -> str:
    match error:
        case InvalidChecksum():
            return "its check digits do not fit"
        case InvalidLength():
            return "it is too long or too short"
        case InvalidComponent():
            return "a part of it is not in use"
        case _:
            return "it has the wrong form"


def _format_name(documentation: str | None, prefix: str) -> str:
    """Return the local name of a VAT number, from the first line of its library module."""
    first = (documentation or "").strip().partition("\n")[0].rstrip(".")
    return first or f"VAT number of {prefix}"
