"""Simulated OCR: `parameters` holds what was measured, `letters` misreads words, `places` moves their boxes, `ocr` does
all of it to a page and `document` to a labelled document."""
