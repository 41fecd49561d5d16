"""Where runs are kept: a SQLite file in the project unless MLFLOW_TRACKING_URI names another place."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.errors import ConfigurationError, Unavailable

if TYPE_CHECKING:
    from mlflow import MlflowClient

CACHE = Path(".cache/mlflow")
_VARIABLE = "MLFLOW_TRACKING_URI"
_SQLITE = "sqlite:///"
_CREDENTIALS = re.compile(r"://[^/@\s]*@")
_DATABASES = ("postgresql", "mysql", "mssql")

# Without these a server that is away would hold up training for minutes at every figure (7 attempts, 120 s each).
_ENVIRONMENT = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "20",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
}


@dataclass(frozen=True, slots=True)
class Place:
    """An MLflow tracking address, and the folder for artifacts where the server has no say in it."""

    uri: str
    artifacts: Path | None = None

    def client(self) -> "MlflowClient":
        """Return a client. Raises Unavailable where the place cannot be opened, ConfigurationError without MLflow."""
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        import logging

        try:
            from mlflow import MlflowClient
        except ModuleNotFoundError as error:
            raise ConfigurationError(
                "MLflow is not installed.", operator_hint="Install what training needs: `pip install 'bilag[train]'`."
            ) from error
        for chatty in ("mlflow.store.db.utils", "alembic"):  # they tell of every table they make
            logging.getLogger(chatty).setLevel(logging.WARNING)
        with self.answering():
            if self.artifacts is not None:
                self.artifacts.mkdir(parents=True, exist_ok=True)
            client = MlflowClient(tracking_uri=self.uri, registry_uri=self.uri)
            client.search_experiments(max_results=1)
        return client

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Translate what MLflow raises while it is used into Unavailable."""
        from mlflow.exceptions import MlflowException

        try:
            yield
        except (MlflowException, OSError) as error:
            raise Unavailable(
                f"MLflow at {without_password(self.uri)} does not do what is asked: {first_line(error).rstrip('.')}.",
                operator_hint=f"Start the server or correct {_VARIABLE}; without it runs are kept in {CACHE}.",
            ) from error

    def artifact_location(self, experiment: str) -> str | None:
        """Return where a new experiment's artifacts go; None leaves it to the server."""
        return None if self.artifacts is None else (self.artifacts / quote(experiment, safe=" ")).as_uri()


def place(uri: str | None = None) -> Place:
    """Return the place that `uri`, else MLFLOW_TRACKING_URI names, else the file in the project's cache."""
    uri = uri or os.environ.get(_VARIABLE) or f"{_SQLITE}{_project() / CACHE / 'mlflow.db'}"
    if not uri.startswith(_SQLITE):  # other databases hold no files, servers keep them themselves
        return Place(uri, _project() / CACHE / "artifacts" if uri.startswith(_DATABASES) else None)
    file = Path(uri.removeprefix(_SQLITE)).resolve()
    return Place(f"{_SQLITE}{file}", file.parent / "artifacts")


def without_password(text: str) -> str:
    """Return an address, or a text with addresses, as it may be shown."""
    return _CREDENTIALS.sub("://", text)


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says, without passwords; MLflow appends whole SQL statements."""
    return without_password((str(error).strip().splitlines() or [type(error).__name__])[0])


def _project() -> Path:
    """Return the folder of work; for a queued `dvc exp run`, which works in a copy, that of the project itself."""
    here = Path.cwd()
    parts = here.parts
    for i in range(len(parts) - 2):
        if parts[i : i + 3] == (".dvc", "tmp", "exps"):
            return Path(*parts[:i])
    return here
