"""The page of rounds: figures are replaced, what people wrote stays."""

from pathlib import Path

from training.probe.chapter import Chapter, Read, write_chapter
from training.probe.mistakes import write_mistakes
from training.probe.storage import Course
from training.scoring.judge import judge
from training.scoring.labels import Label, Prediction
from training.scoring.tally import Scores, tally

LABEL = Label("real/a.pdf", "invoice", "a", {"invoice_number": "7", "gross_total": "10"}, ())


def scores(number: str) -> Scores:
    said = Prediction("real/a.pdf", "invoice", {"invoice_number": number, "gross_total": "10"}, ())
    return tally([judge(LABEL, [said])])


def chapter(name: str, number: str = "7") -> Chapter:
    reads = (Read("real", scores(number), scores("7"), 1.0), Read("einvoice", scores(number), scores("7"), 1.0))
    return Chapter(name, 0, Course(10, 60.0, 1000, 5, "", True), 3.0, 0.3, scores("8"), reads)


def test_a_round_done_again_replaces_its_figures_and_keeps_the_notes(tmp_path: Path) -> None:
    page = tmp_path / "rounds.md"
    write_chapter(page, chapter("0", "8"))
    write_chapter(page, chapter("1"))
    noted = page.read_text(encoding="utf-8").replace("showed\n", "showed\n\nSide columns are missing.\n", 1)
    page.write_text(noted, encoding="utf-8")
    write_chapter(page, chapter("0"))
    text = page.read_text(encoding="utf-8")
    assert text.count("\n## 0\n") == text.count("\n## 1\n") == 1
    assert text.count("Side columns are missing.") == 1
    assert text.count("\n| 0 |") == text.count("\n| 1 |") == text.count("\n| rules |") == 1
    assert "| 0 | 5 | 3 | 1.0 | 10 | 0.500 / – | 1.000 / 1.000 |" in text


def test_mistakes_say_where_the_rules_were_right(tmp_path: Path) -> None:
    write_mistakes(tmp_path / "mistakes.md", chapter("0", "8").reads)
    text = (tmp_path / "mistakes.md").read_text(encoding="utf-8")
    assert "- invoice_number: label 7, read 8 (rules right)" in text
