"""Where originals are kept: `object_store` on any obstore bucket or folder, `location` opens one by its URL."""

from pipeline.adapters.archive.location import open_archive
from pipeline.adapters.archive.object_store import ObjectArchive

__all__ = ["ObjectArchive", "open_archive"]
