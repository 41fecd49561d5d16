"""Reads files into pages of words: e-invoice XML, then the PDF text layer, then OCR.

`reader` is the port's adapter and `routes` chooses the way by content; `pdf` opens PDFs, reads their text layer and
finds the XML inside; `picture` makes pages into images, turns them upright and reads them; `ocr` names what an engine
is, `rapid` and `tesseract` are two; `mail_body` lays out messages, `html_lines` renders their HTML; `quality` measures
the words; `limits` says how much is too much, `refusals` holds the sentences for files that cannot be read; `sandbox`
keeps the `process` that untrusted files are parsed in.
"""
