"""VAT ids and registration numbers, and whose they are: the seller's or the buyer's."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.extract.rules.header.choice import Proposal
from pipeline.extract.rules.header.confidence import CHECKSUM, REPEATED
from pipeline.extract.rules.labels.labels import Label
from pipeline.extract.rules.labels.linking import Finder, Linker
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.candidates import Candidate, CandidateType
from pipeline.extract.rules.page.codes import candidate, registration_in
from pipeline.extract.rules.page.identifiers import compact, is_valid, is_vat_id
from pipeline.extract.rules.page.layout import Row
from pipeline.extract.rules.parties.parties import Parties
from pipeline.extract.rules.parties.party import Party
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.conventions import Conventions

_VAT_ROLES = frozenset(
    {Role.VAT_ID, Role.SELLER_VAT_ID, Role.BUYER_VAT_ID, Role.REGISTRATION_ID, Role.BUYER_REGISTRATION_ID}
)
_COUNTRY_OF = {
    "da": "DK",
    "no": "NO",
    "sv": "SE",
    "fi": "FI",
    "en": "GB",
    "es": "ES",
    "it": "IT",
    "nl": "NL",
    "fr": "FR",
    "de": "DE",
    "pl": "PL",
    "pt": "PT",
}
"""The country that a language alone makes likeliest."""
_COUNTRY_PAYING_IN = {"DKK": "DK", "NOK": "NO", "SEK": "SE", "PLN": "PL", "GBP": "GB"}
_REACH = 0.16  # how far below its heading an id still belongs to a party, in page heights


def countries_of(candidates: Iterable[Candidate], conventions: Conventions) -> tuple[str, ...]:
    """Return where a document's parties may be at home, the likeliest first.

    The language tells first, then the currency, then the countries of its VAT ids and accounts.
    """
    told = [_COUNTRY_OF.get(conventions.language or ""), _COUNTRY_PAYING_IN.get(conventions.currency or "")]
    told += [c.value[:2] for c in candidates if c.type in (CandidateType.VAT_ID, CandidateType.IBAN)]
    return tuple(dict.fromkeys(country for country in told if country))


def with_country(value: str, countries: Sequence[str]) -> str:
    """Add to a VAT id without prefix the first of the countries that issues ids of this form with these check digits.

    It stays as it is where none does.
    """
    if not value[:1].isdigit() and not (value[1:2].isdigit() and len(value) == 9):  # Spanish ones begin with a letter
        return value
    for country in countries:
        if country == "NO" and re.fullmatch(r"\d{9}(?:MVA)?", value):
            made = f"NO{value[:9]}MVA"
        elif country == "SE" and re.fullmatch(r"\d{10}", value):
            made = f"SE{value}01"
        else:
            made = country + value
        if is_vat_id(made):
            return made
    return value


class TaxIds:
    """Tells whose tax and registration ids are whose in one document."""

    def __init__(
        self, linker: Linker, candidates: Sequence[Candidate], parties: Parties, conventions: Conventions, kind: Kind
    ) -> None:
        self.linker = linker
        self.parties = parties
        self.country = _COUNTRY_OF.get(conventions.language or "")
        self.countries = countries_of(candidates, conventions)
        ordered = kind is Kind.PURCHASE_ORDER
        self.issuer = HeaderField.BUYER_VAT_ID if ordered else HeaderField.SELLER_VAT_ID
        self.prefixed = [c for c in candidates if c.type is CandidateType.VAT_ID]

    def proposals(self) -> Iterator[Proposal]:
        """Yield seller's and buyer's VAT ids and the seller's registration number."""
        labelled = {label: link for label in self._labels() if (link := self._first(label))}
        by_place = {(c.row, c.start): label for label, c in labelled.items()}
        for c in self.prefixed:
            label = by_place.get((c.row, c.start)) or self._label_before(c)
            yield from self._prefixed(c, label)
        for label, c in labelled.items():
            if c.type is not CandidateType.VAT_ID:
                yield from self._bare(label, c)
        yield from self._registrations()

    def _labels(self) -> Iterator[Label]:
        for label in self.linker.labels:
            if label.roles & {Role.VAT_ID, Role.SELLER_VAT_ID, Role.BUYER_VAT_ID}:
                yield label

    def _first(self, label: Label) -> Candidate | None:
        return next((link.candidate for link in self.linker.links(label, self._find())), None)

    def _find(self) -> Finder:
        def find(row: Row, start: int, stop: int) -> Candidate | None:
            prefixed = next((c for c in self.prefixed if c.row == row.index and start <= c.start < stop), None)
            if prefixed and prefixed.start <= start + 2:
                return prefixed
            return self._bare_in(row, start, stop) or prefixed

        return find

    def _bare_in(self, row: Row, start: int, stop: int) -> Candidate | None:
        """Read an id without country prefix: 8 to 15 letters and digits, at least seven digits."""
        joined, end = "", start
        while end < min(stop, start + 5) and (end == start or row.gap(end) < 1.0):
            part = compact(row.words[end].text)
            if (
                not part
                or (not has_digit(part) and part != "MVA")
                or re.search(r"[,%€$£]|\d\.\d{2}$", row.words[end].text)
            ):
                break
            joined += part
            end += 1
        if not 8 <= len(joined) <= 15 or sum(c.isdigit() for c in joined) < 7:
            return None
        return candidate(row, start, end, joined)

    def _prefixed(self, c: Candidate, label: Label | None) -> Iterator[Proposal]:
        owner, sure = self._owner(c, label)
        checked = CHECKSUM if c.proven else 0.0
        same = sum(x.value == c.value for x in self.prefixed) > 1
        if label is None and not c.proven:
            sure *= 0.6
        yield Proposal(owner, c, sure, max(checked, REPEATED if same else 0.0))

    def _bare(self, label: Label, c: Candidate) -> Iterator[Proposal]:
        owner, sure = self._owner(c, label)
        value = with_country(c.value, self.countries)
        proven = is_vat_id(value)
        yield Proposal(owner, replace(c, value=value, proven=proven), sure * 0.9, CHECKSUM if proven else 0.0)

    def _registrations(self) -> Iterator[Proposal]:
        for label in self.linker.labels:
            if Role.REGISTRATION_ID not in label.roles or Role.VAT_ID in label.roles:
                continue
            for link in self.linker.links(label, registration_in):
                c = link.candidate
                owner, sure = self._owner(c, label)
                if owner is HeaderField.BUYER_VAT_ID:
                    yield from self._danish_vat(c, HeaderField.BUYER_VAT_ID, sure * link.nearness)
                    continue
                checked = CHECKSUM if self._registration_checks(c.value) else 0.0
                yield Proposal(HeaderField.SELLER_REGISTRATION_ID, c, sure * link.nearness, checked)
                yield from self._danish_vat(c, HeaderField.SELLER_VAT_ID, sure * link.nearness)
                yield from self._norwegian_vat(c, sure * link.nearness)

    def _danish_vat(self, c: Candidate, owner: HeaderField, sure: float) -> Iterator[Proposal]:
        """A Danish CVR number is the VAT id without its prefix; it stands in where no VAT id is printed."""
        if self.country == "DK" and re.fullmatch(r"\d{8}", c.value):
            proven = is_valid("dk", "cvr", c.value)
            yield Proposal(owner, replace(c, value=f"DK{c.value}", proven=proven), sure * 0.55, 0.3 if proven else 0.0)

    def _norwegian_vat(self, c: Candidate, sure: float) -> Iterator[Proposal]:
        """A Norwegian organisation number with "MVA" behind it is the VAT id."""
        row = self.linker.layout.rows[c.row]
        behind = row.words[c.end].text.strip(".,;") if c.end < len(row.words) else ""
        if behind == "MVA" and re.fullmatch(r"\d{9}", c.value):
            value = f"NO{c.value}MVA"
            yield Proposal(
                HeaderField.SELLER_VAT_ID, replace(c, value=value), sure * 0.95, CHECKSUM if is_vat_id(value) else 0.0
            )

    def _registration_checks(self, value: str) -> bool:
        digits = re.sub(r"\D", "", value)
        kinds = {
            8: (("dk", "cvr"),),
            9: (("no", "orgnr"), ("fr", "siren")),
            10: (("se", "orgnr"),),
            14: (("fr", "siret"),),
        }
        return any(is_valid(country, kind, digits) for country, kind in kinds.get(len(digits), ()))

    def _label_before(self, c: Candidate) -> Label | None:
        row = self.linker.layout.rows[c.row]
        before = [x for x in self.linker.labels_in(row) if x.end <= c.start and x.roles & _VAT_ROLES]
        return before[-1] if before and c.start - before[-1].end <= 3 else None

    def _owner(self, c: Candidate, label: Label | None) -> tuple[HeaderField, float]:
        """Return whose an id is and how sure: what the label says, the heading above, the address beside.

        An id for which nothing else speaks is the issuer's: an order's letterhead is the buyer's.
        """
        if label and label.roles & {Role.BUYER_VAT_ID, Role.BUYER_REGISTRATION_ID}:
            return HeaderField.BUYER_VAT_ID, 0.98
        if label and Role.SELLER_VAT_ID in label.roles:
            return HeaderField.SELLER_VAT_ID, 0.98
        x = label.box.x0 if label else self._segment_start(c)
        if label and c.row != label.row and self._segment_start(c) < x:
            x = self._segment_start(c)  # below a label of which the wordings know the end only
        heading = self._heading_over(c, x)
        if heading in (Role.BUYER, Role.SHIP_TO):
            return HeaderField.BUYER_VAT_ID, 0.88
        if heading is Role.SELLER:
            return HeaderField.SELLER_VAT_ID, 0.95
        beside = [p for p in (self.parties.buyer, self.parties.seller) if p and self._beside(c, x, p)]
        if beside:
            nearest = max(beside, key=lambda p: p.line.box.y0)
            if nearest is self.parties.buyer:
                return HeaderField.BUYER_VAT_ID, 0.8
            return HeaderField.SELLER_VAT_ID, 0.9 if label else 0.7
        return self.issuer, 0.9 if label else 0.7

    def _segment_start(self, c: Candidate) -> float:
        row = self.linker.layout.rows[c.row]
        start = c.start
        while start and row.segment_of[start - 1] == row.segment_of[c.start]:
            start -= 1
        return row.words[start].box.x0

    def _heading_over(self, c: Candidate, x: float) -> Role | None:
        """Return the nearest party heading above in the same column."""
        near = [
            (c.box.y0 - label.box.y0, role)
            for label, role in self.parties.headings
            if label.page == c.page
            and -0.002 <= c.box.y0 - label.box.y0 < 2 * _REACH
            and -0.04 <= x - label.box.x0 <= 0.13
        ]
        return min(near, key=lambda n: n[0])[1] if near else None

    def _beside(self, c: Candidate, x: float, party: Party) -> bool:
        """Say whether an id stands in a party's address or right under it."""
        if party.line.row.page != c.page:
            return False
        block = party.block or party.line.box
        below = block.y0 - 0.002 <= c.box.y0 <= block.y1 + 0.05
        return below and abs(x - block.x0) < 0.06
