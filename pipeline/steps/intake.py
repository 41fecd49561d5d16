"""Taking messages in: archive first, record, refuse or queue; and saying where they lie what became of them."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.domain.mail import MailMessage, Outcome, OutcomeStatus
from pipeline.errors import BilagError, Rejected
from pipeline.ingest.filters import apply
from pipeline.steps.bench import Bench
from pipeline.steps.parsing import damage, parse
from pipeline.store.records import EarlierMessage, RecordedMessage, Retry

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message to be worked on; `work_key` names this attempt, so that queueing it twice is queueing it once."""

    message_key: str
    work_key: str
    dead_letters: tuple[int, ...] = ()


class Intake(Bench):
    """From the mailbox to the queue, and back to the mailbox."""

    def arrivals(self) -> Iterator[Arrival]:
        """Archive and record every message; yield those to be worked on, and acknowledge those that are finished."""
        for raw in self._ports.mailbox.fetch():
            sha256 = self._ports.archive.put(raw.content)
            message = parse(raw.content, labels=raw.labels, thread_id=raw.thread_id, authserv_id=self._authserv_id)
            recorded = self._store.record_message(raw.ref, message)
            self._ports.archive.append_manifest(sha256, "received", _described(message))
            outcome = recorded.outcome or self._refusal(recorded, message)
            if outcome is None:
                yield Arrival(recorded.key, recorded.key)
                continue
            self._store.set_message_outcome(recorded.key, outcome)
            self._try_to_acknowledge(recorded.key)

    def unfinished(self) -> Iterator[Arrival]:
        """Yield the messages that were recorded and never queued, because the process died in between."""
        for line in self._store.unfinished_messages():
            # Whatever else the log knows of a message, such as a retry, was queued under a key of its own.
            if all(row.event == "message_recorded" for row in self._store.audit_rows(line.key)):
                yield Arrival(line.key, line.key)

    def retries(self) -> Iterator[Arrival]:
        """Yield the messages in which somebody asked to try something again: each once, whatever is due in it."""
        due: dict[str, list[Retry]] = {}
        for retry in self._store.due_retries():
            due.setdefault(retry.message_key, []).append(retry)
        for key, retries in due.items():
            # The last one names the work: what is asked for after the work began must not pass for done with it.
            yield Arrival(key, retries[-1].work_key, tuple(retry.dead_letter_id for retry in retries))

    def queued(self, arrival: Arrival) -> None:
        """Note that the engine has taken an arrival over."""
        for dead_letter in arrival.dead_letters:
            self._store.retry_started(dead_letter)

    def acknowledge(self, key: str) -> None:
        """Show the outcome where the message lies."""
        line = self._store.message(key)
        if line.outcome is not None:
            self._ports.mailbox.acknowledge(line.ref, line.outcome)
            self._store.outcome_told(key, line.outcome)

    def acknowledge_untold(self) -> None:
        """Show what the mailbox could not be told before, such as while it was away; stop where it still is."""
        for line in self._store.untold_messages():
            try:
                self.acknowledge(line.key)
            except BilagError as error:
                self.acknowledge_later(line.key, error)
                if not isinstance(error, Rejected):
                    return

    def acknowledge_later(self, key: str, error: BilagError) -> None:
        """Note that the mailbox did not take an outcome: it is told again when mail is collected."""
        _log.warning("The outcome of message %s is not shown in the mailbox yet: %s", key, error)

    def _try_to_acknowledge(self, key: str) -> None:
        """Acknowledge a message that lies among others, which a refusal must not hold up."""
        try:
            self.acknowledge(key)
        except BilagError as error:
            self.acknowledge_later(key, error)

    def _refusal(self, recorded: RecordedMessage, message: MailMessage) -> Outcome | None:
        """Return the outcome of a message that is not worth reading: received before, or refused by the filters."""
        if (damaged := damage(message)) is not None:
            return damaged
        if _repeats(recorded.duplicate_of):
            sentence = "The very same message was received before; see the first one."
            return Outcome(OutcomeStatus.DUPLICATE, "SAME_MESSAGE", sentence)
        return apply(message, self._filters)


def _repeats(earlier: EarlierMessage | None) -> bool:
    """Say whether a message brings nothing new: what was refused, or set aside, and sent again is worked on."""
    if earlier is None or not earlier.same_content:
        return False
    return earlier.outcome is None or earlier.outcome.status is not OutcomeStatus.SKIPPED


def _described(message: MailMessage) -> dict[str, object]:
    """Return what the manifest keeps of a message: enough to find its files in the archive."""
    return {
        "message_id": message.message_id,
        "sender": message.sender,
        "subject": message.subject,
        "files": [{"path": a.path, "name": a.file.name, "sha256": a.file.sha256} for a in message.documents],
    }
