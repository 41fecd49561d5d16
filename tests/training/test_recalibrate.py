"""A release gets another calibration under another version; the network stays as it is."""

import json
import shutil
from pathlib import Path

import pytest

from models.release import RELEASED, read_release
from pipeline.errors import ConfigurationError
from training.recalibrate import recalibrate

METRICS = {"documents": 12, "header_f1": 0.5, "header_f1_low": 0.4, "header_f1_high": 0.6}


@pytest.fixture
def calibration(tmp_path: Path) -> Path:
    folder = tmp_path / "calibration"
    folder.mkdir()
    written = json.loads((RELEASED / "calibration.json").read_text(encoding="utf-8"))
    written["common"] = 0.25
    (folder / "calibration.json").write_text(json.dumps(written), encoding="utf-8")
    shutil.copyfile(RELEASED / "thresholds.json", folder / "thresholds.json")
    return folder


def test_only_calibration_figures_and_card_change(calibration: Path, tmp_path: Path) -> None:
    recalibrate(RELEASED, calibration, METRICS, "2030.01.01", tmp_path / "out")
    former, made = read_release(RELEASED), read_release(tmp_path / "out")
    changed = {name for name, digest in made.files.items() if digest != former.files[name]}
    assert changed == {"calibration.json", "metrics.json", "README.md"}
    assert (made.version, made.training, made.data) == ("2030.01.01", former.training, former.data)
    assert made.metrics == {"documents": 12, "header_f1": 0.5}


def test_the_card_says_whose_figures_it_shows(calibration: Path, tmp_path: Path) -> None:
    recalibrate(RELEASED, calibration, METRICS, "2030.01.01", tmp_path / "out")
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "had seen none of these layouts" in card
    assert "saw none of its family" not in card


def test_a_version_is_never_given_twice(calibration: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="already"):
        recalibrate(RELEASED, calibration, METRICS, read_release(RELEASED).version, tmp_path / "out")
