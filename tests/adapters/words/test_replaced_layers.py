"""A text layer that is broken, sparse or missing is found out page by page, and OCR takes its place."""

from dataclasses import dataclass, field

import pikepdf
from PIL import Image

from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.quality import CERTAIN, BandLimits
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Box, Document, QualityBand, Word, WordsFrom
from pipeline.domain.finding import ReasonCode, Severity
from tests.adapters.words.documents import INVOICE, INVOICE_WORDS, Placed, add_page, file_of, pdf_of, saved


def _seen(number: int) -> Word:
    x, y = 0.1 + 0.08 * (number % 10), 0.1 + 0.05 * (number // 10)
    return Word(f"word{number}", Box(x, y, x + 0.07, y + 0.02), 0.97)


SEEN = tuple(map(_seen, range(40)))


@dataclass
class SeesWords:
    """An engine that sees the same words on every picture, and counts the pictures."""

    words: tuple[Word, ...] = SEEN
    seen: list[Image.Image] = field(default_factory=list)

    @property
    def choice(self) -> EngineChoice:
        return EngineChoice(EngineName.RAPID)

    @property
    def bands(self) -> BandLimits:
        return CERTAIN

    def recognise(self, image: Image.Image) -> tuple[Word, ...]:
        self.seen.append(image)
        return self.words


def read(content: bytes, engine: SeesWords | None) -> Document:
    result = FileReader(engine, sandbox=False).read(file_of(content))
    assert isinstance(result, Document), result
    return result


def scrambled(text: str) -> str:
    """Shift letters as a font without a Unicode map does: "Invoice" becomes "Lqyrlfh"."""
    return "".join(chr((ord(c) - 97 + 3) % 26 + 97) if "a" <= c <= "z" else c for c in text)


def mojibake(text: str) -> str:
    return text.encode().decode("cp1252")


PROSE = (
    "betalingsbetingelser netto tredive dage ved for sen betaling beregnes renter efter geldende lovgivning "
    "spergsmal til denne faktura bedes rettet til vores bogholderi med angivelse af fakturanummer og kundenummer"
)


def prose(change: str) -> list[Placed]:
    texts = PROSE.split()
    written = {"scrambled": map(scrambled, texts), "mojibake": (mojibake(f"{t}øåæ") for t in texts)}[change]
    return [Placed(text, 60 + 120 * (i % 4), 780 - 14 * (i // 4)) for i, text in enumerate(written)]


def test_a_scrambled_layer_is_replaced_and_says_so() -> None:
    engine = SeesWords()
    document = read(pdf_of(prose("scrambled")), engine)
    assert document.words_from is WordsFrom.OCR
    assert [w.text for w in document.pages[0].words] == [w.text for w in SEEN]
    (finding,) = document.findings
    assert finding.code is ReasonCode.TEXT_LAYER_REPLACED
    assert finding.severity is Severity.INFO
    assert "page 1" in finding.message


def test_mojibake_is_replaced() -> None:
    document = read(pdf_of(prose("mojibake")), SeesWords())
    assert document.words_from is WordsFrom.OCR
    assert [f.code for f in document.findings] == [ReasonCode.TEXT_LAYER_REPLACED]


def test_text_written_letter_by_letter_is_replaced() -> None:
    letters = [Placed(c, 60 + 12 * (i % 40), 780 - 14 * (i // 40)) for i, c in enumerate(PROSE.replace(" ", ""))]
    document = read(pdf_of(letters), SeesWords())
    assert "single letters" in document.findings[0].message


def test_only_the_broken_page_is_replaced() -> None:
    pdf = pikepdf.new()
    add_page(pdf, INVOICE)
    add_page(pdf, prose("scrambled"))
    engine = SeesWords()
    document = read(saved(pdf), engine)
    assert sorted(w.text for w in document.pages[0].words) == INVOICE_WORDS
    assert len(document.pages[1].words) == len(SEEN)
    assert len(engine.seen) == 1


def test_a_scan_with_a_stamp_as_text_is_read_by_ocr() -> None:
    grey = Image.new("L", (595, 842), 230)
    document = read(pdf_of([Placed("RECEIVED 14-03-2024", 300, 800)], picture=grey), SeesWords())
    assert document.words_from is WordsFrom.OCR
    assert "mostly a picture" in document.findings[0].message


def test_a_short_letter_on_letterhead_keeps_its_text() -> None:
    grey = Image.new("L", (595, 842), 230)
    document = read(pdf_of(INVOICE, picture=grey), SeesWords(words=SEEN[:20]))
    assert document.words_from is WordsFrom.TEXT_LAYER
    assert sorted(w.text for w in document.pages[0].words) == INVOICE_WORDS


def test_a_scan_with_somebody_elses_good_ocr_layer_keeps_it() -> None:
    invisible = [Placed(p.text, p.x, p.y, p.size, mode=3) for p in INVOICE]
    more = [Placed(f"linje {i}", 60, 500 - 14 * i, mode=3) for i in range(10)]
    engine = SeesWords()
    document = read(pdf_of([*invisible, *more], picture=Image.new("L", (595, 842), 230)), engine)
    assert document.words_from is WordsFrom.TEXT_LAYER
    assert engine.seen == []


def test_a_plain_scan_needs_no_finding() -> None:
    document = read(pdf_of([], picture=Image.new("L", (595, 842), 230)), SeesWords())
    assert document.words_from is WordsFrom.OCR
    assert document.findings == ()


def test_without_an_engine_a_broken_layer_is_kept_with_a_warning() -> None:
    document = read(pdf_of(prose("scrambled")), None)
    assert document.words_from is WordsFrom.TEXT_LAYER
    assert [(f.code, f.severity) for f in document.findings] == [(ReasonCode.TEXT_QUALITY_POOR, Severity.WARN)]


def test_hard_to_read_words_are_said_to_be_so() -> None:
    faint = SeesWords(words=tuple(Word(w.text, w.box, 0.5) for w in SEEN))
    document = read(pdf_of([], picture=Image.new("L", (595, 842), 230)), faint)
    assert document.quality.band is QualityBand.POOR
    assert document.quality.mean_confidence == 0.5
    assert [f.code for f in document.findings] == [ReasonCode.TEXT_QUALITY_POOR]
