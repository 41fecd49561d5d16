"""Names of companies and goods, made comparable: case, accents, punctuation and legal forms do not matter."""

import re
import unicodedata

from rapidfuzz import fuzz

_SPECIAL = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ß": "ss", "ł": "l", "đ": "d", "œ": "oe", "þ": "th", "ð": "d"})
_JOINED = re.compile(r"(?<=\b\w)[./](?=\w\b)|(?<=\w)\.(?=\s|$|,)")  # "B.V." is "bv", "A/S" is "as"
_BREAKS = re.compile(r"[\W_]+")
_FORMS = (
    # Denmark, Norway, Sweden, Finland, Iceland
    "as aps ivs is ks ps amba fmba smba asa ans da ab hb kb oy oyj abp ehf hf "
    # Germany, Austria, Switzerland, Netherlands, Belgium, Luxembourg
    "gmbh mbh ag kg kgaa ohg ug ek ev eg se bv nv vof cv bvba srl sprl cvba asbl vzw "
    # France, Italy, Spain, Portugal
    "sarl sas sasu sa eurl snc sci spa srls sapa sl slu sau lda unipessoal "
    # Great Britain, Ireland, America, and the rest
    "ltd limited plc llp lp llc inc incorporated corp corporation co company pty pte pvt gmbhco "
    "ou sia uab doo sro spol sp z oo zoo rl kft zrt nyrt bt ood eood"
)
_LEGAL_FORMS = frozenset(_FORMS.split())
_FILLERS = frozenset({"and", "und", "og", "et", "y", "e", "the"})


def fold(text: str) -> str:
    """Return lower-case words without accents and punctuation, separated by single blanks."""
    lowered = text.casefold().translate(_SPECIAL)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _BREAKS.sub(" ", _JOINED.sub("", bare)).strip()


def company_core(name: str) -> str:
    """Return a company's name without its legal form: "Lindemann Bürotechnik GmbH & Co. KG" is "lindemann burotechnik".

    A name that consists of nothing else is kept whole.
    """
    words = fold(name).split()
    core = list(words)
    while len(core) > 1 and (core[-1] in _LEGAL_FORMS or core[-1] in _FILLERS):
        core.pop()
    while len(core) > 1 and core[0] in _LEGAL_FORMS - {"is", "co", "da", "se", "sa"}:
        core.pop(0)
    return " ".join(core)


def company_similarity(one: str, other: str) -> float:
    """Return how alike two company names are, 0 to 100, legal forms, word order and blanks aside."""
    a, b = company_core(one), company_core(other)
    if not a or not b:
        return 0.0
    return max(fuzz.token_sort_ratio(a, b), fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")))


def contains_company(text: str, name: str) -> bool:
    """Say whether a printed addressee, perhaps with department or contact, contains the company's name."""
    core, printed = company_core(name), fold(text)
    return bool(core) and bool(printed) and fuzz.partial_ratio(core, printed) >= 90 and len(printed) >= 0.8 * len(core)


def description_similarity(one: str, other: str) -> float:
    """Return how alike two descriptions of goods are, 0 to 1; words that only one of them has count little."""
    a, b = fold(one), fold(other)
    if not a or not b:
        return 0.0
    return max(float(fuzz.token_sort_ratio(a, b)), 0.95 * float(fuzz.token_set_ratio(a, b))) / 100


def code_of(text: str) -> str:
    """Return an item code, identifier or document number reduced to its letters and digits, upper case."""
    return re.sub(r"[\W_]+", "", text).upper()
