"""A message's end: the one outcome that its documents add up to, or a dead letter with its reason."""

from pipeline.domain.mail import Outcome, OutcomeStatus
from pipeline.errors import BilagError
from pipeline.ingest.triage import outcome_without_documents, unopened
from pipeline.steps.bench import given_up
from pipeline.steps.booking import Booking
from pipeline.steps.intake import Intake
from pipeline.steps.parsing import damage
from pipeline.steps.reading import Reading
from pipeline.steps.summary import summed_up

# Every real message names its sender, so what does not may have lost more than that.
_NO_SENDER = (
    "The message has no readable sender and no document: it is damaged or cut short. Look at the original in the "
    "mailbox, or fetch it again from where it came."
)


class Steps(Intake, Reading, Booking):
    """All steps of the flow; those that close a message stand here."""

    def conclude(self, key: str) -> None:
        """Give the message the one outcome that its documents add up to."""
        message = self._message(key)
        self._store.keep_unopened(key, unopened(message))
        outcome = damage(message) or outcome_without_documents(message)
        if outcome is None:
            outcome = summed_up(self._store, key)
        elif outcome.status is OutcomeStatus.SKIPPED and not message.sender:
            outcome = Outcome(OutcomeStatus.DEAD_LETTER, "MESSAGE_DAMAGED", _NO_SENDER)
        # Nothing has an outcome where a person asked for another try just now, which then comes by here.
        if outcome is not None:
            self._store.set_message_outcome(key, outcome)

    def give_up_message(self, key: str, error: BilagError) -> None:
        """Make a message that failed for good a dead letter, with all that has no outcome; what has one keeps it."""
        for document in self._store.documents_of(key):
            if document.outcome is None and document.id is not None:
                self.give_up_document(document.id, error)
        if self._store.documents_of(key) and (outcome := summed_up(self._store, key)) is not None:
            self._store.set_message_outcome(key, outcome)
        elif self._store.message(key).outcome is None:
            self._store.set_message_outcome(key, given_up(error))

    def broke_down(self, key: str, why: str) -> None:
        """Make dead letters of all that was left open when work broke down, and show it where the message lies."""
        hint = "Report this as a fault of Bilag, with the log; then retry the dead letter."
        error = BilagError(f"The work on it broke down: {why}.", operator_hint=hint)
        begun = {document.path for document in self._store.documents_of(key)}
        for attachment in self._message(key).documents if begun else ():
            if attachment.path not in begun:
                self._give_up_attachment(key, attachment, error)
        self.give_up_message(key, error)
        self._try_to_acknowledge(key)
