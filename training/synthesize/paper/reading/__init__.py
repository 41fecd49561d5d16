"""Really OCR'd paper: `files` makes a file of bad pages, `recognise` reads it as the pipeline does, with one of the
`engines`; `align` says which read word is which true one, and `labels` moves tags and rows across."""
