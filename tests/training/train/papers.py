"""Small labelled papers, and a base with random weights, that a test can train on within seconds."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from models.architecture import Architecture
from pipeline.domain.document import Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from tests.models.papers import Paper
from tests.models.small_models import PIECES, small_tokenizer
from training.base.about import About
from training.dataset.record import LabelledDocument, Origin
from training.synthesize.generate import generate

if TYPE_CHECKING:
    from transformers import LayoutLMModel

    from models.network.model import LayoutModel

ENCODERS = ("page", "layoutlm")


def labelled(paper: Paper, name: str, kind: Kind = Kind.INVOICE) -> LabelledDocument:
    """Return a paper as a row of a data set."""
    return LabelledDocument(
        id=name,
        origin=Origin.GENERATED,
        licence="CC0-1.0",
        group=name,
        kind=kind,
        language="en",
        words_from=WordsFrom.TEXT_LAYER,
        quality=QualityBand.CLEAN,
        pages=paper.pages,
        tags=tuple(paper.tags),
        rows=tuple(-1 if row is None else row for row in paper.rows),
    )


def invoice(number: int) -> LabelledDocument:
    """Return an invoice whose values differ with `number`, with two line items and a tax row."""
    price = Decimal(number % 7 + 1) * 10
    paper = Paper().put(0.4, 0.05, "Invoice")
    paper.put(0.1, 0.1, "Number:").put(0.25, 0.1, f"R-{4000 + number}", "invoice_number")
    for row, name in enumerate(("Oak table", "Steel chair")):
        y = 0.3 + 0.05 * row
        paper.put(0.1, y, name, "line.description", row).put(0.8, y, f"{price + row}.00", "line.net_amount", row)
    paper.put(0.5, 0.5, "19 %", "tax.rate", 0).put(0.8, 0.5, "3.80", "tax.tax_amount", 0)
    paper.put(0.6, 0.6, "Total").put(0.8, 0.6, f"{2 * price + 1}.00", "gross_total")
    return labelled(paper, f"invoice-{number:03d}", Kind.INVOICE if number % 3 else Kind.CREDIT_NOTE)


def with_texts(document: LabelledDocument, texts: Iterable[str]) -> LabelledDocument:
    """Return a document of one page whose first words have other texts."""
    (page,) = document.pages
    words = list(page.words)
    for number, text in enumerate(texts):
        words[number] = Word(text, words[number].box)
    return replace(document, pages=(Page(page.number, page.width, page.height, tuple(words)),))


def generated(count: int) -> list[LabelledDocument]:
    """Return documents of the generator."""
    return [generate(seed)[0] for seed in range(count)]


def small_sizes(encoder: str = "page") -> Architecture:
    """Return the sizes of a model that is trained within a second."""
    own = Architecture(encoder=encoder, width=24, layers=2, heads=2, pieces=len(PIECES), lexicon_width=24)
    own = replace(own, grams=512, gram_width=12, shapes=128, shape_width=6, beside_width=10, row_width=8, looks=2)
    return replace(own, window=40, overlap=12)


def small_model(seed: int = 1, encoder: str = "page") -> "LayoutModel":
    """Return a model of random weights, as it is made of a base."""
    import torch

    from models.network.model import model_from_base

    torch.manual_seed(seed)
    return model_from_base(_encoder(2), small_sizes(encoder))


def write_small_base(folder: Path, layers: int = 2, licence: str = "MIT") -> Path:
    """Write a base of random weights that takes windows of the usual size."""
    import torch

    torch.manual_seed(4)
    _encoder(layers).save_pretrained(folder)
    small_tokenizer().save(str(folder / "tokenizer.json"))
    About("small-encoder", licence, "layoutlm", "a test").write(folder)
    return folder


def _encoder(layers: int) -> "LayoutLMModel":
    from transformers import LayoutLMConfig, LayoutLMModel

    config = LayoutLMConfig(
        vocab_size=len(PIECES),
        hidden_size=24,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=512,
        pad_token_id=0,
    )
    return LayoutLMModel(config)
