"""Opening a run in MLflow: its experiment, the run above it, its parameters, and of what code and data it is."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from training.tracking.place import Place
from training.tracking.versions import Commit

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import Run

_NAME = re.compile(r"[\w.\-: ]+(?:/[\w.\-: ]+)*")  # what MLflow takes as name of a figure, a parameter or a tag
_LONGEST_PARAMETER = 6000  # MLflow's own limits, the second with room for other stores
_LONGEST_TAG = 5000
_BATCH = 100  # parameters a request
_PARENT, _LINE = "mlflow.parentRunId", "bilag.line"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A run to open; `data` are digests by path, `resume` and `parent` ids of runs."""

    experiment: str
    name: str
    parameters: Mapping[str, str]
    commit: Commit
    data: Mapping[str, str]
    resume: str | None = None
    parent: str | None = None

    def tags(self) -> dict[str, str]:
        """Return what the run is tagged with: its commit, its data as JSON (a digest of that where it is long)."""
        listed = json.dumps(self.data, sort_keys=True)
        if len(listed) > _LONGEST_TAG:
            listed = f"sha256:{sha256(listed.encode()).hexdigest()}"
        return self.commit.tags() | {"mlflow.source.name": self.name, "bilag.data": listed}

    def all_as_tags(self) -> dict[str, str]:
        """Return everything that would have been tracked, for a run that cannot be opened."""
        return self.tags() | {f"parameter.{name}": value for name, value in self.parameters.items()}

    def line(self) -> str | None:
        """Return the name of the `dvc repro` or `dvc exp run` that this process is a stage of, None outside one."""
        if "DVC_STAGE" not in os.environ:
            return None
        return os.environ.get("DVC_EXP_NAME") or f"repro of {(self.commit.revision or 'no commit')[:10]}"


def open_run(client: "MlflowClient", place: Place, wanted: Wanted) -> tuple[str, str | None]:
    """Open the run, or open it again, and return its id and that of the run above it. Raises what MLflow raises."""
    experiment = _experiment(client, place, wanted.experiment)
    parent = wanted.parent or _line(client, experiment, wanted.line())
    if (former := _resumed(client, experiment, wanted.resume)) is not None:
        _go_on(client, former, wanted)
        return str(former.info.run_id), parent
    tags = wanted.tags() | ({_PARENT: parent} if parent else {})
    tags |= {"bilag.resumes": wanted.resume} if wanted.resume else {}
    opened = str(client.create_run(experiment, tags=tags, run_name=wanted.name).info.run_id)
    _log_parameters(client, opened, wanted.parameters)
    versions = {"commit": wanted.commit.revision, "changed": wanted.commit.changed, "data": dict(wanted.data)}
    client.log_dict(opened, versions, "versions.json")
    return opened, parent


def flat(parameters: object) -> dict[str, str]:
    """Return parameters by dotted name. Raises TypeError for what is neither mapping nor dataclass, ValueError for a
    name that MLflow does not take."""
    if is_dataclass(parameters) and not isinstance(parameters, type):
        parameters = asdict(parameters)
    if not isinstance(parameters, Mapping):
        raise TypeError(f"Parameters are a mapping or a dataclass, not {type(parameters).__name__}.")
    return {checked(name): _shown(value) for name, value in _leaves(parameters, "")}


def checked(name: str) -> str:
    """Return a name of a figure, parameter or tag. Raises ValueError where MLflow would not take it."""
    if not _NAME.fullmatch(name) or set(name.split("/")) & {".", ".."}:
        raise ValueError(f"{name!r} is no name for MLflow: letters, digits, blanks and _ . - : / only.")
    return name


def _leaves(values: Mapping[str, Any], above: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, value in values.items():
        if is_dataclass(value) and not isinstance(value, type):
            value = asdict(value)
        if isinstance(value, Mapping) and value:
            found += _leaves(value, f"{above}{name}.")
        else:
            found.append((f"{above}{name}", value))
    return found


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_PARAMETER else text[: _LONGEST_PARAMETER - 2] + " …"


def _experiment(client: "MlflowClient", place: Place, name: str) -> str:
    known = client.get_experiment_by_name(name)
    return str(known.experiment_id if known else client.create_experiment(name, place.artifact_location(name)))


def _line(client: "MlflowClient", experiment: str, name: str | None) -> str | None:
    """Return the run that the stages of one line stand below, opened by the first of them."""
    if name is None:
        return None
    quoted = name.replace("'", "")
    found = client.search_runs([experiment], f"tags.`{_LINE}` = '{quoted}'", max_results=1)
    if found:
        client.update_run(found[0].info.run_id, status="RUNNING")
        return str(found[0].info.run_id)
    return str(client.create_run(experiment, tags={_LINE: quoted}, run_name=quoted).info.run_id)


def _resumed(client: "MlflowClient", experiment: str, run: str | None) -> "Run | None":
    """Return the run to go on with; None where there is none any more, as after runs were kept elsewhere."""
    from mlflow.exceptions import MlflowException

    if run is None:
        return None
    try:
        found = client.get_run(run)
    except MlflowException as error:
        if error.error_code in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"):
            return None
        raise
    alive = found.info.lifecycle_stage == "active" and found.info.experiment_id == experiment
    return found if alive else None


def _go_on(client: "MlflowClient", former: "Run", wanted: Wanted) -> None:
    """Open a run again; parameters of a run cannot change, so those that did are tags `resumed.NAME`."""
    from mlflow.entities import RunTag

    known = former.data.params
    new = {name: value for name, value in wanted.parameters.items() if name not in known}
    changed = {f"resumed.{n}": v for n, v in wanted.parameters.items() if n in known and known[n] != v}
    client.update_run(former.info.run_id, status="RUNNING")
    _log_parameters(client, former.info.run_id, new)
    tags = {f"resumed.{name}": value for name, value in wanted.tags().items() if former.data.tags.get(name) != value}
    client.log_batch(former.info.run_id, tags=[RunTag(n, v[:_LONGEST_TAG]) for n, v in (changed | tags).items()])


def _log_parameters(client: "MlflowClient", run: str, parameters: Mapping[str, str]) -> None:
    from mlflow.entities import Param

    listed = [Param(name, value) for name, value in parameters.items()]
    for start in range(0, len(listed), _BATCH):
        client.log_batch(run, params=listed[start : start + _BATCH])
