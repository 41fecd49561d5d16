"""The plain top-level names, and what importing may do."""

import importlib.util
import os
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = ("models", "pipeline", "serving", "training")
HEAVY = (
    "torch",
    "transformers",
    "cv2",
    "rapidocr",
    "onnxruntime",
    "layoutparser",
    "trytond",
    "typst",
    "bentoml",
    "mlflow",
)
MODULES = sorted(
    ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
    for package in PACKAGES
    for path in (REPOSITORY / package).rglob("*.py")
    if "migrations" not in path.parts
)
NEED_TORCH = "models.network."
"""The modules that are made of torch's classes; all others import it within functions, where they need it."""


@pytest.mark.parametrize("name", PACKAGES)
def test_only_this_distribution_owns_the_name(name: str) -> None:
    found = importlib.util.find_spec(name)
    assert found is not None
    assert list(found.submodule_search_locations or ()) == [str(REPOSITORY / name)]
    others = [d for d in distributions() if d.name != "bilag" and any(f.parts[0] == name for f in d.files or ())]
    assert not others


def test_importing_every_module_does_nothing(tmp_path: Path) -> None:
    """No module opens a file, a socket or a process, nor pulls a heavy library in, when it is imported.

    Only those that need torch are left out; whoever imports one of them at its head would pull it in, and is found.
    """
    imported = [module for module in MODULES if not module.startswith(NEED_TORCH)]
    assert len(MODULES) - len(imported) == len(list((REPOSITORY / "models" / "network").glob("[!_]*.py")))
    script = f"""
import importlib, sys
forbidden = {{"socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.mkdir", "shutil.rmtree"}}
def watch(event, args):
    if event in forbidden:
        raise SystemExit(f"importing raised the audit event {{event}} {{args}}")
for module in {imported!r}:
    importlib.import_module(module)
    if module == "pipeline.domain":
        sys.addaudithook(watch)
heavy = [name for name in {HEAVY!r} if name in sys.modules]
assert not heavy, f"importing pulled in {{heavy}}"
"""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(tmp_path.iterdir())


def test_modules_are_named_after_concepts() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert not [module for module in MODULES if empty & set(module.split("."))]


LONG_FOR_A_REASON = {
    "pipeline/extract/rules/labels/wordings.py",  # data: how nine languages word each label
}


def test_no_module_grows_without_bound() -> None:
    """Two concepts read better apart; a longer file needs a reason, written above."""
    longer = {
        path.relative_to(REPOSITORY).as_posix()
        for package in PACKAGES
        for path in (REPOSITORY / package).rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 400
    }
    assert longer <= LONG_FOR_A_REASON
