"""`bilag extract`: reads files and prints their fields."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import Progress

from pipeline.adapters.extractor.choice import RELEASED, make_extractor
from pipeline.bootstrap import build_reader
from pipeline.cli.plain import json_text
from pipeline.cli.tables import extraction_table, unreadable_line
from pipeline.domain.contract import to_json, unreadable_to_json
from pipeline.domain.document import SourceFile, Unreadable
from pipeline.domain.extraction import Extraction
from pipeline.extract.extract import extract
from pipeline.extract.split import split
from pipeline.ingest.sniff import sniff
from pipeline.ports import FieldExtractor, WordReader
from pipeline.settings import ReadingSettings

SOME_FAILED = 10


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="extract")(extract_command)


def extract_command(
    files: Annotated[
        list[Path], typer.Argument(help="PDF, image or e-invoice XML files.", exists=True, dir_okay=False)
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object per document and line.")] = False,
    ignore_einvoice: Annotated[
        bool, typer.Option("--ignore-einvoice", help="Read the page even where e-invoice XML is embedded.")
    ] = False,
    ocr: Annotated[
        Literal["rapidocr", "tesseract", "none"],
        typer.Option(help="Which engine reads scans: rapidocr, tesseract or none."),
    ] = "rapidocr",
    model: Annotated[
        str, typer.Option(help="What reads the fields: released, rules, or the folder of a release.")
    ] = RELEASED,
) -> None:
    """Read FILES and print every field found, with its confidence and where it stands."""
    reading = ReadingSettings(ocr=ocr)
    out = Console()
    failed = 0
    extractor = make_extractor(model)
    reader = build_reader(reading)
    try:
        for read in _read_all(files, reader, extractor, ignore_einvoice=ignore_einvoice):
            failed += isinstance(read, Unreadable)
            if jsonl:
                content = unreadable_to_json(read) if isinstance(read, Unreadable) else to_json(read)
                print(json_text(content), flush=True)  # noqa: T201 — the command's output
            else:
                out.print(unreadable_line(read) if isinstance(read, Unreadable) else extraction_table(read))
    finally:
        reader.close()
    if failed:
        raise typer.Exit(SOME_FAILED)


def _read_all(
    files: list[Path], reader: WordReader, extractor: FieldExtractor, *, ignore_einvoice: bool
) -> Iterator[Extraction | Unreadable]:
    """Yield what each file says; progress is shown on a terminal's error stream."""
    console = Console(stderr=True)
    hidden = len(files) == 1 or not sys.stderr.isatty()
    with Progress(console=console, transient=True, disable=hidden) as progress:
        for path in progress.track(files, description="Reading"):
            content = path.read_bytes()
            document = reader.read(SourceFile(str(path), sniff(content, path.name), content))
            if isinstance(document, Unreadable):
                yield document
                continue
            for part in split(document):
                yield extract(part, extractor, ignore_einvoice=ignore_einvoice)
