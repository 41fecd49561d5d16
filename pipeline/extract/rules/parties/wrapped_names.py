"""Names that take more than one line: wrapped in a narrow column, or a person's over the company's."""

import re
from collections.abc import Sequence
from itertools import takewhile

from pipeline.domain.folding import fold
from pipeline.domain.legal_forms import has_legal_form, is_legal_form
from pipeline.extract.rules.parties.blocks import Line
from pipeline.extract.rules.parties.names import may_be_name, name_in
from pipeline.extract.rules.writing.characters import has_digit

_OPEN_END = re.compile(r"(?:&|\+|-|,|\b(?:and|und|og|och|et|en|y|e|i|of|de|del|della|di|du|van|von|der|for|fur))$")
_PERSON = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?: [^\W\d_][^\W\d_'’.-]*){1,3}")
_ORGANISATION = re.compile(
    r"""\b(?:group|gruppe|groupe|gruppo|grupo|holding|services?|solutions|consult\w*|systems?|trading|shop|store|studio
    |design|media|bank|hotel|cafe|restaurant|university|universit\w+|institut\w*|school|verein|stiftung|foundation
    |fondation|association|forening|council|commune|kommune|gemeente|ayuntamiento|stad|city|department|ministry)\b""",
    re.X,
)
_LARGER = 1.15  # the type of a name over that of its address
_LINES = 3  # of a wrapped name, at most


def whole_name(name: str, lines: Sequence[Line], usual: float) -> tuple[str, list[Line]]:
    """Return the name that begins in the first of a column's lines, and those lines less the ones it takes.

    `usual` is the height of the document's type. A person's name over a line with a legal form is a contact's; the
    company below it is the party.
    """
    first = lines[0]
    if has_legal_form(name) or len(lines) < 2:
        return name, list(lines)
    further = list(takewhile(_may_go_on, lines[1:_LINES]))
    for count in range(len(further), 0, -1):
        rest = lines[1 + count :]
        if _wraps(first, further[:count], rest[0].box.height if rest else usual):
            return " ".join([name, *(x.text.strip(" ,;") for x in further[:count])]), [first, *rest]
    if further and has_legal_form(further[0].text) and _is_person(name) and (company := name_in(further[0])):
        return company, list(lines[1:])
    return name, list(lines)


def _may_go_on(line: Line) -> bool:
    """Say whether a line may be more of a name: no street, town, country, phone or number."""
    told = line.is_place or line.is_street or line.is_country or line.is_contact or line.is_legal_id
    return not told and not has_digit(line.text) and _may_be_or_end_name(line.text)


def _may_be_or_end_name(text: str) -> bool:
    """Say whether a text may be a name, or its last words: "Ltd"."""
    return may_be_name(text) or all(is_legal_form(w) for w in text.split())


def _wraps(first: Line, further: Sequence[Line], usual: float) -> bool:
    """Say whether a name goes on in further lines: it plainly has no end, its legal form follows alone, or all of it
    is set in the same larger type."""
    whole = (first, *further)
    if all(is_legal_form(w) for w in further[-1].text.split()):
        return len(further) == 1 or _is_larger(whole[:-1], usual) or _open(whole[:-2])
    return _open(whole[:-1]) or _is_larger(whole, usual)


def _open(lines: Sequence[Line]) -> bool:
    return bool(lines) and all(_OPEN_END.search(fold(line.text)) for line in lines)


def _is_larger(lines: Sequence[Line], usual: float) -> bool:
    sizes = [line.box.height for line in lines]
    return min(sizes) > _LARGER * usual and max(sizes) < 1.1 * min(sizes)


def _is_person(name: str) -> bool:
    """Say whether a name may be a person's: two to four capitalised words, none of an organisation's."""
    words = name.split()
    return (
        _PERSON.fullmatch(name) is not None
        and all(w[0].isupper() and not w.isupper() for w in words)
        and _ORGANISATION.search(fold(name)) is None
    )
