"""Documents on bad paper: scanned, faxed, copied, photographed, and read by OCR.

`apply` does it to a labelled document. `damage` makes pictures of pages bad and knows where every word went; `reading`
has real engines read them and moves the labels; `simulated` makes the same errors in microseconds, fitted by `fitting`
(`python -m training.synthesize.paper.fit`) and kept in `ocr_errors.json`.
"""
