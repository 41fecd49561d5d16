"""Puts components together into one typst document."""

from collections.abc import Callable

from pipeline.domain.vocabulary import Kind
from training.synthesize.chance import Dice
from training.synthesize.content.content import Content
from training.synthesize.layout.design import Design
from training.synthesize.layout.footer import footer
from training.synthesize.layout.letterhead import fonts, letterhead
from training.synthesize.layout.listing import is_listing, listing
from training.synthesize.layout.meta import (
    WIDE,
    is_bare,
    labelled_entries,
    meta,
    meta_shape,
    title,
    title_place,
    title_sentence,
)
from training.synthesize.layout.notes import closing, opening, references
from training.synthesize.layout.paid import is_paid, paid
from training.synthesize.layout.parties import blocks
from training.synthesize.layout.payment import payment_block
from training.synthesize.layout.prose import contract, flyer, terms_page
from training.synthesize.layout.receipt import receipt
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.side import has_side, side_column, with_side
from training.synthesize.layout.slips import slip
from training.synthesize.layout.statement import letter, open_items
from training.synthesize.layout.strip import has_breakdown
from training.synthesize.layout.style import Style, strip_style, style
from training.synthesize.layout.table import framed, line_table
from training.synthesize.layout.tax_table import tax_table
from training.synthesize.layout.total_again import total_again
from training.synthesize.layout.totals import charge_rows, foot_rows, is_foot, total_shape, totals_block
from training.synthesize.layout.typst import NOTHING, Markup, aligned, below, gap, grid, join
from training.synthesize.locales.countries import country_of


def lay_out(content: Content, dice: Dice) -> tuple[str, Sheet]:
    """Return a document's typst source and the sheet with its marks and traits."""
    design = Design(dice)
    country = country_of(content.country)
    till = content.kind is Kind.RECEIPT and design.flag("receipt.strip", 0.62)
    look = strip_style(design) if till else style(country, design)
    if not till and not look.flipped and has_side(design):
        look = with_side(look, design)
    sheet = Sheet(content, look, design)
    if till:
        body, (foot, high) = receipt(sheet), (NOTHING, 0.0)
    else:
        body, (foot, high) = _body(sheet), footer(sheet)
    return f"{_settings(look, foot, high, sheet)}\n#{{\n{body}\n}}\n", sheet


def _settings(look: Style, foot: Markup, high: float, sheet: Sheet) -> str:
    left, top, right, bottom = look.margin
    if look.paper == "strip":
        paper = "width: 226pt, height: auto"
    else:
        paper = f'paper: "{look.paper}", flipped: {"true" if look.flipped else "false"}'
        bottom = max(bottom, 1.3 * high + 22)
    ink = sheet.design.loose("ink").pick(("luma(0)", "luma(0)", "luma(0)", "luma(45)", "luma(25)"))
    return "\n".join(
        (
            f"#set page({paper}, footer: {foot}, footer-descent: 22%)",
            f"#set page(margin: (left: {left:.1f}pt, top: {top:.1f}pt, right: {right:.1f}pt, bottom: {bottom:.1f}pt))",
            f"#set text(font: {fonts(look.fonts)}, size: {look.size}pt, fill: {ink}, hyphenate: false)",
            f'#set text(lang: "{sheet.content.language}")',
            f"#set par(leading: {look.leading}em, spacing: {look.leading + 0.45:.2f}em)",
        )
    )


def _body(sheet: Sheet) -> Markup:
    if is_listing(sheet):
        return listing(sheet)
    if sheet.content.variant == "flyer":
        return flyer(sheet)
    if is_paid(sheet):
        return paid(sheet)
    between = gap(11 * sheet.style.spread * sheet.design.loose("between").fraction(0.8, 1.2))
    parts = [*_head(sheet), references(sheet), opening(sheet), *_middle(sheet), *_end(sheet)]
    kept = [part for part in parts if part != NOTHING]
    return join(*(piece for i, part in enumerate(kept) for piece in ([between] if i else []) + [part]))


def _head(sheet: Sheet) -> list[Markup]:
    """Return letterhead, title, parties and meta data, in one of several orders."""
    design = sheet.design
    order = design.choose(
        "head.order",
        {
            "letterhead parties title": 5.0,
            "letterhead title parties": 4.0,
            "title letterhead parties": 1.5,
            "title+letterhead parties": 2.5,
            "letterhead+title parties": 2.5,
            "parties title": 2.0,
        },
    )
    wide = meta_shape(sheet) in WIDE
    apart = wide or design.flag("meta.apart", 0.2)
    beside = not sheet.style.flipped and has_side(design)
    place = title_place(sheet)
    facts = NOTHING if beside else meta(sheet)
    if place == "meta":
        facts, beside_title = (facts, title(sheet)) if beside else (below(title(sheet), facts), NOTHING)
    else:
        beside_title = title_sentence(sheet) if place == "sentence" else NOTHING
    made: dict[str, Callable[[], Markup]] = {
        "letterhead": lambda: letterhead(sheet),
        "title": lambda: title(sheet) if place == "head" else NOTHING,
        "parties": lambda: blocks(sheet, NOTHING if apart else facts),
    }
    rows = []
    for step in order.split():
        names = step.split("+")
        cells = [made[name]() for name in names]
        widths = "(2fr, 3fr)" if names[0] == "title" else "(3fr, 2fr)"
        rows.append(grid(widths, cells, "column-gutter: 12pt") if len(cells) > 1 else cells[0])
    if beside:
        rows.insert(0, side_column(sheet, labelled_entries(sheet)))
    elif apart:
        rows.insert(len(rows) - (1 if design.flag("meta.before_last", 0.4) else 0), facts)
    if place == "corner":
        rows.insert(0, aligned("right", title(sheet)))
    return [*rows, beside_title]


def _middle(sheet: Sheet) -> list[Markup]:
    content = sheet.content
    if content.open_items:
        return [open_items(sheet)]
    if content.variant == "letter":
        return [letter(sheet)]
    if content.variant == "contract":
        return [contract(sheet)]
    if is_bare(sheet):
        return []
    if is_foot(sheet):
        return [framed(sheet, line_table(sheet, [*charge_rows(sheet), *foot_rows(sheet)])), total_again(sheet)]
    table = framed(sheet, line_table(sheet, charge_rows(sheet)))
    priced = content.variant != "delivery_note" and "amount" in sheet.design.traits.get("table.columns", "amount")
    if not priced:
        return [table]
    again = total_again(sheet)
    inside = total_shape(sheet) == "strip" and has_breakdown(sheet)
    rates, sums = NOTHING if inside else tax_table(sheet), totals_block(sheet)
    if (
        rates != NOTHING
        and sheet.design.flag("tax_table.beside_totals", 0.5)
        and sheet.design.traits["totals.shape"] == "right"
    ):
        return [table, grid("(auto, 1fr)", [rates, sums], "column-gutter: 12pt"), again]
    stated = (sums, rates) if sheet.design.flag("tax_table.below_totals", 0.5) else (rates, sums)
    return [*stated, table, again] if sheet.design.flag("totals.above", 0.035) else [table, *stated, again]


def _end(sheet: Sheet) -> list[Markup]:
    if sheet.content.variant in ("letter", "contract"):
        return []
    pay = payment_block(sheet) if sheet.content.payment.terms or sheet.content.payment.accounts else NOTHING
    says = closing(sheet)
    order = [pay, says] if sheet.design.flag("end.payment_first", 0.65) else [says, pay]
    form = slip(sheet)
    last = title(sheet) if title_place(sheet) == "foot" else NOTHING
    return [*order, join(Markup("v(1fr)"), form) if form != NOTHING else NOTHING, last, terms_page(sheet)]
