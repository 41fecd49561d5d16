"""Composes a document's content: who, what, when, how much, and what else stands there to mislead."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from pipeline.domain.vocabulary import Kind
from training.synthesize.chance import Dice
from training.synthesize.content.accounts import account
from training.synthesize.content.content import Content, Item, OpenItem, Payment
from training.synthesize.content.convention import Convention, convention
from training.synthesize.content.faults import plant
from training.synthesize.content.goods import as_fares, item_count, items, with_deduction
from training.synthesize.content.meta import Numbers, meta_entries
from training.synthesize.content.party import Party, party
from training.synthesize.content.references import slip_reference
from training.synthesize.content.sums import add_up
from training.synthesize.locales.countries import HOMES, Country, country_of
from training.synthesize.locales.wording import LANGUAGES, Wording, wording

KINDS: dict[tuple[Kind, str], float] = {
    (Kind.INVOICE, "invoice"): 44.0,
    (Kind.CREDIT_NOTE, "credit_note"): 10.0,
    (Kind.PURCHASE_ORDER, "purchase_order"): 17.0,
    (Kind.ORDER_RESPONSE, "order_response"): 7.0,
    (Kind.RECEIPT, "receipt"): 8.0,
    (Kind.STATEMENT, "statement"): 4.0,
    (Kind.STATEMENT, "reminder"): 3.0,
    (Kind.OTHER, "quote"): 3.0,
    (Kind.OTHER, "delivery_note"): 2.5,
    (Kind.OTHER, "letter"): 2.0,
    (Kind.OTHER, "contract"): 1.0,
    (Kind.OTHER, "flyer"): 1.0,
}
_LANGUAGE_WEIGHTS = dict.fromkeys(LANGUAGES, 1.0) | {"en": 3.0, "da": 2.5, "de": 2.0, "fr": 1.3}
_FIRST_DAY, _LAST_DAY = date(2012, 1, 1), date(2027, 12, 31)
_FARES = 0.25  # the share of receipts for rides, nights and subscriptions
_TAKEN_BACK = 0.07  # the share of invoices with a line that takes goods back or takes something off
_WITHOUT_ITEMS = frozenset({"statement", "reminder", "letter", "contract", "flyer"})


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a document is at home and how it is taxed."""

    language: str
    country: Country
    foreign: str
    taxed: str
    rates: tuple[Decimal, ...]
    tax_name: str


def compose(dice: Dice, *, language: str | None = None, kind: Kind | None = None) -> Content:
    """Return a document's content; chance decides what is not given."""
    what, variant = dice.child("kind").weighted({k: w for k, w in KINDS.items() if kind is None or k[0] is kind})
    setting = _setting(language or dice.child("language").weighted(_LANGUAGE_WEIGHTS), what, dice.child("setting"))
    words = wording(setting.language)
    ways = _ways(setting, dice.child("convention"))
    seller, buyer, delivery = _parties(setting, what, dice.child("parties"))
    issued = _FIRST_DAY + timedelta(days=dice.child("date").between(0, (_LAST_DAY - _FIRST_DAY).days))
    gross_priced = _gross_priced(setting, what, buyer, dice.child("prices"))
    lines: tuple[Item, ...] = ()
    if variant not in _WITHOUT_ITEMS:
        count = dice.child("count").between(1, 9) if what is Kind.RECEIPT else item_count(dice.child("count"))
        lines = items(words, ways, setting.rates, count, issued, dice.child("items"))
    if what is Kind.RECEIPT and dice.child("fares").maybe(_FARES):
        lines = as_fares(lines, words, dice.child("fare names"))
    if variant == "invoice" and len(lines) > 1 and dice.child("taken back").maybe(_TAKEN_BACK):
        lines = with_deduction(lines, words, dice.child("deduction"))
    if what is Kind.CREDIT_NOTE and dice.child("sign").maybe(0.35):
        lines = tuple(replace(line, quantity=-line.quantity, net=-line.net) for line in lines)
    plain = what not in (Kind.INVOICE, Kind.ORDER_RESPONSE, Kind.PURCHASE_ORDER) or not lines or lines[0].net < 0
    sums = add_up(lines, setting.rates[0], ways.currency, dice.child("sums"), gross_priced=gross_priced, plain=plain)
    numbers = Numbers.draw(dice.child("numbers"))
    days = dice.child("days").pick((8, 10, 14, 14, 15, 20, 21, 28, 30, 30, 30, 45, 60, 0))
    content = Content(
        kind=what,
        variant=variant,
        language=setting.language,
        country=setting.country.code,
        convention=ways,
        seller=seller,
        buyer=buyer,
        delivery=delivery,
        meta=(),
        items=lines,
        charges=sums.charges,
        tax_rows=sums.tax_rows,
        totals=sums.totals,
        payment=_payment(setting, what, words, ways, days, dice.child("payment")),
        taxed=setting.taxed,
        tax_name=setting.tax_name,
        gross_priced=gross_priced,
        open_items=_open_items(numbers, issued, dice.child("open")) if what is Kind.STATEMENT else (),
        facts=_facts(ways, numbers, issued, dice.child("facts")),
    )
    if content.open_items:
        owed = sum((entry.amount for entry in content.open_items), Decimal(0))
        content = replace(content, totals=replace(content.totals, due=owed))
    content = replace(content, meta=meta_entries(content, numbers, issued, days, dice.child("meta")))
    return plant(content, dice.child("faults"))


def _setting(language: str, kind: Kind, dice: Dice) -> _Setting:
    country = country_of(dice.weighted(HOMES[language]))
    foreign = dice.maybe(0.12)
    others = [
        code for code in ("DK", "DE", "NL", "FR", "SE", "GB", "PL", "ES", "US", "NO", "IT") if code != country.code
    ]
    buyer = dice.pick(others) if foreign else country.code
    taxed = "standard"
    standard = Decimal(dice.pick(country.rates))
    rates: tuple[Decimal, ...] = (standard,)
    if kind in (Kind.PURCHASE_ORDER, Kind.OTHER) and dice.maybe(0.5):
        taxed, rates = "untaxed", (Decimal(0),)
    elif foreign and dice.maybe(0.7):
        taxed, rates = dice.pick(("reverse_charge", "exempt")), (Decimal(0),)
    elif not standard:
        taxed = "exempt"
    elif dice.maybe(0.14):
        taxed = "mixed"
        rates = tuple(
            dict.fromkeys(
                (Decimal(country.rates[0]), *(Decimal(r) for r in dice.sample(country.rates[1:], dice.pick((1, 1, 2)))))
            )
        )
    return _Setting(language, country, buyer, taxed, rates, dice.pick(country.taxes))


def _ways(setting: _Setting, dice: Dice) -> Convention:
    abroad = 0.35 if setting.foreign != setting.country.code else 0.03
    currency = dice.pick(("EUR", "EUR", "USD")) if dice.maybe(abroad) else setting.country.currency
    return convention(setting.country, setting.language, currency, dice)


def _parties(setting: _Setting, kind: Kind, dice: Dice) -> tuple[Party, Party, Party | None]:
    private = kind in (Kind.INVOICE, Kind.CREDIT_NOTE) and setting.foreign == setting.country.code and dice.maybe(0.12)
    seller = party(setting.country.code, setting.language, dice.child("seller"))
    buyer = party(setting.foreign, setting.language, dice.child("buyer"), private=private)
    if kind is Kind.PURCHASE_ORDER:
        seller, buyer = buyer, seller
    delivery = None
    if kind not in (Kind.RECEIPT, Kind.STATEMENT) and dice.maybe(0.3):
        place = party(buyer.country, setting.language, dice.child("delivery"))
        delivery = replace(place, name=buyer.name) if dice.maybe(0.6) else place
    return seller, buyer, delivery


def _gross_priced(setting: _Setting, kind: Kind, buyer: Party, dice: Dice) -> bool:
    if setting.taxed not in ("standard", "mixed") or setting.country.code in ("US", "CA"):
        return False
    likely = 0.85 if kind is Kind.RECEIPT else 0.5 if buyer.private else 0.03
    return dice.maybe(likely)


def _payment(setting: _Setting, kind: Kind, words: Wording, ways: Convention, days: int, dice: Dice) -> Payment:
    if kind not in (Kind.INVOICE, Kind.STATEMENT, Kind.ORDER_RESPONSE, Kind.CREDIT_NOTE, Kind.OTHER):
        return Payment(terms=_terms(words, ways, days, dice) if dice.maybe(0.5) else "")
    count = dice.weighted({0: 1.2, 1: 6.0, 2: 1.5, 3: 0.6})
    accounts = tuple(account(setting.country.code, dice.child(f"bank{n}")) for n in range(count))
    slip = (
        slip_reference(setting.country.code, dice.child("slip"))
        if kind in (Kind.INVOICE, Kind.STATEMENT) and dice.maybe(0.5)
        else None
    )
    scheme, reference, creditor = slip or ("", None, "")
    return Payment(accounts, reference, scheme, creditor, _terms(words, ways, days, dice))


def _terms(words: Wording, ways: Convention, days: int, dice: Dice) -> str:
    if not days:
        return dice.pick(words.phrases["terms_now"])
    if dice.maybe(0.15):
        percent = ways.percent(Decimal(dice.pick((2, 3))))
        return dice.pick(words.phrases["terms_discount"]).format(percent=percent, days=dice.pick((7, 8, 10)), net=days)
    return dice.pick(words.phrases["terms_net"]).format(days=days)


def _open_items(numbers: Numbers, issued: date, dice: Dice) -> tuple[OpenItem, ...]:
    rows = []
    for _ in range(dice.weighted({1: 2, 2: 3, 3: 3, 5: 2, 9: 1.5, 16: 1, 30: 0.5})):
        day = issued - timedelta(days=dice.between(5, 150))
        amount = dice.log_amount(20, 20_000) * (-1 if dice.maybe(0.1) else 1)
        rows.append(OpenItem(numbers.another(dice), day, day + timedelta(days=30), amount))
    rows.sort(key=lambda row: row.issued)
    return tuple(rows)


def _facts(ways: Convention, numbers: Numbers, issued: date, dice: Dice) -> dict[str, str]:
    return {
        "date": ways.date(issued + timedelta(days=dice.between(3, 60))).text,
        "date2": ways.date(issued - timedelta(days=dice.between(3, 60))).text,
        "amount": f"{ways.amount(dice.log_amount(50, 9000))} {ways.currency}",
        "amount2": f"{ways.amount(dice.log_amount(50, 900))} {ways.sign}",
        "number": numbers.another(dice),
        "percent": ways.percent(Decimal(dice.pick(("1", "1.5", "2", "8", "10", "25", "50")))),
    }
