"""Translates what obstore and the disk raise into the project's errors."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import AuthenticationFailed, BilagError, Rejected, ResourceExhausted, Unavailable

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOMEM, errno.EMFILE, errno.ENFILE})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_OS_ERROR = re.compile(r"os error (\d+)")


@contextmanager
def translated(action: str) -> Iterator[None]:
    """Raise the project's error for whatever `action` (a phrase such as "keep an original") fails with."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as error:
        raise Rejected(f"Could not {action}: there is no such object.", vendor_code="not_found") from error
    except OSError as error:
        raise _of_number(action, error.errno, error.strerror or "unknown error") from error
    except BaseError as error:
        raise _of_store(action, error) from error


def _of_store(action: str, error: Exception) -> BilagError:
    """Classify an obstore error; those of a disk carry the errno only in their text."""
    from obstore.exceptions import InvalidPathError, NotSupportedError, PermissionDeniedError, UnauthenticatedError

    summary = str(error).strip().partition("\n")[0]
    number = _OS_ERROR.search(summary)
    if number is not None and int(number.group(1)) in _FULL | _DENIED:
        return _of_number(action, int(number.group(1)), summary)
    if isinstance(error, PermissionDeniedError | UnauthenticatedError):
        return AuthenticationFailed(f"Could not {action}: {summary}.")
    if isinstance(error, InvalidPathError | NotSupportedError):
        return Rejected(f"Could not {action}: {summary}.", vendor_code=type(error).__name__)
    return Unavailable(f"Could not {action}: {summary}.")


def _of_number(action: str, number: int | None, reason: str) -> BilagError:
    if number in _FULL:
        return ResourceExhausted(f"Could not {action}: {reason}.")
    if number in _DENIED:
        return AuthenticationFailed(
            f"Could not {action}: {reason}.",
            operator_hint="Give the user that runs the pipeline the right to write in the archive.",
        )
    return Unavailable(f"Could not {action}: {reason}.")
