"""Settings: the file, the environment over it, and errors that name file and key but never a secret."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from pipeline.bootstrap import open_desk, open_store
from pipeline.errors import ConfigurationError
from pipeline.settings import FolderMailboxSettings, ImapMailboxSettings, Settings, read_settings

SECRET = "correct-horse-battery"
MAILBOX = '[mailbox]\nkind = "folder"\npath = "inbox"\n'
ERP = f'[erp]\nkind = "tryton"\nurl = "http://localhost:8000"\ndatabase = "t"\nuser = "bilag"\npassword = "{SECRET}"\n'
IMAP = f'[mailbox]\nkind = "imap"\nhost = "imap.example"\nuser = "u"\npassword = "{SECRET}"\n'


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("BILAG_"):
            monkeypatch.delenv(name)


def written(folder: Path, text: str) -> Settings:
    (folder / "bilag.toml").write_text(text)
    return read_settings(folder)


def refused(folder: Path, text: str) -> ConfigurationError:
    """Return the error that a file is refused with; it names the file and hides the secret."""
    with pytest.raises(ConfigurationError) as caught:
        written(folder, text)
    said = str(caught.value)
    assert str(folder / "bilag.toml") in said
    assert SECRET not in said
    return caught.value


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    settings = written(tmp_path, MAILBOX + ERP)

    assert settings.workspace == tmp_path
    assert settings.mailbox == FolderMailboxSettings(kind="folder", path=Path("inbox"))
    assert (settings.archive.location, settings.reading.ocr, settings.engine.slots) == ("archive", "rapidocr", 2)
    assert settings.path("inbox") == tmp_path / "inbox"
    assert settings.database_url(settings.database) == f"sqlite:///{tmp_path}/bilag.db"


@pytest.mark.parametrize("url", ["sqlite:////var/lib/bilag.db", "postgresql+psycopg://host/bilag"])
def test_a_database_elsewhere_stays_where_it_is(tmp_path: Path, url: str) -> None:
    assert written(tmp_path, MAILBOX + ERP).database_url(url) == url


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAG_ERP__PASSWORD", "from outside")
    monkeypatch.setenv("BILAG_ENGINE__SLOTS", "3")
    monkeypatch.setenv("BILAG_ARCHIVE__SECRET_KEY", "key")
    monkeypatch.setenv("BILAG_DATABASE", "sqlite:///other.db")

    settings = written(tmp_path, MAILBOX + ERP + "[engine]\nslots = 1\nattempts = 9\n")

    assert settings.erp.password == SecretStr("from outside")
    assert settings.erp.user == "bilag"
    assert (settings.engine.slots, settings.engine.attempts) == (3, 9)
    assert settings.archive.secret_key is not None
    assert settings.database == "sqlite:///other.db"


def test_a_secret_may_stand_in_the_environment_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAG_ERP__PASSWORD", "a")
    monkeypatch.setenv("BILAG_MAILBOX__PASSWORD", "b")

    settings = written(tmp_path, "".join(x for x in (IMAP + ERP).splitlines(True) if "password" not in x))

    assert settings.erp.password == SecretStr("a")
    assert isinstance(settings.mailbox, ImapMailboxSettings)
    assert settings.mailbox.password == SecretStr("b")


def test_settings_without_passwords_are_enough_to_ask(tmp_path: Path) -> None:
    settings = written(tmp_path, "".join(x for x in (IMAP + ERP).splitlines(True) if "password" not in x))

    assert settings.erp.password is None
    assert isinstance(settings.mailbox, ImapMailboxSettings)
    assert settings.mailbox.password is None
    open_store(settings).status()


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        (MAILBOX + ERP.replace(f'password = "{SECRET}"', ""), "BILAG_ERP__PASSWORD"),
        (MAILBOX + ERP.replace(SECRET, ""), "BILAG_ERP__PASSWORD"),
        (IMAP.replace(f'password = "{SECRET}"', "") + ERP, "BILAG_MAILBOX__PASSWORD"),
    ],
)
def test_a_password_is_asked_for_by_name_when_it_is_needed(tmp_path: Path, text: str, variable: str) -> None:
    settings = written(tmp_path, text)

    with pytest.raises(ConfigurationError, match=f"export {variable}=…"), open_desk(settings, actor="anne"):
        pass


def test_trust_and_required_authentication_work_with_the_servers_name(tmp_path: Path) -> None:
    named = "authserv_id = 'mx.ours.example'\n"
    filters = "[filters]\nrequire_authentication = true\ntrusted_senders = ['ours.example']\n"
    assert written(tmp_path, MAILBOX + ERP + filters + named).filters.authserv_id == "mx.ours.example"


def test_the_file_says_where_the_workspace_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`BILAG_WORKSPACE` names the workspace for the command line; a workspace that is named there wins."""
    monkeypatch.setenv("BILAG_WORKSPACE", "/somewhere/else")
    assert written(tmp_path, MAILBOX + ERP).workspace == tmp_path


def test_secrets_do_not_show(tmp_path: Path) -> None:
    settings = written(tmp_path, IMAP + ERP)
    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json()


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    settings = written(tmp_path, MAILBOX + ERP)
    with pytest.raises(ValueError, match="frozen"):
        settings.erp.user = "other"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ERP, "mailbox: field required"),
        (MAILBOX, "erp: field required"),
        (MAILBOX + ERP.replace("password", "passwrd"), "erp.passwrd: extra inputs are not permitted"),
        (MAILBOX + ERP.replace("user", "usr"), "erp.user: field required"),
        (
            MAILBOX + ERP + "[filters]\nrequire_authentication = true\n",
            "filters: require_authentication needs authserv_id",
        ),
        (
            MAILBOX + ERP + "[filters]\ntrusted_senders = ['ours.example']\n",
            "filters: trusted_senders needs authserv_id",
        ),
        (MAILBOX + ERP + "[filters]\nauthserv_id = ''\n", "filters.authserv_id: string should have at least 1"),
        (MAILBOX + ERP + "[reading]\nocr = 'eyes'\n", "reading.ocr: input should be 'rapidocr', 'tesseract' or 'none'"),
        (MAILBOX + ERP + "[engine]\nslots = 99\n", "engine.slots: input should be less than or equal to 8"),
        (MAILBOX + ERP + "[engine]\nattempts = 'many'\n", "engine.attempts: input should be a valid integer"),
        (MAILBOX.replace("folder", "pigeon") + ERP, "mailbox: input tag 'pigeon'"),
        (IMAP.replace("host", "hots") + ERP, "mailbox.imap.host: field required"),
        (MAILBOX + ERP + "[engnie]\nslots = 1\n", "engnie: extra inputs are not permitted"),
        ("workspace = '/elsewhere'\n" + MAILBOX + ERP, "workspace: it is the folder of this file"),
        (f'erp = "http://bilag:{SECRET}@localhost"\n' + MAILBOX, "erp: input should be a valid dictionary"),
        (MAILBOX + ERP + "= 1\n", "not valid TOML"),
        (f'password = "{SECRET}\n' + MAILBOX + ERP, "not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_by_key(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text).message


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "bilag.toml").write_bytes("# Blåbær\n".encode("latin-1"))
    with pytest.raises(ConfigurationError, match="not valid TOML"):
        read_settings(tmp_path)


def test_no_file_and_no_workspace(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(ConfigurationError, match="bilag init"):
            read_settings(folder)


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "bilag.toml").mkdir()
    with pytest.raises(ConfigurationError, match=r"bilag\.toml cannot be read"):
        read_settings(tmp_path)


def test_an_environment_variable_that_is_no_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAG_ERP", f"{{password: {SECRET}")
    with pytest.raises(ConfigurationError, match="environment") as caught:
        written(tmp_path, MAILBOX + ERP)
    assert SECRET not in str(caught.value)
