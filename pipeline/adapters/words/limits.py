"""How much of a file is read before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Upper bounds for one file: sizes in bytes and pixels, time in seconds, `dpi` for pages made into images.

    `max_side` and `max_pixels` bound a picture as it is declared, before any of it is decoded. `seconds` counts a whole
    file by the wall clock; `memory` is the address space of the process that reads it.
    """

    max_bytes: int = 50_000_000
    max_pages: int = 200
    max_side: int = 20_000
    max_pixels: int = 100_000_000
    seconds: float = 300.0
    memory: int = 6_000_000_000
    dpi: int = 200
