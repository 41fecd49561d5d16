"""A throw-away Tryton server with a small company in it, on SQLite and a loopback port.

Building the database takes about half a minute of CPU, so it is done once, in two steps that are both cached: the
empty database with its modules (`tryton-base-…`), and the company in it (`tryton-…`). Every server runs on a copy.
"""

import configparser
import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import httpx

from pipeline.adapters.words.sandbox import module_path
from pipeline.demo import tryton_accounts, tryton_company, tryton_orders, tryton_serve
from pipeline.demo.company import DemoCompany
from pipeline.errors import ConfigurationError, Unavailable

MODULES = ("account_invoice_stock", "bank", "purchase_invoice_line_standalone", "sale")
DATABASE = "erp"
_BUILDERS = (tryton_company, tryton_accounts, tryton_orders)
_START_SECONDS = 90.0


class TrytonServer:
    """Tryton for one run: `with TrytonServer(folder, cache) as server:` starts it and stops it again.

    `folder` holds the running copy and the log, `cache` the built databases (safe to share between processes).
    `tell` hears of every step. `password` is the connector's, `admin_password` the administrator's; both are new for
    each server. Raises `ConfigurationError` where Tryton is not installed, `Unavailable` where it does not start.
    """

    database = DATABASE
    user = tryton_company.CONNECTOR

    def __init__(
        self,
        folder: Path,
        cache: Path,
        company: DemoCompany | None = None,
        *,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self.folder = folder
        self.company = company or DemoCompany()
        self.password = secrets.token_urlsafe(18)
        self.admin_password = secrets.token_urlsafe(18)
        self.log = folder / "tryton.log"
        self._cache = cache
        self._tell = tell or (lambda _: None)
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        built = build_database(self._cache, self.company, tell=self._tell)
        self.folder.mkdir(parents=True, exist_ok=True)
        copy = self.folder / f"{DATABASE}.sqlite"
        shutil.copyfile(built, copy)
        _set_passwords(copy, {self.user: self.password, tryton_company.ADMINISTRATOR: self.admin_password})
        self._tell("starting Tryton")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and return when it answers; the port stays the same over a restart."""
        self._port = self._port or _free_port()
        configuration = _configure(self.folder, self._port)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", tryton_serve.__name__, "-c", str(configuration), "-d", DATABASE, "-v"],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.PIPE,
                env=_environment(),
            )
        try:
            self._await_answer(self._process)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server; safe to call again."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _await_answer(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the connector can log in, which needs the database and not only the port."""
        hint = f"See {self.log}."
        login = {"id": 0, "method": "common.db.login", "params": [self.user, {"password": self.password}]}
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if (code := process.poll()) is not None:
                raise Unavailable(f"Tryton ended with code {code} while starting.", operator_hint=hint)
            try:
                answer = httpx.post(f"{self.url}/{DATABASE}/rpc/", json=login, timeout=10)
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            if answer.status_code == httpx.codes.OK and answer.json().get("result"):
                return
            raise Unavailable(f"Tryton started, but nobody can log in (HTTP {answer.status_code}).", operator_hint=hint)
        raise Unavailable(f"Tryton did not answer within {_START_SECONDS:.0f} s.", operator_hint=hint)


def build_database(cache: Path, company: DemoCompany, *, tell: Callable[[str], None]) -> Path:
    """Return a SQLite database with the company in it, built unless the cache has it. Nobody can log in to it yet.

    The name carries a digest of the company and of every version involved; a half-built one is never seen.
    """
    cache = cache.resolve()  # a child process works in a folder of its own
    versions = _versions()
    description = tryton_company.encode(company)
    builder = "".join(Path(str(module.__file__)).read_text("utf-8") for module in _BUILDERS)
    base = cache / f"tryton-base-{_digest(versions, *MODULES)}.sqlite"
    built = cache / f"tryton-{_digest(versions, *MODULES, description, builder)}.sqlite"
    if built.exists():
        return built
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache / "tryton.lock"), tempfile.TemporaryDirectory(dir=cache, prefix="building-") as name:
        work = Path(name)
        if not base.exists():
            tell("building the empty ERP, once (about 20 s)")
            (work / f"{DATABASE}.sqlite").touch()
            _run_admin(work)
            (work / f"{DATABASE}.sqlite").rename(base)
        if not built.exists():
            tell("filling the ERP with the company, once (about 20 s)")
            shutil.copyfile(base, work / f"{DATABASE}.sqlite")
            (work / "company.json").write_text(description, "utf-8")
            _fill(work, tell)
            (work / f"{DATABASE}.sqlite").rename(built)
    return built


def _run_admin(work: Path) -> None:
    command = [sys.executable, "-P", "-m", "trytond.cli.admin", "-c", str(_configure(work)), "-d", DATABASE]
    # Without a password and an address it asks for them; the password is replaced in every copy.
    (work / "password").write_text(secrets.token_urlsafe(18), "utf-8")
    command += ["--email", "admin@bilag.invalid", "--activate-dependencies", "-u", *MODULES]
    environment = _environment() | {"TRYTONPASSFILE": str(work / "password")}
    done = subprocess.run(  # its exit code is read below
        command, check=False, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise ConfigurationError(
            f"Tryton's database could not be built: {_last_line(done.stderr)}",
            operator_hint="Install the extra 'demo' (pip install 'bilag[demo]').",
        )


def _fill(work: Path, tell: Callable[[str], None]) -> None:
    command = [sys.executable, "-P", "-m", tryton_company.__name__, str(_configure(work)), DATABASE, "company.json"]
    with (work / "errors.txt").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command, cwd=work, env=_environment(), stdout=subprocess.PIPE, stderr=errors, text=True
        )
        assert process.stdout is not None
        for line in process.stdout:
            tell(line.strip())
        if process.wait():
            errors.seek(0)
            raise ConfigurationError(
                f"The company could not be written to Tryton: {_last_line(errors.read())}",
                operator_hint="Check the company's numbers; Tryton refused one of them.",
            )


def _environment() -> dict[str, str]:
    """Let child processes import this very code, and nothing of a Tryton set up on this machine reach them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRYTON")}
    return kept | {"PYTHONPATH": module_path()}


def _configure(folder: Path, port: int = 0) -> Path:
    configuration = configparser.ConfigParser(interpolation=None)
    configuration["database"] = {"uri": "sqlite://", "path": str(folder.resolve())}
    configuration["web"] = {"listen": f"127.0.0.1:{port}", "root": ""}
    path = folder / "trytond.conf"
    with path.open("w", encoding="utf-8") as file:
        configuration.write(file)
    return path


def _set_passwords(database: Path, passwords: dict[str, str]) -> None:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    hasher = PasswordHash((Argon2Hasher(),))
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        for login, password in passwords.items():
            connection.execute("UPDATE res_user SET password_hash = ? WHERE login = ?", (hasher.hash(password), login))


def _versions() -> str:
    names = {
        dist.name: dist.version for dist in metadata.distributions() if dist.name.startswith(("trytond", "proteus"))
    }
    if not names:
        raise ConfigurationError(
            "Tryton is not installed.", operator_hint="Install the extra 'demo' (pip install 'bilag[demo]')."
        )
    return repr(sorted(names.items()))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no message"])[-1]


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[IO[str]]:
    """Let one process at a time build; the lock goes when its holder dies."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
