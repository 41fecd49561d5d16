"""How a Tryton record remembers the document it was made from.

Tryton has no field for an external reference that is both unique and writable from outside. The key stands on a line
of its own in the record's comment ("Bilag bill <key>"): it is written in the call that creates the record, so no record
of ours is ever without it; people see it, search for it, and only accountants with the right to may change it once
the record is posted. Descriptions would have gone into the ledger and onto print, attachments are a second call.

A record that somebody copies or credits in Tryton inherits the comment. The line therefore names the record's kind, so
that the credit of a bill is not taken for it, and the oldest record that is not cancelled counts.
"""

from collections.abc import Iterable

from pipeline.domain.record import RecordType

_NAMES = {
    RecordType.BILL: "Bilag bill",
    RecordType.CREDIT_NOTE: "Bilag credit note",
    RecordType.SALES_ORDER: "Bilag sales order",
}
_CONFIRMED = "Confirmed for Bilag: "


def mark(kind: RecordType, key: str) -> str:
    """Return the line that ties a record to its document."""
    return f"{_NAMES[kind]} {key}"


def comment(note: str, kind: RecordType, key: str) -> str:
    """Return the comment of a new record: the note for people, then the mark."""
    return "\n\n".join(filter(None, (note.strip(), mark(kind, key))))


def carries(text: str | None, kind: RecordType, key: str) -> bool:
    """Say whether a comment carries exactly this mark."""
    return mark(kind, key) in (text or "").splitlines()


def key_of(text: str | None, kind: RecordType) -> str | None:
    """Return the key that a comment carries, or None for a record that is not ours."""
    prefix = mark(kind, "")
    return next((line.removeprefix(prefix) for line in (text or "").splitlines() if line.startswith(prefix)), None)


def with_confirmed(text: str | None, warning: str) -> str:
    """Return a comment that tells of a warning of Tryton's that was answered yes."""
    line = _CONFIRMED + " ".join(warning.split())
    lines = (text or "").splitlines()
    return "\n".join(lines if line in lines else [*lines, line])


def confirmed(text: str | None) -> tuple[str, ...]:
    """Return the warnings that were answered yes."""
    return tuple(line.removeprefix(_CONFIRMED) for line in (text or "").splitlines() if line.startswith(_CONFIRMED))


def like(text: str) -> str:
    """Return an `ilike` operand that stands for exactly this text."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def scattered(characters: Iterable[str]) -> str:
    """Return an `ilike` operand for these characters in this order with anything between them."""
    return "%".join(map(like, characters))
