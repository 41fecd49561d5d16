"""A disk that fills up in the middle of the work: what was received is neither lost nor booked twice."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.adapters.archive import open_archive
from pipeline.adapters.erp.memory import MemoryErp
from pipeline.demo.company import COMPANY
from pipeline.domain.mail import OutcomeStatus
from pipeline.errors import ResourceExhausted
from tests.flow.office import Office, einvoice, mail, states

ORDERS = (("PO-2045", "BW-1"), ("PO-2046", "BW-2"), ("PO-2054", "BW-3"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for a few megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip("a small disk can be mounted by root alone; run this test as root")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Leave no room on a disk for a while."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 512):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    try:
        yield
    finally:
        ballast.unlink()


def deliver(office: Office) -> None:
    for order, number in ORDERS:
        office.deliver(f"{number}.eml", mail(number, einvoice(order, number)))


def posted(office: Office) -> list[str]:
    return [line.file for line in office.store.overview() if line.state.value == "posted"]


def test_where_originals_cannot_be_kept_nothing_is_taken_in(tmp_path: Path, small_disk: Path) -> None:
    office = Office(tmp_path, archive=open_archive(str(small_disk / "archive")))
    deliver(office)

    with filled(small_disk), pytest.raises(ResourceExhausted, match="Free disk space"):
        office.work()

    assert office.mailbox.acknowledged == []
    assert office.store.overview() == ()
    assert office.work() == 3
    assert len(posted(office)) == 3


def test_a_disk_that_fills_up_under_the_archive(tmp_path: Path, small_disk: Path) -> None:
    office = Office(tmp_path, archive=open_archive(str(small_disk / "archive")))
    deliver(office)
    office.flow.collect()

    with filled(small_disk):
        office.engine.drain()
        office.flow.bury_failures()

    assert states(office.store.overview()) == [("dead_letter", "GAVE_UP")] * 3
    assert all("Free disk space" in letter.message for letter in office.store.dead_letters())
    office.retry_all()
    office.work()
    assert len(posted(office)) == 3
    assert office.store.dead_letters() == ()


def test_a_disk_that_fills_up_under_the_store(small_disk: Path) -> None:
    books = MemoryErp.of(COMPANY)
    office = Office(small_disk, erp=books)
    deliver(office)
    office.flow.collect()

    with filled(small_disk):
        office.engine.drain()
        with pytest.raises(ResourceExhausted):
            office.flow.bury_failures()

    office.work()
    assert office.store.unfinished_messages() == ()
    office.retry_all()
    office.work()
    assert sorted(posted(office)) == [f"{number}.xml" for _, number in ORDERS]
    assert {office.outcome(f"{number}.eml").status for _, number in ORDERS} == {OutcomeStatus.POSTED}
    assert [len(books.bills("S3", number)) for _, number in ORDERS] == [1, 1, 1]
    assert office.store.verify_audit() is None
