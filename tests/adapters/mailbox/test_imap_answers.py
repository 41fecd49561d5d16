"""Answers that Dovecot does not give: Gmail's, odd ones, and those of a server that keeps no keywords."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from pipeline.adapters.mailbox.imap import ImapMailbox
from pipeline.adapters.mailbox.imap_response import fetch_attributes
from pipeline.domain.mail import Outcome, OutcomeStatus
from pipeline.errors import AuthenticationFailed, BilagError, ConfigurationError, Unavailable

POSTED = Outcome(OutcomeStatus.POSTED, "POSTED", "Booked.")
CONTENT = b'Subject: x\r\n\r\nHello ("world") {5}\r\n'


@pytest.mark.parametrize(
    ("data", "attributes"),
    [
        (
            [(b"1 (UID 7 FLAGS (\\Seen $Bilag) BODY[] {4}", b"a)(b"), b")"],
            {"UID": b"7", "FLAGS": (b"\\Seen", b"$Bilag"), "BODY[]": b"a)(b"},
        ),
        (
            [(b"1 (BODY[] {1}", b"a"), b' X-GM-LABELS ("\\\\Inbox" "A \\"b\\" c" Bilag/Posted) UID 7)'],
            {"BODY[]": b"a", "X-GM-LABELS": (b"\\Inbox", b'A "b" c', b"Bilag/Posted"), "UID": b"7"},
        ),
        (
            [(b"1 (X-GM-LABELS ({5}", b"a (b)"), (b' "c") BODY[] {1}', b"x"), b" FLAGS ())"],
            {"X-GM-LABELS": (b"a (b)", b"c"), "BODY[]": b"x", "FLAGS": ()},
        ),
        (
            [b'1 (UID 7 INTERNALDATE " 1-Nov-2026 10:00:00 +0000")'],
            {"UID": b"7", "INTERNALDATE": b" 1-Nov-2026 10:00:00 +0000"},
        ),
        ([b"1 (UID 7 BODY[] NIL)"], {"UID": b"7"}),
    ],
)
def test_attributes_are_read(data: list[object], attributes: dict[str, object]) -> None:
    assert list(fetch_attributes(data)) == [attributes]


def test_several_messages_and_nothing_are_read() -> None:
    assert [a["UID"] for a in fetch_attributes([b"1 (UID 7)", b"2 (UID 8)", None])] == [b"7", b"8"]
    assert list(fetch_attributes([None])) == []


class ScriptedServer:
    """Answers each command by the first word after its tag; remembers what it was asked."""

    def __init__(self, answers: dict[str, list[bytes]]) -> None:
        self.asked: list[str] = []
        self._answers = answers
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                stream.write(b"* OK ready\r\n")
                stream.flush()
                for line in stream:
                    self._answer(stream.write, line.decode().strip())
                    stream.flush()

    def _answer(self, write: Callable[[bytes], int], line: str) -> None:
        tag, _, command = line.partition(" ")
        self.asked.append(command)
        key = next((k for k in self._answers if command.upper().startswith(k)), "")
        *untagged, last = self._answers.get(key, [b"OK done"])
        for text in untagged:
            write(b"* " + text + b"\r\n")
        write(tag.encode() + b" " + last + b"\r\n")

    def close(self) -> None:
        self._socket.close()


Serve = Callable[[dict[str, list[bytes]]], ScriptedServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[ScriptedServer] = []

    def start(answers: dict[str, list[bytes]]) -> ScriptedServer:
        servers.append(ScriptedServer(answers))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def opened(flags: bytes = b"\\Seen \\*") -> list[bytes]:
    return [
        b"1 EXISTS",
        b"OK [UIDVALIDITY 3] x",
        b"OK [UIDNEXT 8] x",
        b"OK [PERMANENTFLAGS (" + flags + b")] x",
        b"OK done",
    ]


def fetched(before: bytes, after: bytes) -> list[bytes]:
    return [b"1 FETCH (" + before + b" BODY[] {%d}\r\n" % len(CONTENT) + CONTENT + after + b")", b"OK done"]


def mailbox(server: ScriptedServer) -> ImapMailbox:
    return ImapMailbox("127.0.0.1", server.port, "ann", "s3cret", security="none", timeout=5)


def test_labels_and_threads_of_gmail_are_kept_and_set(serve: Serve) -> None:
    server = serve(
        {
            "CAPABILITY": [b"CAPABILITY IMAP4rev1 X-GM-EXT-1 IDLE", b"OK done"],
            "EXAMINE": opened(),
            "SELECT": opened(),
            "UID SEARCH": [b"SEARCH 7", b"OK done"],
            "UID FETCH": fetched(b"X-GM-THRID 1278455344230334865 UID 7", b' X-GM-LABELS ("\\\\Inbox" "Indk&APg-b")'),
        }
    )  # fmt: skip
    box = mailbox(server)
    raw = next(iter(box.fetch()))
    assert raw.content == CONTENT
    assert raw.thread_id == "1278455344230334865"
    assert raw.labels == ("INBOX", "\\Inbox", "Indkøb")
    box.acknowledge(raw.ref, POSTED)
    assert 'UID STORE 7 +X-GM-LABELS ("Bilag/Posted")' in server.asked
    assert "UID STORE 7 +FLAGS.SILENT ($BilagPosted)" in server.asked
    box.close()


def test_a_server_without_keywords_is_a_wrong_setting(serve: Serve) -> None:
    server = serve(
        {
            "CAPABILITY": [b"CAPABILITY IMAP4rev1", b"OK done"],
            "EXAMINE": opened(),
            "SELECT": opened(b"\\Seen"),
            "UID SEARCH": [b"SEARCH 7", b"OK done"],
            "UID FETCH": fetched(b"UID 7 FLAGS ()", b""),
        }
    )
    box = mailbox(server)
    with pytest.raises(ConfigurationError, match="keyword"):
        box.acknowledge(next(iter(box.fetch())).ref, POSTED)
    box.close()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"NO [AUTHENTICATIONFAILED] wrong s3cret", AuthenticationFailed),
        (b"BAD cannot parse s3cret", AuthenticationFailed),
        (b"NO [UNAVAILABLE] directory is down, s3cret", Unavailable),
        (b"NO [PRIVACYREQUIRED] use TLS", ConfigurationError),
    ],
)
def test_what_servers_say_to_a_login_is_translated(serve: Serve, answer: bytes, error: type[BilagError]) -> None:
    server = serve({"CAPABILITY": [b"CAPABILITY IMAP4rev1", b"OK done"], "LOGIN": [answer]})
    with pytest.raises(error) as caught:
        list(mailbox(server).fetch())
    assert "s3cret" not in f"{caught.value}{caught.value!r}"


def test_a_server_without_starttls_is_a_wrong_setting(serve: Serve) -> None:
    server = serve({"CAPABILITY": [b"CAPABILITY IMAP4rev1", b"OK done"]})
    box = ImapMailbox("127.0.0.1", server.port, "ann", "s3cret", security="starttls", timeout=5)
    with pytest.raises(ConfigurationError, match="starttls"):
        list(box.fetch())
    assert not any("LOGIN" in asked for asked in server.asked)


def test_a_server_that_hangs_up_is_unavailable(serve: Serve) -> None:
    server = serve(
        {"CAPABILITY": [b"CAPABILITY IMAP4rev1", b"OK done"], "EXAMINE": [b"BYE going down", b"NO [SERVERBUG] x"]}
    )
    with pytest.raises(Unavailable):
        list(mailbox(server).fetch())
