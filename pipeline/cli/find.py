"""The one document that a person means."""

from pipeline.cli.terminal import harmless
from pipeline.errors import Rejected
from pipeline.store.records import DocumentLine
from pipeline.store.store import Store

_SHOWN = 10


def one_document(store: Store, query: str) -> DocumentLine:
    """Return the document whose id begins with `query`, or whose file name contains it.

    Raises Rejected where none matches, or several: it then lists them.
    """
    found = [line for line in store.find_documents(query) if line.id is not None]
    if not found:
        raise Rejected(
            f"No document's id or file name matches {harmless(query)!r}.",
            operator_hint="`bilag status` lists the last messages.",
        )
    if len(found) > 1:
        listed = "\n".join(f"  {line.id}  {line.file}  {line.state.value}  {line.subject}" for line in found[:_SHOWN])
        raise Rejected(
            f"{len(found)} documents match:\n{harmless(listed)}\n", operator_hint="Name one by the start of its id."
        )
    return found[0]
