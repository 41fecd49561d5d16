"""Labels: `wordings` the data of twelve languages, `labels` where they stand, `linking` from a label to its value."""
