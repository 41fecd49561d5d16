"""What is special of each mailbox that lies in files."""

import json
import mailbox as standard
import os
import subprocess
import sys
import threading
from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.adapters.mailbox.folder import FolderMailbox
from pipeline.adapters.mailbox.maildir import MaildirMailbox
from pipeline.adapters.mailbox.mbox import MboxMailbox
from pipeline.adapters.mailbox.outcomes import OutcomeLog
from pipeline.domain.mail import Outcome, OutcomeStatus
from pipeline.errors import ConfigurationError, Unavailable

POSTED = Outcome(OutcomeStatus.POSTED, "POSTED", "Booked as bill 17 for Møller.")
REVIEW = Outcome(OutcomeStatus.REVIEW, "TOTALS_DISAGREE", "The totals\ndisagree.")
MAIL = b"Subject: x\r\n\r\nHello\r\n"


def test_an_outcome_survives_a_line_that_a_crash_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    OutcomeLog(path).record("a", POSTED)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:30])
    log = OutcomeLog(path)
    log.record("b", REVIEW)
    for reader in (log, OutcomeLog(path)):
        assert reader.outcomes() == {"a": POSTED, "b": REVIEW}


def test_equal_outcomes_are_written_once(tmp_path: Path) -> None:
    log = OutcomeLog(tmp_path / "log.jsonl")
    for _ in range(3):
        log.record("a", POSTED)
    entry = {"uid": "a", "status": "posted", "reason": "POSTED", "message": POSTED.message}
    assert [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()] == [entry]


def test_another_process_sees_new_outcomes(tmp_path: Path) -> None:
    first, second = OutcomeLog(tmp_path / "log.jsonl"), OutcomeLog(tmp_path / "log.jsonl")
    assert second.outcome("a") is None
    first.record("a", POSTED)
    assert second.outcome("a") == POSTED


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"

    def write(number: int) -> None:
        for n in range(20):
            OutcomeLog(path).record(f"{number}-{n}", POSTED)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(OutcomeLog(path).outcomes()) == 80


def test_a_log_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        OutcomeLog(tmp_path / "missing" / "log.jsonl").record("a", POSTED)


def test_a_replaced_file_is_a_new_message(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    folder = FolderMailbox(tmp_path)
    first = next(iter(folder.fetch()))
    folder.acknowledge(first.ref, POSTED)
    (tmp_path / "a.eml").write_bytes(MAIL + b"more")
    second = next(iter(folder.fetch()))
    assert second.content == MAIL + b"more"
    assert second.ref != first.ref


def test_only_eml_files_are_messages(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    for name in ("A.EML", "b.tmp", ".c.eml", "d.txt", ".cache/e.eml"):
        (tmp_path / name).write_bytes(MAIL)
    assert [raw.ref.uid.partition("@")[0] for raw in FolderMailbox(tmp_path).fetch()] == ["A.EML"]


def test_a_sub_folder_is_a_label(tmp_path: Path) -> None:
    (tmp_path / "bills" / "new").mkdir(parents=True)
    (tmp_path / "bills" / "new" / "a.eml").write_bytes(MAIL)
    raw = next(iter(FolderMailbox(tmp_path).fetch()))
    assert (raw.labels, raw.ref.folder) == (("bills/new",), "bills/new")


def test_a_file_that_is_taken_away_while_fetching_is_passed_over(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"{number}.eml").write_bytes(MAIL + b"%d" % number)
        os.utime(tmp_path / f"{number}.eml", (number, number))
    fetching = FolderMailbox(tmp_path).fetch()
    assert next(fetching).content == MAIL + b"1"
    (tmp_path / "2.eml").unlink()
    assert [raw.content for raw in fetching] == [MAIL + b"3"]


@pytest.mark.parametrize("make", [FolderMailbox, MaildirMailbox, MboxMailbox])
def test_a_mailbox_that_is_not_there_is_a_wrong_setting(
    tmp_path: Path, make: type[FolderMailbox | MaildirMailbox | MboxMailbox]
) -> None:
    with pytest.raises(ConfigurationError):
        make(tmp_path / "missing")


def maildir(path: Path) -> Path:
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir()
    return path


def test_flags_of_a_maildir_are_labels_and_stay(tmp_path: Path) -> None:
    (maildir(tmp_path) / "cur" / "1.a.host:2,RS").write_bytes(MAIL)
    box = MaildirMailbox(tmp_path)
    raw = next(iter(box.fetch()))
    assert raw.labels == ("INBOX", "\\Answered", "\\Seen")
    box.acknowledge(raw.ref, REVIEW)
    assert [p.name for p in (tmp_path / "cur").iterdir()] == ["1.a.host:2,FRS"]


def test_a_message_that_its_owner_reads_meanwhile_is_still_found(tmp_path: Path) -> None:
    for number in (1, 2):
        (maildir(tmp_path) if number == 1 else tmp_path).joinpath("new", f"{number}.a.host").write_bytes(MAIL)
    box = MaildirMailbox(tmp_path)
    fetching = box.fetch()
    next(fetching)
    (tmp_path / "new" / "2.a.host").rename(tmp_path / "cur" / "2.a.host:2,S")
    second = next(fetching)
    assert second.ref.uid == "2.a.host"
    box.acknowledge(second.ref, POSTED)
    assert (tmp_path / "cur" / "2.a.host:2,S").is_file()


def test_acknowledged_messages_move_where_the_owner_wants_them(tmp_path: Path) -> None:
    (maildir(tmp_path) / "new" / "1.a.host").write_bytes(MAIL)
    box = MaildirMailbox(tmp_path, move_to={OutcomeStatus.POSTED: "Bilag/Posted"})
    ref = next(iter(box.fetch())).ref
    box.acknowledge(ref, POSTED)
    box.acknowledge(ref, POSTED)
    assert (tmp_path / ".Bilag.Posted" / "cur" / "1.a.host:2,S").read_bytes() == MAIL
    assert list(box.fetch()) == []


def test_the_standard_library_reads_a_maildir_as_we_leave_it(tmp_path: Path) -> None:
    made = standard.Maildir(tmp_path / "m")
    made.add(MAIL)
    box = MaildirMailbox(tmp_path / "m")
    box.acknowledge(next(iter(box.fetch())).ref, REVIEW)
    assert [m.get_flags() for m in standard.Maildir(tmp_path / "m")] == ["FS"]


SEPARATOR = b"From a@example.com Tue Nov 24 06:28:31 2026"


def test_lines_that_begin_like_a_separator_stay_in_the_message(tmp_path: Path) -> None:
    body = b"Subject: x\n\nHello\n\nFrom now on we order weekly.\n\nFrom: me\n>From you\n"
    (tmp_path / "m").write_bytes(SEPARATOR + b"\n" + body + b"\n" + SEPARATOR + b"\n" + MAIL + b"\n")
    assert [raw.content for raw in MboxMailbox(tmp_path / "m").fetch()] == [body, MAIL]


def test_an_mbox_of_windows_lines_is_read(tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes((SEPARATOR + b"\r\n" + MAIL + b"\r\n") * 2)
    assert [raw.content for raw in MboxMailbox(tmp_path / "m").fetch()] == [MAIL, MAIL]


def test_an_mbox_without_a_last_newline_is_read(tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes(SEPARATOR + b"\nSubject: x\n\nHello")
    assert [raw.content for raw in MboxMailbox(tmp_path / "m").fetch()] == [b"Subject: x\n\nHello"]


def test_an_mbox_of_the_standard_library_is_read(tmp_path: Path) -> None:
    made = standard.mbox(tmp_path / "m")
    for number in range(3):
        message = EmailMessage()
        message["Subject"] = f"no {number}"
        message.set_content("Hello\n\nFrom here\n")
        made.add(message)
    made.flush()
    expected = [made.get_bytes(key) for key in made.keys()]  # noqa: SIM118 — iterating gives messages
    assert [raw.content for raw in MboxMailbox(tmp_path / "m").fetch()] == expected


def test_outcomes_stay_when_a_mail_program_deletes_another_message(tmp_path: Path) -> None:
    entries = [SEPARATOR + b"\n" + MAIL + b"%d\n\n" % number for number in range(3)]
    (tmp_path / "m").write_bytes(b"".join(entries))
    box = MboxMailbox(tmp_path / "m")
    box.acknowledge(list(box.fetch())[1].ref, POSTED)
    (tmp_path / "m").write_bytes(b"".join(entries[1:]))
    assert [raw.content for raw in box.fetch()] == [MAIL + b"2\n"]


def test_an_mbox_that_is_rewritten_while_fetching_is_read_anew(tmp_path: Path) -> None:
    entries = [SEPARATOR + b"\n" + MAIL + b"%d\n\n" % number for number in range(3)]
    (tmp_path / "m").write_bytes(b"".join(entries))
    box = MboxMailbox(tmp_path / "m")
    fetching = box.fetch()
    next(fetching)
    (tmp_path / "m").write_bytes(b"".join(entries[1:]))
    assert list(fetching) == []
    assert [raw.content for raw in box.fetch()] == [MAIL + b"1\n", MAIL + b"2\n"]


def test_a_locked_mbox_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes(SEPARATOR + b"\n" + MAIL)
    script = (
        "import fcntl,sys; f=open(sys.argv[1],'r+b'); fcntl.lockf(f,fcntl.LOCK_EX); print('locked',flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "m")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(Unavailable, match="locked"):
            list(MboxMailbox(tmp_path / "m").fetch())
        other.communicate(b"\n")
    assert len(list(MboxMailbox(tmp_path / "m").fetch())) == 1
