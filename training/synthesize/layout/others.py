"""Further parties of a document, whose VAT ids and names are nobody's field, and all parties as framed boxes."""

from training.synthesize.content.party import Party, party
from training.synthesize.layout import identity
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, bold, boxed, grid, lines, lit, styled, words

_OTHERS = {"tax_representative": "tax_representative", "payee": "account_holder"}


def others(sheet: Sheet) -> list[tuple[str, list[Markup]]]:
    """Return heading and lines of a tax representative and a payee, of neither in most documents."""
    content, design = sheet.content, sheet.design
    if content.variant not in ("invoice", "credit_note") or not design.flag("parties.others", 0.12):
        return []
    which = design.choose("parties.which", {"tax_representative": 2.0, "payee": 2.0, "tax_representative payee": 2.0})
    found = []
    for name in which.split():
        one = party(content.seller.country, content.language, design.loose(f"party/{name}"))
        printed = [lit(one.name), *(lit(text) for text in one.address)]
        found.append((sheet.label(_OTHERS[name]), [*printed, *plain_numbers(sheet, one)]))
    return found


def plain_numbers(sheet: Sheet, one: Party) -> list[Markup]:
    """Return the numbers of a party that is neither seller nor buyer, without marks."""
    known = one.identity
    found = []
    if known.vat_id is not None:
        found.append((known.vat_label, known.vat_id.text))
    if known.registration is not None:
        found.append((known.registration.scheme, known.registration.number.text))
    if sheet.design.flag("others.gln", 0.3):
        found.append((sheet.label("gln"), one.gln))
    return [words(lit(identity.with_colon(sheet, label)), lit(text)) for label, text in found]


def extra_lines(sheet: Sheet, one: Party) -> list[Markup]:
    """Return lines that parties have in some documents: location number, customer number, contact, telephone."""
    design, role = sheet.design, sheet.role(one)
    found: list[tuple[str, str]] = []
    if design.flag(f"{role}.gln", 0.15):
        found.append(("gln", one.gln))
    if role == "buyer" and design.flag("buyer.customer_number", 0.12):
        found.append(("customer_number", design.loose("customer_number").digits(5)))
    if design.flag(f"{role}.contact", 0.12) and not one.private:
        found.append(("contact", one.person))
    if design.flag(f"{role}.phone", 0.1):
        found.append(("phone", one.phone))
    return [words(lit(identity.with_colon(sheet, sheet.label(key))), lit(text)) for key, text in found]


def party_boxes(sheet: Sheet, meta: Markup) -> Markup:
    """Return seller, buyer, delivery place and the others in frames of two or three columns, `meta` among them."""
    content, design = sheet.content, sheet.design
    delivery = content.delivery
    boxes = [
        (sheet.label("seller"), _party(sheet, content.seller)),
        (sheet.label("buyer"), _party(sheet, content.buyer)),
    ]
    if design.flag("boxes.buyer_first", 0.3):
        boxes.reverse()
    if delivery is not None:
        place = [lit(delivery.name), *sheet.address(delivery, "delivery_address")]
        more = plain_numbers(sheet, delivery) if delivery.name != content.buyer.name else []
        boxes.append((sheet.label("delivery_to"), [*place, *more]))
    boxes += others(sheet)
    made = [_framed(sheet, heading, body) for heading, body in boxes]
    if meta != NOTHING:
        frame = boxed(meta, "width: 100%", f"stroke: {sheet.style.rule}pt + luma(120)", "inset: 5pt")
        made.insert(
            min(len(made), int(design.choose("boxes.meta_at", {"0": 1.0, "1": 2.0, "2": 3.0, "3": 2.0}))), frame
        )
    across = 2 if len(made) < 3 or sheet.style.width < 480 or design.flag("boxes.two_columns", 0.75) else 3
    space = design.loose("boxes").fraction(3, 10)
    return grid(f"({'1fr, ' * across})", made, f"column-gutter: {space:.1f}pt", f"row-gutter: {space:.1f}pt")


def _party(sheet: Sheet, one: Party) -> list[Markup]:
    heavy = sheet.design.flag("boxes.bold_name", 0.4)
    name = bold(sheet.name(one)) if heavy else sheet.name(one)
    return [name, *sheet.address(one), *extra_lines(sheet, one), *identity.numbers(sheet, one)]


def _framed(sheet: Sheet, heading: str, body: list[Markup]) -> Markup:
    how = sheet.design.choose("boxes.look", {"framed": 4.0, "head_filled": 2.5, "tinted": 1.5, "bare": 1.5})
    ink = f"stroke: {sheet.style.rule}pt + luma(120)"
    head, inside = bold(lit(heading)), lines(body)
    if how == "head_filled":
        bar = boxed(head, "width: 100%", "fill: luma(225)", "inset: 3pt", "below: 0pt")
        return boxed(Markup(f"{{{bar}; {boxed(inside, 'inset: 4pt')}}}"), "width: 100%", ink)
    if how == "tinted":
        return boxed(
            lines([head, inside]), "width: 100%", f'fill: rgb("{sheet.style.accent}").lighten(88%)', "inset: 5pt"
        )
    if how == "bare":
        return boxed(lines([styled(head, "fill: luma(90)"), inside]), "width: 100%")
    return boxed(lines([head, inside]), "width: 100%", ink, "inset: 5pt")
