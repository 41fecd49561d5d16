"""Sentences: openings, tax notes, thanks, terms of sale."""

from pipeline.domain.vocabulary import Kind
from training.synthesize.layout.meta import spoken_of
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, below, boxed, join, lit

_INTRO = {
    "invoice": "intro_invoice",
    "credit_note": "intro_credit",
    "purchase_order": "intro_order",
    "order_response": "intro_response",
    "quote": "intro_quote",
    "delivery_note": "intro_delivery",
    "statement": "intro_statement",
    "reminder": "intro_reminder",
}


def opening(sheet: Sheet) -> Markup:
    """Return what stands between head and table in some documents."""
    key = _INTRO.get(sheet.content.variant)
    if key is None or not sheet.design.flag("notes.opening", 0.3):
        return NOTHING
    greeting = sheet.phrase("greeting") if sheet.design.flag("notes.greeting", 0.25) else NOTHING
    return below(greeting, sheet.phrase(key))


_SENTENCES = {
    "purchase_order_reference": "order_sentence",
    "preceding_invoice_reference": "credit_sentence",
}


def references(sheet: Sheet) -> Markup:
    """Return the sentences that state an order or the invoice that is credited, where the meta data does not."""
    found = []
    for entry in sheet.content.meta:
        if entry.span in spoken_of(sheet):
            key = _SENTENCES[entry.span]
            text = sheet.design.loose(f"phrase/{key}").pick(sheet.words.phrases[key])
            found.append(sheet.sentence(text, {"number": entry}))
    return below(*found)


def _of_other_papers(sheet: Sheet) -> list[Markup]:
    """Return sentences that name kinds of papers which this one is not."""
    content, design = sheet.content, sheet.design
    found = []
    if content.kind is Kind.PURCHASE_ORDER and design.flag("notes.state_number", 0.2):
        found.append(sheet.phrase("state_number"))
    if content.variant in ("order_response", "quote", "delivery_note") and design.flag("notes.not_an_invoice", 0.2):
        found.append(sheet.phrase("not_an_invoice"))
    if content.variant not in _PROSE and design.flag("notes.other_papers", 0.08):
        found.append(sheet.phrase("other_papers"))
    return found


_PROSE = ("letter", "contract", "flyer")


def closing(sheet: Sheet) -> Markup:
    """Return what stands below the totals: why no tax is charged, interest, retention, thanks."""
    content, design = sheet.content, sheet.design
    found: list[Markup] = []
    if content.taxed == "reverse_charge":
        found.append(sheet.phrase("reverse_charge"))
    if content.taxed == "exempt" and design.flag("notes.exempt", 0.7):
        found.append(sheet.phrase("exempt"))
    if content.gross_priced and design.flag("notes.prices_include", 0.4):
        found.append(sheet.phrase("prices_include", amount=content.convention.amount(content.totals.tax)))
    own = next((e for e in content.meta if e.span in ("invoice_number", "order_number")), None)
    if own is not None and design.flag("notes.quote_number", 0.14):
        before, _, after = (
            design.loose("phrase/quote_number").pick(sheet.words.phrases["quote_number"]).partition("{number}")
        )
        found.append(join(lit(before), sheet.field(own.span, own.value), lit(after)))
    extras = {"interest": 0.15, "retention": 0.12, "thanks": 0.3, "page_note": 0.05}
    found += [sheet.phrase(key, page="2") for key, likely in extras.items() if design.flag(f"notes.{key}", likely)]
    found += _of_other_papers(sheet)
    if design.flag("notes.signed", 0.15):
        found.append(below(sheet.phrase("closing"), lit(content.issuer.person)))
    if not found:
        return NOTHING
    block = below(*found)
    return (
        boxed(block, "width: 100%", f"stroke: {sheet.style.rule}pt + luma(140)", "inset: 5pt")
        if design.flag("notes.framed", 0.08)
        else block
    )
