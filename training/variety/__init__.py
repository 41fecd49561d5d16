"""How varied documents are, measured: `features` of a page's look, `distances` between documents, `wordings` of labels,
`page` writes docs/variety.md. `python -m training.variety SHARDS… --out docs/variety.md` does it all."""
