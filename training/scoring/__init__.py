"""Measuring any extractor against labels.

`normalise` says when two values are the same, `labels` reads labels and predictions and pairs them by file,
`assignment` matches rows, `judge` counts one document, `tally` adds up, `report` prints.
"""
