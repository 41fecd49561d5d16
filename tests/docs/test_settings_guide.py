"""The guides name every setting and every key of the policy, with the defaults that are in force."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from pipeline.adapters.policy_file import default_policy_toml, parse_policy
from pipeline.domain.policy import Policy
from pipeline.settings import Settings, read_settings
from tests.docs.conftest import Guide

_NOT_SET = frozenset({"workspace"})  # the folder of the file
_MINIMAL = """
[mailbox]
kind = "folder"
path = "inbox"
[erp]
kind = "tryton"
url = "http://localhost:8000"
database = "t"
user = "bilag"
password = "x"
"""


def models_of(annotation: Any) -> list[type[BaseModel]]:
    """Return the sections that a field may hold: one, or each of a union."""
    if get_origin(annotation) is not None:
        return [model for argument in get_args(annotation) for model in models_of(argument)]
    return [annotation] if isinstance(annotation, type) and issubclass(annotation, BaseModel) else []


def settings() -> dict[str, Any]:
    """Return every setting by its dotted name, with its default; `...` where it must be given."""
    found: dict[str, Any] = {}
    for name, field in Settings.model_fields.items():
        sections = models_of(field.annotation)
        if not sections and name not in _NOT_SET:
            found[name] = field.default
        for section in sections:
            for key, inner in section.model_fields.items():
                default = inner.get_default(call_default_factory=True, validated_data={})
                found[f"{name}.{key}"] = ... if inner.is_required() else default
    return found


def documented(guide: Guide, heading: str) -> dict[str, list[str]]:
    return {cells[0].strip("`"): cells for cells in guide.rows(heading) if cells[0].startswith("`")}


def policy_keys() -> dict[str, Any]:
    def flat(tables: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
        for key, value in tables.items():
            name = f"{prefix}{key}"
            if isinstance(value, dict) and name != "approval.limits" and not {"absolute", "relative"} & value.keys():
                yield from flat(value, f"{name}.")
            else:
                yield name, value

    return dict(flat(tomllib.loads(default_policy_toml())))


def test_every_setting_is_explained_and_none_is_invented(operations: Guide) -> None:
    assert sorted(documented(operations, "Settings")) == sorted(settings())


def test_every_setting_has_its_name_in_the_environment(operations: Guide) -> None:
    for name, cells in documented(operations, "Settings").items():
        assert cells[2] == f"`BILAG_{name.replace('.', '__').upper()}`"


@pytest.mark.parametrize(("name", "default"), settings().items())
def test_defaults_are_those_of_the_code(operations: Guide, name: str, default: Any) -> None:
    said = documented(operations, "Settings")[name][1]
    match default:
        case ellipsis_ if ellipsis_ is ...:
            assert said == "–"
        case None | {}:
            assert said == "none" or not said.startswith("`"), "no value that could be pasted"
        case _:
            (written,) = re.findall(r"`([^`]+)`", said)
            value = tomllib.loads(f"x = {written}")["x"]
            assert value == (list(default) if isinstance(default, tuple) else _plain(default))


def test_a_default_in_the_environment_is_taken(
    operations: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names in the table are those that count, and lists are given as JSON."""
    monkeypatch.setenv("BILAG_FILTERS__ALLOW_SENDERS", '["*@supplier.example"]')
    monkeypatch.setenv("BILAG_ENGINE__SLOTS", "3")
    (tmp_path / "bilag.toml").write_text(_MINIMAL)

    read = read_settings(tmp_path)

    assert "BILAG_FILTERS__ALLOW_SENDERS='[\"*@supplier.example\"]'" in operations.text
    assert (read.filters.allow_senders, read.engine.slots) == (("*@supplier.example",), 3)


def test_pasted_settings_are_valid(operations: Guide, tmp_path: Path) -> None:
    snippets = list(operations.blocks("toml"))
    assert len(snippets) >= 3
    for number, snippet in enumerate(snippets):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "bilag.toml").write_text(_filled_in(snippet))
        read_settings(folder)


def test_every_policy_key_is_explained_and_none_is_invented(finance: Guide) -> None:
    assert sorted(documented(finance, "The policy file")) == sorted(policy_keys())


@pytest.mark.parametrize(("name", "default"), policy_keys().items())
def test_policy_defaults_are_those_of_the_code(finance: Guide, name: str, default: Any) -> None:
    said = documented(finance, "The policy file")[name][1]
    if name == "confidence.critical_fields":
        assert said == "eleven fields"
        assert len(default) == 11
    elif name == "approval.limits":
        assert all(currency in said and f'"{amount}"' in said for currency, amount in default.items())
    else:
        assert tomllib.loads(f"x = {said.strip('`')}")["x"] == default


def test_the_pasted_policy_is_valid(finance: Guide) -> None:
    policies = [parse_policy(block) for block in finance.blocks("toml")]

    assert policies
    assert all(policy.version != Policy().version for policy in policies)


def _plain(default: object) -> object:
    return str(default) if isinstance(default, Path) else default


def _filled_in(snippet: str) -> str:
    """Add the sections that a snippet leaves out, and the password that belongs in the environment."""
    sections = re.split(r"(?=^\[)", _MINIMAL.strip() + "\n", flags=re.MULTILINE)
    missing = [section for section in sections if section.partition("\n")[0] not in snippet]
    mailbox = 'kind = "imap"\n'
    return snippet.replace(mailbox, f'{mailbox}password = "x"\n') + "\n" + "".join(missing)
