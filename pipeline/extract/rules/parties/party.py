"""A party as printed, and when two names are one."""

from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.domain.document import Box
from pipeline.domain.legal_forms import company_core
from pipeline.extract.rules.parties.blocks import Block, Line

_SAME = 88.0  # rapidfuzz ratio from which two names are one


@dataclass(frozen=True)
class Party:
    """One party as printed: its name, where that stands, its address lines, and how sure we are (0 to 1)."""

    name: str
    line: Line
    confidence: float
    address: tuple[Line, ...] = ()
    block: Box | None = None
    labelled: bool = False
    alternatives: tuple["Party", ...] = ()


def party_of(name: str, block: Block, confidence: float) -> Party:
    """Return the party whose name stands in the first line of a block and whose address follows."""
    address = block.address()
    box = block.lines[0].box.union(address[-1].box) if address else block.lines[0].box
    return Party(name, block.lines[0], confidence, address, box)


def same_name(first: str, second: str) -> bool:
    """Say whether two names are one, legal forms and slips aside."""
    a, b = company_core(first), company_core(second)
    return bool(a) and bool(b) and fuzz.ratio(a, b) >= _SAME
