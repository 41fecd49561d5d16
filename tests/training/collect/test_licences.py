"""Only what is plainly permissive may train a released model."""

import pytest

from training.collect.licences import OWN, is_releasable, spdx_of


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("MIT", "MIT"),
        ("MIT repo", "MIT"),
        ("Apache-2.0 repo", "Apache-2.0"),
        ("sample: Apache-2.0 (the ReadMe carries the licence text); mirrored in an Apache-2.0 repo", "Apache-2.0"),
        ("no separate licence text found; mirrored in an Apache-2.0 repo", None),
        ("unclear", None),
        ("CC-BY-NC-4.0", None),
        ("CC-BY-4.0-ish", None),
        ("", None),
        ("MITRE", None),
    ],
)
def test_a_note_on_a_licence_gives_its_spdx_name_or_none(stated: str, expected: str | None) -> None:
    assert spdx_of(stated) == expected


def test_an_own_archive_is_not_for_releases() -> None:
    assert not is_releasable(OWN)
    assert is_releasable("MIT")
