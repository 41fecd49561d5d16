"""The one error tree. A bad *document* gives findings; only a bad *run* raises.

    BilagError
    ├── ConfigurationError         settings or policy that cannot work
    ├── CorruptState               stored data that contradicts itself
    ├── ResourceExhausted          disk full, out of memory
    └── PortError                  something outside failed
        ├── Unavailable            no answer, rate limit, 5xx: try again later
        ├── AnswerLost             sent, but no reply: ask before trying again
        ├── AuthenticationFailed   credentials refused
        └── Rejected               understood and refused: a person must look

Each says whether trying again can help (`retryable`), what an operator can do (`operator_hint`) and the exit code
of a command that ends with it.
"""

from typing import ClassVar


class BilagError(Exception):
    """Base of every error that Bilag raises itself."""

    retryable: ClassVar[bool] = False
    exit_code: ClassVar[int] = 1
    default_hint: ClassVar[str] = "See the log for the step that failed."

    def __init__(self, message: str, *, operator_hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.operator_hint = operator_hint or self.default_hint

    def __str__(self) -> str:
        return f"{self.message} {self.operator_hint}"


class ConfigurationError(BilagError):
    """Settings or a policy that cannot work."""

    exit_code = 3
    default_hint = "Correct the setting and start again."


class CorruptState(BilagError):
    """Stored data that contradicts itself, such as a broken audit chain."""

    exit_code = 4
    default_hint = "Stop the pipeline and restore the store from a backup."


class ResourceExhausted(BilagError):
    """The machine ran out of disk or memory."""

    retryable = True
    exit_code = 5
    default_hint = "Free disk space or memory; the work goes on by itself."


class PortError(BilagError):
    """Something outside failed; the adapter translated the vendor's error into this."""

    exit_code = 6


class Unavailable(PortError):
    """No answer, a rate limit or a server error. `retry_after` is in seconds, where the vendor named a time."""

    retryable = True
    default_hint = "Nothing is lost; it is tried again with growing pauses."

    def __init__(self, message: str, *, operator_hint: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, operator_hint=operator_hint)
        self.retry_after = retry_after


class AnswerLost(PortError):
    """The request went out and no reply came: unknown, not failed. Look for the record by its key before a retry."""

    retryable = True
    default_hint = "The record is looked up by its key before it is sent again."


class AuthenticationFailed(PortError):
    """The credentials were refused."""

    exit_code = 7
    default_hint = "Check the user name, password or token of this adapter in the settings."


class Rejected(PortError):
    """The vendor understood the request and refused it; `vendor_code` is its own name for the reason."""

    exit_code = 8
    default_hint = "Correct the record's data in the ERP or the document in review, then retry it."

    def __init__(self, message: str, *, operator_hint: str | None = None, vendor_code: str | None = None) -> None:
        super().__init__(message, operator_hint=operator_hint)
        self.vendor_code = vendor_code
