"""How varied documents are, measured.

`features` of a page's look and text, `distances` between documents, `wordings` of labels, forms of `amounts`, and the
`contrast` of generated with real ones; `page` writes docs/variety.md. `python -m training.variety FOLDER…` does it all.
"""
