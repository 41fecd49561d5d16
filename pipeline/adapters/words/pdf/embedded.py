"""Finds the e-invoice inside a PDF: an embedded or associated XML file (PDF/A-3, ISO 19005-3)."""

import io
import re

import pikepdf

# The names that Factur-X, ZUGFeRD, XRechnung and Order-X prescribe, the newest first.
_PRESCRIBED = ("factur-x.xml", "order-x.xml", "xrechnung.xml", "zugferd-invoice.xml")
_ROOT = re.compile(
    rb"<(?:\w+:)?(?:CrossIndustryInvoice|CrossIndustryDocument|SCRDMCCBDACIOMessageStructure|Invoice|CreditNote|Order|"
    rb"OrderResponse|OrderChange)\b"
)
_HEAD = 8192


def embedded_einvoice(content: bytes) -> bytes | None:
    """Return the XML of the e-invoice that a PDF carries, or None where it carries none or cannot be opened."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = _embedded_xml(pdf)
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None
    for name in _PRESCRIBED:
        if name in found:
            return found[name]
    return next((xml for _, xml in sorted(found.items()) if _ROOT.search(xml[:_HEAD])), None)


def _embedded_xml(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    """Return the embedded XML files by lower-case name."""
    found: dict[str, bytes] = {}
    for key, specification in pdf.attachments.items():
        name = (specification.filename or key).lower()
        if name.endswith(".xml") or key.lower().endswith(".xml"):
            found[name if name.endswith(".xml") else key.lower()] = specification.get_file().read_bytes()
    for name, xml in _associated_xml(pdf):
        found.setdefault(name, xml)
    return found


def _associated_xml(pdf: pikepdf.Pdf) -> list[tuple[str, bytes]]:
    """Return the files of the catalogue's /AF array, which some writers leave out of the name tree."""
    files = pdf.Root.get("/AF")
    if not isinstance(files, pikepdf.Array):
        return []
    found = []
    for specification in files:
        if not isinstance(specification, pikepdf.Dictionary) or "/EF" not in specification:
            continue
        name = str(specification.get("/UF", specification.get("/F", ""))).lower()
        stream = specification.EF.get("/F", specification.EF.get("/UF"))
        if name.endswith(".xml") and isinstance(stream, pikepdf.Stream):
            found.append((name, stream.read_bytes()))
    return found
