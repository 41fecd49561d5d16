"""Every `bilag …` that a page shows exists, with the options it is shown with; links lead somewhere."""

import re
import shlex
from collections.abc import Iterator

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup

from pipeline.cli import __doc__ as exit_codes
from pipeline.cli.app import build
from tests.docs.conftest import DOCS, Guide, pages

_SPAN = re.compile(r"`([^`\n]+)`")
_ENDS = frozenset({"|", "||", "&&", ">", ">>", ";", "#", "2>", "<"})


def calls(text: str) -> Iterator[list[str]]:
    """Yield the words after `bilag` of each call: at the start of a code span or line, or by its path anywhere."""
    fenced = "\n".join(re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    outside = re.sub(r"^```\w*\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    for line in (*_SPAN.findall(outside), *fenced.splitlines()):
        words = _words(line)
        for start, word in enumerate(words):
            if (start == 0 and word == "bilag") or word.endswith("bin/bilag"):
                rest = words[start + 1 :]
                yield rest[: next((i for i, w in enumerate(rest) if w in _ENDS or w.startswith(">")), None)]


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:  # an apostrophe in output
        return line.split()


def _bilag() -> TyperGroup:
    group = typer.main.get_command(build())
    assert isinstance(group, TyperGroup)
    return group


def _inner(command: object) -> dict[str, TyperCommand | TyperGroup]:
    """Return the commands of a group; none of a command."""
    found = command.commands if isinstance(command, TyperGroup) else {}
    return {name: inner for name, inner in found.items() if isinstance(inner, TyperCommand | TyperGroup)}


def _resolved(words: list[str]) -> tuple[TyperCommand | TyperGroup, list[str]]:
    """Return the command that words name, and what follows it."""
    command: TyperCommand | TyperGroup = _bilag()
    rest = list(words)
    while (inner := _inner(command)) and rest and not rest[0].startswith("-"):
        # "dead-letters list|retry" names both.
        names = rest[0].split("|")
        assert all(name in inner for name in names), f"bilag {' '.join(words)}: no command {rest[0]}"
        command, rest = inner[names[0]], rest[1:]
    return command, rest


def _options(command: TyperCommand | TyperGroup) -> frozenset[str]:
    names = (name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts))
    return frozenset({"--help", *(name for name in names if name.startswith("-"))})


def test_calls_are_found() -> None:
    text = (
        "Use `bilag status -w x`.\n```\nExecStart=/opt/bin/bilag run >/dev/null\nUser=bilag\n 27 bilag document\n```\n"
    )

    assert list(calls(text)) == [["status", "-w", "x"], ["run"]]


def test_every_command_and_option_exists(page: Guide) -> None:
    for words in calls(page.text):
        command, rest = _resolved(words)
        known = _options(command)
        used = [word.partition("=")[0] for word in rest if re.fullmatch(r"--?[a-z][\w-]*(=.*)?", word)]
        assert [option for option in used if option not in known] == [], f"bilag {' '.join(words)}"


def test_the_guides_show_every_command(operations: Guide, finance: Guide) -> None:
    shown = {" ".join(words[:2]) for page in pages() for words in calls(page.read_text("utf-8"))}
    for name, command in _inner(_bilag()).items():
        for full in [f"{name} {sub}" for sub in _inner(command)] or [name]:
            assert any(call == full or call.startswith(f"{full} ") for call in shown), full


def test_exit_codes_are_those_of_the_command(operations: Guide) -> None:
    explained = {int(cells[0]) for cells in operations.rows("Exit codes")}

    assert explained == {
        int(code) for code in re.findall(r"\b(\d+) [a-z]", (exit_codes or "").partition("Exit codes:")[2])
    }


def test_links_lead_somewhere(page: Guide) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (page.path.parent / file).resolve() if file else page.path
        assert path.exists(), target
        assert not anchor or anchor in Guide(path).anchors(), target


def test_decisions_are_numbered_and_have_three_parts() -> None:
    files = sorted((DOCS / "decisions").glob("*.md"))

    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    for file in files:
        text = file.read_text("utf-8")
        assert text.startswith(f"# {int(file.name[:4])}. ")
        assert [part for part in ("**Context.**", "**Decision.**", "**Consequences.**") if part not in text] == [], file


@pytest.mark.parametrize("word", ["click here", "simply", "blazing"])
def test_no_marketing(page: Guide, word: str) -> None:
    assert word not in page.text.lower()
