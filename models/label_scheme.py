"""What a word and a document can be: BIO tags over the header vocabulary and the line columns, and kinds.

The same in training and serving.
"""

from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn

OUTSIDE = "O"
TAX_COLUMNS = ("tax.rate", "tax.taxable_amount", "tax.tax_amount")
"""The tax breakdown's (BG-23) columns; rows of it are told apart like line items."""

SPANS: tuple[str, ...] = (
    *(f.value for f in HeaderField),
    *(f"line.{c.value}" for c in LineColumn),
    *TAX_COLUMNS,
)
"""Every kind of span, in the order that fixes tag ids."""

TAGS: tuple[str, ...] = (OUTSIDE, *(f"{prefix}-{span}" for span in SPANS for prefix in "BI"))
"""Every tag; a tag's id is its place here."""

KINDS: tuple[Kind, ...] = tuple(Kind)
"""Every kind of document, in the order that fixes kind ids."""
