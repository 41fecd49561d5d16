"""The service's settings: `BILAG_…` environment variables and nothing else, as it has no workspace."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from pipeline.errors import ConfigurationError
from pipeline.settings import ExtractionSettings, ReadingSettings


def _cores() -> int:
    """Return the cores that the service takes unless told otherwise: those this process may use, up to 4."""
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(4, own)


def _cores_of_a_worker(settings: Mapping[str, Any]) -> int:
    workers: int = settings.get("service_workers", 1)
    return max(1, _cores() // workers)


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bilag"


class ServiceSettings(BaseSettings):
    """Who may ask and how much at once; `reading` and `extraction` have the pipeline's own names
    and defaults (`BILAG_READING__OCR`, …).

    `service_workers` processes answer, each with a model and reading processes of its own.
    `service_keys` are bearer keys, separated by commas; None lets everybody ask. A worker reads `service_readers` files
    at the same time, each in a process of its own; a request waits at most `service_wait_seconds` for its turn.
    Where the model is an alias of a registry, `models:/bilag-layoutlm@champion`, the registry is asked every
    `service_model_seconds` whether it stands for another version, and releases are kept in `service_model_cache`.
    """

    model_config = SettingsConfigDict(
        env_prefix="BILAG_",
        env_nested_delimiter="__",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    service_keys: SecretStr | None = None
    service_workers: Annotated[int, Field(ge=1, le=64)] = Field(default_factory=_cores)
    service_readers: Annotated[int, Field(ge=1, le=32)] = Field(default_factory=_cores_of_a_worker)
    service_wait_seconds: Annotated[float, Field(gt=0)] = 30.0
    service_model_seconds: Annotated[float, Field(gt=0)] = 60.0
    service_model_cache: Path = Field(default_factory=_cache)
    reading: ReadingSettings = ReadingSettings()
    extraction: ExtractionSettings = ExtractionSettings()

    @property
    def keys(self) -> tuple[str, ...] | None:
        """The single keys, or None where none are asked for."""
        if self.service_keys is None:
            return None
        return tuple(key for part in self.service_keys.get_secret_value().split(",") if (key := part.strip()))

    @property
    def words_at_once(self) -> int:
        """Documents of words that one worker reads at a time; two, lest short ones wait behind one of many pages."""
        return max(2, _cores_of_a_worker({"service_workers": self.service_workers}))

    @property
    def ocr_threads(self) -> int:
        """Threads of one reading process, so that all of them together take the machine's cores."""
        return self.reading.ocr_threads or max(1, _cores() // (self.service_readers * self.service_workers))


def read_service_settings() -> ServiceSettings:
    """Return the settings. Raises ConfigurationError that names the variable; a key is never in its message."""
    try:
        settings = ServiceSettings()
    except ValidationError as error:
        wrong = "; ".join(f"BILAG_{'__'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"{wrong}.") from None
    except SettingsError as error:
        raise ConfigurationError(f"A BILAG_… environment variable cannot be read: {error}.") from None
    if settings.keys == ():
        # An empty variable is more often a secret that did not arrive than a wish to be open to everybody.
        raise ConfigurationError(
            "BILAG_SERVICE_KEYS is set but names no key.",
            operator_hint="Give one or more keys, separated by commas, or leave the variable away.",
        )
    return settings
