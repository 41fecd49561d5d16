"""What is known of a base, kept in its folder as `base.json`; it travels on into every model that is made of it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigurationError
from training.base.licence import refuse_unless_releasable

ABOUT = "base.json"


@dataclass(frozen=True, slots=True)
class About:
    """Name, licence (SPDX) and origin of a base.

    `source` is what was read to make it; `digests` are the SHA-256 of those files, and `settings` what was asked for
    (layers, pieces, seed). `changes` says in words what was done to the published weights.
    """

    name: str
    licence: str
    family: str
    source: str
    digests: dict[str, str] = field(default_factory=dict)
    settings: dict[str, int] = field(default_factory=dict)
    changes: tuple[str, ...] = ()

    def refuse_unless_releasable(self) -> None:
        """Raise ConfigurationError where no release may be built on this base."""
        refuse_unless_releasable(self.licence, f"The base {self.name}")

    def changes_as_text(self) -> str:
        """Return what was changed, as a notice beside the weights states it."""
        changes = "".join(f"- {change}\n" for change in self.changes)
        return f"Changed from what its makers published:\n\n{changes}"

    def write(self, folder: Path) -> None:
        """Write `base.json` into the folder."""
        (folder / ABOUT).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_about(folder: Path) -> About | None:
    """Return what a folder says of itself, None without a `base.json`. Raises ConfigurationError if unreadable."""
    path = folder / ABOUT
    if not path.is_file():
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return About(**{**found, "changes": tuple(found.get("changes", ()))})
    except (ValueError, TypeError) as error:
        raise ConfigurationError(f"{path} is no description of a base ({error}).") from error
