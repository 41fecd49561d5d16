"""IMAP on a real Dovecot: login, encryption, dropped connections, folders, moving; and the errors of each."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.adapters.mailbox.imap import ImapMailbox
from pipeline.domain.mail import MessageRef, Outcome, OutcomeStatus
from pipeline.errors import AuthenticationFailed, BilagError, ConfigurationError, Rejected, Unavailable
from tests.servers.dovecot import PASSWORD, Dovecot, running_dovecot

pytestmark = pytest.mark.slow

POSTED = Outcome(OutcomeStatus.POSTED, "POSTED", "Booked.")


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as server:
        yield server


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    return "".join(c for c in request.node.name if c.isalnum())[-40:].lower()


def open_mailbox(server: Dovecot, user: str, *folders: str, **options: object) -> ImapMailbox:
    values: dict[str, object] = {"security": "none", "timeout": 20.0, "poll_interval": 0.1, **options}
    return ImapMailbox("127.0.0.1", server.port, user, PASSWORD, folders or ("INBOX",), **values)  # type: ignore[arg-type]


def deliver(server: Dovecot, user: str, text: str, folder: str = "INBOX", date: str = "") -> None:
    client = server.client(user)
    if folder != "INBOX":
        client.create(folder)
    answer = client.append(folder, "", date, f"Subject: {text}\r\n\r\n{text}\r\n".encode())
    assert answer[0] == "OK", answer
    client.logout()


def subjects(mailbox: ImapMailbox) -> list[str]:
    return [raw.content.split(b"\r\n")[0].decode().removeprefix("Subject: ") for raw in mailbox.fetch()]


def test_a_wrong_password_is_refused_and_never_shown(dovecot: Dovecot, user: str) -> None:
    mailbox = ImapMailbox("127.0.0.1", dovecot.port, user, "wr0ng-secret", security="none")
    with pytest.raises(AuthenticationFailed) as caught:
        list(mailbox.fetch())
    assert not caught.value.retryable
    assert "wr0ng-secret" not in f"{caught.value!r}{caught.value}{caught.value.__cause__!r}{vars(mailbox)}"


def test_a_user_that_is_not_ascii_is_refused_and_not_a_crash(dovecot: Dovecot) -> None:
    mailbox = ImapMailbox("127.0.0.1", dovecot.port, "søren", "pæsswørd", security="none")
    with pytest.raises(AuthenticationFailed):
        list(mailbox.fetch())


def test_a_server_that_does_not_answer_is_unavailable(user: str) -> None:
    with pytest.raises(Unavailable) as caught:
        list(ImapMailbox("127.0.0.1", 1, user, "x", security="none", timeout=2).fetch())
    assert caught.value.retryable


def test_encryption_with_a_trusted_certificate_works(dovecot: Dovecot, user: str) -> None:
    deliver(dovecot, user, "hello")
    for security, port in (("ssl", dovecot.tls_port), ("starttls", dovecot.port)):
        mailbox = ImapMailbox(
            "localhost", port, user, PASSWORD, security=security, ssl_context=dovecot.ssl_context  # type: ignore[arg-type]
        )  # fmt: skip
        assert subjects(mailbox) == ["hello"]
        mailbox.close()


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_an_untrusted_certificate_is_refused(dovecot: Dovecot, user: str, security: str) -> None:
    port = dovecot.tls_port if security == "ssl" else dovecot.port
    mailbox = ImapMailbox("localhost", port, user, PASSWORD, security=security)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="certificate"):
        list(mailbox.fetch())


def test_another_host_name_than_the_certificates_is_refused(dovecot: Dovecot, user: str) -> None:
    mailbox = ImapMailbox("127.0.0.1", dovecot.tls_port, user, PASSWORD, ssl_context=dovecot.ssl_context)
    with pytest.raises(ConfigurationError, match="certificate"):
        list(mailbox.fetch())


def test_a_dropped_connection_is_made_again(dovecot: Dovecot, user: str) -> None:
    for number in range(3):
        deliver(dovecot, user, f"no {number}")
    mailbox = open_mailbox(dovecot, user)
    seen = []
    for raw in mailbox.fetch():
        dovecot.drop_connections()
        mailbox.acknowledge(raw.ref, POSTED)
        seen.append(raw.ref)
        dovecot.drop_connections()
    assert len(seen) == 3
    assert subjects(mailbox) == []
    mailbox.close()


def test_a_connection_that_drops_while_waiting_is_made_again(dovecot: Dovecot, user: str) -> None:
    mailbox = open_mailbox(dovecot, user)
    list(mailbox.fetch())

    def restart_and_deliver() -> None:
        time.sleep(0.5)
        dovecot.drop_connections()
        time.sleep(0.5)
        deliver(dovecot, user, "late")

    late = threading.Thread(target=restart_and_deliver)
    late.start()
    assert mailbox.wait(20)
    late.join()
    assert subjects(mailbox) == ["late"]
    mailbox.close()


def test_another_thread_may_acknowledge_while_one_waits(dovecot: Dovecot, user: str) -> None:
    deliver(dovecot, user, "first")
    mailbox = open_mailbox(dovecot, user)
    ref = next(iter(mailbox.fetch())).ref
    waiting = threading.Thread(target=mailbox.wait, args=(3,))
    waiting.start()
    time.sleep(0.3)
    began = time.monotonic()
    mailbox.acknowledge(ref, POSTED)
    assert time.monotonic() - began < 2
    waiting.join()
    mailbox.close()


def test_several_folders_come_by_time_of_arrival(dovecot: Dovecot, user: str) -> None:
    deliver(dovecot, user, "third", "INBOX", '"03-Nov-2026 10:00:00 +0000"')
    deliver(dovecot, user, "first", "Bills", '"01-Nov-2026 10:00:00 +0000"')
    deliver(dovecot, user, "fourth", "Bills", '"04-Nov-2026 10:00:00 +0000"')
    deliver(dovecot, user, "second", "INBOX", '"02-Nov-2026 10:00:00 +0000"')
    mailbox = open_mailbox(dovecot, user, "INBOX", "Bills")
    assert subjects(mailbox) == ["first", "second", "third", "fourth"]
    assert {raw.ref.folder for raw in mailbox.fetch()} == {"INBOX", "Bills"}
    deliver(dovecot, user, "fifth", "Bills")
    assert mailbox.wait(20)
    mailbox.close()


def test_a_folder_name_beyond_ascii_works(dovecot: Dovecot, user: str) -> None:
    deliver(dovecot, user, "x", '"Indk&APg-b"')
    mailbox = open_mailbox(dovecot, user, "Indkøb", move_to={OutcomeStatus.POSTED: "Bogført & færdig"})
    raw = next(iter(mailbox.fetch()))
    assert raw.labels[0] == "Indkøb"
    mailbox.acknowledge(raw.ref, POSTED)
    mailbox.close()
    assert subjects(open_mailbox(dovecot, user, "Indkøb")) == []
    moved = dovecot.client(user)
    assert moved.select('"Bogf&APg-rt &- f&AOY-rdig"')[1] == [b"1"]
    moved.logout()


def test_an_unknown_folder_is_refused(dovecot: Dovecot, user: str) -> None:
    mailbox = open_mailbox(dovecot, user, "Nowhere")
    with pytest.raises(Rejected, match="Nowhere"):
        list(mailbox.fetch())
    mailbox.close()


@pytest.mark.parametrize("without_move", [False, True])
def test_moving_touches_no_other_message(dovecot: Dovecot, user: str, without_move: bool) -> None:
    deliver(dovecot, user, "ours")
    deliver(dovecot, user, "deleted by its owner")
    owner = dovecot.client(user)
    owner.select("INBOX")
    owner.store("2", "+FLAGS", "(\\Deleted)")
    mailbox = open_mailbox(dovecot, user, move_to={OutcomeStatus.POSTED: "Done"})
    raw = next(iter(mailbox.fetch()))
    if without_move:
        mailbox._connection.capabilities -= {"MOVE"}
    mailbox.acknowledge(raw.ref, POSTED)
    mailbox.acknowledge(raw.ref, POSTED)
    mailbox.close()
    assert owner.select("INBOX")[1] == [b"1"]
    assert "deleted by its owner" in str(owner.fetch("1", "(BODY.PEEK[])")[1])
    assert owner.select("Done")[1] == [b"1"]
    assert "$BilagPosted" in str(owner.fetch("1", "(FLAGS)")[1])
    owner.logout()


def test_deleted_messages_are_not_read(dovecot: Dovecot, user: str) -> None:
    deliver(dovecot, user, "a")
    deliver(dovecot, user, "b")
    deliver(dovecot, user, "c")
    mailbox = open_mailbox(dovecot, user)
    fetching = mailbox.fetch()
    next(fetching)
    owner = dovecot.client(user)
    owner.select("INBOX")
    owner.store("2", "+FLAGS", "(\\Deleted)")
    owner.expunge()
    owner.logout()
    assert [raw.content[9:10] for raw in fetching] == [b"c"]
    mailbox.close()


def test_a_renumbered_folder_is_told(dovecot: Dovecot, user: str) -> None:
    deliver(dovecot, user, "a")
    mailbox = open_mailbox(dovecot, user)
    ref = next(iter(mailbox.fetch())).ref
    other = MessageRef(ref.mailbox, ref.folder, "1-" + ref.uid.partition("-")[2])
    with pytest.raises(Rejected) as caught:
        mailbox.acknowledge(other, POSTED)
    assert caught.value.vendor_code == "uid_validity_changed"
    assert subjects(mailbox) == ["a"]
    mailbox.close()


def test_flags_are_labels(dovecot: Dovecot, user: str) -> None:
    deliver(dovecot, user, "a")
    owner = dovecot.client(user)
    owner.select("INBOX")
    owner.store("1", "+FLAGS", "(\\Flagged Invoice)")
    owner.logout()
    mailbox = open_mailbox(dovecot, user)
    assert set(next(iter(mailbox.fetch())).labels) >= {"INBOX", "\\Flagged", "Invoice"}
    mailbox.close()


def test_a_stopped_server_is_unavailable(user: str) -> None:
    with running_dovecot() as server:
        deliver(server, user, "a")
        mailbox = open_mailbox(server, user)
        assert subjects(mailbox) == ["a"]
        server.drop_connections()
    for use in (lambda: list(mailbox.fetch()), lambda: mailbox.wait(0.1)):
        with pytest.raises(BilagError) as caught:
            use()
        assert isinstance(caught.value, Unavailable)
    mailbox.close()


def test_a_big_message_comes_whole(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    content = b"Subject: big\r\n\r\n" + b"0123456789abcdef\r\n" * 400_000
    client = dovecot.client(user)
    client.append("INBOX", "", "", content)
    client.logout()
    mailbox = open_mailbox(dovecot, user)
    assert next(iter(mailbox.fetch())).content == content
    mailbox.close()
