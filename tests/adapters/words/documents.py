"""Documents that the tests make for themselves, with every word at a known place."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
import typst
from PIL import Image

from pipeline.domain.document import SourceFile

A4 = (595.0, 842.0)
XML = b'<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:x"/>'


@dataclass(frozen=True)
class Placed:
    """Text drawn from a point in PDF coordinates (origin bottom left); `turn` is counter-clockwise, in degrees."""

    text: str
    x: float
    y: float
    size: float = 10.0
    turn: int = 0
    mode: int = 0


INVOICE = (
    Placed("Faktura", 60, 780, 20),
    Placed("Fakturanr. 471102", 60, 740),
    Placed("Fakturadato 12-03-2024", 60, 724),
    Placed("Nordlys Kontor ApS", 60, 690),
    Placed("Kopipapir", 60, 640),
    Placed("40", 300, 640),
    Placed("138,75", 380, 640),
    Placed("5.550,00", 480, 640),
    Placed("Subtotal", 380, 600),
    Placed("5.550,00", 480, 600),
    Placed("Moms 25 %", 380, 584),
    Placed("1.387,50", 480, 584),
    Placed("Total DKK", 380, 568),
    Placed("6.937,50", 480, 568),
)
INVOICE_WORDS = sorted(word for placed in INVOICE for word in placed.text.split())

_TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def add_page(
    pdf: pikepdf.Pdf,
    texts: Sequence[Placed],
    size: tuple[float, float] = A4,
    rotate: int = 0,
    crop: tuple[float, float, float, float] | None = None,
    picture: Image.Image | None = None,
    encoding: pikepdf.Object | None = None,
) -> None:
    """Append a page with Helvetica text, in Windows-1252 unless `encoding` says otherwise, over a full-page picture."""
    drawn = []
    if picture is not None:
        drawn.append(f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im0 Do Q".encode())
    for placed in texts:
        a, b, c, d = _TURNS[placed.turn]
        text = placed.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        head = f"BT /F0 {placed.size} Tf {placed.mode} Tr {a} {b} {c} {d} {placed.x} {placed.y} Tm (".encode()
        drawn.append(head + text + b") Tj ET")
    page = pdf.add_blank_page(page_size=size)
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=encoding if encoding is not None else pikepdf.Name.WinAnsiEncoding,
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
    if picture is not None:
        page.Resources.XObject = pikepdf.Dictionary(Im0=_image(pdf, picture))
    page.Contents = pdf.make_stream(b"\n".join(drawn))
    if rotate:
        page.Rotate = rotate
    if crop is not None:
        page.CropBox = pikepdf.Array(crop)


def _image(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Object:
    data = io.BytesIO()
    picture.convert("L").save(data, "JPEG", quality=90)
    stream = pdf.make_stream(data.getvalue())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = picture.size
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    stream.Filter = pikepdf.Name.DCTDecode
    return stream


def saved(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    out = io.BytesIO()
    if encryption is None:
        pdf.save(out)
    else:
        pdf.save(out, encryption=encryption)
    return out.getvalue()


def pdf_of(texts: Sequence[Placed] = INVOICE, pages: int = 1, **options: object) -> bytes:
    """Return a PDF that draws the same texts on every page; for the options see `add_page`."""
    pdf = pikepdf.new()
    for _ in range(pages):
        add_page(pdf, texts, **options)  # type: ignore[arg-type]
    return saved(pdf)


def pdf_with_form(drawn: bool) -> bytes:
    """Return the invoice with a filled form field and a note; `drawn` says whether they bring their looks along."""
    pdf = pikepdf.new()
    add_page(pdf, INVOICE)
    helvetica = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=helvetica))
    kinds = {"PO-2041": pikepdf.Name.Widget, "Godkendt": pikepdf.Name.FreeText}
    notes = []
    for row, (text, kind) in enumerate(kinds.items()):
        y = 700 - 40 * row
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=kind, Rect=pikepdf.Array([300, y, 450, y + 16]), F=4)
        note.DA = pikepdf.String("/Helv 10 Tf 0 g")
        note.Contents = note.V = pikepdf.String(text)
        note.T, note.FT = pikepdf.String(f"field{row}"), pikepdf.Name.Tx
        if drawn:
            form = pdf.make_stream(f"BT /Helv 10 Tf 2 4 Td ({text}) Tj ET".encode())
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox, form.Resources = pikepdf.Array([0, 0, 150, 16]), fonts
            note.AP = pikepdf.Dictionary(N=form)
        notes.append(pdf.make_indirect(note))
    pdf.pages[0].Annots = pikepdf.Array(notes)
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(notes[:1]), DR=fonts)
    return saved(pdf)


def pdf_with_xml(name: str, xml: bytes = XML, associated_only: bool = False) -> bytes:
    """Return the invoice with an embedded file: in the name tree, or in the catalogue's /AF array alone."""
    pdf = pikepdf.new()
    add_page(pdf, INVOICE)
    specification = pikepdf.AttachedFileSpec(pdf, xml, filename=name, mime_type="text/xml")
    if associated_only:
        pdf.Root.AF = pikepdf.Array([specification.obj])
    else:
        pdf.attachments[name] = specification
    return saved(pdf)


_PRINTED = """
#set page(paper: "a4", margin: 2cm)
#set text(font: "Libertinus Serif", size: 11pt)
= FAKTURA
#grid(columns: (1fr, 1fr),
  [Papirhuset Nord A/S \\ Industrivej 40 \\ 9000 Aalborg],
  align(right)[Fakturanr.: 2024-00817 \\ Fakturadato: 12-03-2024 \\ Deres ref.: PO-2041])
#v(8mm)
Nordlys Kontor ApS \\ Havnegade 12 \\ 8000 Aarhus C
#v(8mm)
#table(columns: (auto, 1fr, auto, auto), stroke: none,
  [Varenummer], [Beskrivelse], [Antal], [Beløb],
  [PAP-500], [Kopipapir hvid, æske med fem pakker], [40], [5.550,00],
  [BND-800], [Ringbind grøn, otte centimeter], [100], [1.760,00])
#align(right)[Subtotal 7.310,00 \\ Moms 1.827,50 \\ At betale DKK 9.137,50]
Betalingsbetingelser: netto 30 dage. Ved for sen betaling beregnes renter efter gældende lov.
"""
_PRINTED_TEXT = """
FAKTURA Papirhuset Nord A/S Industrivej 40 9000 Aalborg Fakturanr.: 2024-00817 Fakturadato: 12-03-2024 Deres ref.:
PO-2041 Nordlys Kontor ApS Havnegade 12 8000 Aarhus C Varenummer Beskrivelse Antal Beløb PAP-500 Kopipapir hvid,
æske med fem pakker 40 5.550,00 BND-800 Ringbind grøn, otte centimeter 100 1.760,00 Subtotal 7.310,00 Moms 1.827,50
At betale DKK 9.137,50 Betalingsbetingelser: netto 30 dage. Ved for sen betaling beregnes renter efter gældende lov.
"""
PRINTED_WORDS = tuple(_PRINTED_TEXT.split())


def printed_pdf(ruled: bool = False) -> bytes:
    """Return a typeset invoice, for making scans of; its text layer tells where every word stands."""
    return typst.compile((_PRINTED.replace("stroke: none,", "") if ruled else _PRINTED).encode())


def scan_of(pdf: bytes, degrees: float = 0.0, dpi: int = 200) -> Image.Image:
    """Return the first page as a scanner would see it, the paper lying turned clockwise by `degrees`."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    return image.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def png_of(image: Image.Image, dpi: int = 200) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def file_of(content: bytes, name: str = "file.pdf") -> SourceFile:
    """Return a file whose media type is not known yet."""
    return SourceFile(name, "application/octet-stream", content)
