"""The entrance: a document and its scores in, an extraction with its evidence out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.decode.chances import chance_of_words
from models.decode.header import choose_header, date_checks
from models.decode.lines import Row, as_item, chance_of_cell, choose_rows, line_sum, rates_of, ruled_rows, says_enough
from models.decode.options import Option, Sources, options_of
from models.decode.rows import Cells, rows_of
from models.decode.spans import spans_of
from models.decode.totals import Checks, Known, Weighed, checks_of, choose_totals
from models.decode.values import NUMBERS, currency_in
from models.decode.weighing import WEIGHTS, Weights, chance_of, logit, weight_of
from models.decode.words import Words
from models.evidence import Evidence
from models.scores import Scores
from pipeline.domain.document import Document
from pipeline.domain.extraction import Extraction, Field, KindGuess, LineItem, ModelVersion, Source, TaxSubtotal
from pipeline.domain.vocabulary import AMOUNT_FIELDS, HeaderField, Kind
from pipeline.extract.rules.header.header import Header, header_of
from pipeline.extract.rules.lines.table import find_line_items
from pipeline.extract.rules.page.candidates import Candidate, candidates_of
from pipeline.extract.rules.page.layout import layout_of
from pipeline.extract.rules.writing.conventions import Conventions, conventions_of

_TAX_PARTS = ("rate", "taxable_amount", "tax_amount")
_MOST = 3.0
_ALTERNATIVES = 3
_SILENT_KIND = 0.3
_UNSEEN_KIND = 0.25
"""The least chance that the network's silence on a kind stands for: a title may say what a page does not look like."""
_SEEN_KIND = 0.75
"""How far the network counts: against a page that it is sure of only a title stands that leaves no doubt."""
_OWED = frozenset({HeaderField.AMOUNT_DUE, HeaderField.PREPAID_AMOUNT})
_SOLD = frozenset({HeaderField.NET_TOTAL, HeaderField.TAX_TOTAL, HeaderField.GROSS_TOTAL})
_NEVER_STATED: Mapping[Kind, frozenset[HeaderField]] = {
    Kind.PURCHASE_ORDER: _OWED,
    Kind.ORDER_RESPONSE: _OWED,
    Kind.STATEMENT: _SOLD,
}
"""Orders ask for no payment; a statement of account tells what is owed of earlier sales, and sells nothing."""
_PROVES = 0.8
"""What every check that holds adds to a value's log odds, and one that does not takes away."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What was read, and what speaks for each value: `invoice_number`, `lines.3.quantity`, `tax.0.rate`, `kind`.

    Confidences in `extraction` are not calibrated.
    """

    extraction: Extraction
    evidence: Mapping[str, Evidence]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules read of the same document."""

    conventions: Conventions
    candidates: Sequence[Candidate]
    header: Header
    lines: Sequence[LineItem]


def rules_of(document: Document) -> Ruled:
    """Read a document by rules."""
    conventions = conventions_of(document)
    lines = find_line_items(document, conventions)
    layout = layout_of(document)
    candidates = candidates_of(layout, conventions)
    return Ruled(conventions, candidates, header_of(document, layout, candidates, conventions, lines), lines)


def decode(
    document: Document, scores: Scores, model: ModelVersion, ruled: Ruled | None = None, weights: Weights = WEIGHTS
) -> Decoded:
    """Return the most probable consistent reading of a document."""
    return _Decoder(document, scores, ruled or rules_of(document), weights).decode(model)


class _Decoder:
    """One document on its way."""

    def __init__(self, document: Document, scores: Scores, ruled: Ruled, weights: Weights) -> None:
        self.document, self.scores, self.ruled, self.weights = document, scores, ruled, weights
        self.words = Words.of(document.pages)
        self.printed = Counter(candidate.value for candidate in ruled.candidates)
        self.evidence: dict[str, Evidence] = {}

    def decode(self, model: ModelVersion) -> Decoded:
        kind = self._kind()
        stated = [name for name in HeaderField if name not in _NEVER_STATED.get(kind.value, ())]
        spans = spans_of(self.words, self.scores)
        header = self.ruled.header
        sources = Sources(self.words, self.scores, spans, self.ruled.candidates, header.fields, self.ruled.conventions)
        options = {name: self._weighed(name, options_of(name, sources)) for name in stated}
        tagged = rows_of(self.words, self.scores, self.ruled.conventions)
        by_rules = ruled_rows(self.ruled.lines, self.words, self.scores)
        lines = [cells for cells in tagged.lines if says_enough(cells)]
        rows = choose_rows(lines, by_rules, _likely_totals(options), self.weights.of_lines)
        known = Known(line_sum([r.cells for r in rows]), rates_of([*(r.cells for r in rows), *tagged.taxes]))
        chosen = choose_header(options, ordered=kind.value is Kind.PURCHASE_ORDER) | choose_totals(options, known)
        checks = {**date_checks(chosen), **checks_of({n: w for n, w in chosen.items() if n in AMOUNT_FIELDS}, known)}
        fields = {
            name: self._field(name, chosen[name], options[name], checks.get(name, Checks()))
            for name in stated
            if name in chosen
        }
        if HeaderField.CURRENCY not in fields and (beside := self._currency_beside(chosen)) is not None:
            fields[HeaderField.CURRENCY] = beside
        extraction = Extraction(
            file=self.document.file,
            sha256=self.document.sha256,
            pages=self.document.file_pages or len(self.document.pages),
            words_from=self.document.words_from,
            kind=kind,
            model=model,
            fields=fields,
            tax_breakdown=self._taxes(tagged.taxes),
            lines=self._lines(rows),
            findings=self.document.findings,
            first_page=self.document.first_page,
            last_page=self.document.last_page,
        )
        return Decoded(extraction, self.evidence)

    def _weighed(self, name: HeaderField, options: Sequence[Option]) -> list[Weighed]:
        said = self.ruled.header.fields.get(name)
        confidence = said.confidence if said else 0.0
        if name is HeaderField.PAYMENT_TERMS:
            options = _completed(options)
        weighed = [Weighed(option, weight_of(option, confidence, self.weights)) for option in options]
        return sorted(weighed, key=lambda w: -w.weight)

    def _field(self, name: HeaderField, chosen: Weighed, options: Sequence[Weighed], checks: Checks) -> Field:
        option = chosen.option
        others = [w for w in options if w.option.key != option.key]
        rival = max((max(w.option.model, w.option.rules) for w in others), default=0.0)
        second = max((w.weight for w in others), default=float("-inf"))
        self.evidence[name] = Evidence(
            model=option.model,
            rules=option.rules,
            rival=rival,
            lead=max(0.0, chance_of(chosen.weight) - (chance_of(second) if others else 0.0)),
            held=min(float(checks.held), _MOST),
            broken=min(float(checks.broken), _MOST),
            repeated=min(float(self.printed[option.value]), _MOST),
            proven=float(option.proven),
            reader=option.reader,
        )
        chance = chance_of(chosen.weight + _PROVES * (checks.held - checks.broken))
        alternatives = tuple(
            _as_field(w.option, round(min(chance_of(w.weight), 1 - chance), 3)) for w in others[:_ALTERNATIVES]
        )
        return _as_field(option, round(chance, 4), alternatives)

    def _currency_beside(self, chosen: Mapping[HeaderField, Weighed]) -> Field | None:
        """Return the currency that most amounts carry, where no word was taken for one."""
        shown = [
            (code, w.option)
            for name, w in chosen.items()
            if name in NUMBERS and (code := currency_in(w.option.text, self.ruled.conventions))
        ]
        if not shown:
            return None
        code = Counter(code for code, _ in shown).most_common(1)[0][0]
        option = next(option for found, option in shown if found == code)
        self.evidence[HeaderField.CURRENCY] = Evidence(model=option.model, reader=option.reader)
        return _as_field(replace(option, value=code, rules=0.0), round(option.model, 4))

    def _kind(self) -> KindGuess:
        """Return the kind that network and rules together make likeliest."""
        said = self.ruled.header.kind
        weights = {}
        for number, kind in enumerate(Kind):
            by_rules = said.confidence if kind is said.value else min(_SILENT_KIND, 1 - said.confidence)
            seen = max(float(self.scores.kinds[number]), _UNSEEN_KIND)
            weights[kind] = _SEEN_KIND * logit(seen) + logit(by_rules)
        ranked = sorted(weights, key=lambda kind: -weights[kind])
        best, second = ranked[0], ranked[1]
        own = float(self.scores.kinds[list(Kind).index(best)])
        self.evidence["kind"] = Evidence(
            model=own,
            rules=said.confidence if said.value is best else 0.0,
            rival=max(
                float(self.scores.kinds[list(Kind).index(second)]), 0.0 if said.value is best else said.confidence
            ),
            lead=chance_of(weights[best]) - chance_of(weights[second]),
        )
        return KindGuess(best, round(chance_of(weights[best] - weights[second]), 4))

    def _lines(self, rows: Sequence[Row]) -> tuple[LineItem, ...]:
        items = []
        for number, row in enumerate(rows):
            cells = {name: self._cell(f"lines.{number}.{name[5:]}", o, row) for name, o in row.cells.items()}
            items.append(as_item(cells))
        return tuple(items)

    def _cell(self, key: str, option: Option, row: Row) -> Field:
        numeric = option.name in ("line.quantity", "line.unit_price", "line.net_amount")
        held = float(row.multiplies is True and numeric)
        broken = float(row.multiplies is False and numeric)
        self.evidence[key] = Evidence(
            model=option.model, rules=option.rules, held=held, broken=broken, reader=option.reader, lead=1.0
        )
        weight = weight_of(option, option.rules, self.weights) + _PROVES * (held - broken)
        return _as_field(option, round(chance_of(weight), 4))

    def _taxes(self, tagged: Sequence[Cells]) -> tuple[TaxSubtotal, ...]:
        """Return the tax breakdown: the rules' where they have one, whose amounts they proved, else the network's."""
        if ruled := self.ruled.header.tax_breakdown:
            for number, entry in enumerate(ruled):
                for part, field in zip(_TAX_PARTS, (entry.rate, entry.taxable_amount, entry.tax_amount), strict=True):
                    if field is not None:
                        self.evidence[f"tax.{number}.{part}"] = self._ruled_evidence(f"tax.{part}", field)
            return ruled
        entries = []
        for number, cells in enumerate(tagged):
            made = {}
            for part in _TAX_PARTS:
                if option := cells.get(f"tax.{part}"):
                    evidence = Evidence(model=option.model, reader=option.reader, lead=1.0)
                    self.evidence[f"tax.{number}.{part}"] = evidence
                    made[part] = _as_field(option, round(chance_of_cell(option, self.weights), 4))
            entries.append(TaxSubtotal(**made))
        return tuple(entries)

    def _ruled_evidence(self, span: str, field: Field) -> Evidence:
        """Return what speaks for a value that only the rules read."""
        words = self.words.inside(field.page, field.box)
        chance = chance_of_words(span, words, self.scores)
        return Evidence(model=chance, rules=field.confidence, lead=1.0, reader=self.words.reader(words))


def _likely_totals(options: Mapping[HeaderField, Sequence[Weighed]]) -> frozenset[Decimal]:
    """Return the amounts that line items may sum to: likely nets and grosses."""
    names = (HeaderField.NET_TOTAL, HeaderField.GROSS_TOTAL)
    return frozenset(w.amount for name in names for w in options.get(name, ())[:3] if w.weight > -1)


def _completed(options: Sequence[Option]) -> list[Option]:
    """Give what the rules read behind a label the chance of what the network tagged as its beginning alone."""
    return [
        replace(o, model=max(x.model for x in options if x.words and x.words == o.words[: len(x.words)]))
        if o.rules and o.words
        else o
        for o in options
    ]


def _as_field(option: Option, confidence: float, alternatives: tuple[Field, ...] = ()) -> Field:
    source = Source.RULE if option.rules > option.model else Source.MODEL
    return Field(option.value, option.text, confidence, source, option.page, option.box, alternatives, option.per)
