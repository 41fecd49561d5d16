"""SROIE, key information, in five folds: `python -m benchmarks.sroie sroie_train.jsonl --start FOLDER`.

The receipts of the ICDAR 2019 robust reading challenge (Huang et al. 2019, arXiv:2103.10213), task 3: company, date,
address and total of every receipt. Every fold is read by a model that learnt from the four others only. Nothing of it
enters a release: the licence of the receipts is not clear.

Rule of scoring: an entity is right where its text equals the stated one, entity by entity; precision over the entities
that were given, recall over those that are stated, and F1 of all. `exact` compares as the challenge does. `folded`
drops case, blanks, punctuation and the currency of totals, because the lines hold what an OCR engine read, not what the
label's author did; `perfect tags` says what no model can pass. Published figures use corrected words: LayoutLM-base
0.944 (Xu et al. 2020, arXiv:1912.13318).
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from models.decode.spans import Span, spans_of
from models.decode.words import Words
from models.label_scheme import OUTSIDE, SPANS
from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import write_shards
from training.train.settings import Budget, TrainSettings
from training.train.stage import Shape, Training, train

if TYPE_CHECKING:
    from models.scores import Scores

FOLDS = 5
SPAN_OF = {"company": "seller_name", "date": "issue_date", "address": "seller_address", "total": "gross_total"}
"""Our name of each entity."""
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
    r"|\d{1,2}[ /-]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .,'/-]*\d{2,4}"
    r"|20[12]\d[01]\d[0-3]\d(?!\d)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d[\d,]*\.\d{2}(?!\d)")
_TOTAL = re.compile(r"total|amount due|amt", re.IGNORECASE)
_ALIKE = 0.75
"""How much of a stated text must be found on the receipt to be labelled there."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt: its words in reading order, the line of each, and what its label says."""

    id: str
    words: tuple[Word, ...]
    line_of: tuple[int, ...]
    stated: Mapping[str, str]

    @property
    def fold(self) -> int:
        """Which fold it is in; it follows from its id alone."""
        return sha256(self.id.encode()).digest()[0] % FOLDS

    @property
    def page(self) -> Page:
        """Its words as a page."""
        return Page(number=1, width=595.0, height=842.0, words=self.words)


def read_receipts(path: Path) -> list[Receipt]:
    """Return the receipts of a file: one JSON object a line with `id`, `lines` (`text`, `box` in pixels) and `key`."""
    return [_receipt(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def labelled(receipt: Receipt) -> LabelledDocument:
    """Return a receipt with the words of its entities tagged; an entity that is not found on it leaves no tag."""
    tags = [OUTSIDE] * len(receipt.words)
    for entity, text in receipt.stated.items():
        for words in _places(receipt, entity, text):
            for place, index in enumerate(words):
                tags[index] = f"{'I' if place else 'B'}-{SPAN_OF[entity]}"
    return LabelledDocument(
        id=receipt.id,
        origin=Origin.REAL,
        licence="LicenseRef-unclear",
        group=receipt.id,
        kind=Kind.RECEIPT,
        language="en",
        words_from=WordsFrom.OCR,
        quality=QualityBand.FAIR,
        pages=(receipt.page,),
        tags=tuple(tags),
        rows=(-1,) * len(tags),
        fields={SPAN_OF[entity]: text for entity, text in receipt.stated.items()},
    )


def entities_of(receipt: Receipt, scores: "Scores") -> dict[str, str]:
    """Return what is read of a receipt: the likeliest span of each text, the likeliest date, the likeliest amount."""
    words = Words.of([receipt.page])
    spans = spans_of(words, scores)
    found = {
        "company": _text(spans, "seller_name", words, whole=False),
        "address": _text(spans, "seller_address", words, whole=True),
        "date": _likeliest(_dates(receipt), scores, "issue_date"),
        "total": _likeliest(_amounts(receipt), scores, "gross_total"),
    }
    return {entity: text for entity, text in found.items() if text}


def score(stated: Sequence[Mapping[str, str]], read: Sequence[Mapping[str, str]], *, folded: bool) -> dict[str, float]:
    """Return F1 of every entity and of `all`, by the rule above."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for truth, guess in zip(stated, read, strict=True):
        for entity in SPAN_OF:
            right = entity in truth and entity in guess and _same(entity, truth[entity], guess[entity], folded=folded)
            for name in (entity, "all"):
                counts[name].update(right=int(right), stated=int(entity in truth), read=int(entity in guess))
    return {name: 2 * c["right"] / max(1, c["stated"] + c["read"]) for name, c in counts.items()}


def read_fold(
    receipts: Sequence[Receipt], fold: int, start: str, budget: Budget, settings: TrainSettings
) -> list[dict[str, str]]:
    """Train on the other folds and return what is read of this one's receipts, in their order."""
    from models.features.lexicon import Lexicon
    from models.network.reading import TorchReader
    from training.train.checkpoint import TOKENIZER, load

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shards = write_shards((labelled(r) for r in receipts if r.fold != fold), folder / "data", "train")
        train(Training(shards, start, folder / "model", budget, settings, Shape(), folder / "prepared"))
        model, _ = load(folder / "model")
        reader = TorchReader(model, Lexicon.from_file(folder / "model" / TOKENIZER))
        return [entities_of(r, reader.scores([r.page])) for r in receipts if r.fold == fold]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a table, write JSON where asked to."""
    options = _parser().parse_args(arguments)
    console = Console()
    receipts = read_receipts(options.receipts)[: options.most]
    settings = TrainSettings(rate=options.rate, warm_up=options.warm_up, threads=options.threads, kind_weight=0.0)
    budget = Budget(minutes=options.minutes, steps=options.steps)
    stated: list[Mapping[str, str]] = []
    read: list[Mapping[str, str]] = []
    for fold in range(FOLDS):
        own = [r.stated for r in receipts if r.fold == fold]
        guessed = read_fold(receipts, fold, options.start, budget, settings)
        console.print(
            f"fold {fold + 1} of {FOLDS}: {len(own)} receipts, F1 {score(own, guessed, folded=True)['all']:.3f}"
        )
        stated += own
        read += guessed
    bound = [_findable(r) for fold in range(FOLDS) for r in receipts if r.fold == fold]
    results = {
        "exact": score(stated, read, folded=False),
        "folded": score(stated, read, folded=True),
        "perfect tags, folded": score(stated, bound, folded=True),
    }
    table = Table("rule", *SPAN_OF, "all")
    for rule, by_entity in results.items():
        table.add_row(rule, *(f"{by_entity[name]:.3f}" for name in (*SPAN_OF, "all")))
    console.print(table)
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sroie", description="Key information of receipts.")
    parser.add_argument("receipts", type=Path, help="the receipts, one JSON object a line")
    parser.add_argument(
        "--start", required=True, help="what every fold's model starts from: a base, a model, a release"
    )
    parser.add_argument("--minutes", type=float, default=5.0, help="training time of each fold")
    parser.add_argument("--steps", type=int, help="training steps of each fold, instead of minutes")
    parser.add_argument("--rate", type=float, default=5e-4, help="highest learning rate")
    parser.add_argument("--warm-up", type=int, default=30, help="steps until it is reached")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--most", type=int, help="use at most so many receipts")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the scores as JSON")
    return parser


def _receipt(row: Mapping[str, object]) -> Receipt:
    lines = row["lines"]
    key = row["key"]
    assert isinstance(lines, list)
    assert isinstance(key, dict)
    right = max(line["box"][2] for line in lines) * 1.02
    bottom = max(line["box"][3] for line in lines) * 1.02
    words: list[Word] = []
    line_of: list[int] = []
    for number, line in enumerate(lines):
        for text, box in _parted(line["text"], line["box"]):
            x0, y0, x1, y1 = box
            words.append(Word(text, Box(x0 / right, y0 / bottom, x1 / right, y1 / bottom), 0.9))
            line_of.append(number)
    return Receipt(str(row["id"]), tuple(words), tuple(line_of), {k: v for k, v in key.items() if k in SPAN_OF and v})


def _parted(text: str, box: Sequence[float]) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Yield the words of a line, each with its part of the line's box by its letters."""
    x0, y0, x1, y1 = box
    each = (x1 - x0) / max(1, len(text))
    for found in re.finditer(r"\S+", text):
        yield found.group(), (x0 + each * found.start(), y0, x0 + each * found.end(), y1)


def _places(receipt: Receipt, entity: str, text: str) -> list[list[int]]:
    """Return the words of every place where an entity stands; of a total those beside a label, where there are any."""
    if entity == "total":
        same = [[index] for value, index in _amounts(receipt) if _number(value) == _number(text)]
        beside = [one for one in same if _TOTAL.search(_line_text(receipt, receipt.line_of[one[0]], before=2))]
        return beside or same
    if entity == "date":
        return [words for value, words in _dates(receipt) if _key(text) in _key(value)][:1]
    return [words] if (words := _run(receipt, text)) else []


def _run(receipt: Receipt, text: str) -> list[int]:
    """Return the run of words that says a text, misreadings forgiven; none where too little of it is there."""
    wanted = _key(text)
    owner = [index for index, word in enumerate(receipt.words) for _ in _key(word.text)]
    printed = "".join(_key(word.text) for word in receipt.words)
    blocks = [b for b in SequenceMatcher(None, printed, wanted, autojunk=False).get_matching_blocks() if b.size > 2]
    if not blocks or sum(b.size for b in blocks) < _ALIKE * len(wanted):
        return []
    return list(range(owner[blocks[0].a], owner[blocks[-1].a + blocks[-1].size - 1] + 1))


def _dates(receipt: Receipt) -> list[tuple[str, list[int]]]:
    """Return what looks like a date, with its words."""
    found = []
    for number in sorted(set(receipt.line_of)):
        own = [index for index, line in enumerate(receipt.line_of) if line == number]
        starts, text = [], ""
        for index in own:
            starts.append(len(text))
            text += receipt.words[index].text + " "
        for match in _DATE.finditer(text):
            held = [
                i
                for i, s in zip(own, starts, strict=True)
                if s < match.end() and s + len(receipt.words[i].text) > match.start()
            ]
            found.append((match.group(), held))
    return found


def _amounts(receipt: Receipt) -> list[tuple[str, int]]:
    return [(m.group(), index) for index, word in enumerate(receipt.words) if (m := _AMOUNT.search(word.text))]


def _text(spans: Sequence[Span], name: str, words: Words, *, whole: bool) -> str:
    """Return the likeliest span's text; with `whole` all words of the field, which an OCR line may part."""
    own = [span for span in spans if span.name == name]
    if not own:
        return ""
    if whole:
        return words.text(sorted(index for span in own for index in span.words))
    return words.text(max(own, key=lambda span: sum(span.chances)).words)


def _likeliest(options: Iterable[tuple[str, list[int] | int]], scores: "Scores", name: str) -> str:
    """Return the value that most speaks for; the chances of all places that print it are put together."""
    column = SPANS.index(name)
    misses: dict[str, float] = {}
    for value, at in options:
        indices = [at] if isinstance(at, int) else at
        misses[value] = misses.get(value, 1.0) * (1.0 - float(scores.spans[indices, column].max()))
    return min(misses, key=lambda value: misses[value]) if misses else ""


def _findable(receipt: Receipt) -> dict[str, str]:
    """Return what perfect tags would give: the text of the words that carry each entity."""
    found = {}
    for entity, text in receipt.stated.items():
        if not (places := _places(receipt, entity, text)):
            continue
        if entity == "total":
            found[entity] = next(value for value, index in _amounts(receipt) if index == places[0][0])
        elif entity == "date":
            found[entity] = next(value for value, words in _dates(receipt) if words == places[0])
        else:
            found[entity] = " ".join(receipt.words[index].text for index in places[0])
    return found


def _line_text(receipt: Receipt, line: int, before: int) -> str:
    numbers = range(line - before, line + 1)
    return " ".join(w.text for w, number in zip(receipt.words, receipt.line_of, strict=True) if number in numbers)


def _same(entity: str, first: str, second: str, *, folded: bool) -> bool:
    if not folded:
        return first == second
    return _number(first) == _number(second) if entity == "total" else _key(first) == _key(second)


def _number(text: str) -> str:
    return re.sub(r"[^\d.]", "", text)


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


if __name__ == "__main__":
    sys.exit(main())
