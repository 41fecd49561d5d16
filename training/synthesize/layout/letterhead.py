"""The issuer's head: logo, name, address, contacts, in one of several places."""

from training.synthesize.layout import identity
from training.synthesize.layout.letterspacing import apart
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import (
    NOTHING,
    Markup,
    aligned,
    below,
    bold,
    boxed,
    gap,
    grid,
    join,
    lines,
    lit,
    rule,
    styled,
)


def letterhead(sheet: Sheet) -> Markup:
    """Return the head of the first page."""
    shape = sheet.design.choose(
        "letterhead.shape",
        {
            "name_left_details_right": 4.0,
            "name_right": 3.0,
            "centred": 2.0,
            "left": 4.0,
            "band": 1.5,
            "details_left_logo_right": 2.0,
            "name_only": 2.0,
            "logo_only": 1.5 if has_sender_line(sheet) else 0.0,
        },
    )
    details = _details(sheet)
    name = _name(sheet)
    if sheet.content.issuer.trade and shape not in ("details_left_logo_right", "logo_only"):
        details = [sheet.name(sheet.content.issuer), *details]
    if shape == "name_left_details_right":
        head = grid("(1fr, auto)", [name, aligned("right", sheet.small(lines(details)))])
    elif shape == "name_right":
        head = aligned("right", below(name, sheet.small(lines(details))))
    elif shape == "centred":
        between = sheet.design.loose("letterhead").pick((" · ", ", ", " | ", "  "))
        head = aligned("center", below(name, sheet.small(_in_a_row(details, between))))
    elif shape == "band":
        head = boxed(
            styled(grid("(1fr, auto)", [name, aligned("right", sheet.small(lines(details)))]), "fill: white"),
            "width: 100%",
            f'fill: rgb("{_dark(sheet.style.accent)}")',
            "inset: 8pt",
        )
    elif shape == "details_left_logo_right":
        head = grid("(1fr, auto)", [lines([bold(sheet.name(sheet.content.issuer)), *details]), _logo(sheet)])
    elif shape == "name_only":
        head = below(name, sheet.small(details[0])) if sheet.content.issuer.trade else name
    elif shape == "logo_only":
        head = aligned(sheet.design.choose("letterhead.logo_at", {"right": 3.0, "left": 2.0}), _logo(sheet))
    else:
        head = below(name, sheet.small(lines(details)))
    if shape != "band" and sheet.design.flag("letterhead.rule", 0.25):
        head = join(head, gap(6), rule(f'{sheet.style.rule}pt + rgb("{sheet.style.accent}")'))
    return head


_BETWEEN = (" · ", ", ", " - ", " | ", " • ", " * ", " / ", "  ", " – ", "; ")
_SENDER_LINES = {"de": 0.6, "fr": 0.4, "da": 0.4, "nl": 0.4, "nb": 0.35, "sv": 0.3, "en": 0.2}


def has_sender_line(sheet: Sheet) -> bool:
    """Say whether the sender's address stands in one line above the recipient's."""
    return sheet.design.flag("sender_line", _SENDER_LINES.get(sheet.content.language, 0.28))


def sender_line(sheet: Sheet) -> Markup:
    """Return the small line above the recipient's address in a window envelope."""
    issuer = sheet.content.issuer
    between = sheet.design.loose("sender_line").pick(_BETWEEN)
    shown = sheet.design.choose("sender_line.parts", {"all": 5.0, "name_and_place": 1.5, "name_and_street": 1.0})
    address = sheet.address(issuer) if shown == "all" else [lit(issuer.address[-1 if "place" in shown else 0])]
    parts = [sheet.name(issuer), *address]
    line = join(*(piece for i, part in enumerate(parts) for piece in ([lit(between)] if i else []) + [part]))
    small = sheet.small(line, sheet.design.loose("sender_line.size").pick((0.66, 0.72, 0.8, 0.9)))
    look = sheet.design.choose("sender_line.look", {"underlined": 4.0, "plain": 4.0, "ruled": 1.5, "grey": 1.5})
    if look == "ruled":
        return boxed(small, f"stroke: (bottom: {sheet.style.rule}pt)", "inset: (bottom: 2pt)")
    if look == "grey":
        return styled(small, "fill: luma(110)")
    return Markup(f"underline({small})") if look == "underlined" else small


def _details(sheet: Sheet) -> list[Markup]:
    issuer = sheet.content.issuer
    shown = sheet.design.choose(
        "letterhead.details",
        {
            "address": 3.0,
            "address+contacts": 4.0,
            "address+contacts+numbers": 4.0,
            "contacts": 1.0,
            "address+numbers": 2.0,
        },
    )
    found: list[Markup] = []
    if "address" in shown:
        address = sheet.address(issuer)
        found += (
            [join(*(p for i, part in enumerate(address) for p in ([lit(", ")] if i else []) + [part]))]
            if sheet.design.flag("letterhead.one_line_address", 0.15)
            else address
        )
    if "contacts" in shown:
        found += identity.contacts(sheet, issuer, labelled=sheet.design.flag("letterhead.contact_labels", 0.6))
    if "numbers" in shown:
        found += identity.numbers(sheet, issuer)
    return found


def _name(sheet: Sheet) -> Markup:
    """Return the issuer's name as its logo, large or plain, with or without a drawing beside it."""
    loose = sheet.design.loose("name")
    how = sheet.design.choose(
        "letterhead.name", {"large": 5.0, "bold": 4.0, "spaced": 0.7, "apart": 0.35, "plain": 1.5, "logo": 3.0}
    )
    issuer = sheet.content.issuer
    longest = max(len(word) for word in (issuer.trade or issuer.name).split())
    size = min(sheet.style.size * loose.fraction(1.5, 2.6), 0.4 * sheet.style.width / (0.72 * longest))
    banded = sheet.design.traits.get("letterhead.shape") == "band"
    tint = "fill: white" if banded else f'fill: rgb("{sheet.style.accent}")'
    face = f"font: {fonts(sheet.style.heading)}"
    name = _called(sheet)
    if how == "plain":
        return name
    if how == "bold":
        return styled(name, 'weight: "bold"', f"size: {sheet.style.size * 1.15:.1f}pt")
    if how == "spaced":
        wide = loose.pick(("0.5pt", "0.1em", "0.2em", "0.35em"))
        return styled(name, f"tracking: {wide}", f"size: {sheet.style.size * 1.2:.1f}pt", face)
    if how == "apart":
        text = apart((issuer.trade or issuer.name).upper())
        return styled(_called(sheet, text), f"size: {sheet.style.size * 1.1:.1f}pt", face, tint)
    large = styled(
        name,
        f"size: {size:.1f}pt",
        face,
        tint,
        loose.pick(('weight: "bold"', 'weight: "regular"', 'style: "italic"', 'weight: "bold"')),
    )
    if how == "large":
        return large
    return grid("(auto, auto)", [_logo(sheet), large], "column-gutter: 6pt", "align: horizon")


def _called(sheet: Sheet, text: str | None = None) -> Markup:
    """Print the name in the logo: the trade name is nobody's field where the legal one stands elsewhere."""
    issuer = sheet.content.issuer
    return lit(text or issuer.trade) if issuer.trade else sheet.name(issuer, text=text)


def _dark(ink: str) -> str:
    """Return an ink on which white letters can be read."""
    return "#444444" if ink in ("#f9a825", "#e67e22") else ink


def _logo(sheet: Sheet) -> Markup:
    """Return a drawn mark without words."""
    loose = sheet.design.loose("logo")
    size = loose.fraction(16, 44)
    fill = f'fill: rgb("{sheet.style.accent}")' if loose.maybe(0.8) else f'stroke: 2pt + rgb("{sheet.style.accent}")'
    shape = sheet.design.choose("logo", {"circle": 2.0, "square": 2.0, "bars": 1.5, "triangle": 1.0, "rings": 1.0})
    if shape == "circle":
        return Markup(f"circle(radius: {size / 2:.1f}pt, {fill})")
    if shape == "square":
        return Markup(f"rect(width: {size:.1f}pt, height: {size:.1f}pt, radius: {loose.between(0, 6)}pt, {fill})")
    if shape == "triangle":
        return Markup(f"polygon((0pt, {size:.1f}pt), ({size / 2:.1f}pt, 0pt), ({size:.1f}pt, {size:.1f}pt), {fill})")
    if shape == "rings":
        ring = f'circle(radius: {size / 3:.1f}pt, stroke: 1.5pt + rgb("{sheet.style.accent}"))'
        return Markup(f"stack(dir: ltr, spacing: -{size / 4:.1f}pt, {', '.join([ring] * 3)})")
    bars = (f"rect(width: {size / 6:.1f}pt, height: {n * size / 5:.1f}pt, {fill})" for n in range(1, 5))
    return Markup(f"stack(dir: ltr, spacing: 2pt, {', '.join(bars)})")


def _in_a_row(parts: list[Markup], between: str) -> Markup:
    return (
        join(*(piece for i, part in enumerate(parts) for piece in ([lit(between)] if i else []) + [part]))
        if parts
        else NOTHING
    )


def fonts(families: tuple[str, ...]) -> str:
    """Return font families as typst writes them."""
    return "(" + ", ".join(f'"{family}"' for family in families) + ",)"
