"""Papers drawn as pages: typst sets them, in each sender's language, number and date format."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from importlib.resources import files

from babel.dates import format_date
from babel.numbers import format_decimal

from pipeline.demo.company import DemoParty
from pipeline.demo.mailbox.papers import Paper
from pipeline.demo.mailbox.wordings import WORDINGS, Wording

_LOCALES = {"da": "da_DK", "de": "de_DE", "nl": "nl_NL", "fr": "fr_FR", "no": "nb_NO", "en": "en_GB"}
_DATE_PATTERNS = {
    "da": "dd-MM-yyyy",
    "de": "dd.MM.yyyy",
    "nl": "d MMMM yyyy",
    "fr": "dd/MM/yyyy",
    "no": "dd.MM.yyyy",
    "en": "d MMMM yyyy",
}


def draw(*papers: Paper) -> bytes:
    """Return one PDF with a page for each paper; all must have the same parties and style."""
    import typst

    first = papers[0]
    wording = WORDINGS[first.language]
    content = {
        "style": first.style,
        "language": first.language,
        "title": f"{first.title or wording.titles[first.kind]} {first.number}",
        "words": {"recipient": _recipient_label(first, wording), "vat_id": wording.vat_id},
        "sender": _party(first.sender) | {"footer": _footer(first, wording), "contact": first.sender.email},
        "recipient": _party(first.recipient),
        "sheets": [_sheet(paper, WORDINGS[paper.language]) for paper in papers],
    }
    template = files("pipeline.demo.mailbox").joinpath("paper.typ").read_bytes()
    return bytes(typst.compile(template, format="pdf", sys_inputs={"paper": json.dumps(content)}))


def _recipient_label(paper: Paper, wording: Wording) -> str:
    return wording.supplier if paper.kind == "purchase_order" else wording.bill_to


def _sheet(paper: Paper, wording: Wording) -> dict[str, object]:
    return {
        "title": paper.title or wording.titles[paper.kind],
        "meta": _meta(paper, wording),
        "columns": list(wording.columns),
        "lines": [
            [
                line.item_code,
                line.description,
                _number(line.quantity, paper.language, "#,##0.##"),
                _amount(line.unit_price, paper.language),
                _amount(line.net_amount, paper.language),
            ]
            for line in paper.lines
        ],
        "totals": _totals(paper, wording),
        "notes": _notes(paper, wording),
    }


def _meta(paper: Paper, wording: Wording) -> list[Sequence[str]]:
    own = wording.order_own_number if paper.kind == "purchase_order" else wording.number
    rows = [(own, paper.number), (wording.date, _date(paper.issue_date, paper.language))]
    if paper.kind == "purchase_order":
        return [rows[0], (wording.order_date, rows[1][1])]
    if paper.kind == "invoice":
        rows.append((wording.due, _date(paper.due_date, paper.language)))
    if paper.order_number:
        rows.append((wording.order, paper.order_number))
    if paper.preceding_invoice:
        rows.append((wording.preceding, paper.preceding_invoice))
    return list(rows)


def _totals(paper: Paper, wording: Wording) -> list[Sequence[str]]:
    gross = paper.gross_total + paper.gross_misprint
    rate = _number(paper.tax_rate, paper.language, "#0.##")
    return [
        (wording.net, _amount(paper.net_total, paper.language)),
        (f"{wording.tax} {rate} %", _amount(paper.tax_total, paper.language)),
        (f"{wording.gross} EUR", _amount(gross, paper.language)),
    ]


def _notes(paper: Paper, wording: Wording) -> list[str]:
    notes = [] if paper.tax_rate or paper.kind == "purchase_order" else [wording.no_tax]
    if paper.kind == "invoice" and paper.seller.iban:
        notes.append(f"{wording.pay_to}: IBAN {_grouped(paper.seller.iban)}, BIC {paper.seller.bic}")
    return notes


def _footer(paper: Paper, wording: Wording) -> str:
    sender = paper.sender
    return f"{sender.name} · {sender.street} · {sender.postal_code} {sender.city} · {wording.vat_id} {sender.vat_id}"


def _party(party: DemoParty) -> dict[str, str]:
    return {
        "name": party.name,
        "street": party.street,
        "city": f"{party.postal_code} {party.city}",
        "vat_id": party.vat_id,
    }


def _grouped(iban: str) -> str:
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))


def _amount(value: Decimal, language: str) -> str:
    return _number(value, language, "#,##0.00")


def _number(value: Decimal, language: str, pattern: str) -> str:
    return str(format_decimal(value, pattern, locale=_LOCALES[language]))


def _date(value: date, language: str) -> str:
    return str(format_date(value, _DATE_PATTERNS[language], locale=_LOCALES[language]))
