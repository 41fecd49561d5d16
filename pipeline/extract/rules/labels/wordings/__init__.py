"""The wordings business papers use for what they state: one module per language.

Plain data, alternatives parted by "|". "nr" stands for every way to write "number"; blanks, accents, case and
punctuation do not count, so "faktura nr" also covers "Fakturanr." and "FAKTURANUMMER:".
"""

from pipeline.extract.rules.labels.wordings import da, de, en, es, fi, fr, it, nl, no, pl, pt, sv

LANGUAGES = tuple(module.WORDINGS for module in (en, da, no, sv, fi, de, fr, nl, es, it, pl, pt))
