"""Payment slips' references: FIK, OCR, KID, viite, QRR, OGM and RF, with valid check digits."""

from training.synthesize.chance import Dice
from training.synthesize.content import checksums
from training.synthesize.content.checksums import grouped
from training.synthesize.content.value import Value


def slip_reference(country: str, dice: Dice) -> tuple[str, Value, str] | None:
    """Return the scheme, the reference and the creditor number (or "") usual in a country; None where there is none."""
    if country == "DK":
        body = dice.digits(14, leading_zero=True)
        number, creditor = body + checksums.luhn(body), dice.pick("8") + dice.digits(7, leading_zero=True)
        compact = f"+71<{number}+{creditor}<"
        return (
            "fik",
            Value(dice.pick((compact, f"+71< {number} +{creditor}<", f"+71<{number} +{creditor}<")), compact),
            creditor,
        )
    if country == "SE":
        body = dice.digits(dice.between(5, 14))
        number = body + (checksums.luhn_length(body) if dice.maybe(0.5) else checksums.luhn(body))
        return "ocr", Value(number, number), ""
    if country == "NO":
        body = dice.digits(dice.between(6, 19), leading_zero=True)
        number = body + checksums.luhn(body)
        return "kid", Value(dice.pick((number, number, grouped(number, 5))), number), ""
    if country == "FI":
        body = dice.digits(dice.between(4, 12))
        number = body + checksums.finnish_reference(body)
        head = len(number) % 5
        spaced = " ".join(part for part in (number[:head], grouped(number[head:], 5)) if part)
        return "viite", Value(dice.pick((number, spaced)), number), ""
    if country == "CH":
        body = dice.digits(26, leading_zero=True)
        number = body + checksums.mod10_recursive(body)
        return "qrr", Value(f"{number[:2]} {grouped(number[2:], 5)}", number), ""
    if country == "BE":
        body = dice.digits(10)
        number = body + f"{int(body) % 97 or 97:02d}"
        return "ogm", Value(f"+++{number[:3]}/{number[3:7]}/{number[7:]}+++", number), ""
    if country in ("DE", "AT", "NL", "FR") and dice.maybe(0.15):
        body = dice.digits(dice.between(8, 14))
        number = f"RF{checksums.mod97(body + 'RF')}{body}"
        return "rf", Value(dice.pick((number, grouped(number, 4))), number), ""
    return None
