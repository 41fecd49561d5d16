"""Everything bad in one mailbox, among good invoices: each ends with a sentence that helps, and the batch goes on."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.mail import OutcomeStatus
from tests.bad_input.messages import Bad, exploding_pdf, messages, readable
from tests.flow.office import Office, einvoice, mail, sender_of

pytestmark = pytest.mark.slow

# What a person can do next: each sentence must name one such thing.
ADVICE = re.compile(
    r"\b(ask|send|split|install|look|open it by hand|compare|check|correct|do not open|change its kind|find it)\b", re.I
)


@pytest.fixture(scope="module")
def bad() -> list[Bad]:
    return list(messages())


@pytest.fixture(scope="module")
def odd() -> dict[str, bytes]:
    return dict(readable())


@pytest.fixture(scope="module")
def office(bad: list[Bad], odd: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office after it saw them all, reading in a sandbox as in production."""
    with FileReader(None) as reader:
        office = Office(tmp_path_factory.mktemp("office"), reader=reader)
        office.deliver("00 first.eml", mail("First", einvoice("PO-2043", "RE-1"), sender=sender_of("PO-2043")))
        for message in bad:
            office.deliver(f"{message.name}.eml", message.content)
        for name, content in odd.items():
            office.deliver(f"{name}.eml", content)
        office.deliver("zz last.eml", mail("Last", einvoice("PO-2045", "BW-10377")))
        office.work()
        yield office


def _codes(office: Office, name: str) -> set[str]:
    codes = {office.outcome(name).reason}
    for line in office.documents(name):
        decision = office.store.decision(str(line.id))
        codes |= {line.reason or "", *(finding.code.value for finding in (decision.findings if decision else ()))}
    return codes


def test_each_ends_as_it_must(office: Office, bad: list[Bad], subtests: pytest.Subtests) -> None:
    for message in bad:
        with subtests.test(message.name):
            outcome = office.outcome(f"{message.name}.eml")
            assert outcome.status is message.status, outcome
            codes = _codes(office, f"{message.name}.eml")
            assert not message.codes or codes & set(message.codes), codes


def test_each_sentence_says_what_to_do_next(office: Office, bad: list[Bad], subtests: pytest.Subtests) -> None:
    for message in bad:
        if message.status is OutcomeStatus.SKIPPED:
            continue
        with subtests.test(message.name):
            said = office.outcome(f"{message.name}.eml").message
            assert ADVICE.search(said), said
            assert said.endswith((".", ")")), said


def test_what_waits_for_a_person_is_listed(office: Office, bad: list[Bad]) -> None:
    listed = {letter.message_key for letter in office.store.dead_letters()}
    expected = {office.message(f"{m.name}.eml").key for m in bad if m.status is OutcomeStatus.DEAD_LETTER}
    assert listed == expected


def test_the_good_ones_among_them_are_booked(office: Office, odd: dict[str, bytes], subtests: pytest.Subtests) -> None:
    for name in ("00 first", *odd, "zz last"):
        with subtests.test(name):
            assert office.outcome(f"{name}.eml").status is OutcomeStatus.POSTED, office.outcome(f"{name}.eml")


def test_an_invoice_beside_a_bomb_is_booked(office: Office) -> None:
    assert [line.reason for line in office.documents("zip bomb and invoice.eml")] == ["POSTED"]


def test_every_original_is_kept_byte_for_byte(office: Office, bad: list[Bad], odd: dict[str, bytes]) -> None:
    sent = {f"{m.name}.eml": m.content for m in bad} | {f"{name}.eml": content for name, content in odd.items()}
    for name, content in sent.items():
        assert office.archive.get(office.message(name).sha256) == content
    for line in office.store.overview():
        if line.key is not None:
            office.archive.get(line.key.partition(":")[0])


def test_none_is_lost_and_the_log_holds(office: Office, bad: list[Bad], odd: dict[str, bytes]) -> None:
    assert sum(office.store.status().messages.values()) == len(bad) + len(odd) + 2
    assert office.store.unfinished_messages() == ()
    assert office.store.verify_audit() is None
    assert office.engine.failed() == ()
    assert office.work() == 0


def test_what_hangs_or_explodes_the_reader_costs_only_itself(tmp_path: Path) -> None:
    with FileReader(None, ReadLimits(seconds=6, memory=1_500_000_000)) as reader:
        office = Office(tmp_path, reader=reader)
        office.deliver("a.eml", mail("Explodes", ("words.pdf", exploding_pdf(300), "application/pdf")))
        office.deliver("b.eml", mail("Good", einvoice()))
        office.work()

    assert office.outcome("a.eml").status is OutcomeStatus.DEAD_LETTER
    assert office.outcome("a.eml").reason in ("READ_TIMED_OUT", "FILE_TOO_LARGE", "FILE_DAMAGED")
    assert ADVICE.search(office.outcome("a.eml").message)
    assert office.outcome("b.eml").status is OutcomeStatus.POSTED
