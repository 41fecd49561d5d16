"""For every field the values that it may have: what the network's tags offer, and what the rules do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from models.decode.chances import chance_of_words
from models.decode.spans import Span
from models.decode.values import value_of
from models.decode.words import Words
from models.scores import Scores
from pipeline.domain.document import Box
from pipeline.domain.extraction import Field
from pipeline.domain.folding import fold
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, HeaderField
from pipeline.extract.rules.header.tax_ids import countries_of, with_country
from pipeline.extract.rules.page.candidates import Candidate, CandidateType
from pipeline.extract.rules.writing.conventions import Conventions

_TYPES: Mapping[str, CandidateType] = {
    **dict.fromkeys(DATE_FIELDS, CandidateType.DATE),
    **dict.fromkeys(AMOUNT_FIELDS, CandidateType.AMOUNT),
    HeaderField.SELLER_VAT_ID: CandidateType.VAT_ID,
    HeaderField.BUYER_VAT_ID: CandidateType.VAT_ID,
    HeaderField.IBAN: CandidateType.IBAN,
    HeaderField.BIC: CandidateType.BIC,
    HeaderField.SELLER_EMAIL: CandidateType.EMAIL,
}
"""Which typed candidates may be a field's value."""
_SAME_AMOUNT = {
    HeaderField.GROSS_TOTAL: HeaderField.AMOUNT_DUE,
    HeaderField.AMOUNT_DUE: HeaderField.GROSS_TOTAL,
}
"""Fields of one value where nothing was prepaid (BT-115 is BT-112 less BT-113): one printed amount says both."""
_VAT_IDS = frozenset({HeaderField.SELLER_VAT_ID, HeaderField.BUYER_VAT_ID})
_SHARED = 0.8
_FAINT = 0.03
"""Candidates that the network gives a smaller chance are no options, unless the rules name them."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a field may have, with who says so.

    `words` numbers the document's words that print it; `model` is the mean chance that the network gives them to be
    this field, `rules` the confidence of the rules in this value, 0 where they do not name it.
    """

    name: str
    value: str
    text: str
    page: int | None
    box: Box | None
    words: tuple[int, ...]
    model: float
    rules: float = 0.0
    proven: bool = False
    reader: float = 1.0
    per: str | None = None

    @property
    def key(self) -> str:
        """What makes two options one: the value, however it is written."""
        return _key_of(self.value)


@lru_cache(maxsize=8192)
def _key_of(value: str) -> str:
    return "".join([c for c in fold(value) if c.isalnum() or c in "-."]).rstrip("-.") or value


@dataclass(frozen=True)
class Sources:
    """All that options are made of."""

    words: Words
    scores: Scores
    spans: Sequence[Span]
    candidates: Sequence[Candidate]
    rules: Mapping[HeaderField, Field]
    conventions: Conventions

    @cached_property
    def placed(self) -> Mapping[CandidateType, Sequence[tuple[Candidate, tuple[int, ...]]]]:
        """The candidates of each type that stand on words, and these words."""
        found: dict[CandidateType, list[tuple[Candidate, tuple[int, ...]]]] = {}
        for candidate in self.candidates:
            if words := self.words.inside(candidate.page, candidate.box):
                found.setdefault(candidate.type, []).append((candidate, words))
        return found


def options_of(name: HeaderField, sources: Sources) -> list[Option]:
    """Return the options for a header field, each value once, the ones with more behind them first."""
    found = [*_typed(name, sources), *_tagged(name, sources), *_ruled(name, sources)]
    return sorted(_merged(found), key=lambda o: -(o.model + o.rules))


def _typed(name: HeaderField, sources: Sources) -> Iterator[Option]:
    """Yield the typed candidates whose words the network gives some chance."""
    type_ = _TYPES.get(name)
    for candidate, words in sources.placed.get(type_, ()) if type_ else ():
        chance = _chance(name, words, sources.scores)
        if chance < _FAINT:
            continue
        own = Option(
            name, candidate.value, candidate.text, candidate.page, candidate.box, words, chance,
            proven=candidate.proven, reader=sources.words.reader(words),
        )  # fmt: skip
        yield own
        for other in candidate.others:
            yield replace(own, value=other, model=chance * 0.4)


def _tagged(name: HeaderField, sources: Sources) -> Iterator[Option]:
    """Yield what tagged words print; where a typed candidate stands among them, that says it better."""
    type_ = _TYPES.get(name)
    for span in sources.spans:
        if span.name != name:
            continue
        box = sources.words.box(span.words)
        if any(c.type is type_ and c.page == span.page and _overlap(c.box, box) for c in sources.candidates):
            continue
        text = sources.words.text(span.words)
        value = value_of(name, text, sources.conventions)
        if value is not None and name in _VAT_IDS:
            value = with_country(value, countries_of(sources.candidates, sources.conventions))
        if value is not None:
            reader = sources.words.reader(span.words)
            yield Option(name, value, text, span.page, box, tuple(span.words), span.chance, reader=reader)


def _ruled(name: HeaderField, sources: Sources) -> Iterator[Option]:
    """Yield what the rules say, and their second thoughts."""
    said = sources.rules.get(name)
    if said is None:
        return
    for field in (said, *said.alternatives):
        words = sources.words.inside(field.page, field.box)
        chance = _chance(name, words, sources.scores)
        yield Option(
            name, field.value, field.text, field.page, field.box, words, chance, rules=field.confidence,
            reader=sources.words.reader(words), per=field.per,
        )  # fmt: skip


def _chance(name: HeaderField, words: Sequence[int], scores: Scores) -> float:
    """Return the mean chance of some words to be a field, or one whose value it shares."""
    chance = chance_of_words(name, words, scores)
    if (other := _SAME_AMOUNT.get(name)) is not None:
        chance += _SHARED * chance_of_words(other, words, scores)
    return min(chance, 1.0)


def _merged(options: Iterable[Option]) -> list[Option]:
    """Put equal values together: the place is that of the likeliest, the chances are the highest of each."""
    found: dict[str, Option] = {}
    for option in options:
        held = found.get(option.key)
        if held is None:
            found[option.key] = option
            continue
        best = max(held, option, key=lambda o: (o.model, o.rules))
        found[option.key] = replace(
            best,
            value=(option if option.rules else held).value,
            model=max(held.model, option.model),
            rules=max(held.rules, option.rules),
            proven=held.proven or option.proven,
        )
    return list(found.values())


def _overlap(first: Box, second: Box) -> bool:
    return first.x0 < second.x1 and second.x0 < first.x1 and first.y0 < second.y1 and second.y0 < first.y1
