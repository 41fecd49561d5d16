"""An operator's own archive becomes training documents: `python -m training.collect.archive FOLDER --out data/own`.

Every PDF with an e-invoice inside (Factur-X, ZUGFeRD, Order-X), every UBL or CII file with its PDF inside it or beside
it, is read as the pipeline reads it, and the values of the XML are found on its pages. Nothing leaves the machine.
"""

import argparse
import sys
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName, OcrEngine
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile, Unreadable
from pipeline.domain.extraction import Extraction
from pipeline.domain.finding import Finding
from pipeline.domain.vocabulary import Kind
from pipeline.errors import ConfigurationError
from pipeline.extract.einvoice import read_einvoice, safe_xml
from training.collect.align.occurrences import Occurrences
from training.collect.align.paper import Paper
from training.collect.facts import Facts, facts_of
from training.collect.licences import OWN
from training.collect.make import Provenance, make, sender_group
from training.collect.told import Told
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import write_shards
from training.progress import progress

_SUFFIXES = (".pdf", ".xml")
_NUMBER_FROM = 4  # letters of a number by which a PDF is told to be an XML file's picture


@dataclass(slots=True)
class _Found:
    """What the files of an archive hold: documents with facts, XML without pages, pages without XML."""

    complete: list[tuple[str, Document, Facts]] = field(default_factory=list)
    bare: list[tuple[Path, Facts]] = field(default_factory=list)
    pictures: list[tuple[Path, Document]] = field(default_factory=list)


def label_archive(
    folder: Path, told: Told, *, licence: str = OWN, ocr: bool = True, workers: int = 1
) -> Iterator[LabelledDocument]:
    """Yield a labelled document for every e-invoice with pages below `folder`; `told` learns about all others."""
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
    found = _Found()
    with FileReader(_engine(told) if ocr else None, workers=workers) as reader:
        for path in progress(files, "Reading", len(files)):
            _read(path, folder, reader, found, told)
    _pair(folder, found, told)
    for file, document, facts in progress(found.complete, "Labelling", len(found.complete)):
        group = f"own/{sender_group(facts)}"
        made = make(document, facts, Provenance(Origin.EINVOICE, licence, group, None, {"file": file}))
        if made.document is None:
            told.refuse(file, "too few of its values are printed on its pages")
        else:
            told.keep(file, made.fates)
            yield made.document


def _engine(told: Told) -> OcrEngine | None:
    try:
        return make_engine(EngineChoice(EngineName.RAPID))
    except ConfigurationError as error:
        told.notes.append(f"Scans are left out: {error}")
        return None


def _read(path: Path, folder: Path, reader: FileReader, found: _Found, told: Told) -> None:
    name = str(path.relative_to(folder))
    read = reader.read(SourceFile(path.name, "application/octet-stream", path.read_bytes()))
    if isinstance(read, Unreadable):
        told.refuse(name, f"it cannot be read: {read.findings[0].message}")
        return
    if read.einvoice is None:
        found.pictures.append((path, read))
        return
    native = read_einvoice(read.einvoice, file=name, sha256=read.sha256, pages=len(read.pages))
    if not isinstance(native, Extraction):
        told.refuse(name, f"its XML cannot be read: {native[0].message}")
        return
    facts = facts_of(native)
    if facts.kind is Kind.OTHER:
        told.refuse(name, "it is neither invoice nor order")
    elif read.pages:
        found.complete.append((name, read, facts))
    elif (inside := _picture_inside(read.einvoice, path, reader)) is not None:
        found.complete.append((name, inside, facts))
    else:
        found.bare.append((path, facts))


def _picture_inside(xml: bytes, path: Path, reader: FileReader) -> Document | None:
    """Return the PDF that a UBL document carries as an attachment, the first that can be read."""
    root = safe_xml.parse(xml)
    if isinstance(root, Finding):
        return None
    for attachment in root.iter("{*}EmbeddedDocumentBinaryObject"):
        content = _decoded(attachment)
        if content.startswith(b"%PDF"):
            read = reader.read(SourceFile(f"{path.stem}.pdf", "application/pdf", content))
            if isinstance(read, Document) and read.pages:
                return read
    return None


def _decoded(attachment: etree._Element) -> bytes:
    try:
        return b64decode(attachment.text or "")
    except NotBase64:
        return b""


def _pair(folder: Path, found: _Found, told: Told) -> None:
    """Give each bare XML file its PDF: the one of the same name, or the one in its folder that prints its number."""
    free = list(found.pictures)
    for path, facts in found.bare:
        near = [(p, d) for p, d in free if p.parent == path.parent]
        same = [(p, d) for p, d in near if p.stem == path.stem]
        fitting = same or [(p, d) for p, d in near if _prints(d, facts)]
        if len(fitting) == 1:
            free.remove(fitting[0])
            found.complete.append((str(fitting[0][0].relative_to(folder)), fitting[0][1], facts))
        else:
            reason = "several PDFs beside it print" if fitting else "no PDF beside it has its name or prints"
            told.refuse(str(path.relative_to(folder)), f"{reason} its number")
    for path, _ in free:
        told.refuse(str(path.relative_to(folder)), "no e-invoice states its values")


def _prints(document: Document, facts: Facts) -> bool:
    """Say whether a page prints the number and, where it is stated, the gross total of an XML file."""
    number = facts.fields.get("invoice_number") or facts.fields.get("order_number") or ""
    if len(number) < _NUMBER_FROM:
        return False
    occurrences = Occurrences(Paper(document))
    gross = facts.fields.get("gross_total")
    return bool(occurrences.identifiers(number)) and (gross is None or bool(occurrences.amounts(gross)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Label an archive, write its shards, and say what was labelled, what was not and why."""
    parser = argparse.ArgumentParser(prog="python -m training.collect.archive", description=__doc__)
    parser.add_argument("folder", type=Path, help="it and all folders in it are searched for .pdf and .xml files")
    parser.add_argument("--out", type=Path, default=Path("data/own"))
    parser.add_argument("--licence", default=OWN, help=f"SPDX name kept with every document (default {OWN})")
    parser.add_argument("--no-ocr", action="store_true", help="leave scans out")
    parser.add_argument("--workers", type=int, default=2, help="processes that read files")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder.")
    told = Told()
    documents = label_archive(
        options.folder, told, licence=options.licence, ocr=not options.no_ocr, workers=options.workers
    )
    write_shards(documents, options.out, "archive")
    told.write(options.out / "archive-report.json")
    print("\n".join(told.lines()), file=sys.stderr)
    print(f"Every file and value: {options.out / 'archive-report.json'}", file=sys.stderr)


if __name__ == "__main__":
    main()
