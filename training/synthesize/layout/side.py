"""A side column: meta data, the issuer's contacts and banks beside the text, left or right of it, on the first page."""

from dataclasses import replace

from training.synthesize.layout import identity
from training.synthesize.layout.design import Design
from training.synthesize.layout.payment import bank
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.style import Style
from training.synthesize.layout.typst import Markup, aligned, bold, boxed, gap, join, lines, lit

_WIDE = 112.0  # of the column, in points
_APART = 14.0


def has_side(design: Design) -> bool:
    """Say whether the document has a side column."""
    return design.flag("page.side", 0.06)


def with_side(look: Style, design: Design) -> Style:
    """Return a style whose margin makes room for the side column."""
    left, top, right, bottom = look.margin
    more = _WIDE + _APART
    margin = (left + more, top, right, bottom) if _on_left(design) else (left, top, right + more, bottom)
    return replace(look, margin=margin, size=min(look.size, 9.0))


def _on_left(design: Design) -> bool:
    return design.choose("side.at", {"left": 1.0, "right": 1.0}) == "left"


def side_column(sheet: Sheet, facts: list[tuple[Markup, Markup]]) -> Markup:
    """Return the column, placed in the margin: label above value, then contacts, numbers and banks."""
    design, issuer = sheet.design, sheet.content.issuer
    parts = [lines([label, value]) for label, value in facts]
    if design.flag("side.contacts", 0.5):
        parts.append(lines([bold(sheet.name(issuer)), *identity.contacts(sheet, issuer, labelled=True)]))
    if design.flag("side.numbers", 0.4):
        parts += [lines(identity.numbers(sheet, issuer))]
    if design.flag("side.banks", 0.3) and issuer is sheet.content.seller:
        shown = [bank(sheet, account, "lines") for account in sheet.content.payment.accounts[:1]]
        parts += [lines([bold(lit(sheet.label("pay_heading"))), one]) for one in shown]
    space = gap(design.loose("side").fraction(5, 12))
    body = join(*(piece for i, part in enumerate(parts) for piece in ([space] if i else []) + [part]))
    look = design.choose("side.look", {"bare": 4.0, "filled": 2.0, "ruled": 2.0})
    settings = {
        "bare": (),
        "filled": ("fill: luma(238)", "inset: 5pt"),
        "ruled": (f"stroke: ({'right' if _on_left(design) else 'left'}: {sheet.style.rule}pt)", "inset: (x: 4pt)"),
    }[look]
    inner = aligned("left", sheet.small(body, 0.9)) if design.flag("side.flush_left", 0.8) else sheet.small(body, 0.9)
    column = boxed(inner, f"width: {_WIDE:.0f}pt", *settings)
    side, way = ("left", -1) if _on_left(design) else ("right", 1)
    down = design.loose("side.down").pick((0, 60, 110))
    return Markup(f"place(top + {side}, dx: {way * (_WIDE + _APART):.0f}pt, dy: {down}pt, {column})")
