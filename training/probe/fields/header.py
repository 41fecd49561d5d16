"""Of several spans for a header field the one the network is surest of."""

from collections import Counter
from collections.abc import Sequence

from models.decode.values import NUMBERS, currency_in, value_of
from pipeline.domain.extraction import Field, Source
from pipeline.domain.vocabulary import HeaderField
from pipeline.extract.rules.writing.conventions import Conventions
from training.probe.fields.spans import Span


def header_of(spans: Sequence[Span], ways: Conventions) -> dict[HeaderField, Field]:
    """Return the header fields. A value printed several times counts by its surest place.

    The currency is that beside an amount where no word was tagged as one.
    """
    found: dict[HeaderField, Field] = {}
    for span in spans:
        if "." in span.name:  # a cell of a line item or of the tax breakdown
            continue
        value = value_of(span.name, span.text, ways)
        name = HeaderField(span.name)
        if value is not None and (name not in found or span.chance > found[name].confidence):
            found[name] = Field(value, span.text, span.chance, Source.MODEL, span.page, span.box)
    if HeaderField.CURRENCY not in found and (beside := _beside_amounts(spans, ways)) is not None:
        found[HeaderField.CURRENCY] = beside
    return {name: found[name] for name in HeaderField if name in found}


def _beside_amounts(spans: Sequence[Span], ways: Conventions) -> Field | None:
    """Return the currency that most words tagged as amounts carry."""
    shown = [(code, span) for span in spans if span.name in NUMBERS and (code := currency_in(span.text, ways))]
    if not shown:
        return None
    code = Counter(code for code, _ in shown).most_common(1)[0][0]
    span = next(span for found, span in shown if found == code)
    return Field(code, span.text, span.chance, Source.MODEL, span.page, span.box)
