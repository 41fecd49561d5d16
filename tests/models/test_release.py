"""A release is read as it was written, whole, and only where nothing about it is changed."""

import json
import os
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import models.release as module
from models.label_scheme import KINDS, TAGS
from models.release import REQUIRED, Release, install_release, read_release, sha256_of, write_release
from pipeline.errors import ConfigurationError
from tests.models.releases import CREATED, described, write_content
from training.base.licence import refuse_unless_releasable


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "exported")


@pytest.fixture
def released(tmp_path: Path, content: Path) -> Path:
    write_release(tmp_path / "released", content, described(), refuse_unless_releasable)
    return tmp_path / "released"


def change(folder: Path, **values: Any) -> None:
    """Change what release.json says."""
    path = folder / "release.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values), encoding="utf-8")


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_is_read_as_it_was_written(released: Path, content: Path) -> None:
    found = read_release(released)
    assert replace(found, files={}) == described()
    assert found.files == {path.name: sha256_of(path) for path in content.iterdir()}
    assert set(REQUIRED) < set(found.files)
    assert (found.created, found.name) == (CREATED, "bilag-layoutlm")
    assert (found.tags, found.kinds) == (TAGS, tuple(kind.value for kind in KINDS))


def test_the_file_names_schema_and_utc(released: Path) -> None:
    written = json.loads((released / "release.json").read_text())
    assert written["schema"] == "bilag.release/1"
    assert written["created"] == "2026-11-24T09:30:00+00:00"


def test_a_changed_file_is_refused(released: Path) -> None:
    weights = released / "model.onnx"
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    with pytest.raises(ConfigurationError, match=r"model\.onnx is not the file that was released.*registry"):
        read_release(released)
    assert read_release(released, verify=False).version == "1.0"


def test_a_missing_file_is_refused_even_unverified(released: Path) -> None:
    (released / "calibration.json").unlink()
    with pytest.raises(ConfigurationError, match=r"calibration\.json is missing"):
        read_release(released, verify=False)


def test_a_release_that_does_not_list_what_it_needs_is_refused(released: Path) -> None:
    listed = json.loads((released / "release.json").read_text())["files"]
    change(released, files={name: digest for name, digest in listed.items() if name != "words.safetensors"})
    with pytest.raises(ConfigurationError, match=r"has no words\.safetensors"):
        read_release(released)


@pytest.mark.parametrize(
    ("name", "value"),
    [("tags", [*TAGS, "B-new"]), ("tags", list(reversed(TAGS))), ("kinds", ["invoice"])],
)
def test_other_tags_or_kinds_are_refused(released: Path, name: str, value: list[str]) -> None:
    change(released, **{name: value})
    with pytest.raises(ConfigurationError, match=r"knows other tags or kinds.*dvc repro"):
        read_release(released, verify=False)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"schema": "bilag.release/2"}, "its schema is 'bilag.release/2'"),
        ({"created": "2026-11-24T09:30:00"}, "created has no time zone"),
        ({"created": 20261124}, "argument must be str"),
        ({"version": 3}, "version is no str"),
        ({"tags": 3}, "not iterable"),
        ({"tags": [1, 2]}, "tags holds something else than names"),
        ({"architecture": {"floors": 3}}, "No sizes of the model: floors"),
        ({"base": []}, "base is no object"),
        ({"base": {"name": "x"}}, "base lacks 'digests'"),
        ({"training": {"steps": 1, "words": 1, "minutes": "long", "settings": {}, "commit": ""}}, "training.minutes"),
        ({"files": {"../secret": "00"}}, "is no name of a file beside it"),
        ({"files": {"release.json": "00"}}, "is no name of a file beside it"),
    ],
)
def test_what_describes_no_release_is_refused_with_the_reason(
    released: Path, values: dict[str, Any], said: str
) -> None:
    change(released, **values)
    with pytest.raises(ConfigurationError, match="describes no release") as raised:
        read_release(released)
    assert said in raised.value.message


def test_a_missing_value_is_named(released: Path) -> None:
    path = released / "release.json"
    path.write_text(json.dumps({k: v for k, v in json.loads(path.read_text()).items() if k != "licence"}))
    with pytest.raises(ConfigurationError, match="it has no 'licence'"):
        read_release(released)


@pytest.mark.parametrize("text", ["", "[]", "{", "null"])
def test_a_broken_file_is_refused(released: Path, text: str) -> None:
    (released / "release.json").write_text(text)
    with pytest.raises(ConfigurationError, match="describes no release"):
        read_release(released)


def test_where_there_is_none_the_reader_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"There is no release in .*docs/registry\.md.*dvc repro"):
        read_release(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (described(base="CC-BY-NC-SA-4.0"), "The base small-encoder is licensed CC-BY-NC-SA-4.0, for non-commercial"),
        (described(data="LicenseRef-unknown"), r"Nothing states the licence of a part of the training data \(12 doc"),
        (described(licence="CC-BY-NC-4.0"), "The release is licensed CC-BY-NC-4.0"),
    ],
)
def test_nothing_is_released_of_what_may_not_be(tmp_path: Path, content: Path, statement: Release, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        write_release(tmp_path / "released", content, statement, refuse_unless_releasable)
    assert not (tmp_path / "released").exists()


def test_an_operator_may_bring_a_gate_for_documents_of_its_own(tmp_path: Path, content: Path) -> None:
    own = described(data="LicenseRef-own")
    with pytest.raises(ConfigurationError):
        write_release(tmp_path / "released", content, own, refuse_unless_releasable)
    write_release(tmp_path / "kept", content, own, lambda licence, what: None)
    assert read_release(tmp_path / "kept").data.licences == {"LicenseRef-own": 12}


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"model.onnx": 95_000_001}, r"model\.onnx has 95\.0 MB; a file of a release may have 95\.0"),
        ({"model.onnx": 60_000_000, "start.safetensors": 50_000_000}, r"The release has 110\.0 MB; it may have 100\.0"),
    ],
)
def test_a_release_that_is_too_large_is_refused(
    tmp_path: Path, content: Path, sizes: dict[str, int], said: str
) -> None:
    for name, size in sizes.items():
        os.truncate(content / name, size)  # sparse: takes no room
    with pytest.raises(ConfigurationError, match=said):
        write_release(tmp_path / "released", content, described(), refuse_unless_releasable)
    assert not (tmp_path / "released").exists()


def test_an_export_that_lacks_something_is_refused(tmp_path: Path, content: Path) -> None:
    (content / "thresholds.json").unlink()
    with pytest.raises(ConfigurationError, match=r"has no thresholds\.json"):
        write_release(tmp_path / "released", content, described(), refuse_unless_releasable)


def test_folders_and_links_are_no_part_of_a_release(tmp_path: Path, content: Path) -> None:
    (content / "plots").mkdir()
    with pytest.raises(ConfigurationError, match="plots is no plain file"):
        write_release(tmp_path / "released", content, described(), refuse_unless_releasable)
    (content / "plots").rmdir()
    (content / "extra.json").symlink_to(content / "config.json")
    with pytest.raises(ConfigurationError, match=r"extra\.json is no plain file"):
        write_release(tmp_path / "released", content, described(), refuse_unless_releasable)


def test_a_new_release_takes_the_whole_place_of_the_former_one(tmp_path: Path, released: Path, content: Path) -> None:
    (content / "NOTICE").unlink()
    write_release(released, content, described("2.0"), refuse_unless_releasable)
    assert read_release(released).version == "2.0"
    assert not (released / "NOTICE").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exported", "released"]


def test_a_release_can_be_written_from_its_own_folder(released: Path) -> None:
    again = write_release(released, released, described("1.1"), refuse_unless_releasable)
    assert "release.json" not in again.files
    assert read_release(released).version == "1.1"


@pytest.mark.parametrize("at", ["copyfile", "sha256_of", "_flush"])
def test_a_write_that_is_cut_short_leaves_the_former_release(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, released: Path, at: str
) -> None:
    """Power fails while the fourth file is copied, digested, or brought to disk."""
    before = bytes_in(released)
    newer = write_content(tmp_path / "newer", weights=b"other weights")
    holder = shutil if at == "copyfile" else module
    whole, calls = getattr(holder, at), iter(range(100))

    def cut(*arguments: Any) -> Any:
        if next(calls) == 3:
            raise KeyboardInterrupt
        return whole(*arguments)

    monkeypatch.setattr(holder, at, cut)
    with pytest.raises(KeyboardInterrupt):
        write_release(released, newer, described("2.0"), refuse_unless_releasable)
    monkeypatch.undo()
    assert bytes_in(released) == before
    assert read_release(released).version == "1.0"
    write_release(released, newer, described("2.0"), refuse_unless_releasable)
    assert read_release(released).version == "2.0"


def test_cut_between_the_two_renames_the_former_one_is_named_and_put_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, released: Path, content: Path
) -> None:
    whole = Path.rename

    def cut(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise KeyboardInterrupt
        return whole(path, target)

    monkeypatch.setattr(Path, "rename", cut)
    with pytest.raises(KeyboardInterrupt):
        write_release(released, content, described("2.0"), refuse_unless_releasable)
    monkeypatch.undo()
    with pytest.raises(ConfigurationError, match=r"rename .*\.released\.former to released"):
        read_release(released)
    (content / "model.onnx").unlink()
    with pytest.raises(ConfigurationError):  # the next write fails on its own account …
        write_release(released, content, described("3.0"), refuse_unless_releasable)
    install_release(tmp_path / "elsewhere", tmp_path / ".released.former")
    assert read_release(tmp_path / "elsewhere").version == "1.0"
    install_release(released, tmp_path / "elsewhere")  # … and one that succeeds clears up
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "exported", "released"]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, content: Path) -> None:
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    with pytest.raises(ConfigurationError, match="holds something else than a release"):
        write_release(other, content, described(), refuse_unless_releasable)
    assert (other / "letter.txt").read_text() == "dear"


def test_only_a_sound_release_is_installed(tmp_path: Path, released: Path, content: Path) -> None:
    place = tmp_path / "served"
    assert install_release(place, released).version == "1.0"
    assert bytes_in(place) == bytes_in(released)
    write_release(released, content, described("2.0"), refuse_unless_releasable)
    (released / "model.onnx").write_bytes(b"")
    with pytest.raises(ConfigurationError, match="not the file that was released"):
        install_release(place, released)
    assert read_release(place).version == "1.0"


def test_figures_that_are_no_numbers_are_not_written(tmp_path: Path, content: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_release(
            tmp_path / "r", content, replace(described(), metrics={"f1": float("nan")}), refuse_unless_releasable
        )
    assert not (tmp_path / "r").exists()


def test_a_local_time_is_written_as_utc(tmp_path: Path, content: Path) -> None:
    local = replace(described(), created=datetime.fromisoformat("2026-11-24T10:30:00+01:00"))
    assert write_release(tmp_path / "r", content, local, refuse_unless_releasable).created == CREATED
