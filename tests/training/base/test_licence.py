"""Licences of bases."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from training.base.about import About, read_about
from training.base.licence import UNKNOWN, refuse_unless_releasable, spdx, stated_in


@pytest.mark.parametrize("licence", ["MIT", "Apache-2.0", "CC-BY-4.0", "CC0-1.0"])
def test_permissive_ones_pass(licence: str) -> None:
    refuse_unless_releasable(licence)


@pytest.mark.parametrize(
    ("licence", "why"),
    [
        ("CC-BY-NC-SA-4.0", "non-commercial use only"),
        ("CC-BY-NC-4.0", "non-commercial use only"),
        ("LicenseRef-noncommercial", "non-commercial use only"),
        ("GPL-3.0", "not known to allow"),
        (UNKNOWN, "Nothing states the licence"),
    ],
)
def test_others_are_refused_with_the_reason(licence: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        refuse_unless_releasable(licence)


@pytest.mark.parametrize(
    ("stated", "name"),
    [("mit", "MIT"), ("apache-2.0", "Apache-2.0"), ("cc-by-nc-sa-4.0", "CC-BY-NC-SA-4.0"), ("other", UNKNOWN)],
)
def test_names_of_model_cards_become_spdx_names(stated: str, name: str) -> None:
    assert spdx(stated) == name


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlanguage: en\nlicense: cc-by-nc-sa-4.0\n---\n# Model\n", "CC-BY-NC-SA-4.0"),
        ("---\nlicense: 'mit'\n---\n", "MIT"),
        ("---\nlanguage: en\n---\nlicense: mit\n", UNKNOWN),  # in the text, where anything may stand
        ("license: mit\n", UNKNOWN),
    ],
)
def test_a_card_states_it_in_its_head(tmp_path: Path, card: str, licence: str) -> None:
    (tmp_path / "README.md").write_text(card)
    assert stated_in(tmp_path / "README.md") == licence


def test_no_card_states_nothing(tmp_path: Path) -> None:
    assert stated_in(tmp_path / "README.md") == UNKNOWN


def test_a_description_is_read_as_it_was_written(tmp_path: Path) -> None:
    about = About("some", "CC-BY-NC-4.0", "lilt", "a folder", {"file": "ab"}, {"layers": 3}, ("halved",))
    assert read_about(tmp_path) is None
    about.write(tmp_path)
    assert read_about(tmp_path) == about
    with pytest.raises(ConfigurationError, match="The base some"):
        about.refuse_unless_releasable()


def test_a_damaged_description_is_said(tmp_path: Path) -> None:
    (tmp_path / "base.json").write_text('{"name": "some"}')
    with pytest.raises(ConfigurationError, match=r"base\.json"):
        read_about(tmp_path)
