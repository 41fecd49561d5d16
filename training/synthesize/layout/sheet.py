"""One document while it is laid out: words for labels, values with their marks, money as the document writes it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.domain.money import to_plain
from training.synthesize.content.content import Content, Entry
from training.synthesize.content.party import Party
from training.synthesize.content.value import Value
from training.synthesize.layout.design import Design
from training.synthesize.layout.style import Style
from training.synthesize.layout.typst import NOTHING, Markup, join, lit, styled, words
from training.synthesize.locales.wording import LANGUAGES, Wording, wording


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked value: the span it is, its row (-1 for none), and what it means; pieces of one value share a mark."""

    span: str
    row: int
    value: Value


class Sheet:
    """What components need: the content, the style, the design, and printing with marks.

    `marks` lists every value printed; a mark's key in the PDF is `field:SPAN#ROW@INDEX`, its index the place here.
    """

    def __init__(self, content: Content, style: Style, design: Design) -> None:
        self.content = content
        self.style = style
        self.design = design
        self.words: Wording = wording(content.language)
        self.marks: list[Mark] = []
        self._labels: dict[str, str] = {}
        self._case = design.choose("label.case", {"as_is": 8.0, "upper": 1.2, "lower": 0.5})
        self._mixing = design.choose("label.language", {"own": 90.0, "bilingual": 6.0, "mixed": 4.0})

    def field(self, span: str | None, value: Value, row: int = -1, *, text: str | None = None) -> Markup:
        """Print a value (or `text` for it) and mark it; with span None it is printed only."""
        shown = lit(text if text is not None else value.text)
        return shown if span is None else self.pieces(span, value, [shown], row)[0]

    def pieces(self, span: str, value: Value, parts: Sequence[Markup], row: int = -1) -> list[Markup]:
        """Mark parts that together are one value."""
        if not value.text:
            return list(parts)
        key = f"field:{span}#{row}@{len(self.marks)}"
        self.marks.append(Mark(span, row, value))
        return [Markup(f'link("{key}", {part})') for part in parts]

    def label(self, key: str, **values: str) -> str:
        """Return the wording of a label; a document keeps to one for each key."""
        if key not in self._labels:
            dice = self.design.loose(f"label/{key}")
            source = self.words
            if self._mixing == "mixed" and dice.maybe(0.3):
                source = wording(dice.pick([language for language in LANGUAGES if language != self.content.language]))
            way = dice.pick(source.labels[key])
            if self._mixing == "bilingual":
                second = wording(self.second_language()).labels[key]
                way = f"{way}{self.design.loose('bilingual').pick((' / ', ' / ', ' - '))}{dice.pick(second)}"
            self._labels[key] = self._cased(way)
        filled = (
            self._labels[key].replace("{TAX}", "{tax}").replace("{RATE}", "{rate}").replace("{SECTION}", "{section}")
        )
        if "{tax}" in filled:
            filled = filled.replace("{tax}", self.content.tax_name)
        for name, text in values.items():
            filled = filled.replace(f"{{{name}}}", text)
        return filled

    def second_language(self) -> str:
        """Return the language of labels and titles that are in two."""
        return self.design.loose("bilingual").pick(self.words.bilingual)

    def _cased(self, way: str) -> str:
        if self._case == "upper":
            return way.upper()
        return way.lower() if self._case == "lower" and self.content.language != "de" else way

    def rated_label(self, key: str, rate: Decimal, row: int) -> Markup:
        """Print a label in which the tax rate may stand, marked as row `row` of the tax breakdown."""
        before, found, after = self.label(key).partition("{rate}")
        if not found:
            return lit(before)
        return join(
            *(lit(p) if isinstance(p, str) else p[0] for p in (before, [self.rate("tax.rate", rate, row)], after) if p)
        )

    def rate(self, span: str | None, rate: Decimal, row: int) -> Markup:
        """Print a tax rate with its percent sign."""
        return self.field(span, Value(self.content.convention.percent(rate), to_plain(rate)), row)

    def number(self, span: str | None, value: Decimal, text: str, row: int = -1) -> Markup:
        """Print a number that was formatted as `text`."""
        return self.field(span, Value(text, to_plain(value)), row)

    def money(
        self, span: str | None, value: Decimal, row: int = -1, *, currency: bool = True, decimals: int = 2
    ) -> Markup:
        """Print an amount, with the currency where the document's convention shows it and `currency` allows."""
        ways = self.content.convention
        amount = ways.amount(value, decimals)
        if not currency or ways.money == "none":
            return self.number(span, value, amount, row)
        if ways.money == "glued":
            text = f"-{ways.sign}{amount[1:]}" if amount.startswith("-") else f"{ways.sign}{amount}"
            return self.number(span, value, text, row)
        code = ways.currency if ways.money.startswith("code") else ways.sign
        sign = self.field("currency", Value(code, ways.currency))
        parts = (sign, self.number(span, value, amount, row))
        blank = Markup('"\\u{a0}"')
        first, second = parts if ways.money.endswith("before") else reversed(parts)
        return join(first, blank, second)

    def role(self, party: Party) -> str:
        """Return "seller" or "buyer"."""
        return "seller" if party is self.content.seller else "buyer"

    def name(self, party: Party, *, text: str | None = None) -> Markup:
        """Print a party's name (or `text` for it)."""
        return self.field(f"{self.role(party)}_name", Value(party.name, party.name), text=text)

    def name_in_two(self, party: Party) -> list[Markup]:
        """Print a party's name in two lines, parted where they are most alike; in one where it is a single word."""
        parts = party.name.split()
        if len(parts) < 2:
            return [self.name(party)]
        at = min(range(1, len(parts)), key=lambda n: abs(len(" ".join(parts[:n])) - len(" ".join(parts[n:]))))
        texts = (" ".join(parts[:at]), " ".join(parts[at:]))
        return self.pieces(f"{self.role(party)}_name", Value(party.name, party.name), [lit(text) for text in texts])

    def address(self, party: Party, span: str | None = None, *, country: str = "") -> list[Markup]:
        """Print an address, one markup a line; the country's name, where given, belongs to it."""
        texts = [*party.address, *((country,) if country else ())]
        value = Value(", ".join(texts), ", ".join(texts))
        return self.pieces(span or f"{self.role(party)}_address", value, [lit(text) for text in texts])

    def phrase(self, key: str, **values: str) -> Markup:
        """Print one of the sentences that stand under `key`."""
        return self.sentence(self.design.loose(f"phrase/{key}").pick(self.words.phrases[key]), None, **values)

    def sentence(self, text: str, marked: Mapping[str, Entry] | None = None, **values: str) -> Markup:
        """Print a sentence; `{seller}` and `{buyer}` in it are the parties' names, marked, and so are `marked` ones."""
        facts = {"tax": self.content.tax_name, **self.content.facts, **values}
        parties = {"seller": self.content.seller, "buyer": self.content.buyer}
        fields = marked or {}
        made: list[Markup] = []
        for part in re.split(r"(\{\w+\})", text):
            name = part[1:-1]
            if part.startswith("{") and name in parties:
                made.append(self.name(parties[name]))
            elif part.startswith("{") and name in fields:
                made.append(self.field(fields[name].span, fields[name].value))
            elif part:
                made.append(lit(_filled(part, facts)))
        return join(*made)

    def small(self, content: Markup, factor: float = 0.85) -> Markup:
        return styled(content, f"size: {self.style.size * factor:.2f}pt")

    def pair(self, label: str, value: Markup, *, colon: str = ":") -> Markup:
        """Print a label and its value in one line."""
        return (
            words(lit(f"{label}{colon}" if label and not label.endswith((":", "#")) else label), value)
            if value != NOTHING
            else NOTHING
        )

    @property
    def colon(self) -> str:
        """What stands between label and value, the same throughout the document."""
        return {"colon": ":", "none": "", "blank_colon": " :", "dots": " ..."}[
            self.design.choose("label.colon", {"colon": 6.0, "none": 4.0, "blank_colon": 1.0, "dots": 0.25})
        ]


def _filled(text: str, facts: dict[str, str]) -> str:
    for name, fact in facts.items():
        text = text.replace(f"{{{name}}}", fact)
    return text
