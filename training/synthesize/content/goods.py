"""Line items: what is sold, how much of it, at what price."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from pipeline.domain.figures import to_cents
from training.synthesize.chance import Dice
from training.synthesize.content.content import Item
from training.synthesize.content.convention import Convention
from training.synthesize.locales.countries import country_name
from training.synthesize.locales.wording import Wording

_COUNTS = {
    1: 16.0,
    2: 14.0,
    3: 13.0,
    4: 10.0,
    5: 8.0,
    6: 7.0,
    8: 6.0,
    10: 5.0,
    13: 4.0,
    18: 3.0,
    26: 2.0,
    40: 1.5,
    65: 0.8,
}
_GOODS_UNITS = {"piece": 12.0, "kilogram": 1.5, "metre": 1.5, "box": 2.0, "pack": 2.0, "litre": 1.0}
_SERVICE_UNITS = {"hour": 5.0, "month": 1.5, "day": 1.0, "flat": 1.5, "piece": 2.0}
_MANY_DETAILS = (
    "period",
    "labelled_number",
    "taken_off",
    "reckoned",
    "sub_serial",
    "sub_origin",
    "sub_delivery",
    "number",
    "text",
    "text",
)
_DIVISIBLE = frozenset({"kilogram", "metre", "litre", "hour", "day"})


def item_count(dice: Dice) -> int:
    """Return a number of lines: mostly few, now and then enough for several pages."""
    count = dice.weighted(_COUNTS)
    return count if count < 7 else count + dice.between(0, count // 3)


def items(
    wording: Wording, convention: Convention, rates: tuple[Decimal, ...], count: int, issued: date, dice: Dice
) -> tuple[Item, ...]:
    """Return `count` items of one seller: its codes, units and prices are of a kind."""
    trade = dice.weighted({"goods": 6.0, "services": 3.0, "both": 1.5})
    code_shape = dice.pick(
        (
            "#####",
            "######",
            "@@-####",
            "@###",
            "####-##",
            "@@@####",
            "##.###.##",
            "#########",
            "@####-@",
            "####",
            "@@ ### ##",
        )
    )
    step = dice.pick((1, 1, 1, 10, 100))
    discounts = dice.maybe(0.2)
    detailed = dice.weighted({"none": 5.0, "some": 2.0, "all": 1.0, "many": 0.9})
    sections = dice.sample(wording.goods["sections"], 1 + count // 5) if count >= 4 and dice.maybe(0.14) else []
    unit_names = {unit: dice.pick(ways) for unit, ways in wording.units.items()}
    price_top = dice.pick((40, 150, 600, 3000, 20000))
    made = []
    for index in range(count):
        service = trade == "services" or (trade == "both" and dice.maybe(0.4))
        unit = dice.weighted(_SERVICE_UNITS if service else _GOODS_UNITS)
        quantity = _quantity(unit, dice)
        price = _price(convention, price_top, dice)
        discount = (
            Decimal(dice.pick(("5", "10", "15", "20", "25", "30", "12.5", "40")))
            if discounts and dice.maybe(0.6)
            else None
        )
        net = to_cents(quantity * price * (1 - (discount or Decimal(0)) / 100))
        made.append(
            Item(
                position=str((index + 1) * step).zfill(3 if step == 10 else 1),
                code=_code(code_shape, dice),
                description=_description(wording, issued, dice, service=service),
                quantity=quantity,
                unit=unit_names[unit],
                price=price,
                net=net,
                rate=dice.pick(rates),
                details=_details_of_line(detailed, wording, convention, issued, dice),
                discount=discount,
                order_line=str(dice.between(1, 40) if step == 1 else dice.between(1, 40) * 10),
                section=sections[min(index * len(sections) // count, len(sections) - 1)] if sections else "",
                delivered=issued - timedelta(days=dice.between(0, 40)),
            )
        )
    return tuple(made)


def _quantity(unit: str, dice: Dice) -> Decimal:
    if unit in _DIVISIBLE and dice.maybe(0.6):
        step = dice.pick((Decimal("0.25"), Decimal("0.5"), Decimal("0.1"), Decimal("0.125")))
        return step * dice.between(1, 90)
    if unit in ("month", "flat"):
        return Decimal(dice.pick((1, 1, 1, 2, 3, 12)))
    return Decimal(
        dice.weighted(
            {
                1: 5,
                2: 4,
                3: 2,
                dice.between(4, 12): 4,
                dice.between(10, 60): 3,
                dice.between(50, 400): 1.2,
                dice.between(400, 12000): 0.3,
            }
        )
    )


def _price(convention: Convention, top: int, dice: Dice) -> Decimal:
    price = dice.log_amount(0.5, top)
    if convention.price_decimals > 2:
        places = Decimal(1).scaleb(-convention.price_decimals)
        return (price + Decimal(dice.between(0, 99)) * places).quantize(places)
    return dice.pick(
        (price, price, price.to_integral_value() + Decimal(0), price.to_integral_value() + Decimal("0.95"))
    ) or Decimal(1)


def _code(shape: str, dice: Dice) -> str:
    return "".join(dice.pick("0123456789") if c == "#" else dice.letters(1) if c == "@" else c for c in shape)


def _description(wording: Wording, issued: date, dice: Dice, *, service: bool) -> str:
    goods = wording.goods
    if service:
        base = dice.pick(goods["services"])
        if dice.maybe(0.2):
            month = f"{issued.month:02d}" if dice.maybe(0.5) else str(issued.month)
            return dice.pick(wording.phrases["months"]).format(month=month, year=issued.year)
        return f"{base}{dice.pick((' - ', ', ', ' – '))}{dice.pick(goods['sections'])}" if dice.maybe(0.3) else base
    base = _worded(wording, dice) if dice.maybe(0.3) else dice.pick(goods["products"])
    extra = dice.sample(goods["attributes"], dice.weighted({0: 4, 1: 5, 2: 2, 3: 0.6}))
    text = base + "".join(f"{dice.pick((', ', ' ', ' ', ' - '))}{attribute}" for attribute in extra)
    return dice.weighted(
        {text: 9.0, text.upper(): 1.0, f"{_measure(dice)} {text}": 0.6, f"{text} {_measure(dice)}": 1.0}
    )


def _worded(wording: Wording, dice: Dice) -> str:
    """Return one to four words of the trade in any order: descriptions are rarely ones that were seen before."""
    goods = wording.goods
    spoken = " ".join((*goods["products"], *goods["services"], *goods["attributes"]))
    picked = dice.sample(re.findall(r"\b[^\W\d_]{3,}\b", spoken), dice.weighted({1: 2, 2: 5, 3: 3, 4: 1}))
    text = " ".join(picked)
    return text.title() if dice.maybe(0.4) else text[:1].upper() + text[1:].lower()


def _measure(dice: Dice) -> str:
    """Return a number that is a part of a description: a size, a model, a pack."""
    number = dice.between(1, 60)
    return dice.pick(
        (
            f"{number} mm",
            f"{number} x {dice.between(2, 500)}",
            f"M{number}",
            f"{number} W",
            f"Typ {dice.letters(1)}{number}",
            f"{number}-pack",
            f"{number} GB",
            f"({number})",
            f"{number * 10} ml",
            f"#{number}",
            f"{number}/{dice.between(2, 30)}",
            f"20{dice.between(10, 29)}",
        )
    )


def with_deduction(lines: tuple[Item, ...], wording: Wording, dice: Dice) -> tuple[Item, ...]:
    """Return the lines with one of them below zero: goods taken back, or a discount as a line of its own.

    The other lines stay worth more, so that the sum stays above zero.
    """
    at = dice.between(0, len(lines) - 1) if dice.maybe(0.4) else len(lines) - 1
    rest = sum((line.net for index, line in enumerate(lines) if index != at), Decimal(0))
    worth = max(to_cents(rest * dice.between(2, 30) / 100), Decimal("0.01"))
    if rest <= worth:
        return lines
    rate = lines[at - 1].rate  # of a line that stays
    one = replace(lines[at], discount=None, price=worth, quantity=Decimal(1), net=-worth, rate=rate)
    if dice.maybe(0.5):
        made = replace(one, quantity=Decimal(-1))
    else:
        made = replace(one, price=-worth, description=dice.pick(wording.labels["discount_total"]), details=())
    return (*lines[:at], made, *lines[at + 1 :])


def as_fares(lines: tuple[Item, ...], wording: Wording, dice: Dice) -> tuple[Item, ...]:
    """Return lines as rides, hotels and subscriptions state them: few, one of each, a word or two."""
    names = dice.sample(wording.phrases["fares"], min(len(lines), dice.pick((1, 1, 2, 3, 4))))
    return tuple(
        replace(
            line, description=name, quantity=Decimal(1), net=to_cents(line.price), discount=None, details=(), section=""
        )
        for line, name in zip(lines, names, strict=False)
    )


def _details_of_line(
    detailed: str, wording: Wording, convention: Convention, issued: date, dice: Dice
) -> tuple[str, ...]:
    if detailed == "many" and dice.maybe(0.6):
        return tuple(
            _detail(dice.pick(_MANY_DETAILS), wording, convention, issued, dice) for _ in range(dice.between(2, 7))
        )
    if detailed == "all" or (detailed in ("some", "many") and dice.maybe(0.35)):
        return _details(wording, convention, issued, dice)
    return ()


def _details(wording: Wording, convention: Convention, issued: date, dice: Dice) -> tuple[str, ...]:
    """Return lines that stand below a description and are no part of it: numbers, dates, explanations."""
    wanted = dice.sample(
        ("sub_serial", "sub_origin", "sub_delivery", "number", "text", "text", *_MANY_DETAILS[:4]),
        dice.weighted({1: 6, 2: 3, 3: 1}),
    )
    return tuple(_detail(key, wording, convention, issued, dice) for key in wanted)


def _detail(key: str, wording: Wording, convention: Convention, issued: date, dice: Dice) -> str:
    if key == "number":
        scheme = dice.pick(("EAN", "GTIN", "SKU", "GTIN:", "EAN:", "UPC", "HS", "ID", "Ref.", "MPN"))
        return f"{scheme} {dice.digits(dice.pick((6, 8, 12, 13, 13)))}"
    if key == "text":
        start = dice.pick(("", "", "- ", "* ", "• ", "(", f"{dice.pick(wording.labels['description'])} "))
        parts = [_worded(wording, dice) for _ in range(dice.weighted({1: 3, 2: 3, 3: 1}))]
        return start + dice.pick((", ", " ", " - ")).join(parts) + (")" if start == "(" else "")
    if key == "period":
        begins = issued - timedelta(days=dice.between(20, 90))
        ends = begins + timedelta(days=dice.pick((6, 13, 29, 30, 89)))
        before = dice.pick(("", "", f"{dice.pick(wording.labels['period'])}: "))
        return f"{before}{convention.date(begins).text}{dice.pick((' - ', ' – ', '-'))}{convention.date(ends).text}"
    if key == "labelled_number":
        label = dice.pick(wording.labels[dice.pick(("item_code", "delivery_note_number", "contract_number"))])
        return f"{label.rstrip(':')}{dice.pick((' ', ': '))}{dice.digits(dice.between(3, 9))}"
    if key == "taken_off":
        off, amount = Decimal(dice.pick((5, 10, 15, 20))), convention.amount(dice.log_amount(1, 90))
        label = dice.pick(wording.labels["discount"]).replace("%", "").strip()
        return dice.pick((f"{label} {convention.percent(off)}", f"- {convention.percent(off)} {label} = {amount}"))
    if key == "reckoned":
        amount = convention.amount(dice.log_amount(1, 400))
        return f"{dice.between(2, 40)} x {amount}{dice.pick(('', f' {convention.currency}'))}"
    return dice.pick(wording.phrases[key]).format(
        number=f"{dice.letters(dice.between(0, 2))}{dice.digits(dice.between(5, 9))}",
        country=country_name(dice.pick(("DE", "GB", "FR", "NL")), wording.language),
        tariff=f"{dice.digits(4)} {dice.digits(2)} {dice.digits(2)}",
        date=convention.date(issued - timedelta(days=dice.between(1, 30))).text,
    )
