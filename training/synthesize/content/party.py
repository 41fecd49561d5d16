"""Companies and people: names, addresses, numbers, ways to reach them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from faker import Faker

from training.synthesize.chance import Dice
from training.synthesize.content.identifiers import Identity, identity
from training.synthesize.locales.countries import Country, country_of
from training.synthesize.locales.wording import wording

_SYLLABLES = [
    "no",
    "va",
    "ti",
    "ko",
    "ra",
    "len",
    "dor",
    "vi",
    "mex",
    "al",
    "ta",
    "lu",
    "son",
    "cen",
    "tri",
    "ve",
    "ga",
    "pro",
    "sol",
    "ner",
    "ax",
    "um",
    "ber",
    "fin",
    "gro",
    "ki",
    "lo",
    "mar",
    "nex",
    "or",
    "pa",
    "qui",
    "sa",
    "tec",
    "ur",
    "vol",
    "wen",
    "zo",
    "bra",
    "cle",
    "del",
    "fo",
    "hy",
    "in",
    "jo",
    "ly",
    "my",
    "ny",
    "ot",
    "per",
]
_REGIONS = {
    "US": [
        "AL",
        "AZ",
        "CA",
        "CO",
        "CT",
        "FL",
        "GA",
        "IL",
        "IN",
        "KY",
        "MA",
        "MD",
        "MI",
        "MN",
        "MO",
        "NC",
        "NJ",
        "NM",
        "NV",
        "NY",
        "OH",
        "OR",
        "PA",
        "TN",
        "TX",
        "UT",
        "VA",
        "WA",
        "WI",
    ],
    "CA": ["ON", "BC", "AB", "QC", "MB", "NS"],
    "AU": ["NSW", "VIC", "QLD", "WA", "SA", "TAS"],
    "IT": ["MI", "TO", "RM", "BO", "VR", "NA", "FI", "GE", "PD", "BS"],
    "ES": ["Barcelona", "Madrid", "Valencia", "Sevilla", "Vizcaya", "Alicante", "Girona"],
}
_TRADING = 0.09  # the share of companies that trade under another name
_POSTMARKS = (
    "c/o {person}",
    "2. sal",
    "Postboks {number}",
    "Box {number}",
    "Building {letter}",
    "Unit {number}",
    "P.O. Box {number}",
    "Floor 3",
)


@dataclass(frozen=True, slots=True)
class Party:
    """One party. `extra` is an address line between name and street; `private` people have no company numbers.

    `trade` is the name under which it is known, where that is not its own: it stands in the logo.
    """

    name: str
    person: str
    extra: str
    street: str
    place: tuple[str, ...]
    country: str
    identity: Identity
    email: str
    phone: str
    web: str
    private: bool = False
    gln: str = ""
    """Global location number, with its check digit."""
    trade: str = ""

    @property
    def address(self) -> tuple[str, ...]:
        """The address lines below the name, without the country."""
        return (*((self.extra,) if self.extra else ()), self.street, *self.place)


def party(code: str, language: str, dice: Dice, *, private: bool = False) -> Party:
    """Return a party of a country; `language` names its trade."""
    country = country_of(code)
    source = _source(country.faker)
    source.seed_instance(dice.seed)
    first, last = source.first_name(), _short(source.last_name())
    city = _short(source.city())
    name = f"{first} {last}" if private else _company(country, language, first, last, city, dice)
    trade = "" if private else _trade_name(name, language, dice.child("trade"))
    domain = _domain(trade or name, code, dice)
    mailbox = dice.pick(
        ("info", "mail", "invoice", "accounts", "kontakt", "office", "sales", "order", first.lower(), "post", "ap")
    )
    person = f"{source.first_name()} {_short(source.last_name())}"
    return Party(
        name=name,
        person=person,
        extra=_extra(person, dice) if dice.maybe(0.14) else "",
        street=_street(source.street_address()),
        place=_place(country, city, dice),
        country=code,
        identity=Identity() if private else identity(code, dice),
        email=f"{_ascii(mailbox)}@{domain}",
        phone=_pattern(dice.pick(country.phone.split("|")), dice),
        web=dice.pick((f"www.{domain}", domain, f"https://www.{domain}", f"www.{domain}")),
        private=private,
        gln=_location_number(dice.child("gln")),
        trade=trade,
    )


def _location_number(dice: Dice) -> str:
    """Return 13 digits with the check digit of GS1's numbers (GS1 General Specifications, 7.9)."""
    body = dice.pick(("40", "30", "57", "73", "70", "50", "87", "84")) + dice.digits(10, leading_zero=True)
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    return f"{body}{-total % 10}"


@cache
def _source(locale: str) -> Faker:
    return Faker(locale)


def _company(country: Country, language: str, first: str, last: str, city: str, dice: Dice) -> str:
    words = wording(language).company
    source = _source(country.faker)
    legal = dice.pick(country.legal).format(first=first, last=last)
    name = dice.pick(words["patterns"]).format(
        first=first,
        last=last,
        last2=_short(source.last_name()),
        city=city,
        branch=dice.pick(words["branches"]),
        coined="".join(dice.sample(_SYLLABLES, dice.between(2, 3))).capitalize(),
        legal=legal,
    )
    name = re.sub(r"\s+", " ", name).strip()
    initials = f"{dice.letters(dice.between(2, 4))} {legal or last}".strip()
    worded = _worded(language, legal, dice)
    return dice.weighted({name: 8.0, name.upper(): 1.0, initials: 1.0, worded: 4.0, worded.upper(): 0.5})


def _worded(language: str, legal: str, dice: Dice) -> str:
    """Return a name made of everyday words, as of trades, goods and slogans, with or without a legal form."""
    goods = wording(language).goods
    spoken = " ".join(
        (*goods["products"], *goods["services"], *goods["sections"], *wording(language).company["branches"])
    )
    own = [word for word in re.findall(r"\b[^\W\d_]{3,14}\b", spoken) if not word.isupper()]
    source = _source("en_US")
    source.seed_instance(dice.seed)
    sloganed = re.findall(r"\b[A-Za-z]{3,14}\b", source.catch_phrase())
    words = [
        word.capitalize() for word in dice.sample(own if dice.maybe(0.65) else sloganed, dice.pick((1, 2, 2, 2, 3)))
    ]
    if len(words) > 1 and dice.maybe(0.25):
        words.insert(-1, dice.pick(("&", "&", "+", "and" if language == "en" else "&")))
    return " ".join((*words, *((legal,) if legal and dice.maybe(0.7) else ())))


def _trade_name(name: str, language: str, dice: Dice) -> str:
    """Return a name that shares no word with the legal one, for some companies; "" for most."""
    if not dice.maybe(_TRADING):
        return ""
    coined = "".join(dice.sample(_SYLLABLES, dice.between(2, 3))).capitalize()
    found = coined if dice.maybe(0.5) else _worded(language, "", dice)
    apart = not {word.lower() for word in found.split()} & {word.lower() for word in name.split()}
    return dice.pick((found, found, found.upper(), found.lower())) if apart else ""


def _short(name: str) -> str:
    return name if len(name) <= 18 else name.split()[0].split("-")[0]


def _street(text: str) -> str:
    return re.sub(r"\s*\n\s*", ", ", text)


def _place(country: Country, city: str, dice: Dice) -> tuple[str, ...]:
    postal = _pattern(country.postal, dice)
    if country.code in ("DE", "FR", "DK", "SE", "NO", "AT", "FI") and dice.maybe(0.06):
        postal = f"{dice.pick((country.code, country.code[0]))}-{postal}"
    city = city.upper() if dice.maybe(0.12) else city
    region = dice.pick(_REGIONS.get(country.code, [""]))
    lines = country.address.split("|")[1:]
    return tuple(re.sub(r" {2,}", " ", line.format(postal=postal, city=city, region=region)) for line in lines)


def _extra(person: str, dice: Dice) -> str:
    return dice.pick(_POSTMARKS).format(person=person, number=dice.between(2, 940), letter=dice.letters(1))


def _pattern(pattern: str, dice: Dice) -> str:
    """Fill "#" with digits and "@" with capitals."""
    return "".join(dice.pick("123456789") if c == "#" else dice.letters(1) if c == "@" else c for c in pattern)


def _domain(name: str, code: str, dice: Dice) -> str:
    stem = re.sub(r"[^a-z0-9]+", dice.pick(("", "", "-")), _ascii(name.lower()))[:22].strip("-") or "firma"
    ending = {"GB": "co.uk", "US": "com"}.get(code, code.lower())
    return f"{stem}.{dice.pick((ending, ending, ending, 'com', 'eu'))}"


def _ascii(text: str) -> str:
    plain = text.replace("ø", "o").replace("æ", "ae").replace("ß", "ss").replace("ł", "l").replace("Ø", "O")
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
