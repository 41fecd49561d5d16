"""Measures how far words can be trusted: what looks like noise, and in which band a document lies."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from pipeline.domain.document import QualityBand, TextQuality, Word

# UTF-8 that was decoded as Windows-1252 or Latin-1, such as "fÃ¸lger" for "følger": a lead byte, then a continuation.
_CONTINUATION = "\x80-\x9f" + re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore"))
_MOJIBAKE = re.compile(f"[ÃÂâ][{_CONTINUATION}]|\\(cid:\\d+\\)|ï»¿")
_PUNCTUATION = ".,:;-–—−/()&%+'\"#*@€$£¥§°|<>=!?_×•·[]{}®©™“”„‘’‚«»…\\^~´`"
_VOWELS = frozenset("aeiouyæøœıα")
# How often letters occur in business documents in en, da, de, fr, nl, sv, no, es and it, in parts per thousand.
_FREQUENCIES = {
    letter: count / 1000
    for letter, count in zip(
        "enairtsoldumghkcpvfbywjzqx",
        (150, 80, 75, 72, 68, 68, 63, 50, 48, 48, 35, 29, 28, 28, 23, 22, 22, 17, 18, 15, 10, 9, 6, 6, 2, 2),
        strict=True,
    )
}
_PLAIN = str.maketrans({"ø": "o", "æ": "a", "ß": "s", "œ": "o"})
_LOWER_THEN_UPPER = re.compile(r"[a-zà-öø-ÿ](?=[A-ZÀ-ÖØ-Þ])")

_CLEAN_NOISE, _FAIR_NOISE = 0.03, 0.12
_BROKEN_NOISE = 0.2  # share of noise words above which a text layer is not believed
_BROKEN_SINGLES = 0.7  # share of one-letter words above which it was written letter by letter
_DIFFERENT_SINGLES = 10  # columns of tax codes are single letters too, but few different ones
_STRANGE_LETTERS = 0.38  # divergence in nats: languages stay below 0.27, a shifted alphabet lies above 0.42
_ENOUGH_WORDS = 5
_ENOUGH_LETTERS = 100


@dataclass(frozen=True, slots=True)
class BandLimits:
    """The mean confidence from which words count as clean and as fair; each engine's confidence has its own scale."""

    clean: float
    fair: float


CERTAIN = BandLimits(0.9, 0.75)  # for readers that are sure of every word; only noise lowers their band


def is_noise(text: str) -> bool:
    """Say whether a word is more likely an accident of reading than something printed for people."""
    if text.isascii() and text.isalnum() and len(text) < 5:
        return False
    if any(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") or c == "\ufffd" for c in text):
        return True
    if _MOJIBAKE.search(text):
        return True
    core = text.strip(_PUNCTUATION)
    if not core:
        return len(text) >= 4 and len(set(text)) >= 3
    return _is_gibberish(core)


def _is_gibberish(core: str) -> bool:
    """Judge purely alphabetic Latin words: five letters without a vowel, or capitals strewn about."""
    if not core.isalpha() or any(ord(c) > 0x24F for c in core):
        return False
    if len(set(core)) >= 3 and len(core) >= 5 and not _VOWELS.intersection(_folded(core)):
        return True
    return len(core) >= 6 and len(_LOWER_THEN_UPPER.findall(core)) >= 3


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower())


def measure(words: Iterable[Word], limits: BandLimits = CERTAIN) -> TextQuality:
    """Return the quality of words: mean confidence by letter, the share that is noise, the band both fall into."""
    weights = confidence = 0.0
    count = noise = 0
    for word in words:
        count += 1
        noise += is_noise(word.text)
        weights += len(word.text)
        confidence += word.confidence * len(word.text)
    if not count:
        return TextQuality(QualityBand.POOR, 0.0, 0.0)
    mean, share = confidence / weights, noise / count
    return TextQuality(_band(mean, share, limits), round(mean, 4), round(share, 4))


def _band(mean_confidence: float, noise_share: float, limits: BandLimits) -> QualityBand:
    if mean_confidence >= limits.clean and noise_share <= _CLEAN_NOISE:
        return QualityBand.CLEAN
    if mean_confidence >= limits.fair and noise_share <= _FAIR_NOISE:
        return QualityBand.FAIR
    return QualityBand.POOR


def why_broken(texts: Sequence[str], unmapped: int) -> str | None:
    """Say what is wrong with a text layer, as a clause ("is …"), or None where it can be believed.

    `unmapped` counts the words whose font tells no Unicode for their letters.
    """
    if len(texts) < _ENOUGH_WORDS:
        return None
    if (unmapped + sum(map(is_noise, texts))) > _BROKEN_NOISE * len(texts):
        return "is garbled"
    alphabetic = [t for t in texts if t[0].isalpha()]
    singles = [t for t in alphabetic if len(t) == 1]
    if len(singles) > _BROKEN_SINGLES * len(alphabetic) and len(set(singles)) >= _DIFFERENT_SINGLES:
        return "is broken into single letters"
    if _letter_divergence(texts) > _STRANGE_LETTERS:
        return "is written in a scrambled alphabet"
    return None


def _letter_divergence(texts: Sequence[str]) -> float:
    """Return the Kullback-Leibler divergence of the words' letters from European languages; 0 for too few letters."""
    words = [t.strip(_PUNCTUATION) for t in texts]
    letters = _folded("".join(w for w in words if len(w) >= 3 and w.isalpha())).translate(_PLAIN)
    counts = Counter(c for c in letters if c in _FREQUENCIES)
    total = counts.total()
    if total < _ENOUGH_LETTERS:
        return 0.0
    return sum(n / total * log(n / total / _FREQUENCIES[letter]) for letter, n in counts.items())
