"""The title and the meta data: as table, label-value lines, label above value, running text, or one wide bar."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.domain.money import to_plain
from pipeline.domain.vocabulary import Kind
from training.synthesize.content.content import Entry
from training.synthesize.content.value import Value
from training.synthesize.layout.letterhead import fonts
from training.synthesize.layout.letterspacing import apart, tracking
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import (
    NOTHING,
    Markup,
    aligned,
    bold,
    boxed,
    grid,
    join,
    lines,
    lit,
    styled,
    words,
)
from training.synthesize.locales.wording import wording


def title(sheet: Sheet) -> Markup:
    """Return the document's title, perhaps with its number."""
    loose = sheet.design.loose("title")
    ways = sheet.words.titles.get(sheet.content.variant)
    if ways is None:
        return NOTHING
    text = loose.pick(ways)
    if sheet.design.flag("title.bilingual", 0.03):
        other = wording(sheet.second_language()).titles[sheet.content.variant]
        text = f"{text}{loose.pick((' / ', ' - ', ' '))}{loose.pick(other)}"
    how = sheet.design.choose("title.shape", TITLE_SHAPES)
    text = text.upper() if sheet.design.flag("title.upper", 0.25) else text
    number, dated = own_entries(sheet)
    labelled = how == "label_number"
    if labelled:
        text, how = _telling_label(sheet, number, ways), "with_number"
    mark, wider = _spaced(sheet, text)
    below_title = NOTHING
    if how in ("number_below", "number_right"):
        sign = loose.pick(("#", "# ", "", "No. " if sheet.content.language == "en" else ""))
        below_title = join(lit(sign), sheet.field(number.span, number.value))
    elif how != "alone":
        numbered = sheet.content.language == "en" and not labelled
        between = loose.pick((" ", " ", " # ", " no. ")) if numbered else " "
        mark = join(mark, lit(between), sheet.field(number.span, number.value))
        if how == "with_number_and_date":
            mark = join(mark, lit(loose.pick((", ", " / ", " - "))), sheet.field(dated.span, dated.value))
    longest = max(len(word) for word in f"{text} {number.value.text if how != 'alone' else ''}".split()) * wider
    size = min(sheet.style.size * loose.fraction(1.2, 2.4), 0.36 * sheet.style.width / (0.72 * longest))
    weight = loose.pick(('weight: "bold"', 'weight: "bold"', 'weight: "regular"'))
    large = styled(
        mark, f"size: {size:.1f}pt", weight, f"font: {fonts(sheet.style.heading)}", f'fill: rgb("{sheet.style.accent}")'
    )
    if how == "number_right":
        side = loose.pick(("right", "left"))
        return grid("(auto, 1fr)", [large, aligned(side, below_title)], "column-gutter: 10pt")
    placed = lines([large, below_title])
    return aligned("right", placed) if sheet.design.flag("title.right", 0.15) else placed


def _spaced(sheet: Sheet, text: str) -> tuple[Markup, float]:
    """Return the title's text, in some documents with space between its letters, and how much wider that makes it."""
    how = sheet.design.choose("title.spacing", {"none": 94.0, "blanks": 3.0, "tracked": 3.0})
    if how == "blanks":
        return lit(apart(text.upper())), 1.6
    if how == "tracked":
        setting, wider = tracking(sheet.design.loose("title.tracking"))
        return styled(lit(text), setting), wider
    return lit(text), 1.0


def _telling_label(sheet: Sheet, number: Entry, titles: Sequence[str]) -> str:
    """Return a label of the document's number that says what it is, else a title with the label of any number."""
    variant, loose = sheet.content.variant, sheet.design.loose("title.label")
    own, of_invoices = _stems(titles), _stems(sheet.words.titles["invoice"])
    ways = [
        way
        for way in sheet.words.labels[number.label]
        if any(stem in way.lower() for stem in own)
        and (variant == "invoice" or not any(stem in way.lower() for stem in of_invoices))
    ]
    # A confirmation's number is often called the order's.
    return loose.pick(ways) if ways and variant != "order_response" else loose.pick(titles)


def _stems(titles: Sequence[str]) -> set[str]:
    return {title.split()[0].lower()[:6] for title in titles}


def own_entries(sheet: Sheet) -> tuple[Entry, Entry]:
    """Return the document's own number and its date."""
    number, dated = sheet.content.meta[:2]
    return (dated, number) if number.span == "issue_date" else (number, dated)


def title_place(sheet: Sheet) -> str:
    """Return where the title stands: in most documents in the head, in some where nobody looks for it first."""
    if sheet.content.variant in ("letter", "contract", "flyer"):
        return "head"
    return sheet.design.choose("title.place", TITLE_PLACES)


def title_sentence(sheet: Sheet) -> Markup:
    """Return the title in a sentence with number and date, which are all the title that some documents have."""
    loose = sheet.design.loose("title.sentence")
    number, dated = own_entries(sheet)
    name = loose.pick(sheet.words.titles[sheet.content.variant])
    said = sheet.sentence(loose.pick(sheet.words.phrases["title_line"]), {"number": number, "date": dated}, title=name)
    return bold(said) if sheet.design.flag("title.sentence_bold", 0.4) else said


def entries_to_show(sheet: Sheet) -> list[Entry]:
    """Return the meta data without what the title says already."""
    entries = list(sheet.content.meta)
    if at_foot(sheet):
        entries = [e for e in entries if e.span != "due_date"]
    shape = sheet.design.choose("title.shape", TITLE_SHAPES)
    if is_bare(sheet) and sheet.design.flag("bare.few", 0.55):
        entries = [*entries[:2], *[e for e in entries[2:] if e.span is not None][:2]]
    moved = spoken_of(sheet)
    entries = [e for e in entries if e.span not in moved] + _amounts(sheet)
    if shape == "alone" or sheet.design.flag("title.repeated", 0.4):
        return entries
    said = [e for e in entries[:2] if shape == "with_number_and_date" or e.span != "issue_date"]
    return [e for e in entries if e not in said]


def spoken_of(sheet: Sheet) -> frozenset[str]:
    """Return the references that a sentence states instead of the meta data."""
    if sheet.design.traits.get("page.listing") == "yes":
        return frozenset()
    stated = {entry.span for entry in sheet.content.meta}
    return frozenset(
        span
        for span, likely in REFERENCES.items()
        if span in stated and sheet.design.flag(f"{span}.in_sentence", likely)
    )


def at_foot(sheet: Sheet) -> bool:
    """Say whether the due date stands with the payment, at the foot, instead of in the meta data."""
    return any(e.span == "due_date" for e in sheet.content.meta) and sheet.design.flag("due.at_foot", 0.2)


def is_bare(sheet: Sheet) -> bool:
    """Say whether the document has neither lines nor totals, only its meta data with the amounts among them."""
    plain = sheet.content.kind in (Kind.INVOICE, Kind.CREDIT_NOTE) and not sheet.content.gross_priced
    return plain and sheet.design.flag("bare", 0.1)


def _amounts(sheet: Sheet) -> list[Entry]:
    """Return the totals that the meta data states: all of a bare document, of others perhaps the amount due."""
    content = sheet.content
    totals, ways = content.totals, content.convention

    def entry(label: str, amount: Decimal, span: str | None) -> Entry:
        text = ways.amount(amount)
        shown = {"glued": f"{ways.sign}{text}", "code_after": f"{text} {ways.currency}"}.get(ways.money, text)
        return Entry(label, Value(shown if amount >= 0 else text, to_plain(amount)), span)

    due = entry("amount_due", totals.due, "amount_due")
    if is_bare(sheet):
        gross = entry("gross_total", totals.gross, "gross_total")
        if content.taxed not in ("standard", "mixed") or sheet.design.flag("bare.gross_only", 0.5):
            return [gross if sheet.design.flag("bare.gross", 0.6) or totals.due != totals.gross else due]
        net = entry("net_total", totals.net, "net_total")
        tax = Entry(content.tax_name, Value(ways.amount(totals.tax), to_plain(totals.tax)), "tax_total")
        return [net, tax, gross]
    if content.kind is Kind.INVOICE and content.items and sheet.design.flag("meta.amount_due", 0.1):
        return [due]
    return []


def labelled_entries(sheet: Sheet) -> list[tuple[Markup, Markup]]:
    """Return label and value of each statement of the meta data."""
    return [(_label(sheet, entry), sheet.field(entry.span, entry.value)) for entry in entries_to_show(sheet)]


def meta(sheet: Sheet) -> Markup:
    """Return the meta data as a block."""
    entries = entries_to_show(sheet)
    if not entries:
        return NOTHING
    shape = meta_shape(sheet)
    cells = [(_label(sheet, entry), sheet.field(entry.span, entry.value)) for entry in entries]
    if shape == "lines":
        return lines(words(*pair) for pair in cells)
    if shape in ("pairs", "pairs_right", "ruled", "boxed"):
        return _pairs(sheet, cells, shape)
    if shape == "above":
        return _above(cells)
    if shape == "bar":
        return _bar(sheet, cells)
    between = sheet.design.loose("meta").pick((", ", "   ", " | ", "; ", " · "))
    return join(*(piece for i, pair in enumerate(cells) for piece in ([lit(between)] if i else []) + [words(*pair)]))


REFERENCES = {"purchase_order_reference": 0.1, "preceding_invoice_reference": 0.3}
"""References that may stand in a sentence, and how often they do."""
TITLE_PLACES = {"head": 90.5, "corner": 3.0, "meta": 2.5, "foot": 1.0, "sentence": 3.0}
TITLE_SHAPES = {
    "alone": 8.0,
    "with_number": 3.5,
    "with_number_and_date": 1.6,
    "number_below": 1.4,
    "number_right": 0.8,
    "label_number": 0.6,
}
META_SHAPES = {
    "lines": 4.0,
    "pairs": 6.0,
    "pairs_right": 3.0,
    "ruled": 2.0,
    "boxed": 2.0,
    "above": 2.5,
    "bar": 3.8,
    "inline": 1.2,
}
_BARE_SHAPES = {"bar": 6.0, "pairs": 2.0, "boxed": 1.5, "ruled": 1.0, "lines": 1.0, "above": 1.0}
WIDE = frozenset({"bar", "inline"})


def meta_shape(sheet: Sheet) -> str:
    """Return the meta data's shape; without line table it is mostly a row of headings over a row of values."""
    return sheet.design.choose("meta.shape", _BARE_SHAPES if is_bare(sheet) else META_SHAPES)


def _label(sheet: Sheet, entry: Entry) -> Markup:
    shape = meta_shape(sheet)
    text = sheet.label(entry.label) if entry.label in sheet.words.labels else entry.label
    if shape == "bar" and sheet.design.flag("meta.bar_two_line_heads", 0.12):
        return bold(_in_two(text)) if sheet.design.flag("meta.bar_bold", 0.5) else _in_two(text)
    colon = "" if shape in ("above", "bar", "boxed") and sheet.design.flag("meta.no_colon", 0.7) else sheet.colon
    mark = lit(text if text.endswith((":", "#")) else text + colon)
    how = sheet.design.choose("meta.label_style", {"plain": 5.0, "bold": 3.0, "grey": 1.5, "small": 1.0})
    if how == "bold":
        return bold(mark)
    return styled(mark, "fill: luma(110)") if how == "grey" else sheet.small(mark, 0.82) if how == "small" else mark


def _in_two(text: str) -> Markup:
    """Part a label after its first word, as narrow columns do."""
    first, _, rest = text.partition(" ")
    return lines([lit(first), lit(rest)]) if rest else lit(text)


def _pairs(sheet: Sheet, cells: list[tuple[Markup, Markup]], shape: str) -> Markup:
    right = shape == "pairs_right" or sheet.design.flag("meta.values_right", 0.3)
    columns = (
        "(auto, auto)" if shape in ("pairs", "pairs_right") and sheet.design.flag("meta.tight", 0.7) else "(auto, 1fr)"
    )
    stroke = {
        "ruled": f"stroke: (bottom: {sheet.style.rule}pt + luma(170))",
        "boxed": f"stroke: {sheet.style.rule}pt + luma(90)",
    }.get(shape, "stroke: none")
    inset = {"ruled": "inset: (x: 2pt, y: 3pt)", "boxed": "inset: 3.5pt"}.get(shape, "inset: (x: 0pt, y: 1.6pt)")
    fill = (
        "fill: (c, _) => if c == 0 { luma(235) }"
        if shape == "boxed" and sheet.design.flag("meta.label_fill", 0.4)
        else ""
    )
    table = grid(
        columns,
        [cell for pair in cells for cell in pair],
        stroke,
        inset,
        fill,
        "column-gutter: 8pt" if shape in ("pairs", "pairs_right") else "",
        f"align: (left, {'right' if right else 'left'})",
        element="table",
    )
    return aligned("right", table) if shape == "pairs_right" else table


def _above(cells: list[tuple[Markup, Markup]]) -> Markup:
    across = 2 if len(cells) > 2 else 1
    return grid(f"({'1fr, ' * across})", [lines(pair) for pair in cells], "row-gutter: 7pt", "column-gutter: 8pt")


def _bar(sheet: Sheet, cells: list[tuple[Markup, Markup]]) -> Markup:
    """Return rows of labels above their values, across the page; in some documents so many that both wrap."""
    most = 3 if sheet.style.size > 9.5 else 4 if sheet.style.size > 8.2 else 5
    if sheet.design.flag("meta.bar_crowded", 0.25):
        most += 2
        cells = [(sheet.small(label, 0.8), sheet.small(value, 0.88)) for label, value in cells]
    if sheet.design.flag("meta.bar_even", 0.3):  # rows of one length: four and four instead of five and three
        most = -(-len(cells) // -(-len(cells) // most))
    bars = []
    framed = sheet.design.choose("meta.bar", {"framed": 3.0, "ruled": 2.0, "filled": 2.0, "bare": 2.0, "dark": 1.2})
    stroke = {"framed": f"{sheet.style.rule}pt + luma(110)", "ruled": f"(y: {sheet.style.rule}pt)"}.get(framed, "none")
    fill = "fill: (_, y) => if y == 0 { luma(228) }" if framed == "filled" else ""
    if framed == "dark":
        ink = "#444444" if sheet.style.accent in ("#000000", "#f9a825", "#e67e22") else sheet.style.accent
        fill = f'fill: (_, y) => if y == 0 {{ rgb("{ink}") }}'
        cells = [(styled(label, "fill: white"), value) for label, value in cells]
    for start in range(0, len(cells), most):
        part = cells[start : start + most]
        bars.append(
            grid(
                f"({'1fr, ' * len(part)})",
                [label for label, _ in part] + [value for _, value in part],
                f"stroke: {stroke}",
                fill,
                "inset: 4pt",
                element="table",
            )
        )
    return boxed(join(*bars), "width: 100%")
