"""Which of the ERP's parties a document speaks of: VAT id before registration id before IBAN before name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.domain.extraction import Extraction
from pipeline.domain.policy import Policy
from pipeline.domain.record import Party
from pipeline.domain.vocabulary import HeaderField
from pipeline.validate.matching.names import code_of, company_similarity

_CLEAR_LEAD = 5.0  # points of similarity by which the best name must lead the next


@dataclass(frozen=True, slots=True)
class PartyEvidence:
    """What a document says of one side; None where it says nothing."""

    vat_id: str | None = None
    registration_id: str | None = None
    iban: str | None = None
    name: str | None = None
    email: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.vat_id or self.registration_id or self.iban or self.name or self.email)


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """The party found, by what, and the others that it might as well be.

    `party` is also given where `rivals` or `doubt` keep the document from being posted: a reviewer starts from it.
    `similarity` is that of the names, 0 to 100, None where the document states none.
    """

    evidence: PartyEvidence
    party: Party | None = None
    by: str | None = None
    rivals: tuple[Party, ...] = ()
    doubt: str | None = None
    similarity: float | None = None


def match_supplier(extraction: Extraction, suppliers: Sequence[Party], company: Party, policy: Policy) -> PartyMatch:
    """Find who sent the bill. Our own VAT id on it, a frequent misreading, is no evidence of the seller."""
    vat_id = extraction.value(HeaderField.SELLER_VAT_ID)
    if vat_id and has_vat_id(company, vat_id):
        vat_id = None
    evidence = PartyEvidence(
        vat_id=vat_id,
        registration_id=extraction.value(HeaderField.SELLER_REGISTRATION_ID),
        iban=extraction.value(HeaderField.IBAN),
        name=extraction.value(HeaderField.SELLER_NAME),
    )
    return match_party(evidence, suppliers, policy.supplier_name_similarity)


def match_customer(
    extraction: Extraction, customers: Sequence[Party], sender_address: str | None, policy: Policy
) -> PartyMatch:
    """Find who sent the order; the sender's address counts only where the order names nobody."""
    evidence = PartyEvidence(
        vat_id=extraction.value(HeaderField.BUYER_VAT_ID),
        name=extraction.value(HeaderField.BUYER_NAME),
        email=sender_address,
    )
    return match_party(evidence, customers, policy.supplier_name_similarity)


def match_party(evidence: PartyEvidence, parties: Sequence[Party], name_threshold: float) -> PartyMatch:
    """Find the party of which the strongest evidence speaks; weaker evidence narrows, and contradicts aloud."""
    strong = _strong_hits(evidence, parties)
    scores = {p.id: company_similarity(evidence.name, p.name) for p in parties} if evidence.name else {}
    if strong:
        return _by_identifier(evidence, strong, scores)
    if evidence.name:
        return _by_name(evidence, parties, scores, name_threshold)
    if evidence.email:
        found = [p for p in parties if _has_email(p, evidence.email)]
        if found:
            return PartyMatch(evidence, found[0], "e-mail address", tuple(found[1:]))
    return PartyMatch(evidence)


def has_vat_id(party: Party, vat_id: str) -> bool:
    """Say whether the party carries this VAT id, or is registered under its number."""
    return any(_same_identifier(vat_id, own) for own in (*party.vat_ids, party.registration_id or ""))


def has_iban(party: Party, iban: str) -> bool:
    """Say whether the ERP has this account for the party."""
    return code_of(iban) in {code_of(own) for own in party.ibans}


def _strong_hits(evidence: PartyEvidence, parties: Sequence[Party]) -> dict[str, list[Party]]:
    """Return the parties that each identifier speaks of, the strongest identifier first; only those with any."""
    asked: tuple[tuple[str, str | None, Callable[[Party, str], bool]], ...] = (
        ("VAT id", evidence.vat_id, has_vat_id),
        ("registration id", evidence.registration_id, has_vat_id),
        ("IBAN", evidence.iban, has_iban),
    )
    hits = {label: [p for p in parties if has(p, value)] for label, value, has in asked if value}
    return {label: found for label, found in hits.items() if found}


def _by_identifier(evidence: PartyEvidence, hits: dict[str, list[Party]], scores: dict[str, float]) -> PartyMatch:
    label, *weaker = hits
    candidates = hits[label]
    doubt = None
    for other in weaker:
        both = [p for p in candidates if p in hits[other]]
        if both:
            candidates = both
        else:
            doubt = f"the {label} is that of {_named(candidates)}, the {other} that of {_named(hits[other])}"
    candidates = sorted(candidates, key=lambda p: scores.get(p.id, 0.0), reverse=True)
    best, rivals = candidates[0], _close(candidates, scores)
    similarity = scores.get(best.id)
    if label == "IBAN" and doubt is None:
        doubt = _iban_alone(evidence, best, similarity)
    return PartyMatch(evidence, best, label, rivals, doubt, similarity)


def _iban_alone(evidence: PartyEvidence, party: Party, similarity: float | None) -> str | None:
    """An account alone is weak: factoring companies and groups share one. The name or VAT id must not contradict."""
    if evidence.vat_id and party.vat_ids:
        return f"the account is that of {party.name}, whose VAT id is {party.vat_ids[0]} and not {evidence.vat_id}"
    if similarity is not None and similarity < 60:
        return f"the account is that of {party.name}, but the document names {evidence.name}"
    return None


def _by_name(
    evidence: PartyEvidence, parties: Sequence[Party], scores: dict[str, float], threshold: float
) -> PartyMatch:
    ranked = sorted((p for p in parties if scores[p.id] >= threshold), key=lambda p: scores[p.id], reverse=True)
    if not ranked:
        return PartyMatch(evidence, similarity=max(scores.values(), default=None))
    best = ranked[0]
    doubt = None
    if evidence.vat_id and best.vat_ids:
        doubt = f"the name is that of {best.name}, whose VAT id is {best.vat_ids[0]} and not {evidence.vat_id}"
    return PartyMatch(evidence, best, "name", _close(ranked, scores), doubt, scores[best.id])


def _close(ranked: Sequence[Party], scores: dict[str, float]) -> tuple[Party, ...]:
    """Return the others that the name does not tell from the first."""
    first = scores.get(ranked[0].id, 0.0)
    return tuple(p for p in ranked[1:] if first - scores.get(p.id, 0.0) < _CLEAR_LEAD)


def _same_identifier(one: str, other: str) -> bool:
    """Compare VAT or registration ids; a country prefix or Norway's MVA that only one of them has does not matter."""
    a, b = _bare(one), _bare(other)
    if not a or not b:
        return False
    if a == b:
        return True
    shorter, longer = sorted((a, b), key=len)
    return len(longer) - len(shorter) == 2 and longer[:2].isalpha() and shorter.isdigit() and longer[2:] == shorter


def _bare(identifier: str) -> str:
    return code_of(identifier).removesuffix("MVA")


def _has_email(party: Party, address: str) -> bool:
    return address.strip().casefold() in {own.strip().casefold() for own in party.emails}


def _named(parties: Iterable[Party]) -> str:
    return " or ".join(p.name for p in parties)
