"""A real IMAP server: Debian's Dovecot under a configuration of its own, with one account per test and TLS."""

import getpass
import imaplib
import os
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "s3cret{of}'the'house"
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
auth_verbose = yes
auth_failure_delay = 0
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
imap_idle_notify_interval = 29 mins
{capability}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail} gid={group} home={folder}/home/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  # Wrong passwords must not slow down the tests that come after.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""
# What Dovecot offers otherwise, without IDLE.
_WITHOUT_IDLE = "imap_capability = IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+ UIDPLUS MOVE"


@dataclass(frozen=True)
class Dovecot:
    """A running server; any user name is an account, all with one password."""

    port: int
    tls_port: int
    process: "subprocess.Popen[bytes]"
    folder: Path

    @property
    def ssl_context(self) -> ssl.SSLContext:
        """A context that trusts the server's own certificate, for the name localhost."""
        return ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))

    def client(self, user: str) -> imaplib.IMAP4:
        """Return a logged-in client by which a test plays the account's owner."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        client.login(user, PASSWORD)
        return client

    def drop_connections(self) -> None:
        """Kill the processes that serve this server's sessions, as a restart of the server would."""
        for pid in _children(self.process.pid):
            with suppress(FileNotFoundError, ProcessLookupError):
                if Path(f"/proc/{pid}/comm").read_text().strip() == "imap":
                    os.kill(pid, signal.SIGKILL)


@contextmanager
def running_dovecot(*, idle: bool = True) -> Iterator[Dovecot]:
    """Start Dovecot in a folder of its own and yield it; skip the test where it is not installed."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None or shutil.which("openssl") is None:
        pytest.skip("Dovecot is not here; install Debian's dovecot-imapd and openssl to run this test")
    # Not below pytest's folder, which Dovecot's own users may not enter and whose paths are too long for sockets.
    folder = Path(tempfile.mkdtemp(prefix="bilag-dovecot-"))
    folder.chmod(0o755)
    port, tls_port = _free_ports()
    _make_certificate(folder)
    _configure(folder, port, tls_port, idle=idle)
    with (folder / "console.log").open("wb") as console:
        process = subprocess.Popen(
            [program, "-F", "-c", str(folder / "dovecot.conf")],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            start_new_session=True,
        )
    server = Dovecot(port, tls_port, process, folder)
    try:
        _await_greeting(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _configure(folder: Path, port: int, tls_port: int, *, idle: bool) -> None:
    me, group = (
        getpass.getuser(),
        subprocess.run(["id", "-gn"], check=True, capture_output=True, text=True).stdout.strip(),
    )
    root = os.geteuid() == 0
    (folder / "home").mkdir()
    if root:
        # As root, Dovecot insists on the users that its package made; else it can only be who started it.
        shutil.chown(folder / "home", "dovecot", "dovecot")
    text = _CONFIGURATION.format(
        folder=folder,
        internal="dovecot" if root else me,
        login="dovenull" if root else me,
        mail="dovecot" if root else me,
        group="dovecot" if root else group,
        capability="" if idle else _WITHOUT_IDLE,
        password=PASSWORD,
        port=port,
        tls_port=tls_port,
    )
    (folder / "dovecot.conf").write_text(text)


def _make_certificate(folder: Path) -> None:
    request = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
        " -addext subjectAltName=DNS:localhost -keyout key.pem -out certificate.pem"
    )
    subprocess.run(shlex.split(request), cwd=folder, check=True, capture_output=True)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def _await_greeting(server: Dovecot) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=2) as connection:
                if connection.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.1)
        if server.process.poll() is not None:
            break
    logs = [server.folder / "console.log", server.folder / "dovecot.log"]
    raise RuntimeError("Dovecot did not start: " + " ".join(log.read_text() for log in logs if log.exists()))


def _children(pid: int) -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return [child for child, parent in parents.items() if parent == pid]
