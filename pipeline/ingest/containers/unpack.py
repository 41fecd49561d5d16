"""A message taken apart, down through multipart, forwarded messages, archives and winmail.dat, within limits."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.domain.mail import SkippedPart
from pipeline.ingest.body import BodyText
from pipeline.ingest.containers.archives import Member, unzip
from pipeline.ingest.containers.limits import Budget, Limits
from pipeline.ingest.containers.tnef import unpack_tnef
from pipeline.ingest.mime.charset import decode_text
from pipeline.ingest.mime.parameters import clean_name
from pipeline.ingest.mime.structure import Entity, read_entity, read_message, split_parts
from pipeline.ingest.sniff import MESSAGE, PDF, TNEF, UNKNOWN, XML, ZIP, sniff

_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
_BODY_KINDS = frozenset({XML, MESSAGE, UNKNOWN, "image/svg+xml"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file inside a message. `kind` is sniffed, `declared` the sender's word; `inline` where shown with the text."""

    path: str
    name: str
    kind: str
    declared: str
    content: bytes
    inline: bool = False
    content_id: str = ""


@dataclass(slots=True)
class Scope:
    """The text parts of one message, the outer or a forwarded one; `prefix` is the path to it."""

    prefix: str
    subject: str
    texts: list[BodyText] = field(default_factory=list)


@dataclass(slots=True)
class Contents:
    """Everything found in a message; each part stands in exactly one of leaves, the scopes' texts and skipped."""

    leaves: list[Leaf] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    skipped: list[SkippedPart] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def unpack(message: Entity, limits: Limits) -> Contents:
    """Return every part of a message that lies within the limits, and a skipped part for what lies beyond."""
    unpacking = _Unpacking(limits)
    unpacking.message(message, "", 0)
    return unpacking.contents


class _Unpacking:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.budget = Budget(limits)
        self.contents = Contents()
        self._paths: set[str] = set()

    def message(self, message: Entity, prefix: str, depth: int) -> None:
        scope = Scope(prefix, message.headers.text("subject"))
        self.contents.scopes.append(scope)
        self._entity(message, scope, "", depth, parent="")

    def _entity(self, entity: Entity, scope: Scope, section: str, depth: int, parent: str) -> None:
        self.contents.defects.extend(entity.defects)
        declared = entity.content_type.leading or (MESSAGE if parent == "multipart/digest" else "")
        path = scope.prefix + (section or "1")
        if depth > self.limits.depth:
            self._too_deep(path, entity.file_name)
        elif declared.startswith("multipart/"):
            self._multipart(entity, scope, section, depth, declared)
        elif not declared and entity.body.lstrip().startswith(b"--") and not section:
            self._multipart(entity, scope, section, depth, "multipart/mixed")
        else:
            self._single(entity, scope, path, depth, declared, parent)

    def _multipart(self, entity: Entity, scope: Scope, section: str, depth: int, declared: str) -> None:
        boundary = entity.content_type.parameters.get("boundary", "")
        limit = max(self.budget.parts, 0)
        parts = split_parts(entity.body, boundary, limit) or split_parts(entity.content()[0], boundary, limit)
        if parts is None:
            if entity.content_type.leading:
                self.contents.defects.append("A multipart body has no parts; it was read as text.")
            self._single(entity, scope, scope.prefix + (section or "1"), depth, "text/plain", "")
            return
        self.contents.defects.extend(parts.defects)
        self.budget.parts -= len(parts.bodies)
        lead = f"{section}." if section else ""
        for number, body in enumerate(parts.bodies, start=1):
            self._entity(read_entity(body), scope, f"{lead}{number}", depth + 1, parent=declared)
        if parts.rest:
            path = self._unique(f"{scope.prefix}{lead}{len(parts.bodies) + 1}")
            self._skip(
                path, "", "TOO_MANY_PARTS", f"The message has more than {self.limits.parts} parts; the rest was left."
            )

    def _single(self, entity: Entity, scope: Scope, path: str, depth: int, declared: str, parent: str) -> None:
        content, defect = entity.content()
        name = entity.file_name
        attached = entity.disposition.leading == "attachment" or bool(name)
        if defect:
            self.contents.defects.append(f"{defect} (part {path})")
        if parent == "multipart/encrypted" or declared in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
            reason = "This part is encrypted or sealed; ask the sender to send the document in the clear."
            self._skip(self._named(path, name), name, "ENCRYPTED", reason)
        elif (declared.startswith("message/") and declared not in _MESSAGES) or (
            parent == "multipart/report" and (declared in _MESSAGES or declared == "text/rfc822-headers")
        ):
            reason = "This part belongs to a delivery report, or stands for content that is not in the message."
            self._skip(self._named(path, name), name, "DELIVERY_REPORT", reason)
        elif declared in ("", "text/plain", "text/html") and not attached and _is_text(content):
            self._text(entity, scope, path, content, declared)
        else:
            inline = entity.disposition.leading == "inline" or (bool(entity.content_id) and not attached)
            self._file(Leaf(path, name, sniff(content, name), declared, content, inline, entity.content_id), depth)

    def _text(self, entity: Entity, scope: Scope, path: str, content: bytes, declared: str) -> None:
        text, defect = decode_text(content, entity.content_type.parameters.get("charset"))
        if defect:
            self.contents.defects.append(f"{defect} (part {path})")
        scope.texts.append(BodyText(self._unique(path), text, html=declared == "text/html"))

    def _file(self, leaf: Leaf, depth: int) -> None:
        if depth > self.limits.depth:
            self._too_deep(leaf.path, leaf.name)
        elif leaf.kind == MESSAGE or (leaf.declared in _MESSAGES and leaf.content.strip()):
            name = leaf.name or "message.eml"
            self.message(read_message(leaf.content), f"{self._named(leaf.path, name)}/", depth + 1)
        elif leaf.kind == ZIP:
            name = leaf.name or "archive.zip"
            self._members(unzip(leaf.content, self.budget), self._named(leaf.path, name), name, depth + 1)
        elif leaf.kind == TNEF:
            name = leaf.name or "winmail.dat"
            self._members(unpack_tnef(leaf.content), self._named(leaf.path, name), name, depth + 1)
        else:
            path = self._named(leaf.path, leaf.name)
            self.contents.leaves.append(
                Leaf(path, leaf.name, leaf.kind, leaf.declared, leaf.content, leaf.inline, leaf.content_id)
            )

    def _members(self, members: Iterable[Member], path: str, container: str, depth: int) -> None:
        for member in members:
            inner = f"{path}/{member.name.strip('/')}" if member.name else path
            name = clean_name(member.name) or container
            if member.content is None:
                self._skip(self._unique(inner) if member.name else path, name, member.code, member.reason)
            elif self.budget.parts <= 0:
                reason = f"The message has more than {self.limits.parts} parts; this one was left."
                self._skip(self._unique(inner), name, "TOO_MANY_PARTS", reason)
            else:
                self.budget.parts -= 1
                folder = inner.rpartition("/")[0] + "/"
                self._file(Leaf(folder, name, sniff(member.content, name), "", member.content), depth)

    def _too_deep(self, path: str, name: str) -> None:
        reason = f"This part lies more than {self.limits.depth} containers deep and was not opened; look at it by hand."
        self._skip(self._named(path, name), name, "TOO_DEEP", reason)

    def _skip(self, path: str, name: str, code: str, reason: str) -> None:
        self.contents.skipped.append(SkippedPart(path, name, reason, code))

    def _named(self, path: str, name: str) -> str:
        if not name:
            return self._unique(path.rstrip("/"))
        return self._unique(path + name if path.endswith("/") else f"{path}/{name}")

    def _unique(self, path: str) -> str:
        number, unique = 1, path
        while unique in self._paths:
            number += 1
            unique = f"{path} ({number})"
        self._paths.add(unique)
        return unique


def _is_text(content: bytes) -> bool:
    """Say whether what is declared as text is not, in truth, a file that a broken program put there."""
    kind = sniff(content)
    if kind == PDF:
        return not content.lstrip().startswith(b"%PDF-")
    return kind.startswith("text/") or kind in _BODY_KINDS
