"""Which licence weights carry, and the refusal of those that no release may be built on."""

import re
from pathlib import Path

from pipeline.errors import ConfigurationError
from training.collect.licences import PERMISSIVE, is_releasable

UNKNOWN = "LicenseRef-unknown"
"""Weights whose folder says nothing of a licence."""

_STATED = re.compile(r"^license:\s*[\"']?([\w.+-]+)", re.MULTILINE)
_NON_COMMERCIAL = re.compile(r"non-?commercial|(?:^|[-_])nc(?:[-_]|$)", re.IGNORECASE)
_OTHERS = (*PERMISSIVE, "AFL-3.0", "GPL-3.0", "AGPL-3.0", "LGPL-3.0", "MPL-2.0")
_SPDX = {name.lower(): name for name in _OTHERS} | {"other": UNKNOWN, "unknown": UNKNOWN}


def spdx(stated: str) -> str:
    """Return the SPDX name of a licence as model cards write it (`mit`, `cc-by-nc-sa-4.0`); others in capitals."""
    return _SPDX.get(stated.lower(), stated.upper() if stated.lower().startswith("cc") else stated)


def stated_in(card: Path) -> str:
    """Return the licence that a model card (`README.md` with a head of YAML) states, UNKNOWN where it states none."""
    text = card.read_text(encoding="utf-8", errors="replace") if card.is_file() else ""
    head = text.split("\n---", 1)[0] if text.startswith("---") else ""
    found = _STATED.search(head)
    return spdx(found[1]) if found else UNKNOWN


def refuse_unless_releasable(licence: str, what: str = "This base") -> None:
    """Raise ConfigurationError where no published model may be built on weights or documents under this licence."""
    if is_releasable(licence):
        return
    if _NON_COMMERCIAL.search(licence):
        why = f"{what} is licensed {licence}, for non-commercial use only: no release may be built on it."
    elif licence == UNKNOWN:
        why = f"Nothing states the licence of {what[0].lower()}{what[1:]}: no release may be built on it."
    else:
        why = f"{what} is licensed {licence}, which is not known to allow a release: no release may be built on it."
    raise ConfigurationError(
        why, operator_hint=f"Use a base under one of {', '.join(PERMISSIVE)}, or keep what is trained to yourself."
    )
