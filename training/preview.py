"""Contact sheets of labelled documents: `python -m training.preview SHARD… --out FOLDER`.

Every labelled word is boxed in the colour of its field, words that training does not look at are grey. A page is shown
as its PDF shows it where that is at hand, else drawn from its words.
"""

import argparse
import colorsys
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from models.label_scheme import OUTSIDE, SPANS
from pipeline.domain.document import Page
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import read_shards
from training.progress import progress

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont
    from PIL.ImageFont import ImageFont as BitmapFont

PAGE_WIDTH = 760
"""Pixels a page is wide on a sheet."""
_ACROSS, _DOWN, _MARGIN, _LEGEND = 3, 2, 14, 250
_UNSURE = "not looked at"
_INK, _GREY = "#202020", "#9a9a9a"


def colour_of(span: str) -> str:
    """Return a field's colour, the same on every sheet; neighbours in the vocabulary differ widely."""
    at = SPANS.index(span)
    red, green, blue = colorsys.hls_to_rgb((at * 0.381966) % 1.0, 0.42 if at % 2 else 0.52, 0.85)
    return f"#{int(red * 255):02x}{int(green * 255):02x}{int(blue * 255):02x}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One page ready for a sheet: its picture and how many words of each field it has."""

    picture: "Image"
    counts: Counter[str]


def preview(documents: Iterable[LabelledDocument], out: Path, pdfs: Sequence[Path] = (), pages: int = 3) -> list[Path]:
    """Write contact sheets of six pages into `out`, at most `pages` of a document, and return their paths.

    `pdfs` are folders in which the documents' files may lie.
    """
    out.mkdir(parents=True, exist_ok=True)
    shown = (page for document in documents for page in islice(_shown(document, pdfs), pages))
    written: list[Path] = []
    while sheet := list(islice(shown, _ACROSS * _DOWN)):
        path = out / f"sheet-{len(written):03d}.png"
        _sheet(sheet).save(path)
        written.append(path)
    return written


def _shown(document: LabelledDocument, pdfs: Sequence[Path]) -> Iterator[Shown]:
    content = _pdf(document, pdfs)
    start = 0
    for index, page in enumerate(document.pages):
        end = start + len(page.words)
        picture = _rendered(content, index, page) if content else _drawn(page)
        yield _boxed(picture, document, page, start, end)
        start = end


def _pdf(document: LabelledDocument, pdfs: Sequence[Path]) -> bytes | None:
    """Return the document's PDF: from a folder, or made again from its seed where it was generated."""
    if document.origin is Origin.GENERATED:
        return _generated_again(document)
    name = document.traits.get("file", "")
    paths = [folder / name for folder in pdfs if name.lower().endswith(".pdf")]
    return next((path.read_bytes() for path in paths if path.is_file()), None)


def _generated_again(document: LabelledDocument) -> bytes | None:
    """Return the PDF of a generated document's seed, None where its words are not those of that PDF (bad paper)."""
    from training.synthesize.generate import generate

    seed = document.id.removeprefix("generated-")
    if not seed.isdecimal():
        return None
    again, pdf = generate(int(seed))
    same = [[w.text for w in p.words] for p in again.pages] == [[w.text for w in p.words] for p in document.pages]
    return pdf if same else None


def _rendered(pdf: bytes, index: int, page: Page) -> "Image":
    import pypdfium2 as pdfium

    opened = pdfium.PdfDocument(pdf)
    try:
        own = opened[index]
        picture: Image = own.render(scale=PAGE_WIDTH / own.get_width()).to_pil().convert("RGB")
    finally:
        opened.close()
    if page.rotation:
        picture = picture.rotate(-page.rotation, expand=True, fillcolor="white")
    return picture.resize((PAGE_WIDTH, _height(page)))


def _height(page: Page) -> int:
    return max(1, round(PAGE_WIDTH * page.height / page.width))


def _drawn(page: Page) -> "Image":
    """Return a page drawn from its words, each as large as its box."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (PAGE_WIDTH, _height(page)), "white")
    draw = ImageDraw.Draw(picture)
    for word in page.words:
        x, y = word.box.x0 * picture.width, word.box.y0 * picture.height
        draw.text((x, y), word.text, fill=_INK, font=_font(max(6.0, word.box.height * picture.height * 0.8)))
    return picture


def _font(size: float) -> "FreeTypeFont | BitmapFont":
    from PIL import ImageFont

    return ImageFont.load_default(round(size))


def _boxed(picture: "Image", document: LabelledDocument, page: Page, start: int, end: int) -> Shown:
    import layoutparser as lp
    from PIL import ImageDraw

    blocks: list[object] = []
    counts: Counter[str] = Counter()
    rows: list[tuple[float, float, int]] = []
    for word, tag, row in zip(page.words, document.tags[start:end], document.rows[start:end], strict=True):
        if tag == OUTSIDE:
            continue
        span = _UNSURE if tag is None else tag[2:]
        counts[span] += 1
        x0, y0, x1, y1 = (edge * side for edge, side in zip(word.box, (picture.width, picture.height) * 2, strict=True))
        blocks.append(lp.TextBlock(lp.Rectangle(x0 - 1, y0 - 1, x1 + 1, y1 + 1), text=word.text, type=span))
        if tag is not None and tag.startswith("B-") and row >= 0:
            rows.append((x0, y0, row))
    colours = {span: colour_of(span) for span in SPANS} | {_UNSURE: _GREY}
    boxed: Image = lp.draw_box(picture, lp.Layout(blocks), box_width=1, box_alpha=0.18, color_map=colours)
    draw = ImageDraw.Draw(boxed)
    for x, y, row in rows:
        draw.text((x - 6, y - 6), str(row), fill="#b00020", font=_font(8))
    title = f"{document.id}  {document.kind}  {document.language}  {document.traits.get('file', '')}  p. {page.number}"
    draw.text((4, 2), title, fill="#b00020", font=_font(11))
    return Shown(boxed, counts)


def _sheet(pages: Sequence[Shown]) -> "Image":
    from PIL import Image, ImageDraw

    highest = [max(p.picture.height for p in pages[i : i + _ACROSS]) for i in range(0, len(pages), _ACROSS)]
    across = min(_ACROSS, len(pages))
    size = (across * (PAGE_WIDTH + _MARGIN) + _LEGEND, sum(highest) + _MARGIN * (len(highest) + 1))
    sheet = Image.new("RGB", size, "#dddddd")
    for index, page in enumerate(pages):
        row, column = divmod(index, _ACROSS)
        sheet.paste(page.picture, (column * (PAGE_WIDTH + _MARGIN), _MARGIN * (row + 1) + sum(highest[:row])))
    counts = sum((page.counts for page in pages), Counter[str]())
    draw = ImageDraw.Draw(sheet)
    x, y = size[0] - _LEGEND + _MARGIN, _MARGIN
    for span in (*SPANS, _UNSURE):
        if counts[span]:
            draw.rectangle((x, y, x + 16, y + 12), fill=_GREY if span == _UNSURE else colour_of(span))
            draw.text((x + 22, y), f"{span}  {counts[span]}", fill=_INK, font=_font(12))
            y += 18
    return sheet


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the sheets."""
    parser = argparse.ArgumentParser(prog="python -m training.preview", description=__doc__)
    parser.add_argument("shards", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pdfs", action="append", type=Path, default=[], help="a folder with the documents' files")
    parser.add_argument("--limit", type=int, default=60, help="so many documents at most")
    parser.add_argument("--pages", type=int, default=3, help="so many pages of each at most")
    options = parser.parse_args(arguments)
    documents = islice(read_shards(options.shards), options.limit)
    sheets = preview(progress(documents, "Drawing", options.limit), options.out, options.pdfs, options.pages)
    print(f"{len(sheets)} sheets in {options.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
