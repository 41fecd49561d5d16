"""Templates for invoice2data, made as its user makes them: for one sender, from one of its invoices.

https://github.com/invoice-x/invoice2data; it is no dependency of ours: `pip install invoice2data`, and Debian's
`poppler-utils` for its `pdftotext`. A template is four expressions of what stands before a value, and no more: none of
its slower parts (areas, tables, line items, OCR) is asked for, so that nothing holds it up.
"""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument

_DATES = ("%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%y", "%d-%m-%y", "%d/%m/%y", "%m/%d/%Y")
_NEEDED = ("seller_name", "invoice_number", "issue_date", "gross_total")
_BLOCK = 60
"""Seeds in which a generated sender writes (`training.synthesize.family`)."""
_MOST_BLOCKS = 200
_AT_LEAST = 2
"""Files that a template must read to be worth having."""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Invoices of one sender, and the template that reads all of them."""

    template: dict[str, Any]
    files: tuple[Path, ...]


def correspondences(folder: Path, wanted: int, seed: int = 0) -> list[Correspondence]:
    """Write invoices of generated senders to `folder` until there are at least `wanted`, and return them.

    Only senders count for whom a template can be made from their first invoice, and only invoices that invoice2data
    then reads whole. Raises RuntimeError where there are not so many, ImportError without invoice2data.
    """
    found: list[Correspondence] = []
    for block in range(seed, seed + _MOST_BLOCKS):
        for invoices in _senders(folder, block):
            template = template_of(invoices[0][0], _as_text(invoices[0][1]))
            files = tuple(path for document, path in invoices if template and _reads(template, document, path))
            if template and len(files) >= _AT_LEAST:
                found.append(Correspondence(template, files))
            if sum(len(one.files) for one in found) >= wanted:
                return found
    raise RuntimeError(f"Fewer than {wanted} generated invoices can be read with templates.")


def template_of(document: LabelledDocument, text: str) -> dict[str, Any] | None:
    """Return the template that a user would write with this invoice in hand; None where a label does not stand before
    its value on one line, or where the date is not in digits. `text` is what `pdftotext -layout` makes of the file."""
    printed = {
        name: _printed(document, name) for name in ("seller_name", "invoice_number", "issue_date", "gross_total")
    }
    date_format = _date_format(printed["issue_date"], document.fields.get("issue_date", ""))
    labels = {name: _label(text, value) for name, value in printed.items() if name != "seller_name"}
    if not printed["seller_name"] or not date_format or not all(labels.values()):
        return None
    decimals = re.findall(r"[.,](?=\d\d\D*$)", printed["gross_total"])
    return {
        "template_name": document.group,
        "issuer": printed["seller_name"],
        "keywords": printed["seller_name"].split(),  # plain words, not expressions
        "fields": {
            "invoice_number": rf"{labels['invoice_number']}\s*(\S+)",
            "date": rf"{labels['issue_date']}\s*(\S+)",
            "amount": rf"{labels['gross_total']}[^\d\n]*(\d[\d.,' ]*\d)",
        },
        "options": {"decimal_separator": decimals[-1] if decimals else ".", "date_formats": [date_format]},
    }


def prepared(template: dict[str, Any]) -> Any:
    """Return the template as invoice2data takes it."""
    from invoice2data.extract.invoice_template import InvoiceTemplate  # type: ignore[import-not-found, unused-ignore]
    from invoice2data.extract.loader import prepare_template  # type: ignore[import-not-found, unused-ignore]

    return InvoiceTemplate(prepare_template(dict(template)))


def _senders(folder: Path, block: int) -> Iterator[list[tuple[LabelledDocument, Path]]]:
    """Yield the invoices of each sender of a block of seeds."""
    from training.synthesize.family import family_of
    from training.synthesize.generate import generate

    by_sender: dict[str, list[int]] = defaultdict(list)
    for number in range(block * _BLOCK, (block + 1) * _BLOCK):
        if family := family_of(number):
            by_sender[family.name].append(number)
    for numbers in by_sender.values():
        invoices = []
        for number in numbers:
            document, pdf = generate(number)
            if document.kind is Kind.INVOICE:
                path = folder / f"{document.id}.pdf"
                path.write_bytes(pdf)
                invoices.append((document, path))
        if len(invoices) >= _AT_LEAST:
            yield invoices


def _reads(template: dict[str, Any], document: LabelledDocument, path: Path) -> bool:
    """Tell whether invoice2data finds number, date and amount of the invoice, and finds them right.

    Where an expression fits several places it returns a list: not the value.
    """
    from invoice2data import extract_data  # type: ignore[import-not-found, unused-ignore]

    found = extract_data(str(path), [prepared(template)], "pdftotext")
    if not found or isinstance(found.get("amount"), list):
        return False
    with suppress(KeyError, ArithmeticError, AttributeError):
        return (
            found["invoice_number"] == document.fields["invoice_number"]
            and found["date"].date().isoformat() == document.fields["issue_date"]
            and round(Decimal(found["amount"]), 2) == Decimal(document.fields["gross_total"])
        )
    return False


def _printed(document: LabelledDocument, span: str) -> str:
    """Return the words of a span's first value as printed."""
    words = [word.text for page in document.pages for word in page.words]
    run: list[str] = []
    for word, tag in zip(words, document.tags, strict=True):
        if tag == f"B-{span}" and not run:
            run = [word]
        elif run and tag == f"I-{span}":
            run.append(word)
        elif run:
            break
    return " ".join(run)


def _label(text: str, value: str) -> str:
    """Return an expression of what stands before a value in its line, up to a wide gap; empty where nothing does."""
    spaced = r"\s".join(re.escape(word) for word in value.split())
    for line in text.splitlines():
        if value and (place := re.search(rf"(?<!\S){spaced}(?!\S)", line)):
            before = re.split(r"\s{2,}", line[: place.start()].strip())[-1]
            if any(c.isalpha() for c in before):
                return r"\s+".join(re.escape(word) for word in before.split())
    return ""


def _date_format(printed: str, normal: str) -> str:
    for form in _DATES:
        with suppress(ValueError):
            if datetime.strptime(printed, form).date().isoformat() == normal:  # noqa: DTZ007 — a day has no zone
                return form
    return ""


def _as_text(path: Path) -> str:
    command: Sequence[str] = ("pdftotext", "-layout", "-q", "-enc", "UTF-8", str(path), "-")
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()
