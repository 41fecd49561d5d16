"""A release is read without torch, and says what the network said that it was made of."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

import models.runtime as module
from models.label_scheme import TAGS
from models.runtime import Runtime, _Words
from models.scores import Scores
from pipeline.domain.document import Page
from pipeline.errors import ConfigurationError
from tests.models.exported import as_released, export
from tests.models.papers import Paper
from tests.models.releases import described, write_content
from tests.models.small_models import SIZES, small_lexicon

if TYPE_CHECKING:
    from models.network.model import LayoutModel

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def model() -> "LayoutModel":
    for needed in ("torch", "transformers", "onnx"):
        pytest.importorskip(needed, reason="a release is exported with torch (extra: train)")
    return as_released()


@pytest.fixture(scope="module")
def exact(model: "LayoutModel", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release whose graph computes in 32-bit floats."""
    folder = tmp_path_factory.mktemp("releases")
    export(model, folder / "exact", folder / "exact_content", small=False)
    return folder / "exact"


@pytest.fixture(scope="module")
def small(model: "LayoutModel", exact: Path) -> Path:
    """The same model with its matrices in 8-bit integers."""
    export(model, exact.parent / "small", exact.parent / "small_content", small=True)
    return exact.parent / "small"


def paper(rows: int, pages: int = 1) -> tuple[Page, ...]:
    """Return pages with a heading, a table of some rows, and a total."""
    made, by_chance = Paper(), Random(rows)
    for page in range(pages):
        made.put(0.4, 0.05, "INVOICE").put(0.1, 0.1, f"Number: R-{page}{rows}").put(0.5, 0.1, "24.12.2026")
        for row in range(rows):
            y = 0.2 + 0.7 * row / rows
            made.put(0.1, y, by_chance.choice(["Oak table", "Steel chair", "Lamp, black"]))
            made.put(0.5, y, str(by_chance.randrange(20))).put(0.8, y, f"{by_chance.randrange(90)}.50")
        made.put(0.6, 0.95, f"Total EUR {by_chance.randrange(900)}.50").turn()
    return made.pages


PAPERS = {"one word": Paper().put(0.5, 0.5, "TOTAL").pages, "one window": paper(5), "many windows": paper(12, 3)}


@pytest.mark.parametrize("name", PAPERS)
def test_the_exact_graph_says_what_the_network_says(model: "LayoutModel", exact: Path, name: str) -> None:
    from models.network.reading import TorchReader

    said, known = Runtime(exact).scores(PAPERS[name]), TorchReader(model, small_lexicon()).scores(PAPERS[name])
    assert len(said.tags) == sum(len(page.words) for page in PAPERS[name])
    for found, expected in ((said.tags, known.tags), (said.row_chances, known.row_chances), (said.kinds, known.kinds)):
        assert np.allclose(found, expected, atol=1e-4)
    near_ties = known.row_chances < 0.5  # of two words that are as likely either may win
    assert ((said.row_begins == known.row_begins) | near_ties).all()


def test_the_tags_differ_between_words(exact: Path) -> None:
    """The comparison above would be worth little if the small network said the same of every word."""
    tags = Runtime(exact).scores(PAPERS["many windows"]).tags
    assert len(set(tags.argmax(1).tolist())) > 8
    assert float(tags.std(0).max()) > 0.05


def test_the_small_graph_says_nearly_the_same(exact: Path, small: Path) -> None:
    whole, reduced = (Runtime(folder).scores(PAPERS["many windows"]) for folder in (exact, small))
    same = (whole.tags.argmax(1) == reduced.tags.argmax(1)).mean()
    assert same > 0.9
    assert 0 < float(np.abs(whole.tags - reduced.tags).mean()) < 0.01
    assert np.abs(whole.kinds - reduced.kinds).max() < 0.1


def test_a_release_says_which_it_is(exact: Path) -> None:
    assert (Runtime(exact).version.name, Runtime(exact).version.version) == (described().name, described().version)


@pytest.mark.parametrize("pages", [(), Paper().turn().pages])
def test_pages_without_words_have_no_scores(exact: Path, pages: tuple[Page, ...]) -> None:
    assert Runtime(exact).scores(pages).tags.shape == (0, len(TAGS))


def test_the_same_pages_are_scored_the_same_again_and_after_others(exact: Path) -> None:
    runtime = Runtime(exact)
    first = runtime.scores(PAPERS["one window"])
    runtime.scores(PAPERS["many windows"])
    again = runtime.scores(PAPERS["one window"])
    assert np.array_equal(first.tags, again.tags)
    assert np.array_equal(first.row_begins, again.row_begins)


@pytest.fixture
def quick_switches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Threads take turns after every few instructions, and so few words are remembered that they push others out."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    monkeypatch.setattr(module, "_REMEMBERED", 12)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("quick_switches")
def test_several_threads_get_the_vectors_of_their_own_words(exact: Path) -> None:
    vocabulary = [f"word-{number}:{'ab'[number % 2] * (number % 7)}" for number in range(40)]
    pretrained, told = _Words(exact, SIZES).vectors(vocabulary)
    shared = _Words(exact, SIZES)

    def ask(seed: int) -> bool:
        by_chance = Random(seed)
        for _ in range(40):
            asked = by_chance.sample(range(40), by_chance.randrange(1, 20))
            found = shared.vectors([vocabulary[number] for number in asked])
            if not all(map(np.array_equal, found, (pretrained[asked], told[asked]))):
                return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(ask, range(12)))
    assert len(shared._kept) <= 12


def test_several_threads_share_a_runtime(exact: Path) -> None:
    runtime = Runtime(exact)
    alone = {name: runtime.scores(pages) for name, pages in PAPERS.items()}

    def ask(name: str) -> tuple[str, Scores]:
        return name, runtime.scores(PAPERS[name])

    with ThreadPoolExecutor(4) as pool:
        for name, scores in pool.map(ask, [*PAPERS] * 6):
            assert np.array_equal(scores.tags, alone[name].tags)


@pytest.mark.usefixtures("quick_switches")
def test_a_document_of_more_words_than_are_remembered_is_read(exact: Path) -> None:
    made = Paper()
    for number in range(30):
        made.put(0.1, 0.02 + 0.03 * number, f"word-{'x' * number}")
    assert len(Runtime(exact).scores(made.pages).tags) == 30


def test_reading_needs_neither_torch_nor_transformers(exact: Path, tmp_path: Path) -> None:
    script = f"""
import sys
for name in ("torch", "transformers", "sklearn", "onnx", "mlflow", "training"):
    sys.modules[name] = None
from pathlib import Path
from models.runtime import Runtime
from pipeline.domain.document import Box, Page, Word
word = Word("Total", Box(0.1, 0.1, 0.2, 0.11))
print(len(Runtime(Path({str(exact)!r})).scores([Page(1, 595, 842, (word, word))]).tags))
"""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "2"), done.stderr


def test_a_folder_without_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="There is no release"):
        Runtime(tmp_path)
    write_content(tmp_path / "content")
    with pytest.raises(ConfigurationError, match="There is no release"):
        Runtime(tmp_path / "content")


def test_a_damaged_release_is_refused(model: "LayoutModel", exact: Path, tmp_path: Path) -> None:
    for path in exact.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "words.safetensors").write_bytes(b"")
    with pytest.raises(ConfigurationError, match="not the file that was released"):
        Runtime(tmp_path)


def test_the_model_of_a_release_is_the_one_that_was_exported(model: "LayoutModel", small: Path) -> None:
    import torch
    from tokenizers import Tokenizer

    from models.features.lexicon import Lexicon
    from models.network.reading import TorchReader
    from training.export.start import model_from_release

    again, tokenizer = model_from_release(small)
    assert again.sizes == model.sizes
    before, after = model.state_dict(), again.state_dict()
    assert before.keys() == after.keys()
    assert [name for name in before if not torch.equal(before[name], after[name])] == []
    first = TorchReader(model, small_lexicon()).scores(PAPERS["one window"])
    second = TorchReader(again, Lexicon(Tokenizer.from_str(tokenizer))).scores(PAPERS["one window"])
    assert np.allclose(first.tags, second.tags, atol=1e-6)
    assert np.allclose(first.kinds, second.kinds, atol=1e-6)
