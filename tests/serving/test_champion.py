"""The service's model follows an alias of a real registry; whatever goes wrong, the model before goes on."""

import asyncio
import json
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from models.calibration import Calibration
from models.release import read_release, write_release
from pipeline.adapters.extractor.choice import make_extractor
from pipeline.adapters.extractor.model import ModelExtractor
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile, Unreadable
from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.errors import ConfigurationError, ResourceExhausted, Unavailable
from serving.answer import read_with, written
from serving.champion import Champion, Outcome, current_of
from serving.interface import example_words
from serving.kept import KeptReleases
from serving.meters import Meters
from serving.reception import Reception
from serving.registry import Alias, Registered, Registry, registry_address
from serving.upload import Upload
from tests.models.exported import as_released, export
from tests.models.releases import described, write_content
from tests.serving.conftest import source, turns
from training import promote as promoting
from training.register import register
from training.tracking.place import place
from training.tracking.registry import Registry as Tracked

ALIAS = Alias("bilag-layoutlm", "champion")
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two releases by version, whose networks have other weights."""
    for needed in ("torch", "transformers", "onnx"):
        pytest.importorskip(needed, reason="a release is exported with torch (extra: train)")
    made: dict[str, Path] = {}
    for seed, version in enumerate(("1.0", "2.0"), 1):
        folder = tmp_path_factory.mktemp(f"release-{seed}")
        content = folder / "content"
        sizes = export(as_released(seed), folder / "exported", content, small=False).architecture
        (content / "calibration.json").write_text(json.dumps(Calibration.none().to_json()), encoding="utf-8")
        write_release(folder / version, content, replace(described(version), architecture=sizes), lambda *_: None)
        made[version] = folder / version
    return made


@pytest.fixture(scope="module")
def expected(releases: Mapping[str, Path]) -> dict[str, Extraction]:
    """What each version reads of the example."""
    return {version: ModelExtractor(folder).extract(example_words()) for version, folder in releases.items()}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry without any model; to make one takes seconds."""
    pytest.importorskip("mlflow")
    folder = tmp_path_factory.mktemp("empty")
    place(f"sqlite:///{folder}/mlflow.db").client()
    return folder / "mlflow.db"


@dataclass(frozen=True)
class Office:
    """A registry that is kept by training, and asked by the service."""

    folder: Path
    tracked: Tracked

    @property
    def database(self) -> Path:
        return self.folder / "mlflow.db"

    def stand(self, release: Path) -> str:
        """Make a release champion; return MLflow's number."""
        version = register(release, self.tracked)
        self.tracked.promote(version)
        return version.number

    def champion(self, seconds: float = 60.0) -> Champion:
        return Champion(ALIAS, Registry(registry_address()), self.kept, seconds=seconds)

    @property
    def kept(self) -> KeptReleases:
        return KeptReleases(self.folder / "kept")

    def artifact(self, number: str, name: str) -> Path:
        """Return where the registry keeps a file of a version."""
        uri = self.tracked._client.get_model_version_download_uri(ALIAS.model, number)
        return Path(uri.removeprefix("file://")) / name


@pytest.fixture
def office(tmp_path: Path, empty: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    folder = tmp_path / "registry"
    folder.mkdir()
    shutil.copy(empty, folder / "mlflow.db")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{folder}/mlflow.db")
    return Office(folder, Tracked(place()))


class Watched:
    """Hears what following comes to."""

    def __init__(self) -> None:
        self.models: list[str] = []
        self.outcomes: list[str] = []

    def reads_with(self, model: ModelVersion) -> None:
        self.models.append(model.version)

    def looked(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


@pytest.fixture
def following() -> Iterator[list[Champion]]:
    """Champions that are closed at the end, whatever a test came to."""
    opened: list[Champion] = []
    yield opened
    for champion in opened:
        champion.close()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def until_there_are(count: int, found: Sequence[object]) -> None:
    until(lambda: len(found) >= count)


# Following


def test_the_release_behind_the_alias_reads(
    office: Office,
    releases: Mapping[str, Path],
    expected: Mapping[str, Extraction],
    following: list[Champion],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "serving")
    assert expected["1.0"] != replace(expected["2.0"], model=expected["1.0"].model), "so that they can be told apart"
    number = office.stand(releases["1.0"])
    champion = office.champion()
    assert champion.version == ModelVersion("bilag-layoutlm", "1.0")
    assert champion.extract(example_words()) == expected["1.0"]
    assert champion.look() == "same"
    following.append(champion)
    champion.follow(Watched())
    assert f"alias=models:/bilag-layoutlm@champion version={number} model=bilag-layoutlm/1.0 sha256=" in caplog.text


def test_a_new_champion_is_taken_over_and_so_is_a_roll_back(
    office: Office, releases: Mapping[str, Path], expected: Mapping[str, Extraction]
) -> None:
    office.stand(releases["1.0"])
    champion = office.champion()
    before = current_of(champion)
    office.stand(releases["2.0"])
    assert champion.version.version == "1.0"
    assert champion.look() == "changed"
    assert champion.version.version == "2.0"
    assert champion.extract(example_words()) == expected["2.0"]
    assert before.extract(example_words()) == expected["1.0"], "who began with it ends with it"

    assert promoting.main(["--rollback", "worse on scans"]) == 0
    shutil.rmtree(office.artifact("1", ""))  # what is kept is not fetched again
    assert champion.look() == "changed"
    assert champion.extract(example_words()) == expected["1.0"]
    assert champion.look() == "same"


def test_a_file_is_read_by_one_version_from_its_first_document_to_its_last(
    office: Office, releases: Mapping[str, Path], two_invoices: bytes
) -> None:
    prometheus = pytest.importorskip("prometheus_client", reason="comes with bilag[serve]")
    office.stand(releases["1.0"])
    champion = office.champion()

    class Slow(FileReader):
        def read(self, file: SourceFile) -> Document | Unreadable:
            office.stand(releases["2.0"])
            assert champion.look() in {"changed", "same"}
            return super().read(file)

    counted = prometheus.CollectorRegistry()
    desk = Reception(Slow(None, sandbox=False), champion, Meters(counted), files=turns("files"), words=turns("words"))
    answers = [asyncio.run(desk.answer(Upload(source(two_invoices)))) for _ in range(2)]
    versions = [[e.model.version for e in answer] for answer in answers if isinstance(answer, tuple)]
    assert versions == [["1.0", "1.0"], ["2.0", "2.0"]]
    assert [read_with(answer, champion.version).version for answer in answers] == ["1.0", "2.0"]
    assert json.loads(written(answers[0], read_with(answers[0], champion.version)))["model"]["version"] == "1.0"


def test_what_no_model_read_is_answered_with_the_model_of_now(factur_x: bytes) -> None:
    from pipeline.adapters.extractor.rules import RuleExtractor
    from serving.answer import busy
    from serving.understand import understand

    answer = understand(source(factur_x), FileReader(None, sandbox=False), RuleExtractor())
    now = ModelVersion("bilag-layoutlm", "7")
    assert read_with(answer, now) == read_with(busy(), now) == now


def test_it_follows_by_itself_is_counted_and_ends(
    office: Office, releases: Mapping[str, Path], following: list[Champion]
) -> None:
    prometheus = pytest.importorskip("prometheus_client", reason="comes with bilag[serve]")
    counted = prometheus.CollectorRegistry()
    office.stand(releases["1.0"])
    champion = office.champion(seconds=0.01)
    following.append(champion)
    desk = Reception(
        FileReader(None, sandbox=False), champion, Meters(counted), files=turns("files"), words=turns("words")
    )

    def shown(version: str) -> float | None:
        value: float | None = counted.get_sample_value(
            "bilag_model_info", {"name": "bilag-layoutlm", "version": version}
        )
        return value

    def looks(outcome: str) -> float:
        return counted.get_sample_value("bilag_registry_looks_total", {"outcome": outcome}) or 0

    assert (shown("1.0"), shown("2.0")) == (1, None)
    desk.open(ocr=False)
    until(lambda: looks("same") > 0)
    office.stand(releases["2.0"])
    until(lambda: looks("changed") > 0)
    assert (shown("1.0"), shown("2.0")) == (0, 1)
    away = office.database.rename(office.folder / "away")
    until(lambda: looks("unavailable") > 0)
    away.rename(office.database)
    desk.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "champion"]
    assert champion.extract(example_words()).model.version == "2.0", "who is inside still gets an answer"


def test_a_change_under_load_drops_nothing_and_mixes_nothing(
    office: Office, releases: Mapping[str, Path], expected: Mapping[str, Extraction], following: list[Champion]
) -> None:
    first = register(releases["1.0"], office.tracked)
    second = register(releases["2.0"], office.tracked)
    office.tracked.promote(first)
    champion = office.champion(seconds=0.01)
    following.append(champion)
    watched, over, answers, faults = Watched(), threading.Event(), list[Extraction](), list[Exception]()

    def ask() -> None:
        try:
            while not over.is_set():
                answers.append(champion.extract(example_words()))
        except Exception as error:  # noqa: BLE001 — whatever it is, it is a request without an answer
            faults.append(error)

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    champion.follow(watched)
    for turn in range(4):
        office.tracked._client.set_registered_model_alias(
            ALIAS.model, ALIAS.name, (second if turn % 2 == 0 else first).number
        )
        until_there_are(turn + 1, watched.models)
        until_there_are(len(answers) + 6, answers)
    over.set()
    for thread in asking:
        thread.join()
    assert faults == []
    assert watched.models == ["2.0", "1.0"] * 2
    assert {answer.model.version for answer in answers} == {"1.0", "2.0"}
    assert [answer for answer in answers if answer != expected[answer.model.version]] == []


# What goes wrong


def test_a_damaged_release_leaves_the_one_before_and_is_not_fetched_at_every_look(
    office: Office, releases: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    office.stand(releases["1.0"])
    champion = office.champion(seconds=0.001)
    number = office.stand(releases["2.0"])
    stored = office.artifact(number, "model.onnx")
    sound = stored.read_bytes()
    stored.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    now = 0.0
    monkeypatch.setattr("serving.champion.monotonic", lambda: now)
    assert champion.look() == "failed"
    assert champion.version.version == "1.0"
    assert f"Version {number} cannot be taken over" in caplog.text
    assert "model.onnx is not the file that was released" in caplog.text
    assert sorted(path.name for path in (office.folder / "kept").iterdir() if path.name.startswith(".")) == []

    stored.write_bytes(sound)
    assert champion.look() == "failed", "it is not fetched before its time"
    now = 3600.0
    assert champion.look() == "changed"
    assert champion.version.version == "2.0"


def test_a_release_that_is_sound_and_no_model_leaves_the_one_before(
    office: Office, releases: Mapping[str, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    office.stand(releases["1.0"])
    champion = office.champion()
    content = write_content(tmp_path / "content")
    write_release(tmp_path / "3.0", content, described("3.0"), lambda *_: None)
    office.stand(tmp_path / "3.0")
    assert champion.look() == "failed"
    assert "cannot be read with" in caplog.text
    assert promoting.main(["--rollback"]) == 0
    assert (champion.look(), champion.version.version) == ("same", "1.0")


def test_a_registry_that_is_away_is_told_of_once_and_asked_again(
    office: Office, releases: Mapping[str, Path], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "serving")
    office.stand(releases["1.0"])
    champion = office.champion()
    office.stand(releases["2.0"])
    away = office.database.rename(office.folder / "away")
    assert [champion.look() for _ in range(3)] == ["unavailable"] * 3
    assert champion.version.version == "1.0"
    assert caplog.text.count("There is no registry at") == 1
    assert not office.database.exists(), "none is made by asking"
    away.rename(office.database)
    assert champion.look() == "changed"
    assert "followed again" in caplog.text


def test_without_the_registry_it_starts_with_what_is_kept(
    office: Office,
    releases: Mapping[str, Path],
    expected: Mapping[str, Extraction],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    office.stand(releases["1.0"])
    office.champion()
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://user:secret@127.0.0.1:1")
    champion = office.champion()
    assert champion.extract(example_words()) == expected["1.0"]
    assert "The last version that is kept is read with" in caplog.text
    assert "127.0.0.1:1" in caplog.text
    assert "secret" not in caplog.text


def test_with_a_damaged_champion_it_starts_with_the_one_before(office: Office, releases: Mapping[str, Path]) -> None:
    office.stand(releases["1.0"])
    office.champion()
    office.artifact(office.stand(releases["2.0"]), "tokenizer.json").write_text("{}")
    champion = office.champion()
    assert (champion.version.version, champion.look(), champion.version.version) == ("1.0", "failed", "1.0")


def test_what_is_kept_and_damaged_is_fetched_anew(office: Office, releases: Mapping[str, Path]) -> None:
    office.stand(releases["1.0"])
    office.champion()
    (kept,) = (path for path in (office.folder / "kept").iterdir() if path.is_dir())
    (kept / "model.onnx").write_bytes(b"torn")
    assert office.champion().version.version == "1.0"
    assert read_release(kept).version == "1.0"


def test_with_neither_there_is_no_service(office: Office) -> None:
    with pytest.raises(ConfigurationError, match=r"has no models:/bilag-layoutlm@champion.* Nothing is kept in"):
        office.champion()
    office.database.unlink()
    with pytest.raises(ConfigurationError, match=r"There is no registry at .* Nothing is kept in"):
        office.champion()


def test_without_mlflow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mlflow", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'bilag\[registry\]'"):
        Registry("http://127.0.0.1:1")


def test_without_an_address_it_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match="Set MLFLOW_TRACKING_URI"):
        registry_address()
    ours = tmp_path / ".cache" / "mlflow" / "mlflow.db"
    ours.parent.mkdir(parents=True)
    ours.touch()
    assert registry_address() == f"sqlite:///{ours}"


@pytest.mark.parametrize("text", ["models:/bilag-layoutlm", "models:/bilag-layoutlm/3", "models:/@champion", "models:"])
def test_what_is_no_alias_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="names no alias"):
        Alias.parse(text)
    assert str(Alias.parse(str(ALIAS))) == str(ALIAS)


def test_only_the_service_follows_an_alias() -> None:
    with pytest.raises(ConfigurationError, match=r"training\.promote --install"):
        make_extractor(str(ALIAS))


# What is kept


def small_release(folder: Path, version: str = "1.0") -> Path:
    """Write a release whose weights are only bytes."""
    content = write_content(folder / f"content-{version}", weights=version.encode())
    write_release(folder / version, content, described(version), lambda *_: None)
    return folder / version


def copied(release: Path) -> Callable[[Path], Path]:
    return lambda into: Path(shutil.copytree(release, into / "release"))


def test_two_workers_that_fetch_at_once_leave_one_sound_release(tmp_path: Path) -> None:
    release, kept = small_release(tmp_path), KeptReleases(tmp_path / "kept")
    together = threading.Barrier(4, timeout=20)
    found: list[Path] = []

    def fetch(into: Path) -> Path:
        fetched = copied(release)(into)
        together.wait()
        return fetched

    workers = [threading.Thread(target=lambda: found.append(kept.add("", fetch))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert read_release(found[0]).version == "1.0"
    assert list((tmp_path / "kept").iterdir()) == [found[0]]


def test_another_release_than_the_registered_one_is_not_kept(tmp_path: Path) -> None:
    kept = KeptReleases(tmp_path / "kept")
    with pytest.raises(ConfigurationError, match="not the one that was registered"):
        kept.add("ab" * 32, copied(small_release(tmp_path)))
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_fetch_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken(into: Path) -> Path:
        copied(small_release(tmp_path))(into)
        raise Unavailable("The line is cut.")

    with pytest.raises(Unavailable):
        KeptReleases(tmp_path / "kept").add("", broken)
    assert list((tmp_path / "kept").iterdir()) == []


def test_the_last_three_are_kept(tmp_path: Path) -> None:
    kept = KeptReleases(tmp_path / "kept")
    folders: list[Path] = []
    for number in range(1, 6):
        folder = kept.add("", copied(small_release(tmp_path, f"{number}.0")))
        os.utime(folder, (number, number))
        for earlier, path in enumerate(folders, 1):
            if path.exists():
                os.utime(path, (earlier, earlier))
        kept.remember(ALIAS, Registered(str(number)), folder)
        folders.append(folder)
    assert [folder.exists() for folder in folders] == [False, False, True, True, True]
    assert kept.last(ALIAS) == (Registered("5", folders[-1].name), folders[-1])
    assert kept.last(Alias("bilag-layoutlm", "challenger")) is None


def test_a_cache_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(ResourceExhausted, match="BILAG_SERVICE_MODEL_CACHE"):
        KeptReleases(tmp_path / "kept").add("", copied(small_release(tmp_path)))


@pytest.mark.slow
def test_following_needs_no_torch(office: Office, releases: Mapping[str, Path]) -> None:
    office.stand(releases["1.0"])
    script = f"""
import sys
from pathlib import Path
from serving.champion import Champion
from serving.kept import KeptReleases
from serving.registry import Alias, Registry, registry_address
champion = Champion(Alias.parse("{ALIAS}"), Registry(registry_address()), KeptReleases(Path({str(office.folder)!r})))
assert champion.look() == "same"
print(champion.version.version, [name for name in ("torch", "transformers", "training") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "1.0 []"
