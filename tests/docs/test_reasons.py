"""docs/reasons.md names every reason that the code can give, and none that it cannot."""

import ast
import re
from collections import Counter
from pathlib import Path

from pipeline.domain.finding import ReasonCode, Severity
from pipeline.domain.mail import OutcomeStatus
from tests.docs.conftest import REPOSITORY, Guide

PIPELINE = REPOSITORY / "pipeline"
# Every other module gives ReasonCode members, which the enumeration lists.
_SOURCES = (
    *sorted((PIPELINE / "ingest").rglob("*.py")),
    PIPELINE / "desk.py",
    *sorted((PIPELINE / "steps").rglob("*.py")),
    PIPELINE / "validate" / "decide.py",
)
_CODE = re.compile(r"[A-Z][A-Z0-9]+(_[A-Z0-9]+)*")
_NO_REASONS = frozenset({"NFKD"})  # a Unicode form


def codes_in(source: str) -> frozenset[str]:
    """Return the string constants of a module that look like reasons."""
    constants = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return frozenset(c for c in constants if isinstance(c, str) and _CODE.fullmatch(c)) - _NO_REASONS


def given() -> frozenset[str]:
    in_sources = frozenset[str]().union(*(codes_in(path.read_text("utf-8")) for path in _SOURCES))
    return in_sources | frozenset(code.value for code in ReasonCode)


def documented(reasons: Guide) -> Counter[str]:
    first_cells = (cells[0].strip("`") for cells in reasons.rows())
    return Counter(cell for cell in first_cells if _CODE.fullmatch(cell))


def test_a_reason_is_seen_where_it_is_given() -> None:
    source = 'def f(x):\n    """NOT this."""\n    return _skipped("SOME_REASON", f"On {x}."), "Word", "a_key"\n'

    assert codes_in(source) == {"SOME_REASON"}


def test_every_reason_is_explained(reasons: Guide) -> None:
    assert sorted(given() - documented(reasons).keys()) == []


def test_every_explained_reason_exists(reasons: Guide) -> None:
    assert sorted(documented(reasons).keys() - given()) == []


def test_each_reason_is_explained_once(reasons: Guide) -> None:
    assert [code for code, count in documented(reasons).items() if count > 1] == []


def test_no_explanation_is_empty(reasons: Guide) -> None:
    assert [cells for cells in reasons.rows() if not all(cells)] == []


def test_every_status_is_explained(reasons: Guide) -> None:
    first_cells = {cells[0].strip("`") for cells in reasons.rows()}

    assert {status.value for status in OutcomeStatus} <= first_cells


def test_every_severity_is_explained(reasons: Guide) -> None:
    assert all(f"**{severity.value}**" in reasons.text for severity in Severity)


def test_reasons_come_from_nowhere_else() -> None:
    """An outcome made in another module would escape this page."""
    makers = {
        path.relative_to(REPOSITORY).as_posix()
        for path in PIPELINE.rglob("*.py")
        if any(_makes_outcome(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    }
    known = {path.relative_to(REPOSITORY).as_posix() for path in map(Path, _SOURCES)}

    # These only read back what was stored.
    assert makers - known == {
        "pipeline/adapters/mailbox/outcomes.py",
        "pipeline/store/parts/deadletters.py",
        "pipeline/store/parts/rows.py",
    }


def _makes_outcome(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Outcome"
