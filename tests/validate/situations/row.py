"""A situation that an accounts-payable lead would name, and exactly what has to be found in it."""

from typing import Any, NamedTuple

from pipeline.domain.extraction import Extraction
from pipeline.domain.policy import Policy
from pipeline.validate.facts import ErpFacts
from tests.validate.documents import TONER, Line


class Row(NamedTuple):
    """`expected` are exactly the findings that hold the document, `told` codes that are among the informing ones."""

    name: str
    extraction: Extraction
    expected: tuple[tuple[str, str], ...] = ()
    known: ErpFacts | None = None
    policy: Policy | None = None
    told: tuple[str, ...] = ()


def block(code: str) -> tuple[str, str]:
    """Expect a blocking finding."""
    return code, "block"


def warn(code: str) -> tuple[str, str]:
    """Expect a warning finding."""
    return code, "warn"


def changed(base: Line = TONER, *without: str, **changes: Any) -> Line:
    """Return a line with changes, and without the columns named."""
    return {k: v for k, v in {**base, **changes}.items() if k not in without}


NO_PO = Policy(require_purchase_order=False)
