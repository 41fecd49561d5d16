"""Legal forms of companies: the surest sign of a company's name, and of no matter when names are compared."""

import re
from functools import lru_cache

from pipeline.domain.folding import fold, folded_words

_FORMS = """
    as aps ivs is ks ps amba fmba smba asa ans da enk nuf ab hb kb publ oy oyj abp ehf hf
    gmbh mbh ges gesmbh ggmbh ag kg kgaa ohg ug gbr ek ev eg eu se partg bv nv vof cv bvba srl sprl cvba asbl vzw
    coop scoop haftungsbeschrankt aktiebolag aktiengesellschaft aktieselskab anpartsselskab osakeyhtio
    sarl sas sasu sa eurl eirl snc sci sca scs sc scop spa srls sapa scarl sl slu sll sau lda ltda unipessoal
    ltd limited plc llp lp llc inc incorporated corp corporation co company lda pty pte pvt private gmbhco
    ou oue sia uab doo sro spol sp spzoo oo zoo rl kft zrt nyrt bt ood eood
"""
_ALL = frozenset(_FORMS.split())
# Words of their own as well: legal forms only as written here, or with stops or a stroke between their letters.
_AS_WRITTEN: dict[str, tuple[str, ...]] = {
    "as": ("AS",), "da": ("DA",), "sa": ("SA",), "se": ("SE",), "sl": ("SL",), "ag": ("AG",), "eu": ("eU",),
    "spa": ("SpA", "SPA", "Spa"), "eg": ("eG", "EG"), "ev": ("eV", "EV"), "co": ("Co.", "CO.", "co."),
    "ou": ("OÜ",), "sia": ("SIA",), "sp": ("Sp.", "SP."), "unipessoal": ("Unipessoal",), "is": (), "ks": (),
    "ps": (), "sc": (), "ges": (), "private": (), "oo": (), "zoo": (), "rl": (), "bt": (), "hf": (), "spol": (),
    "doo": (), "sapa": (),
}  # fmt: skip
_CAPITAL = frozenset(["ab", "hb", "kb", "ek", "lp", "cv", "sas", "sca", "company", "ans", "scs"])
_FILLERS = frozenset({"and", "und", "og", "et", "y", "e", "z", "the"})
_EDGES = ",;:()[]·•|"


@lru_cache(maxsize=8192)
def is_legal_form(word: str) -> bool:
    """Say whether one printed word is a legal form; those that are words too only as they are usually written."""
    word = word.strip(_EDGES)
    form = fold(re.sub(r"[./&]", "", word))
    if form not in _ALL:
        return False
    if form in _AS_WRITTEN:
        parted = re.search(r"\w[./]\w", word) is not None and word != "e.g."
        return parted or word in _AS_WRITTEN[form] or word.rstrip(".") in _AS_WRITTEN[form]
    return form not in _CAPITAL or word[:1].isupper() or "." in word


@lru_cache(maxsize=8192)
def has_legal_form(text: str) -> bool:
    """Say whether one of the words of `text`, not the first, is a legal form."""
    words = [w.strip(_EDGES) for w in text.split()]
    return any(is_legal_form(w) and any(c.isalpha() for c in "".join(words[:i])) for i, w in enumerate(words) if i)


@lru_cache(maxsize=4096)
def company_core(name: str) -> str:
    """Return a company's name without its legal form: "Lindemann Bürotechnik GmbH & Co. KG" is "lindemann burotechnik".

    A name that consists of nothing else is kept whole.
    """
    core = folded_words(name).split()
    while len(core) > 1 and (core[-1] in _ALL or core[-1] in _FILLERS):
        core.pop()
    while len(core) > 1 and core[0] in _ALL - {"is", "co", "da", "se", "sa"}:
        core.pop(0)
    return " ".join(core)
