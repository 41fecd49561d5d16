"""What the operations guide quotes is what the code says."""

import ast
import re

import pytest

from tests.docs.conftest import REPOSITORY, Guide

# Worded by a library from our key names; tests/settings sees them.
_LIBRARY = "bilag.toml: "


_ENOUGH = 0.6  # of a quotation's letters must be fixed parts of one message; the rest fills its gaps


@pytest.fixture(scope="module")
def messages() -> list[list[str]]:
    """Every text of the pipeline as its fixed parts; f-strings and log formats have gaps between them."""
    found: list[list[str]] = []
    for path in sorted((REPOSITORY / "pipeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.append([_plain(part.value) for part in node.values if isinstance(part, ast.Constant)])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(re.split(r"%[sdg]", _plain(node.value)))
    return found


def _plain(text: object) -> str:
    """Return a text without the markup of the terminal."""
    return re.sub(r"\[/?[a-z ]*\]", "", str(text))


def share_said(quoted: str, parts: list[str]) -> float:
    """Return which share of a quotation stands in a message, part by part; either may end before the other."""
    position = said = 0
    for part in parts:
        at = quoted.find(part, position)
        if at < 0:
            rest = quoted[position:].rstrip("…. ")
            said += max(length for length in range(len(part) + 1) if rest.endswith(part[:length]))
            break
        said += len(part)
        position = at + len(part)
    return said / len(quoted.replace("…", "").strip())


@pytest.mark.parametrize("heading", ["Troubleshooting", "What Tryton refuses"])
def test_quoted_messages_exist(operations: Guide, messages: list[list[str]], heading: str) -> None:
    quoted = [cells[0] for cells in operations.rows(heading) if _LIBRARY not in cells[0]]
    assert len(quoted) > 8

    assert [sentence for sentence in quoted if max(share_said(sentence, m) for m in messages) < _ENOUGH] == []


@pytest.mark.parametrize("invented", ["The printer … is out of paper.", "Tryton is on fire: …"])
def test_an_invented_message_is_noticed(messages: list[list[str]], invented: str) -> None:
    assert max(share_said(invented, m) for m in messages) < _ENOUGH


def test_a_gap_may_be_filled_and_an_end_left_out() -> None:
    assert share_said("There is no bilag.toml in …", ["There is no ", " in ", "."]) >= _ENOUGH
    assert share_said("The login of … was refused", ["The login of ", " was refused by ", "."]) >= _ENOUGH
