"""What people look at: tables of fields, of documents with their outcomes, of counts and dead letters."""

from collections import Counter
from collections.abc import Collection, Sequence

from rich.console import Group, RenderableType
from rich.style import StyleType
from rich.table import Table
from rich.text import Text

from pipeline.cli.terminal import harmless, verbatim
from pipeline.domain.document import Unreadable
from pipeline.domain.extraction import Extraction, Field
from pipeline.domain.finding import Finding, Severity
from pipeline.domain.vocabulary import LineColumn
from pipeline.store.audit import AuditRow
from pipeline.store.records import DeadLetter, DocumentLine, DocumentRecord, MessageLine, State, StatusReport

_COLOURS = {
    State.POSTED: "green",
    State.REVIEW: "yellow",
    State.DEAD_LETTER: "red",
    State.DUPLICATE: "cyan",
    State.SKIPPED: "dim",
}
_SEVERITIES = {Severity.BLOCK: "red", Severity.WARN: "yellow", Severity.INFO: "dim"}
_SURE, _FAIR = 0.9, 0.7
_NARROW, _WIDE, _AMPLE = 100, 120, 140  # columns of a terminal


class _Sheet(Table):
    """A table whose texts are shown as they stand, wherever they come from."""

    def add_row(
        self, *renderables: RenderableType | None, style: StyleType | None = None, end_section: bool = False
    ) -> None:
        cells = (verbatim(cell) if isinstance(cell, str) else cell for cell in renderables)
        super().add_row(*cells, style=style, end_section=end_section)


def extraction_table(extraction: Extraction) -> RenderableType:
    """Show what was read of one document."""
    fields = _table("field", "value", "sure", "source", "page", whole=("field", "sure", "source", "page"))
    title = verbatim(
        f"{extraction.file}  ·  {extraction.kind.value.value} ({extraction.kind.confidence:.0%})", "italic"
    )
    # A path is to be copied: it may run over the edge, but is never broken.
    title.no_wrap, title.overflow = True, "ignore"
    for name, found in extraction.fields.items():
        page = str(found.page) if found.page else ""
        fields.add_row(name.value, _one_line(found.value), _confidence(found), found.source.value, page)
    parts: list[RenderableType] = [title, fields]
    if extraction.lines:
        parts.append(_lines_table(extraction))
    parts += [_finding_line(finding) for finding in extraction.findings]
    return Group(*parts, "")


def _lines_table(extraction: Extraction) -> Table:
    present = [c for c in LineColumn if any(c in line for line in extraction.lines)]
    table = _table("#", *(column.value for column in present))
    for number, line in enumerate(extraction.lines, start=1):
        table.add_row(str(number), *(_one_line(line[c].value) if c in line else "" for c in present))
    return table


def unreadable_line(unreadable: Unreadable) -> RenderableType:
    """Show why a file could not be read."""
    return Group(verbatim(unreadable.file, "bold"), *(_finding_line(f) for f in unreadable.findings), "")


def overview(rows: Sequence[DocumentLine], title: str = "", *, width: int) -> RenderableType:
    """Show one row for each document, and for each message without any; below it why some were not posted.

    In a `width` that has no room for it the kind is left out, and the record stands in the reason's column.
    """
    headings = ["#", "message", "document", "kind", "decision", "reason", "ERP record"]
    if width < _AMPLE:
        headings[-2:] = ["reason or record"]
    if width < _NARROW:
        headings.remove("kind")
    table = _table(*headings, title=title or None, whole=("#", "decision", *headings[-2:]))
    why = _reasons()
    for number, row in enumerate(rows, start=1):
        record = f"{row.record.type.value.replace('_', ' ')} {row.record.number or row.record.id}" if row.record else ""
        reason = "" if row.state is State.POSTED else row.reason or ""
        cells: dict[str, RenderableType] = {
            "#": str(number),
            "message": _one_line(row.subject, 36),
            "document": _one_line(row.file, 28),
            "kind": row.kind.value.replace("_", " ") if row.kind else "",
            "decision": Text(row.state.value.replace("_", " "), style=_COLOURS.get(row.state, "")),
            "reason": reason,
            "ERP record": record,
            "reason or record": "\n".join(filter(None, (reason, record))),
        }
        table.add_row(*(cells[heading] for heading in headings))
        if row.outcome and row.state is not State.POSTED:
            why.add_row(Text(str(number), style="bold", justify="right"), verbatim(row.outcome.message, "dim"))
    return Group(table, "", why) if why.rows else table


def totals_line(rows: Sequence[DocumentLine], *, messages: int, seconds: float) -> Text:
    """Sum the outcomes up, with how long it all took."""
    counts = Counter(row.state for row in rows)
    parts = [(f"{counts[s]} {s.value.replace('_', ' ')}", _COLOURS.get(s, "")) for s in State if counts[s]]
    line = Text(f"{messages} messages, {sum(row.id is not None for row in rows)} documents in {seconds:.0f} s: ")
    return line.append_text(Text(", ").join(Text(text, style=style) for text, style in parts))


def status_tables(report: StatusReport) -> RenderableType:
    """Show how much of everything there is."""
    counts = _table("", "messages", "documents")
    for state in State:
        messages, documents = report.messages.get(state, 0), report.documents.get(state, 0)
        if messages or documents:
            name = Text(state.value.replace("_", " "), style=_COLOURS.get(state, ""))
            counts.add_row(name, str(messages or ""), str(documents or ""))
    last = _table(
        "recorded (UTC)", "sender", "subject", "state", title="Last messages", whole=("recorded (UTC)", "state")
    )
    for line in report.last_messages:
        state_text = Text(line.state.value.replace("_", " "), style=_COLOURS.get(line.state, ""))
        when = f"{line.recorded_at:%Y-%m-%d %H:%M}"
        last.add_row(when, _one_line(line.sender, 36), _one_line(line.subject, 50), state_text)
    stuck = Text(f"{report.dead_letters} dead letters", style="red" if report.dead_letters else "dim")
    return Group(counts, stuck, "", last)


def document_view(record: DocumentRecord) -> RenderableType:
    """Show everything known about one document."""
    line, message = record.line, record.message
    facts = _Sheet.grid(padding=(0, 2))
    facts.add_row("document", line.id or "")
    facts.add_row("file", f"{line.file}  ({line.path})")
    facts.add_row("message", f"{message.subject}  from {message.sender}")
    facts.add_row("state", Text(line.state.value, style=_COLOURS.get(line.state, "")))
    if line.outcome:
        facts.add_row("outcome", f"{line.outcome.reason}: {line.outcome.message}")
    if record.posting:
        facts.add_row("posting", f"{record.posting.state.value}, {record.posting.attempts} attempts")
    if line.record:
        facts.add_row("ERP record", f"{line.record.type.value} {line.record.number or ''} (id {line.record.id})")
    parts: list[RenderableType] = [facts, ""]
    if record.extraction:
        parts.append(extraction_table(record.extraction))
    for decision in record.decisions:
        parts.append(verbatim(f"Decision: {decision.route.value}: {decision.message}", "bold"))
        parts += [_finding_line(finding) for finding in decision.findings]
        parts.append(Text("limits: " + ", ".join(f"{k}={v}" for k, v in decision.limits.items()), style="dim"))
    return Group(*parts, "", _history(record.audit))


def message_view(message: MessageLine, audit: Sequence[AuditRow]) -> RenderableType:
    """Show everything known about a message without documents."""
    facts = _Sheet.grid(padding=(0, 2))
    facts.add_row("key", message.key)
    facts.add_row("message", f"{message.subject}  from {message.sender}")
    facts.add_row("place", " ".join(filter(None, (message.ref.mailbox, message.ref.folder, message.ref.uid))))
    facts.add_row("state", Text(message.state.value, style=_COLOURS.get(message.state, "")))
    if message.outcome:
        facts.add_row("outcome", f"{message.outcome.reason}: {message.outcome.message}")
    return Group(facts, "", _history(audit))


def _history(audit: Sequence[AuditRow]) -> Table:
    history = _table("#", "when (UTC)", "who", "what", title="History", whole=("#", "when (UTC)"))
    for row in audit:
        history.add_row(str(row.sequence), f"{row.recorded_at:%Y-%m-%d %H:%M:%S}", row.actor, row.event)
    return history


def dead_letters_view(letters: Sequence[DeadLetter], *, width: int) -> RenderableType:
    """Show what is stuck, and below it why."""
    headings = ["id", "file", "subject", "sender", "reason", "tries", "since (UTC)"]
    if width < _WIDE:
        headings.remove("sender")
    if width < _NARROW:
        headings.remove("since (UTC)")
    table = _table(*headings, whole=("id", "reason", "tries", "since (UTC)"))
    why = _reasons()
    for letter in letters:
        cells = {
            "id": str(letter.id),
            "file": _one_line(letter.file, 28),
            "subject": _one_line(letter.subject, 36),
            "sender": _one_line(letter.sender, 36),
            "reason": letter.reason,
            "tries": str(letter.attempts),
            "since (UTC)": f"{letter.died_at:%Y-%m-%d %H:%M}",
        }
        table.add_row(*(cells[heading] for heading in headings))
        why.add_row(Text(str(letter.id), style="bold", justify="right"), verbatim(letter.message, "dim"))
    return Group(table, "", why)


def _reasons() -> Table:
    """Return an empty list of sentences, each behind the number of its row in the table above it."""
    return Table.grid(padding=(0, 1), pad_edge=False)


def _finding_line(finding: Finding) -> Text:
    style = _SEVERITIES[finding.severity]
    return Text.assemble(
        (f"  {finding.severity.value:5} ", style), (f"{finding.code.value}  ", "bold"), harmless(finding.message)
    )


def _confidence(found: Field) -> Text:
    style = "green" if found.confidence >= _SURE else "yellow" if found.confidence >= _FAIR else "red"
    return Text(f"{found.confidence:.0%}", style=style)


def _table(*headings: str, title: str | None = None, whole: Collection[str] = ()) -> Table:
    """Return an empty table; cells under the headings in `whole` are never broken."""
    table = _Sheet(
        box=None, pad_edge=False, header_style="bold", title=title, title_justify="left", padding=(0, 2, 0, 0)
    )
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading in whole)
    return table


def _one_line(text: str, width: int = 70) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else f"{flat[: width - 1]}…"
