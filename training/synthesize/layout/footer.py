"""The foot of every page: the issuer's details in columns or a line, page numbers."""

import math
import re

from training.synthesize.layout import identity
from training.synthesize.layout.payment import bank
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, aligned, below, grid, join, lines, lit, rule, styled

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TARGET = re.compile(r'"field:[^"]*"')
_NARROWEST = 88.0  # points of a column: in a narrower one, e-mail addresses run into the next
FOOTERS = {"columns": 4.0, "line": 3.0, "page_only": 2.5, "none": 2.0}


def footer(sheet: Sheet) -> tuple[Markup, float]:
    """Return the footer's content and about how high it is in points."""
    shape = sheet.design.choose("footer.shape", FOOTERS)
    page = page_number(sheet)
    if shape == "none":
        return NOTHING, 0.0
    if shape == "page_only":
        return page, 12.0
    parts = _parts(sheet)
    points = min(7.5, sheet.style.size * 0.76)
    size = f"size: {points:.1f}pt"
    ink = "fill: luma(80)" if sheet.design.flag("footer.grey", 0.5) else ""
    if shape == "columns" and len(parts) * _NARROWEST <= sheet.style.width:
        body = grid(f"({'1fr, ' * len(parts)})", [lines(part) for part in parts], "column-gutter: 8pt")
        high = max(_rows(part, sheet.style.width / len(parts) - 8, points) for part in parts)
    else:
        between = sheet.design.loose("footer").pick((" · ", " | ", "  ", ", "))
        flat = [line for part in parts for line in part]
        body = aligned(
            "center", join(*(piece for i, line in enumerate(flat) for piece in ([lit(between)] if i else []) + [line]))
        )
        high = _rows([lit("".join(map(_printed, flat)) + " " * 3 * len(flat))], sheet.style.width, points)
    above = rule(f"{sheet.style.rule}pt + luma(120)") if sheet.design.flag("footer.rule", 0.5) else NOTHING
    return below(above, styled(body, size, ink), styled(page, size)), (high + 2.5) * points * 1.5


def _rows(part: list[Markup], width: float, points: float) -> float:
    """Return about how many rows lines of text take in a column."""
    return sum(math.ceil(len(_printed(line)) * 0.6 * points / width) for line in part)


def _printed(line: Markup) -> str:
    """Return the text of a line's markup."""
    return "".join(_LITERAL.findall(_TARGET.sub("", line)))


def _parts(sheet: Sheet) -> list[list[Markup]]:
    issuer = sheet.content.issuer
    shown = sheet.design.choose(
        "footer.parts",
        {
            "address+contacts+bank": 3.0,
            "address+contacts+bank+numbers": 4.0,
            "address+numbers": 2.0,
            "bank+numbers": 2.0,
            "contacts+numbers": 1.0,
        },
    )
    parts: list[list[Markup]] = []
    if "address" in shown:
        parts.append([sheet.name(issuer), *sheet.address(issuer)])
    if "contacts" in shown:
        parts.append(identity.contacts(sheet, issuer, labelled=True))
    if "bank" in shown and issuer is sheet.content.seller:
        shape = "one_line" if sheet.design.traits["footer.shape"] == "line" else "lines"
        parts += [[bank(sheet, account, shape)] for account in sheet.content.payment.accounts[:2]]
    if "numbers" in shown:
        parts.append(identity.numbers(sheet, issuer))
    return [part for part in parts if part] or [[sheet.name(issuer)]]


def page_number(sheet: Sheet) -> Markup:
    """Return the page number as this document writes it; nothing in some."""
    if not sheet.design.flag("page_number", 0.6):
        return NOTHING
    text = sheet.label("page").replace("{PAGE}", "{page}").replace("{PAGES}", "{pages}")
    filled = (
        lit(text)
        .replace("{pages}", '" + str(counter(page).final().first()) + "')
        .replace("{page}", '" + str(counter(page).get().first()) + "')
    )
    where = sheet.design.choose("page_number.at", {"right": 3.0, "center": 3.0, "left": 0.7})
    return aligned(where, Markup(f"context text({filled})"))
