"""The one document that a person means, or the message where it has none."""

import re
from dataclasses import replace

from pipeline.cli.terminal import harmless
from pipeline.errors import Rejected
from pipeline.store.records import DocumentLine
from pipeline.store.store import Store

WHICH = (
    "Part of its file name, the start of its id, NAME:2 for the second that matches, d-3 for dead letter 3, or part of "
    "the subject of a message without documents, or any message's key (m-…)."
)
_SHOWN = 10
_NUMBERED = re.compile(r"(.+):([1-9]\d{0,3})")
_LETTER = re.compile(r"(?:d-)?(\d{1,9})")


def one_document(store: Store, query: str) -> DocumentLine:
    """Return the document that `query` names (see `WHICH`); a message without documents has no `id`.

    Raises Rejected where none matches, or several: it then lists them.
    """
    found = _matching(store, query)
    numbered = _NUMBERED.fullmatch(query)
    if not found and numbered:
        named, number = _matching(store, numbered.group(1)), int(numbered.group(2))
        if 0 < len(named) < number:
            raise _ambiguous(named, numbered.group(1))
        found = named[number - 1 : number]
    if not found:
        raise Rejected(
            f"No document's id or file name matches {harmless(query)!r}, nor the subject of a message without any.",
            operator_hint="`bilag status` lists the last messages, `bilag dead-letters list` what is stuck.",
        )
    if len(found) > 1:
        raise _ambiguous(found, query)
    return found[0]


def _matching(store: Store, query: str) -> list[DocumentLine]:
    """Return what matches in the first way that matches anything, in the order it came."""
    if query.startswith("d-") and (stuck := _of_dead_letter(store, query)):
        return stuck
    if query.startswith("m-") and (messages := _of_message(store, query)):
        return messages
    found = list(store.find_documents(query))
    if found:
        return found
    bare = [line for line in store.overview() if line.id is None]
    by_subject = [line for line in bare if query and query.casefold() in line.subject.casefold()]
    return by_subject or _of_dead_letter(store, query)


def _of_message(store: Store, query: str) -> list[DocumentLine]:
    """Return messages by key, each as itself and not as its documents."""
    found = {line.message_key: line for line in store.overview() if line.message_key.startswith(query)}
    return [
        replace(line, id=None, key=None, file="", path="", kind=None, record=None, state=store.message(key).state)
        for key, line in found.items()
    ]


def _of_dead_letter(store: Store, query: str) -> list[DocumentLine]:
    number = _LETTER.fullmatch(query)
    letter = next((x for x in store.dead_letters() if number and x.id == int(number.group(1))), None)
    if letter is None:
        return []
    if letter.document_id is not None:
        return [store.show(letter.document_id).line]
    return [line for line in store.overview() if line.id is None and line.message_key == letter.message_key]


def _ambiguous(found: list[DocumentLine], query: str) -> Rejected:
    listed = [
        f"  {query}:{number}  {line.state.value.replace('_', ' ')}  {line.file or '(no document)'}  {line.subject}\n"
        f"      {line.id or line.message_key}"
        for number, line in enumerate(found[:_SHOWN], start=1)
    ]
    if len(found) > _SHOWN:
        listed.append(f"  … and {len(found) - _SHOWN} more")
    lines = "\n".join(listed)
    return Rejected(
        f"{len(found)} documents match:\n{harmless(lines)}\n",
        operator_hint="Name one as listed, by its number or its whole id.",
    )
