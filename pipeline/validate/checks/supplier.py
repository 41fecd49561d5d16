"""Who is to be paid, and to which account."""

from collections.abc import Iterator

from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.record import Party
from pipeline.domain.vocabulary import HeaderField
from pipeline.validate.case import Case, block, info, warn
from pipeline.validate.matching.names import code_of
from pipeline.validate.matching.party_match import has_iban

_IBAN, _ACCOUNT, _NAME = HeaderField.IBAN.value, HeaderField.ACCOUNT_NUMBER.value, HeaderField.SELLER_NAME.value
_SAME_NAME = 99.0  # of 100: nothing but legal form, accents and word order differs


def check_supplier(case: Case) -> Iterator[Finding]:
    """Yield whether the supplier is known, and by what; a fuzzy name alone is not enough without a second witness."""
    match, evidence = case.match, case.match.evidence
    if evidence.is_empty:
        return  # told as missing
    said = evidence.name or evidence.vat_id or evidence.registration_id or evidence.iban
    if match.party is None:
        identified = f" (VAT id {evidence.vat_id})" if evidence.vat_id and evidence.name else ""
        yield block(
            ReasonCode.SUPPLIER_UNKNOWN,
            f"{said}{identified} is no supplier in the ERP. Create the supplier there and retry, or correct the name.",
            _NAME,
        )
        return
    party = match.party
    if match.doubt:
        yield block(ReasonCode.SUPPLIER_AMBIGUOUS, f"The seller is unsure: {match.doubt}. Choose the supplier.", _NAME)
    elif match.rivals:
        names = ", ".join(rival.name for rival in match.rivals)
        yield block(
            ReasonCode.SUPPLIER_AMBIGUOUS,
            f"{said} may be {party.name} ({party.id}), but also {names}. Choose the supplier.",
            _NAME,
        )
    elif match.by == "name" and (match.similarity or 0) < _SAME_NAME and not _has_witness(case, party):
        yield warn(
            ReasonCode.SUPPLIER_AMBIGUOUS,
            f"{said} resembles {party.name} ({match.similarity:.0f} of 100), and nothing else confirms it. "
            "Confirm the supplier.",
            _NAME,
        )
    else:
        yield info(ReasonCode.SUPPLIER_MATCHED, f"The supplier is {party.name} ({party.id}), known by {match.by}.")


def check_account(case: Case) -> Iterator[Finding]:
    """Yield a finding where the account to pay to is not one that the ERP has for the supplier.

    A changed account is the commonest fraud: nothing on the document itself can excuse it.
    """
    party = case.match.party
    if party is None:
        return
    field = case.extraction.fields.get(HeaderField.IBAN)
    if field is not None:
        readings = (field.value, *(other.value for other in field.alternatives))
        if any(has_iban(party, reading) for reading in readings):
            return
        yield _account_finding(party, f"IBAN {field.value}", _IBAN)
        return
    account = case.extraction.value(HeaderField.ACCOUNT_NUMBER)
    if account and not any(holds_account(own, account) for own in party.ibans):
        yield _account_finding(party, f"account {account}", _ACCOUNT)


def holds_account(iban: str, account: str) -> bool:
    """Say whether a domestic account number is the account of an IBAN: its tail, zeros within aside.

    Danish numbers are four digits of bank and up to ten of account, which the IBAN pads with zeros.
    """
    bban, digits = code_of(iban)[4:], code_of(account)
    if not digits:
        return False
    padded = digits[:4] + digits[4:].zfill(10)
    return bban.endswith(digits) or bban == padded


def _account_finding(party: Party, account: str, field: str) -> Finding:
    if not party.ibans:
        return warn(
            ReasonCode.IBAN_UNKNOWN,
            f"The ERP has no account of {party.name}, the document names {account}. "
            "Confirm it with the supplier and enter it in the ERP.",
            field,
        )
    known = ", ".join(party.ibans)
    return block(
        ReasonCode.IBAN_CHANGED,
        f"The document asks to pay {party.name} to {account}; the ERP has {known}. Call the supplier on a number you "
        "know before anything is changed.",
        field,
    )


def _has_witness(case: Case, party: Party) -> bool:
    """Say whether a second thing speaks for the party: an order placed with it, or the sender's own address."""
    sender = case.facts.sender
    address = sender.address.casefold() if sender else None
    return any(order.supplier_id == party.id for order in case.facts.orders) or (
        address is not None and address in {email.casefold() for email in party.emails}
    )
