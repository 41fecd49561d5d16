"""Reads with the release that an alias of the registry stands for, and follows it while requests come in.

A new version is fetched, verified and has read a document before it takes the place of the old one, by one assignment:
who asked before ends with the model that he began with. Where anything of that fails the old one goes on.
"""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Literal, Protocol

from pipeline.adapters.extractor.choice import VersionedExtractor
from pipeline.adapters.extractor.model import ModelExtractor
from pipeline.domain.document import Document
from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.errors import BilagError, ConfigurationError, Unavailable
from serving.interface import example_words
from serving.kept import KeptReleases
from serving.registry import Alias, Registered, Registry

_log = logging.getLogger(__name__)

_LONGEST = 900.0  # seconds until a version that could not be taken over is fetched again, at most
_ENDING = 5.0  # seconds that closing waits for a look at the registry

Outcome = Literal["same", "changed", "unavailable", "failed"]
"""What a look at the registry came to; `failed`: the version is damaged or cannot be read with."""


class Watcher(Protocol):
    """Hears of what following comes to."""

    def reads_with(self, model: ModelVersion) -> None:
        """This model reads from now on."""
        ...

    def looked(self, outcome: Outcome) -> None:
        """The registry was asked."""
        ...


@dataclass(frozen=True, slots=True)
class _Reading:
    """A version of the registry, and what reads with it."""

    registered: Registered
    extractor: ModelExtractor


@dataclass(frozen=True, slots=True)
class _Refused:
    """A version that could not be taken over, how often, and the monotonic time from which on it is tried again."""

    registered: Registered
    tries: int
    again: float


class Champion:
    """The release behind an alias; implements `VersionedExtractor`.

    `threads` is how many cores one document takes; the registry is asked every `seconds`. Where it is away at the start
    the last version that is kept is read with. Raises ConfigurationError where there is none either.
    """

    def __init__(
        self, alias: Alias, registry: Registry, kept: KeptReleases, *, threads: int = 1, seconds: float = 60.0
    ) -> None:
        self._alias, self._registry, self._kept = alias, registry, kept
        self._threads, self._seconds = threads, seconds
        self._refused: _Refused | None = None
        self._said = ""
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._reading = self._first()

    @property
    def version(self) -> ModelVersion:
        """The model that reads now."""
        return self._reading.extractor.version

    @property
    def current(self) -> VersionedExtractor:
        """What reads now, and goes on to read with this version whatever the registry says later."""
        return self._reading.extractor

    def extract(self, document: Document) -> Extraction:
        """Return every field of the document, as the version reads it that is champion at this moment."""
        return self._reading.extractor.extract(document)

    def follow(self, watcher: Watcher) -> None:
        """Begin to ask the registry in the background."""
        self._log_reading("at the start")
        self._thread = threading.Thread(target=self._follow, args=(watcher,), name="champion", daemon=True)
        self._thread.start()

    def look(self) -> Outcome:
        """Ask the registry once, and take over what the alias stands for where that is another version."""
        try:
            found = self._registry.holder(self._alias)
        except BilagError as error:
            self._say(f"{error}")
            return "unavailable"
        if found == self._reading.registered:
            self._refused = None
            self._say("")
            return "same"
        # Asked as often as ever, so that a roll-back is followed at once, but not fetched as often.
        if self._refused is not None and self._refused.registered == found and monotonic() < self._refused.again:
            return "failed"
        try:
            new = self._taken_over(found)
        except Unavailable as error:
            self._say(f"{error}")
            return "unavailable"
        except BilagError as error:
            self._put_off(found)
            self._say(f"Version {found.number} cannot be taken over: {error}")
            return "failed"
        before, self._reading, self._refused = self._reading, new, None
        self._say("")
        self._log_reading(f"was={before.registered.number}")
        return "changed"

    def close(self) -> None:
        """Ask no more; the model goes on to read."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(_ENDING)

    def _follow(self, watcher: Watcher) -> None:
        while not self._closed.wait(self._seconds):
            try:
                outcome = self.look()
            except Exception:  # noqa: BLE001 — a thread that ended would leave a service that follows nobody
                _log.exception("The registry could not be looked at.")
                outcome = "failed"
            if outcome == "changed":
                watcher.reads_with(self.version)
            watcher.looked(outcome)

    def _first(self) -> _Reading:
        try:
            return self._taken_over(self._registry.holder(self._alias))
        except BilagError as error:
            last = self._kept.last(self._alias)
            if last is None:
                raise ConfigurationError(
                    f"There is no model to read with: {error.message} Nothing is kept in {self._kept} either.",
                    operator_hint=error.operator_hint,
                ) from error
            self._say(f"The last version that is kept is read with: {error}")
            return _Reading(last[0], _tried(last[1], self._threads))

    def _taken_over(self, found: Registered) -> _Reading:
        """Return a version that was fetched, verified and tried."""
        folder = self._kept.find(found.digest) or self._kept.add(
            found.digest, lambda into: self._registry.fetch(self._alias, found, into)
        )
        reading = _Reading(found, _tried(folder, self._threads))
        self._kept.remember(self._alias, found, folder)
        return reading

    def _put_off(self, found: Registered) -> None:
        tries = self._refused.tries + 1 if self._refused is not None and self._refused.registered == found else 1
        pause = min(self._seconds * 2**tries, max(_LONGEST, self._seconds))
        self._refused = _Refused(found, tries, monotonic() + pause)

    def _say(self, trouble: str) -> None:
        """Log a trouble when it begins, and when it is over."""
        if trouble and trouble != self._said:
            _log.warning("alias=%s %s", self._alias, trouble)
        elif self._said and not trouble:
            _log.info("alias=%s the registry is followed again", self._alias)
        self._said = trouble

    def _log_reading(self, told: str) -> None:
        version, registered = self.version, self._reading.registered
        _log.info(
            "alias=%s version=%s model=%s/%s sha256=%s %s",
            *(self._alias, registered.number, version.name, version.version, registered.digest or "-", told),
        )


def current_of(extractor: VersionedExtractor) -> VersionedExtractor:
    """Return what one request is to be read with from its first document to its last."""
    return extractor.current if isinstance(extractor, Champion) else extractor


def _tried(folder: Path, threads: int) -> ModelExtractor:
    """Return the extractor of a release that has read a document. Raises ConfigurationError where it cannot."""
    try:
        extractor = ModelExtractor(folder, threads)
        extractor.extract(example_words())
    except BilagError:
        raise
    except Exception as error:  # files that are what was released, and still no model: the runtime's own errors
        raise ConfigurationError(
            f"The release in {folder} cannot be read with: {type(error).__name__}.",
            operator_hint="Make it again with this version of the code, or roll back.",
        ) from error
    return extractor
