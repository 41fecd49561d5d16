"""A message's outcome is the gravest of its documents', and tells of all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.mail import Outcome, OutcomeStatus, SkippedPart
from pipeline.steps.summary import message_outcome
from pipeline.store.records import DocumentLine, State

GRAVEST_FIRST = [
    OutcomeStatus.DEAD_LETTER,
    OutcomeStatus.REVIEW,
    OutcomeStatus.POSTED,
    OutcomeStatus.DUPLICATE,
    OutcomeStatus.SKIPPED,
]
outcomes = st.builds(Outcome, st.sampled_from(OutcomeStatus), st.sampled_from(["A", "B"]), st.text(max_size=20))


def line(outcome: Outcome | None) -> DocumentLine:
    state = State(outcome.status.value) if outcome else State.EXTRACTED
    return DocumentLine("m-1", "", "", "d", "d", "a.pdf", "1", None, state, outcome, None, None, None, None)


@given(st.lists(outcomes, min_size=1, max_size=8))
def test_the_gravest_counts_and_none_is_forgotten(given: list[Outcome]) -> None:
    summed = message_outcome([line(outcome) for outcome in given])

    gravest = min((o.status for o in given), key=GRAVEST_FIRST.index)
    assert summed.status is gravest
    first = next(o for o in given if o.status is gravest)
    assert summed.reason == first.reason
    if len(given) == 1:
        assert summed == first
    else:
        assert summed.message.endswith(first.message)
        assert summed.message.startswith(f"{len(given)} documents: ")
        for status in OutcomeStatus:
            count = sum(o.status is status for o in given)
            tally = f"{count} {status.value.replace('_', ' ')}"
            assert (tally in summed.message.partition(". ")[0]) == (count > 0) or not count


@given(st.lists(outcomes, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_change_the_status(given: list[Outcome], chance: object) -> None:
    shuffled = list(given)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert message_outcome([line(o) for o in given]).status is message_outcome([line(o) for o in shuffled]).status


def test_what_has_no_outcome_yet_is_not_counted() -> None:
    posted = Outcome(OutcomeStatus.POSTED, "POSTED", "Posted as bill 1.")
    assert message_outcome([line(None), line(posted)]) == posted


@pytest.mark.parametrize("documents", [[], [line(None)]])
def test_nothing_cannot_be_summed_up(documents: list[DocumentLine]) -> None:
    with pytest.raises(ValueError, match="no document has an outcome yet"):
        message_outcome(documents)


def test_what_nobody_could_open_asks_for_a_person() -> None:
    posted = line(Outcome(OutcomeStatus.POSTED, "POSTED", "Posted as bill 1."))
    dead = line(Outcome(OutcomeStatus.DEAD_LETTER, "FILE_EMPTY", "The file is empty."))
    locked = SkippedPart("2/a.zip", "a.zip", "It needs a password; ask for it.", "ARCHIVE_ENCRYPTED")

    summed = message_outcome([posted], [locked])

    assert (summed.status, summed.reason) == (OutcomeStatus.REVIEW, "ARCHIVE_ENCRYPTED")
    assert summed.message == "2 documents: 1 review, 1 posted. a.zip: It needs a password; ask for it."
    assert message_outcome([dead], [locked]).status is OutcomeStatus.DEAD_LETTER
