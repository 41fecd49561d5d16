"""The guides as the tests read them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"


class Guide:
    """A page of Markdown, taken apart line by line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")

    def rows(self, heading: str = "") -> Iterator[list[str]]:
        """Yield the cells of each table row, headings and rulers left out; only below `heading`, if one is named."""
        inside, previous = not heading, ""
        for line in self.text.splitlines():
            if line.startswith("#"):
                inside = not heading or line.lstrip("# ") == heading
            if inside and line.startswith("| ") and previous.startswith("|"):
                yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            previous = line

    def blocks(self, language: str = "") -> Iterator[str]:
        """Yield the text of each fenced block of a language; "" stands for blocks without one."""
        yield from re.findall(rf"^```{language}\n(.*?)^```$", self.text, re.MULTILINE | re.DOTALL)

    def anchors(self) -> frozenset[str]:
        """Return the anchors of its headings, made as GitHub makes them."""
        headings = re.findall(r"^#+ (.+)$", self.text, re.MULTILINE)
        return frozenset(re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings)


def pages() -> list[Path]:
    """Return every page for people: README, CONTRIBUTING and the whole of docs/."""
    return [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


@pytest.fixture(scope="session")
def operations() -> Guide:
    return Guide(DOCS / "operations.md")


@pytest.fixture(scope="session")
def finance() -> Guide:
    return Guide(DOCS / "guide.md")


@pytest.fixture(scope="session")
def reasons() -> Guide:
    return Guide(DOCS / "reasons.md")


@pytest.fixture(params=pages(), ids=lambda path: str(path.relative_to(REPOSITORY)))
def page(request: pytest.FixtureRequest) -> Guide:
    """Each page in turn."""
    return Guide(request.param)
