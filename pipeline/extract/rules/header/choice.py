"""Proposals of labelled values for fields, and the choice that lets no value serve two fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.domain.document import QualityBand
from pipeline.domain.extraction import Field, Source
from pipeline.domain.vocabulary import HeaderField
from pipeline.extract.rules.header.confidence import UNIQUE, combined, labelled
from pipeline.extract.rules.page.candidates import Candidate

_ALTERNATIVES = 3
_SAME_WORDS = {HeaderField.SELLER_REGISTRATION_ID, HeaderField.SELLER_VAT_ID}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field with a score (0 to 1) for how well label and value fit; `checked` is further evidence."""

    field: HeaderField
    candidate: Candidate
    score: float
    checked: float = 0.0

    @property
    def span(self) -> tuple[int, int, int]:
        return self.candidate.row, self.candidate.start, self.candidate.end


def choose(proposals: Iterable[Proposal]) -> dict[HeaderField, list[Proposal]]:
    """Return for each field its proposals, the chosen one first; words taken by one field serve no other."""
    ranked = sorted(proposals, key=lambda p: p.score + 0.3 * p.checked, reverse=True)
    chosen: dict[HeaderField, Proposal] = {}
    for proposal in ranked:
        if proposal.field not in chosen and not any(_conflict(proposal, other) for other in chosen.values()):
            chosen[proposal.field] = proposal
    return {
        name: [best, *(p for p in ranked if p.field is name and p.candidate.value != best.candidate.value)]
        for name, best in chosen.items()
    }


def _conflict(first: Proposal, second: Proposal) -> bool:
    """Say whether two fields claim the same words; a Danish CVR or Norwegian organisation number may be both ids."""
    if {first.field, second.field} == _SAME_WORDS:
        return False
    row, start, end = first.span
    other_row, other_start, other_end = second.span
    return row == other_row and start < other_end and other_start < end


def field_of(
    candidate: Candidate, confidence: float, alternatives: Iterable[Field] = (), value: str | None = None
) -> Field:
    """Return a candidate as a field."""
    return Field(
        value=candidate.value if value is None else value,
        text=candidate.text,
        confidence=confidence,
        source=Source.RULE,
        page=candidate.page,
        box=candidate.box,
        alternatives=tuple(alternatives),
    )


def as_field(ranked: list[Proposal], quality: QualityBand, unique: float = UNIQUE) -> Field:
    """Return the chosen proposal as a field; close rivals cost confidence and stay as alternatives."""
    best, rivals = ranked[0], ranked[1:]
    nearest = max((r.score for r in rivals), default=0.0)
    lead = max(0.0, min(1.0, (best.score - nearest) / 0.3)) if rivals else 1.0
    confidence = combined(labelled(best.score), unique * lead, best.checked, quality=quality)
    seen: dict[str, Field] = {}
    for rival in rivals:
        share = round(min(1 - confidence, combined(labelled(rival.score), rival.checked) / 2), 3)
        seen.setdefault(rival.candidate.value, field_of(rival.candidate, share))
    for other in best.candidate.others:
        seen.setdefault(other, field_of(best.candidate, round(min(0.4, 1 - confidence), 3), value=other))
    return field_of(best.candidate, confidence, list(seen.values())[:_ALTERNATIVES])
