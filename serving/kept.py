"""Releases fetched from a registry, kept in a folder that several workers share.

A release stands in a folder named after the SHA-256 of its `release.json`, which names the digests of all its files; it
is complete from the moment that it is there. Beside it a small file for each alias says what it last stood for.
"""

import json
import logging
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

from models.release import ABOUT, read_release, sha256_of
from pipeline.errors import ConfigurationError, ResourceExhausted
from serving.registry import Alias, Registered

_log = logging.getLogger(__name__)

_MOST = 3
"""Releases that are kept: the one in use, and those before it, so that a roll-back fetches nothing."""
_FETCHING = ".fetching-"
_STALE = 3600.0  # seconds after which a fetch that is not over was cut short


class KeptReleases:
    """The releases in a folder, which is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __str__(self) -> str:
        return str(self._folder)

    def find(self, digest: str) -> Path | None:
        """Return the folder of a release, verified; None where it is not here or was damaged since."""
        folder = self._folder / digest
        if not digest or not (folder / ABOUT).is_file():
            return None
        try:
            _verify(folder, digest)
        except ConfigurationError as error:
            _log.warning("A release that was kept is damaged and fetched anew: %s", error)
            return None
        return folder

    def add(self, digest: str, fetch: Callable[[Path], Path]) -> Path:
        """Let `fetch` copy a release into a folder, verify it and keep it; return where it is.

        Two workers may add the same one at once: each fetches for itself, and one of them comes second. `digest` is
        what the registry says, empty where it does not. Raises ConfigurationError where what came is no sound release
        or another one, ResourceExhausted where it cannot be written, and whatever `fetch` raises.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            scratch = Path(mkdtemp(prefix=_FETCHING, dir=self._folder))
            (scratch / "new").mkdir()
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        try:
            fetched = fetch(scratch / "new")
            found = _verify(fetched, digest)
            return self._take_in(fetched, self._folder / found, scratch / "former")
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def last(self, alias: Alias) -> tuple[Registered, Path] | None:
        """Return what the alias last stood for, where that is still here and sound."""
        try:
            told = json.loads(self._note(alias).read_text(encoding="utf-8"))
            registered = Registered(str(told["version"]), str(told["sha256"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None
        folder = self.find(registered.digest)
        return None if folder is None else (registered, folder)

    def remember(self, alias: Alias, registered: Registered, folder: Path) -> None:
        """Note that the alias stands for this release, and let go of those that were not in use for longest."""
        note = self._note(alias)
        written = note.with_name(f".{note.name}.{os.getpid()}")
        try:
            written.write_text(json.dumps({"version": registered.number, "sha256": folder.name}), encoding="utf-8")
            written.replace(note)
            os.utime(folder)
            self._let_go()
        except OSError as error:
            _log.warning("%s", _unwritable(self._folder, error))

    def _take_in(self, fetched: Path, folder: Path, former: Path) -> Path:
        if self.find(folder.name) is None and folder.exists():  # damaged
            folder.rename(former)
        try:
            fetched.rename(folder)
        except OSError:
            if self.find(folder.name) is None:  # else another worker came first
                raise
        return folder

    def _let_go(self) -> None:
        releases = [path for path in self._folder.iterdir() if (path / ABOUT).is_file() and path.name[0] != "."]
        by_use = sorted(releases, key=lambda path: path.stat().st_mtime, reverse=True)
        long_ago = time.time() - _STALE
        cut_short = [path for path in self._folder.glob(f"{_FETCHING}*") if path.stat().st_mtime < long_ago]
        for path in (*by_use[_MOST:], *cut_short):
            shutil.rmtree(path, ignore_errors=True)

    def _note(self, alias: Alias) -> Path:
        return self._folder / f"{quote(alias.model, safe='')}@{quote(alias.name, safe='')}.json"


def _verify(folder: Path, digest: str) -> str:
    """Return the digest of a release's `release.json`. Raises ConfigurationError where it is not sound, or another."""
    read_release(folder)
    found = sha256_of(folder / ABOUT)
    if digest and found != digest:
        raise ConfigurationError(
            f"{folder / ABOUT} is not the one that was registered.", operator_hint="Register the release again."
        )
    return found


def _unwritable(folder: Path, error: OSError) -> ResourceExhausted:
    return ResourceExhausted(
        f"No release can be kept in {folder}: {error.strerror or error}.",
        operator_hint="Free disk space, or name a folder that can be written to in BILAG_SERVICE_MODEL_CACHE.",
    )
