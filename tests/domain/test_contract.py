"""The JSON contract: the design's shape, nothing lost on the way there and back, misshapen objects named."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.contract import from_json, to_json, unreadable_to_json
from pipeline.domain.document import Box, Unreadable, WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, ModelVersion, Source, TaxSubtotal
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn

fractions = st.integers(0, 10_000).map(lambda n: n / 10_000)
boxes = st.builds(Box, fractions, fractions, fractions, fractions)
leaves = st.builds(
    Field,
    value=st.text(max_size=12),
    text=st.text(max_size=12),
    confidence=fractions,
    source=st.sampled_from(Source),
    page=st.none() | st.integers(1, 500),
    box=st.none() | boxes,
    per=st.none() | st.just("100"),
)
fields = st.builds(replace, leaves, alternatives=st.lists(leaves, max_size=2).map(tuple))
extractions = st.builds(
    Extraction,
    file=st.text(max_size=20),
    sha256=st.text(max_size=64),
    pages=st.integers(0, 500),
    words_from=st.sampled_from(WordsFrom),
    kind=st.builds(KindGuess, st.sampled_from(Kind), fractions),
    model=st.builds(ModelVersion, st.text(max_size=9), st.text(max_size=9)),
    fields=st.dictionaries(st.sampled_from(HeaderField), fields, max_size=4),
    tax_breakdown=st.lists(
        st.builds(TaxSubtotal, st.none() | fields, st.none() | fields, st.none() | fields), max_size=2
    ).map(tuple),
    lines=st.lists(st.dictionaries(st.sampled_from(LineColumn), fields, max_size=3), max_size=3).map(tuple),
    findings=st.lists(
        st.builds(
            Finding,
            st.sampled_from(ReasonCode),
            st.sampled_from(Severity),
            st.text(max_size=20),
            st.lists(st.text(max_size=8), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    first_page=st.integers(0, 3),
    last_page=st.integers(0, 3),
    line_total=st.none() | fields,
    allowance_total=st.none() | fields,
    charge_total=st.none() | fields,
    rounding_amount=st.none() | fields,
)


@given(extractions)
def test_there_and_back_loses_nothing(extraction: Extraction) -> None:
    assert from_json(json.loads(json.dumps(to_json(extraction)))) == extraction


def _example() -> Extraction:
    number = Field("471102", "Nr. 471102", 0.98, Source.MODEL, 1, Box(0.1, 0.2, 0.2, 0.2212345))
    amount = Field("198", "198,00", 0.987654, Source.MODEL, 2)
    return Extraction(
        file="a.pdf",
        sha256="ab" * 32,
        pages=2,
        words_from=WordsFrom.TEXT_LAYER,
        kind=KindGuess(Kind.INVOICE, 0.99),
        model=ModelVersion("bilag-layoutlm", "7"),
        fields={HeaderField.INVOICE_NUMBER: number},
        lines=({LineColumn.NET_AMOUNT: amount},),
        first_page=1,
        last_page=2,
    )


def test_it_is_the_object_of_the_design() -> None:
    assert to_json(_example()) == {
        "schema": "bilag.extraction/1",
        "file": "a.pdf",
        "sha256": "ab" * 32,
        "pages": 2,
        "words_from": "text_layer",
        "kind": {"value": "invoice", "confidence": 0.99},
        "fields": {
            "invoice_number": {
                "value": "471102",
                "text": "Nr. 471102",
                "confidence": 0.98,
                "page": 1,
                "box": [0.1, 0.2, 0.2, 0.2212],
                "source": "model",
            }
        },
        "tax_breakdown": [],
        "lines": [
            {"net_amount": {"value": "198", "text": "198,00", "confidence": 0.9877, "page": 2, "source": "model"}}
        ],
        "model": {"name": "bilag-layoutlm", "version": "7"},
    }


def test_the_page_range_is_told_only_where_a_file_holds_more() -> None:
    second = to_json(replace(_example(), first_page=2))
    assert (second["first_page"], second["last_page"]) == (2, 2)
    bare_xml = to_json(replace(_example(), pages=0, first_page=0, last_page=0))
    assert "first_page" not in bare_xml


def test_an_unreadable_file_keeps_the_shape_and_says_why() -> None:
    why = Finding(ReasonCode.FILE_ENCRYPTED, Severity.BLOCK, "The file needs a password; ask for one without.")
    written = unreadable_to_json(Unreadable("x.pdf", "cd" * 32, (why,)))
    assert written["unreadable"] is True
    assert written["fields"] == {}
    assert written["findings"] == [
        {"code": "FILE_ENCRYPTED", "severity": "block", "message": why.message, "fields": []}
    ]
    with pytest.raises(ValueError, match="unreadable"):
        from_json(written)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"schema": "bilag.extraction/2"}, "schema"),
        ({"pages": "2"}, "pages"),
        ({"pages": True}, "pages"),
        ({"kind": {"value": "letter", "confidence": 1}}, "kind.value"),
        ({"fields": {"colour": {"value": "red", "confidence": 1, "source": "rule"}}}, "fields.colour"),
        ({"fields": {"iban": {"value": 7, "confidence": 1, "source": "rule"}}}, "fields.iban.value"),
        ({"lines": [{}, {"unit": None}]}, r"lines\[1\].unit"),
        ({"lines": "none"}, "lines"),
        ({"fields": {"iban": {"value": "", "confidence": 1, "source": "rule", "box": [1, 2]}}}, "fields.iban.box"),
    ],
)
def test_a_misshapen_object_is_refused_by_name(change: Mapping[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        from_json({**to_json(_example()), **change})


def test_a_price_for_several_units_is_known_for_each() -> None:
    price = Field("30", "30.00", 1.0, Source.EINVOICE, per="100")
    assert price.amount_each == Decimal("0.3")
    assert replace(price, per=None).amount_each == Decimal(30)
