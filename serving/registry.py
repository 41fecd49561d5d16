"""Asks an MLflow registry which release an alias stands for, and fetches it; MLflow's client and nothing of training.

MLflow is optional (`bilag[registry]`) and imported when the registry is first asked.
"""

import importlib.util
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pipeline.errors import BilagError, ConfigurationError, Unavailable

if TYPE_CHECKING:
    from mlflow import MlflowClient

_ALIAS = re.compile(r"models:/([^/@\s]+)@([^/@\s]+)")
_VARIABLE = "MLFLOW_TRACKING_URI"
_SQLITE = "sqlite:///"
_OURS = Path(".cache/mlflow/mlflow.db")
_DIGEST = "bilag.release.sha256"  # the tag that `training.register` gives a version
_CREDENTIALS = re.compile(r"://[^/@\s]*@")
_PLACE = re.compile(r" at 0x[0-9a-fA-F]+")

# Without these a server that is away would be waited for through 7 attempts of 120 s each.
_ENVIRONMENT = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "20",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
}
# They tell of every table, and of every attempt at a server that is away.
_CHATTY = {"mlflow.store.db.utils": "WARNING", "alembic": "WARNING", "urllib3.connectionpool": "ERROR"}


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that stands for one version of a registered model, and for another one later."""

    model: str
    name: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the alias that `models:/bilag-layoutlm@champion` is. Raises ConfigurationError for anything else."""
        if (found := _ALIAS.fullmatch(text)) is None:
            raise ConfigurationError(
                f"{text} names no alias of a registered model.",
                operator_hint="Write it as models:/bilag-layoutlm@champion.",
            )
        return cls(*found.groups())

    def __str__(self) -> str:
        return f"models:/{self.model}@{self.name}"


@dataclass(frozen=True, slots=True)
class Registered:
    """A version of a registered model: MLflow's number, and SHA-256 of its `release.json`; empty where nobody told."""

    number: str
    digest: str = ""


class Registry:
    """The registry at an MLflow address. Raises ConfigurationError where MLflow is not installed."""

    def __init__(self, uri: str) -> None:
        if importlib.util.find_spec("mlflow") is None:
            raise ConfigurationError(
                "The model is to come from a registry, and MLflow is not installed.",
                operator_hint="Install it: `pip install 'bilag[registry]'`.",
            )
        self._uri = uri
        self._client: MlflowClient | None = None

    def __str__(self) -> str:
        return _shown(self._uri)

    def holder(self, alias: Alias) -> Registered:
        """Return what the alias stands for now.

        Raises ConfigurationError where it stands for nothing, Unavailable where the registry does not answer.
        """
        with self._answering(alias) as client:
            found = client.get_model_version_by_alias(alias.model, alias.name)
            return Registered(str(found.version), str(found.tags.get(_DIGEST, "")))

    def fetch(self, alias: Alias, registered: Registered, into: Path) -> Path:
        """Copy the files of a version into a folder and return where they are. Raises Unavailable."""
        with self._answering(alias) as client:
            from mlflow.artifacts import download_artifacts

            uri = client.get_model_version_download_uri(alias.model, registered.number)
            return Path(download_artifacts(artifact_uri=uri, dst_path=str(into), tracking_uri=self._uri))

    @contextmanager
    def _answering(self, alias: Alias) -> Iterator["MlflowClient"]:
        """Give a client, and translate whatever goes wrong with it."""
        try:
            yield self._opened()
        except BilagError:
            raise
        except Exception as error:  # a store raises what its library does: of SQL, HTTP, S3
            said = _first_line(error)
            if getattr(error, "error_code", "") in {"RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"}:
                raise ConfigurationError(
                    f"The registry at {self} has no {alias}: {said}.",
                    operator_hint="Register and promote a release (docs/registry.md).",
                ) from error
            raise Unavailable(
                f"The registry at {self} does not do what is asked: {said}.",
                operator_hint=f"Start it, or correct {_VARIABLE}; it is asked again by itself.",
            ) from error

    def _opened(self) -> "MlflowClient":
        if self._uri.startswith(_SQLITE) and not Path(self._uri.removeprefix(_SQLITE).partition("?")[0]).is_file():
            # MLflow would make an empty one.
            raise Unavailable(f"There is no registry at {self}.", operator_hint=f"Correct {_VARIABLE}.")
        if self._client is None:
            for name, value in _ENVIRONMENT.items():
                os.environ.setdefault(name, value)
            from mlflow import MlflowClient

            for chatty, level in _CHATTY.items():
                logging.getLogger(chatty).setLevel(level)
            self._client = MlflowClient(tracking_uri=self._uri, registry_uri=self._uri)
        return self._client


def registry_address() -> str:
    """Return MLflow's address: from its own variable, else the file that training keeps below the current folder.

    Raises ConfigurationError where there is neither.
    """
    named = os.environ.get(_VARIABLE)
    if not named and not _OURS.is_file():
        raise ConfigurationError(
            "The model is to come from a registry, and none is named.",
            operator_hint=f"Set {_VARIABLE} to the address of the MLflow server.",
        )
    return named or f"{_SQLITE}{_OURS.resolve()}"


def _first_line(error: Exception) -> str:
    """Return what an error says, the same each time that the same is wrong: without the places of objects."""
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return _shown(_PLACE.sub("", line)).rstrip(".")


def _shown(text: str) -> str:
    """Return a text without the passwords of addresses in it."""
    return _CREDENTIALS.sub("://", text)
