"""How an archive fails: full disks, missing rights, no network, wrong locations."""

import os
import resource
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from obstore.exceptions import (
    BaseError,
    GenericError,
    InvalidPathError,
    NotSupportedError,
    PermissionDeniedError,
    UnauthenticatedError,
)

from pipeline.adapters.archive import ObjectArchive, open_archive
from pipeline.adapters.archive.failures import translated
from pipeline.errors import (
    AuthenticationFailed,
    BilagError,
    ConfigurationError,
    Rejected,
    ResourceExhausted,
    Unavailable,
)


@pytest.fixture
def small_files() -> Iterator[int]:
    """Let this process write no file of more than 1 MB: the disk refuses in the middle of a write."""
    limit = 1_000_000
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_refuses_leaves_nothing_behind(tmp_path: Path, small_files: int) -> None:
    archive = open_archive(str(tmp_path))

    with pytest.raises(ResourceExhausted) as full:
        archive.put(b"x" * (small_files + 1))

    assert full.value.retryable
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert archive.get(archive.put(b"still works")) == b"still works"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (GenericError("Unable to write: No space left on device (os error 28)\n\nDebug"), ResourceExhausted),
        (GenericError("Disk quota exceeded (os error 122)"), ResourceExhausted),
        (GenericError("Read-only file system (os error 30)"), AuthenticationFailed),
        (PermissionDeniedError("403 Forbidden"), AuthenticationFailed),
        (UnauthenticatedError("401"), AuthenticationFailed),
        (InvalidPathError("a//b"), Rejected),
        (NotSupportedError("conditional put"), Rejected),
        (GenericError("error sending request"), Unavailable),
        (OSError(28, "No space left on device"), ResourceExhausted),
        (OSError(13, "Permission denied"), AuthenticationFailed),
        (OSError(5, "Input/output error"), Unavailable),
        (FileNotFoundError(2, "No such file"), Rejected),
    ],
)
def test_every_error_is_translated(error: Exception, expected: type[BilagError]) -> None:
    with pytest.raises(BilagError) as raised, translated("keep an original"):
        raise error

    assert type(raised.value) is expected
    assert "keep an original" in raised.value.message
    assert "Debug" not in raised.value.message


def test_every_kind_of_obstore_error_is_translated() -> None:
    kinds = BaseError.__subclasses__()
    assert len(kinds) >= 9
    for kind in kinds:
        with pytest.raises(BilagError), translated("read"):
            raise kind("something")


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path))
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(AuthenticationFailed):
            archive.put(b"x")
    finally:
        tmp_path.chmod(0o700)


def test_a_bucket_that_does_not_answer_is_unavailable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{unused.getsockname()[1]}"
        archive = open_archive("s3://bilag/x", endpoint=endpoint, access_key="a", secret_key="secret-word")
        with pytest.raises(Unavailable) as raised:
            archive.put(b"x")

    assert raised.value.retryable
    assert "secret-word" not in str(raised.value)


@pytest.mark.parametrize("location", ["", "ftp://host/x", "s3://", "https://bucket"])
def test_a_wrong_location_says_what_would_be_right(location: str) -> None:
    with pytest.raises(ConfigurationError, match=r"s3://bucket|names no bucket"):
        open_archive(location)


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("not a folder")

    with pytest.raises(ConfigurationError, match="cannot be made"):
        open_archive(str(tmp_path / "archive"))


def test_the_layout_on_disk(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "with blank"))
    sha256 = archive.put(b"content")
    archive.append_manifest(sha256, "archived", {})

    root = tmp_path / "with blank"
    assert (root / "originals" / sha256[:2] / sha256).read_bytes() == b"content"
    (entry,) = (root / "manifests" / sha256).iterdir()
    assert entry.name.startswith("000001-archived-")
    assert list((root / "staging").iterdir()) == []


def test_bytes_are_flushed_before_their_name_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive(str(tmp_path))
    flushed: list[tuple[str, bool]] = []
    real = os.fsync

    def record(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        flushed.append((path.relative_to(tmp_path).as_posix(), any((tmp_path / "originals").rglob("?" * 64))))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", record)
    sha256 = archive.put(b"content")

    names = [name for name, _ in flushed]
    assert names[0].startswith("staging/")
    assert flushed[0][1] is False, "the final name existed before its bytes were on the disk"
    assert names[1:] == [f"originals/{sha256[:2]}", "originals", "."]


class _Lying:
    """A store whose put fails although the object was kept: the answer was lost."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.failing = True

    def put(self, key: str, content: bytes, **options: Any) -> None:
        self._store.put(key, content, **options)
        if self.failing:
            self.failing = False
            raise GenericError("connection reset")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_a_put_whose_answer_was_lost_can_be_repeated() -> None:
    archive = ObjectArchive(_Lying(open_archive("memory://")._store))  # type: ignore[arg-type]  # the faulty store

    with pytest.raises(Unavailable):
        archive.put(b"x")
    assert archive.get(archive.put(b"x")) == b"x"
