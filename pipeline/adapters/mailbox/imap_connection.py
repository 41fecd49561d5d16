"""One connection to an IMAP server: log in, select, come back after it drops; errors become ours here."""

import imaplib
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import UnexpectedCommandStatusError

from pipeline.errors import AuthenticationFailed, BilagError, ConfigurationError, Rejected, Unavailable

Security = Literal["ssl", "starttls", "none"]
_T = TypeVar("_T")
# Response codes of RFC 5530 that speak of the server's state and not of the credentials.
_PASSING = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[OVERQUOTA]")
_DROPPED = (imaplib.IMAP4.abort, OSError)


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where and as whom to log in; the password never shows in the representation."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security = "ssl"
    timeout: float = 60.0
    ssl_context: ssl.SSLContext | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FolderState:
    """What the server said of a folder when it was opened; any change means that something happened in it."""

    uid_validity: str
    uid_next: str
    messages: str
    permanent_flags: str


class ImapConnection:
    """A connection that is made when first needed and made again once where it dropped. Safe for several threads."""

    def __init__(self, server: ImapServer) -> None:
        self._server = server
        self._lock = threading.RLock()
        self._box: BaseMailBox | None = None
        self._open: tuple[str, bool] | None = None
        self._state = FolderState("", "", "", "")
        self.capabilities: frozenset[str] = frozenset()

    def run(self, work: Callable[[BaseMailBox], _T]) -> _T:
        """Do some work with the logged-in server; it is done again on a new connection where the old one dropped.

        Raises `Unavailable`, `AuthenticationFailed`, `Rejected` or `ConfigurationError`.
        """
        with self._lock:
            fresh = self._box is None
            try:
                return self._attempt(work)
            except _DROPPED as error:
                self.close()
                if fresh:
                    raise self._unavailable(error) from error
            try:
                return self._attempt(work)
            except _DROPPED as error:
                self.close()
                raise self._unavailable(error) from error

    def in_folder(
        self, folder: str, work: Callable[[BaseMailBox, FolderState], _T], *, writing: bool = False, anew: bool = False
    ) -> _T:
        """Do some work with a folder opened, read-only unless `writing`; `anew` opens it afresh to learn its state."""

        def opened(box: BaseMailBox) -> _T:
            if anew or self._open != (folder, writing):
                self._open = None
                self._state = _select(box, folder, writing=writing)
                self._open = (folder, writing)
            return work(box, self._state)

        return self.run(opened)

    def close(self) -> None:
        """Log out; a server that no longer answers is left alone."""
        with self._lock:
            box, self._box, self._open = self._box, None, None
            if box is not None:
                with suppress(*_DROPPED, imaplib.IMAP4.error, ImapToolsError):
                    box.client.sock.settimeout(5)
                    box.logout()
                with suppress(*_DROPPED):
                    box.client.shutdown()

    def _attempt(self, work: Callable[[BaseMailBox], _T]) -> _T:
        if self._box is None:
            self._box = self._connect()
        try:
            return work(self._box)
        except imaplib.IMAP4.abort:
            raise
        except UnexpectedCommandStatusError as error:
            raise self._refused(_said(error.command_result)) from error
        except imaplib.IMAP4.error as error:
            raise self._refused(str(error)) from error

    def _connect(self) -> BaseMailBox:
        server = self._server
        box = self._reach()
        try:
            if server.user.isascii() and server.password.isascii():
                box.login(server.user, server.password, initial_folder=None)
            else:
                box.login_utf8(server.user, server.password, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except MailboxLoginError as error:
            raise self._login_refused(_said(error.command_result)) from None
        except imaplib.IMAP4.error as error:
            raise self._login_refused(str(error)) from None
        # Many servers say what they can do only after the login.
        _, data = box.client.capability()
        self.capabilities = frozenset(
            b" ".join(d for d in data if isinstance(d, bytes)).decode("ascii").upper().split()
        )
        return box

    def _reach(self) -> BaseMailBox:
        server = self._server
        # Without a context of its own, imaplib checks no certificate.
        context = server.ssl_context or ssl.create_default_context()
        try:
            if server.security == "ssl":
                return MailBox(server.host, server.port, timeout=server.timeout, ssl_context=context)
            if server.security == "starttls":
                return MailBoxStartTls(server.host, server.port, timeout=server.timeout, ssl_context=context)
            return MailBoxUnencrypted(server.host, server.port, timeout=server.timeout)
        except ssl.SSLCertVerificationError as error:
            raise ConfigurationError(
                f"The certificate of the IMAP server {server.host} is not trusted: {error.verify_message}.",
                operator_hint="Correct the host name, or name the authority's certificate file in SSL_CERT_FILE.",
            ) from error
        except (UnexpectedCommandStatusError, imaplib.IMAP4.error) as error:
            # imaplib takes a server without STARTTLS for one that dropped the connection.
            if isinstance(error, imaplib.IMAP4.abort) and "TLS not supported" not in str(error):
                raise
            raise ConfigurationError(
                f"The IMAP server {server.host}:{server.port} does not offer {server.security}."
            ) from error

    def _login_refused(self, said: str) -> BilagError:
        where = f"the IMAP server {self._server.host}"
        if any(code in said.upper() for code in _PASSING):
            return Unavailable(f"The login is not possible at {where} for now: {self._clean(said)}")
        if "[PRIVACYREQUIRED]" in said.upper():
            return ConfigurationError(f"A login at {where} needs encryption.", operator_hint="Use ssl or starttls.")
        return AuthenticationFailed(f"The login of {self._server.user} was refused by {where}.")

    def _refused(self, said: str) -> BilagError:
        sentence = f"The IMAP server {self._server.host} refused a command: {self._clean(said)}"
        if any(code in said.upper() for code in _PASSING):
            return Unavailable(sentence)
        found = said.partition("[")[2].partition("]")[0] if "[" in said else None
        return Rejected(sentence, operator_hint="Check that the folder exists and may be changed.", vendor_code=found)

    def _unavailable(self, error: Exception) -> Unavailable:
        said = self._clean(str(error) or type(error).__name__)
        return Unavailable(f"The IMAP server {self._server.host}:{self._server.port} does not answer: {said}")

    def _clean(self, said: str) -> str:
        cleaned = said.replace(self._server.password, "…") if self._server.password else said
        return cleaned[:300].rstrip(".") + "."


def expect_ok(answer: tuple[str, list[object]]) -> list[object]:
    """Return the data of an answer. Raises imap-tools' error, which the connection translates, for NO and BAD."""
    if answer[0] != "OK":
        raise UnexpectedCommandStatusError(answer, "OK")
    return answer[1]


def _select(box: BaseMailBox, folder: str, *, writing: bool) -> FolderState:
    _, count = box.folder.set(folder, readonly=not writing)
    return FolderState(
        uid_validity=_untagged(box, "UIDVALIDITY"),
        uid_next=_untagged(box, "UIDNEXT"),
        messages=count[0].decode("ascii", "replace") if count and isinstance(count[0], bytes) else "",
        permanent_flags=_untagged(box, "PERMANENTFLAGS"),
    )


def _untagged(box: BaseMailBox, code: str) -> str:
    _, data = box.client.response(code)
    return b" ".join(d for d in data or [] if isinstance(d, bytes)).decode("utf-8", "replace")


def _said(answer: tuple[object, ...]) -> str:
    data = answer[1] if len(answer) > 1 else b""
    pieces = data if isinstance(data, list) else [data]
    return " ".join(p.decode("utf-8", "replace") if isinstance(p, bytes) else str(p) for p in pieces if p)
