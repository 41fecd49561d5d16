"""What lines of an address look like: towns, streets, phones and mails, in the countries of the wordings."""

import re

PLACE = re.compile(
    r"""^(?:[A-Z]{1,2}[-–\s])?\d{3}\s?\d{2}\s+[^\W\d]{2}            # 123 45 Town, SE-123 45 Town
    |^(?:[A-Z]{1,2}[-–\s]?)?\d{4,5}\s+[^\W\d_]{2}                   # 1234 Town, D-12345 Town
    |^\d{4,5}[A-ZÆØÅÄÖÜ][a-zæøåäöüß]{3}                             # 12345Town
    |^\d{4}\s?[A-Z]{2}\s+[^\W\d_]{2}                                # 1234 AB Town
    |\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b                          # Town AB1 2CD
    |[A-Za-z.]{2,},?\s+[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b|\b[A-Z]{2}\s+\d{5}\b   # Town, ST 12345
    |\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b                                   # A1B 2C3
    |[^\W\d_]{3,}\s+[A-Z]{2,3}\s+\d{4}$                          # Town VIC 1234
    |^(?:PL[-–])?\d{2}-\d{3}\s+[^\W\d_]{2}|^(?:PT?[-–])?\d{4}-\d{3}\s+[^\W\d_]{2}   # 12-345 Town, 1234-567 Town
    |^\d{6}\b|[^\W\d_]{3,},?\s+\d{6}\b                              # Town 123456, Town, STATE, 123456
    |^\d{5}\s*[-–,]\s*[^\W\d_]{2}                                   # 12345 - Town
    """,
    re.X,
)
# "Lillehammer 2608", "Middelburg 4331 EK Nederland": a town only right under a street, for "Invoice 10023" is none.
TOWN_FIRST = re.compile(
    r"[^\W\d_]{2,}(?:[ '’-][^\W\d_]{2,}){0,3}\s+(?:\d{3}\s?\d{2}|\d{4}(?:\s?[A-Z]{2})?)(?:\s+[^\W\d_]{2,}){0,2}"
)
STREET = re.compile(
    r"""^\d{1,5}[a-zA-Z]?,?\s+[^\W\d_]{2}                           # 12 rue …, 44 Queens …
    |[^\W\d_]{3,}[.,]?\s+(?:nr\.?\s*)?\d{1,4}\s?[a-zA-Z]?(?:\s*[-–/,]\s*\d{1,4}\s?[a-zA-Z]?)?(?:[,\s]+.{0,18})?$
    |\b(?:rue|avenue|av\.|boulevard|bd|place|via|viale|piazza|corso|calle|c/|avda|plaza|paseo|street|st\.|road|rd\.?|lane)\b
    |\b(?:ul\.|ulica|al\.|aleja|aleje|pl\.|plac|os\.|rua|r\.|av\.|avenida|largo|travessa|praça|estrada|alameda)\s+[^\W\d_]{2}
    |\b(?:drive|way|p\.?\s?o\.?\ box|postfach|postboks|box|bp|chemin|route|allee|impasse|zone|polígono|poligono|ctra)\b
    """,
    re.I | re.X,
)
CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:tel|tlf|telefon|telephone|phone|fax|telefax|fon|mobil|mobile|cell|tél|téléphone|teléfono|telefono|telefoon|gsm|mob|t|f|m)\b"
    r"\.?\s*(?::|\+|\(|\d)|\b(?:e-?mail|epost|e-post|web|mail|courriel|pec)\b\s*:|^\+?[\d\s()./-]{8,}$",
    re.I,
)
CONTACT_SIGN = re.compile(r"[@:+().\d/-]")  # one of these is in whatever tells of phone, mail or web
