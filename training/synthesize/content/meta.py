"""The meta data of a document: its number, dates and references, and the numbers and dates that look like them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.vocabulary import Kind
from training.synthesize.chance import Dice
from training.synthesize.content.content import Content, Entry
from training.synthesize.content.value import Value, same
from training.synthesize.locales.wording import wording

# "#" is a digit, "@" a capital, "Y" the year's digits.
_SHAPES = (
    "######",
    "#####",
    "####",
    "########",
    "YYYY-####",
    "YYYY####",
    "YYYY/####",
    "YY-####",
    "YY/#####",
    "@@######",
    "@@-#####",
    "@-######",
    "INV-#####",
    "INV####",
    "RE-YYYY-####",
    "F####",
    "FYY#####",
    "@@@YY###",
    "###-######",
    "##########",
    "####/YY",
    "####/YYYY",
    "#######-#",
    "@@@/YYYY/#####",
    "SI-######",
    "@#####",
    "###",
    "R YYYY-###",
    "YYYYMM##",
    "@@ ######",
    "0000####",
    "PO-#####",
    "#.###.###",
    "@@@-####-@@",
    "45########",
    "PO########",
    "#-#####",
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The shapes of a document's numbers; other numbers often have the document number's shape."""

    own: str
    other: str

    @classmethod
    def draw(cls, dice: Dice) -> "Numbers":
        own = dice.pick(_SHAPES)
        return cls(own, own if dice.maybe(0.5) else dice.pick(_SHAPES))

    def document(self, issued: date, dice: Dice) -> str:
        return _filled(self.own, issued, dice)

    def another(self, dice: Dice, issued: date = date(2024, 5, 1)) -> str:
        return _filled(self.other if dice.maybe(0.6) else self.own, issued, dice)


def _filled(shape: str, issued: date, dice: Dice) -> str:
    shape = (
        shape.replace("YYYY", f"{issued.year}")
        .replace("YY", f"{issued.year % 100:02d}")
        .replace("MM", f"{issued.month:02d}")
    )
    made, first = "", True
    for mark in shape:
        if mark == "#":
            made += dice.pick("123456789" if first else "0123456789")
            first = False
        else:
            made += dice.letters(1) if mark == "@" else mark
    return made


_OWN = {  # the label of a document's own number, the span it is, the label of its date
    "invoice": ("invoice_number", "invoice_number", "invoice_date"),
    "credit_note": ("credit_note_number", "invoice_number", "credit_note_date"),
    "purchase_order": ("order_number", "order_number", "order_date"),
    "order_response": ("response_number", None, "issue_date"),
    "receipt": ("receipt_number", "invoice_number", "issue_date"),
    "statement": ("customer_number", None, "issue_date"),
    "reminder": ("customer_number", None, "issue_date"),
    "quote": ("quote_number", None, "issue_date"),
    "delivery_note": ("delivery_note_number", None, "issue_date"),
    "letter": ("seller_reference", None, "issue_date"),
    "contract": ("contract_number", None, "issue_date"),
    "flyer": ("seller_reference", None, "issue_date"),
}


def meta_entries(content: Content, numbers: Numbers, issued: date, days: int, dice: Dice) -> tuple[Entry, ...]:
    """Return the meta data in the order of importance: own number and date first, then what may stand with them."""
    ways, kind = content.convention, content.kind
    label, span, date_label = _OWN[content.variant]
    own = Entry(label, same(numbers.document(issued, dice)), span)
    dated = Entry(date_label if dice.maybe(0.75) else "issue_date", ways.date(issued), "issue_date")
    head = [own, dated] if dice.maybe(0.7) else [dated, own]
    more: list[Entry] = []
    if kind in (Kind.INVOICE, Kind.STATEMENT) and days and content.variant != "statement" and dice.maybe(0.75):
        more.append(Entry("due_date", ways.date(issued + timedelta(days=days)), "due_date"))
    more += _references(content, numbers, issued, dice)
    if content.payment.terms and dice.maybe(0.4):
        more.append(Entry("payment_terms", same(content.payment.terms), "payment_terms"))
    if dice.maybe(0.12):
        more.append(Entry("currency", Value(ways.currency, ways.currency), "currency"))
    more += _distractors(content, numbers, issued, dice)
    kept = more if dice.maybe(0.8) else dice.shuffled(more)
    return (*head, *kept)


def _references(content: Content, numbers: Numbers, issued: date, dice: Dice) -> list[Entry]:
    ways, kind = content.convention, content.kind
    found: list[Entry] = []
    refers = kind in (Kind.INVOICE, Kind.CREDIT_NOTE, Kind.ORDER_RESPONSE) or content.variant == "delivery_note"
    if refers and dice.maybe(0.9 if kind is Kind.ORDER_RESPONSE else 0.5):
        found.append(Entry("purchase_order_reference", same(numbers.another(dice, issued)), "purchase_order_reference"))
    if kind is Kind.CREDIT_NOTE and dice.maybe(0.8):
        found.append(
            Entry("preceding_invoice_reference", same(numbers.document(issued, dice)), "preceding_invoice_reference")
        )
    if (refers or kind is Kind.PURCHASE_ORDER) and dice.maybe(0.3):
        text = dice.pick(
            (
                content.buyer.person,
                dice.pick(wording(content.language).goods["departments"]),
                f"{dice.letters(2)}{dice.digits(4)}",
                content.buyer.person,
            )
        )
        found.append(Entry("buyer_reference", same(text), "buyer_reference"))
    vat = content.buyer.identity.vat_id
    if vat is not None and kind is not Kind.PURCHASE_ORDER and content.variant != "letter" and dice.maybe(0.2):
        found.append(Entry("vat_id", vat, "buyer_vat_id"))
    likely = {Kind.PURCHASE_ORDER: 0.6, Kind.ORDER_RESPONSE: 0.6, Kind.INVOICE: 0.3}.get(kind, 0.1)
    if dice.maybe(likely) and content.variant not in ("statement", "reminder", "letter", "contract"):
        ahead = kind in (Kind.PURCHASE_ORDER, Kind.ORDER_RESPONSE)
        day = issued + timedelta(days=dice.between(2, 40)) if ahead else issued - timedelta(days=dice.between(0, 20))
        found.append(Entry("delivery_date", ways.date(day), "delivery_date"))
    return found


def _distractors(content: Content, numbers: Numbers, issued: date, dice: Dice) -> list[Entry]:
    """Return what is no field but looks like one."""
    ways = content.convention
    goods = wording(content.language).goods
    project = f"{dice.pick(goods['sections'])} {dice.between(1, 30)}"
    choices: dict[str, Callable[[], str]] = {
        "customer_number": lambda: (
            dice.digits(dice.between(4, 7)) if dice.maybe(0.6) else numbers.another(dice, issued)
        ),
        "seller_order_number": lambda: numbers.another(dice, issued),
        "delivery_note_number": lambda: numbers.another(dice, issued),
        "project": lambda: dice.pick((numbers.another(dice, issued), project)),
        "seller_reference": lambda: content.seller.person,
        "delivery_terms": lambda: (
            dice.pick(("EXW", "DAP", "FOB", "CIP", "DDP", "FCA")) + dice.pick(("", f" {content.seller.place[-1]}"))
        ),
        "shipping_method": lambda: dice.pick(("DHL", "UPS", "DSV", "GLS", "Schenker", "FedEx", "PostNord", "TNT")),
        "contract_number": lambda: numbers.another(dice, issued),
        "quote_number": lambda: numbers.another(dice, issued),
        "phone": lambda: content.seller.phone,
        "order_date": lambda: ways.date(issued - timedelta(days=dice.between(2, 60))).text,
        "period": lambda: f"{ways.date(issued - timedelta(days=30)).text} - {ways.date(issued).text}",
        "payment_method": lambda: dice.pick(
            ("SEPA", "VISA", "Mastercard", "PayPal", "EFT", "BACS" if content.country == "GB" else "IBAN")
        ),
        "weight": lambda: f"{ways.number(dice.log_amount(1, 900), 1)} kg",
    }
    taken = {_OWN[content.variant][0]} | ({"order_date"} if content.kind is Kind.PURCHASE_ORDER else set())
    if content.variant == "delivery_note":
        taken.add("delivery_note_number")
    names = [name for name in choices if name not in taken]
    count = dice.weighted({0: 3, 1: 4, 2: 4, 3: 3, 4: 2, 6: 1})
    return [Entry(name, same(choices[name]())) for name in dice.sample(names, count)]
