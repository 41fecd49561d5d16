"""How well alignment does where the truth is known: `python -m training.collect.measure SHARD…`.

The documents' own labels are the truth; their values are given to alignment as if somebody had stated them.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.label_scheme import OUTSIDE
from pipeline.domain.document import Document, TextQuality
from pipeline.domain.vocabulary import HeaderField
from training.collect.align import Alignment, Fate, align, span_and_row
from training.collect.facts import Facts
from training.dataset.record import LabelledDocument
from training.dataset.shards import read_shards

_UNSTATED_BY_HAND = frozenset(
    {"seller_address", "buyer_address", "delivery_address", "bic", "payment_terms", "payment_reference"}
    | {"account_number", "seller_registration_id", "seller_email", "delivery_date", "buyer_reference"}
    | {"preceding_invoice_reference", "prepaid_amount"}
)
_COLUMNS_BY_HAND = frozenset({"description", "quantity", "unit_price", "net_amount"})


@dataclass(slots=True)
class Measure:
    """Counts over words and over values.

    `right` words have the true tag and row, `wrong` ones another label, `invented` ones a label where truth has none,
    `denied` ones none ("O") where truth has a label, `unsure` ones None where truth has a label; `masked` are words
    that truth calls nothing and alignment leaves open, of `nothing` such words.
    """

    right: int = 0
    wrong: int = 0
    invented: int = 0
    denied: int = 0
    unsure: int = 0
    masked: int = 0
    nothing: int = 0
    values_right: Counter[str] = field(default_factory=Counter)
    values_wrong: Counter[str] = field(default_factory=Counter)
    values_left: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of labelled words whose label is true."""
        return self.right / max(1, self.right + self.wrong + self.invented)

    @property
    def value_precision(self) -> float:
        """The share of labelled values that stand where truth has them."""
        right, wrong = self.values_right.total(), self.values_wrong.total()
        return right / max(1, right + wrong)

    @property
    def value_recall(self) -> float:
        """The share of the stated values that were labelled where truth has them."""
        right = self.values_right.total()
        return right / max(1, right + self.values_wrong.total() + self.values_left.total())

    @property
    def denial(self) -> float:
        """The share of true label words that training would be told are nothing."""
        return self.denied / max(1, self.right + self.wrong + self.denied + self.unsure)

    @property
    def left_open(self) -> float:
        """The share of the words that are nothing which training may not use."""
        return self.masked / max(1, self.nothing)


def measure(documents: Iterable[LabelledDocument], *, by_hand: bool = False) -> Measure:
    """Align every document with its own values; `by_hand` states only the fields that labels made by hand have."""
    total = Measure()
    for document in documents:
        facts = _facts(document, by_hand)
        _count(document, align(_as_read(document), facts), total)
    return total


def _as_read(document: LabelledDocument) -> Document:
    quality = TextQuality(document.quality, 1.0, 0.0)
    return Document(document.id, document.id, document.pages, document.words_from, quality, 1, len(document.pages))


def _facts(document: LabelledDocument, by_hand: bool) -> Facts:
    if not by_hand:
        return Facts(document.kind, document.fields, document.lines, document.tax_breakdown)
    fields = {name: value for name, value in document.fields.items() if name not in _UNSTATED_BY_HAND}
    lines = tuple({c: v for c, v in line.items() if c in _COLUMNS_BY_HAND} for line in document.lines)
    return Facts(document.kind, fields, lines)


def _count(document: LabelledDocument, alignment: Alignment, total: Measure) -> None:
    words = [word.text for page in document.pages for word in page.words]
    wrong_places: set[str] = set()
    right_places: set[str] = set()
    for at, (truth, ours) in enumerate(zip(document.tags, alignment.tags, strict=True)):
        true_span, our_span = _place(truth, document.rows[at]), _place(ours, alignment.rows[at])
        if ours is None:
            total.unsure += true_span is not None
            total.masked += true_span is None
            total.nothing += true_span is None
        elif our_span is None:
            total.denied += true_span is not None
            total.nothing += true_span is None
            if true_span is not None:
                total.mistakes.append(f"{document.id} denied {words[at]!r}: {true_span}")
        elif our_span == true_span:
            total.right += 1
            right_places.add(our_span)
        else:
            total.wrong += true_span is not None
            total.invented += true_span is None
            total.nothing += true_span is None
            wrong_places.add(our_span)
            total.mistakes.append(f"{document.id} {words[at]!r}: {our_span}, truly {true_span}")
    for name, fate in alignment.fates.items():
        span, row = span_and_row(name)
        place = f"{span}[{row}]" if row >= 0 else span
        column = place.partition("[")[0]
        if fate is not Fate.LABELLED:
            total.values_left[column] += 1
        elif place in wrong_places or place not in right_places:
            total.values_wrong[column] += 1
        else:
            total.values_right[column] += 1


def _place(tag: str | None, row: int) -> str | None:
    if tag is None or tag == OUTSIDE:
        return None
    return f"{tag[2:]}[{row}]" if row >= 0 else tag[2:]


def report(total: Measure) -> list[str]:
    """Return the figures as lines of text."""
    lines = [
        f"values: precision {total.value_precision:.4f}, recall {total.value_recall:.4f}",
        f"words: precision {total.precision:.4f} ({total.wrong} as something else, {total.invented} where nothing is)",
        f"words of values called nothing: {total.denial:.4f} ({total.denied}); others left open: {total.left_open:.3f}",
    ]
    names = total.values_right.keys() | total.values_wrong.keys() | total.values_left.keys()
    order = {name: at for at, name in enumerate(f.value for f in HeaderField)}
    for name in sorted(names, key=lambda n: (order.get(n, len(order)), n)):
        right, wrong, left = total.values_right[name], total.values_wrong[name], total.values_left[name]
        lines.append(f"  {name:30} right {right:5}  wrong {wrong:4}  left {left:5}")
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures for shards of generated documents."""
    parser = argparse.ArgumentParser(prog="python -m training.collect.measure", description=__doc__)
    parser.add_argument("shards", nargs="+", type=Path)
    parser.add_argument("--by-hand", action="store_true", help="state only what labels made by hand have")
    parser.add_argument("--mistakes", type=int, default=0, help="also print so many mistakes")
    options = parser.parse_args(arguments)
    total = measure(read_shards(options.shards), by_hand=options.by_hand)
    print("\n".join([*report(total), *total.mistakes[: options.mistakes]]))


if __name__ == "__main__":
    main()
