"""Which licence a document carries, and whether a released model may be trained on it."""

import re

OWN = "LicenseRef-own"
"""Documents of an operator's own archive and its reviewers' corrections: theirs to train on, not to publish."""

PERMISSIVE = ("Apache-2.0", "MIT", "CC0-1.0", "CC-BY-4.0", "BSD-3-Clause", "BSD-2-Clause", "EUPL-1.2")
"""SPDX names of the licences under which a document may train a released model."""

_UNCLEAR = re.compile(
    r"\bno (?:separate )?licen[cs]e\b|\bunclear\b|\bunknown\b|\bnon-?commercial\b|-NC-", re.IGNORECASE
)


def spdx_of(stated: str) -> str | None:
    """Return the SPDX name of the permissive licence that a note states, None where it is unclear or another."""
    if _UNCLEAR.search(stated):
        return None
    found = [name for name in PERMISSIVE if re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w.-]*\w)", stated)]
    return found[0] if found else None


def is_releasable(licence: str) -> bool:
    """Say whether a document under this licence may train a model that is published."""
    return licence in PERMISSIVE
