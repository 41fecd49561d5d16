"""How to pay: terms, bank connections, payment slips."""

from collections.abc import Sequence

from training.synthesize.content.accounts import Account
from training.synthesize.content.value import same
from training.synthesize.layout.meta import at_foot
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, below, bold, boxed, grid, join, lines, lit, words


def terms(sheet: Sheet) -> Markup:
    """Return the payment terms as a line, where the meta data does not state them."""
    content = sheet.content
    stated = any(entry.label == "payment_terms" for entry in content.meta)
    if not content.payment.terms or (stated and not sheet.design.flag("terms.repeated", 0.15)):
        return NOTHING
    value = sheet.field("payment_terms", same(content.payment.terms))
    return (
        value if sheet.design.flag("terms.bare", 0.4) else words(lit(sheet.label("payment_terms") + sheet.colon), value)
    )


def bank_block(sheet: Sheet) -> Markup:
    """Return the bank connections with a heading, one below the other or side by side."""
    accounts = sheet.content.payment.accounts
    if not accounts:
        return NOTHING
    shape = sheet.design.choose("banks.shape", {"lines": 4.0, "one_line": 3.0, "pairs": 2.5})
    if shape == "pairs" and len(accounts) > 1:
        shape = "lines"
    blocks = [bank(sheet, account, shape) for account in accounts]
    block = (
        blocks[0]
        if len(blocks) == 1
        else grid(f"({'1fr, ' * len(blocks)})", blocks, "column-gutter: 8pt")
        if shape != "one_line"
        else lines(blocks)
    )
    if sheet.design.flag("banks.heading", 0.55):
        block = lines([bold(lit(sheet.label("pay_heading") + sheet.colon)), block])
    return (
        boxed(block, f"stroke: {sheet.style.rule}pt + luma(120)", "inset: 5pt", "width: 100%")
        if sheet.design.flag("banks.framed", 0.12)
        else block
    )


def bank(sheet: Sheet, account: Account, shape: str) -> Markup:
    """Return one bank connection."""
    pairs = _pairs(sheet, account)
    if shape == "one_line":
        between = sheet.design.loose("banks").pick((", ", " · ", "  ", " / ", " | "))
        return join(
            *(piece for i, pair in enumerate(pairs) for piece in ([lit(between)] if i else []) + [words(*pair)])
        )
    if shape == "pairs":
        return grid(
            "(auto, auto)", [part for pair in pairs for part in pair], "column-gutter: 7pt", "row-gutter: 3.5pt"
        )
    return lines(words(*pair) for pair in pairs)


def _pairs(sheet: Sheet, account: Account) -> list[tuple[Markup, Markup]]:
    design = sheet.design
    colon = ":" if sheet.colon == ":" else ""
    pairs: list[tuple[Markup, Markup]] = []
    if design.flag("banks.name", 0.75):
        pairs.append(
            (lit(sheet.label("bank") + colon) if design.flag("banks.name_label", 0.55) else NOTHING, lit(account.bank))
        )
    if design.flag("banks.holder", 0.18):
        pairs.append((lit(sheet.label("account_holder") + colon), sheet.name(sheet.content.seller)))
    shown = design.choose("banks.numbers", {"iban": 5.0, "both": 2.5, "domestic": 2.5})
    if account.domestic and (shown != "iban" or account.iban is None):
        value = same(account.domestic_normal)
        texts = [text for _, text in account.domestic]
        # Of a sort code or routing number only the account that follows is the account number.
        own = [i for i, text in enumerate(texts) if _digits(text) and _digits(text) in _digits(account.domestic_normal)]
        marked = dict(zip(own, sheet.pieces("account_number", value, [lit(texts[i]) for i in own]), strict=True))
        pairs += [(lit(label + colon), marked.get(i, lit(text))) for i, (label, text) in enumerate(account.domestic)]
    if account.iban is not None and (shown != "domestic" or not account.domestic):
        iban = design.choose("banks.iban_label", {"IBAN": 6.0, "IBAN-nr.": 0.5, "IBAN No.": 0.7, "Iban": 0.6})
        pairs.append((lit(iban + colon), sheet.field("iban", account.iban)))
        if account.bic is not None and design.flag("banks.bic", 0.7):
            bic = design.choose(
                "banks.bic_label", {"BIC": 4.0, "SWIFT": 2.0, "BIC/SWIFT": 1.5, "SWIFT/BIC": 0.7, "Swift": 0.7}
            )
            pairs.append((lit(bic + colon), sheet.field("bic", account.bic)))
    return pairs


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def reference_line(sheet: Sheet) -> Markup:
    """Return the payment reference with its label, in documents without a slip."""
    payment = sheet.content.payment
    if payment.reference is None:
        return NOTHING
    label = {"fik": "FIK", "ocr": "OCR", "kid": "KID", "viite": "Viitenumero", "rf": "RF"}.get(payment.scheme)
    own = sheet.label("payment_reference")
    text = label if label and sheet.design.flag("reference.scheme_label", 0.6) else own
    return words(lit(text + sheet.colon), bold(sheet.field("payment_reference", payment.reference)))


def payment_block(sheet: Sheet, banks: Sequence[Markup] = ()) -> Markup:
    """Return due date, terms, reference and banks; `banks` in place of the usual block, where given."""
    return below(
        _due(sheet),
        NOTHING if at_foot(sheet) and sheet.design.choose("due.shape", DUE_SHAPES) == "sentence" else terms(sheet),
        reference_line(sheet) if sheet.design.choose("slip", SLIPS) == "line" else NOTHING,
        *(banks or [bank_block(sheet)]),
    )


def _due(sheet: Sheet) -> Markup:
    """Return the due date with its label, where it stands with the payment."""
    if not at_foot(sheet):
        return NOTHING
    entry = next(entry for entry in sheet.content.meta if entry.span == "due_date")
    value = sheet.field(entry.span, entry.value)
    label, how = sheet.label("due_date"), sheet.design.choose("due.shape", DUE_SHAPES)
    if how == "with_amount":
        owed = sheet.money("amount_due", sheet.content.totals.due)
        return words(lit(sheet.label("amount_due") + sheet.colon), join(owed, lit(",")), lit(label), value)
    if how == "boxed":
        cells = [lit(label), bold(value)]
        return grid("(auto, auto)", cells, f"stroke: {sheet.style.rule}pt", "inset: 4pt", element="table")
    if how == "sentence" and sheet.content.payment.terms:
        stated = sheet.field("payment_terms", same(sheet.content.payment.terms))
        lower = label if sheet.content.language == "de" else label[:1].lower() + label[1:]
        return join(stated, lit(f" ({lower} "), value, lit(")."))
    return words(lit(label + sheet.colon), bold(value) if sheet.design.flag("due.bold", 0.4) else value)


DUE_SHAPES = {"pair": 4.0, "with_amount": 1.5, "boxed": 1.5, "sentence": 3.0}
SLIPS = {"line": 6.0, "slip": 4.0}
