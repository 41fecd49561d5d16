"""Filters refuse with a stable reason and a sentence; an untrusted sender stays visible."""

from typing import Any

import pytest

from pipeline.domain.document import SourceFile
from pipeline.domain.mail import Attachment, Authentication, AuthenticationVerdict, MailMessage, OutcomeStatus
from pipeline.errors import ConfigurationError
from pipeline.ingest.filters import Filters, apply, filter_attachments, is_authenticated, is_trusted

PASS, FAIL, NONE = AuthenticationVerdict.PASS, AuthenticationVerdict.FAIL, AuthenticationVerdict.NONE
PDF = Attachment("2/a.pdf", SourceFile("a.pdf", "application/pdf", b"%PDF-"))
PNG = Attachment("3/a.png", SourceFile("a.png", "image/png", b"\x89PNG"))


def message(**changes: Any) -> MailMessage:
    values: dict[str, Any] = {
        "sha256": "0" * 64, "message_id": "<1@x>", "subject": "Faktura 4711", "sender": "bills@shop.example",
        "sender_name": "", "recipients": (), "sent_at": None, "in_reply_to": None, "references": (), "thread_id": None,
        "authentication": Authentication(), "body_text": "", "documents": (PDF, PNG), "labels": ("INBOX", "Bills/New"),
    }  # fmt: skip
    return MailMessage(**(values | changes))


def test_no_filter_refuses_nothing() -> None:
    assert apply(message(), Filters()) is None


@pytest.mark.parametrize(
    "filters",
    [
        Filters(allow_senders=("bills@shop.example",)),
        Filters(allow_senders=("SHOP.example",)),
        Filters(allow_senders=("*.other.example", "bills@*")),
        Filters(deny_senders=("other.example", "*@other.example")),
        Filters(subject=r"faktura \d+"),
        Filters(labels=("bills/*",)),
        Filters(media_types=("application/pdf",)),
        Filters(media_types=("image/*",)),
        Filters(trusted=("other.example",)),
    ],
)
def test_what_fits_is_accepted(filters: Filters) -> None:
    assert apply(message(), filters) is None


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filters(deny_senders=("*@shop.example",)), "SENDER_DENIED"),
        (Filters(allow_senders=("shop.example",), deny_senders=("bills@*",)), "SENDER_DENIED"),
        (Filters(allow_senders=("shop.example.org", "hop.example", "*.shop.example")), "SENDER_NOT_ALLOWED"),
        (Filters(subject="^order"), "SUBJECT_NOT_WANTED"),
        (Filters(labels=("Invoices",)), "LABEL_MISSING"),
        (Filters(deny_labels=("bills/*",)), "LABEL_DENIED"),
        (Filters(media_types=("application/xml",)), "ATTACHMENT_TYPE_NOT_WANTED"),
    ],
)
def test_what_does_not_fit_is_skipped_with_a_reason(filters: Filters, reason: str) -> None:
    outcome = apply(message(), filters)
    assert outcome is not None
    assert (outcome.status, outcome.reason) == (OutcomeStatus.SKIPPED, reason)
    assert outcome.message.endswith(".")


def test_a_message_without_sender_is_on_no_list() -> None:
    outcome = apply(message(sender=""), Filters(allow_senders=("*",)))
    assert outcome is not None
    assert outcome.reason == "SENDER_NOT_ALLOWED"


def test_an_unproven_sender_goes_to_a_person() -> None:
    filters = Filters(require_authentication=True)
    outcome = apply(message(), filters)
    assert outcome is not None
    assert (outcome.status, outcome.reason) == (OutcomeStatus.DEAD_LETTER, "SENDER_NOT_AUTHENTICATED")
    assert apply(message(authentication=Authentication(NONE, PASS, NONE)), filters) is None


@pytest.mark.parametrize(
    ("authentication", "authenticated"),
    [
        (Authentication(), False),
        (Authentication(dmarc=PASS), True),
        (Authentication(PASS, PASS, FAIL), False),
        (Authentication(spf=PASS), True),
        (Authentication(FAIL, PASS, NONE), True),
        (Authentication(FAIL, FAIL, NONE), False),
    ],
)
def test_authentication_follows_dmarc_first(authentication: Authentication, authenticated: bool) -> None:
    assert is_authenticated(message(authentication=authentication)) is authenticated


def test_nobody_is_trusted_without_a_list() -> None:
    assert not is_trusted(message(authentication=Authentication(PASS, PASS, PASS)), Filters())


@pytest.mark.parametrize(
    ("authentication", "trusted"),
    [
        (Authentication(), False),
        (Authentication(dmarc=PASS), True),
        (Authentication(dkim=PASS), True),
        (Authentication(spf=PASS), True),
        (Authentication(FAIL, PASS, PASS), True),
        (Authentication(PASS, FAIL, PASS), False),
        (Authentication(PASS, PASS, FAIL), False),
        (Authentication(spf=FAIL), False),
    ],
)
def test_trust_needs_the_list_and_a_passed_check(authentication: Authentication, trusted: bool) -> None:
    filters = Filters(trusted=("bills@shop.example",))
    assert is_trusted(message(authentication=authentication), filters) is trusted
    assert not is_trusted(message(authentication=authentication, sender="thief@shop.example"), filters)


def test_unwanted_attachments_are_moved_to_the_skipped_parts() -> None:
    filtered = filter_attachments(message(), Filters(media_types=("application/*",)))
    assert filtered.documents == (PDF,)
    assert [(part.path, part.code) for part in filtered.skipped] == [("3/a.png", "ATTACHMENT_TYPE_NOT_WANTED")]


def test_a_subject_that_is_no_pattern_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigurationError, match="regular expression"):
        Filters(subject="(")
