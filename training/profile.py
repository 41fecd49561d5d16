"""The active profile's options of a stage: `python -m training.profile synthesize` prints `--count 400 --seed 1`.

`params.yaml` names the profile and holds, for each stage, the options of every profile (`all` for those in common).
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

PARAMS = Path("params.yaml")


def options_of(stage: str, params: Mapping[str, object]) -> list[str]:
    """Return a stage's command-line options. Raises ValueError where the stage or the profile is not there."""
    profile = params.get("profile")
    profiles = params.get(stage)
    if not isinstance(profiles, Mapping):
        raise ValueError(f"params.yaml has no section {stage!r}.")
    if profile not in profiles and "all" not in profiles:
        raise ValueError(f"params.yaml has no profile {profile!r} for {stage!r}; it has {', '.join(profiles)}.")
    values = {**(profiles.get("all") or {}), **(profiles.get(profile) or {})}
    return [part for name, value in values.items() for part in _option(name, value)]


def _option(name: str, value: object) -> list[str]:
    """Return an option and its value; one that is only there or not, for `true` and `false`, has none."""
    option = f"--{name.replace('_', '-')}"
    if isinstance(value, bool):
        return [option] if value else []
    return [option, str(value)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the options on one line."""
    import yaml

    parser = argparse.ArgumentParser(prog="python -m training.profile", description=__doc__)
    parser.add_argument("stage")
    parser.add_argument("--params", type=Path, default=PARAMS)
    options = parser.parse_args(arguments)
    print(" ".join(options_of(options.stage, yaml.safe_load(options.params.read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
