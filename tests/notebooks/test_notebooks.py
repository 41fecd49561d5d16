"""Every notebook runs from top to bottom, where there are no real documents and no pretrained base as well."""

from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
NEEDED = {"error_analysis": ("layoutparser",), "train_your_own": ("torch", "mlflow", "onnx", "sklearn", "layoutparser")}
"""What a notebook needs beside the packages that every one does."""
TOLD = {
    "generated_against_real": ("no real documents here",),
    "error_analysis": (
        "no real documents here",
        "words have the tag of their span",
        "<td>invoice_number</td>",  # who knows it alone
        "<h3>generated-",  # a worst document
        "Reliability: share right by confidence",
        "Risk against coverage",
    ),
    "train_your_own": (
        "one is drawn at random",
        "100 steps over",
        "bilag-layoutlm 0.trial: ",
        "map: ",  # of the calibration
        "<td>FINISHED</td>",
        "CC0-1.0",
    ),
}
"""What must stand in the outputs, by notebook."""


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    for package in NEEDED.get(path.stem, ()):
        pytest.importorskip(package, reason=f"{path.stem} needs it (extra: train)")
    monkeypatch.setenv("BILAG_SAMPLE", "20")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for variable in ("BILAG_GENERATED", "BILAG_COLLECTED", "BILAG_DATASETS", "BILAG_BASE"):
        monkeypatch.setenv(variable, str(tmp_path / "none"))
    for variable in ("BILAG_MODEL", "BILAG_ONLY", "BILAG_KEEP"):
        monkeypatch.delenv(variable, raising=False)
    before = sorted(FOLDER.iterdir())
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(path.parent)}}).execute()
    said = "\n".join(_texts(notebook))
    assert [words for words in TOLD[path.stem] if words not in said] == []
    assert sorted(FOLDER.iterdir()) == before  # it leaves nothing behind


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_its_outputs(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    cells = nbformat.read(path, as_version=4).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def _texts(notebook: Any) -> list[str]:
    """Return everything that its cells printed or showed as HTML."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [str(output.get("text") or output.get("data", {}).get("text/html", "")) for output in outputs]
