"""The documents that were read worst, each page small, with what was read boxed in the colour of its verdict."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from training.evaluate.answers import Examined
from training.evaluate.verdicts import Given, Verdict

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = {
    Verdict.RIGHT: "#1a8f4b",
    Verdict.WRONG: "#d0312d",
    Verdict.SURPLUS: "#d0312d",
    Verdict.UNJUDGED: "#7b8794",
}
"""A wrong value and one where there should be none look alike; grey is what the label does not speak of."""
WIDTH = 620
"""Pixels a page is wide."""
MOST, ALIKE, PAGES = 12, 2, 2
"""So many documents are shown, of one layout group, and pages of one document, at most."""
_A4 = 297 / 210
_SHADES = 128
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"})


@dataclass(frozen=True, slots=True)
class Picture:
    """One page (from 1) as PNG; `printed` says that it shows the page itself, not only what was read."""

    page: int
    png: bytes
    printed: bool


def worst(documents: Sequence[Examined], most: int = MOST, alike: int = ALIKE) -> list[Examined]:
    """Return the documents with most mistakes, the more confident ones first among equals, and at most `alike` of one
    layout group: documents that look alike fail alike."""
    ordered = sorted(
        (d for d in documents if d.judgement.mistakes),
        key=lambda d: (-len(d.judgement.mistakes), -_boldest(d), d.label.file),
    )
    taken: Counter[str] = Counter()
    chosen: list[Examined] = []
    for document in ordered:
        if taken[document.label.group] < alike and len(chosen) < most:
            taken[document.label.group] += 1
            chosen.append(document)
    return chosen


def _boldest(document: Examined) -> float:
    return max((g.field.confidence for g in document.given if _is_wrong(g)), default=0.0)


def _is_wrong(given: Given) -> bool:
    return given.verdict in (Verdict.WRONG, Verdict.SURPLUS)


def pictures(document: Examined, folder: Path | None) -> list[Picture]:
    """Draw the pages with most mistakes, the first page where nothing wrong stands on any.

    `folder` holds the documents' files, by the labels' paths or by name, generated ones as `training.synthesize --pdfs`
    names them; without the file, what was read is printed where it stood. Nothing is drawn of a document without an
    answer and without a file.
    """
    file = _found(document.label.file, folder)
    placed = [given for given in document.given if given.field.page is not None and given.field.box is not None]
    if file is None and not placed:
        return []
    wrong = Counter(given.field.page or 1 for given in placed if _is_wrong(given))
    first = min((given.field.page or 1 for given in placed), default=1)
    numbers = sorted(page for page, _ in wrong.most_common(PAGES)) or [first]
    return [_picture(file, number, [g for g in placed if g.field.page == number]) for number in numbers]


def _found(file: str, folder: Path | None) -> Path | None:
    if folder is None:
        return None
    candidates = (folder / file, folder / PurePath(file).name, folder / f"{file}.pdf")  # shards name no files
    return next((path for path in candidates if path.is_file()), None)


def _picture(file: Path | None, number: int, given: Sequence[Given]) -> Picture:
    page = _rendered(file, number) if file else None
    boxed = _boxed(page or _drawn(given), given)
    written = io.BytesIO()
    boxed.quantize(_SHADES).save(written, "PNG", optimize=True)
    return Picture(number, written.getvalue(), page is not None)


def _rendered(file: Path, number: int) -> "Image | None":
    """Return a page as its file shows it, None where the file has no such page or is of another type."""
    if file.suffix.lower() == ".pdf":
        return _rendered_pdf(file, number)
    return _rendered_picture(file, number) if file.suffix.lower() in _PICTURES else None


def _rendered_pdf(file: Path, number: int) -> "Image | None":
    import pypdfium2 as pdfium

    try:
        opened = pdfium.PdfDocument(file)
    except pdfium.PdfiumError:
        return None
    try:
        if number > len(opened):
            return None
        page = opened[number - 1]
        picture: Image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        return picture
    finally:
        opened.close()


def _rendered_picture(file: Path, number: int) -> "Image | None":
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(file) as opened:
            opened.seek(number - 1)
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (EOFError, OSError, UnidentifiedImageError):
        return None
    return upright.resize((WIDTH, max(1, round(WIDTH * upright.height / upright.width))))


def _drawn(given: Sequence[Given]) -> "Image":
    """Return an empty A4 page on which what was read is printed where it stood."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("RGB", (WIDTH, round(WIDTH * _A4)), "white")
    draw = ImageDraw.Draw(page)
    for each in given:
        if each.field.box:
            lines = each.field.text.count("\n") + 1
            size = max(7, round(each.field.box.height * page.height / lines * 0.75))
            at = (each.field.box.x0 * page.width, each.field.box.y0 * page.height)
            draw.multiline_text(at, each.field.text, fill="#202020", font=ImageFont.load_default(size), spacing=2)
    return page


def _boxed(page: "Image", given: Sequence[Given]) -> "Image":
    import layoutparser as lp
    from PIL import ImageDraw, ImageFont

    blocks = []
    names: list[tuple[float, float, str]] = []
    for each in sorted(given, key=_is_wrong):  # what is wrong is drawn over what is right
        if each.field.box is None:
            continue
        x0, y0, x1, y1 = (edge * side for edge, side in zip(each.field.box, page.size * 2, strict=True))
        blocks.append(lp.TextBlock(lp.Rectangle(x0 - 2, y0 - 2, x1 + 2, y1 + 2), type=each.verdict.value))
        if _is_wrong(each):
            names.append((max(0.0, x0 - 2), max(0.0, y0 - 11), each.name.rpartition(".")[2]))
    colours = {verdict.value: colour for verdict, colour in COLOURS.items()}
    boxed: Image = lp.draw_box(page, lp.Layout(blocks), box_width=2, box_alpha=0.12, color_map=colours)
    draw, font = ImageDraw.Draw(boxed), ImageFont.load_default(9)
    for x, y, name in names:
        draw.rectangle(draw.textbbox((x, y), name, font=font), fill="white")
        draw.text((x, y), name, fill=COLOURS[Verdict.WRONG], font=font)
    return boxed.convert("RGB")
