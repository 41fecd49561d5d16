"""Of what code and what data a run is: the commit, and a digest of every file or folder that it reads."""

import hashlib
import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCK = "dvc.lock"
_TOLD = 10  # changed files that are named


@dataclass(frozen=True, slots=True)
class Commit:
    """The commit of the code, None outside a repository, and the files that differ from it.

    `dvc.lock` does not count: DVC rewrites it while its stages run.
    """

    revision: str | None
    changed: tuple[str, ...] = ()

    def tags(self) -> dict[str, str]:
        """Return what a run is tagged with; MLflow's own page shows the first."""
        if self.revision is None:
            return {"bilag.dirty": "unknown"}
        told = ", ".join(self.changed[:_TOLD]) + (" …" if len(self.changed) > _TOLD else "")
        tags = {"mlflow.source.git.commit": self.revision, "bilag.dirty": str(bool(self.changed)).lower()}
        return tags | ({"bilag.changed": told[:2000]} if told else {})


def commit(root: Path) -> Commit:
    """Return the commit that is checked out in `root`, and what is changed, new files included."""
    revision = _git(root, "rev-parse", "HEAD")
    if revision is None:
        return Commit(None)
    status = _git(root, "status", "--porcelain", "-z", "--no-renames", "--", ".", f":(exclude){LOCK}") or ""
    return Commit(revision.strip(), tuple(entry[3:] for entry in status.split("\0") if entry))


def data_versions(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """Return a digest for each file or folder, by its path relative to `root` (as given where it is outside).

    What `dvc.lock` states is taken where size and number of files still agree with it (`md5:…`, DVC's own digest, that
    `dvc fetch` finds again); anything else is read (`sha256:…`). Raises OSError where a path is not there.
    """
    locked = _locked(root)
    found = {}
    for path in paths:
        inside = path.resolve().is_relative_to(root.resolve())
        name = path.resolve().relative_to(root.resolve()).as_posix() if inside else path.as_posix()
        stated = locked.get(name)
        found[name] = stated.digest if stated is not None and stated.fits(path) else f"sha256:{content_digest(path)}"
    return found


def content_digest(path: Path) -> str:
    """Return the SHA-256 of a file; of a folder, that of its files' names and digests. Raises OSError."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    digest = hashlib.sha256()
    for member in _members(path):
        digest.update(f"{member.relative_to(path).as_posix()}\0{content_digest(member)}\n".encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Locked:
    digest: str
    size: int | None
    files: int | None

    def fits(self, path: Path) -> bool:
        """Say whether size and number of files are what was locked; cheap, and enough to notice other data."""
        members = [path] if path.is_file() else list(_members(path))
        size = sum(member.stat().st_size for member in members)
        return size == self.size and self.files in (None, len(members))


def _members(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not there.")
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _locked(root: Path) -> dict[str, _Locked]:
    """Return what `dvc.lock` states of each output, by path; nothing where there is no such file."""
    path = root / LOCK
    if not path.is_file():
        return {}
    import yaml

    content: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    outs = [out for stage in content.get("stages", {}).values() for out in stage.get("outs", [])]
    return {
        str(out["path"]): _Locked(f"{kind}:{out[kind]}", out.get("size"), out.get("nfiles"))
        for out in outs
        for kind in [str(out.get("hash", "md5"))]
        if kind in out
    }


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git answers, None where it is not installed or `root` is in no repository."""
    environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0"}
    try:
        answer = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False, env=environment
        )
    except FileNotFoundError:
        return None
    return answer.stdout if answer.returncode == 0 else None
