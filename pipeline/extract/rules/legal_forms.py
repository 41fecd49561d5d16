"""Legal forms of companies: the surest sign that some words are a company's name."""

import re

_FORMS = (
    "aps a/s i/s k/s p/s ivs amba a.m.b.a. fmba",  # Denmark
    "as asa ans da enk nuf sa",  # Norway
    "ab kb hb publ",  # Sweden
    "oy oyj",  # Finland
    "gmbh ag kg ohg ug gbr ek e.k. mbh kgaa eg e.g. ev e.v. partg se a.g. gmbh&co ggmbh e.u.",  # Germany, Austria
    "sarl sas sasu sa eurl snc sci s.a.r.l. s.a.s. s.a. scop s.a.r.l sàrl sca",  # France
    "bv b.v. nv n.v. vof v.o.f. b.v n.v bvba srl sprl cv",  # Netherlands, Belgium
    "sl s.l. s.l.u. slu s.a.u. sau s.l s.a s.c. sll s.l.l.",  # Spain
    "srl s.r.l. spa s.p.a. snc s.n.c. sas s.a.s. srls s.r.l.s. s.r.l s.p.a scarl",  # Italy
    # English-speaking countries
    "ltd ltd. limited plc llp inc inc. incorporated corp corp. corporation llc l.l.c. co. lp pty pvt pte company",
    "lda lda. s.a. sp. z o.o. kft s.r.o. d.o.o. zrt",  # elsewhere
)
_ALL = frozenset(form for line in _FORMS for form in line.split())
_SHORT = frozenset(
    {
        "as",
        "da",
        "sa",
        "se",
        "sl",
        "cv",
        "co.",
        "eg",
        "ev",
        "hb",
        "kb",
        "ek",
        "lp",
        "z",
        "o.o.",
        "company",
        "s.c.",
        "ag",
        "sas",
        "sca",
        "spa",
    }
)
_AMBIGUOUS_CASED = {
    "as": ("AS",),
    "da": ("DA",),
    "sa": ("SA",),
    "se": ("SE",),
    "sl": ("SL",),
    "spa": ("SpA", "SPA", "Spa"),
    "ag": ("AG",),
}


def has_legal_form(text: str) -> bool:
    """Say whether one of the words of `text`, not the first, is a legal form."""
    words = [w.strip(",;:()[]·•|") for w in text.split()]
    return any(is_legal_form(w) and any(c.isalpha() for c in "".join(words[:i])) for i, w in enumerate(words) if i)


def is_legal_form(word: str) -> bool:
    """Say whether one word is a legal form; short ones only as they are usually written."""
    word = word.strip(",;:()[]·•|")
    lowered = word.lower()
    if lowered.rstrip(".") not in _ALL and lowered not in _ALL:
        return False
    bare = lowered.rstrip(".")
    if bare in _AMBIGUOUS_CASED:
        return word.rstrip(".") in _AMBIGUOUS_CASED[bare]
    return lowered not in _SHORT or word[:1].isupper()


def without_legal_form(text: str) -> str:
    """Return a company's name without its legal forms, for comparing."""
    kept = [w for i, w in enumerate(re.split(r"[\s,]+", text)) if i == 0 or not is_legal_form(w.strip(",;:()"))]
    return " ".join(kept)
