"""Authentication-Results: only the topmost is believed, and a pass must vouch for the sender that people see."""

import pytest

from pipeline.domain.mail import Authentication, AuthenticationVerdict
from pipeline.ingest.parse import parse_message

PASS, FAIL, NONE = AuthenticationVerdict.PASS, AuthenticationVerdict.FAIL, AuthenticationVerdict.NONE
FULL = (
    "mx.ours.example;\r\n dkim=pass header.i=@shop.example header.s=s1;\r\n"
    " spf=pass (ours: domain of a@shop.example) smtp.mailfrom=a@shop.example;\r\n"
    " dmarc=pass (p=REJECT) header.from=shop.example"
)


def verdicts(*results: str, authserv_id: str | None = None) -> Authentication:
    fields = "".join(f"Authentication-Results: {result}\r\n" for result in results)
    return parse_message(f"{fields}From: a@shop.example\r\n\r\n".encode(), authserv_id=authserv_id).authentication


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            FULL,
            Authentication(PASS, PASS, PASS),
        ),
        ("mx 1; spf=pass; dkim=pass; dmarc=pass", Authentication(PASS, PASS, PASS)),
        ("mx; spf=softfail smtp.mailfrom=shop.example; dkim=none", Authentication(FAIL, NONE, NONE)),
        ("mx; DKIM=PASS header.d=mail.shop.example; spf=temperror", Authentication(NONE, PASS, NONE)),
        ("mx; dkim=pass header.d=thief.example; spf=pass smtp.mailfrom=x@thief.example", Authentication()),
        ("mx; dkim=fail header.d=shop.example; dkim=pass header.d=shop.example", Authentication(NONE, PASS, NONE)),
        ("mx; dkim=pass header.d=notshop.example", Authentication()),
        ("mx; (dmarc=pass) spf=fail", Authentication(FAIL, NONE, NONE)),
        ("mx; none", Authentication()),
        (";;;===(((", Authentication()),
    ],
)
def test_verdicts_are_read(result: str, expected: Authentication) -> None:
    assert verdicts(result) == expected


def test_only_the_topmost_header_counts() -> None:
    assert verdicts("mx.ours.example; dmarc=fail", "mx.ours.example; dmarc=pass") == Authentication(NONE, NONE, FAIL)


def test_another_server_is_not_believed_where_ours_is_known() -> None:
    assert verdicts("mx.thief.example; dmarc=pass", authserv_id="mx.ours.example") == Authentication()
    assert verdicts("MX.ours.example; dmarc=pass", authserv_id="mx.ours.example") == Authentication(NONE, NONE, PASS)


def test_silence_is_none() -> None:
    assert verdicts() == Authentication()
