"""Seller and buyer.

`party_labels` the labelled ones · `letterhead` the others · `blocks` address blocks · `names` what may be a name ·
`parties` puts them together.
"""
