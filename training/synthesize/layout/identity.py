"""A party's numbers and contacts as lines: VAT id, registration, telephone, e-mail."""

from training.synthesize.content.party import Party
from training.synthesize.content.value import Value
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import Markup, lit, words


def numbers(sheet: Sheet, party: Party) -> list[Markup]:
    """Return the VAT id, the registration and the tax number, each with its label."""
    role, known = sheet.role(party), party.identity
    found: list[Markup] = []
    if known.vat_id is not None:
        label = (
            known.vat_label if role == "seller" or sheet.design.flag("buyer.vat_label", 0.5) else sheet.label("vat_id")
        )
        vat = sheet.field(f"{role}_vat_id", known.vat_id)
        found.append(vat if sheet.design.flag(f"{role}.vat_bare", 0.06) else _labelled(sheet, label, vat))
    if known.registration is not None:
        span = "seller_registration_id" if role == "seller" else None
        found.append(_labelled(sheet, known.registration.scheme, sheet.field(span, known.registration.number)))
    if known.tax_number is not None:
        found.append(_labelled(sheet, known.tax_number.scheme, lit(known.tax_number.number.text)))
    return found


def contacts(sheet: Sheet, party: Party, *, labelled: bool) -> list[Markup]:
    """Return telephone, e-mail and web address, those that this document shows."""
    shown = sheet.design.choose(
        "contacts",
        {"phone+email": 3.0, "phone+email+web": 3.0, "phone": 1.5, "email": 1.0, "email+web": 1.0, "none": 1.0},
    )
    email = sheet.field("seller_email" if sheet.role(party) == "seller" else None, Value(party.email, party.email))
    email = Markup(f"box({email})")  # a hyphen at a line's end may be printed twice
    pieces = {"phone": ("phone", lit(party.phone)), "email": ("email", email), "web": ("web", lit(party.web))}
    bare = not labelled
    return [
        pieces[name][1] if bare and name != "phone" else _labelled(sheet, sheet.label(pieces[name][0]), pieces[name][1])
        for name in shown.split("+")
        if name in pieces
    ]


def with_colon(sheet: Sheet, label: str) -> str:
    """Return a label with the colon that this document writes, if any."""
    return label if label.endswith((":", ".")) else label + (sheet.colon if sheet.colon == ":" else "")


def _labelled(sheet: Sheet, label: str, value: Markup) -> Markup:
    return words(lit(with_colon(sheet, label)), value)
