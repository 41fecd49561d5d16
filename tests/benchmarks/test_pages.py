"""Pages with as many words as asked for."""

import pytest

pytest.importorskip("typst", reason="comes with bilag[data]")

from benchmarks.pages import Supply
from pipeline.domain.document import Document


@pytest.fixture(scope="module")
def supply() -> Supply:
    return Supply(documents=2)


def _texts(document: Document) -> list[str]:
    return [word.text for page in document.pages for word in page.words]


def test_pages_have_the_words_asked_for(supply: Supply) -> None:
    document = supply.document(words=450, pages=2, number=1)
    assert [len(page.words) for page in document.pages] == [450, 450]
    assert [page.number for page in document.pages] == [1, 2]
    boxes = [word.box for page in document.pages for word in page.words]
    assert all(-0.1 <= box.y0 <= box.y1 <= 1.1 for box in boxes)


def test_the_same_number_gives_the_same_page_and_another_other_figures(supply: Supply) -> None:
    assert supply.document(60, 1, 1) == supply.document(60, 1, 1)
    assert _texts(supply.document(60, 1, 1)) != _texts(supply.document(60, 1, 2))


def test_documents_of_one_round_differ(supply: Supply) -> None:
    first, second = supply.documents(60, 2, number=1)
    assert _texts(first) != _texts(second)
    (third, _) = supply.documents(60, 2, number=2)
    assert _texts(third) not in (_texts(first), _texts(second))
