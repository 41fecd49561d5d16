"""Typst source to PDF, with the fonts of the machine; one compiler a process."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst


def render(source: str) -> bytes:
    """Return the PDF of a typst source; the same source gives the same bytes where the same fonts are installed."""
    pdf = _compiler().compile(source.encode(), format="pdf", timestamp=0, pdf_tags=False)
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


@lru_cache(maxsize=1)
def _compiler() -> "typst.Compiler":
    import typst

    return typst.Compiler(font_paths=typst.Fonts())
