"""What every archive must do, on each kind of store: memory, a folder, S3."""

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.adapters.archive import ObjectArchive, open_archive
from pipeline.errors import CorruptState, Rejected
from pipeline.ports import Archive
from tests.servers.moto import make_bucket, running_moto

MESSAGE = "ab" * 32


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with running_moto() as address:
        make_bucket(address, "bilag")
        yield address


@pytest.fixture(params=["memory", "folder", pytest.param("s3", marks=pytest.mark.slow)])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], ObjectArchive]:
    """Opens the same archive, each time anew where the store outlives the object."""
    if request.param == "folder":
        return lambda: open_archive(f"file://{tmp_path}/archive")
    if request.param == "s3":
        address = request.getfixturevalue("s3")
        location = f"s3://bilag/{uuid.uuid4().hex}"
        return lambda: open_archive(location, endpoint=address, access_key="test", secret_key="test")
    kept = open_archive("memory://")
    return lambda: kept


@pytest.fixture
def archive(opened: Callable[[], ObjectArchive]) -> ObjectArchive:
    return opened()


def test_it_is_an_archive(archive: ObjectArchive) -> None:
    port: Archive = archive
    assert port.manifest(MESSAGE) == []


@pytest.mark.parametrize("content", [b"", b"x", bytes(range(256)) * 40, b"\0" * 6_000_000])
def test_what_was_put_comes_back_under_its_digest(archive: ObjectArchive, content: bytes) -> None:
    sha256 = archive.put(content)

    assert sha256 == hashlib.sha256(content).hexdigest()
    assert archive.get(sha256) == content


@given(content=st.binary(max_size=300))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_come_back(archive: ObjectArchive, content: bytes) -> None:
    assert archive.get(archive.put(content)) == content


def test_putting_the_same_again_changes_nothing(opened: Callable[[], ObjectArchive]) -> None:
    sha256 = opened().put(b"an invoice")

    assert opened().put(b"an invoice") == sha256
    assert opened().get(sha256) == b"an invoice"


def test_an_existing_object_is_never_overwritten(archive: ObjectArchive) -> None:
    content = b"the right bytes"
    sha256 = hashlib.sha256(content).hexdigest()
    archive._store.put(f"originals/{sha256[:2]}/{sha256}", b"other bytes")

    with pytest.raises(CorruptState):
        archive.put(content)

    kept = bytes(archive._store.get(f"originals/{sha256[:2]}/{sha256}").bytes())
    assert kept == b"other bytes"


def test_damaged_bytes_are_not_handed_out(archive: ObjectArchive) -> None:
    sha256 = archive.put(b"an invoice")
    archive._store.put(f"originals/{sha256[:2]}/{sha256}", b"an invoicf")

    with pytest.raises(CorruptState, match=sha256[:12]):
        archive.get(sha256)


@pytest.mark.parametrize("digest", ["0" * 64, "abc", "../../etc/passwd", "A" * 64, ""])
def test_an_unknown_digest_is_not_found(archive: ObjectArchive, digest: str) -> None:
    with pytest.raises(Rejected) as refused:
        archive.get(digest)

    assert refused.value.vendor_code == "not_found"
    assert not refused.value.retryable


def test_many_writers_of_the_same_content_agree(opened: Callable[[], ObjectArchive]) -> None:
    content = b"one content" * 1000
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _: opened().put(content), range(16)))

    assert len(digests) == 1
    assert opened().get(digests.pop()) == content


def test_a_manifest_tells_its_entries_in_order(opened: Callable[[], ObjectArchive]) -> None:
    events = [(f"event_{number}", {"number": number, "names": ["ä", "b"], "none": None}) for number in range(12)]
    for event, data in events:
        opened().append_manifest(MESSAGE, event, data)

    assert opened().manifest(MESSAGE) == [{"event": event, "data": data} for event, data in events]
    assert opened().manifest("cd" * 32) == []


def test_the_same_entry_again_changes_nothing(archive: ObjectArchive) -> None:
    archive.append_manifest(MESSAGE, "archived", {"b": 1, "a": 2})
    archive.append_manifest(MESSAGE, "posted", {"record": "bill 7"})
    archive.append_manifest(MESSAGE, "archived", {"a": 2, "b": 1})

    assert [entry["event"] for entry in archive.manifest(MESSAGE)] == ["archived", "posted"]


def test_the_same_event_with_other_data_is_another_entry(archive: ObjectArchive) -> None:
    archive.append_manifest(MESSAGE, "posted", {"record": "bill 7"})
    archive.append_manifest(MESSAGE, "posted", {"record": "bill 8"})

    assert [entry["data"] for entry in archive.manifest(MESSAGE)] == [{"record": "bill 7"}, {"record": "bill 8"}]


def test_parallel_appends_are_all_kept_and_equal_ones_once(opened: Callable[[], ObjectArchive]) -> None:
    # Every entry is appended by two threads at once.
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: opened().append_manifest(MESSAGE, "posted", {"record": n // 2}), range(24)))

    found = sorted(json.dumps(entry["data"]) for entry in opened().manifest(MESSAGE))
    assert found == sorted(json.dumps({"record": number}) for number in range(12))


def test_a_changed_manifest_entry_is_noticed(archive: ObjectArchive) -> None:
    archive.append_manifest(MESSAGE, "posted", {"record": "bill 7"})
    (key,) = [item["path"] for page in archive._store.list("manifests/") for item in page]
    archive._store.put(key, b'{"data":{"record":"bill 9"},"event":"posted"}')

    with pytest.raises(CorruptState):
        archive.manifest(MESSAGE)


@pytest.mark.parametrize("event", ["", "Posted", "posted twice", "../x", "é"])
def test_event_names_are_plain(archive: ObjectArchive, event: str) -> None:
    with pytest.raises(ValueError, match="event name"):
        archive.append_manifest(MESSAGE, event, {})


def test_data_must_be_json(archive: ObjectArchive) -> None:
    with pytest.raises(TypeError):
        archive.append_manifest(MESSAGE, "posted", {"content": b"bytes"})
    assert archive.manifest(MESSAGE) == []
