"""Reads codes and short texts behind labels: document numbers, references, payment references, account numbers."""

import re

from pipeline.extract.rules.page.candidates import Candidate, CandidateType
from pipeline.extract.rules.page.identifiers import is_creditor_reference, vat_id_at
from pipeline.extract.rules.page.layout import Row
from pipeline.extract.rules.writing.characters import has_digit

_EDGES = " ,;:()[]#*|=\"'“”„»«"
_AMOUNT = re.compile(r"^-?\d{1,3}(?:[.,' ]\d{3})*[.,]\d{2}-?$|[€$£₹%]|^\d+[.,]\d{2}(?:kr|EUR)?$")
_DATE = re.compile(r"^(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}\.?)$")
_NOT_CODES = re.compile(r"@|^www\.|^https?:|^\+\d", re.I)
_PREFIX = re.compile(r"^[A-Z]{1,5}[-/.]?$")
_CARD = re.compile(r"\+?\s?(\d{2})\s?<\s?(\d{0,19})\s?\+\s?(\d{7,8})\s?<?")
_TIGHT = 0.7
_LONGEST = 34


def code_in(row: Row, start: int, stop: int) -> Candidate | None:
    """Return the code that begins at a word: letters, digits and joints with at least one digit, no date, no amount."""
    i = _after_remark(row, start, stop)
    if i >= stop:
        return None
    text = row.words[i].text.strip(_EDGES).rstrip(".")
    end = i + 1
    if _PREFIX.match(text) and end < stop and row.gap(end) < _TIGHT and row.words[end].text.strip(_EDGES)[:1].isdigit():
        following = row.words[end].text.strip(_EDGES).rstrip(".")
        if not _is_code(following):
            return None
        text, end = f"{text}{'' if text.endswith(('-', '/')) else ' '}{following}", end + 1
    elif not _is_code(text):
        return None
    while end < stop and row.gap(end) < _TIGHT and _continues(text, row.words[end].text):
        text, end = _join(text, row.words[end].text.strip(_EDGES).rstrip(".")), end + 1
    if len(text) > _LONGEST or vat_proven(text):
        return None
    return candidate(row, i, end, text)


def candidate(row: Row, start: int, end: int, value: str, type_: CandidateType = CandidateType.CODE) -> Candidate:
    """Return the words of a row as a candidate."""
    return Candidate(
        type_, value, row.span_text(start, end), row.page, row.span_box(start, end), row.index, start, end, proven=False
    )


def vat_proven(text: str) -> bool:
    """Say whether a code is a VAT id with a valid checksum."""
    found = vat_id_at([text])
    return found is not None and found.proven


def _after_remark(row: Row, start: int, stop: int) -> int:
    """Skip a remark before a colon: "Invoice no. / customer: 123"."""
    for i in range(start, min(start + 3, stop)):
        if has_digit(row.words[i].text):
            return start
        if row.words[i].text.endswith(":"):
            return i + 1
    return start


def _is_code(text: str) -> bool:
    if not 1 <= len(text) <= _LONGEST or not has_digit(text) or not text[0].isalnum():
        return False
    return not (_AMOUNT.search(text) or _DATE.match(text) or _NOT_CODES.search(text))


def _continues(text: str, following: str) -> bool:
    """Say whether the next word belongs to the code: a joint, or a further group of digits."""
    bare = following.strip(_EDGES).rstrip(".")
    if not bare or _DATE.match(bare) or _AMOUNT.search(bare):
        return False
    if text.endswith(("-", "/")) or bare[0] in "-/":
        return has_digit(bare) or bare in "-/"
    return bare.isdigit() and text.replace(" ", "").isdigit() and len(text.split()[-1]) <= 4 and len(bare) <= 4


def _join(text: str, following: str) -> str:
    return text + following if text.endswith(("-", "/")) or following[:1] in ("-", "/") else f"{text} {following}"


def reference_in(row: Row, start: int, stop: int) -> Candidate | None:
    """Return a payment reference: a card line "+71<…+…<", or digits in groups, or a code."""
    text = row.span_text(start, stop)
    if match := _CARD.search(text):
        return candidate(
            row, start, stop, f"+{match.group(1)}<{match.group(2)}+{match.group(3)}<", CandidateType.REFERENCE
        )
    digits, end = "", start
    while (
        end < stop
        and (end == start or row.gap(end) < 1.2)
        and re.fullmatch(r"[\d/.\-#]+", row.words[end].text.strip(_EDGES))
    ):
        digits += re.sub(r"\D", "", row.words[end].text)
        end += 1
    if len(digits) >= 5 and end - start >= 2:
        return candidate(row, start, end, digits, CandidateType.REFERENCE)
    if match := re.match(r"(RF\d{2}\w{1,21})", re.sub(r"\s", "", text)):
        return candidate(row, start, min(stop, start + 6), match.group(1), CandidateType.REFERENCE)
    return code_in(row, start, stop)


def is_checked_reference(value: str) -> bool:
    """Say whether a payment reference has a check digit that holds, or is a whole card line."""
    return value.startswith("+") or is_creditor_reference(value)


def card_lines(row: Row) -> list[Candidate]:
    """Return the Danish payment card lines of a row, which need no label."""
    found = []
    for match in re.finditer(r"\+\s?(\d{2})\s?<\s?(\d{0,19})\s?\+\s?(\d{7,8})\s?<", row.text):
        value = f"+{match.group(1)}<{match.group(2)}+{match.group(3)}<"
        start = row.text[: match.start()].count(" ")
        end = start + match.group().count(" ") + 1
        found.append(candidate(row, start, end, value, CandidateType.REFERENCE))
    return found


def account_in(row: Row, start: int, stop: int) -> Candidate | None:
    """Return a domestic account number; Danish ones as registration number and account, "1234 1234567890"."""
    numbers: list[str] = []
    first = end = None
    for i in range(start, min(stop, start + 7)):
        bare = row.words[i].text.strip(_EDGES).rstrip(".")
        if re.fullmatch(r"\d[\d.\-]*", bare):
            numbers.append(bare)
            first = i if first is None else first
            end = i + 1
        elif (numbers and bare not in ("", "-", "/", "+")) or (not numbers and i - start >= 4):
            break
    if first is None or end is None:
        return None
    digits = re.sub(r"\D", "", "".join(numbers))
    if not 6 <= len(digits) <= 26:  # Polish ones have 26
        return None
    if len(numbers) >= 2 and len(re.sub(r"\D", "", numbers[0])) == 4 and len(digits) >= 10:
        value = f"{digits[:4]} {digits[4:]}"
    else:
        value = " ".join(numbers) if len(numbers) < 5 else digits
    return candidate(row, first, end, value)


def text_in(row: Row, start: int, stop: int) -> Candidate | None:
    """Return the text that begins at a word, to the end of its segment."""
    end = start
    while end < stop and row.segment_of[end] == row.segment_of[start]:
        end += 1
    text = row.span_text(start, end).strip(_EDGES)
    return candidate(row, start, end, text) if sum(c.isalnum() for c in text) >= 2 else None


def registration_in(row: Row, start: int, stop: int) -> Candidate | None:
    """Return a company's registration number: eight to fourteen digits, or a register's letters and number."""
    words = [row.words[i].text.strip(_EDGES).rstrip(".") for i in range(start, min(stop, start + 5))]
    for skip in range(min(3, len(words))):
        if words[skip].isalpha() and words[skip].upper() not in ("HRB", "HRA", "FN", "RCS"):
            continue
        if words[skip].upper() in ("HRB", "HRA") and skip + 1 < len(words) and words[skip + 1][:1].isdigit():
            return candidate(row, start + skip, start + skip + 2, f"{words[skip].upper()} {words[skip + 1]}")
        joined, end = "", skip
        while (
            end < len(words)
            and re.fullmatch(r"[\d.\-/]+[A-Z]?", words[end])
            and (end == skip or row.gap(start + end) < 1.0)
        ):
            joined += words[end]
            end += 1
        digits = re.sub(r"\D", "", joined)
        if 4 <= len(digits) <= 14:
            keep = joined if re.fullmatch(r"\d{6}-\d{4}|\d{1,3}-\d{3,6}", joined) else digits
            before = row.words[start - 1].text if start and not skip else ""
            if register := re.match(r"HR[AB]\b", before.strip(_EDGES).upper()):
                return candidate(row, start - 1, start + end, f"{register.group()} {joined}")
            return candidate(row, start + skip, start + end, keep)
        found = words[skip]
        if re.fullmatch(r"(?=.*\d)[A-Z0-9]{6,21}", found):
            return candidate(row, start + skip, start + skip + 1, found)
        return None
    return None
