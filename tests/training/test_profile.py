"""Profiles give each stage its options, and the pipeline file asks only for what there is."""

import re
from pathlib import Path

import pytest

from training.profile import options_of

yaml = pytest.importorskip("yaml")
REPOSITORY = Path(__file__).resolve().parents[2]


def test_a_profile_adds_to_what_all_have_in_common() -> None:
    params = {"profile": "small", "s": {"all": {"seed": 1}, "small": {"count": 4}, "full": {"count": 9}}}
    assert options_of("s", params) == ["--seed", "1", "--count", "4"]
    assert options_of("s", {**params, "profile": "full"}) == ["--seed", "1", "--count", "9"]


def test_an_option_that_is_there_or_not_has_no_value() -> None:
    params = {"profile": "small", "s": {"all": {"without_layout": True, "only": False}}}
    assert options_of("s", params) == ["--without-layout"]


def test_an_unknown_stage_or_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="no section 'x'"):
        options_of("x", {"profile": "small"})
    with pytest.raises(ValueError, match="no profile 'huge'"):
        options_of("s", {"profile": "huge", "s": {"small": {}}})


@pytest.mark.parametrize("profile", ["small", "full"])
def test_every_stage_of_the_pipeline_has_its_options(profile: str) -> None:
    params = yaml.safe_load((REPOSITORY / "params.yaml").read_text(encoding="utf-8")) | {"profile": profile}
    commands = [stage["cmd"] for stage in yaml.safe_load((REPOSITORY / "dvc.yaml").read_text())["stages"].values()]
    named = [stage for command in commands for stage in re.findall(r"training\.profile (\w+)", command)]
    assert named
    for stage in named:
        assert options_of(stage, params)


def test_the_full_profile_makes_thirty_thousand_documents_or_more() -> None:
    params = yaml.safe_load((REPOSITORY / "params.yaml").read_text(encoding="utf-8")) | {"profile": "full"}
    options = options_of("synthesize", params)
    assert int(options[options.index("--count") + 1]) >= 30_000
