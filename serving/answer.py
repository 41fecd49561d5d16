"""What goes back: the documents of a file in the contract's form, or a refusal with its reason."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from pipeline.domain.contract import to_json
from pipeline.domain.document import Unreadable, WordsFrom
from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.domain.finding import ReasonCode, Severity

_STATUS: Mapping[ReasonCode, HTTPStatus] = {
    ReasonCode.FILE_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ReasonCode.FILE_TOO_MANY_PAGES: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ReasonCode.FILE_UNSUPPORTED: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there are no documents: `reason` is a stable code, `message` says what to do next.

    `retry_after` is in seconds and given where the same request may succeed later.
    """

    status: HTTPStatus
    reason: str
    message: str
    retry_after: int | None = None

    def headers(self) -> dict[str, str]:
        """Return the HTTP headers that go with it."""
        headers = {}
        if self.status is HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = "Bearer"
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        return headers


def refusal_of(unreadable: Unreadable) -> Refusal:
    """Return the refusal of a file of which nothing can be read: its gravest finding, always a 4xx status."""
    cause = min(unreadable.findings, key=lambda finding: finding.severity is not Severity.BLOCK)
    return Refusal(_STATUS.get(cause.code, HTTPStatus.UNPROCESSABLE_ENTITY), cause.code.value, cause.message)


def invalid(message: str) -> Refusal:
    """The request is none that this service knows; `message` says what one looks like."""
    return Refusal(HTTPStatus.BAD_REQUEST, "REQUEST_INVALID", message)


def too_large(megabytes: float) -> Refusal:
    """The request is larger than the largest file that is read; it was not received to its end."""
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ReasonCode.FILE_TOO_LARGE.value,
        f"The upload is larger than {megabytes:g} MB. Send a smaller copy, such as a scan at 200 to 300 dpi.",
    )


def body_too_large(megabytes: float) -> Refusal:
    """The words of a document take more bytes than are read; they were not received to their end."""
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ReasonCode.FILE_TOO_LARGE.value,
        f"The words are larger than {megabytes:g} MB. Send a part of the pages.",
    )


def too_many_pages(pages: int, most: int) -> Refusal:
    """The words are of more pages than are read."""
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ReasonCode.FILE_TOO_MANY_PAGES.value,
        f"The document has {pages:,} pages, more than {most:,}. Send a part of them.",
    )


def too_many_words(what: str, most: int) -> Refusal:
    """There are more words than are read; `what` says where and how many."""
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "TOO_MANY_WORDS",
        f"There is {what}, more than {most:,}. Send a part of them.",
    )


def key_missing() -> Refusal:
    """There is no bearer key."""
    return Refusal(HTTPStatus.UNAUTHORIZED, "KEY_MISSING", "Send a key in the header `Authorization: Bearer …`.")


def key_unknown() -> Refusal:
    """The bearer key is none of those in force."""
    return Refusal(HTTPStatus.UNAUTHORIZED, "KEY_UNKNOWN", "This key is not known. Ask the service's operator for one.")


def busy(retry_after: int = 5) -> Refusal:
    """More is asked than can be worked on; it may be less in `retry_after` seconds."""
    return Refusal(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "BUSY",
        "The service has as much to read as it can take. Send the request again later.",
        retry_after=retry_after,
    )


def unavailable() -> Refusal:
    """The service itself is in trouble; the file may be good."""
    return Refusal(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "UNAVAILABLE",
        "The service cannot read files at the moment; its log says why. Send the request again later.",
        retry_after=30,
    )


def unexpected() -> Refusal:
    """A fault of the program."""
    return Refusal(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "UNEXPECTED",
        "This is a fault of the program, not of the file. Report it with the request's id.",
    )


def refused(refusal: Refusal) -> bytes:
    """Return the JSON body of a refusal."""
    return _json({"reason": refusal.reason, "message": refusal.message})


def predicted(answer: Extraction | Refusal) -> bytes:
    """Return the JSON body of an answer to words: the contract's object itself, or the refusal."""
    return refused(answer) if isinstance(answer, Refusal) else _json(to_json(answer))


def written(answer: tuple[Extraction, ...] | Refusal, model: ModelVersion) -> bytes:
    """Return the JSON body of an answer; `model` is the one that its pages were read with."""
    if isinstance(answer, Refusal):
        return refused(answer)
    documents = [to_json(extraction) for extraction in answer]
    return _json({"documents": documents, "model": {"name": model.name, "version": model.version}})


def read_with(answer: tuple[Extraction, ...] | Refusal, now: ModelVersion) -> ModelVersion:
    """Return the model that read the pages of an answer; that of `now` where it has none that a model read.

    It may be another one than that of now, which may have come while the file was read.
    """
    documents = () if isinstance(answer, Refusal) else answer
    return next((found.model for found in documents if found.words_from is not WordsFrom.EINVOICE), now)


def _json(content: Mapping[str, object]) -> bytes:
    # Text layers may hold halves of surrogate pairs, which UTF-8 has no bytes for.
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")
