"""Bytes to text under a declared character set that may be absent, unknown or wrong."""

import codecs
import re

# Names that mail uses and Python does not know.
_ALIASES = {
    "ansi": "cp1252",
    "cp-850": "cp850",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac-roman",
    "x-sjis": "shift_jis",
}
# What is declared as these is, in practice, their Windows superset (as the WHATWG encoding standard has it).
_SUPERSETS = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
# Codecs of Python that are no character sets of mail; some take quadratic time.
_NO_CHARSETS = frozenset({"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def decode_text(content: bytes, charset: str | None) -> tuple[str, str | None]:
    """Return the text and, where the declared character set did not fit, a sentence that says so. Never raises."""
    codec = _codec(charset) if charset else None
    if codec is not None:
        try:
            return storable(codec.decode(content)[0]), None
        except (ValueError, UnicodeError):
            pass
    text, guessed = _guess(content)
    if charset is None or (codec is not None and content.isascii()):
        return text, None
    name = charset[:40]
    if codec is None:
        return text, f"The character set {name!r} is unknown; the text was read as {guessed}."
    return text, f"The text is not the {name!r} that it is declared as; it was read as {guessed}."


def storable(text: str) -> str:
    """Return the text without NUL and with lone surrogates replaced, so that any database and UTF-8 can hold it."""
    return _UNSTORABLE.sub(lambda found: "" if found.group() == "\x00" else "\ufffd", text)


def _codec(charset: str) -> codecs.CodecInfo | None:
    name = charset.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.:+-]{0,39}", name):
        return None
    try:
        info = codecs.lookup(name)
        # bytes.decode() looks up text encodings only, and so tells them from "hex" or "zlib".
        b" ".decode(name)
    except UnicodeError:
        pass
    except (LookupError, ValueError):
        return None
    canonical = info.name.replace("_", "-")
    if canonical in _NO_CHARSETS:
        return None
    return codecs.lookup(_SUPERSETS[canonical]) if canonical in _SUPERSETS else info


def _guess(content: bytes) -> tuple[str, str]:
    for name in ("utf-8-sig", "cp1252"):
        try:
            return storable(content.decode(name)), "UTF-8" if name == "utf-8-sig" else "Windows-1252"
        except UnicodeDecodeError:
            continue
    return storable(content.decode("latin-1")), "Latin-1"
