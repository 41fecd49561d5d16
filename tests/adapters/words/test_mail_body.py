"""Message bodies become pages whose columns stand under each other."""

from itertools import pairwise

import pytest

from pipeline.adapters.words.html_lines import html_lines
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, Unreadable, WordsFrom
from pipeline.domain.finding import ReasonCode
from pipeline.extract.textlines import text_lines
from tests.adapters.words.documents import file_of

READER = FileReader(None, sandbox=False)
ORDER = """Dear Sirs,

please deliver to Havnegade 12, 8000 Aarhus:

Item         Description            Qty    Price
PEN-BLK-12   Ballpoint pens black    30     6.50
DSK-160      Standing desk            2   560.00

Regards
Lone
"""


def read(content: bytes, name: str = "body.txt") -> Document:
    result = READER.read(file_of(content, name))
    assert isinstance(result, Document), result
    assert result.words_from is WordsFrom.MAIL_BODY
    return result


def lines_of(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in text_lines(page)]


def test_columns_typed_with_blanks_stay_columns() -> None:
    document = read(ORDER.encode())
    lines = text_lines(document.pages[0])
    heading = next(line for line in lines if line.text.startswith("Item"))
    first = next(line for line in lines if line.text.startswith("PEN"))
    assert [s.text for s in heading.segments] == ["Item", "Description", "Qty", "Price"]
    assert [s.text for s in first.segments] == ["PEN-BLK-12", "Ballpoint pens black", "30", "6.50"]
    for above, below in zip(heading.segments[:2], first.segments[:2], strict=True):
        assert above.box.x0 == pytest.approx(below.box.x0)
    for above, below in zip(heading.segments[2:], first.segments[2:], strict=True):
        assert above.box.x1 == pytest.approx(below.box.x1)


def test_tabs_stand_at_every_eighth_column() -> None:
    document = read(b"ab\tcd\nabcdefg\tcd")
    first, second = (line.words[1] for line in text_lines(document.pages[0]))
    assert first.box.x0 == second.box.x0


def test_boxes_lie_on_the_page_and_lines_do_not_touch() -> None:
    document = read(("x" * 400 + "\n" + "word " * 100 + "\nend").encode())
    words = document.pages[0].words
    assert all(0 <= w.box.x0 < w.box.x1 <= 1 and 0 <= w.box.y0 < w.box.y1 <= 1 for w in words)
    assert "".join(w.text for w in words) == "x" * 400 + "word" * 100 + "end"
    rows = sorted({(w.box.y0, w.box.y1) for w in words})
    assert all(above[1] < below[0] for above, below in pairwise(rows))


def test_long_bodies_have_pages_and_lose_nothing() -> None:
    document = read("\n".join(f"line{n}" for n in range(500)).encode())
    assert len(document.pages) > 5
    assert document.last_page == len(document.pages)
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    assert [w.text for page in document.pages for w in page.words] == [f"line{n}" for n in range(500)]


def test_quotes_and_signatures_come_after_the_body() -> None:
    quote = "On Mon, 4 Mar 2024 at 10:11, Ann <ann@x.example> wrote:\n> Please quote\n>> for pens\n"
    text = f"{quote}\nWe order 30.\n-- \nLone\n"
    assert lines_of(read(text.encode())) == [
        "We order 30.",
        "On Mon, 4 Mar 2024 at 10:11, Ann <ann@x.example> wrote:",
        "Please quote",
        "for pens",
        "Lone",
    ]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_character_set_is_found(codec: str) -> None:
    text = "Vi bestiller 40 æsker kopipapir à 138,75 kr. til Ålborg – på forhånd tak"
    assert lines_of(read(text.encode(codec))) == [text]


def test_html_that_declares_its_character_set() -> None:
    html = '<html><head><meta charset="iso-8859-2"></head><body><p>Zamówienie łódź</p></body></html>'
    assert lines_of(read(html.encode("iso-8859-2"), "body.html")) == ["Zamówienie łódź"]


def test_bytes_that_no_character_set_explains_are_still_read() -> None:
    assert "Ordre" in " ".join(lines_of(read(b"Ordre 4711 \xff\xfe\x81 tak\n" * 3)))


def test_an_empty_body_has_no_words() -> None:
    for content in (b"<html><body><p> </p></body></html>", b"<p><!-- nothing --></p>"):
        result = READER.read(file_of(content, "body.html"))
        assert isinstance(result, Unreadable)
        assert result.findings[0].code is ReasonCode.NO_WORDS


def test_a_body_of_too_many_pages() -> None:
    result = READER.read(file_of(b"line\n" * 100_000, "log.txt"))
    assert isinstance(result, Unreadable)
    assert result.findings[0].code is ReasonCode.FILE_TOO_MANY_PAGES


TABLE = """<html><head><style>td {}</style></head><body><div style="display:none">preview</div>
<p>Hello,<br>we order:</p>
<table><tr><td><table>
<tr><th>Item</th><th>Description</th><th>Qty</th></tr>
<tr><td>PEN-1</td><td>Ballpoint pens <b>black</b>,<br>pack of 12</td><td>30</td></tr>
<tr><td>DSK</td><td>Desk</td><td>1.000</td></tr>
<tr><td colspan="2">Total pieces</td><td>1.030</td></tr>
</table></td></tr></table><blockquote>older text</blockquote><p>Regards</p></body></html>"""


def test_html_tables_keep_their_columns() -> None:
    assert html_lines(TABLE, 160) == [
        "Hello,",
        "we order:",
        "",
        "Item    Description               Qty",
        "PEN-1   Ballpoint pens black,      30",
        "        pack of 12",
        "DSK     Desk                    1.000",
        "Total pieces                    1.030",
        "",
        "> older text",
        "",
        "Regards",
    ]


def test_html_bodies_are_laid_out() -> None:
    document = read(TABLE.encode(), "body.html")
    assert lines_of(document)[-1] == "older text"
    row = next(line for line in text_lines(document.pages[0]) if line.text.startswith("DSK"))
    assert [s.text for s in row.segments] == ["DSK", "Desk", "1.000"]


def test_rows_wider_than_the_page_have_their_cells_below_each_other() -> None:
    html = f"<table><tr><td>{'left ' * 20}</td><td>{'right ' * 20}</td></tr></table>"
    assert html_lines(html, 100) == [("left " * 20).strip(), ("right " * 20).strip()]


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "span", "b", "blockquote", "ul><li"])
def test_deep_nesting_takes_neither_time_nor_the_stack(tag: str) -> None:
    assert "deep" in "\n".join(html_lines(f"<{tag}>" * 3000 + "deep", 160))


def test_scripts_comments_and_hidden_parts_are_not_read() -> None:
    html = "<p>a<script>b</script><!-- c --><span hidden>d</span><i style='visibility: hidden'>e</i>f</p>"
    assert html_lines(html, 80) == ["af"]
