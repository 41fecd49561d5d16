"""What a newcomer sees first: the help of every command, and a workspace set up by `bilag init`."""

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.conftest import Bilag
from tests.flow.office import mail

COMMANDS = {
    (): "E-mailed invoices and purchase orders in",
    ("demo",): "Watch a mailbox become posted, checked records",
    ("init",): "Set up WORKSPACE",
    ("run",): "Take in mail and carry every document to its outcome",
    ("extract",): "Read FILES and print every field found",
    ("status",): "Show how many messages and documents are in which state",
    ("show",): "Show everything known about DOCUMENT",
    ("retry",): "Have DOCUMENT read, checked and decided again",
    ("dismiss",): "Close DOCUMENT",
    ("cancel",): "Roll DOCUMENT's record back",
    ("dead-letters",): "What could not be worked on",
    ("dead-letters", "list"): "List what could not be worked on",
    ("dead-letters", "retry"): "Mark dead letters for another try",
    ("audit",): "hash-chained log",
    ("audit", "verify"): "Check the whole audit chain",
    ("audit", "head"): "Print the chain's head",
}


@pytest.mark.parametrize(("command", "purpose"), COMMANDS.items(), ids=lambda x: " ".join(x) or "bilag")
def test_help_says_what_it_is_for(bilag: Bilag, command: tuple[str, ...], purpose: str) -> None:
    ended = bilag(*command, "--help")
    assert ended.code == 0
    assert purpose in ended.said


def test_the_exit_codes_are_documented(bilag: Bilag) -> None:
    said = bilag("--help").said
    for code, what in ((0, "done"), (3, "settings"), (4, "corrupt state"), (6, "no answer"), (10, "some documents")):
        assert f"{code} {what}" in said


def test_without_a_command_the_help_is_shown(bilag: Bilag) -> None:
    assert "extract" in bilag().said


def test_an_unknown_command_is_wrong_usage(bilag: Bilag) -> None:
    assert bilag("extrct").code == 2
    assert bilag("show").code == 2


def test_init_sets_a_workspace_up(bilag: Bilag, tmp_path: Path) -> None:
    ended = bilag("init", tmp_path / "new" / "here")

    assert ended.code == 0
    workspace = tmp_path / "new" / "here"
    assert (workspace / "bilag.toml").stat().st_mode & 0o777 == 0o600
    assert (workspace / "inbox").is_dir()
    assert set(tomllib.loads((workspace / "bilag.toml").read_text())) >= {"mailbox", "erp", "archive", "engine"}
    assert tomllib.loads((workspace / "policy.toml").read_text())
    for step in ("export BILAG_ERP__PASSWORD=…", "BILAG_MAILBOX__PASSWORD", "bilag run --once --workspace"):
        assert step in ended.said


def test_what_init_wrote_works_once_the_password_is_there(
    bilag: Bilag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = tmp_path / "w"
    bilag("init", workspace)
    settings = workspace / "bilag.toml"
    settings.write_text(settings.read_text().replace('ocr = "rapidocr"', 'ocr = "none"'))

    for command in (("run", "--once"), ("run",), ("retry", "x"), ("cancel", "x", "--why", "y")):
        missing = bilag(*command, "-w", workspace)
        assert missing.code == 3
        assert "The ERP needs a password. Set it in the environment: export BILAG_ERP__PASSWORD=…" in missing.said
    monkeypatch.setenv("BILAG_ERP__PASSWORD", "secret")
    ended = bilag("run", "--once", "-w", workspace)
    assert ended.code == 0
    assert ended.out.strip() == "Nothing new."


@pytest.mark.parametrize("command", [("status",), ("audit", "verify"), ("audit", "head"), ("dead-letters", "list")])
def test_questions_need_no_password(bilag: Bilag, tmp_path: Path, command: tuple[str, ...]) -> None:
    bilag("init", tmp_path / "w")
    assert bilag(*command, "-w", tmp_path / "w").code == 0
    assert bilag("show", "x", "-w", tmp_path / "w").code == 8


def test_what_is_written_is_its_owners_alone(bilag: Bilag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = tmp_path / "w"
    bilag("init", workspace)
    settings = workspace / "bilag.toml"
    settings.write_text(settings.read_text().replace('ocr = "rapidocr"', 'ocr = "none"'))
    (workspace / "inbox" / "a.eml").write_bytes(mail("Lunch?"))
    monkeypatch.setenv("BILAG_ERP__PASSWORD", "secret")
    assert bilag("run", "--once", "-w", workspace).code == 0

    (workspace / "inbox" / "a.eml").unlink()
    written = [workspace, *workspace.rglob("*")]
    assert {"bilag.db", "engine.db", "engine.db.lock", "archive"} <= {path.name for path in written}
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in written if path.stat().st_mode & 0o077} == {}
    assert workspace.stat().st_mode & 0o777 == 0o700


def test_the_version(bilag: Bilag) -> None:
    assert bilag("--version").out.strip() == f"bilag {version('bilag')}"


def test_init_overwrites_nothing(bilag: Bilag, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("# mine\n")
    bilag("init", tmp_path)
    (tmp_path / "bilag.toml").write_text("# mine too\n")

    again = bilag("init", tmp_path)

    assert again.code == 3
    assert "already there" in again.said
    assert (tmp_path / "bilag.toml").read_text() == "# mine too\n"
    assert (tmp_path / "policy.toml").read_text() == "# mine\n"


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_init_says_where_it_cannot_set_up(bilag: Bilag, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")

    ended = bilag("init", tmp_path / name)

    assert ended.code == 3
    assert "cannot be set up" in ended.said


def test_a_folder_with_brackets_in_its_name_is_shown_whole(bilag: Bilag, tmp_path: Path) -> None:
    ended = bilag("init", tmp_path / "books[2026]")
    assert "books[2026]/bilag.toml" in ended.said
