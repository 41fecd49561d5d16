"""A message that the parser trips over stops nothing: it is kept, a dead letter, and can be tried again."""

from pathlib import Path

import pytest

from pipeline.domain.mail import MailMessage, OutcomeStatus
from pipeline.errors import ResourceExhausted
from pipeline.ingest.filters import Filters
from pipeline.ingest.parse import parse_message
from pipeline.steps import parsing
from pipeline.steps.parsing import ParsedMessages
from tests.flow.office import Office, einvoice, mail


class Parser:
    """The real parser with a fault of its own: it raises on messages with a certain word in them."""

    def __init__(self, word: bytes, failure: Exception) -> None:
        self.word = word
        self.failure = failure
        self.parsed = 0

    def __call__(
        self, raw: bytes, *, labels: tuple[str, ...] = (), thread_id: str | None = None, authserv_id: str | None = None
    ) -> MailMessage:
        self.parsed += 1
        if self.word and self.word in raw:
            raise self.failure
        return parse_message(raw, labels=labels, thread_id=thread_id, authserv_id=authserv_id)


@pytest.mark.parametrize("failure", [RecursionError("too deep"), IndexError("list index out of range"), KeyError("x")])
@pytest.mark.parametrize("filters", [Filters(), Filters(allow_senders=("*@brightwater.example",))])
def test_one_message_does_not_stop_the_mailbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception, filters: Filters
) -> None:
    parser = Parser(b"Subject: Poison", failure)
    monkeypatch.setattr(parsing, "parse_message", parser)
    office = Office(tmp_path, filters=filters)
    content = office.deliver("a.eml", mail("Poison", einvoice()))
    office.deliver("b.eml", mail("Good", einvoice("PO-2046", "BW-10382")))

    assert office.work() == 1

    outcome = office.outcome("a.eml")
    assert (outcome.status, outcome.reason) == (OutcomeStatus.DEAD_LETTER, "MESSAGE_DAMAGED")
    assert type(failure).__name__ in outcome.message
    assert "retry the dead letter" in outcome.message
    assert office.archive.get(office.message("a.eml").sha256) == content
    assert office.outcome("b.eml").status is OutcomeStatus.POSTED
    assert {uid.partition("@")[0] for uid, _ in office.mailbox.acknowledged} == {"a.eml", "b.eml"}

    office.retry_all()
    assert office.work() == 1
    assert office.outcome("a.eml").reason == "MESSAGE_DAMAGED", "the fault is still there"
    assert [letter.attempts for letter in office.store.dead_letters()] == [2]
    assert office.engine.failed() == ()

    parser.word = b""
    office.retry_all()
    assert office.work() == 1
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert office.store.dead_letters() == ()


def test_a_bad_run_is_no_bad_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "parse_message", Parser(b"Subject: Invoice", ResourceExhausted("The disk is full.")))
    office = Office(tmp_path)
    office.deliver("a.eml", mail("Invoice", einvoice()))

    with pytest.raises(ResourceExhausted):
        office.work()


def test_a_message_is_not_parsed_for_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = Parser(b"", RecursionError())
    monkeypatch.setattr(parsing, "parse_message", parser)
    office = Office(tmp_path)
    office.deliver("a.eml", mail("Two", einvoice(), einvoice("PO-2046", "BW-10382")))

    office.work()

    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert parser.parsed == 2, "once when it is taken in, once for all steps"


def test_only_the_last_few_messages_are_kept() -> None:
    bodies = {name: parse_message(mail(name, (f"{name}.xml", b"<x>" + b"y" * 1000, "text/xml"))) for name in "abcd"}
    parsed: list[str] = []

    def get(kept: ParsedMessages, name: str) -> MailMessage:
        def parse() -> MailMessage:
            parsed.append(name)
            return bodies[name]

        return kept.get(name, parse)

    by_count = ParsedMessages(messages=2)
    for name in "abacab":
        assert get(by_count, name) is bodies[name]
    assert parsed == ["a", "b", "c", "b"], "what was asked for last stays longest"

    parsed.clear()
    by_size = ParsedMessages(messages=9, total=2500)
    for name in "abca":
        get(by_size, name)
    assert parsed == ["a", "b", "c", "a"]

    parsed.clear()
    nothing = ParsedMessages(messages=9, total=10)
    assert get(nothing, "a") is get(nothing, "a") is bodies["a"]
    assert parsed == ["a", "a"]
