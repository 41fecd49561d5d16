"""How fast files are read: text-layer pages per second, in this process and in the sandbox, and OCR seconds per page.

`python -m benchmarks.read_words --json` prints rows; `--quick` reads one scan per engine instead of three.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from time import perf_counter

import typst

from benchmarks.scans import DPI, scan_of
from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile
from pipeline.errors import ConfigurationError

_TEXT_PAGES = 100
_PAGE = """
#set page(paper: "a4", margin: 2cm)
#set text(font: "Libertinus Serif", size: 10pt)
#for number in range({pages}) [
= FAKTURA
#grid(columns: (1fr, 1fr), [Papirhuset Nord A/S \\ Industrivej 40 \\ 9000 Aalborg],
  align(right)[Fakturanr.: 2024-00817 \\ Fakturadato: 12-03-2024 \\ Deres ref.: PO-2041])
#table(columns: (auto, 1fr, auto, auto), [Varenummer], [Beskrivelse], [Antal], [Beløb],
  ..range(25).map(row => ([PAP-#(500 + row)], [Kopipapir hvid, æske med fem pakker], [40], [5.550,00])).flatten())
#align(right)[Subtotal 7.310,00 \\ Moms 1.827,50 \\ At betale DKK 9.137,50]
Betalingsbetingelser: netto 30 dage. Ved for sen betaling beregnes renter efter gældende lov.
#pagebreak(weak: true)
]
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object a row")
    parser.add_argument("--quick", action="store_true", help="read one scan per engine instead of three")
    options = parser.parse_args()
    for row in _rows(1 if options.quick else 3):
        print(json.dumps(row) if options.json else f"{row['measure']:48} {row['value']:>8} {row['unit']}")


def _rows(scans: int) -> Iterator[dict[str, object]]:
    pages = SourceFile("pages.pdf", "application/pdf", _pdf(_TEXT_PAGES))
    for name, sandbox in (("in process", False), ("in the sandbox", True)):
        with FileReader(None, sandbox=sandbox) as reader:
            reader.read(pages)
            seconds = _seconds(reader, pages)
        yield _row(f"text-layer pages, {name}", _TEXT_PAGES / seconds, "pages/s", goal=50)
    single = _pdf(1)
    with FileReader(None) as reader:
        started = perf_counter()
        reader.read(SourceFile("page.pdf", "application/pdf", single))
        yield _row("first file in a new worker", perf_counter() - started, "s", goal=2)
    scan = SourceFile("scan.png", "image/png", scan_of(single))
    for engine in EngineName:
        try:
            reader = FileReader(make_engine(EngineChoice(engine)), sandbox=False)
        except ConfigurationError as error:
            print(error, file=sys.stderr)
            continue
        reader.read(scan)
        seconds = min(_seconds(reader, scan) for _ in range(scans))
        yield _row(f"OCR of a clean A4 page at {DPI} dpi, {engine}", seconds, "s/page", goal=5)


def _row(measure: str, value: float, unit: str, goal: float) -> dict[str, object]:
    ratio = value / goal
    return {
        "measure": measure,
        "value": round(value, 3),
        "unit": unit,
        "against": "goal",
        "ratio": round(ratio, 3),
        "goal": goal,
    }


def _seconds(reader: FileReader, file: SourceFile) -> float:
    started = perf_counter()
    result = reader.read(file)
    elapsed = perf_counter() - started
    if not isinstance(result, Document):
        raise SystemExit(result.findings[0].message)
    return elapsed


def _pdf(pages: int) -> bytes:
    return typst.compile(_PAGE.replace("{pages}", str(pages)).encode())


if __name__ == "__main__":
    main()
