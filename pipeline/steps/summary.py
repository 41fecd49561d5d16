"""The one outcome of a message, summed up from what became of its documents and of what nobody could open."""

from collections import Counter
from collections.abc import Sequence

from pipeline.domain.mail import Outcome, OutcomeStatus, SkippedPart
from pipeline.store.records import DocumentLine
from pipeline.store.store import Store

_GRAVEST_FIRST = (
    OutcomeStatus.DEAD_LETTER,
    OutcomeStatus.REVIEW,
    OutcomeStatus.POSTED,
    OutcomeStatus.DUPLICATE,
    OutcomeStatus.SKIPPED,
)


def summed_up(store: Store, key: str) -> Outcome | None:
    """Return the outcome of a message by all that the store knows of it; None where nothing in it has one."""
    documents, unopened = store.documents_of(key), store.message(key).unopened
    if not unopened and all(document.outcome is None for document in documents):
        return None
    return message_outcome(documents, unopened)


def message_outcome(documents: Sequence[DocumentLine], unopened: Sequence[SkippedPart] = ()) -> Outcome:
    """Return the gravest outcome among the documents that have one; a part that nobody could open asks for a person.

    Raises ValueError where no document has an outcome.
    """
    outcomes = [d.outcome for d in documents if d.outcome is not None]
    outcomes += [Outcome(OutcomeStatus.REVIEW, p.code or "UNOPENED", f"{p.name}: {p.reason}") for p in unopened]
    if not outcomes:
        raise ValueError("no document has an outcome yet")
    first = min(outcomes, key=lambda outcome: _GRAVEST_FIRST.index(outcome.status))
    if len(outcomes) == 1:
        return first
    counts = Counter(outcome.status for outcome in outcomes)
    tally = ", ".join(f"{counts[s]} {s.value.replace('_', ' ')}" for s in _GRAVEST_FIRST if counts[s])
    return Outcome(first.status, first.reason, f"{len(outcomes)} documents: {tally}. {first.message}")
