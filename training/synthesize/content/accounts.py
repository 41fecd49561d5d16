"""Banks and accounts: IBAN, BIC and domestic account numbers with valid check digits, as each country prints them."""

from collections.abc import Callable
from dataclasses import dataclass

from training.synthesize.chance import Dice
from training.synthesize.content import checksums
from training.synthesize.content.checksums import grouped
from training.synthesize.content.value import Value


@dataclass(frozen=True, slots=True)
class Account:
    """One bank connection. A domestic number may be printed in labelled pieces: `(label, text)` each."""

    bank: str
    iban: Value | None
    bic: Value | None
    domestic: tuple[tuple[str, str], ...] = ()
    domestic_normal: str = ""


_BANKS: dict[str, tuple[str, ...]] = {
    "DK": (
        "Danske Bank",
        "Nordea",
        "Jyske Bank",
        "Sydbank",
        "Spar Nord",
        "Nykredit Bank",
        "Arbejdernes Landsbank",
        "Ringkjøbing Landbobank",
    ),
    "SE": ("Swedbank", "SEB", "Handelsbanken", "Nordea", "Länsförsäkringar Bank", "Sparbanken Syd"),
    "NO": ("DNB", "SpareBank 1", "Nordea", "Sparebanken Vest", "Eika", "Handelsbanken"),
    "FI": ("Nordea", "OP Helsinki", "Danske Bank", "Säästöpankki", "Aktia", "S-Pankki", "Ålandsbanken"),
    "DE": (
        "Deutsche Bank AG",
        "Commerzbank",
        "Sparkasse KölnBonn",
        "Volksbank Münsterland eG",
        "Postbank",
        "DKB",
        "HypoVereinsbank",
        "Kreissparkasse Böblingen",
    ),
    "AT": ("Erste Bank", "Raiffeisenbank Tirol", "UniCredit Bank Austria", "BAWAG", "Oberbank"),
    "CH": ("UBS Switzerland AG", "PostFinance", "Zürcher Kantonalbank", "Raiffeisen", "Banque Cantonale Vaudoise"),
    "FR": (
        "BNP Paribas",
        "Crédit Agricole",
        "Société Générale",
        "CIC Ouest",
        "Banque Populaire",
        "Crédit Mutuel",
        "La Banque Postale",
    ),
    "BE": ("KBC", "BNP Paribas Fortis", "ING België", "Belfius", "Argenta"),
    "NL": ("ING Bank", "ABN AMRO", "Rabobank", "Triodos Bank", "SNS", "Knab"),
    "ES": ("Banco Santander", "CaixaBank", "BBVA", "Banco Sabadell", "Bankinter", "Kutxabank"),
    "IT": ("Intesa Sanpaolo", "UniCredit", "Banco BPM", "BPER Banca", "Banca Sella", "Credem"),
    "PT": ("Caixa Geral de Depósitos", "Millennium bcp", "Novo Banco", "BPI", "Santander Totta"),
    "PL": ("PKO BP", "mBank S.A.", "Santander Bank Polska", "ING Bank Śląski", "Bank Pekao SA", "Alior Bank"),
    "GB": ("Barclays", "HSBC", "Lloyds Bank", "NatWest", "Santander UK", "The Co-operative Bank", "Metro Bank"),
    "IE": ("Bank of Ireland", "AIB", "Permanent TSB"),
    "US": ("Wells Fargo", "Chase", "Bank of America", "First Federal Savings", "Citizens Bank"),
    "CA": ("Royal Bank of Canada", "TD Canada Trust", "Scotiabank"),
    "AU": ("Westpac", "ANZ", "Commonwealth Bank", "NAB"),
}


def account(country: str, dice: Dice) -> Account:
    """Return one bank connection in that country."""
    bank = dice.pick(_BANKS[country])
    if country in _NO_IBAN:
        return _without_iban(country, bank, dice)
    basic = _BASIC[country](dice)
    compact = f"{country}{checksums.mod97(basic + country)}{basic}"
    printed = grouped(compact, 4) if dice.maybe(0.75) else compact
    bic = f"{dice.letters(4)}{country}{dice.letters(1)}{dice.pick('23456789XL')}" + dice.pick(
        ("", "", "XXX", dice.digits(3))
    )
    shown = bic if len(bic) == 11 or dice.maybe(0.85) else f"{bic[:4]} {bic[4:6]} {bic[6:]}"
    domestic, normal = _domestic(country, basic, dice)
    return Account(bank, Value(printed, compact), Value(shown, bic), domestic, normal)


def _without_iban(country: str, bank: str, dice: Dice) -> Account:
    number = dice.digits(dice.between(8, 10))
    route = dice.digits(9) if country == "US" else f"{dice.digits(3)}-{dice.digits(3)}"
    label = {"US": "Routing No.", "AU": "BSB", "CA": "Transit No."}[country]
    name = dice.pick(("Account No.", "Account Number", "Acct #", "A/C No.", "Account", "Acct. No."))
    return Account(bank, None, None, ((label, route), (name, number)), number)


def _domestic(country: str, basic: str, dice: Dice) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return how the account is printed without IBAN, and its normalised form; empty where that is not usual."""
    if country == "DK":
        registration, number = basic[:4], basic[4:]
        if dice.maybe(0.5):
            return (
                (dice.pick(("Reg.nr.", "Reg. nr.", "Regnr.", "Reg.")), registration),
                (dice.pick(("Kontonr.", "Konto nr.", "Konto", "Kontonummer")), number),
            ), f"{registration} {number}"
        between = dice.pick((" ", "-", " - "))
        return (
            (
                dice.pick(("Konto", "Bankkonto", "Kontonr.", "Reg./konto", "Reg.nr./kontonr.", "Bank konto")),
                f"{registration}{between}{number}",
            ),
        ), f"{registration} {number}"
    if country == "NO":
        printed = dice.pick((f"{basic[:4]}.{basic[4:6]}.{basic[6:]}", f"{basic[:4]} {basic[4:6]} {basic[6:]}", basic))
        return (
            (dice.pick(("Kontonr.", "Bankkonto", "Kontonummer", "Konto", "Bankkonto nr.", "Kontonr")), printed),
        ), basic
    if country == "SE":
        body = dice.digits(dice.pick((6, 7)))
        number = body + checksums.luhn(body)
        return (
            (
                dice.pick(("Bankgiro", "BG", "Bankgironr", "Bg", "Bankgiro nr", "Bankgironummer")),
                f"{number[:-4]}-{number[-4:]}",
            ),
        ), number
    if country in ("GB", "IE"):
        sort, number = basic[4:10], basic[10:]
        parted = dice.pick((f"{sort[:2]}-{sort[2:4]}-{sort[4:]}", f"{sort[:2]} {sort[2:4]} {sort[4:]}", sort))
        name = dice.pick(("Account No.", "Account Number", "A/C No.", "Account", "Acc. No.", "Account no"))
        return ((dice.pick(("Sort Code", "Sort code", "Sortcode", "S/C")), parted), (name, number)), number
    if country == "PL" and dice.maybe(0.8):
        full = checksums.mod97(basic + "PL") + basic
        return (
            (
                dice.pick(("Nr konta", "Konto", "Rachunek bankowy", "Nr rachunku", "Numer konta", "Nr rach.")),
                f"{full[:2]} {grouped(full[2:], 4)}",
            ),
        ), full
    return (), ""


def _plain(count: int) -> Callable[[Dice], str]:
    return lambda dice: dice.digits(count)


def _norwegian(dice: Dice) -> str:
    while True:
        digits = dice.digits(10)
        if (check := checksums.mod11(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))) is not None:
            return digits + check


def _finnish(dice: Dice) -> str:
    body = dice.pick("1258") + dice.digits(12, leading_zero=True)
    return body + checksums.luhn(body)


def _french(dice: Dice) -> str:
    bank, branch, number = dice.digits(5), dice.digits(5), dice.digits(11, leading_zero=True)
    return bank + branch + number + checksums.french_key(bank, branch, number)


def _belgian(dice: Dice) -> str:
    body = dice.pick(("001", "310", "363", "737", "063")) + dice.digits(7)
    return body + f"{int(body) % 97 or 97:02d}"


def _spanish(dice: Dice) -> str:
    bank, number = dice.digits(8, leading_zero=True), dice.digits(10, leading_zero=True)
    return bank + checksums.spanish_account(bank, number) + number


def _italian(dice: Dice) -> str:
    body = dice.digits(5, leading_zero=True) + dice.digits(5, leading_zero=True) + dice.digits(12, leading_zero=True)
    return checksums.italian_cin(body) + body


def _portuguese(dice: Dice) -> str:
    body = "00" + dice.digits(17)
    return body + checksums.portuguese_key(body)


def _lettered(letters: tuple[str, ...], count: int) -> Callable[[Dice], str]:
    return lambda dice: dice.pick(letters) + dice.digits(count)


_NO_IBAN = frozenset({"US", "CA", "AU"})
_BASIC: dict[str, Callable[[Dice], str]] = {
    "DK": _plain(14),
    "SE": _plain(20),
    "NO": _norwegian,
    "FI": _finnish,
    "DE": _plain(18),
    "AT": _plain(16),
    "CH": _plain(17),
    "FR": _french,
    "BE": _belgian,
    "NL": _lettered(("INGB0", "ABNA0", "RABO0", "TRIO0"), 9),
    "ES": _spanish,
    "IT": _italian,
    "PT": _portuguese,
    "PL": _plain(24),
    "GB": _lettered(("BARC", "LOYD", "NWBK", "MIDL"), 14),
    "IE": _lettered(("AIBK", "BOFI"), 14),
}
