"""One labelled document from one seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile
from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument, Origin
from training.synthesize.content.compose import compose
from training.synthesize.family import dice_of, family_of
from training.synthesize.labelling.annotations import areas, without_annotations
from training.synthesize.labelling.check import mistakes
from training.synthesize.labelling.tagging import Tagged, tag_words
from training.synthesize.layout.page import lay_out
from training.synthesize.layout.sheet import Mark, Sheet
from training.synthesize.render import Unsettable, render

LICENCE = "CC0-1.0"
"""Generated documents are nobody's."""
_DRAFTS = 6
_DRAFTS_IN_FAMILY = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as first laid out, with everything that proves its labels.

    `marks` are the values on the page; a component may mark one that is then left out. `mistakes` says which of them
    the labelled words do not say: text that ran into other text.
    """

    document: LabelledDocument
    pdf: bytes
    marked_pdf: bytes
    sheet: Sheet
    marks: tuple[Mark, ...]
    tagged: Tagged
    mistakes: tuple[str, ...]


def generate(seed: int) -> tuple[LabelledDocument, bytes]:
    """Return the labelled document of a seed, and its PDF."""
    made, _ = generate_with_proof(seed)
    return made.document, made.pdf


def generate_with_proof(seed: int, *, language: str | None = None, kind: Kind | None = None) -> tuple[Draft, int]:
    """Return the document of a seed with its marks, and how many drafts were thrown away.

    A draft in which a value cannot be read back, because a long word ran into its neighbour, is drawn anew, and so is
    one that cannot be set. `language` and `kind` fix what chance would decide. Raises RuntimeError where no draft can
    be read back.
    """
    wrong = ""
    for number in range(_DRAFTS):
        try:
            made = draft(seed, number, language=language, kind=kind)
        except Unsettable as error:
            wrong = str(error)
            continue
        if not made.mistakes:
            return made, number
        wrong = made.mistakes[0]
    raise RuntimeError(f"seed {seed}: no draft can be read back: {wrong}")


def draft(seed: int, number: int = 0, *, language: str | None = None, kind: Kind | None = None) -> Draft:
    """Return one draft of a seed's document, whatever is wrong with it. Raises Unsettable where it cannot be set.

    The document of a sender's family whose first drafts cannot be read back stands alone: the layout may be why.
    """
    family = family_of(seed) if number < _DRAFTS_IN_FAMILY else None
    dice = dice_of(seed, number, family)
    content = compose(dice.child("content"), language=language, kind=kind)
    source, sheet = lay_out(content, dice.child("layout"))
    marked = render(source)
    pdf = without_annotations(marked)
    read = _read(pdf, f"generated-{seed}.pdf")
    found = areas(marked)
    tagged = tag_words(read.pages, found, sheet.marks)
    marks = tuple(sheet.marks[index] for index in sorted({area.mark for page in found for area in page}))
    document = LabelledDocument(
        id=f"generated-{seed:08d}",
        origin=Origin.GENERATED,
        licence=LICENCE,
        group=family.name if family is not None else f"generated-{seed:08d}",
        kind=content.kind,
        language=content.language,
        words_from=read.words_from,
        quality=read.quality.band,
        pages=read.pages,
        tags=tagged.tags,
        rows=tagged.rows,
        fields=_fields(marks),
        lines=_rows(marks, "line."),
        tax_breakdown=_rows(marks, "tax."),
        faults=content.faults,
        traits={**sheet.design.traits, **_traits(sheet)},
    )
    return Draft(document, pdf, marked, sheet, marks, tagged, tuple(mistakes(tagged, marks, content.convention)))


def _read(pdf: bytes, name: str) -> Document:
    """Read the words as the pipeline reads them."""
    read = FileReader(ocr=None, sandbox=False).read(SourceFile(name, "application/pdf", pdf))
    if not isinstance(read, Document):
        raise ValueError(f"{name} was generated but cannot be read: {read.findings}")
    return read


def _fields(marks: Sequence[Mark]) -> Mapping[str, str]:
    """Return each header field's value; the first printed counts."""
    fields: dict[str, str] = {}
    for mark in marks:
        if mark.row < 0:
            fields.setdefault(mark.span, mark.value.normal)
    return fields


def _rows(marks: Sequence[Mark], prefix: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of line items or of the tax breakdown."""
    rows: dict[int, dict[str, str]] = {}
    for mark in marks:
        if mark.span.startswith(prefix):
            rows.setdefault(mark.row, {}).setdefault(mark.span.removeprefix(prefix), mark.value.normal)
    return tuple(rows.get(index, {}) for index in range(max(rows, default=-1) + 1))


def _traits(sheet: Sheet) -> Mapping[str, str]:
    """Return what the content decided about the structure."""
    content = sheet.content
    return {
        "content.variant": content.variant,
        "content.country": content.country,
        "content.taxed": content.taxed,
        "content.prices": "gross" if content.gross_priced else "net",
        "content.items": str(len(content.items)),
        "content.slip": content.payment.scheme or "none",
        "content.money": content.convention.money,
        "content.trade_name": "yes" if content.issuer.trade else "no",
        "content.deduction": "yes" if len({item.net > 0 for item in content.items}) > 1 else "no",
        "content.most_details": str(max((len(item.details) for item in content.items), default=0)),
    }
