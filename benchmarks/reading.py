"""How fast files become fields beside invoice2data, and scans become words beside RapidOCR as it comes.

`python -m benchmarks.reading` needs bilag[data], and for the first part `pip install invoice2data` and Debian's
`poppler-utils`; `--json FILE` writes the rows too, `--quick` shows that it runs. docs/benchmarks.md says what the rows
mean.
"""

import argparse
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.accuracy import Counted, counted
from benchmarks.ratios import interleaved, processor_seconds, ratio, spread
from benchmarks.rows import Row, add_output, show
from benchmarks.scans import DPI, scan_of
from benchmarks.templates import Correspondence, correspondences, prepared
from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile
from pipeline.extract.split import split

_PDF = "application/pdf"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_output(parser)
    parser.add_argument("--rounds", type=int, default=7, help="rounds of every comparison (7)")
    parser.add_argument("--files", type=int, default=32, help="invoices that both read, at least (32)")
    parser.add_argument("--scans", type=int, default=2, help="scans that are read in a round (2)")
    parser.add_argument("--seed", type=int, default=0, help="where the seeds of generated documents begin (0)")
    parser.add_argument("--only", choices=("files", "scans"), help="one of the two parts")
    options = parser.parse_args(arguments)
    if options.quick:
        options.rounds, options.files, options.scans = 1, 2, 1
    rows: list[Row] = []
    if options.only != "scans":
        if find_spec("invoice2data") is None:
            print("invoice2data is not installed (pip install invoice2data): that part is left out.", file=sys.stderr)
        else:
            rows += _files_to_fields(options.rounds, options.files, options.seed)
    if options.only != "files":
        rows += _scans_to_words(options.rounds, options.scans, options.seed)
    settings = {name: value for name, value in vars(options).items() if name != "json"}
    show("reading", rows, options.json, settings)


def _files_to_fields(rounds: int, wanted: int, seed: int) -> Iterator[Row]:
    """Processor time of a file, ours and invoice2data's; every round reads files that no other did."""
    logging.getLogger("invoice2data").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="bilag-benchmark-") as name, FileReader(None, sandbox=False) as reader:
        letters = correspondences(Path(name), max(wanted, rounds + 1), seed)
        dealt = _dealt([path for one in letters for path in one.files], rounds + 1)
        ours, theirs = _ours(reader), _invoice2data(letters, Path(name))

        def through(read: Callable[[Path], object]) -> Callable[[int], object]:
            return lambda number: [read(path) for path in dealt[number + 1]]

        taken = interleaved({name: through(read) for name, read in (ours | theirs).items()}, rounds, processor_seconds)
    per_file = {
        who: [seconds / len(files) for seconds, files in zip(times, dealt[1:], strict=True)]
        for who, times in taken.items()
    }
    case = f"a text-layer file to fields, {sum(map(len, dealt[1:]))} files"
    for who, times in per_file.items():
        yield Row(case, who, 1000 * spread(times).middle, "ms CPU")
    for own, other in product(ours, theirs):
        part = ratio(per_file[own], per_file[other])
        middle = 1000 * spread(per_file[own]).middle
        yield Row(case, own, middle, "ms CPU", other, part.middle, part.low, part.high, "≤ 0.5")


def _ours(reader: FileReader) -> dict[str, Callable[[Path], object]]:
    from pipeline.adapters.extractor.choice import RELEASED, RULES, VersionedExtractor, make_extractor

    def through(extractor: VersionedExtractor) -> Callable[[Path], object]:
        def read(path: Path) -> object:
            return [extractor.extract(part) for part in split(_read(reader, path.read_bytes(), path.name, _PDF))]

        return read

    return {"rules": through(make_extractor(RULES)), "released model": through(make_extractor(RELEASED))}


def _invoice2data(letters: Sequence[Correspondence], folder: Path) -> dict[str, Callable[[Path], object]]:
    """Return invoice2data with pdftotext, and with the readers it chooses; each file with its sender's template.

    Each reads copies of its own, made in `folder`: invoice2data remembers the text of files that it has read, and to
    make sure that the templates fit it has read these.
    """
    from invoice2data import extract_data  # type: ignore[import-not-found, unused-ignore]

    templates = {path: [prepared(one.template)] for one in letters for path in one.files}
    copies = {who: {path: _copied(path, folder / who) for path in templates} for who in ("pdftotext", "chosen")}
    return {
        "invoice2data, pdftotext": lambda path: extract_data(
            str(copies["pdftotext"][path]), templates[path], "pdftotext"
        ),
        "invoice2data, its default": lambda path: extract_data(str(copies["chosen"][path]), templates[path]),
    }


def _copied(path: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(path, folder))


def _scans_to_words(rounds: int, per_round: int, seed: int) -> Iterator[Row]:
    """Pages a second, ours and RapidOCR's, on one core and on all, with the words that each got right."""
    scans = _dealt(list(_scans((rounds + 1) * per_round, seed)), rounds + 1)
    for threads in sorted({1, os.cpu_count() or 1}):
        _use_cores(threads)
        right: dict[str, Counted] = {"ours": Counted(), "RapidOCR": Counted()}
        with FileReader(make_engine(EngineChoice(EngineName.RAPID, threads)), sandbox=False) as reader:
            readers: dict[str, Callable[[bytes], list[str]]] = {
                "ours": partial(_words, reader),
                "RapidOCR": _rapidocr(threads),
            }

            def through(who: str, read: Callable[[bytes], list[str]], right: dict[str, Counted] = right) -> Any:
                def run(number: int) -> None:
                    for scan, printed in scans[number + 1]:
                        right[who] += counted(printed, read(scan))

                return run

            taken = interleaved({who: through(who, read) for who, read in readers.items()}, rounds)
        case = f"clean scans at {DPI} dpi, {threads} cores, {rounds * per_round} pages"
        for who, times in taken.items():
            rate = spread([per_round / seconds / threads for seconds in times]).middle
            yield Row(case, who, rate, "pages/s and core")
            yield Row(case, f"{who}, words right", 100 * right[who].accuracy, "%")
        part = ratio(taken["RapidOCR"], taken["ours"])
        rate = spread([per_round / seconds / threads for seconds in taken["ours"]]).middle
        alike = "≥ 3" if right["ours"].accuracy >= right["RapidOCR"].accuracy else "≥ 3; fewer words right!"
        yield Row(case, "ours", rate, "pages/s and core", "RapidOCR", part.middle, part.low, part.high, alike)


def _scans(count: int, seed: int) -> Iterator[tuple[bytes, list[str]]]:
    """Yield the first pages of generated documents as pictures, with the words of their text layer."""
    from training.synthesize.generate import generate

    for number in range(seed, seed + count):
        document, pdf = generate(number)
        yield scan_of(pdf), [word.text for word in document.pages[0].words]


def _words(reader: FileReader, scan: bytes) -> list[str]:
    document = _read(reader, scan, "scan.png", "image/png")
    return [word.text for page in document.pages for word in page.words]


def _rapidocr(threads: int) -> Callable[[bytes], list[str]]:
    """Return RapidOCR with its own settings but for the number of threads; words are parted at the blanks it reads."""
    from rapidocr import RapidOCR

    cores = {
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    engine: Any = RapidOCR(params={"Global.log_level": "error", **cores})
    return lambda scan: [word for line in engine(scan).txts or () for word in line.split()]


def _use_cores(threads: int) -> None:
    """Keep OpenCV, in which both prepare their pictures, to as many threads."""
    import cv2

    cv2.setNumThreads(threads)


def _read(reader: FileReader, content: bytes, name: str, media_type: str) -> Document:
    read = reader.read(SourceFile(name, media_type, content))
    if not isinstance(read, Document):
        raise SystemExit(read.findings[0].message)
    return read


def _dealt(things: list[Any], hands: int) -> list[list[Any]]:
    """Return the things dealt out in turn, so that every hand has some of every sender."""
    return [things[hand::hands] for hand in range(hands)]


if __name__ == "__main__":
    main()
