"""Typst source to PDF, with the fonts of the machine; one compiler a process."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst


class Unsettable(Exception):
    """A source that typst cannot set."""


def render(source: str) -> bytes:
    """Return the PDF of a typst source; the same source gives the same bytes where the same fonts are installed.

    Raises Unsettable with what typst says.
    """
    import typst

    try:
        pdf = _compiler().compile(source.encode(), format="pdf", timestamp=0, pdf_tags=False)
    except typst.TypstError as error:
        raise Unsettable(str(error)) from error
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


@lru_cache(maxsize=1)
def _compiler() -> "typst.Compiler":
    import typst

    return typst.Compiler(font_paths=typst.Fonts())
