"""Writes to a local folder that survive a power cut: obstore's local store does not flush to the disk itself."""

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from obstore.store import LocalStore


def create_durably(store: "LocalStore", key: str, content: bytes) -> None:
    """Create `key` with `content`; when this returns, both the bytes and the name are on the disk.

    The bytes are flushed under a passing name first, so that `key` never names a torn file. Raises obstore's
    AlreadyExistsError where the key is taken, OSError where the disk refuses.
    """
    root = Path(str(store.prefix))
    staged = f"staging/{uuid.uuid4().hex}"
    try:
        store.put(staged, content, use_multipart=False)
        _flush(root / staged)
        store.rename(staged, key, overwrite=False)
    except BaseException:
        (root / staged).unlink(missing_ok=True)
        raise
    folder = (root / key).parent
    while folder != root.parent and folder.is_relative_to(root):
        _flush(folder)
        folder = folder.parent


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
