"""Statements of account and reminders: open items instead of lines, and letters, which have neither."""

from decimal import Decimal

from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, aligned, below, bold, grid, lit, words


def open_items(sheet: Sheet) -> Markup:
    """Return the table of open items and the balance."""
    content, ways = sheet.content, sheet.content.convention
    order = sheet.design.choose(
        "open.order",
        {
            "number issued due amount": 3.0,
            "issued number amount": 2.0,
            "issued due number amount balance": 2.0,
            "number issued amount balance": 1.0,
        },
    ).split()
    heads = {
        "number": sheet.label("invoice_column"),
        "issued": sheet.label("issue_date"),
        "due": sheet.label("due_date"),
        "amount": sheet.label("amount"),
        "balance": sheet.label("balance"),
    }
    cells = [bold(lit(heads[name])) for name in order]
    running = Decimal(0)
    for item in content.open_items:
        running += item.amount
        texts = {
            "number": item.number,
            "issued": ways.date(item.issued).text,
            "due": ways.date(item.due).text,
            "amount": ways.amount(item.amount),
            "balance": ways.amount(running),
        }
        cells += [lit(texts[name]) for name in order]
    line = f"{sheet.style.rule}pt + luma(150)"
    stroke = {"all": line, "rows": f"(bottom: {line})", "none": "none"}[
        sheet.design.choose("open.rules", {"all": 2.0, "rows": 3.0, "none": 2.0})
    ]
    sides = ", ".join("right" if name in ("amount", "balance") else "left" for name in order)
    table = grid(
        f"({'1fr, ' * len(order)})", cells, f"stroke: {stroke}", f"align: ({sides})", "inset: 3.5pt", element="table"
    )
    balance = words(lit(sheet.label("balance") + sheet.colon), bold(sheet.money("amount_due", content.totals.due)))
    return below(table, aligned("right", balance))


def letter(sheet: Sheet) -> Markup:
    """Return a letter's subject and paragraphs."""
    loose = sheet.design.loose("letter")
    subject = bold(_phrase(sheet, loose.pick(sheet.words.phrases["subject"])))
    texts = loose.sample(sheet.words.phrases["letter"], loose.between(1, 4))
    signed = (
        below(sheet.phrase("closing"), lit(sheet.content.issuer.person), sheet.name(sheet.content.issuer))
        if sheet.design.flag("letter.signed", 0.7)
        else NOTHING
    )
    return below(
        subject if sheet.design.flag("letter.subject", 0.7) else NOTHING,
        sheet.phrase("greeting"),
        *(_phrase(sheet, text) for text in texts),
        signed,
    )


def _phrase(sheet: Sheet, text: str) -> Markup:
    for name, fact in sheet.content.facts.items():
        text = text.replace(f"{{{name}}}", fact)
    return lit(text)
