"""Fits the simulated OCR to real engines: `sample` reads bad pages with them, `measure` counts their errors, `rates`
compares simulated with real ones on pages that were held out."""
