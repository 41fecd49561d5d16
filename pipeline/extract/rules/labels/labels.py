"""Finds labels on the page: the wordings of twelve languages, compared folded, and on OCR text with a slip or two."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.domain.document import Box
from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.labels.titles import titles
from pipeline.extract.rules.labels.wordings import LANGUAGES
from pipeline.extract.rules.page.layout import Layout, Row, canonical_tokens
from pipeline.extract.rules.writing.characters import has_digit, has_letter
from pipeline.extract.rules.writing.likeness import Likeness

_LONGEST = 7  # tokens in a label
_FUZZY_FROM = 6  # letters from which a slip is tolerated
_FUZZY_SCORE = 84
_MISREAD = str.maketrans("01|5", "olls")


# A title before a number labels it: "Credit note 4711", "Purchase order 4711".
_NUMBERED_TITLES = {
    Kind.INVOICE: Role.TITLE_NUMBER,
    Kind.CREDIT_NOTE: Role.TITLE_NUMBER,
    Kind.RECEIPT: Role.TITLE_NUMBER,
    Kind.PURCHASE_ORDER: Role.ORDER,
}
ALONE = frozenset(
    {"van", "von", "de", "da", "di", "du", "an", "a", "to", "from", "til", "till", "fra", "fran", "pour", "para", "per"}
    | {"do", "od", "firma", "company", "azienda", "societe", "bedrijf", "foretag", "yritys", "empresa"}
)
"""Words that begin names and sentences as well: labels only before a colon or on a line of their own."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label on the page: which roles its wording may have, and how it stands.

    `start` and `end` are word indices of its row; `quality` is 1 for an exact wording.
    """

    roles: frozenset[Role]
    phrase: str
    row: int
    start: int
    end: int
    page: int
    box: Box
    quality: float
    starts_segment: bool
    ends_segment: bool
    colon: bool

    @property
    def is_heading(self) -> bool:
        """Whether it looks like a label, not like a word in a sentence."""
        plain = len(self.phrase) > 5 and self.phrase not in ALONE
        return self.colon or (self.starts_segment and (self.ends_segment or plain))


@lru_cache(maxsize=1)
def wording_roles() -> dict[str, frozenset[Role]]:
    """Return every wording, its tokens joined, with the roles it may have."""
    roles: dict[str, set[Role]] = {}
    for wordings in LANGUAGES:
        for role, text in wordings.items():
            for wording in text.split("|"):
                if key := "".join(canonical_tokens(wording)):
                    roles.setdefault(key, set()).add(role)
    for key, kind in titles().items():
        if (role := _NUMBERED_TITLES.get(kind)) and key not in roles:
            roles[key] = {role}
        if kind is Kind.PURCHASE_ORDER and key in roles and not key.endswith("nr"):
            roles.setdefault(key + "nr", roles[key])
    return {k: frozenset(v) for k, v in roles.items()}


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """Return what wordings begin with: text that is none of these needs no further token."""
    return frozenset(key[:end] for key in wording_roles() for end in range(1, len(key) + 1))


@lru_cache(maxsize=64)
def _of_about(length: int) -> Likeness:
    """Return the wordings long enough for a slip whose length differs by one letter at most, the shorter ones first."""
    lengths = [n for n in (length - 1, length, length + 1) if n >= _FUZZY_FROM]
    return Likeness((key for n in lengths for key in wording_roles() if len(key) == n), _FUZZY_SCORE)


@lru_cache(maxsize=8192)
def _nearest(key: str) -> tuple[str, float] | None:
    """Return the wording that a misread text most resembles and how much (0 to 100), None where none is near."""
    return _of_about(len(key)).nearest(key)


def labels_of(layout: Layout, tolerant: bool = False) -> list[Label]:
    """Return all labels of a document in reading order; `tolerant` also takes near misses, for OCR text."""
    return [label for row in layout.rows for label in _labels_of_row(row, tolerant)]


def _labels_of_row(row: Row, tolerant: bool) -> Iterator[Label]:
    tokens, phrases, beginnings = row.tokens, wording_roles(), _beginnings()
    position = 0
    while position < len(tokens):
        found = _longest(row, position, phrases) if tokens[position].text in beginnings else None
        if found is None and tolerant:
            found = _near(row, position)
        if found is None:
            position += 1
            continue
        count, key, quality = found
        start, end = tokens[position].word, tokens[position + count - 1].word + 1
        yield _label(row, start, end, key, quality)
        position += count


def _longest(row: Row, position: int, phrases: dict[str, frozenset[Role]]) -> tuple[int, str, float] | None:
    """Match the longest wording that starts at a token and ends where a word ends."""
    tokens = row.tokens
    if position and tokens[position - 1].word == tokens[position].word and tokens[position].text != "nr":
        return None
    beginnings = _beginnings()
    best: tuple[int, str, float] | None = None
    key = ""
    for count in range(1, min(_LONGEST, len(tokens) - position) + 1):
        token = tokens[position + count - 1]
        if count > 1 and row.segment_of[token.word] != row.segment_of[tokens[position].word]:
            break
        key += token.text
        if key not in beginnings:
            break
        ends_word = position + count == len(tokens) or tokens[position + count].word != token.word
        if key in phrases and ends_word:
            best = (count, key, 1.0)
    return best


def _near(row: Row, position: int) -> tuple[int, str, float] | None:
    """Match with digits misread for letters, then with a slip or two, one to four tokens long."""
    tokens = row.tokens
    best: tuple[int, str, float] | None = None
    key = ""
    for count in range(1, min(4, len(tokens) - position) + 1):
        token = tokens[position + count - 1]
        if row.segment_of[token.word] != row.segment_of[tokens[position].word]:
            break
        ends_word = position + count == len(tokens) or tokens[position + count].word != token.word
        key += token.text.translate(_MISREAD) if token.text == "0" or has_letter(token.text) else token.text
        if not ends_word:
            continue
        if key in wording_roles():
            best = (count, key, 0.95)
        elif len(key) >= _FUZZY_FROM and not has_digit(key):
            match = _nearest(key)
            if match and (best is None or match[1] / 100 >= best[2]):
                best = (count, match[0], match[1] / 100 * 0.95)
    return best


def _label(row: Row, start: int, end: int, key: str, quality: float) -> Label:
    segment = row.segment_of
    return Label(
        roles=wording_roles()[key],
        phrase=key,
        row=row.index,
        start=start,
        end=end,
        page=row.page,
        box=row.span_box(start, end),
        quality=quality,
        starts_segment=start == 0 or segment[start - 1] != segment[start],
        ends_segment=end == len(row.words) or segment[end] != segment[end - 1],
        colon=row.words[end - 1].text.rstrip().endswith((":", ":-", "="))
        or (end < len(row.words) and row.words[end].text == ":"),
    )
