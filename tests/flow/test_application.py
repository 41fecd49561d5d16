"""The running application: what may pass is waited out, what needs a person ends it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.bootstrap import Application
from pipeline.domain.mail import OutcomeStatus, RawMessage
from pipeline.errors import AuthenticationFailed, PortError, Unavailable
from pipeline.settings import EngineSettings
from tests.flow.office import FussyMailbox, Office, einvoice, mail

PACE = EngineSettings(poll_seconds=0.001)


class AwayMailbox(FussyMailbox):
    """A folder that cannot be looked into as planned; when it was looked into at last, it ends the application."""

    application: Application

    def fetch(self) -> Iterator[RawMessage]:
        if self.faults:
            raise self.faults.pop(0)
        yield from super().fetch()
        self.application.stop()

    def wait(self, timeout: float) -> bool:
        return True


def running(folder: Path, *faults: PortError) -> tuple[Office, Application]:
    office = Office(folder, mailbox=AwayMailbox)
    office.mailbox.faults = list(faults)
    application = Application(office.flow, office.store, office.mailbox, office.engine, None, PACE)  # type: ignore[arg-type]
    assert isinstance(office.mailbox, AwayMailbox)
    office.mailbox.application = application
    return office, application


def test_a_mailbox_that_is_away_is_waited_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    office, application = running(tmp_path, Unavailable("No route."), Unavailable("No route."))
    office.deliver("a.eml", mail("Invoice", einvoice()))

    with caplog.at_level(logging.WARNING):
        application.work_forever()

    office.engine.drain()
    assert office.outcome("a.eml").status is OutcomeStatus.POSTED
    assert [record.message.count("No route.") for record in caplog.records] == [1, 1]


def test_refused_credentials_end_it(tmp_path: Path) -> None:
    _, application = running(tmp_path, AuthenticationFailed("The password is wrong."))
    with pytest.raises(AuthenticationFailed):
        application.work_forever()
