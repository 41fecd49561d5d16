"""Whatever bytes a mailbox hands over, the message has one outcome and its original is kept."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.adapters.words import refusals
from pipeline.domain.document import SourceFile, Unreadable
from tests.bad_input.messages import laughs, nested, zip_of
from tests.flow.office import Office, einvoice, mail

pytestmark = pytest.mark.slow

SEEDS = (
    mail("Invoice", einvoice()),
    mail("Zip", ("a.zip", zip_of(("a.xml", einvoice()[1])), "application/zip")),
    mail("Bomb", ("a.xml", laughs(), "application/xml")),
    nested(3),
)
PIECES = st.sampled_from(
    [b"\n\n", b"\r", b"--", b"=?utf-8?B?", b"\x00", b"\xed\xa0\x80", b"Content-Type: ", b"boundary=", b"\xff\xfe", b"P"]
)


class NoReader:
    """Reads nothing: what is tried here is the message, not its files."""

    def read(self, file: SourceFile) -> Unreadable:
        return refusals.unreadable(file, refusals.empty())


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """Return a message with bytes cut out, put in and swapped."""
    content = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.integers(0, 40))
        content = content[:start] + draw(PIECES | st.binary(max_size=6)) + content[end:]
    return content


@settings(max_examples=150, deadline=None)
@given(broken() | st.binary(max_size=300))
def test_any_bytes_have_an_outcome(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder), reader=NoReader())
        office.deliver("a.eml", content)
        office.work()
        outcome = office.outcome("a.eml")
        assert outcome.reason
        assert outcome.message
        assert office.archive.get(office.message("a.eml").sha256) == content
        assert office.engine.failed() == ()
