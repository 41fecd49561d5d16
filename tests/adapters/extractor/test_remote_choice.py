"""A setting decides where fields are read: in process, or by the service at an address."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.adapters.extractor.choice import is_service, make_extractor
from pipeline.adapters.extractor.model import ModelExtractor
from pipeline.adapters.extractor.remote import RemoteExtractor
from pipeline.adapters.extractor.rules import RULES, RuleExtractor
from pipeline.bootstrap import build_extractor
from pipeline.errors import ConfigurationError, Unavailable
from pipeline.settings import Settings, read_settings
from tests.adapters.extractor.service import Fault, running
from tests.adapters.extractor.test_remote import KEY, document

REST = """
[mailbox]
kind = "folder"
path = "inbox"
[erp]
kind = "tryton"
url = "http://localhost:8000"
database = "t"
user = "bilag"
"""


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("BILAG_"):
            monkeypatch.delenv(name)


def settings(folder: Path, extraction: str = "") -> Settings:
    (folder / "bilag.toml").write_text(f"{REST}[extraction]\n{extraction}")
    return read_settings(folder)


def test_without_a_setting_it_reads_in_process(tmp_path: Path) -> None:
    assert isinstance(build_extractor(settings(tmp_path)), ModelExtractor)


def test_an_address_has_the_service_read_with_the_key_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAG_EXTRACTION__SERVICE_KEY", KEY)
    with running(RuleExtractor(), KEY) as service:
        given = settings(tmp_path, f'model = "{service.url}"\n')
        with closing(_remote(given)) as extractor:
            assert extractor.extract(document()).model == extractor.version == RULES
    assert KEY not in repr(given) + given.model_dump_json()


def test_how_long_an_answer_may_take_is_a_setting(tmp_path: Path) -> None:
    with running(RuleExtractor()) as service:
        service.faults.append(Fault(wait=5.0))
        given = settings(tmp_path, f'model = "{service.url}"\nservice_seconds = 0.25\n')
        with closing(_remote(given)) as extractor, pytest.raises(Unavailable, match=r"within 0\.25 seconds"):
            extractor.extract(document())


def test_the_pipeline_starts_without_the_service(tmp_path: Path) -> None:
    _remote(settings(tmp_path, 'model = "http://127.0.0.1:1"')).close()


def _remote(given: Settings) -> RemoteExtractor:
    extractor = build_extractor(given)
    assert isinstance(extractor, RemoteExtractor)
    return extractor


def test_an_address_that_is_none_is_a_wrong_setting(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"extraction\.model"):
        build_extractor(settings(tmp_path, 'model = "http://host:port"'))


@pytest.mark.parametrize("wrong", ["service_seconds = 0", "service_connect_seconds = -1", f'service_kay = "{KEY}"'])
def test_a_wrong_setting_is_named(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ConfigurationError, match=f"extraction.{wrong.partition(' ')[0]}: ") as caught:
        settings(tmp_path, wrong)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("address", ["http://127.0.0.1:3000", "HTTPS://bilag.example"])
def test_no_service_reads_with_a_service(address: str) -> None:
    """The service makes its extractor here, and its settings have the pipeline's names: it might ask itself."""
    assert is_service(address)
    with pytest.raises(ConfigurationError, match="is no model that can be read with here"):
        make_extractor(address)
