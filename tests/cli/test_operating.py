"""`bilag run`, `status`, `show`, `dead-letters` and `audit` on a workspace that has seen work."""

import getpass
import io
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console

from pipeline.cli.tables import overview
from pipeline.domain.record import RecordRef, RecordType
from pipeline.domain.vocabulary import Kind
from pipeline.store.records import State
from tests.cli.conftest import PASSWORD, Bilag
from tests.flow.office import Office, einvoice, mail


def rows(value: object) -> Sequence[Mapping[str, Any]]:
    return cast("Sequence[Mapping[str, Any]]", value)


@pytest.mark.slow
def test_run_once_against_an_erp_that_does_not_answer(bilag: Bilag, workspace: Path) -> None:
    (workspace / "inbox" / "a.eml").write_bytes(mail("Invoice", einvoice()))

    ended = bilag("run", "--once", "-w", workspace)

    assert ended.code == 6, "the message has its outcome, but somebody must hear that the ERP is away"
    assert "ERP_UNAVAILABLE" in ended.said
    assert PASSWORD not in (workspace / "inbox" / ".bilag-outcomes.jsonl").read_text()

    (letter,) = rows(bilag("dead-letters", "list", "--json", "-w", workspace).json)
    assert letter["reason"] == "ERP_UNAVAILABLE"
    assert letter["message"].endswith("Retry the dead letter when it is back.")
    assert bilag("dead-letters", "retry", letter["id"], "-w", workspace).code == 0
    again = bilag("run", "--once", "--json", "-w", workspace)
    assert [row["state"] for row in rows(again.json)] == ["dead_letter"]
    assert again.code == 6
    (letter,) = rows(bilag("dead-letters", "list", "--json", "-w", workspace).json)
    assert letter["attempts"] == 2
    assert bilag("audit", "verify", "-w", workspace).code == 0

    nothing = bilag("run", "--once", "-w", workspace)
    assert (nothing.code, nothing.out.strip()) == (0, "Nothing new."), "what an earlier run left says nothing of this"


def test_run_without_a_mailbox(bilag: Bilag, workspace: Path) -> None:
    (workspace / "inbox").rmdir()

    ended = bilag("run", "--once", "-w", workspace)

    assert ended.code == 3
    assert "mailbox folder" in ended.said


def test_run_with_a_wrong_policy_names_the_key(bilag: Bilag, workspace: Path) -> None:
    (workspace / "policy.toml").write_text("minimum_confidnce = 0.9\n")

    ended = bilag("run", "--once", "-w", workspace)

    assert ended.code == 3
    assert "policy.toml" in ended.said
    assert "minimum_confidnce" in ended.said


@pytest.mark.parametrize("command", [("run", "--once"), ("status",), ("dead-letters", "list"), ("audit", "verify")])
def test_outside_a_workspace_it_says_what_to_do(bilag: Bilag, tmp_path: Path, command: tuple[str, ...]) -> None:
    ended = bilag(*command, "-w", tmp_path)
    assert ended.code == 3
    assert "bilag init" in ended.said


def test_the_workspace_may_come_from_the_environment(
    bilag: Bilag, worked: Office, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAG_WORKSPACE", str(workspace))
    assert "3" in bilag("status").said
    monkeypatch.setenv("BILAG_WORKSPACE", "/nowhere")
    assert bilag("status", "-w", workspace).code == 0
    assert bilag("status").code == 3


def test_status(bilag: Bilag, worked: Office, workspace: Path) -> None:
    ended = bilag("status", "-w", workspace)
    assert ended.code == 0
    for shown in ("posted 1 1", "dead letter 1 1", "skipped 1", "1 dead letters", "Invoice BW-10377", "Lunch?"):
        assert shown in ended.said

    report = cast("Mapping[str, Any]", bilag("status", "--json", "-w", workspace).json)
    assert report["messages"] == {"posted": 1, "dead_letter": 1, "skipped": 1}
    assert report["postings"] == {"posted": 1}
    assert report["dead_letters"] == 1


def test_show(bilag: Bilag, worked: Office, workspace: Path) -> None:
    ended = bilag("show", "BW-10377", "-w", workspace)
    assert ended.code == 0
    for shown in ("invoice_number BW-10377", "Decision: post", "PO_MATCHED", "posting posted, 1 attempts", "B-0001"):
        assert shown in ended.said
    assert "document_decided" in ended.said

    record = cast("Mapping[str, Any]", bilag("show", "BW-10377", "--json", "-w", workspace).json)
    assert record["extraction"]["schema"] == "bilag.extraction/1"
    assert record["posting"]["state"] == "posted"
    by_id = bilag("show", record["line"]["id"][:12], "--json", "-w", workspace)
    assert by_id.json == record


def test_show_of_what_is_not_there(bilag: Bilag, worked: Office, workspace: Path) -> None:
    ended = bilag("show", "[/bold]", "-w", workspace)
    assert ended.code == 8
    assert "[/bold]" in ended.said
    assert "bilag status" in ended.said


def test_show_of_several_lists_them(bilag: Bilag, worked: Office, workspace: Path) -> None:
    ended = bilag("show", ".xml", "-w", workspace)
    assert ended.code == 8
    assert "2 documents match" in ended.said
    for shown in ("BW-10377.xml", "cut.xml", ".xml:1 posted", ".xml:2 dead letter", "by its number or its whole id"):
        assert shown in ended.said


def test_one_of_several_is_named_by_its_number_or_its_id(bilag: Bilag, worked: Office, workspace: Path) -> None:
    for number, file in ((1, "BW-10377.xml"), (2, "cut.xml")):
        shown = cast("Mapping[str, Any]", bilag("show", f".xml:{number}", "--json", "-w", workspace).json)
        assert shown["line"]["file"] == file
        assert bilag("show", shown["line"]["id"], "--json", "-w", workspace).json == shown
    beyond = bilag("show", ".xml:3", "-w", workspace)
    assert beyond.code == 8
    assert "2 documents match" in beyond.said
    assert bilag("show", "nothing:1", "-w", workspace).code == 8


def test_two_documents_of_one_file_are_told_apart(bilag: Bilag, workspace: Path) -> None:
    office = Office(workspace)
    office.deliver("a.eml", mail("Two in one", ("two.xml", einvoice()[1], "application/xml")))
    office.work()
    (first,) = office.store.overview()
    digest = str(first.id).partition(":")[0]
    office.store.record_document(
        first.message_key, path=first.path, file=first.file, sha256=digest, first_page=2, last_page=3
    )

    ended = bilag("show", digest, "-w", workspace)
    assert ended.code == 8
    for shown in (f"{digest}:1", f"{digest}:2", f"{digest}:2-3"):
        assert shown in ended.said
    for name in ("two.xml:2", f"{digest}:2-3"):
        record = cast("Mapping[str, Any]", bilag("show", name, "--json", "-w", workspace).json)
        assert record["line"]["id"] == f"{digest}:2-3"


@pytest.fixture
def damaged(workspace: Path) -> Office:
    """A workspace with one dead letter that is a message without documents."""
    office = Office(workspace)
    office.deliver("a.eml", b"\x00\x00\x00")
    office.work()
    assert office.store.dead_letters()[-1].document_id is None
    return office


def test_a_message_without_documents_is_named_by_key_dead_letter_or_subject(
    bilag: Bilag, worked: Office, damaged: Office, workspace: Path
) -> None:
    (key,) = [line.message_key for line in damaged.store.overview() if line.reason == "MESSAGE_DAMAGED"]
    (letter,) = [letter.id for letter in damaged.store.dead_letters() if letter.message_key == key]

    for name in (key, key[:12], f"d-{letter}"):
        shown = cast("Mapping[str, Any]", bilag("show", name, "--json", "-w", workspace).json)
        assert (shown["message"]["key"], shown["line"]["reason"]) == (key, "MESSAGE_DAMAGED")
    assert "message_finished" in bilag("show", key, "-w", workspace).said
    assert "Lunch?" in bilag("show", "lunch", "-w", workspace).said
    (other,) = [letter.id for letter in worked.store.dead_letters() if letter.message_key != key]
    assert "file cut.xml" in bilag("show", f"d-{other}", "-w", workspace).said
    assert bilag("show", "d-99", "-w", workspace).code == 8
    assert bilag("cancel", key, "--why", "x", "-w", workspace).code == 8


@pytest.mark.parametrize("command", [("retry",), ("dismiss", "--why", "Junk.")])
def test_a_message_without_documents_is_acted_on(
    bilag: Bilag, damaged: Office, workspace: Path, command: tuple[str, ...]
) -> None:
    ended = bilag(*command, "d-1", "-w", workspace)

    assert ended.code == 0, ended.said
    assert "No dead letters" in bilag("dead-letters", "list", "-w", workspace).said


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_tables_keep_codes_and_numbers_whole(
    bilag: Bilag, worked: Office, workspace: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    record = RecordRef(RecordType.BILL, "7", "B2026-0002", "")
    rows = [replace(line, record=record if line.state is State.POSTED else None) for line in worked.store.overview()]
    rows += [replace(rows[1], reason="ATTACHMENT_TYPE_NOT_WANTED", subject="w" * 90, file="f" * 90, id="9")]
    rows += [replace(rows[1], reason="READ_BACK_DIFFERS", record=record, kind=Kind.PURCHASE_ORDER, id="8")]
    console = Console(width=width, file=io.StringIO())
    with console.capture() as drawn:
        console.print(overview(rows, width=width))
    monkeypatch.setenv("COLUMNS", str(width))
    listed = bilag("dead-letters", "list", "-w", workspace).out

    for whole in ("ATTACHMENT_TYPE_NOT_WANTED", "READ_BACK_DIFFERS", "bill B2026-0002", "dead letter", "posted"):
        assert whole in drawn.get()
    assert ("purchase order" in drawn.get()) == (width >= 100)
    assert "EINVOICE_UNREADABLE" in listed
    assert "cut.xml" in listed
    assert max(map(len, (drawn.get() + listed).splitlines())) <= width


def test_retrying_a_dead_letter_is_signed(bilag: Bilag, worked: Office, workspace: Path) -> None:
    bilag("dead-letters", "retry", "--all", "-w", workspace)
    (row,) = [row for row in worked.store.audit_rows() if row.event == "retry_requested"]
    assert row.actor == getpass.getuser()


def test_dead_letters(bilag: Bilag, worked: Office, workspace: Path) -> None:
    ended = bilag("dead-letters", "list", "-w", workspace)
    assert ended.code == 0
    for shown in ("cut.xml", "Cut off", "EINVOICE_UNREADABLE"):
        assert shown in ended.said

    assert bilag("dead-letters", "retry", "-w", workspace).code == 2, "neither an id nor --all"
    unknown = bilag("dead-letters", "retry", "77", "-w", workspace)
    assert unknown.code == 8
    assert "77" in unknown.said
    assert "1 marked" in bilag("dead-letters", "retry", "--all", "-w", workspace).said
    assert "No dead letters" in bilag("dead-letters", "list", "-w", workspace).said
    assert worked.work() == 1
    assert rows(bilag("dead-letters", "list", "--json", "-w", workspace).json)[0]["attempts"] == 2


def test_audit_of_a_whole_chain(bilag: Bilag, worked: Office, workspace: Path) -> None:
    head = bilag("audit", "head", "-w", workspace).out.strip()
    verified = bilag("audit", "verify", "--checkpoint", head, "-w", workspace)
    assert verified.code == 0
    assert head in verified.said

    count, _, digest = head.partition(":")
    other = bilag("audit", "verify", "--checkpoint", f"{int(count) + 1}:{digest}", "-w", workspace)
    assert other.code == 4
    assert "cut off" in other.said
    assert bilag("audit", "verify", "--checkpoint", "nonsense", "-w", workspace).code == 2


def test_audit_names_the_row_that_was_changed(bilag: Bilag, worked: Office, workspace: Path) -> None:
    with sqlite3.connect(workspace / "bilag.db") as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE audit_log SET actor = 'somebody else' WHERE sequence = 3")

    ended = bilag("audit", "verify", "-w", workspace)

    assert ended.code == 4
    assert "Row 3 is bad" in ended.said


def test_a_database_that_is_none(bilag: Bilag, workspace: Path) -> None:
    (workspace / "bilag.db").write_bytes(b"this is no database at all, " * 99)
    ended = bilag("status", "-w", workspace)
    assert ended.code == 4
    assert "backup" in ended.said


HOSTILE = "[/red] [link=http://evil.example]Invoice[/link]\u202e \x1b[2J"


def test_a_subject_neither_styles_nor_steers_the_terminal(bilag: Bilag, workspace: Path) -> None:
    office = Office(workspace)
    name, content, kind = einvoice()
    office.deliver("a.eml", mail("Invoice", (f"[bold]{name}", content, kind)))
    office.deliver(
        "b.eml", mail("x", ("b[i].xml", content[:300], kind)).replace(b"Subject: x", f"Subject: {HOSTILE}".encode())
    )
    office.work()

    for command in (("status",), ("show", "[bold]"), ("show", "b["), ("dead-letters", "list")):
        ended = bilag(*command, "-w", workspace)
        assert ended.code == 0, command
        assert "\x1b" not in ended.out
        assert "\u202e" not in ended.out
    assert "[/red] [link=" in bilag("status", "-w", workspace).said


def test_a_document_is_dismissed_by_name(bilag: Bilag, worked: Office, workspace: Path) -> None:
    assert bilag("dismiss", "cut.xml", "-w", workspace).code == 2, "a reason is asked for"

    ended = bilag("dismiss", "cut.xml", "--why", "Sent again [by post].", "-w", workspace)

    assert ended.code == 0, ended.said
    assert "cut.xml is dismissed" in ended.said
    assert "Sent again [by post]." in bilag("show", "cut.xml", "-w", workspace).said
    assert "No dead letters" in bilag("dead-letters", "list", "-w", workspace).said
    posted = bilag("dismiss", "BW-10377", "--why", "x", "-w", workspace)
    assert posted.code == 8
    assert "posted" in posted.said


def test_a_document_is_tried_again_by_name(bilag: Bilag, worked: Office, workspace: Path) -> None:
    assert "is marked" in bilag("retry", "cut.xml", "-w", workspace).said
    assert worked.work() == 1
    assert bilag("retry", "BW-10377", "-w", workspace).code == 8, "what is posted is not tried again"


def test_a_record_is_not_cancelled_where_the_erp_does_not_answer(bilag: Bilag, worked: Office, workspace: Path) -> None:
    ended = bilag("cancel", "BW-10377", "--why", "Booked by mistake.", "-w", workspace)
    assert ended.code == 6
    assert "posting posted" in bilag("show", "BW-10377", "-w", workspace).said
