"""What is tracked of a run is found again in MLflow, and a lost tracking server costs the work nothing."""

import json
import logging
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import Unavailable
from training.tracking.opening import flat
from training.tracking.pending import Figure, Pending
from training.tracking.place import CACHE, Place, place, without_password
from training.tracking.run import Tracked, run
from training.tracking.versions import Commit, commit, content_digest, data_versions

yaml = pytest.importorskip("yaml")


@dataclass(frozen=True)
class Optimiser:
    rate: float = 0.001
    warmup: int = 5


@dataclass(frozen=True)
class Settings:
    layers: int = 6
    optimiser: Optimiser = Optimiser()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracking file without any run; to make one takes seconds."""
    pytest.importorskip("mlflow")
    folder = tmp_path_factory.mktemp("empty")
    place(f"sqlite:///{folder}/mlflow.db").client()
    return folder / "mlflow.db"


@pytest.fixture
def here(tmp_path: Path, empty: Path) -> Place:
    (tmp_path / "kept").mkdir()
    shutil.copy(empty, tmp_path / "kept" / "mlflow.db")
    return place(f"sqlite:///{tmp_path}/kept/mlflow.db")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "train.py").write_text("pass\n")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "Start")
    return root


def git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", "-C", root, *who, *arguments], check=True, capture_output=True, text=True).stdout


def runs(where: Place, experiment: str = "release") -> dict[str, Any]:
    """Return the runs of an experiment by name."""
    client = where.client()
    known = client.get_experiment_by_name(experiment)
    found = client.search_runs([known.experiment_id]) if known else []
    return {r.info.run_name: r for r in found}


def lost(where: Place) -> list[dict[str, Any]]:
    assert where.artifacts is not None
    files = sorted((where.artifacts.parent / "lost").glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text().splitlines()]


# Where runs are kept


def test_runs_are_kept_in_the_project_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    monkeypatch.chdir(tmp_path)
    assert place() == Place(f"sqlite:///{tmp_path / CACHE}/mlflow.db", tmp_path / CACHE / "artifacts")
    queued = tmp_path / ".dvc" / "tmp" / "exps" / "tmpabc"
    queued.mkdir(parents=True)
    monkeypatch.chdir(queued)  # a queued `dvc exp run` works in a copy that is thrown away
    assert place().artifacts == tmp_path / CACHE / "artifacts"


def test_another_place_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://tracking.example.org")
    assert place() == Place("http://tracking.example.org")
    assert place("postgresql://ml@localhost/runs").artifacts == Path.cwd() / CACHE / "artifacts"
    assert place("sqlite:////data/runs.db") == Place("sqlite:////data/runs.db", Path("/data/artifacts"))


def test_a_password_is_not_shown() -> None:
    assert without_password("https://ml:secret@tracking.example.org/a") == "https://tracking.example.org/a"


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_refused_before_any_work(tmp_path: Path) -> None:
    pytest.importorskip("mlflow")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    worked = False
    with (
        pytest.raises(Unavailable, match="MLFLOW_TRACKING_URI") as refused,
        run("release", "train", {}, at=Place(f"http://ml:secret@127.0.0.1:{port}")),
    ):
        worked = True
    assert not worked
    assert str(port) in str(refused.value)
    assert "secret" not in str(refused.value)


# Of what code and data


def test_the_commit_and_what_differs_from_it(repository: Path) -> None:
    revision = git(repository, "rev-parse", "HEAD").strip()
    assert commit(repository) == Commit(revision)
    (repository / "train.py").write_text("raise\n")
    (repository / "naïve.py").write_text("")
    (repository / "dvc.lock").write_text("")
    assert set(commit(repository).changed) == {"train.py", "naïve.py"}
    assert commit(repository).tags()["bilag.dirty"] == "true"


def test_without_a_repository_nothing_is_claimed(tmp_path: Path) -> None:
    assert commit(tmp_path) == Commit(None)
    assert commit(tmp_path).tags() == {"bilag.dirty": "unknown"}


def test_data_is_known_by_what_dvc_locked_while_that_still_holds(tmp_path: Path) -> None:
    split = tmp_path / "data" / "split"
    split.mkdir(parents=True)
    (split / "train-0.parquet").write_bytes(b"1234")
    (split / "test-0.parquet").write_bytes(b"12")
    out = {"path": "data/split", "hash": "md5", "md5": "aa.dir", "size": 6, "nfiles": 2}
    lock = {"schema": "2.0", "stages": {"split": {"cmd": "…", "outs": [out]}}}
    (tmp_path / "dvc.lock").write_text(yaml.safe_dump(lock))
    assert data_versions([split], tmp_path) == {"data/split": "md5:aa.dir"}
    (split / "test-0.parquet").write_bytes(b"123")
    assert data_versions([split], tmp_path) == {"data/split": f"sha256:{content_digest(split)}"}


def test_other_data_is_digested(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"a")
    expected = {"a.parquet": f"sha256:{sha256(b'a').hexdigest()}"}
    assert data_versions([tmp_path / "a.parquet"], tmp_path) == expected
    outside = data_versions([tmp_path / "a.parquet"], tmp_path / "project")
    assert list(outside) == [(tmp_path / "a.parquet").as_posix()]
    with pytest.raises(FileNotFoundError):
        data_versions([tmp_path / "b.parquet"], tmp_path)


def test_a_folder_is_another_when_a_file_changes_or_is_renamed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    first = content_digest(tmp_path)
    (tmp_path / "a").write_bytes(b"2")
    second = content_digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, content_digest(tmp_path)}) == 3


# Parameters


def test_parameters_are_flattened() -> None:
    found = flat({"settings": Settings(), "shards": [Path("a"), Path("b")], "empty": {}})
    assert found["settings.optimiser.rate"] == "0.001"
    assert found["settings.layers"] == "6"
    assert found["empty"] == "{}"


@pytest.mark.parametrize("name", ["a=b", "", "..", "a//b", "rate (%)"])
def test_names_that_mlflow_refuses_are_refused_at_once(name: str) -> None:
    with pytest.raises(ValueError, match="no name for MLflow"):
        flat({name: 1})


def test_parameters_must_have_names() -> None:
    with pytest.raises(TypeError, match="not list"):
        flat([1, 2])


# Runs


@pytest.mark.slow
def test_everything_of_a_run_is_found_again(here: Place, repository: Path, tmp_path: Path) -> None:
    shard, report, plots = repository / "train-0.parquet", tmp_path / "report.html", tmp_path / "plots"
    shard.write_bytes(b"rows")
    report.write_text("<p>")
    plots.mkdir()
    (plots / "loss.svg").write_text("<svg/>")
    with run("release", "train", Settings(), data=[shard], at=here, root=repository) as tracked:
        for step in range(1, 1201):  # more than MLflow takes in one request
            tracked.figures({"loss": 1 / step, "rate": 0.1}, step)
        tracked.artifact(report, "reports")
        tracked.artifact(plots, "plots")
        tracked.note("profile", "small")
    found, client = runs(here)["train"], here.client()
    assert found.info.status == "FINISHED"
    assert found.data.params == {"layers": "6", "optimiser.rate": "0.001", "optimiser.warmup": "5"}
    curve = client.get_metric_history(found.info.run_id, "loss")
    assert [(m.step, m.value) for m in sorted(curve, key=lambda m: m.step)] == [(s, 1 / s) for s in range(1, 1201)]
    assert found.data.tags["mlflow.source.git.commit"] == git(repository, "rev-parse", "HEAD").strip()
    assert found.data.tags["bilag.dirty"] == "true"
    assert found.data.tags["profile"] == "small"
    data = {"train-0.parquet": f"sha256:{sha256(b'rows').hexdigest()}"}
    assert json.loads(found.data.tags["bilag.data"]) == data
    kept = Path(client.download_artifacts(found.info.run_id, "", str(tmp_path)))
    assert (kept / "reports" / "report.html").read_text() == "<p>"
    assert (kept / "plots" / "loss.svg").is_file()
    versions = json.loads((kept / "versions.json").read_text())
    assert (versions["data"], versions["changed"]) == (data, ["train-0.parquet"])
    assert here.artifacts is not None
    assert found.info.artifact_uri.startswith(here.artifacts.as_uri())
    assert not lost(here)


@pytest.mark.slow
def test_a_run_says_how_it_ended(here: Place, tmp_path: Path) -> None:
    for name, error in (("breaks", RuntimeError("out of memory")), ("stopped", KeyboardInterrupt())):
        with suppress(type(error)), run("release", name, {}, at=here, root=tmp_path) as tracked:
            tracked.figures({"loss": 3.0}, 1)
            raise error
    found = runs(here)
    assert {name: r.info.status for name, r in found.items()} == {"breaks": "FAILED", "stopped": "KILLED"}
    assert found["breaks"].data.metrics == {"loss": 3.0}


@pytest.mark.slow
def test_a_run_inside_another_is_nested(here: Place, tmp_path: Path) -> None:
    with run("release", "ablation", {}, at=here, root=tmp_path) as outer:
        for layers in (6, 8):
            with run("release", f"{layers} layers", {"layers": layers}, root=tmp_path) as inner:
                inner.figures({"f1": layers / 10})
    found = runs(here)
    assert {name: r.data.tags.get("mlflow.parentRunId") for name, r in found.items()} == {
        "ablation": None,
        "6 layers": outer.id,
        "8 layers": outer.id,
    }
    assert {r.info.status for r in found.values()} == {"FINISHED"}


@pytest.mark.slow
def test_the_stages_of_one_repro_stand_below_one_run(
    monkeypatch: pytest.MonkeyPatch, here: Place, tmp_path: Path
) -> None:
    """DVC runs each stage as a process of its own and tells it so."""
    monkeypatch.setenv("DVC_EXP_NAME", "dusty-lamp")
    for stage in ("train", "calibrate"):
        monkeypatch.setenv("DVC_STAGE", stage)
        with run("release", stage, {}, at=here, root=tmp_path):
            assert runs(here)["dusty-lamp"].info.status == "RUNNING"
    found = runs(here)
    assert set(found) == {"dusty-lamp", "train", "calibrate"}
    line = found["dusty-lamp"]
    assert line.info.status == "FINISHED"
    parents = {found[stage].data.tags["mlflow.parentRunId"] for stage in ("train", "calibrate")}
    assert parents == {line.info.run_id}


@pytest.mark.slow
def test_a_run_that_was_cut_short_goes_on(here: Place, tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), run("release", "train", {"rate": 1}, at=here, root=tmp_path) as first:
        first.figures({"loss": 2.0}, 1)
        raise KeyboardInterrupt
    settings = {"rate": 2, "threads": 4}
    with run("release", "train", settings, resume=first.id, at=here, root=tmp_path) as second:
        second.figures({"loss": 1.0}, 2)
    assert second.id == first.id
    found = runs(here)["train"]
    assert found.info.status == "FINISHED"
    assert found.data.params == {"rate": "1", "threads": "4"}
    assert found.data.tags["resumed.rate"] == "2"
    assert len(here.client().get_metric_history(found.info.run_id, "loss")) == 2


@pytest.mark.slow
def test_a_run_that_is_known_nowhere_starts_anew(here: Place, tmp_path: Path) -> None:
    with run("release", "train", {}, resume="0" * 32, at=here, root=tmp_path) as tracked:
        pass
    assert tracked.id not in (None, "0" * 32)
    assert runs(here)["train"].data.tags["bilag.resumes"] == "0" * 32


# A tracking server that gets lost


@contextmanager
def broken(where: Place) -> Iterator[None]:
    """Put something else in the place of the tracking file for a while."""
    database = Path(where.uri.removeprefix("sqlite:///"))
    sound = database.read_bytes()
    database.write_bytes(b"no database any more" * 1000)
    yield
    database.write_bytes(sound)


@pytest.mark.slow
def test_what_could_not_be_told_in_between_is_told_at_the_end(
    here: Place, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with run("release", "train", {}, at=here, root=tmp_path) as tracked:
        with broken(here):
            tracked.figures({"loss": 1.5}, 1)
            tracked.note("stage", "warm")
        tracked.figures({"loss": 0.5}, 2)
    assert "release/train goes on, but is not tracked for the time being" in caplog.text
    found = runs(here)["train"]
    assert (found.info.status, found.data.tags["stage"]) == ("FINISHED", "warm")
    assert len(here.client().get_metric_history(found.info.run_id, "loss")) == 2
    assert not lost(here)


@pytest.mark.slow
def test_what_could_not_be_told_at_all_is_written_down(
    here: Place, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    report = tmp_path / "report.html"
    report.write_text("<p>")
    with ExitStack() as gone, run("release", "train", {}, at=here, root=tmp_path) as outer:
        gone.enter_context(broken(here))
        with run("release", "inner", {"layers": 6}, root=tmp_path) as inner:
            inner.figures({"f1": 0.5}, 3)
        outer.figures({"loss": 1.5}, 1)
        outer.artifact(report, "reports")
        worked = True
    assert worked
    assert inner.id is None
    assert "release/inner goes on, but is not tracked" in caplog.text
    rows = lost(here)
    assert [(r["figure"], r["value"], r["step"]) for r in rows if "figure" in r] == [("f1", 0.5, 3), ("loss", 1.5, 1)]
    assert {"artifact": str(report), "folder": "reports"} in rows
    of_inner = next(r for r in rows if r.get("label") == "release/inner")
    assert (of_inner["run"], of_inner["tags"]["parameter.layers"]) == (None, "6")
    assert next(r for r in rows if r.get("label") == "release/train")["run"] == outer.id


class Away:
    """A client whose server is away until `back`; it counts attempts."""

    def __init__(self) -> None:
        self.back = False
        self.attempts = 0
        self.got: list[str] = []

    def log_batch(self, run_id: str, metrics: Any = (), tags: Any = ()) -> None:
        self.attempts += 1
        if not self.back:
            raise ConnectionError("no route to host")
        self.got += [metric.key for metric in metrics]


@pytest.mark.slow
def test_attempts_become_rarer_while_the_server_is_away(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("mlflow")
    client, now = Away(), [0.0]
    client_of: Any = client
    pending = Pending(client_of, "r", "release/train", tmp_path / "lost", clock=lambda: now[0])
    for second in range(3600):
        now[0] = float(second)
        pending.figures.append(Figure(f"loss{second}", 1.0, second, second))
        pending.send()
    assert client.attempts == 7  # after 0, 60, 180, 420, 900, 1,800 and 2,700 seconds
    assert [r.levelno for r in caplog.records] == [logging.WARNING]
    client.back = True
    assert pending.send(insist=True)
    assert len(client.got) == 3600
    assert pending.write_down() is None


@pytest.mark.slow
def test_what_is_gone_before_a_copy_was_kept_holds_nothing_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("mlflow")
    client: Any = Away()
    client.back = True
    pending = Pending(client, "r", "release/train", tmp_path / "lost")
    pending.artifacts.append((tmp_path / "gone.html", ""))
    pending.figures.append(Figure("loss", 1.0, 1, 1))
    assert pending.send()
    assert "gone.html is gone" in caplog.text


def test_a_full_disk_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "lost").write_text("no folder can be made here")
    pending = Pending(None, None, "release/train", tmp_path / "lost", tags={"a": "b"})
    assert not pending.send()
    assert pending.write_down() is None
    assert "could not be written" in caplog.text


def test_an_artifact_must_be_there(tmp_path: Path) -> None:
    tracked = Tracked(None, "release", "train", Place(""), Pending(None, None, "release/train", tmp_path))
    with pytest.raises(FileNotFoundError, match=r"report\.html is not there"):
        tracked.artifact(tmp_path / "report.html")
    figures: Mapping[str, float] = {"precision@1%": 0.5}
    with pytest.raises(ValueError, match="precision@1%"):
        tracked.figures(figures)
