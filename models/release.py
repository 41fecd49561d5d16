"""The release folder: what a trained model is shipped as, and how it is read, checked, written and replaced.

`release.json` (schema `bilag.release/1`) says what the model was made of and names every other file with its SHA-256.
Nothing here needs torch, and nothing decides which licences allow a release: that is training's knowledge, so whoever
writes a release brings the gate along.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar, get_origin

from models.architecture import Architecture
from models.label_scheme import KINDS, TAGS
from pipeline.errors import ConfigurationError

SCHEMA = "bilag.release/1"
NAME = "bilag-layoutlm"
ABOUT = "release.json"

RELEASED = Path(__file__).parent / "released"
"""The release that this package ships."""

REQUIRED = (
    "model.onnx",
    "words.safetensors",
    "letters.safetensors",
    "tokenizer.json",
    "config.json",
    "calibration.json",
    "thresholds.json",
    "metrics.json",
    "README.md",
    "LICENSE",
)
"""What every release holds. Others may stand beside: `start.safetensors` to train on from, the base's `NOTICE`."""

LARGEST = 100_000_000
"""Bytes of a whole release."""

LARGEST_FILE = 95_000_000
"""Bytes of one file; hosts of git repositories refuse more than a little above."""

LicenceGate = Callable[[str, str], None]
"""Raises ConfigurationError where a licence (SPDX) of a thing, as a sentence begins with it, allows no release."""

_TRAIN_AGAIN = "Make a release with this version of the code (`dvc repro`), or install the version that made it."
_FETCH_AGAIN = "Put the folder back as it was released, from the repository or the registry (docs/registry.md)."


@dataclass(frozen=True, slots=True)
class Base:
    """The pretrained encoder: its licence (SPDX), where it was published, and SHA-256 by file of what was read."""

    name: str
    licence: str
    source: str
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Data:
    """What the model learnt from: digest of the data set, its size, documents by licence (SPDX), seeds by purpose."""

    digest: str
    documents: int
    words: int
    licences: Mapping[str, int]
    seeds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Training:
    """How it learnt: optimiser steps, words read, minutes spent, settings, and the commit of the code."""

    steps: int
    words: int
    minutes: float
    settings: Mapping[str, Any]
    commit: str


_Part = TypeVar("_Part", Base, Data, Training)


@dataclass(frozen=True, slots=True)
class Release:
    """What `release.json` says. `created` is aware; `metrics` are the headline figures, `files` SHA-256 by name."""

    version: str
    created: datetime
    licence: str
    architecture: Architecture
    base: Base
    data: Data
    training: Training
    metrics: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)
    name: str = NAME
    tags: tuple[str, ...] = TAGS
    kinds: tuple[str, ...] = tuple(kind.value for kind in KINDS)

    def to_json(self) -> dict[str, Any]:
        """Return the content of `release.json`."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "version": self.version,
            "created": self.created.astimezone(UTC).isoformat(timespec="seconds"),
            "licence": self.licence,
            "architecture": self.architecture.to_json(),
            "tags": list(self.tags),
            "kinds": list(self.kinds),
            **{part: _plain(getattr(self, part)) for part in ("base", "data", "training")},
            "metrics": dict(self.metrics),
            "files": dict(sorted(self.files.items())),
        }

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Self:
        """Return what `to_json` wrote. Raises ValueError, saying what is wrong, for anything else."""
        if written.get("schema") != SCHEMA:
            raise ValueError(f"its schema is {written.get('schema')!r}, not {SCHEMA}")
        try:
            parts = {name: written[name] for name in (f.name for f in fields(cls))}
            release = cls(
                **parts
                | {
                    "created": datetime.fromisoformat(parts["created"]),
                    "architecture": Architecture.from_json(parts["architecture"]),
                    "base": _part(Base, parts["base"], "base"),
                    "data": _part(Data, parts["data"], "data"),
                    "training": _part(Training, parts["training"], "training"),
                    "tags": tuple(parts["tags"]),
                    "kinds": tuple(parts["kinds"]),
                }
            )
        except KeyError as missing:
            raise ValueError(f"it has no {missing}") from missing
        except TypeError as error:
            raise ValueError(str(error)) from error
        if release.created.tzinfo is None:
            raise ValueError("created has no time zone")
        _check_types(release, "")
        if strange := [name for name in release.files if Path(name).name != name or name == ABOUT]:
            raise ValueError(f"{strange[0]!r} is no name of a file beside it")
        return release


def read_release(folder: Path = RELEASED, *, verify: bool = True) -> Release:
    """Return what a release says of itself, checked against this code's labels and, with `verify`, every file's digest.

    Verifying reads every byte: about 0.2 s for 100 MB. Raises ConfigurationError where there is no release, where it
    is damaged, or where its tags or kinds are not those of `models.label_scheme`.
    """
    release = described(folder)
    if (list(release.tags), list(release.kinds)) != (list(TAGS), [kind.value for kind in KINDS]):
        raise ConfigurationError(
            f"The model {release.version} in {folder} knows other tags or kinds than this code.",
            operator_hint=_TRAIN_AGAIN,
        )
    if missing := [name for name in REQUIRED if name not in release.files]:
        raise ConfigurationError(f"The release in {folder} has no {', '.join(missing)}.", operator_hint=_TRAIN_AGAIN)
    for name, digest in release.files.items():
        if not (folder / name).is_file():
            raise ConfigurationError(f"{folder / name} is missing.", operator_hint=_FETCH_AGAIN)
        if verify and sha256_of(folder / name) != digest:
            raise ConfigurationError(f"{folder / name} is not the file that was released.", operator_hint=_FETCH_AGAIN)
    return release


def described(folder: Path) -> Release:
    """Return what `release.json` says, unchecked: also of a release that this code cannot use.

    Raises ConfigurationError where there is none, or none of this schema.
    """
    path = folder / ABOUT
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return Release.from_json(written if isinstance(written, dict) else {})
    except FileNotFoundError as error:
        raise ConfigurationError(f"There is no release in {folder}.", operator_hint=_where_to_find(folder)) from error
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path} describes no release: {error}.", operator_hint=_FETCH_AGAIN) from error


def write_release(folder: Path, content: Path, release: Release, gate: LicenceGate) -> Release:
    """Write a release of the files in `content` and return it with their digests.

    The files are copied beside `folder`, `release.json` last, and then take its place: a write cut short leaves the
    former release. `release.files` is not looked at. Raises ConfigurationError where `gate` refuses the licence of the
    release, the base or a document, where a file is missing or too large, or where `folder` holds something else.
    """
    gate(release.licence, "The release")
    gate(release.base.licence, f"The base {release.base.name}")
    for licence, documents in release.data.licences.items():
        gate(licence, f"A part of the training data ({documents} documents)")
    names = _names_in(content)
    if missing := [name for name in REQUIRED if name not in names]:
        raise ConfigurationError(
            f"{content} has no {', '.join(missing)}; a release needs it.", operator_hint="Export the model again."
        )
    _refuse_too_large({name: (content / name).stat().st_size for name in names})

    def complete(staged: Path) -> Release:
        written = replace(release, files={name: sha256_of(staged / name) for name in names})
        text = json.dumps(written.to_json(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        (staged / ABOUT).write_text(text, encoding="utf-8")
        return described(staged)

    return _replace(folder, content, names, complete)


def install_release(folder: Path, source: Path) -> Release:
    """Put a copy of a verified release in the place of the one in `folder`; a copy cut short leaves the former one."""
    release = read_release(source)
    return _replace(folder, source, [*release.files, ABOUT], read_release)


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256 as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(folder: Path, source: Path, names: Iterable[str], complete: Callable[[Path], Release]) -> Release:
    """Copy files beside `folder`, complete them, and let them take its place."""
    former, staged = _beside(folder, "former"), _beside(folder, "new")
    if former.exists() and not folder.exists():  # an earlier write was cut short between its two renames
        former.rename(folder)
    if folder.exists() and not (folder / ABOUT).is_file() and any(folder.iterdir()):
        raise ConfigurationError(f"{folder} holds something else than a release.", operator_hint="Name another folder.")
    for left_over in (former, staged):
        shutil.rmtree(left_over, ignore_errors=True)
    staged.mkdir(parents=True)
    for name in names:
        shutil.copyfile(source / name, staged / name)
    release = complete(staged)
    for path in (*staged.iterdir(), staged):
        _flush(path)
    if folder.exists():
        folder.rename(former)
    staged.rename(folder)
    _flush(folder.parent)
    shutil.rmtree(former, ignore_errors=True)
    return release


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _where_to_find(folder: Path) -> str:
    former = _beside(folder, "former")
    if (former / ABOUT).is_file():
        return f"A write was cut short: rename {former} to {folder.name}."
    return "Fetch one from the registry (docs/registry.md), or make one with `dvc repro`."


def _names_in(content: Path) -> list[str]:
    """Return the names of all files but `release.json`. Raises ConfigurationError for folders and links among them."""
    found = sorted(content.iterdir()) if content.is_dir() else []
    if odd := [path for path in found if path.is_symlink() or not path.is_file()]:
        raise ConfigurationError(f"{odd[0]} is no plain file.", operator_hint="A release holds plain files only.")
    return [path.name for path in found if path.name != ABOUT]


def _refuse_too_large(sizes: Mapping[str, int]) -> None:
    smaller = "Keep fewer layers or sub-words, quantise further, or leave start.safetensors out."
    for name, size in sizes.items():
        if size > LARGEST_FILE:
            raise ConfigurationError(
                f"{name} has {_megabytes(size)} MB; a file of a release may have {_megabytes(LARGEST_FILE)}.",
                operator_hint=smaller,
            )
    if (total := sum(sizes.values())) > LARGEST:
        raise ConfigurationError(
            f"The release has {_megabytes(total)} MB; it may have {_megabytes(LARGEST)}.", operator_hint=smaller
        )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _plain(part: Base | Data | Training) -> dict[str, Any]:
    values = {f.name: getattr(part, f.name) for f in fields(part)}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}


def _part(kind: type[_Part], written: object, where: str) -> _Part:
    if not isinstance(written, dict):
        raise ValueError(f"{where} is no object")
    names = {f.name for f in fields(kind)}
    if wrong := sorted(names.symmetric_difference(written)):
        raise ValueError(f"{where} lacks {wrong[0]!r}" if wrong[0] in names else f"{where} may not have {wrong[0]!r}")
    made = kind(**written)
    _check_types(made, f"{where}.")
    return made


def _check_types(part: Base | Data | Training | Release, where: str) -> None:
    """Raise ValueError where a value is not of its field's type; dataclasses do not look."""
    for f in fields(part):
        wanted = get_origin(f.type) or f.type
        allowed: tuple[Any, ...] = (int, float) if wanted is float else (wanted,)
        value = getattr(part, f.name)
        if not isinstance(value, allowed) or isinstance(value, bool):
            raise ValueError(f"{where}{f.name} is no {getattr(wanted, '__name__', wanted)}")
        if isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
            raise ValueError(f"{where}{f.name} holds something else than names")
