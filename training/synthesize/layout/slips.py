"""Payment slips at the page's foot: Danish FIK, Nordic giro, Swiss QR bill, EPC QR code."""

import io

from training.synthesize.content.value import Value
from training.synthesize.layout.payment import SLIPS
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, below, bold, boxed, grid, join, lines, lit, styled


def slip(sheet: Sheet) -> Markup:
    """Return the slip that belongs to the payment's scheme; nothing in documents that have none."""
    payment = sheet.content.payment
    if payment.reference is None or sheet.design.choose("slip", SLIPS) != "slip" or not sheet.content.totals.due > 0:
        return NOTHING
    if payment.scheme == "qrr":
        return _swiss(sheet)
    if payment.scheme in ("rf", "ogm", "viite"):
        return _epc(sheet) if sheet.design.flag("slip.qr", 0.6) else _giro(sheet)
    return _giro(sheet)


def _amount(sheet: Sheet) -> Markup:
    ways = sheet.content.convention
    due = sheet.content.totals.due
    return sheet.number("amount_due", due, ways.amount(due))


def _giro(sheet: Sheet) -> Markup:
    """Return a giro form: payer left, payee right, the machine-readable line at its foot."""
    content = sheet.content
    payer = lines(
        [sheet.small(lit(sheet.label("buyer")), 0.75), sheet.name(content.buyer), *sheet.address(content.buyer)]
    )
    payee = lines(
        [
            sheet.small(lit(sheet.label("account_holder")), 0.75),
            sheet.name(content.seller),
            *sheet.address(content.seller),
        ]
    )
    due = next((entry for entry in content.meta if entry.label == "due_date"), None)
    dated = sheet.field("due_date", due.value) if due else NOTHING
    cells = [
        payer,
        payee,
        lines([sheet.small(lit(sheet.label("amount_due")), 0.75), _amount(sheet)]),
        lines([sheet.small(lit(sheet.label("due_date")), 0.75), dated]) if due else NOTHING,
    ]
    form = grid("(1fr, 1fr)", cells, f"stroke: {sheet.style.rule}pt", "inset: 5pt", element="table")
    return boxed(
        below(Markup('line(length: 100%, stroke: (dash: "dashed"))'), form, _machine_line(sheet)),
        "width: 100%",
        "breakable: false",
    )


def _machine_line(sheet: Sheet) -> Markup:
    payment = sheet.content.payment
    assert payment.reference is not None
    face = 'font: ("OCR B", "Liberation Mono", "DejaVu Sans Mono")'
    reference = sheet.field("payment_reference", payment.reference)
    if payment.scheme == "fik":
        return styled(reference, face, "size: 10pt")
    number = payment.reference.normal
    due = sheet.content.totals.due
    whole, cents = divmod(int(due * 100), 100)
    payee = payment.accounts[0].domestic_normal if payment.accounts else number[:7]
    tail = f" # {whole} {cents:02d} {number[-1]} > {payee}#41#"
    head = "H " if payment.scheme == "kid" else "# "
    return styled(join(lit(head), reference, lit(tail)), face, "size: 9.5pt")


def _swiss(sheet: Sheet) -> Markup:
    """Return a QR bill (Swiss Implementation Guidelines QR-bill 2.3): receipt, payment part, code."""
    content, payment = sheet.content, sheet.content.payment
    titles = {
        "de": ("Empfangsschein", "Zahlteil", "Konto / Zahlbar an", "Referenz", "Zahlbar durch", "Währung", "Betrag"),
        "fr": ("Récépissé", "Section paiement", "Compte / Payable à", "Référence", "Payable par", "Monnaie", "Montant"),
        "it": (
            "Ricevuta",
            "Sezione pagamento",
            "Conto / Pagabile a",
            "Riferimento",
            "Pagabile da",
            "Valuta",
            "Importo",
        ),
    }
    receipt, part, account, reference, payer, currency, amount = titles.get(content.language, titles["de"])
    iban = next((a.iban for a in payment.accounts if a.iban is not None), None)
    assert payment.reference is not None

    def side(title: str) -> Markup:
        return lines(
            [
                bold(lit(title)),
                sheet.small(bold(lit(account)), 0.75),
                sheet.field("iban", iban) if iban else NOTHING,
                sheet.name(content.seller),
                *sheet.address(content.seller),
                sheet.small(bold(lit(reference)), 0.75),
                sheet.field("payment_reference", payment.reference or Value("", "")),
                sheet.small(bold(lit(payer)), 0.75),
                sheet.name(content.buyer),
                *sheet.address(content.buyer),
            ]
        )

    def sum_of() -> Markup:
        ways = content.convention
        return grid(
            "(auto, auto)",
            [
                sheet.small(bold(lit(currency)), 0.75),
                sheet.small(bold(lit(amount)), 0.75),
                sheet.field("currency", Value(ways.currency, ways.currency)),
                _amount(sheet),
            ],
            "column-gutter: 10pt",
            "row-gutter: 3pt",
        )

    code = below(
        bold(lit(part)),
        qr_code(f"SPC\n0200\n1\n{iban.normal if iban else ''}\nQRR\n{payment.reference.normal}", 100),
        sum_of(),
    )
    form = grid(
        "(1fr, auto, 1.2fr)",
        [below(side(receipt), sum_of()), code, side(part)],
        "column-gutter: 10pt",
        "inset: 4pt",
        f"stroke: {sheet.style.rule}pt",
        element="table",
    )
    return boxed(styled(form, "size: 7.5pt"), "width: 100%", "breakable: false")


def _epc(sheet: Sheet) -> Markup:
    """Return an EPC QR code (EPC069-12) with the reference beside it."""
    payment, content = sheet.content.payment, sheet.content
    assert payment.reference is not None
    iban = next((a.iban.normal for a in payment.accounts if a.iban is not None), "")
    text = (
        f"BCD\n002\n1\nSCT\n\n{content.seller.name[:60]}\n{iban}\nEUR{content.totals.due}\n\n{payment.reference.normal}"
    )
    beside = lines(
        [lit(sheet.label("payment_reference") + sheet.colon), sheet.field("payment_reference", payment.reference)]
    )
    return grid("(auto, auto)", [qr_code(text, 70), beside], "column-gutter: 10pt", "align: horizon")


def qr_code(text: str, size: float) -> Markup:
    """Return a QR code as a picture of `size` points."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, svgns=True, border=0)
    return Markup(f'image(bytes({lit(out.getvalue().decode())}), format: "svg", width: {size}pt)')
