"""Read documents with a trained probe: `python -m training.probe.read FOLDER FILES… --jsonl`.

Prints one object of the extraction contract a document; e-invoice XML is ignored, a file is taken as one document.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console

from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.contract import to_json, unreadable_to_json
from pipeline.domain.document import SourceFile, Unreadable
from pipeline.errors import ConfigurationError
from pipeline.extract.extract import extract
from training.probe.fields.extractor import ProbeExtractor
from training.progress import progress

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})


def read(folder: Path, files: Iterable[Path]) -> Iterator[dict[str, object]]:
    """Yield the contract's object for every file. Raises ConfigurationError where `folder` holds no probe."""
    extractor = ProbeExtractor(folder)
    files = list(files)
    with FileReader(make_engine(EngineChoice(EngineName.RAPID, threads=2)), sandbox=False) as reader:
        for path in progress(files, "Reading", len(files)):
            document = reader.read(SourceFile(f"{path.parent.name}/{path.name}", "", path.read_bytes()))
            said = document if isinstance(document, Unreadable) else extract(document, extractor, ignore_einvoice=True)
            yield unreadable_to_json(said) if isinstance(said, Unreadable) else to_json(said)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.probe.read", description="Read with a trained probe.")
    parser.add_argument("folder", type=Path, help="the probe's folder")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--jsonl", action="store_true", help="one object a line (the default indents)")
    options = parser.parse_args(arguments)
    files = [p for given in options.files for p in (sorted(given.iterdir()) if given.is_dir() else [given])]
    try:
        for said in read(options.folder, [p for p in files if p.suffix.lower() in SUFFIXES]):
            print(json.dumps(said, ensure_ascii=False, indent=None if options.jsonl else 1))
    except (ConfigurationError, OSError) as error:
        Console(stderr=True).print(f"Nothing read: {error}", markup=False)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
