"""Validation asks nobody and changes nothing: only `lookup` may know a port, and nothing may read the clock."""

import ast
import copy
from pathlib import Path

import pytest

import pipeline.validate
from pipeline.domain.policy import Policy
from pipeline.validate.validate import validate
from tests.validate.documents import TODAY, bill, facts

FOLDER = Path(pipeline.validate.__path__[0])
MODULES = sorted(FOLDER.rglob("*.py"))
ALLOWED = {
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "math",
    "re",
    "unicodedata",
    "rapidfuzz",
    "stdnum",
    "pipeline",
}
FORBIDDEN_CALLS = {"open", "print", "input", "now", "today", "utcnow", "exec", "eval", "__import__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_module_is_pure(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert {name.split(".")[0] for name in imported} <= ALLOWED
    inner = {name for name in imported if name.startswith("pipeline.")}
    ours = ("pipeline.domain", "pipeline.validate")
    outside = {name for name in inner if not name.startswith(ours)}
    assert outside == ({"pipeline.ports"} if path.name == "lookup.py" else set())
    called = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    assert not called & FORBIDDEN_CALLS
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal)]


def test_the_same_arguments_give_the_same_result_and_are_left_alone() -> None:
    extraction, known, policy = bill(gross_total="1.00", iban="GB33BUKB20201555555555"), facts(), Policy()
    before = copy.deepcopy((extraction, known, policy))
    first = validate(extraction, known, policy, TODAY)
    assert validate(extraction, known, policy, TODAY) == first
    assert (extraction, known, policy) == before
