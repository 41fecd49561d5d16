"""The rules extractor: candidates by type, labels in nine languages, and arithmetic that decides between them.

Reading the page: `layout` rows and tokens · `folding` comparable text · `conventions` (with `language`, `currency`)
how the document writes · `candidates` (with `identifiers`) typed values.
Labels: `wordings` the data · `labels` where they stand · `linking` label to value · `codes` values without a type.
Header: `kind` · `numbers` · `date_fields` · `tax_ids` · `payment` · `summary`, `captions`, `caption_words` and `totals`
the amounts · `parties` (with `party`, `party_labels`, `letterhead`, `blocks`, `names`, `legal_forms`) · `choice` and
`confidence` which proposal wins and how sure · `header` puts them together.
Line items: `table` and what it uses.
"""
