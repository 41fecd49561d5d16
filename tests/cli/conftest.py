"""The command as a user meets it, and a workspace to run it in."""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.adapters.policy_file import default_policy_toml
from pipeline.cli import main
from tests.flow.office import Office, einvoice, mail

PASSWORD = "correct-horse-battery"  # what no output may show


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that was said, on one line: what is wrapped for a terminal reads as it was meant."""
        return " ".join(f"{self.out} {self.err}".replace("│", " ").split())

    @property
    def json(self) -> object:
        return json.loads(self.out)


Bilag = Callable[..., Ended]


@pytest.fixture
def bilag(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Bilag]:
    """Runs `bilag` with arguments, in this process but through its real entry point."""
    umask, root = os.umask(0o022), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")
    for name in ("BILAG_WORKSPACE", "BILAG_ERP__PASSWORD"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["bilag", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        assert PASSWORD not in said.err + said.out
        return Ended(code, said.out, said.err)

    yield run
    # The command sets its own.
    os.umask(umask)
    root.handlers = handlers
    root.setLevel(level)


SETTINGS = f"""[mailbox]
kind = "folder"
path = "inbox"

[erp]
kind = "tryton"
url = "http://127.0.0.1:9"
database = "books"
user = "bilag"
password = "{PASSWORD}"

[reading]
ocr = "none"

[engine]
attempts = 2
first_pause = 0.01
longest_pause = 0.01
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with settings, whose ERP does not answer."""
    folder = tmp_path / "workspace"
    (folder / "inbox").mkdir(parents=True)
    (folder / "bilag.toml").write_text(SETTINGS)
    (folder / "policy.toml").write_text(default_policy_toml())
    return folder


@pytest.fixture
def worked(workspace: Path) -> Office:
    """A workspace in which one invoice was booked, one is a dead letter and one message was skipped."""
    office = Office(workspace)
    office.deliver("a.eml", mail("Invoice BW-10377", einvoice()))
    office.deliver("b.eml", mail("Cut off", ("cut.xml", einvoice("PO-2046", "BW-10382")[1][:300], "application/xml")))
    office.deliver("c.eml", mail("Lunch?"))
    office.work()
    return office
