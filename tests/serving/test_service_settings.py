"""The service's settings come from the environment; a key never shows."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from serving.settings import read_service_settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KEYS", "WORKERS", "READERS", "WAIT_SECONDS", "MODEL_SECONDS", "MODEL_CACHE"):
        monkeypatch.delenv(f"BILAG_SERVICE_{name}", raising=False)
    for name in ("OCR", "MAX_PAGES", "OCR_THREADS"):
        monkeypatch.delenv(f"BILAG_READING__{name}", raising=False)


def test_without_any_variable_the_defaults_of_the_pipeline_hold() -> None:
    settings = read_service_settings()
    assert settings.keys is None
    assert 1 <= settings.service_workers <= 4
    assert (settings.service_readers, settings.words_at_once) == (1, 2)
    assert (settings.reading.ocr, settings.reading.max_megabytes, settings.reading.max_pages) == ("rapidocr", 50, 200)


@pytest.mark.parametrize(
    ("given", "keys"),
    [("key-1", ("key-1",)), ("key-1,key-2", ("key-1", "key-2")), (" key-1 , key-2,, ", ("key-1", "key-2"))],
)
def test_keys_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch, given: str, keys: tuple[str, ...]) -> None:
    monkeypatch.setenv("BILAG_SERVICE_KEYS", given)
    settings = read_service_settings()
    assert settings.keys == keys
    assert "key-1" not in repr(settings)


@pytest.mark.parametrize("given", ["", " ", ",", " , "])
def test_a_variable_without_keys_does_not_open_the_service(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("BILAG_SERVICE_KEYS", given)
    with pytest.raises(ConfigurationError, match="names no key"):
        read_service_settings()


def test_one_limit_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAG_READING__MAX_PAGES", "7")
    assert (read_service_settings().reading.max_pages, read_service_settings().reading.max_megabytes) == (7, 50)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BILAG_SERVICE_READERS", "0"),
        ("BILAG_SERVICE_WORKERS", "0"),
        ("BILAG_SERVICE_READERS", "many"),
        ("BILAG_SERVICE_WAIT_SECONDS", "0"),
        ("BILAG_SERVICE_MODEL_SECONDS", "0"),
        ("BILAG_READING__OCR", "eyes"),
    ],
)
def test_a_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv("BILAG_SERVICE_KEYS", "correct-horse")
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name) as raised:
        read_service_settings()
    assert "correct-horse" not in str(raised.value)


def test_releases_are_kept_with_the_users_other_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert read_service_settings().service_model_cache == tmp_path / "bilag"
    monkeypatch.setenv("BILAG_SERVICE_MODEL_CACHE", str(tmp_path / "models"))
    assert read_service_settings().service_model_cache == tmp_path / "models"


@pytest.mark.parametrize(
    ("cores", "workers", "at_once"), [(1, None, (1, 1)), (2, None, (2, 1)), (64, None, (4, 1)), (2, "1", (1, 2)),
                                      (4, "2", (2, 2)), (2, "3", (3, 1)), (64, "1", (1, 4))],
)  # fmt: skip
def test_workers_and_what_each_does_at_once_take_the_cores(
    monkeypatch: pytest.MonkeyPatch, cores: int, workers: str | None, at_once: tuple[int, int]
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)), raising=False)
    if workers is not None:
        monkeypatch.setenv("BILAG_SERVICE_WORKERS", workers)
    settings = read_service_settings()
    assert (settings.service_workers, settings.service_readers) == at_once
    assert settings.words_at_once == max(2, at_once[1])


@pytest.mark.parametrize(("readers", "asked", "threads"), [("32", None, 1), ("1", "3", 3), ("4", "2", 2)])
def test_all_readers_together_take_the_cores(
    monkeypatch: pytest.MonkeyPatch, readers: str, asked: str | None, threads: int
) -> None:
    monkeypatch.setenv("BILAG_SERVICE_READERS", readers)
    if asked is not None:
        monkeypatch.setenv("BILAG_READING__OCR_THREADS", asked)
    assert read_service_settings().ocr_threads == threads
