"""The address blocks: recipient, delivery place, and the issuer where it stands opposite."""

from training.synthesize.content.party import Party
from training.synthesize.layout import identity
from training.synthesize.layout.letterhead import has_sender_line, sender_line
from training.synthesize.layout.others import extra_lines, others, party_boxes
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, below, bold, boxed, grid, lines, lit, styled, words
from training.synthesize.locales.countries import country_name


def recipient(sheet: Sheet) -> Markup:
    """Return the block of the one who gets the document."""
    party = sheet.content.recipient
    heading = sheet.design.choose("recipient.heading", {"none": 5.0, "above": 5.0, "before": 1.0})
    key = "supplier" if party is sheet.content.seller else "buyer"
    body = _block(sheet, party, numbers=sheet.design.flag("recipient.numbers", 0.42))
    if heading == "before":
        body[0] = words(lit(f"{sheet.label(key)}{sheet.colon}"), body[0])
    block = lines(body)
    if heading == "above":
        block = _headed(sheet, sheet.label(key), block)
    if has_sender_line(sheet):
        block = below(sender_line(sheet), block)
    return block


def issuer_block(sheet: Sheet) -> Markup:
    """Return the issuer as an address block with its heading ("From")."""
    party = sheet.content.issuer
    key = "seller" if party is sheet.content.seller else "buyer"
    return _headed(
        sheet, sheet.label(key), lines(_block(sheet, party, numbers=sheet.design.flag("issuer.numbers", 0.5)))
    )


def delivery(sheet: Sheet) -> Markup:
    """Return the block of the delivery address; nothing where the document names none."""
    party = sheet.content.delivery
    if party is None:
        return NOTHING
    return _headed(
        sheet, sheet.label("delivery_to"), lines([lit(party.name), *sheet.address(party, "delivery_address")])
    )


def _block(sheet: Sheet, party: Party, *, numbers: bool) -> list[Markup]:
    content, design = sheet.content, sheet.design
    abroad = content.seller.country != content.buyer.country
    country = (
        country_name(party.country, content.language)
        if (abroad and design.flag("country_abroad", 0.85)) or design.flag("country_always", 0.08)
        else ""
    )
    block = _name(sheet, party)
    attention = design.choose("recipient.attention", {"none": 7.0, "labelled": 1.5, "plain": 1.5})
    if attention != "none" and not party.private and party is content.recipient:
        block.append(
            lit(party.person) if attention == "plain" else lit(f"{sheet.label('contact')}{sheet.colon} {party.person}")
        )
    block += sheet.address(party, country=country.upper() if country and design.flag("country_upper", 0.2) else country)
    if numbers:
        block += identity.numbers(sheet, party)
    return [*block, *extra_lines(sheet, party)]


def _name(sheet: Sheet, party: Party) -> list[Markup]:
    """Return the name's lines: one, or two where the name is long or the column narrow; larger in some documents."""
    design = sheet.design
    likely = 0.2 if len(party.name) > 24 else 0.04
    own = sheet.name_in_two(party) if design.flag(f"{sheet.role(party)}.name_in_two", likely) else [sheet.name(party)]
    if design.flag("recipient.bold_name", 0.25):
        own = [bold(part) for part in own]
    if design.flag("recipient.large_name", 0.05):
        size = sheet.style.size * design.loose("large_name").fraction(1.2, 1.7)
        own = [styled(part, f"size: {size:.1f}pt") for part in own]
    return own


def _headed(sheet: Sheet, label: str, block: Markup) -> Markup:
    how = sheet.design.choose(
        "heading.style", {"bold": 4.0, "plain": 2.0, "small_grey": 2.5, "bar": 1.5, "framed": 1.2, "accent": 1.5}
    )
    text = lit(label + (sheet.colon if how in ("plain", "bold") else ""))
    if how == "bar":
        head = boxed(bold(text), "width: 100%", "fill: luma(225)", "inset: 3pt", "below: 4pt")
        return below(head, block)
    if how == "framed":
        return boxed(
            lines([sheet.small(text), block]), "width: 100%", f"stroke: {sheet.style.rule}pt + luma(120)", "inset: 5pt"
        )
    if how == "small_grey":
        return lines([sheet.small(styled(text, "fill: luma(110)"), 0.8), block])
    if how == "accent":
        return lines([styled(text, f'fill: rgb("{sheet.style.accent}")', 'weight: "bold"'), block])
    return lines([bold(text) if how == "bold" else text, block])


def blocks(sheet: Sheet, meta: Markup) -> Markup:
    """Return recipient, delivery place and `meta` in one of several arrangements."""
    shape = sheet.design.choose(
        "parties.shape",
        {
            "recipient_left": 6.0,
            "recipient_right": 3.0,
            "issuer_recipient": 3.0,
            "recipient_issuer": 1.0,
            "stacked": 2.0,
            "three": 1.5,
            "boxes": 1.8,
            "close": 1.4,
        },
    )
    if shape == "boxes":
        return party_boxes(sheet, meta)
    return below(_arranged(sheet, shape, meta), *(_headed(sheet, head, lines(body)) for head, body in others(sheet)))


def _arranged(sheet: Sheet, shape: str, meta: Markup) -> Markup:
    to, place = recipient(sheet), delivery(sheet)
    gutter = "column-gutter: 14pt"
    if shape == "recipient_left":
        return below(
            grid("(1fr, 1fr)" if meta != NOTHING else "(1fr,)", [to, *([meta] if meta != NOTHING else [])], gutter),
            place,
        )
    if shape == "recipient_right":
        return below(grid("(1fr, 1fr)", [meta, to], gutter), place)
    if shape == "stacked":
        return below(to, place, meta)
    own = issuer_block(sheet)
    if shape == "close":
        return below(
            _close(sheet, [to, own, place] if sheet.design.flag("close.recipient_first", 0.4) else [own, to, place]),
            meta,
        )
    first, second = (own, to) if shape != "recipient_issuer" else (to, own)
    if shape == "three" and place != NOTHING:
        return below(
            grid("(1fr, 1fr, 1fr)", [to, place, meta if meta != NOTHING else own], gutter),
            own if meta != NOTHING else NOTHING,
        )
    return below(grid("(1fr, 1fr)", [first, second], gutter), place, meta)


def _close(sheet: Sheet, blocks_in_order: list[Markup]) -> Markup:
    """Return blocks side by side with a gap of one to three blanks, so that lines of two parties look like one."""
    kept = [block for block in blocks_in_order if block != NOTHING]
    space = sheet.design.loose("close").fraction(0.35, 1.0) * sheet.style.size
    widths = sheet.design.choose("close.widths", {"auto": 3.0, "narrow": 1.0})
    if widths == "narrow":  # each as wide as a name of usual length: longer ones wrap
        kept = [
            boxed(block, f"width: {min(15 * sheet.style.size, sheet.style.width / len(kept) - space):.1f}pt")
            for block in kept
        ]
    return grid(f"({'auto, ' * len(kept)})", kept, f"column-gutter: {space:.1f}pt")
