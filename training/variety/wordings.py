"""Which words stand beside the values: what labels look like on pages, whoever made them."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from models.label_scheme import OUTSIDE
from pipeline.domain.document import Page, Word
from training.dataset.record import LabelledDocument
from training.synthesize.locales.wording import LANGUAGES, wording

_FAR = 0.35  # of the page's width, how far left of a value its label may end


def wordings(documents: Iterable[LabelledDocument]) -> dict[str, Counter[str]]:
    """Return for each span the texts left of its first word, or else above it, with the number of templates (groups).

    Templates and not documents, as twenty invoices of one sender are one way to say a thing.
    """
    groups: dict[tuple[str, str], set[str]] = {}
    for document in documents:
        for span, text in _beside(document):
            if text:
                groups.setdefault((span, text), set()).add(document.group)
    found: dict[str, Counter[str]] = {}
    for (span, text), those in groups.items():
        found.setdefault(span, Counter())[text] = len(those)
    return found


def listed() -> frozenset[str]:
    """Return the labels, titles and phrases that the generator's languages list, drawn in a sample or not."""
    sections = [s for name in LANGUAGES for s in (wording(name).labels, wording(name).titles, wording(name).phrases)]
    return frozenset(_plain(way) for section in sections for ways in section.values() for way in ways)


def unknown(
    real: dict[str, Counter[str]], generated: dict[str, Counter[str]], also: Collection[str] = ()
) -> list[tuple[str, str, int]]:
    """Return the wordings of real documents that no generated one has, nor `also`: span, text, templates.

    The commonest come first.
    """
    known = {text for counter in generated.values() for text in counter} | set(also)
    missing = [(span, text, n) for span, own in real.items() for text, n in own.items() if text not in known]
    return sorted(missing, key=lambda entry: (-entry[2], entry[0], entry[1]))


def _beside(document: LabelledDocument) -> Iterator[tuple[str, str]]:
    start = 0
    for page in document.pages:
        tags = document.tags[start : start + len(page.words)]
        start += len(page.words)
        for word, tag in zip(page.words, tags, strict=True):
            if tag is not None and tag.startswith("B-"):
                yield tag[2:], _label(page, tags, word)


def _label(page: Page, tags: Sequence[str | None], value: Word) -> str:
    """Return the run of untagged words that ends left of a value in its row; the words above where there is none."""
    height = max(value.box.height, 1e-4)
    free = [w for w, tag in zip(page.words, tags, strict=True) if tag in (OUTSIDE, None)]
    row = [w for w in free if abs(w.box.centre[1] - value.box.centre[1]) < 0.5 * height and w.box.x1 <= value.box.x0]
    run: list[Word] = []
    edge = value.box.x0
    for word in sorted(row, key=lambda w: -w.box.x1):
        if edge - word.box.x1 > (_FAR if not run else 1.5 * height):
            break
        run.insert(0, word)
        edge = word.box.x0
    if not run:
        above = [w for w in free if 0 < value.box.y0 - w.box.y1 < 2 * height]
        run = [w for w in above if w.box.x0 < value.box.x1 and w.box.x1 > value.box.x0]
    return _plain(" ".join(word.text for word in run[-4:]))


def _plain(text: str) -> str:
    return re.sub(r"[\d\W_]+", " ", text).strip().casefold()
