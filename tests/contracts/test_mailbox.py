"""What every mailbox promises, whether it is a folder, a Maildir, an mbox file or an IMAP account."""

import inspect
import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.adapters.mailbox.folder import FolderMailbox
from pipeline.adapters.mailbox.imap import ImapMailbox
from pipeline.adapters.mailbox.maildir import MaildirMailbox
from pipeline.adapters.mailbox.mbox import MboxMailbox
from pipeline.domain.mail import Outcome, OutcomeStatus
from pipeline.ports import Mailbox
from tests.servers.dovecot import PASSWORD, Dovecot, running_dovecot

POSTED = Outcome(OutcomeStatus.POSTED, "POSTED", "Booked as bill 17 for Møller & Søn.")
REVIEW = Outcome(OutcomeStatus.REVIEW, "TOTALS_DISAGREE", "The totals disagree.")


@dataclass
class Place:
    """A mailbox of one kind, its owner's way to put a message in and to see what became of it."""

    open: Callable[[], Mailbox]
    deliver: Callable[[bytes], None]
    originals: Callable[[], object]
    owner_sees: Callable[[str, OutcomeStatus], bool]
    leave: Callable[[], object] = lambda: None
    opened: list[Mailbox] = field(default_factory=list)

    def mailbox(self) -> Mailbox:
        self.opened.append(self.open())
        return self.opened[-1]


def message(number: int, text: str = "Hello") -> bytes:
    return f"From: a@example.com\r\nSubject: no {number}\r\nMessage-ID: <{number}@x>\r\n\r\n{text}\r\n".encode()


def logged_outcome(sidecar: Path, uid: str, status: OutcomeStatus) -> bool:
    entries = [json.loads(line) for line in sidecar.read_text(encoding="utf-8").splitlines()]
    mine = [entry["status"] for entry in entries if entry["uid"] == uid]
    return bool(mine) and mine[-1] == status.value


def folder_place(path: Path) -> Place:
    count = iter(range(1000))

    def deliver(content: bytes) -> None:
        number = next(count)
        target = path / ("sub" if number % 2 else ".") / f"{999 - number}.eml"
        target.parent.mkdir(exist_ok=True)
        target.with_suffix(".tmp").write_bytes(content)
        os.utime(target.with_suffix(".tmp"), (1_700_000_000 + number, 1_700_000_000 + number))
        target.with_suffix(".tmp").rename(target)

    return Place(
        open=lambda: FolderMailbox(path, poll_interval=0.05),
        deliver=deliver,
        originals=lambda: {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in path.rglob("*.eml")},
        owner_sees=lambda uid, status: logged_outcome(path / ".bilag-outcomes.jsonl", uid, status),
    )


def mbox_place(path: Path) -> Place:
    file = path / "inbox.mbox"
    file.write_bytes(b"")

    def deliver(content: bytes) -> None:
        with file.open("ab") as opened:
            opened.write(b"From a@example.com Tue Nov 24 06:28:31 2026\n" + content + b"\n")

    return Place(
        open=lambda: MboxMailbox(file, poll_interval=0.05),
        deliver=deliver,
        originals=file.read_bytes,
        owner_sees=lambda uid, status: logged_outcome(path / ".inbox.mbox.bilag-outcomes.jsonl", uid, status),
    )


def maildir_place(path: Path) -> Place:
    count = iter(range(1000))
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir()

    def deliver(content: bytes) -> None:
        number = next(count)
        name = f"{1_700_000_000 + number}.M{999 - number}.host"
        (path / "tmp" / name).write_bytes(content)
        (path / "tmp" / name).rename(path / "new" / name)

    def owner_sees(uid: str, status: OutcomeStatus) -> bool:
        flags = "FS" if status in (OutcomeStatus.REVIEW, OutcomeStatus.DEAD_LETTER) else "S"
        logged = logged_outcome(path / ".bilag-outcomes.jsonl", uid, status)
        return logged and (path / "cur" / f"{uid}:2,{flags}").is_file()

    return Place(
        open=lambda: MaildirMailbox(path, poll_interval=0.05),
        deliver=deliver,
        originals=lambda: {p.name.partition(":")[0]: p.read_bytes() for p in path.glob("[nc]*/*")},
        owner_sees=owner_sees,
    )


def imap_place(server: Dovecot, user: str) -> Place:
    owner = server.client(user)

    def deliver(content: bytes) -> None:
        assert owner.append("INBOX", "", "", content)[0] == "OK"

    def fetched(items: str) -> list[object]:
        assert owner.select("INBOX", readonly=True)[0] == "OK"
        return list(owner.fetch("1:*", items)[1])

    def owner_sees(uid: str, status: OutcomeStatus) -> bool:
        keyword = "$Bilag" + status.value.title().replace("_", "")
        number = uid.partition("-")[2]
        line = next(i for i in fetched("(UID FLAGS)") if isinstance(i, bytes) and b"UID %s " % number.encode() in i)
        return re.findall(rb"\$Bilag\w+", line) == [keyword.encode()]

    return Place(
        open=lambda: ImapMailbox(
            "127.0.0.1", server.port, user, PASSWORD, security="none", timeout=20, poll_interval=0.1
        ),
        deliver=deliver,
        originals=lambda: fetched("(FLAGS BODY.PEEK[])"),
        owner_sees=owner_sees,
        leave=owner.logout,
    )


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as server:
        yield server


@pytest.fixture(scope="module")
def dovecot_without_idle() -> Iterator[Dovecot]:
    with running_dovecot(idle=False) as server:
        yield server


@pytest.fixture(
    params=["folder", "mbox", "maildir"]
    + [pytest.param(kind, marks=pytest.mark.slow) for kind in ("imap", "imap_without_idle")]
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    kind: str = request.param
    user = re.sub(r"\W+", "", request.node.name)[:40].lower()
    if kind.startswith("imap"):
        server: Dovecot = request.getfixturevalue("dovecot" if kind == "imap" else "dovecot_without_idle")
        made = imap_place(server, user)
    else:
        made = {"folder": folder_place, "mbox": mbox_place, "maildir": maildir_place}[kind](tmp_path)
    yield made
    for mailbox in made.opened:
        mailbox.close()
    made.leave()


def contents(mailbox: Mailbox) -> list[bytes]:
    return [raw.content for raw in mailbox.fetch()]


def test_messages_come_byte_for_byte_oldest_first(place: Place) -> None:
    sent = [message(1), message(2, "Grüße, 8-bit: æøå"), message(3, ">From the start\r\n\r\nFrom here on")]
    for content in sent:
        place.deliver(content)
    assert contents(place.mailbox()) == sent


def test_an_empty_mailbox_gives_nothing(place: Place) -> None:
    assert contents(place.mailbox()) == []


def test_reading_changes_nothing(place: Place) -> None:
    place.deliver(message(1))
    place.deliver(message(2))
    before = place.originals()
    mailbox = place.mailbox()
    assert contents(mailbox) == contents(mailbox) == [message(1), message(2)]
    assert place.originals() == before


def test_messages_are_fetched_one_at_a_time(place: Place) -> None:
    place.deliver(message(1))
    assert inspect.isgenerator(place.mailbox().fetch())


def test_references_name_the_mailbox_and_differ_even_for_equal_messages(place: Place) -> None:
    for _ in range(3):
        place.deliver(message(1))
    mailbox = place.mailbox()
    refs = [raw.ref for raw in mailbox.fetch()]
    assert len(set(refs)) == 3
    assert {ref.mailbox for ref in refs} == {mailbox.name}
    assert [raw.ref for raw in place.mailbox().fetch()] == refs


def test_an_acknowledged_message_does_not_come_again(place: Place) -> None:
    for number in (1, 2, 3):
        place.deliver(message(number))
    mailbox = place.mailbox()
    mailbox.acknowledge(list(mailbox.fetch())[1].ref, POSTED)
    assert contents(mailbox) == [message(1), message(3)]
    assert contents(place.mailbox()) == [message(1), message(3)]


def test_messages_may_be_acknowledged_while_they_are_fetched(place: Place) -> None:
    for number in (1, 2, 3):
        place.deliver(message(number))
    mailbox = place.mailbox()
    seen = []
    for raw in mailbox.fetch():
        mailbox.acknowledge(raw.ref, POSTED)
        seen.append(raw.content)
    assert seen == [message(1), message(2), message(3)]
    assert contents(mailbox) == []


@pytest.mark.parametrize("status", list(OutcomeStatus))
def test_the_owner_sees_the_outcome(place: Place, status: OutcomeStatus) -> None:
    place.deliver(message(1))
    mailbox = place.mailbox()
    ref = next(iter(mailbox.fetch())).ref
    mailbox.acknowledge(ref, Outcome(status, "REASON", "A sentence."))
    assert place.owner_sees(ref.uid, status)


def test_acknowledging_twice_is_acknowledging_once(place: Place) -> None:
    place.deliver(message(1))
    mailbox = place.mailbox()
    ref = next(iter(mailbox.fetch())).ref
    mailbox.acknowledge(ref, POSTED)
    once = place.originals()
    mailbox.acknowledge(ref, POSTED)
    place.mailbox().acknowledge(ref, POSTED)
    assert place.originals() == once
    assert contents(mailbox) == []


def test_a_later_outcome_replaces_the_first(place: Place) -> None:
    place.deliver(message(1))
    mailbox = place.mailbox()
    ref = next(iter(mailbox.fetch())).ref
    mailbox.acknowledge(ref, POSTED)
    mailbox.acknowledge(ref, REVIEW)
    assert place.owner_sees(ref.uid, OutcomeStatus.REVIEW)
    assert contents(mailbox) == []


def test_acknowledging_keeps_the_content(place: Place) -> None:
    place.deliver(message(1, "Grüße"))
    mailbox = place.mailbox()
    ref = next(iter(mailbox.fetch())).ref
    mailbox.acknowledge(ref, REVIEW)
    assert message(1, "Grüße") in every_byte(place.originals())


def every_byte(originals: object) -> bytes:
    """Return all bytes that stand anywhere in what a place says of its originals."""
    if isinstance(originals, bytes):
        return originals
    if isinstance(originals, dict):
        return b"".join(every_byte(value) for value in originals.values())
    if isinstance(originals, (list, tuple)):
        return b"".join(every_byte(value) for value in originals)
    return b""


def test_waiting_ends_without_news_when_the_time_is_over(place: Place) -> None:
    place.deliver(message(1))
    mailbox = place.mailbox()
    list(mailbox.fetch())
    began = time.monotonic()
    assert not mailbox.wait(0.4)
    assert 0.3 < time.monotonic() - began < 5


def test_waiting_ends_at_once_where_something_came_before(place: Place) -> None:
    mailbox = place.mailbox()
    list(mailbox.fetch())
    place.deliver(message(1))
    began = time.monotonic()
    assert mailbox.wait(20)
    assert time.monotonic() - began < 5
    assert contents(mailbox) == [message(1)]


def test_waiting_ends_when_something_arrives(place: Place) -> None:
    mailbox = place.mailbox()
    list(mailbox.fetch())
    late = threading.Timer(0.5, place.deliver, (message(1),))
    late.start()
    began = time.monotonic()
    assert mailbox.wait(20)
    assert 0.3 < time.monotonic() - began < 10
    late.join()
    assert contents(mailbox) == [message(1)]


def test_a_closed_mailbox_may_be_closed_again_and_used_again(place: Place) -> None:
    place.deliver(message(1))
    mailbox = place.mailbox()
    list(mailbox.fetch())
    mailbox.close()
    mailbox.close()
    assert contents(mailbox) == [message(1)]
