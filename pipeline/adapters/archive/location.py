"""Opens an archive by its location: a folder, a bucket, or memory."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipeline.adapters.archive.object_store import ObjectArchive
from pipeline.errors import ConfigurationError

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore, RetryConfig, S3Config

_HINT = "Name a folder, file:///folder, s3://bucket/prefix or memory:// as the archive."


def open_archive(
    location: str,
    *,
    endpoint: str | None = None,
    region: str | None = None,
    access_key: str | None = None,
    secret_key: str | None = None,
) -> ObjectArchive:
    """Open the archive at `location`: a path, `file:///path`, `s3://bucket/prefix` or `memory://` (lost on exit).

    The other arguments concern S3; what is left out is taken from the environment and the instance's own role.
    A folder is made where it is missing, a bucket must exist. Raises ConfigurationError for a location of no
    known kind.
    """
    from obstore.store import MemoryStore

    parts = urlsplit(location)
    store: ObjectStore
    if parts.scheme == "s3":
        store = _s3(parts.netloc, parts.path.strip("/"), endpoint, region, access_key, secret_key)
    elif parts.scheme == "memory":
        store = MemoryStore()
    elif parts.scheme == "file":
        store = _folder(Path(unquote(parts.path)))
    elif "://" not in location and location:
        store = _folder(Path(location))
    else:
        raise ConfigurationError(f"{location!r} is no place for an archive.", operator_hint=_HINT)
    return ObjectArchive(store)


def _folder(path: Path) -> "ObjectStore":
    from obstore.store import LocalStore

    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"The archive folder {path} cannot be made: {error.strerror}.", operator_hint=_HINT
        ) from error
    return LocalStore(path)


def _s3(
    bucket: str,
    prefix: str,
    endpoint: str | None,
    region: str | None,
    access_key: str | None,
    secret_key: str | None,
) -> "ObjectStore":
    from obstore.store import S3Store

    if not bucket:
        raise ConfigurationError("The archive location names no bucket.", operator_hint=_HINT)
    config: S3Config = {}
    client: ClientConfig = {"timeout": timedelta(seconds=30), "connect_timeout": timedelta(seconds=5)}
    # The flow retries by itself, with every attempt in the log; a few quick tries here only bridge a hiccup.
    retry: RetryConfig = {"max_retries": 2, "retry_timeout": timedelta(seconds=20)}
    if endpoint:
        config["endpoint"] = endpoint
        client["allow_http"] = endpoint.startswith("http://")
    if region or endpoint:
        config["region"] = region or "us-east-1"
    if access_key and secret_key:
        config["access_key_id"] = access_key
        config["secret_access_key"] = secret_key
    try:
        return S3Store(bucket, prefix=prefix or None, config=config, client_options=client, retry_config=retry)
    except ValueError as error:
        raise ConfigurationError(f"The S3 archive cannot be opened: {error}") from error
