"""A release becomes challenger, then champion where it is not worse, and one command takes that back."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from models.release import read_release, sha256_of, write_release
from pipeline.errors import ConfigurationError
from tests.models.releases import FIELDS, described, write_content
from training import promote as promoting
from training import register as registering
from training.promote import CRITICAL, compare, promote
from training.register import register
from training.tracking.measured import Measured, read_measured, released_metrics
from training.tracking.place import Place, place
from training.tracking.registry import CHALLENGER, CHAMPION, PROMOTED, ROLLED_BACK, Change, Registry, standing

Release = Callable[..., Path]
TEST = {"digest": "ef" * 32}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracking file without any run; to make one takes seconds."""
    pytest.importorskip("mlflow")
    folder = tmp_path_factory.mktemp("empty")
    place(f"sqlite:///{folder}/mlflow.db").client()
    return folder / "mlflow.db"


@pytest.fixture
def here(tmp_path: Path, empty: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    (tmp_path / "kept").mkdir()
    shutil.copy(empty, tmp_path / "kept" / "mlflow.db")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path}/kept/mlflow.db")
    return place()


@pytest.fixture
def registry(here: Place) -> Registry:
    return Registry(here)


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """Makes a release folder of some version, with other figures where they are given."""

    def make(version: str, figures: Mapping[str, float] | None = None, **others: Any) -> Path:
        content = write_content(tmp_path / f"content-{version}", figures, weights=version.encode(), **others)
        write_release(tmp_path / version, content, described(version), lambda licence, what: None)
        return tmp_path / version

    return make


def champion(registry: Registry) -> str | None:
    found = registry.holder(CHAMPION)
    return found.release if found else None


def stand(registry: Registry, *folders: Path) -> None:
    """Make these releases champion, one after another."""
    for folder in folders:
        register(folder, registry)
        assert promote(registry).promoted


# How a release was measured


def test_a_release_states_what_the_evaluation_found(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    labels.write_text("{}\n")
    counted = {"documents": 12, "layout_groups": 4}
    evaluated = {**counted, "header_macro_f1": 0.93, "header_macro_f1_low": 0.9, "rows_f1": None}
    (tmp_path / "metrics.json").write_text(json.dumps(evaluated))
    details = {"f1": {"field.iban": {"value": 0.9, "low": 0.8, "high": 1.0}}, "scores": {"mistakes": ["a customer"]}}
    (tmp_path / "details.json").write_text(json.dumps(details))
    content = released_metrics(tmp_path, [labels])
    assert "a customer" not in json.dumps(content)
    path = tmp_path / "released.json"
    path.write_text(json.dumps(content))
    found = read_measured(path)
    assert found.f1 == {"header_macro_f1": 0.93, "rows_f1": None, "field.iban": 0.9}
    labels.write_text("{} \n")
    assert released_metrics(tmp_path, [labels])["test"]["digest"] != found.test["digest"]


@pytest.mark.parametrize(
    "change",
    [
        {"test": {}},
        {"test": None},
        {"f1": None},
        {"rows_f1": 93},
        {"header_macro_f1": "0.9"},
        {"f1": {"field.iban": 2}},
    ],
)
def test_figures_that_cannot_decide_are_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    path = write_content(tmp_path) / "metrics.json"
    assert read_measured(path).f1["field.iban"] == FIELDS["iban"]
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ConfigurationError, match="Evaluate again"):
        read_measured(path)


# What decides


def measured(**figures: float | None) -> Measured:
    f1 = {"header_macro_f1": 0.9, "rows_f1": 0.8} | {f"field.{name}": 0.9 for name in CRITICAL}
    return Measured(TEST, f1 | {name.replace("__", "."): value for name, value in figures.items()})


@pytest.mark.parametrize(
    ("figures", "worse"),
    [
        ({}, []),
        ({"header_macro_f1": 0.8999}, ["header_macro_f1"]),
        ({"rows_f1": 0.79, "header_macro_f1": 0.95}, ["rows_f1"]),
        ({"field__iban": 0.89}, []),  # as much as a critical field may lose
        ({"field__iban": 0.8899}, ["field.iban"]),
        ({"field__currency": None}, ["field.currency"]),
        ({"field__buyer_name": 0.1}, []),
    ],
)
def test_a_challenger_is_worse_where_a_figure_that_counts_fell(
    figures: dict[str, float | None], worse: list[str]
) -> None:
    assert [row.name for row in compare(measured(), measured(**figures)) if row.is_worse] == worse


def test_what_the_champion_has_no_figure_for_cannot_be_worse() -> None:
    assert not any(row.is_worse for row in compare(measured(field__iban=None), measured(field__iban=0.1)))


def test_the_critical_fields_are_those_that_the_policy_holds_documents_for() -> None:
    assert set(CRITICAL) == set(FIELDS)


def test_champions_that_stand() -> None:
    first, second = Change(PROMOTED, None, "1"), Change(PROMOTED, "1", "2")
    assert standing([first, second]) == ["1", "2"]
    assert standing([first, second, Change(ROLLED_BACK, "2", "1")]) == ["1"]
    assert standing([first, second, Change(ROLLED_BACK, "2", "1"), Change(PROMOTED, "1", "3")]) == ["1", "3"]
    assert standing([first, second, Change(PROMOTED, "2", "1")]) == ["1", "2", "1"]
    assert standing([first, Change(PROMOTED, "7", "8")]) == ["1", "7", "8"]  # somebody set the alias by hand


# The registry


@pytest.mark.slow
def test_a_registered_release_is_fetched_as_it_was(registry: Registry, release: Release, tmp_path: Path) -> None:
    folder = release("1.0")
    version = register(folder, registry)
    found = registry.holder(CHALLENGER)
    assert found == version
    assert (version.number, version.release, version.tags["bilag.licence"]) == ("1", "1.0", "MIT")
    shutil.rmtree(folder)
    fetched = registry.fetch(version, tmp_path / "fetched")
    assert read_release(fetched).version == "1.0"
    assert registry.holder(CHAMPION) is None


@pytest.mark.slow
def test_mlflow_itself_finds_the_champion(registry: Registry, here: Place, release: Release, tmp_path: Path) -> None:
    stand(registry, release("1.0"))
    from mlflow.artifacts import download_artifacts

    found = download_artifacts(
        "models:/bilag-layoutlm@champion", dst_path=str(tmp_path / "d"), tracking_uri=here.uri, registry_uri=here.uri
    )
    assert sha256_of(Path(found) / "release.json") == sha256_of(tmp_path / "1.0" / "release.json")


@pytest.mark.slow
def test_one_release_is_one_version(registry: Registry, release: Release) -> None:
    folder = release("1.0")
    first, other = register(folder, registry), register(release("2.0"), registry)
    assert [first.number, other.number] == ["1", "2"]
    assert register(folder, registry).number == "1"
    found = registry.holder(CHALLENGER)
    assert found is not None
    assert found.number == "1"


@pytest.mark.slow
def test_a_damaged_release_is_not_registered(registry: Registry, release: Release) -> None:
    folder = release("1.0")
    (folder / "model.onnx").write_bytes(b"")
    with pytest.raises(ConfigurationError, match="not the file that was released"):
        register(folder, registry)
    assert registry.holder(CHALLENGER) is None


# Promotion


@pytest.mark.slow
def test_nothing_can_be_promoted_before_it_is_registered(registry: Registry) -> None:
    with pytest.raises(ConfigurationError, match=r"No release is challenger\. .*training\.register"):
        promote(registry)


@pytest.mark.slow
def test_the_first_one_becomes_champion_and_a_better_one_after_it(registry: Registry, release: Release) -> None:
    register(release("1.0"), registry)
    assert promote(registry).said == "Version 1 (release 1.0) is champion now, the first one."
    register(release("2.0", {"header_macro_f1": 0.94}), registry)
    outcome = promote(registry)
    assert outcome.promoted
    assert outcome.said == "Version 2 (release 2.0) is champion now in the place of Version 1 (release 1.0)."
    assert champion(registry) == "2.0"
    assert [(c.what, c.before, c.after) for c in registry.history()] == [(PROMOTED, None, "1"), (PROMOTED, "1", "2")]
    assert promote(registry).said == "Version 2 (release 2.0) is champion already."
    assert len(registry.history()) == 2


@pytest.mark.slow
def test_a_worse_one_is_refused_and_can_be_forced(registry: Registry, release: Release) -> None:
    stand(registry, release("1.0"))
    register(release("2.0", {"rows_f1": 0.89}, fields={"iban": 0.9}), registry)
    refused = promote(registry)
    assert not refused.promoted
    assert "worse than the champion in rows_f1, field.iban." in refused.said
    assert "--force REASON" in refused.said
    assert champion(registry) == "1.0"
    assert promote(registry, force="the test has a wrong label").promoted
    assert champion(registry) == "2.0"
    forced = registry.version("2").tags
    assert forced["bilag.forced"] == "the test has a wrong label"
    assert registry.history()[-1].reason == "the test has a wrong label"


@pytest.mark.slow
def test_a_reason_that_was_not_needed_is_not_kept(registry: Registry, release: Release) -> None:
    stand(registry, release("1.0"))
    register(release("2.0"), registry)
    assert promote(registry, force="to be sure").promoted
    assert "bilag.forced" not in registry.version("2").tags


@pytest.mark.slow
def test_figures_of_another_test_are_not_compared(registry: Registry, release: Release) -> None:
    stand(registry, release("1.0"))
    register(release("2.0", {"header_macro_f1": 0.99}, test="01" * 32), registry)
    refused = promote(registry)
    assert not refused.promoted
    assert "measured on different tests" in refused.said
    assert promote(registry, force="the new test is the one that counts").promoted


@pytest.mark.slow
def test_what_was_damaged_in_the_registry_is_not_promoted(registry: Registry, here: Place, release: Release) -> None:
    register(release("1.0"), registry)
    assert here.artifacts is not None
    (stored,) = here.artifacts.rglob("model.onnx")
    stored.write_bytes(b"")
    with pytest.raises(ConfigurationError, match="not the file that was released"):
        promote(registry, force="it must go out")
    assert registry.holder(CHAMPION) is None


# Rollback


@pytest.mark.slow
def test_a_rollback_goes_one_champion_back_each_time(registry: Registry, release: Release) -> None:
    stand(registry, release("1.0"), release("2.0"), release("3.0"))
    first = registry.roll_back("reads French pages badly")
    assert first is not None
    assert (first.before, first.after, champion(registry)) == ("3", "2", "2.0")
    assert registry.roll_back() is not None
    assert champion(registry) == "1.0"
    assert registry.roll_back() is None
    assert champion(registry) == "1.0"
    assert [c.what for c in registry.history()] == [PROMOTED] * 3 + [ROLLED_BACK] * 2


@pytest.mark.slow
def test_what_was_rolled_back_returns_only_by_force(registry: Registry, release: Release) -> None:
    """A nightly promotion would otherwise undo every rollback."""
    stand(registry, release("1.0"), release("2.0"))
    registry.roll_back("reads French pages badly")
    refused = promote(registry)
    assert not refused.promoted
    assert "was champion and rolled back (reads French pages badly)" in refused.said
    assert champion(registry) == "1.0"
    assert promote(registry, force="it was the scanner").promoted
    found = registry.holder(CHAMPION)
    assert found is not None
    assert (found.number, found.rolled_back) == ("2", None)
    assert registry.roll_back() is not None
    assert champion(registry) == "1.0"


# The commands


@pytest.mark.slow
def test_the_commands_end_to_end(
    here: Place, release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served = tmp_path / "served"
    assert registering.main([str(release("1.0"))]) == 0
    assert "bilag-layoutlm version 1 (release 1.0) is challenger." in capsys.readouterr().out
    assert promoting.main(["--install", str(served)]) == 0
    assert read_release(served).version == "1.0"
    registering.main([str(release("2.0"))])
    assert promoting.main(["--install", str(served)]) == 0
    assert read_release(served).version == "2.0"
    shown = capsys.readouterr().out
    assert "header_macro_f1" in shown
    assert "purchase_order_reference" in shown
    registering.main([str(release("3.0", {"rows_f1": 0.1}))])
    assert promoting.main(["--install", str(served)]) == 1
    printed = capsys.readouterr()
    assert "is worse than the champion in rows_f1" in printed.err
    assert "-0.8000" in printed.out
    assert read_release(served).version == "2.0"
    assert promoting.main(["--rollback", "--install", str(served)]) == 0
    assert read_release(served).version == "1.0"
    assert promoting.main(["--rollback"]) == 3
    capsys.readouterr()
    assert promoting.main(["--show"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == ["champion: Version 1 (release 1.0)", "challenger: Version 3 (release 3.0)"]
    assert [line.partition(" ")[2] for line in told[2:]] == [
        "promoted: none -> 1",
        "promoted: 1 -> 2",
        "rolled back: 2 -> 1",
    ]


def test_a_folder_without_a_release_is_told_of_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert registering.main([str(tmp_path)]) == 3
    assert "Not registered: There is no release in" in capsys.readouterr().err


@pytest.mark.slow
def test_an_empty_registry_says_what_to_do_first(here: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert promoting.main([]) == 3
    assert "training.register" in capsys.readouterr().err
    assert promoting.main(["--show"]) == 0
    assert promoting.main(["--show", "--install", "nowhere"]) == 3
