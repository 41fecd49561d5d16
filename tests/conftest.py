"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def datasets() -> Path:
    """The folder of labelled documents; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("BILAG_DATASETS", REPOSITORY.parent / "shared" / "datasets"))
    if not folder.is_dir():
        pytest.skip("the labelled documents are not here; set BILAG_DATASETS to their folder to run this test")
    return folder
