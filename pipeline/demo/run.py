"""The whole demonstration: a throw-away workspace, a real Tryton, a mailbox, worked through to its outcomes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.adapters.policy_file import default_policy_toml
from pipeline.bootstrap import Application, build
from pipeline.demo.company import company_on
from pipeline.demo.mailbox.letters import letters
from pipeline.demo.tryton import TrytonServer
from pipeline.settings import FILE_NAME, read_settings

_SETTINGS = """[mailbox]
kind = "folder"
path = "inbox"

[erp]
kind = "tryton"
url = "{url}"
database = "{database}"
user = "{user}"
password = "{password}"

[engine]
slots = 2
attempts = 4
first_pause = 0.2
longest_pause = 2.0
"""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A workspace with a running ERP and everything wired, ready to work."""

    workspace: Path
    application: Application
    server: TrytonServer
    messages: int


@contextmanager
def demonstration(
    workspace: Path, cache: Path, today: date, tell: Callable[[str], None] = lambda _: None
) -> Iterator[Demonstration]:
    """Set up a workspace in an empty folder and start its ERP; `tell` hears of every step.

    `cache` keeps what takes long to build: the ERP's database. Raises ConfigurationError where Tryton is missing.
    """
    workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    tell("writing the mailbox")
    written = letters(today)
    (workspace / "inbox").mkdir(exist_ok=True)
    for letter in written:
        (workspace / "inbox" / letter.name).write_bytes(letter.content)
    with TrytonServer(workspace / "tryton", cache, company_on(today), tell=tell) as server:
        settings_file = workspace / FILE_NAME
        settings_file.touch(mode=0o600)
        settings_file.write_text(
            _SETTINGS.format(url=server.url, database=server.database, user=server.user, password=server.password)
        )
        (workspace / "policy.toml").write_text(default_policy_toml(), encoding="utf-8")
        application = build(read_settings(workspace))
        try:
            application.start()
            yield Demonstration(workspace, application, server, len(written))
        finally:
            application.close()
