"""Names that take more than one line: wrapped in a narrow column, a person's over the company's, or a logo's first word
that stands in full elsewhere."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile
from math import inf

from pipeline.domain.folding import fold
from pipeline.domain.legal_forms import has_legal_form, is_legal_form
from pipeline.extract.rules.parties.blocks import Line
from pipeline.extract.rules.parties.names import may_be_name, name_in
from pipeline.extract.rules.parties.party import Party
from pipeline.extract.rules.writing.characters import has_digit

_OPEN_END = re.compile(r"(?:&|\+|-|,|\b(?:and|und|og|och|et|en|y|e|i|of|de|del|della|di|du|van|von|der|for|fur))$")
_PERSON = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?: [^\W\d_][^\W\d_'’.-]*){1,3}")
_ORGANISATION = re.compile(
    r"""\b(?:group|gruppe|groupe|gruppo|grupo|holding|services?|solutions|consult\w*|systems?|trading|shop|store|studio
    |design|media|bank|hotel|cafe|restaurant|university|universit\w+|institut\w*|school|verein|stiftung|foundation
    |fondation|association|forening|council|commune|kommune|gemeente|ayuntamiento|stad|city|department|ministry)\b""",
    re.X,
)
_JOINTS = frozenset({"&", "+", "und", "and", "og"})  # of two legal forms
_LARGER = 1.15  # the type of a name over that of its address
_LINES = 3  # of a wrapped name, at most


def whole_name(name: str, lines: Sequence[Line], usual: float | None) -> tuple[str, list[Line]]:
    """Return the name that begins in the first of a column's lines, and those lines less the ones it takes.

    `usual` is the height of the document's type, None where size tells nothing: in a window all is set alike. A
    person's name over a line with a legal form is a contact's; the company below it is the party.
    """
    first = lines[0]
    if len(lines) < 2:
        return name, list(lines)
    if has_legal_form(name):
        more = lines[1].text.strip(" ,;")
        if not _is_form(more) or fold(more) in fold(name):
            return name, list(lines)
        return f"{name} {more}", [first, *lines[2:]]
    further = list(takewhile(_may_go_on, lines[1:_LINES]))
    for count in range(len(further), 0, -1):
        rest = lines[1 + count :]
        if _wraps(first, further[:count], rest[0].box.height if rest and usual else usual or inf):
            return _joined([name, *(x.text.strip(" ,;") for x in further[:count])]), [first, *rest]
    if further and has_legal_form(further[0].text) and _is_person(name) and (company := name_in(further[0])):
        return company, list(lines[1:])
    return name, list(lines)


def goes_on_from(name: str, beginning: str) -> bool:
    """Say whether a name begins with all the words of another and goes on."""
    words, first = fold(name).split(), fold(beginning).split()
    return len(first) < len(words) and words[: len(first)] == first


def fuller(party: Party, lines: Iterable[tuple[Line, Line | None]]) -> Party | None:
    """Return the party by the fuller name that goes on from its own, None where no line states one.

    Each line comes with the one under it: a fuller name has a legal form or stands over an address, else it is any text
    that begins with the same word.
    """
    if has_legal_form(party.name):
        return None
    for line, under in lines:
        name = name_in(line)
        if name is None or line.is_street or not goes_on_from(name, party.name):
            continue
        if has_legal_form(name) or (under is not None and (under.is_street or under.is_place)):
            return replace(party, name=name, line=line)
    return None


def _may_go_on(line: Line) -> bool:
    """Say whether a line may be more of a name: no street, town, country, phone or number."""
    told = line.is_place or line.is_street or line.is_country or line.is_contact or line.is_legal_id
    return not told and not has_digit(line.text) and _may_be_or_end_name(line.text)


def _joined(parts: Sequence[str]) -> str:
    """Join the lines of a name, a word's parts without the hyphen that print set between them."""
    return re.sub(r"(?<=[^\W\d_])- (?=[a-zà-öø-ÿ])", "", " ".join(parts))


def _may_be_or_end_name(text: str) -> bool:
    """Say whether a text may be a name, or its last words: "Ltd"."""
    return may_be_name(text) or _is_form(text)


def _is_form(text: str) -> bool:
    """Say whether a text is a legal form and nothing else: "Ltd", "GmbH & Co. KG"."""
    words = [w for w in text.split() if w not in _JOINTS]
    return bool(words) and all(is_legal_form(w) for w in words)


def _wraps(first: Line, further: Sequence[Line], usual: float) -> bool:
    """Say whether a name goes on in further lines: it plainly has no end, its legal form follows alone, or all of it
    is set in the same larger type."""
    whole = (first, *further)
    if _is_form(further[-1].text):
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
