"""Did the message come from whom the document says it comes from?"""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.mail import AuthenticationVerdict
from pipeline.domain.record import Party
from pipeline.domain.vocabulary import HeaderField
from pipeline.validate.case import Case, block, info, warn

# Domains where anyone gets an address: they say nothing of the company.
_PUBLIC = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com gmx.de "
    "gmx.net web.de t-online.de freenet.de mail.com proton.me protonmail.com orange.fr wanadoo.fr free.fr "
    "laposte.net libero.it virgilio.it mail.dk jubii.dk ofir.dk telia.com btinternet.com ziggo.nl kpnmail.nl"
)
_PUBLIC_DOMAINS = frozenset(_PUBLIC.split())
_FAIL = AuthenticationVerdict.FAIL


def check_sender(case: Case) -> Iterator[Finding]:
    """Yield a finding where the sender is forged, imitates the party's domain, or is another known party.

    Our own people forward, and platforms send for many, so a merely foreign domain is only told.
    """
    sender = case.facts.sender
    if sender is None or sender.trusted:
        return
    checks = sender.authentication
    if checks.dmarc is _FAIL or (checks.spf is _FAIL and checks.dkim is not AuthenticationVerdict.PASS):
        failed = "DMARC" if checks.dmarc is _FAIL else "SPF"
        yield block(
            ReasonCode.SENDER_UNTRUSTED,
            f"The message claims to be from {sender.address}, but failed {failed}: it may be forged. "
            "Call the sender on a number you know.",
        )
        return
    party, domain = case.match.party, domain_of(sender.address)
    if party is None or not domain or not party.emails or domain in _domains([party, case.facts.company]):
        return
    if original := _imitated(domain, party):
        yield block(
            ReasonCode.SENDER_UNTRUSTED,
            f"The message came from {domain}, which imitates {original} of {party.name}. Treat it as fraud until the "
            "supplier confirms it by telephone.",
        )
    elif (other := _owner(domain, (*case.facts.suppliers, *case.facts.customers))) is not None:
        yield warn(
            ReasonCode.SENDER_UNTRUSTED,
            f"The message came from {domain}, the domain of {other.name}, but the document is {party.name}'s. "
            "Check who sent it and why.",
            HeaderField.SELLER_NAME.value,
        )
    elif domain not in _PUBLIC_DOMAINS:
        yield info(ReasonCode.SENDER_UNTRUSTED, f"The message came from {domain}, which is not known for {party.name}.")


def domain_of(address: str) -> str:
    """Return the domain of a mail address, lower case; empty where there is none."""
    return address.rpartition("@")[2].strip().strip(">").lower() if "@" in address else ""


def _domains(parties: Sequence[Party]) -> set[str]:
    return {domain for party in parties for email in party.emails if (domain := domain_of(email))}


def _imitated(domain: str, party: Party) -> str | None:
    """Return the party's domain that `domain` differs from by one or two keystrokes, or by its ending only."""
    for own in sorted(_domains([party]) - _PUBLIC_DOMAINS):
        name, own_name = domain.rpartition(".")[0], own.rpartition(".")[0]
        if len(own_name) >= 5 and (name == own_name or 0 < DamerauLevenshtein.distance(domain, own) <= 2):
            return own
    return None


def _owner(domain: str, parties: Sequence[Party]) -> Party | None:
    if domain in _PUBLIC_DOMAINS:
        return None
    return next((party for party in parties if domain in _domains([party])), None)
