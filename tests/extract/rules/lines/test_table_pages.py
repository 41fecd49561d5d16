"""Tables as word processors set them: proportional type, rules, centred and wrapped cells, pages that break."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile
from tests.extract.rules.lines.table_reading import AMOUNTS, rows

typst = pytest.importorskip("typst")

_GOODS = {
    "da": ("Kontorstol med armlæn og nakkestøtte i sort læder", "Skruer 4x40 mm galvaniseret", "Kabel CAT6 10 m"),
    "sv": ("Skrivbord höj- och sänkbart 160x80 cm vit laminat", "Skruv 4x40 mm förzinkad", "Batteri AA 24-pack"),
    "no": ("Kontorstol med armlener og nakkestøtte i svart skinn", "Skruer 4x40 mm galvanisert", "Skjerm 27 tommer"),
    "es": ("Silla de oficina ergonómica con reposabrazos regulables", "Tornillos 4x40 mm", "Monitor 27 pulgadas"),
    "it": ("Sedia da ufficio ergonomica con braccioli regolabili", "Viti 4x40 mm zincate", "Cavo di rete CAT6"),
    "nl": (
        "Bureaustoel ergonomisch met armleuningen in zwart leer",
        "Schroeven 4x40 mm verzinkt",
        "Beeldscherm 27 inch",
    ),
}
_HEADINGS = {
    "da": ("Varenr.", "Beskrivelse", "Antal", "Stk. pris", "Beløb", "I alt", "Overført fra side 1"),
    "sv": ("Artikelnr", "Benämning", "Antal", "À-pris", "Belopp", "Att betala", "Transport från sida 1"),
    "no": ("Varenr.", "Varetekst", "Antall", "Pris", "Beløp", "Å betale", "Overført fra side 1"),
    "es": ("Ref.", "Descripción", "Cant.", "Precio", "Importe", "Total factura", "Suma anterior"),
    "it": ("Codice", "Descrizione", "Q.tà", "Prezzo unit.", "Importo", "Totale fattura", "Riporto"),
    "nl": ("Artikelnr.", "Omschrijving", "Aantal", "Prijs", "Bedrag", "Te betalen", "Transport van vorige pagina"),
}
_NUMBERS = ((Decimal(3), Decimal("1249.50")), (Decimal(100), Decimal("0.35")), (Decimal("2.5"), Decimal("80.00")))
_LANGUAGES = tuple(_GOODS)


def _money(value: Decimal, language: str) -> str:
    group = " " if language in ("sv", "no") else "."
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", group)


def _count(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _items(language: str) -> list[tuple[str, str, str, str]]:
    """The content of every table here: description, quantity, price and amount, as printed."""
    return [
        (name, _count(quantity), _money(price, language), _money(quantity * price, language))
        for name, (quantity, price) in zip(_GOODS[language], _NUMBERS, strict=True)
    ]


def _expected(language: str) -> list[tuple[str, str, str, str]]:
    values = (("3", "1249.5", "3748.5"), ("100", "0.35", "35"), ("2.5", "80", "200"))
    return [(name, *numbers) for name, numbers in zip(_GOODS[language], values, strict=True)]


def _page(language: str, *tables: str) -> str:
    total = f"#align(right)[*{_HEADINGS[language][5]}* #h(1cm) {_money(Decimal('3983.50'), language)}]"
    head = '#set page(paper: "a4", margin: 2cm)\n#set text(font: "Libertinus Serif", size: 10pt)\n*Faktura 10234*\n\n'
    return head + "\n#pagebreak()\nSide 2\n\n".join(tables) + "\n" + total


def _table(columns: str, align: str, headings: Sequence[str], cells: Sequence[str], rest: str = "") -> str:
    header = ", ".join(f"[*{h}*]" for h in headings)
    body = ", ".join(f"[{c}]" if not c.startswith("table.") else c for c in cells)
    return f"#table(columns: {columns}, align: {align}, {rest} table.header({header}), {body})\n"


def _read(source: str) -> Document:
    reader = FileReader(ocr=None, sandbox=False)
    found = reader.read(SourceFile("page.pdf", "application/pdf", typst.compile(source.encode())))
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_dense_table_without_rules(language: str) -> None:
    cells = [c for item in _items(language) for c in item]
    columns = "(1fr, auto, auto, auto)"
    table = _table(columns, "(left, right, right, right)", _HEADINGS[language][1:5], cells, "stroke: none, inset: 2pt,")
    assert rows(_read(_page(language, table)), *AMOUNTS) == _expected(language)


@pytest.mark.parametrize("align", ["top", "horizon", "bottom"])
@pytest.mark.parametrize("language", ["da", "es"])
def test_descriptions_wrapped_around_their_numbers(language: str, align: str) -> None:
    """Set at the bottom, a description's first lines stand above the numbers; set in the middle, on both sides."""
    cells = [c for n, item in enumerate(_items(language)) for c in (f"K-{100 + n}", *item)]
    aligned = ", ".join(f"{side} + {align}" for side in ("left", "left", "right", "right", "right"))
    table = _table("(2.4cm, 3.4cm, 2.5cm, 3cm, 3cm)", f"({aligned})", _HEADINGS[language][:5], cells)
    assert rows(_read(_page(language, table)), *AMOUNTS) == _expected(language)


@pytest.mark.parametrize("language", ["no", "it"])
def test_centred_headings_over_numbers_set_right(language: str) -> None:
    headings = [f"#align(center)[{h}]" for h in _HEADINGS[language][1:5]]
    cells = [c for item in _items(language) for c in item]
    table = _table("(1fr, 3cm, 3.5cm, 3.5cm)", "(left, right, right, right)", headings, cells)
    assert rows(_read(_page(language, table)), *AMOUNTS) == _expected(language)


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_no_headings(language: str) -> None:
    cells = [c for name, quantity, price, amount in _items(language) for c in (quantity, name, price, amount)]
    body = ", ".join(f"[{c}]" for c in cells)
    table = f"#table(columns: (auto, 1fr, auto, auto), stroke: none, align: (right, left, right, right), {body})\n"
    assert rows(_read(_page(language, table)), *AMOUNTS) == _expected(language)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_two_pages_with_the_sum_carried_over(language: str) -> None:
    columns, align, headings = "(1fr, auto, auto, auto)", "(left, right, right, right)", _HEADINGS[language][1:5]
    first, *others = _items(language)
    carried = (_HEADINGS[language][6], "", "", first[3])
    tables = (
        _table(columns, align, headings, [*first]),
        _table(columns, align, headings, [*carried, *(c for item in others for c in item)]),
    )
    assert rows(_read(_page(language, *tables)), *AMOUNTS) == _expected(language)


@pytest.mark.parametrize("language", ["da", "it"])
def test_small_print_below_a_description_is_left_out(language: str) -> None:
    cells = []
    for name, *numbers in _items(language):
        cells += [f"{name} \\ #text(size: 7pt)[EAN 5701234567890]", *numbers]
    table = _table("(1fr, auto, auto, auto)", "(left, right, right, right)", _HEADINGS[language][1:5], cells)
    assert rows(_read(_page(language, table)), *AMOUNTS) == _expected(language)


def test_a_description_on_a_line_of_its_own_above_the_numbers() -> None:
    cells = []
    for name, *numbers in _items("sv"):
        cells += [f"table.cell(colspan: 4)[{name}]", "AB-4711", *numbers]
    table = _table("(1fr, auto, auto, auto)", "(left, right, right, right)", _HEADINGS["sv"][1:5], cells, "inset: 3pt,")
    assert rows(_read(_page("sv", table)), *AMOUNTS) == _expected("sv")
