"""Frozen settings of one workspace: `bilag.toml` in its folder, overridden by `BILAG_…` environment variables.

Only `bootstrap` and the command line read them. Secrets may be given in the environment alone
(`BILAG_ERP__PASSWORD`, `BILAG_MAILBOX__PASSWORD`, …) and never show in messages.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from pipeline.domain.mail import OutcomeStatus
from pipeline.errors import ConfigurationError

FILE_NAME = "bilag.toml"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FolderMailboxSettings(_Section):
    """A folder of .eml files or an mbox file."""

    kind: Literal["folder", "mbox"]
    path: Path


class MaildirSettings(_Section):
    """A Maildir; `move_to` names the folder that messages of an outcome are moved to."""

    kind: Literal["maildir"]
    path: Path
    move_to: dict[OutcomeStatus, str] = Field(default_factory=dict)


class ImapMailboxSettings(_Section):
    """An IMAP account; `move_to` names the folder that messages of an outcome are moved to, such as posted = "Done".

    The password is asked for when the mailbox is opened, not before.
    """

    kind: Literal["imap"]
    host: str
    port: int = 993
    user: str
    password: SecretStr | None = None
    folders: tuple[str, ...] = ("INBOX",)
    security: Literal["ssl", "starttls", "none"] = "ssl"
    move_to: dict[OutcomeStatus, str] = Field(default_factory=dict)


class TrytonSettings(_Section):
    """A Tryton server: `url` without the database's name.

    The categories tell suppliers and customers apart from other parties, where the company uses them; `confirm_sales`
    carries customers' orders through to confirmation instead of leaving quotations. The password is asked for when
    the ERP is opened, not before.
    """

    kind: Literal["tryton"]
    url: str
    database: str
    user: str
    password: SecretStr | None = None
    supplier_category: str = "Supplier"
    customer_category: str = "Customer"
    confirm_sales: bool = False


class ArchiveSettings(_Section):
    """Where originals are kept: a folder, or `s3://bucket/prefix`."""

    location: str = "archive"
    endpoint: str | None = None
    region: str | None = None
    access_key: SecretStr | None = None
    secret_key: SecretStr | None = None


class ReadingSettings(_Section):
    """How files are read: the OCR engine, Tesseract's languages (empty: those installed), limits on files.

    Without `ocr_threads` RapidOCR takes the machine's cores, up to four.
    """

    ocr: Literal["rapidocr", "tesseract", "none"] = "rapidocr"
    ocr_threads: int | None = Field(default=None, ge=1)
    tesseract_languages: tuple[str, ...] = ()
    max_megabytes: int = 50
    max_pages: int = 200
    seconds_per_document: int = 180


class ExtractionSettings(_Section):
    """What reads the fields: `released` (the model that comes with Bilag), `rules`, the folder of a release, or the
    http(s) address of an extraction service.

    `threads` is how many cores the model takes for one document in this process. The rest is the service's: its bearer
    key, where it asks for one, the seconds that an answer may take and those that a connection may.
    """

    model: str = "released"
    threads: int = Field(default=1, ge=1)
    service_key: SecretStr | None = None
    service_seconds: float = Field(default=60.0, gt=0)
    service_connect_seconds: float = Field(default=5.0, gt=0)


class FilterSettings(_Section):
    """Which messages are taken: globs on addresses or domains; empty lists let everything through.

    `authserv_id` is the name of your own mail server in Authentication-Results (RFC 8601): only what it says counts.
    Trust and required authentication rest on that header, which anybody can write; they need to know whose to believe.
    """

    allow_senders: tuple[str, ...] = ()
    deny_senders: tuple[str, ...] = ()
    trusted_senders: tuple[str, ...] = ()
    subject: str | None = None
    labels: tuple[str, ...] = ()
    deny_labels: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    require_authentication: bool = False
    authserv_id: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _whose_word_counts(self) -> Self:
        if self.authserv_id is None and (self.require_authentication or self.trusted_senders):
            key = "require_authentication" if self.require_authentication else "trusted_senders"
            raise ValueError(
                f"{key} needs authserv_id, the name with which your mail server begins Authentication-Results"
            )
        return self


class EngineSettings(_Section):
    """How work is run: `slots` messages at once; attempts and pauses (seconds) for errors that may pass.

    `keep_days` is how long finished work stays in the engine's own tables; the store keeps what became of it for good.
    """

    slots: int = Field(default=2, ge=1, le=8)
    attempts: int = Field(default=8, ge=1)
    first_pause: float = 2.0
    longest_pause: float = 60.0
    poll_seconds: float = 30.0
    keep_days: int = Field(default=30, ge=1)


class Settings(BaseSettings):
    """Everything one workspace needs. Relative paths are relative to the workspace."""

    model_config = SettingsConfigDict(
        env_prefix="BILAG_",
        env_nested_delimiter="__",
        frozen=True,
        extra="forbid",
        nested_model_default_partial_update=True,
    )

    workspace: Path
    mailbox: Annotated[FolderMailboxSettings | MaildirSettings | ImapMailboxSettings, Field(discriminator="kind")]
    erp: TrytonSettings
    archive: ArchiveSettings = ArchiveSettings()
    reading: ReadingSettings = ReadingSettings()
    extraction: ExtractionSettings = ExtractionSettings()
    filters: FilterSettings = FilterSettings()
    engine: EngineSettings = EngineSettings()
    policy: Path = Path("policy.toml")
    database: str = "sqlite:///bilag.db"
    engine_database: str = "sqlite:///engine.db"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 — the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, which is passed as arguments together with the file's place."""
        return (
            InitSettingsSource(settings_cls, {"workspace": init_settings()["workspace"]}),
            env_settings,
            init_settings,
        )

    def path(self, relative: Path | str) -> Path:
        """Return a path of the workspace."""
        return self.workspace / relative

    def database_url(self, url: str) -> str:
        """Return a database URL with a relative SQLite file placed into the workspace."""
        prefix = "sqlite:///"
        name = url.removeprefix(prefix)
        return f"{prefix}{self.path(name)}" if url.startswith(prefix) and not name.startswith("/") else url


def read_settings(workspace: Path) -> Settings:
    """Return the settings of a workspace. Raises ConfigurationError that names the file, the key and what is wrong."""
    file = workspace / FILE_NAME
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"There is no {FILE_NAME} in {workspace}.",
            operator_hint="Run `bilag init` there, or name another --workspace.",
        ) from error
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file} is not valid TOML: {error}.") from error
    if "workspace" in content:
        raise ConfigurationError(f"{file}: workspace: it is the folder of this file, and not set in it.")
    try:
        return Settings(workspace=workspace.resolve(), **content)
    except ValidationError as error:
        raise ConfigurationError(f"{file}: {_sentences(error)}") from error
    except SettingsError as error:
        raise ConfigurationError(
            f"A BILAG_… environment variable cannot be read: {error}.",
            operator_hint="Give single values, such as BILAG_ERP__PASSWORD, or valid JSON.",
        ) from error


def _sentences(error: ValidationError) -> str:
    """Say what is wrong without repeating the input, which may be a secret."""
    return "; ".join(f"{'.'.join(str(x) for x in e['loc'])}: {_reason(e)}" for e in error.errors()) + "."


def _reason(details: ErrorDetails) -> str:
    """Return pydantic's words in our style; those of our own validators stand as they are."""
    own = details.get("ctx", {}).get("error")
    return str(own) if isinstance(own, ValueError) else details["msg"].lower()
