"""Structured header values: `type/subtype; name=value`, with RFC 2231 and everything senders do instead of it."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from pipeline.ingest.mime.charset import decode_text
from pipeline.ingest.mime.headers import Headers, decode_words

_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_EXTENDED = re.compile(r"([^*]+)\*(\d{1,4})?(\*)?$")
_CHARSET_PREFIX = re.compile(r"([^']{0,60})'[^']{0,30}'(.*)", re.DOTALL)
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>|\"]+")
_MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A header value's leading token in lower case, and its parameters by lower-case name, decoded."""

    leading: str
    parameters: dict[str, str] = field(default_factory=dict)


def parse_parameters(value: str | None) -> ParameterValue:
    """Return the token and parameters of a Content-Type or Content-Disposition value. Never raises."""
    if not value:
        return ParameterValue("")
    token, _, _ = value.partition(";")
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, raw in _PARAMETER.findall(value[len(token) :]):
        text = _unquote(raw)
        extended = _EXTENDED.match(name.lower())
        if extended and (extended.group(2) or extended.group(3) or name.endswith("*")):
            encoded = name.endswith("*")
            sections.setdefault(extended.group(1), {})[int(extended.group(2) or 0)] = (encoded, text)
        else:
            plain.setdefault(name.lower(), decode_words(text))
    for name, numbered in sections.items():
        plain[name] = _join_sections(numbered)
    return ParameterValue(re.sub(r"\s+", "", token).lower(), plain)


def file_name(headers: Headers) -> str:
    """Return the name that an entity's headers give its file, without folders; empty where they give none."""
    disposition = parse_parameters(headers.first("content-disposition")).parameters
    media = parse_parameters(headers.first("content-type")).parameters
    for found in (disposition.get("filename"), media.get("name"), disposition.get("name"), media.get("filename")):
        if found and (name := clean_name(found)):
            return name
    return ""


def clean_name(name: str) -> str:
    """Return the last component of a name, percent-decoded where it is that, without control and unsafe characters."""
    if _PERCENT.search(name) and " " not in name:
        name = decode_text(unquote_to_bytes(name), None)[0]
    last = re.split(r"[/\\]", _UNSAFE.sub(" ", name).strip())[-1]
    last = re.sub(r"\s+", " ", last).strip(" .") if last.strip(" .") else ""
    if len(last) <= _MAX_NAME:
        return last
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[: _MAX_NAME - 12]}.{suffix[:10]}" if dot else last[:_MAX_NAME]


def _unquote(raw: str) -> str:
    text = raw.strip()
    if not text.startswith('"'):
        return text
    text = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
    # A backslash quotes only these; before anything else it is a path that Windows left there.
    return re.sub(r'\\(["\\])', r"\1", text)


def _join_sections(numbered: dict[int, tuple[bool, str]]) -> str:
    """Join RFC 2231 sections; the charset stands before the first one, and characters may be split over two."""
    charset: str | None = None
    content = b""
    for position, number in enumerate(sorted(numbered)):
        encoded, text = numbered[number]
        if encoded and position == 0 and (prefix := _CHARSET_PREFIX.match(text)):
            charset, text = prefix.group(1) or None, prefix.group(2)
        content += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode_words(decode_text(content, charset)[0])
