"""Papers for the tests of alignment: typed as text, or set with typst, and read as the pipeline reads them."""

from collections.abc import Callable

import pytest

from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile

INVOICE = """\
Nordholz Werkzeuge GmbH
Hafenstraße 12
20457 Hamburg

Ines Brandt Metallbau                              Rechnungsnummer:   2026-4711
Am Markt 3                                         Rechnungsdatum:    24.11.2026
50667 Köln                                         Fällig am:         24.12.2026
                                                   Ihre Bestellung:   B-9920


Pos   Artikelnr   Bezeichnung                 Menge   Einzelpreis      Betrag
1     AX-100      Bohrmaschine 18 V               2        149,50      299,00
2     AX-205      Koffer mit Einlage              1         35,00       35,00
3     BX-001      Schrauben verzinkt             10          1,25       12,50

Zwischensumme                                                          346,50
MwSt 19 %                                                               65,84
Rechnungsbetrag                                                    EUR 412,34

IBAN: DE89 3704 0044 0532 0130 00   BIC: COBADEFFXXX
USt-IdNr.: DE 123 456 788
"""


@pytest.fixture
def read_text() -> Callable[[str], Document]:
    """Reads text typed in columns as the pipeline reads a message's body."""

    def read(text: str) -> Document:
        found = FileReader(ocr=None, sandbox=False).read(SourceFile("paper.txt", "text/plain", text.encode()))
        assert isinstance(found, Document)
        return found

    return read


@pytest.fixture
def invoice_text() -> str:
    return INVOICE


@pytest.fixture
def typeset() -> Callable[[str], bytes]:
    """Sets text as a PDF, in a typeface whose letters are of one width."""

    def render(text: str) -> bytes:
        typst = pytest.importorskip("typst")
        source = f'#set page(width: 700pt, height: 842pt)\n#set text(size: 9pt)\n#raw(block: true, "{_escaped(text)}")'
        return bytes(typst.compile(source.encode()))

    return render


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
