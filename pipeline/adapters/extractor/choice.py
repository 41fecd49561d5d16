"""Which extractor reads: the released model, the model of a folder, the rules, or a service elsewhere."""

from pathlib import Path
from typing import Literal, Protocol

from pipeline.adapters.extractor.rules import RuleExtractor
from pipeline.domain.document import Document
from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.errors import ConfigurationError

RELEASED: Literal["released"] = "released"
RULES: Literal["rules"] = "rules"


class VersionedExtractor(Protocol):
    """A field extractor that says which model it reads with."""

    @property
    def version(self) -> ModelVersion:
        """The model that reads now."""
        ...

    def extract(self, document: Document) -> Extraction:
        """Return every field of the document."""
        ...


def is_service(model: str) -> bool:
    """Say whether the name of a model is the address of a service."""
    return model.lower().startswith(("http://", "https://"))


def is_registered(model: str) -> bool:
    """Say whether the name of a model is one of a registry, such as `models:/bilag-layoutlm@champion`."""
    return model.startswith("models:")


def make_extractor(model: str | Path = RELEASED, threads: int = 1) -> VersionedExtractor:
    """Return the extractor of that name, which reads in this process: `released`, `rules`, or the folder of a release.

    `threads` is how many cores one document takes. Raises ConfigurationError where there is no sound release, and for
    the address of a service, so that no service asks another one, or itself. A name of a registry, whose release may be
    another one tomorrow, is refused too: only the service follows it.
    """
    if model == RULES:
        return RuleExtractor()
    if isinstance(model, str) and is_service(model):
        raise ConfigurationError(
            "The address of a service is no model that can be read with here.",
            operator_hint="Name released, rules, or the folder of a release.",
        )
    if isinstance(model, str) and is_registered(model):
        raise ConfigurationError(
            f"Only the service follows {model}.",
            operator_hint="Name the service's address, or a folder: `python -m training.promote --install FOLDER`.",
        )
    from pipeline.adapters.extractor.model import ModelExtractor

    return ModelExtractor(threads=threads) if model == RELEASED else ModelExtractor(Path(model), threads)


def make_remote(url: str, key: str | None, *, seconds: float, connect_seconds: float) -> VersionedExtractor:
    """Return the extractor that asks the service at an address; see `RemoteExtractor`."""
    from pipeline.adapters.extractor.remote import RemoteExtractor

    return RemoteExtractor(url, key, seconds=seconds, connect_seconds=connect_seconds)
