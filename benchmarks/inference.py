"""How fast the released model is, beside what others run, beside itself in floats, and beside what the machine can do.

`python -m benchmarks.inference` needs bilag[train]; `--json FILE` writes the rows too, `--quick` shows that it runs.
Everything is measured in one run, the contenders taking turns. docs/benchmarks.md says what the rows mean.
"""

import argparse
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.pages import Supply
from benchmarks.peak import products, session, square_product
from benchmarks.ratios import interleaved, ratio, slope, spread
from benchmarks.rows import Row, add_output, compared, show, timed
from models.features.batches import Batch, batch_of, windows_of
from models.features.features import features_of
from models.features.lexicon import Lexicon
from models.features.texts import Vocabulary
from models.release import RELEASED
from models.runtime import INPUTS, ONNX, OUTPUTS, TOKENIZER, Runtime
from pipeline.domain.document import Document

if TYPE_CHECKING:
    from models.features.texts import Texts
    from models.network.model import LayoutModel

_USERS, _OWN, _PEAK = "≥ 8", "≥ 2.5", "≥ 50 %"
"""The goals."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is measured: words a page, pages at a time, pages a document, rounds, generated documents that words come
    from, sides of the matrices of the peak, layers of the user's LayoutLM."""

    words: tuple[int, ...] = (200, 300, 450)
    at_once: tuple[int, ...] = (1, 4, 16)
    lengths: tuple[int, ...] = (1, 2, 5, 10, 20, 50, 100, 200)
    rounds: int = 7
    documents: int = 120
    squares: tuple[int, ...] = (1024, 2048)
    layers: int = 12


QUICK = Settings((40, 60), (1, 2), (1, 2, 3), 2, 3, (64,), 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_output(parser)
    parser.add_argument("--model", type=Path, default=RELEASED, help="folder of a release (the shipped one)")
    parser.add_argument(
        "--threads", type=int, nargs="+", default=sorted({1, os.cpu_count() or 1}), help="cores (1, and all)"
    )
    parser.add_argument("--rounds", type=int, help="rounds of every comparison (7)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the generated words (0)")
    options = parser.parse_args(arguments)
    settings = QUICK if options.quick else Settings()
    settings = replace(settings, rounds=options.rounds) if options.rounds else settings
    logging.getLogger("transformers").setLevel(logging.ERROR)
    supply = Supply(settings.documents, options.seed)
    rows = [row for threads in options.threads for row in _rows(options.model, settings, threads, supply)]
    about = {"threads": options.threads, "rounds": settings.rounds, "seed": options.seed, "quick": options.quick}
    show("inference", rows, options.json, {**about, "documents": settings.documents, "layers": settings.layers})


def _rows(folder: Path, settings: Settings, threads: int, supply: Supply) -> Iterator[Row]:
    import torch

    torch.set_num_threads(threads)
    contest = Contest(folder, threads, settings.layers)
    for words in settings.words:
        for at_once in settings.at_once:
            rounds = {n: supply.documents(words, at_once, n + 1) for n in range(-1, settings.rounds)}
            name = f"{threads} threads, {at_once} × {words} words"
            yield from _against_others(contest, rounds, name)
            yield from _against_floats(contest, rounds, name)
        yield from _against_peak(contest, [supply.document(words, 1, n) for n in range(settings.rounds)], settings)
    yield from _as_pages_grow(contest, settings, supply)


class Contest:
    """All contenders, with one number of threads."""

    def __init__(self, folder: Path, threads: int, layers: int) -> None:
        from benchmarks.layoutlm import HuggingFaceLayoutLM
        from models.network.reading import TorchReader
        from pipeline.adapters.extractor.model import ModelExtractor
        from training.export.start import model_from_release

        self.folder, self.threads = folder, threads
        self.runtime = Runtime(folder, threads)
        self.extractor = ModelExtractor(folder, threads)
        self.graph = session(str(folder / ONNX), threads)
        model, _ = model_from_release(folder)
        self.model: LayoutModel = model.eval()
        self.lexicon = Lexicon.from_file(folder / TOKENIZER)
        self.torch = TorchReader(self.model, self.lexicon)
        self.whole = HuggingFaceLayoutLM(folder, whole=True, layers=layers)
        self.cut = HuggingFaceLayoutLM(folder, whole=False, layers=layers)

    def batch(self, documents: Sequence[Document]) -> "tuple[Texts, Batch]":
        """Return documents as one batch, a window at least each."""
        vocabulary = Vocabulary()
        sizes, windows = self.model.sizes, []
        for document in documents:
            numbers = vocabulary.number(word.text for page in document.pages for word in page.words)
            windows += windows_of(
                features_of(document.pages, numbers), sizes.window, sizes.overlap, layout=sizes.layout
            )
        return vocabulary.texts(self.lexicon, sizes), batch_of(windows)

    def seen(self, documents: Sequence[Document]) -> Any:
        """Return documents as the network takes them, in tensors."""
        import torch

        with torch.inference_mode():
            return self.model.seen(*self.batch(documents))


def _against_others(contest: Contest, rounds: dict[int, list[Document]], name: str) -> Iterator[Row]:
    """Words to scores: the release against what a user would run, and against itself in PyTorch."""
    pages = {n: [page for document in documents for page in document.pages] for n, documents in rounds.items()}
    scores = {n: [contest.runtime.scores(d.pages) for d in documents] for n, documents in rounds.items()}
    runtime = Runtime(contest.folder, contest.threads)  # one that does not remember these rounds' numbers
    taken = interleaved(
        {
            "ours": lambda n: [runtime.scores(document.pages) for document in rounds[n]],
            "whole": lambda n: contest.whole.read(pages[n]),
            "cut": lambda n: contest.cut.read(pages[n]),
            "torch": lambda n: [contest.torch.scores(document.pages) for document in rounds[n]],
            "decoding": lambda n: [_decoded(contest, d, s) for d, s in zip(rounds[n], scores[n], strict=True)],
        },
        len(rounds) - 1,
    )
    per = len(rounds[0])
    yield timed(name, "ours, words to scores, a page", taken["ours"], per)
    yield timed(name, "ours, scores to fields, a page", taken["decoding"], per)
    yield compared(name, "LayoutLM of 12 layers, all words", taken["ours"], taken["whole"], per, _USERS)
    yield compared(name, "LayoutLM of 12 layers, cut off at 512 tokens", taken["ours"], taken["cut"], per, _USERS)
    yield compared(name, "own architecture, PyTorch floats", taken["ours"], taken["torch"], per, _OWN)


def _decoded(contest: Contest, document: Document, scores: Any) -> object:
    from models.decode.decode import decode

    return decode(document, scores, contest.runtime.version)


def _against_floats(contest: Contest, rounds: dict[int, list[Document]], name: str) -> Iterator[Row]:
    """The network alone, in integers and in PyTorch's floats, on the same batches."""
    import torch

    seen = {n: contest.seen(documents) for n, documents in rounds.items()}
    arrays = {n: _arrays(one) for n, one in seen.items()}

    def in_floats(number: int) -> object:
        with torch.inference_mode():
            return contest.model.network(seen[number])

    taken = interleaved({"ours": lambda n: contest.graph.run(OUTPUTS, arrays[n]), "torch": in_floats}, len(rounds) - 1)
    yield timed(name, "ours, network alone, a page", taken["ours"], len(rounds[0]))
    yield compared(name, "network alone, PyTorch floats", taken["ours"], taken["torch"], len(rounds[0]), _OWN)


def _against_peak(contest: Contest, documents: Sequence[Document], settings: Settings) -> Iterator[Row]:
    """Which part of the machine's best rate of 8-bit products one page gets, network alone and with its features."""
    arrays = [_arrays(contest.seen([document])) for document in documents]
    counted = [products(contest.folder / ONNX, one) for one in arrays]
    runtime = Runtime(contest.folder, contest.threads)
    squares = {f"int8 {n}": square_product(n, contest.threads, integers=True) for n in settings.squares}
    squares |= {f"fp32 {n}": square_product(n, contest.threads, integers=False) for n in settings.squares}

    def again(number: int) -> int:
        return number % len(documents)

    taken = interleaved(
        {
            "network alone": lambda n: contest.graph.run(OUTPUTS, arrays[again(n)]),
            "words to scores": lambda n: runtime.scores(documents[again(n)].pages),
            **{name: partial(_multiplied, graph, given) for name, (graph, given) in squares.items()},
        },
        settings.rounds,
    )
    rates = {name: [int(name.split()[1]) ** 3 / seconds / 1e9 for seconds in taken[name]] for name in squares}
    best = {
        kind: max((n for n in rates if n.startswith(kind)), key=lambda n: spread(rates[n]).middle)
        for kind in ("int8", "fp32")
    }
    name = f"{contest.threads} threads, int8 peak, 1 × {sum(len(page.words) for page in documents[0].pages)} words"
    for square in best.values():
        yield Row(name, f"peak of {square} squared", spread(rates[square]).middle, "G multiply-adds/s")
    share = 100 * counted[0].integers / counted[0].all
    yield Row(name, f"multiply-adds of the network, {share:.0f} % in int8", counted[0].all / 1e9, "G")
    for what in ("network alone", "words to scores"):
        reached = [one.all / seconds / 1e9 for one, seconds in zip(counted, taken[what], strict=True)]
        part = ratio(reached, rates[best["int8"]])
        yield Row(
            name,
            f"{what}, multiply-adds done",
            spread(reached).middle,
            "G multiply-adds/s",
            "int8 peak",
            part.middle,
            part.low,
            part.high,
            _PEAK,
        )


def _multiplied(graph: Any, given: Any, _number: int) -> Any:
    return graph.run(None, given)


def _read_one(read: Callable[[Document], Any], made: dict[tuple[int, int], Document], length: int, number: int) -> Any:
    return read(made[length, number])


def _arrays(seen: Any) -> dict[str, Any]:
    return {name: getattr(seen, name).numpy() for name in INPUTS}


def _as_pages_grow(contest: Contest, settings: Settings, supply: Supply) -> Iterator[Row]:
    """Whole documents of more and more pages: what a page costs, beside a page of the shortest."""
    words = settings.words[len(settings.words) // 2]
    rounds = max(2, settings.rounds // 2)
    made = {
        (length, n): supply.document(words, length, 1000 + n) for length in settings.lengths for n in range(-1, rounds)
    }
    runtime = Runtime(contest.folder, contest.threads)
    for what, read in (
        ("words to scores", lambda document: runtime.scores(document.pages)),
        ("words to fields", contest.extractor.extract),
    ):
        taken = interleaved(
            {str(length): partial(_read_one, read, made, length) for length in settings.lengths},
            rounds,
        )
        name = f"{contest.threads} threads, {what}, pages of {words} words"
        first = [seconds / settings.lengths[0] for seconds in taken[str(settings.lengths[0])]]
        for length in settings.lengths:
            own = [seconds / length for seconds in taken[str(length)]]
            part = ratio(own, first)
            yield Row(
                name,
                f"{length} pages, a page",
                1000 * spread(own).middle,
                "ms",
                f"{settings.lengths[0]} page",
                part.middle,
                part.low,
                part.high,
            )
        middles = [spread(taken[str(length)]).middle for length in settings.lengths]
        grown = slope([float(length) for length in settings.lengths], middles)
        yield Row(name, "cost grows as pages to the power of", grown, "", goal="1 is linear")


if __name__ == "__main__":
    main()
