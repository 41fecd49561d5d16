"""The header of a document.

`kind` (`messages` for mail), `numbers`, `date_fields`, `tax_ids` and `payment` propose · `choice` and `confidence` say
which proposal wins and how sure · `header` puts them together.
"""
