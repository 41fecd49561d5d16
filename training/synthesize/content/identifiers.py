"""VAT ids and company numbers of the countries, with valid check digits, and the ways they are printed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from training.synthesize.chance import Dice
from training.synthesize.content import checksums
from training.synthesize.content.checksums import grouped
from training.synthesize.content.value import Value

_EIN_CAMPUSES = ("10", "12", "20", "27", "33", "36", "41", "45", "54", "61", "75", "81", "94")


@dataclass(frozen=True, slots=True)
class Registration:
    """A number under which a company is registered: the scheme as printed before it, and the number."""

    scheme: str
    number: Value


@dataclass(frozen=True, slots=True)
class Identity:
    """The numbers a company is known by; `tax_number` is a national tax number that is no VAT id."""

    vat_id: Value | None = None
    vat_label: str = ""
    registration: Registration | None = None
    tax_number: Registration | None = None


def identity(country: str, dice: Dice) -> Identity:
    """Return a company's numbers in its country, printed one of the usual ways."""
    made = _MAKERS[country](dice)
    if made.vat_id is None:
        return made
    prefixed = made.vat_id.normal.startswith(country)
    return replace(made, vat_id=_rewritten(country, made.vat_id, dice.child("vat"))) if prefixed else made


def _rewritten(country: str, vat: Value, dice: Dice) -> Value:
    """Return a VAT id as some print it: without its country, or with blanks or dots; the value keeps the country."""
    body = vat.normal.removeprefix(country)
    how = dice.weighted({"as_is": 86.0, "bare": 6.0, "grouped": 5.0, "bare_grouped": 3.0})
    if how == "as_is" or country in ("AT", "CH"):
        return vat
    if how != "bare" and body.isdigit():
        parted = grouped(body, 3).replace(" ", dice.pick((" ", " ", ".")))
        return Value(parted if how == "bare_grouped" else f"{country} {parted}", vat.normal)
    return Value(body, vat.normal) if how == "bare" else vat


def _mod11(dice: Dice, count: int, weights: tuple[int, ...], prefix: str = "") -> str:
    while True:
        digits = prefix + dice.digits(count - len(prefix), leading_zero=bool(prefix))
        if (check := checksums.mod11(digits, weights)) is not None:
            return digits + check


def _printed(dice: Dice, compact: str, *forms: str) -> Value:
    return Value(dice.pick((compact, *forms)), compact)


def _denmark(dice: Dice) -> Identity:
    cvr = _mod11(dice, 7, (2, 7, 6, 5, 4, 3, 2))
    pairs = grouped(cvr, 2)
    scheme = dice.pick(("CVR-nr.", "CVR nr.", "CVR", "CVR.nr.", "CVR-nummer", "CVR no.", "CVR/SE-nr.", "CVR-/SE-nr."))
    registration = Registration(scheme, _printed(dice, cvr, cvr, cvr, pairs))
    vat = _printed(dice, f"DK{cvr}", f"DK{cvr}", f"DK {cvr}", f"DK-{cvr}", f"DK {pairs}")
    label = dice.pick(("Moms-nr.", "SE-nr.", "VAT no.", "Momsnr.", "VAT", "Momsreg.nr.", "Moms nr.", "SE nr."))
    if dice.maybe(0.55):
        return Identity(registration=registration)
    return Identity(vat, label, registration if dice.maybe(0.4) else None)


def _sweden(dice: Dice) -> Identity:
    body = dice.pick(("55", "55", "55", "76", "96")) + dice.digits(7, leading_zero=True)
    number = body + checksums.luhn(body)
    dashed = f"{number[:6]}-{number[6:]}"
    registration = Registration(
        dice.pick(
            ("Org.nr", "Org.nr.", "Organisationsnr", "Organisationsnummer", "Org nr", "Org.-nr.", "Orgnr", "Corp. id")
        ),
        _printed(dice, number, dashed, dashed, dashed),
    )
    vat = _printed(dice, f"SE{number}01", f"SE{number}01", f"SE {number} 01", f"SE{dashed}01")
    label = dice.pick(
        ("Momsreg.nr", "VAT-nr", "Moms.reg.nr.", "VAT no", "Momsregistreringsnr", "Momsnr", "VAT nr.", "Momsreg nr")
    )
    return Identity(vat, label, registration if dice.maybe(0.75) else None)


def _norway(dice: Dice) -> Identity:
    number = _mod11(dice, 8, (3, 2, 7, 6, 5, 4, 3, 2), dice.pick("89"))
    spaced = grouped(number, 3)
    scheme = dice.pick(
        ("Org.nr.", "Org.nr", "Organisasjonsnr.", "Orgnr", "Org. nr.", "Foretaksnr.", "Org.no.", "Org.-nr.")
    )
    if dice.maybe(0.35):
        return Identity(registration=Registration(scheme, _printed(dice, number, spaced)))
    shown = "NO" if dice.maybe(0.5) else ""
    blank = f"{shown} " if shown else ""
    texts = (f"{blank}{spaced} MVA", f"{blank}{number} MVA", f"{shown}{number}MVA")
    vat = Value(dice.pick(texts), f"NO{number}MVA")
    return Identity(vat, scheme)


def _finland(dice: Dice) -> Identity:
    number = _mod11(dice, 7, (7, 9, 10, 5, 8, 4, 2))
    dashed = f"{number[:7]}-{number[7]}"
    scheme = dice.pick(
        ("Y-tunnus", "Y-tunnus", "Y-tunnus:", "LY-tunnus", "Y-tunn.", "Business ID", "FO-nummer", "Y-nro")
    )
    registration = Registration(scheme, Value(dashed, number))
    label = dice.pick(("ALV-nro", "ALV-tunnus", "ALV-numero", "VAT no.", "VAT-tunnus", "Alv.nro", "ALV nro", "VAT ID"))
    return Identity(Value(f"FI{number}", f"FI{number}"), label, registration if dice.maybe(0.8) else None)


def _germany(dice: Dice) -> Identity:
    body = dice.digits(8)
    number = f"DE{body}{checksums.mod11_10(body)}"
    vat = _printed(dice, number, number, f"DE {number[2:]}", f"DE {grouped(number[2:], 3)}")
    label = dice.pick(
        (
            "USt-IdNr.",
            "USt-ID",
            "USt.-IdNr.",
            "Ust-Id-Nr.",
            "UID-Nr.",
            "USt-Id",
            "Umsatzsteuer-ID",
            "VAT-ID",
            "USt-IdNr",
        )
    )
    court = dice.pick(("Amtsgericht Köln", "AG Hamburg", "AG München", "Amtsgericht Stuttgart", "Registergericht Bonn"))
    register = dice.pick(("HRB", "HRB", "HRA")) + " " + dice.digits(dice.between(4, 6))
    registration = Registration(
        dice.pick((court, "Handelsregister", f"{court},", "HReg.", "Reg.-Nr.")),
        Value(register, register.replace(" ", "")),
    )
    tax = f"{dice.digits(2)}/{dice.digits(3)}/{dice.digits(5)}"
    tax_number = Registration(dice.pick(("Steuernummer", "St.-Nr.", "Steuer-Nr.", "StNr.")), Value(tax, tax))
    return Identity(
        vat if dice.maybe(0.88) else None,
        label,
        registration if dice.maybe(0.5) else None,
        tax_number if dice.maybe(0.45) else None,
    )


def _austria(dice: Dice) -> Identity:
    body = dice.digits(7)
    number = f"ATU{body}{checksums.austrian(body)}"
    register = f"FN {dice.digits(6)}{dice.pick('abdfghkmpstvwxyz')}"
    registration = Registration(dice.pick(("Firmenbuch", "FN", "FB-Nr.")), Value(register, register.replace(" ", "")))
    return Identity(
        _printed(dice, number, f"ATU {number[3:]}"),
        dice.pick(("UID", "UID-Nr.", "UID Nr.", "USt-IdNr.")),
        registration if dice.maybe(0.6) else None,
    )


def _switzerland(dice: Dice) -> Identity:
    number = _mod11(dice, 8, (5, 4, 3, 2, 7, 6, 5, 4))
    dotted = f"CHE-{number[:3]}.{number[3:6]}.{number[6:]}"
    suffix = dice.pick((" MWST", "", " MWST"))
    vat = Value(dotted + suffix, f"CHE{number}{suffix.strip()}")
    return Identity(vat, dice.pick(("MWST-Nr.", "UID", "MwSt-Nr.", "MWST", "UID-Nr.", "N° TVA")))


def _france(dice: Dice) -> Identity:
    body = dice.pick("345789") + dice.digits(7, leading_zero=True)
    siren = body + checksums.luhn(body)
    key = f"{(12 + 3 * (int(siren) % 97)) % 97:02d}"
    vat = _printed(dice, f"FR{key}{siren}", f"FR {key} {grouped(siren, 3)}", f"FR{key}{siren}", f"FR {key}{siren}")
    nic = "000" + dice.digits(1)
    siret = siren + nic + checksums.luhn(siren + nic)
    if dice.maybe(0.6):
        printed = _printed(dice, siret, f"{grouped(siren, 3)} {siret[9:]}")
        registration = Registration(dice.pick(("SIRET", "N° SIRET", "Siret :", "SIRET n°")), printed)
    else:
        scheme = dice.pick(("SIREN", "RCS Lyon", "RCS Paris B", "R.C.S. Nantes", "RCS Bordeaux"))
        registration = Registration(scheme, _printed(dice, siren, grouped(siren, 3)))
    label = dice.pick(
        ("N° TVA", "TVA intracommunautaire", "TVA intra.", "N° TVA intracom.", "TVA", "N° de TVA", "Id. TVA", "N° CEE")
    )
    return Identity(vat, label, registration if dice.maybe(0.7) else None)


def _belgium(dice: Dice) -> Identity:
    body = "0" + dice.pick("4567") + dice.digits(6, leading_zero=True)
    number = body + f"{97 - int(body) % 97:02d}"
    dotted = f"{number[:4]}.{number[4:7]}.{number[7:]}"
    vat = _printed(dice, f"BE{number}", f"BE {dotted}", f"BE{dotted}", f"BE {number}")
    label = dice.pick(("BTW", "TVA", "BTW-nr.", "N° TVA", "BTW nr", "Ondernemingsnr.", "BTW BE", "VAT")).replace(
        " BE", ""
    )
    return Identity(vat, label)


def _netherlands(dice: Dice) -> Identity:
    body = _dutch_number(dice, 9)
    compact = f"NL{body}B{dice.pick(('01', '01', '01', '02'))}"
    dotted = f"NL{body[:4]}.{body[4:6]}.{body[6:]}.{compact[-3]}.{compact[-2:]}"
    vat = _printed(dice, compact, compact, dotted, f"NL {body} {compact[-3:]}")
    chamber = dice.digits(8)
    scheme = dice.pick(
        ("KvK", "KvK-nr.", "K.v.K.", "KVK nummer", "KvK nr.", "Kamer van Koophandel", "KvK-nummer", "Handelsregister")
    )
    label = dice.pick(
        ("BTW", "BTW-nr.", "BTW nr.", "BTW-nummer", "Btw-id", "B.T.W. nr.", "VAT", "BTW-identificatienr.")
    )
    return Identity(vat, label, Registration(scheme, Value(chamber, chamber)) if dice.maybe(0.8) else None)


def _dutch_number(dice: Dice, count: int) -> str:
    """Return digits that pass the Dutch eleven test."""
    while True:
        digits = dice.digits(count - 1)
        check = checksums.weighted_sum(digits, range(count, 1, -1)) % 11
        if check < 10:
            return f"{digits}{check}"


def _spain(dice: Dice) -> Identity:
    letter, body = dice.pick("BBBBA"), dice.digits(7)
    number = letter + body + checksums.luhn(body)
    prefixed = dice.maybe(0.35)
    compact = f"ES{number}" if prefixed else number
    vat = _printed(dice, compact, f"{compact[:-8]}-{compact[-8:]}")._replace(normal=f"ES{number}")
    return Identity(vat, dice.pick(("CIF", "NIF", "C.I.F.", "N.I.F.", "CIF/NIF", "NIF/CIF", "VAT", "NIF-IVA")))


def _italy(dice: Dice) -> Identity:
    body = dice.digits(7, leading_zero=True) + f"0{dice.between(10, 99)}"
    number = body + checksums.luhn(body)
    compact = f"IT{number}" if dice.maybe(0.45) else number
    vat = Value(compact, f"IT{number}")
    label = dice.pick(
        ("P.IVA", "Partita IVA", "P. IVA", "P.I.", "C.F. e P.IVA", "Part. IVA", "P.IVA/C.F.", "C.F./P.IVA")
    )
    register = f"{dice.pick(('MI', 'TO', 'RM', 'BO', 'VR', 'NA'))}-{dice.digits(7)}"
    return Identity(
        vat,
        label,
        Registration(dice.pick(("REA", "R.E.A.", "Nr. REA")), Value(register, register)) if dice.maybe(0.35) else None,
    )


def _portugal(dice: Dice) -> Identity:
    body = "5" + dice.digits(7, leading_zero=True)
    check = (11 - checksums.weighted_sum(body, range(9, 1, -1))) % 11 % 10
    number = f"{body}{check}"
    compact = f"PT{number}" if dice.maybe(0.4) else number
    vat = _printed(dice, compact, f"{compact[:-9]}{' ' if compact != number else ''}{grouped(number, 3)}")
    return Identity(
        vat._replace(normal=f"PT{number}"),
        dice.pick(
            ("NIF", "NIPC", "Contribuinte", "Contribuinte nº", "N.º Contribuinte", "Nº Contrib.", "NIF:", "V/ Contrib.")
        ),
    )


def _poland(dice: Dice) -> Identity:
    number = _mod11_plus(dice, 9, (6, 5, 7, 2, 3, 4, 5, 6, 7))
    dashed = f"{number[:3]}-{number[3:6]}-{number[6:8]}-{number[8:]}"
    prefixed = dice.maybe(0.25)
    compact = f"PL{number}" if prefixed else number
    vat = _printed(dice, compact, compact if prefixed else dashed)._replace(normal=f"PL{number}")
    body = dice.digits(8)
    statistical = body + str(checksums.weighted_sum(body, (8, 9, 2, 3, 4, 5, 6, 7)) % 11 % 10)
    registration = Registration("REGON", Value(statistical, statistical))
    if dice.maybe(0.4):
        court = "0000" + dice.digits(6)
        registration = Registration("KRS", Value(court, court))
    return Identity(
        vat, dice.pick(("NIP", "NIP:", "NIP", "Nr NIP", "NIP UE", "VAT UE")), registration if dice.maybe(0.5) else None
    )


def _mod11_plus(dice: Dice, count: int, weights: tuple[int, ...]) -> str:
    """Return digits and their check digit where the weighted sum mod 11 is the check digit itself."""
    while True:
        digits = dice.digits(count)
        check = checksums.weighted_sum(digits, weights) % 11
        if check < 10:
            return f"{digits}{check}"


def _britain(dice: Dice) -> Identity:
    body = dice.digits(7)
    number = body + checksums.british_vat(body)
    compact = f"GB{number}" if dice.maybe(0.65) else number
    parted = f"{number[:3]} {number[3:7]} {number[7:]}"
    prefix = "GB " if compact.startswith("GB") else ""
    vat = _printed(dice, compact, prefix + parted, prefix + number)._replace(normal=f"GB{number}")
    company = dice.pick(("0", "0", "1", "SC", "NI"))
    company += dice.digits(8 - len(company))
    scheme = dice.pick(
        ("Company No.", "Registered in England No.", "Company Reg. No.", "Co. Reg.", "Company number", "Reg. No.")
    )
    label = dice.pick(
        ("VAT No.", "VAT Reg. No.", "VAT Registration Number", "VAT", "VAT Number", "VAT reg", "VAT No", "Our VAT No.")
    )
    return Identity(
        vat if dice.maybe(0.85) else None,
        label,
        Registration(scheme, Value(company, company)) if dice.maybe(0.55) else None,
    )


def _ireland(dice: Dice) -> Identity:
    body = dice.digits(7)
    number = f"IE{body}{checksums.irish(body)}"
    company = dice.digits(6)
    label = dice.pick(("VAT No.", "VAT Reg. No.", "VAT Number", "VAT"))
    return Identity(
        _printed(dice, number, f"IE {number[2:]}"),
        label,
        Registration("Company Reg. No.", Value(company, company)) if dice.maybe(0.4) else None,
    )


def _america(dice: Dice) -> Identity:
    number = f"{dice.pick(_EIN_CAMPUSES)}-{dice.digits(7)}"
    registration = Registration(
        dice.pick(("EIN", "Tax ID", "Federal Tax ID", "FEIN", "Fed. ID", "Tax ID No.")),
        Value(number, number.replace("-", "")),
    )
    return Identity(registration=registration if dice.maybe(0.35) else None)


def _canada(dice: Dice) -> Identity:
    body = dice.digits(8)
    number = f"{body}{checksums.luhn(body)}RT0001"
    printed = _printed(dice, number, f"{number[:9]} RT 0001", f"{number[:5]} {number[5:9]} RT0001")
    return Identity(
        registration=Registration(dice.pick(("GST/HST No.", "GST #", "HST Reg. No.", "GST/HST")), printed)
        if dice.maybe(0.6)
        else None
    )


def _australia(dice: Dice) -> Identity:
    number = checksums.abn(dice.digits(9))
    printed = _printed(dice, number, f"{number[:2]} {grouped(number[2:], 3)}")
    return Identity(
        registration=Registration(dice.pick(("ABN", "ABN:", "A.B.N.")), printed) if dice.maybe(0.85) else None
    )


_MAKERS: dict[str, Callable[[Dice], Identity]] = {
    "DK": _denmark,
    "SE": _sweden,
    "NO": _norway,
    "FI": _finland,
    "DE": _germany,
    "AT": _austria,
    "CH": _switzerland,
    "FR": _france,
    "BE": _belgium,
    "NL": _netherlands,
    "ES": _spain,
    "IT": _italy,
    "PT": _portugal,
    "PL": _poland,
    "GB": _britain,
    "IE": _ireland,
    "US": _america,
    "CA": _canada,
    "AU": _australia,
}
