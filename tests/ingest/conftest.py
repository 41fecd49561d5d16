"""What the tests of ingest share."""

from collections.abc import Callable

import pytest

from tests.ingest.building import mail, part, png


@pytest.fixture
def make_png() -> Callable[[int, int], bytes]:
    return png


@pytest.fixture
def make_part() -> Callable[..., bytes]:
    return part


@pytest.fixture
def make_mail() -> Callable[..., bytes]:
    return mail
