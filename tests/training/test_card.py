"""The card's numbers are counted."""

from pathlib import Path

from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.card import card
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import write_shards
from training.split import Shares, split


def paper(index: int) -> LabelledDocument:
    words = tuple(Word(f"{chr(97 + index)}{chr(97 + i)}", Box(0.1, 0.1, 0.2, 0.2)) for i in range(20))
    return LabelledDocument(
        id=f"real-{index}",
        origin=Origin.REAL,
        licence="MIT" if index % 2 else "LicenseRef-own",
        group=f"g{index}",
        kind=Kind.RECEIPT,
        language="da",
        words_from=WordsFrom.TEXT_LAYER,
        quality=QualityBand.CLEAN,
        pages=(Page(1, 595.0, 842.0, words),),
        tags=("O",) * 20,
        rows=(-1,) * 20,
        traits={"source": "somewhere/a.pdf"},
    )


def test_the_card_counts_documents_licences_sources_and_gaps(tmp_path: Path) -> None:
    write_shards(map(paper, range(6)), tmp_path / "collected", "collected")
    split([tmp_path / "collected"], tmp_path / "split", Shares(), tmp_path / "none.json")
    text = card(tmp_path)
    assert "**6 documents, 6 pages, 120 words.**" in text
    assert "| MIT | 3 | yes |" in text
    assert "| LicenseRef-own | 3 | no |" in text
    assert "| somewhere | 6 | LicenseRef-own, MIT |" in text
    assert "Only 6 real documents are of the kind receipt." in text
