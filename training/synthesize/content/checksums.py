"""Check digits of company, VAT, bank and reference numbers. Sources: the issuers' rules as cited by python-stdnum."""

import math
from collections.abc import Sequence


def weighted_sum(digits: str, weights: Sequence[int]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True))


def luhn(digits: str) -> str:
    """Return the check digit by ISO/IEC 7812-1 (Luhn)."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def austrian(digits: str) -> str:
    """Return the check digit of an Austrian VAT number of seven digits."""
    total = 0
    for index, digit in enumerate(digits):
        value = int(digit) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return str((6 - total) % 10)


def mod11_10(digits: str) -> str:
    """Return the check digit by ISO 7064 mod 11,10 (German VAT ids)."""
    check = 5
    for digit in digits:
        check = (((check or 10) * 2) % 11 + int(digit)) % 10
    return str((1 - ((check or 10) * 2) % 11) % 10)


def mod11(digits: str, weights: Sequence[int]) -> str | None:
    """Return the check digit that makes the weighted sum divisible by 11; None where that would need two digits."""
    check = -weighted_sum(digits, weights) % 11
    return None if check == 10 else str(check)


def mod97(text: str) -> str:
    """Return the two check digits by ISO 7064 mod 97-10 over letters and digits (IBAN, RF references)."""
    number = int("".join(str(int(c, 36)) for c in text) + "00")
    return f"{98 - number % 97:02d}"


def mod10_recursive(digits: str) -> str:
    """Return the check digit of a Swiss QR reference (recursive modulo 10)."""
    table, carry = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5), 0
    for digit in digits:
        carry = table[(carry + int(digit)) % 10]
    return str((10 - carry) % 10)


def abn(body: str) -> str:
    """Return an Australian business number of 9 digits `body` with its two check digits in front."""
    total = weighted_sum(body, (3, 5, 7, 9, 11, 13, 15, 17, 19))
    return f"{11 + (89 - total % 89) - 1}{body}"


def irish(digits: str) -> str:
    """Return the check letter of an Irish VAT number of seven digits."""
    return "WABCDEFGHIJKLMNOPQRSTUV"[weighted_sum(digits, (8, 7, 6, 5, 4, 3, 2)) % 23]


def british_vat(digits: str) -> str:
    """Return the two check digits of a British VAT number of seven digits (mod 97)."""
    return f"{97 - weighted_sum(digits, (8, 7, 6, 5, 4, 3, 2)) % 97:02d}"


def italian_cin(bban: str) -> str:
    """Return the check letter of an Italian account (ABI, CAB and number, 22 characters)."""
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
    total = sum(odd[int(d)] if index % 2 == 0 else int(d) for index, d in enumerate(bban))
    return chr(ord("A") + total % 26)


def spanish_account(bank_and_branch: str, number: str) -> str:
    """Return the two check digits of a Spanish account (CCC)."""

    def digit(text: str) -> str:
        check = 11 - sum(int(d) * 2**i for i, d in enumerate(text)) % 11
        return str(11 - check if check > 9 else check)

    return digit("00" + bank_and_branch) + digit(number)


def french_key(bank: str, branch: str, number: str) -> str:
    """Return the RIB key of a French account in digits."""
    return f"{97 - (89 * int(bank) + 15 * int(branch) + 3 * int(number)) % 97:02d}"


def portuguese_key(nib: str) -> str:
    """Return the two check digits of a Portuguese NIB of 19 digits."""
    return f"{98 - int(nib + '00') % 97:02d}"


def luhn_length(digits: str) -> str:
    """Return a Swedish OCR reference's tail: length digit and Luhn digit."""
    length = str((len(digits) + 2) % 10)
    return length + luhn(digits + length)


def finnish_reference(digits: str) -> str:
    """Return the check digit of a Finnish reference number (weights 7, 3, 1 from the right)."""
    total = sum(int(d) * (7, 3, 1)[i % 3] for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def grouped(text: str, size: int) -> str:
    """Return `text` in groups of `size`, counted from the left."""
    return " ".join(text[i * size : (i + 1) * size] for i in range(math.ceil(len(text) / size)))
