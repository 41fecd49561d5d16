"""The registry of releases: versions of one model in MLflow, and which of them is challenger and champion.

Every change of the champion is a tag of the registered model, `bilag.history.<time>`, that is never changed again. From
these the former champion is told, so a rollback can be repeated, and the page of the model shows who came when and why.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.release import ABOUT, NAME, Release, sha256_of
from training.tracking.place import Place

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities.model_registry import ModelVersion, RegisteredModel

CHAMPION, CHALLENGER = "champion", "challenger"
PROMOTED, ROLLED_BACK = "promoted", "rolled back"
_EXPERIMENT = "releases"
_FOLDER = "release"
_HISTORY = "bilag.history."
_ROLLED_BACK = "bilag.rolled_back"
_DIGEST = "bilag.release.sha256"


@dataclass(frozen=True, slots=True)
class Version:
    """One registered release: MLflow's number, the release's own version, and its tags."""

    number: str
    release: str
    tags: Mapping[str, str]

    @property
    def rolled_back(self) -> str | None:
        """Why, or when, it was rolled back; None where it was not, or was promoted again since."""
        return self.tags.get(_ROLLED_BACK)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the champion, by MLflow's numbers; `before` is None for the first. `reason` is why it was forced,
    or why it was rolled back."""

    what: str
    before: str | None
    after: str
    reason: str = ""
    at: str = ""


class Registry:
    """The versions of `bilag-layoutlm` at one place. Everything raises Unavailable where MLflow does not answer."""

    def __init__(self, place: Place, name: str = NAME) -> None:
        self._place = place
        self._client: MlflowClient = place.client()
        self._name = name

    def add(self, folder: Path, release: Release) -> Version:
        """Keep a release folder as a new version; one that is registered already, byte for byte, is returned."""
        digest = sha256_of(folder / ABOUT)
        with self._place.answering():
            self._ensure_model()
            known = self._client.search_model_versions(f"name='{self._name}' and tags.`{_DIGEST}`='{digest}'")
            if known:
                return _version(known[0])
            with self._run(release) as run:
                self._client.log_artifacts(run, str(folder), _FOLDER)
            uri = self._client.get_run(run).info.artifact_uri
            tags = {
                _DIGEST: digest,
                "bilag.version": release.version,
                "bilag.licence": release.licence,
                "mlflow.source.git.commit": release.training.commit,
            }
            made = self._client.create_model_version(self._name, f"{uri}/{_FOLDER}", run, tags=tags)
        return _version(made)

    def holder(self, alias: str) -> Version | None:
        """Return the version that an alias stands for, None where it stands for none."""
        with self._place.answering():
            model = self._model()
            number = model.aliases.get(alias) if model else None
            return None if number is None else self._get(str(number))

    def challenge(self, version: Version) -> None:
        """Make a version the challenger."""
        with self._place.answering():
            self._client.set_registered_model_alias(self._name, CHALLENGER, version.number)

    def promote(self, version: Version, reason: str = "") -> Change:
        """Make a version the champion; `reason` says why it was forced."""
        before = self.holder(CHAMPION)
        change = Change(PROMOTED, before.number if before else None, version.number, reason)
        with self._place.answering():
            # Cut short in between, the alias tells the truth, and the history still names the one to go back to.
            self._client.set_registered_model_alias(self._name, CHAMPION, version.number)
            if _ROLLED_BACK in version.tags:
                self._client.delete_model_version_tag(self._name, version.number, _ROLLED_BACK)
            return self._record(change)

    def roll_back(self, reason: str = "") -> Change | None:
        """Make the former champion champion again; None where there was none before."""
        now = self.holder(CHAMPION)
        if now is None:
            return None
        stood = standing(self.history())
        while stood and stood[-1] == now.number:
            stood.pop()
        if not stood:
            return None
        before = self.version(stood[-1]).number
        with self._place.answering():
            # Cut short in between, the champion stays, and the next attempt goes to the same version.
            change = self._record(Change(ROLLED_BACK, now.number, before, reason))
            self._client.set_registered_model_alias(self._name, CHAMPION, before)
            return change

    def history(self) -> list[Change]:
        """Return every change of the champion, the first one first."""
        with self._place.answering():
            model = self._model()
        tags = model.tags if model else {}
        return [Change(**json.loads(text)) for key, text in sorted(tags.items()) if key.startswith(_HISTORY)]

    def fetch(self, version: Version, into: Path, name: str = "") -> Path:
        """Copy the release of a version, or one file of it, into a folder and return where it is now."""
        from mlflow.artifacts import download_artifacts

        with self._place.answering():
            uri = self._client.get_model_version_download_uri(self._name, version.number)
            uri = f"{uri}/{name}" if name else uri
            into.mkdir(parents=True, exist_ok=True)
            return Path(download_artifacts(artifact_uri=uri, dst_path=str(into), tracking_uri=self._place.uri))

    def version(self, number: str) -> Version:
        """Return a version by MLflow's number."""
        with self._place.answering():
            return self._get(number)

    def _get(self, number: str) -> Version:
        return _version(self._client.get_model_version(self._name, number))

    def _model(self) -> "RegisteredModel | None":
        from mlflow.exceptions import MlflowException

        try:
            return self._client.get_registered_model(self._name)
        except MlflowException as error:
            if error.error_code == "RESOURCE_DOES_NOT_EXIST":
                return None
            raise

    def _ensure_model(self) -> None:
        if self._model() is None:
            self._client.create_registered_model(self._name, description="Reads invoices and orders; docs/registry.md.")

    @contextmanager
    def _run(self, release: Release) -> Iterator[str]:
        """Open a run that the artifacts belong to, with the headline figures; it fails where keeping them fails."""
        client = self._client
        known = client.get_experiment_by_name(_EXPERIMENT)
        where = self._place.artifact_location(_EXPERIMENT)
        experiment = known.experiment_id if known else client.create_experiment(_EXPERIMENT, where)
        run = str(client.create_run(experiment, run_name=release.version).info.run_id)
        status = "FAILED"
        try:
            for name, value in release.metrics.items():
                if isinstance(value, int | float):
                    client.log_metric(run, name, value)
            yield run
            status = "FINISHED"
        finally:
            client.set_terminated(run, status)

    def _record(self, change: Change) -> Change:
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        change = Change(change.what, change.before, change.after, change.reason, at)
        key = _HISTORY + at.replace("+00:00", "Z")
        self._client.set_registered_model_tag(self._name, key, json.dumps(asdict(change)))
        self._client.set_model_version_tag(self._name, change.after, f"bilag.{PROMOTED}", at)
        if change.what == ROLLED_BACK and change.before is not None:
            self._client.set_model_version_tag(self._name, change.before, _ROLLED_BACK, change.reason or at)
        elif change.reason:
            self._client.set_model_version_tag(self._name, change.after, "bilag.forced", change.reason)
        return change


def standing(history: Iterable[Change]) -> list[str]:
    """Return the champions, first to last, that were not rolled back: the last one stands, those before it once did."""
    found: list[str] = []
    for change in history:
        if change.what == PROMOTED:
            if change.before is not None and found[-1:] != [change.before]:  # the alias was moved by hand
                found.append(change.before)
            found.append(change.after)
        elif change.after in found:
            while found[-1] != change.after:
                found.pop()
    return found


def _version(found: "ModelVersion") -> Version:
    tags = dict(found.tags)
    return Version(str(found.version), tags.get("bilag.version", "?"), tags)
