"""Finds lines of print on a picture (`finding`), cuts them out (`cutting`), reads them (`reading`), parts them into
words (`wording`), with the networks that come with RapidOCR's wheel (`networks`)."""
