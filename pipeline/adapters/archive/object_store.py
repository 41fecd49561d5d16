"""The archive on any object store that obstore knows: a folder, S3, memory.

Originals lie at `originals/<first 2 hex>/<sha256>` and are created, never overwritten. A manifest is a set of small
objects, `manifests/<message sha256>/<sequence>-<event>-<digest>.json`, one per entry and created only: two writers
that append at once pick the same sequence but different names, so both entries stay.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.adapters.archive.failures import translated
from pipeline.adapters.archive.local_disk import create_durably
from pipeline.errors import CorruptState, Rejected

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_SHA256 = re.compile(r"[0-9a-f]{64}")
_EVENT = re.compile(r"[a-z][a-z0-9_]{0,63}")
_ENTRY = re.compile(r"(?P<sequence>\d{6,})-(?P<event>[a-z][a-z0-9_]*)-(?P<digest>[0-9a-f]{16})\.json")


class ObjectArchive:
    """Implements `pipeline.ports.Archive`; see `open_archive` for opening one by its location."""

    def __init__(self, store: "ObjectStore") -> None:
        self._store = store

    def put(self, content: bytes) -> str:
        """Keep `content` and return its hex SHA-256; the same content again changes nothing.

        Raises ResourceExhausted on a full disk, Unavailable where the store does not answer, CorruptState where
        something else is kept under that digest.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._create(_original(sha256), content, "keep an original"):
            # Equal name must mean equal bytes; an original damaged on the disk is found here, not years later.
            self.get(sha256)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return what was put. Raises `Rejected` (code `not_found`) or CorruptState, as the port says."""
        if not _SHA256.fullmatch(sha256):
            raise Rejected(f"{sha256!r} is no SHA-256 digest.", vendor_code="not_found")
        with translated(f"read the original {sha256[:12]}"):
            content = bytes(self._store.get(_original(sha256)).bytes())
        if hashlib.sha256(content).hexdigest() != sha256:
            raise CorruptState(
                f"The archived original {sha256[:12]} no longer has that digest.",
                operator_hint="Restore it from a backup, or move it away and fetch its message again.",
            )
        return content

    def append_manifest(self, message_sha256: str, event: str, data: Mapping[str, object]) -> None:
        """Add one entry; the same event with the same data again changes nothing.

        `event` is lower-case letters, digits and underscores, `data` JSON; raises ValueError or TypeError otherwise.
        """
        if not _EVENT.fullmatch(event):
            raise ValueError(f"{event!r} is no event name: lower-case letters, digits and underscores")
        if not _SHA256.fullmatch(message_sha256):
            raise ValueError(f"{message_sha256!r} is no SHA-256 digest")
        content = _canonical({"event": event, "data": data})
        digest = hashlib.sha256(content).hexdigest()[:16]
        entries = self._entries(message_sha256)
        if any(entry.group("event") == event and entry.group("digest") == digest for entry in entries):
            return
        sequence = max((int(entry.group("sequence")) for entry in entries), default=0) + 1
        key = f"manifests/{message_sha256}/{sequence:06d}-{event}-{digest}.json"
        self._create(key, content, "add to a manifest")

    def manifest(self, message_sha256: str) -> Sequence[Mapping[str, object]]:
        """Return the entries, oldest first: `{"event", "data"}`; empty for an unknown message.

        Raises CorruptState for an entry that was changed after it was written.
        """
        kept: dict[tuple[str, str], Mapping[str, object]] = {}
        for entry in self._entries(message_sha256):
            # Two writers may have added the same entry at the same moment; it is one entry.
            identity = (entry.group("event"), entry.group("digest"))
            if identity not in kept:
                kept[identity] = self._read_entry(f"manifests/{message_sha256}/{entry.group()}", identity[1])
        return list(kept.values())

    def _entries(self, message_sha256: str) -> list[re.Match[str]]:
        """Return the parsed names of a manifest's entries, oldest first."""
        prefix = f"manifests/{message_sha256}/"
        with translated("list a manifest"):
            names = [item["path"].rpartition("/")[2] for page in self._store.list(prefix) for item in page]
        found = (_ENTRY.fullmatch(name) for name in names)
        return sorted((entry for entry in found if entry), key=lambda e: (int(e.group("sequence")), e.group()))

    def _read_entry(self, key: str, digest: str) -> Mapping[str, object]:
        with translated("read a manifest"):
            content = bytes(self._store.get(key).bytes())
        if hashlib.sha256(content).hexdigest()[:16] != digest:
            raise CorruptState(f"The manifest entry {key} was changed after it was written.")
        entry: Mapping[str, object] = json.loads(content)
        return entry

    def _create(self, key: str, content: bytes, action: str) -> bool:
        """Create an object and say whether it is new; an existing one stays as it is."""
        from obstore.exceptions import AlreadyExistsError
        from obstore.store import LocalStore

        with translated(action):
            try:
                if isinstance(self._store, LocalStore):
                    create_durably(self._store, key, content)
                else:
                    # A multipart upload could not be conditional on the key being free.
                    self._store.put(key, content, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return False
        return True


def _original(sha256: str) -> str:
    return f"originals/{sha256[:2]}/{sha256}"


def _canonical(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
