"""The rules extractor: candidates by type, labels in twelve languages, and arithmetic that decides between them.

`writing` how a document writes: comparable text, language, currency, number and date conventions, units.
`page` the page as rows and tokens, with typed candidates · `labels` the wordings, where they stand, what they point to.
`header` kind, numbers, dates, tax ids, payment, and which proposal wins · `parties` seller, buyer, delivery address ·
`amounts` totals and tax. Line items: `columns` what heads a table and where its columns stand · `lines` its rows.

`header.header.read_header` and `lines.table.find_line_items` are the entrances.
"""
