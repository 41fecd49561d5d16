"""A whole small paper with scores made by hand: what is read of it, and what speaks for each value."""

from dataclasses import replace
from decimal import Decimal
from math import isfinite

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.decode.decode import Decoded, decode, rules_of
from models.evidence import EVIDENCE
from models.label_scheme import KINDS, TAGS
from models.scores import Scores
from pipeline.domain.contract import from_json, to_json
from pipeline.domain.document import Document
from pipeline.domain.extraction import Field, KindGuess, ModelVersion, Source
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.vocabulary import AMOUNT_FIELDS, HeaderField, Kind, LineColumn
from tests.models.papers import Paper, say

MODEL = ModelVersion("bilag-layoutlm", "7")
COUNTED = {"held", "broken", "repeated"}


def invoice() -> Paper:
    """Return an invoice of two items, whose totals add up."""
    paper = Paper().put(0.1, 0.04, "Vesterlund Tools Ltd", "seller_name").put(0.5, 0.04, "INVOICE")
    paper.put(0.1, 0.1, "Holm Joinery Ltd", "buyer_name")
    paper.put(0.5, 0.1, "Invoice number:").put(0.75, 0.1, "R-4711", "invoice_number")
    paper.put(0.5, 0.12, "Invoice date:").put(0.75, 0.12, "2026-11-24", "issue_date")
    paper.put(0.5, 0.14, "Due date:").put(0.75, 0.14, "2026-12-24", "due_date")
    paper.put(0.1, 0.3, "Description").put(0.45, 0.3, "Quantity").put(0.6, 0.3, "Price").put(0.8, 0.3, "Amount")
    items = (("Oak table", "2", "50.00", "100.00"), ("Lamp, black", "3", "20.00", "60.00"))
    for row, (name, quantity, price, amount) in enumerate(items):
        y = 0.33 + 0.03 * row
        paper.put(0.1, y, name, "line.description", row).put(0.45, y, quantity, "line.quantity", row)
        paper.put(0.6, y, price, "line.unit_price", row).put(0.8, y, amount, "line.net_amount", row)
    paper.put(0.6, 0.6, "Net total").put(0.8, 0.6, "160.00", "net_total")
    paper.put(0.6, 0.62, "VAT 25%").put(0.8, 0.62, "40.00", "tax_total")
    return paper.put(0.6, 0.64, "Total EUR").put(0.8, 0.64, "200.00", "gross_total")


def read(paper: Paper, scores: Scores | None = None, **document: object) -> Decoded:
    return decode(paper.document(**document), scores or paper.scores(), MODEL)


@pytest.fixture(scope="module")
def decoded() -> Decoded:
    return read(invoice())


def test_true_tags_give_the_true_values(decoded: Decoded) -> None:
    said = decoded.extraction
    assert {name.value: field.value for name, field in said.fields.items()} == {
        "invoice_number": "R-4711",
        "issue_date": "2026-11-24",
        "due_date": "2026-12-24",
        "currency": "EUR",
        "seller_name": "Vesterlund Tools Ltd",
        "buyer_name": "Holm Joinery Ltd",
        "net_total": "160",
        "tax_total": "40",
        "gross_total": "200",
        "amount_due": "200",  # from the rules: nothing was paid before
    }
    columns = (LineColumn.DESCRIPTION, LineColumn.QUANTITY, LineColumn.UNIT_PRICE, LineColumn.NET_AMOUNT)
    assert [tuple(item[column].value for column in columns) for item in said.lines] == [
        ("Oak table", "2", "50", "100"),
        ("Lamp, black", "3", "20", "60"),
    ]
    assert said.kind.value is Kind.INVOICE


def test_it_says_of_what_it_was_read(decoded: Decoded) -> None:
    document, said = invoice().document(), decoded.extraction
    assert (said.file, said.sha256, said.words_from) == (document.file, document.sha256, document.words_from)
    assert (said.pages, said.first_page, said.last_page, said.model) == (1, 1, 1, MODEL)


def test_a_part_of_a_file_keeps_its_pages_and_findings() -> None:
    finding = Finding(ReasonCode.TEXT_LAYER_REPLACED, Severity.WARN, "Its text layer was not legible.")
    said = read(invoice(), findings=(finding,), first_page=3, last_page=3, file_pages=9).extraction
    assert (said.findings, said.first_page, said.last_page, said.pages) == ((finding,), 3, 3, 9)


def keys_of(decoded: Decoded) -> set[str]:
    """Return the names that evidence has for the values of an extraction."""
    said = decoded.extraction
    return {
        "kind",
        *said.fields,
        *(f"lines.{number}.{column}" for number, item in enumerate(said.lines) for column in item),
        *(
            f"tax.{number}.{part}"
            for number, entry in enumerate(said.tax_breakdown)
            for part in ("rate", "taxable_amount", "tax_amount")
            if getattr(entry, part) is not None
        ),
    }


def test_evidence_is_kept_for_every_value_and_nothing_else(decoded: Decoded) -> None:
    assert set(decoded.evidence) == keys_of(decoded)
    assert {"invoice_number", "lines.1.unit_price", "kind"} <= set(decoded.evidence)


def all_fields(decoded: Decoded) -> list[Field]:
    said = decoded.extraction
    parts = [(entry.rate, entry.taxable_amount, entry.tax_amount) for entry in said.tax_breakdown]
    cells = [field for item in said.lines for field in item.values()]
    return [*said.fields.values(), *cells, *(field for entry in parts for field in entry if field is not None)]


def assert_valid(decoded: Decoded, document: Document) -> None:
    """What holds for any scores: the contract, evidence for each value, numbers within their bounds."""
    written = to_json(decoded.extraction)
    assert to_json(from_json(written)) == written
    assert set(decoded.evidence) == keys_of(decoded)
    for told in decoded.evidence.values():
        for name, number in zip(EVIDENCE, told.numbers(), strict=True):
            assert isfinite(number)
            assert 0 <= number <= (3 if name in COUNTED else 1)
    assert 0 <= decoded.extraction.kind.confidence <= 1
    for field in all_fields(decoded):
        assert 0 <= field.confidence <= 1
        assert field.source in (Source.MODEL, Source.RULE)
        assert all(0 <= other.confidence <= 1 for other in field.alternatives)
        assert field.value not in {other.value for other in field.alternatives}
        if field.box is not None:
            assert field.page in {page.number for page in document.pages}


def test_what_was_read_is_valid(decoded: Decoded) -> None:
    assert_valid(decoded, invoice().document())


def test_boxes_are_where_the_values_stand(decoded: Decoded) -> None:
    words = invoice().words
    for name in ("invoice_number", "gross_total"):
        field = decoded.extraction.fields[HeaderField(name)]
        held = words.inside(field.page, field.box)
        assert words.text(held) == field.text


def test_both_voices_are_in_the_evidence(decoded: Decoded) -> None:
    told = decoded.evidence["invoice_number"]
    assert told.model == pytest.approx(0.9, abs=0.01)
    assert told.rules > 0.3  # "Invoice number:" stands beside it
    assert told.lead > 0.3
    assert told.reader == 1.0


def test_sums_and_products_are_in_the_evidence(decoded: Decoded) -> None:
    assert decoded.evidence["net_total"].held == 2  # with tax and gross, and with the lines
    assert decoded.evidence["gross_total"].held == 2  # with net and tax, and with what is due
    assert decoded.evidence["tax_total"].held == decoded.evidence["amount_due"].held == 1
    assert decoded.evidence["due_date"].held == decoded.evidence["issue_date"].held == 1
    assert decoded.evidence["lines.0.net_amount"].held == 1
    assert decoded.evidence["lines.0.description"].held == 0
    assert not any(told.broken for told in decoded.evidence.values())


def test_a_value_that_rules_and_network_disagree_on_is_less_sure(decoded: Decoded) -> None:
    """The network takes the customer's number for the invoice's, which the label contradicts."""
    paper = invoice().put(0.1, 0.8, "K-9053", "invoice_number")
    scores = paper.scores()
    say(scores, paper.at("R-4711"), {})
    against = read(paper, scores)
    agreed = decoded.extraction.fields[HeaderField.INVOICE_NUMBER]
    contested = against.extraction.fields[HeaderField.INVOICE_NUMBER]
    assert {contested.value, *(other.value for other in contested.alternatives)} == {"R-4711", "K-9053"}
    assert contested.confidence < agreed.confidence - 0.1
    assert against.evidence["invoice_number"].rival > decoded.evidence["invoice_number"].rival + 0.3
    assert against.evidence["invoice_number"].lead < decoded.evidence["invoice_number"].lead


def test_a_total_that_does_not_add_up_is_less_sure(decoded: Decoded) -> None:
    """The paper itself is wrong: nothing is repaired, but all three totals are doubted."""
    paper = Paper()
    for page_word, tag, row in zip(invoice().words.words, invoice().tags, invoice().rows, strict=True):
        text = {"200.00": "210.00"}.get(page_word.text, page_word.text)
        paper.put(page_word.box.x0, page_word.box.y0, text, None if tag == "O" else tag[2:], row)
    paper.tags = invoice().tags
    wrong = read(paper)
    assert wrong.extraction.amount(HeaderField.GROSS_TOTAL) == Decimal(210)
    for name in (HeaderField.TAX_TOTAL, HeaderField.GROSS_TOTAL):
        assert wrong.evidence[name].broken >= 1
        assert wrong.extraction.fields[name].confidence < decoded.extraction.fields[name].confidence


def test_a_network_that_is_less_sure_makes_values_less_sure(decoded: Decoded) -> None:
    doubtful = read(invoice(), invoice().scores(sure=0.6))
    for name in (HeaderField.INVOICE_NUMBER, HeaderField.DUE_DATE, HeaderField.GROSS_TOTAL):
        assert doubtful.extraction.value(name) == decoded.extraction.value(name)
        assert doubtful.extraction.fields[name].confidence < decoded.extraction.fields[name].confidence
        assert doubtful.evidence[name].model < decoded.evidence[name].model


def test_badly_read_words_are_told() -> None:
    paper = invoice()
    blurred = Paper()
    for word, tag, row in zip(paper.words.words, paper.tags, paper.rows, strict=True):
        blurred.put(word.box.x0, word.box.y0, word.text, None if tag == "O" else tag[2:], row, confidence=0.4)
    blurred.tags = paper.tags
    assert read(blurred).evidence["invoice_number"].reader == pytest.approx(0.4)


def test_the_rules_alone_still_read_the_paper() -> None:
    """A network that knows nothing leaves what labels and arithmetic tell."""
    document = invoice().document()
    silent = decode(document, Scores.none(len(invoice().words.words)), MODEL)
    assert_valid(silent, document)
    ruled = rules_of(document)
    for name, field in silent.extraction.fields.items():
        assert field.source is Source.RULE
        offered = {f.value for f in (ruled.header.fields[name], *ruled.header.fields[name].alternatives)}
        assert field.value in offered
    assert silent.extraction.kind.value is ruled.header.kind.value
    assert len(silent.extraction.lines) == 2


def test_the_network_alone_reads_a_paper_without_labels() -> None:
    """The rules have nothing to go by: no label, no heading."""
    paper = Paper().put(0.1, 0.2, "R-4711", "invoice_number").put(0.4, 0.5, "Lamp", "line.description", 0)
    paper.put(0.7, 0.5, "60.00", "line.net_amount", 0).put(0.7, 0.8, "60.00", "gross_total")
    said = read(paper, paper.scores(sure=0.97)).extraction
    assert said.value(HeaderField.INVOICE_NUMBER) == "R-4711"
    assert said.fields[HeaderField.INVOICE_NUMBER].source is Source.MODEL
    assert said.amount(HeaderField.GROSS_TOTAL) == 60
    assert [item[LineColumn.NET_AMOUNT].value for item in said.lines] == ["60"]


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_pages_without_words_give_an_empty_extraction(pages: int) -> None:
    document = replace(invoice().document(), pages=Paper().turn().pages[:pages])
    found = decode(document, Scores.none(0), MODEL)
    assert_valid(found, document)
    assert (found.extraction.fields, found.extraction.lines, found.extraction.tax_breakdown) == ({}, (), ())


def test_rules_that_were_read_before_are_not_read_again() -> None:
    """Training reads every paper by rules once; handed in, they change nothing."""
    paper = invoice()
    ruled = rules_of(paper.document())
    handed = decode(paper.document(), paper.scores(), MODEL, replace(ruled, lines=()))
    assert decode(paper.document(), paper.scores(), MODEL, ruled) == read(paper)
    assert handed.evidence["lines.0.description"].rules == 0


@pytest.mark.parametrize("kind", list(Kind))
def test_the_kind_is_what_both_make_likeliest(kind: Kind) -> None:
    paper = Paper().put(0.1, 0.1, "Nothing that tells")
    found = read(paper, paper.scores(kind=kind))
    assert found.extraction.kind.value is kind
    assert found.evidence["kind"].model == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(
    ("title", "kind", "gross", "due"),
    [
        ("INVOICE", Kind.INVOICE, "200", "150"),
        ("ORDER", Kind.PURCHASE_ORDER, "200", None),
        ("ORDER CONFIRMATION", Kind.ORDER_RESPONSE, "200", None),
        ("STATEMENT OF ACCOUNT", Kind.STATEMENT, None, "150"),
    ],
)
def test_a_kind_has_the_totals_that_papers_of_it_state(
    title: str, kind: Kind, gross: str | None, due: str | None
) -> None:
    paper = Paper().put(0.1, 0.05, title)
    paper.put(0.6, 0.64, "Total EUR").put(0.8, 0.64, "200.00", "gross_total")
    paper.put(0.6, 0.66, "Amount due").put(0.8, 0.66, "150.00", "amount_due")
    found = read(paper, paper.scores(kind=kind)).extraction
    assert found.kind.value is kind
    told = {name: field.value for name, field in found.fields.items()}
    assert (told.get(HeaderField.GROSS_TOTAL), told.get(HeaderField.AMOUNT_DUE)) == (gross, due)


@pytest.mark.parametrize(
    ("title", "confidence", "kind"),
    [("a word among others", 0.85, Kind.STATEMENT), ("a title that leaves no doubt", 0.95, Kind.INVOICE)],
)
def test_only_a_plain_title_stands_against_a_sure_network(title: str, confidence: float, kind: Kind) -> None:
    paper = Paper().put(0.1, 0.1, title)
    ruled = rules_of(paper.document())
    told = replace(ruled, header=replace(ruled.header, kind=KindGuess(Kind.INVOICE, confidence)))
    scores = paper.scores(kind=Kind.STATEMENT, sure=0.98)
    assert decode(paper.document(), scores, MODEL, told).extraction.kind.value is kind


def test_terms_are_as_long_as_their_label_holds() -> None:
    paper = Paper().put(0.1, 0.05, "INVOICE 471102").put(0.1, 0.7, "Payment terms:")
    paper.put(0.3, 0.7, "Net 30.", "payment_terms").put(0.358, 0.7, "Late payments incur interest.")
    said = read(paper).extraction
    assert said.value(HeaderField.PAYMENT_TERMS) == "Net 30. Late payments incur interest."


def test_a_title_that_contradicts_makes_the_kind_less_sure() -> None:
    agreed = read(invoice()).extraction.kind
    contested = read(invoice(), invoice().scores(kind=Kind.RECEIPT))
    assert isinstance(agreed, KindGuess)
    assert contested.extraction.kind.confidence < agreed.confidence
    assert contested.evidence["kind"].rival > read(invoice()).evidence["kind"].rival


def test_the_tax_breakdown_is_the_networks_where_the_rules_have_none() -> None:
    paper = Paper()
    for row, (rate, base, tax) in enumerate((("19", "100.00", "19.00"), ("7", "50.00", "3.50"))):
        y = 0.6 + 0.02 * row
        paper.put(0.2, y, rate, "tax.rate", row).put(0.5, y, base, "tax.taxable_amount", row)
        paper.put(0.8, y, tax, "tax.tax_amount", row)
    ruled = rules_of(paper.document())
    ruled = replace(ruled, header=replace(ruled.header, tax_breakdown=()))
    found = decode(paper.document(), paper.scores(), MODEL, ruled)
    entries = [(e.rate, e.taxable_amount, e.tax_amount) for e in found.extraction.tax_breakdown]
    assert [[f.value if f else None for f in entry] for entry in entries] == [["19", "100", "19"], ["7", "50", "3.5"]]
    assert {"tax.0.rate", "tax.1.tax_amount"} <= set(found.evidence)


def test_the_currency_beside_the_amounts_is_read_where_no_word_is_one() -> None:
    paper = Paper().put(0.7, 0.6, "£60.00", "gross_total")
    ruled = rules_of(paper.document())
    fields = dict(ruled.header.fields)
    fields.pop(HeaderField.CURRENCY, None)
    ruled = replace(ruled, header=replace(ruled.header, fields=fields))
    found = decode(paper.document(), paper.scores(), MODEL, ruled)
    assert found.extraction.value(HeaderField.CURRENCY) == "GBP"
    assert "currency" in found.evidence


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a seed has no smaller one that is alike
)
@given(st.integers(0, 2**32 - 1), st.floats(0.02, 3))
def test_whatever_the_network_says_the_extraction_is_valid(seed: int, sharpness: float) -> None:
    """Chances by chance: from all tags alike to one certain tag a word, pointers anywhere."""
    paper, by_chance = invoice(), np.random.default_rng(seed)
    count = len(paper.words.words)
    tags = by_chance.dirichlet(np.full(len(TAGS), 0.1 / sharpness), size=count).astype(np.float32)
    kinds = by_chance.dirichlet(np.ones(len(KINDS))).astype(np.float32)
    begins = by_chance.integers(0, count, count)
    found = read(paper, Scores(tags, begins, by_chance.random(count).astype(np.float32), kinds))
    assert_valid(found, paper.document())
    fields = found.extraction.fields
    for name in AMOUNT_FIELDS & fields.keys():
        assert fields[name].amount.is_finite()
    for name in (HeaderField.ISSUE_DATE, HeaderField.DUE_DATE):
        if name in fields:
            assert fields[name].date
    if HeaderField.SELLER_NAME in fields and HeaderField.BUYER_NAME in fields:
        assert fields[HeaderField.SELLER_NAME].value != fields[HeaderField.BUYER_NAME].value
