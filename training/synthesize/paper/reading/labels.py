"""Tags and rows as marks on words, so that words can be split, merged, lost and reordered under them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from models.label_scheme import OUTSIDE
from pipeline.domain.document import Word
from training.dataset.record import LabelledDocument
from training.synthesize.paper.reading.align import Pairing, likeness

_MOSTLY = 0.7  # the part of a merged word's letters that must belong to one value
_ALIKE = 0.34  # texts that are less alike than this are hardly the same word


class Label(NamedTuple):
    """What one word belongs to: a span's name, its row, and which printing of it on the page (`value`)."""

    span: str
    row: int = -1
    value: int = -1


NOTHING = Label(OUTSIDE)
UNKNOWN = Label("?")


def labels_by_page(document: LabelledDocument) -> list[list[Label]]:
    """Return every word's label; a word tagged I belongs to the last B of its span and row before it on the page."""
    pages: list[list[Label]] = []
    start = 0
    for page in document.pages:
        end = start + len(page.words)
        pages.append(list(_labels(document.tags[start:end], document.rows[start:end])))
        start = end
    return pages


def _labels(tags: Sequence[str | None], rows: Sequence[int]) -> Iterator[Label]:
    current: dict[tuple[str, int], int] = {}
    count = 0
    for tag, row in zip(tags, rows, strict=True):
        if tag is None:
            yield Label(UNKNOWN.span, row)
        elif tag == OUTSIDE:
            yield Label(OUTSIDE, row)
        else:
            span = tag[2:]
            if tag.startswith("B") or (span, row) not in current:
                count += 1
                current[span, row] = count
            yield Label(span, row, current[span, row])


def tags_and_rows(pages: Iterable[Sequence[Label]]) -> tuple[tuple[str | None, ...], tuple[int, ...]]:
    """Return tags and rows for words in their present order: a value's first word on a page is B, its others I."""
    tags: list[str | None] = []
    rows: list[int] = []
    for page in pages:
        begun: set[Label] = set()
        for label in page:
            rows.append(label.row)
            if label.span == UNKNOWN.span:
                tags.append(None)
            elif label.span == OUTSIDE:
                tags.append(OUTSIDE)
            else:
                tags.append(f"{'I' if label in begun else 'B'}-{label.span}")
                begun.add(label)
    return tuple(tags), tuple(rows)


def merged(parts: Sequence[tuple[Label, int]]) -> Label:
    """Return the label of a word made of several; the numbers are their letters.

    Almost all of one value is that value; a mixture of a value with anything else is unknown.
    """
    letters: dict[Label, int] = {}
    for label, count in parts:
        letters[label] = letters.get(label, 0) + count
    label, most = max(letters.items(), key=lambda item: item[1])
    total = sum(letters.values())
    if most == total or (most >= _MOSTLY * total and label.span not in (OUTSIDE, UNKNOWN.span)):
        return label
    known = {label.row for label in letters}
    return Label(UNKNOWN.span, known.pop() if len(known) == 1 else -1)


def transfer(
    true: Sequence[Word], labels: Sequence[Label], read: Sequence[Word], pairings: Iterable[Pairing]
) -> list[Label]:
    """Return the labels of read words from those of the true words they stand for; doubt is left unknown.

    A read word that no true word explains is outside, unless it hides one that was lost: then nobody knows.
    """
    found = [NOTHING] * len(read)
    lost: list[int] = []
    for pairing in pairings:
        if not pairing.read:
            lost += pairing.true
        elif pairing.true:
            label = merged([(labels[i], len(true[i].text)) for i in pairing.true])
            one = "".join(true[i].text for i in pairing.true)
            other = "".join(read[j].text for j in pairing.read)
            if likeness(one, other) < _ALIKE:
                label = Label(UNKNOWN.span, label.row)
            for j in pairing.read:
                found[j] = label
    strays = {j for pairing in pairings if not pairing.true for j in pairing.read}
    for j in strays:
        if any(labels[i].span != OUTSIDE and _touch(true[i], read[j]) for i in lost):
            found[j] = UNKNOWN
    return found


def _touch(one: Word, other: Word) -> bool:
    return min(one.box.x1, other.box.x1) > max(one.box.x0, other.box.x0) and min(one.box.y1, other.box.y1) > max(
        one.box.y0, other.box.y0
    )
