"""Lines of a table that are no items: totals, sub-totals, amounts carried from page to page."""

import re
from enum import StrEnum
from functools import lru_cache

from pipeline.extract.rules.writing.folding import fold_words
from pipeline.extract.rules.writing.wordlists import phrases, words


class RowLabel(StrEnum):
    """What a line that is no item says."""

    SUBTOTAL = "subtotal"
    CARRIED = "carried"
    TOTAL = "total"


_CARRIED = """
    ubertrag | ubertrag von seite | ubertrag auf seite | carried forward | brought forward | carry forward |
    carried over | carry over | balance forward | balance brought forward | balance carried forward |
    a reporter | report page | total a reporter | sous total a reporter | transport fra side |
    transport til side | overfort | overfores | overfort fra | overfores til | overfort fra side |
    overfores til side | overfort fra forrige side | transporteras | transporterat | riporto | a riportare |
    da riportare | suma y sigue | suma anterior | suma anterior pagina | transporteren |
    transport van vorige pagina | overdracht | over te brengen | zwischensumme ubertrag | continued |
    fortsetzung | suite page | page total | seitensumme | summe seite | subtotal carried forward |
    side total | sidetotal | saldo overfort | viene de | pasa a | sigue | overforing | overforsel |
    van vorige pagina | naar volgende pagina | transporto | siirto
"""
_SUBTOTAL = """
    subtotal | sub total | sub-total | zwischensumme | sous total | subtotaal | delsum | delsumma |
    subtotale | mellemsum | delsubtotal | sub sum | tussentotaal | mellomsum | suma parcial |
    total parcial | totale parziale | total section | paid sub total | subtot | valisumma | titelsumme |
    gruppensumme | mellansumma | subtotal net
"""
_TOTAL = """
    summe | summa | suma | somme | sum | mwst | ust | moms | tva | btw | mva | iva | inkl | brutto | netto
    | total | totals | totaal | totale | totalt | totali | gesamt | gesamtbetrag | gesamtsumme | gesamtpreis |
    endsumme | endbetrag | rechnungsbetrag | rechnungssumme | auftragssumme | auftragswert | bestellwert |
    bestellsumme | nettobetrag | nettosumme | nettowert | positionssumme | bruttobetrag | bruttosumme |
    umsatzsteuer | mehrwertsteuer | zzgl | zuzuglich | zuzugl | zahlbetrag | zu zahlen | steuerbetrag |
    steuerbasisbetrag | offener betrag | vorausbezahlter betrag | rundungsbetrag | belegsumme |
    summe netto | net amount | nettotal | net total | sales tax | gst | hst | taxable | taxable amount |
    amount due | balance due | total due | grand total | invoice total | order total | amount payable |
    to pay | amount paid | net worth | excl vat | incl vat | i alt | ialt | at betale | til betaling |
    belob i alt | samlet | samlet belob | heraf moms | momspligtigt belob | momsgrundlag | momsbelob |
    nettobelob | bruttobelob | ekskl moms | inkl moms | netto i alt | fakturatotal | ordretotal |
    subtotal i alt | pris i alt | varebelob | totalbelob | a betale | oreafrunding | moms udgor |
    fakturabelob | montant | montant total | net a payer | total ht | total ttc | total tva | dont tva |
    base ht | reste a payer | acompte verse | deja paye | a payer | net ht | montant ht | montant ttc |
    te betalen | excl btw | incl btw | totaalbedrag | factuurbedrag | orderbedrag | factuurtotaal |
    bedrag excl | bedrag incl | goederenbedrag | att betala | summa exkl | nettobelopp | oresavrundning |
    varav moms | attbetala | moms 25 | momsbelopp | belopp att betala | exkl moms | totalsumma | herav mva |
    sum eks mva | sum inkl mva | belop eks mva | sum eks | sum inkl | totalbelop | nettobelop |
    merverdiavgift | oreavrunding | avrunding | ordresum | fakturasum | importe total | total importe |
    base imponible | cuota iva | total a pagar | total factura | total pedido | importe neto | total neto |
    total con iva | imponibile | totale imponibile | totale iva | totale da pagare | totale fattura |
    totale documento | totale ordine | importo totale | netto a pagare | da pagare | totale merce |
    kassenrabatt | skonto | ruckgeld | ec karte | carte bancaire | yhteensa | verotettava |
    pris ex moms | pris exkl moms | pris ekskl moms | pris eks mva | pris inkl moms | pris inkl mva | gutschriftbetrag |
    summe positionen | summe der positionen | allowances amount | charges amount | handelsware netto |
    insgesamt | skat | skatt | skattebelob | skattebelopp | belasting
"""
_SHORT_TOTAL = """
    warenwert | zahlbar | net | vat | tax | balance | rounding | paid | payment | payments | less | includes
    | including | afrunding | grondslag | avrundning | betala | base | liquido | impuestos | imposta | cash
    | card | mastercard | visa | change | kontant | byttepenge | kreditkort | gegeben | bar | rendu |
    efectivo | tarjeta | contanti | resto | dankort | mobilepay | pinnen | wisselgeld | kort | vaxel |
    amount | charges | credits | belopp | belob | bedrag | betrag | importe | importo
"""
_ALLOWANCE = """
    allowance | extra charge | additional charge | remise | escompte | ristourne | rabais | charge |
    charges | rabat | rabatt | nachlass | abschlag | sondernachlass | abzgl | abzuglich | zuschlag |
    discount | surcharge | sconto | maggiorazione | descuento | recargo | korting | toeslag | avdrag |
    fratrukket | fradrag | loyalty | voucher | coupon
"""
_AFTER = r"(?=$|\s|\d)"


def _pattern(text: str, after: str = _AFTER) -> re.Pattern[str]:
    longest_first = sorted(phrases(text), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(p) for p in longest_first)}){after}")


_CARRIED_RE, _SUBTOTAL_RE, _TOTAL_RE = _pattern(_CARRIED), _pattern(_SUBTOTAL), _pattern(_TOTAL)
_TOTAL_CORE = words(
    """
    total totals totaal totale totalt summe sum summa somme suma betrag montant bedrag belob belopp belop
    importe importo imponibile amount tax vat moms mwst ust tva btw mva iva subtotal balance
    """
)
_TOTAL_WORDS = _TOTAL_CORE | words(
    """
    on at line lines item items order invoice net nett gross brutto netto value added due payable incl excl including
    excluding of the in eur usd gbp dkk sek nok before after charges allowances goods without with zu der die
    das von aller positionen af fra for alle varer linjer de des la le du lignes articles hors ht ttc van het
    alle regels av rader del lineas neto bruto con sin lordo netto righe
    """
)
_ALLOWANCE_RE = _pattern(_ALLOWANCE)
_SHORT_TOTAL_RE = _pattern(
    _SHORT_TOTAL, r"(?:\s(?:\d\S*|%|[a-z]{3}|[a-z]+sats))?(?:\s\d\S*|\s%)*$"
)  # "Moms 25 %", "Sum DKK"
_SPELLED = re.compile(r"\b[a-z](?: [a-z]){2}\b")  # "t.v.a.", "I.V.A."
_FROM_PAGE = re.compile(r"(?:transport|report|sum|saldo|total)\b.*\b(?:side|sida|page|pagina|seite|blad)\b")
_GLUED = re.compile(
    r"^(?:gesamt|rechnungs|zwischen|netto|brutto|end)(?:summe|betrag|preis|wert)|^total(?:belob|belopp|belop|betrag|pris|summa|sum)$"
)


@lru_cache(maxsize=8192)
def label_of(text: str) -> RowLabel | None:
    """Return what kind of total the text of a line names, judged by how it begins; None where it names none."""
    spelt = _SPELLED.sub(lambda m: m.group().replace(" ", ""), fold_words(text))
    spelt = spelt.removeprefix("= ").removeprefix("+ ")
    spelt = re.sub(r"^\d+(?:[.,]\d+)?\s*%\s*", "", spelt)  # "25% moms"
    if _CARRIED_RE.match(spelt) or _FROM_PAGE.match(spelt):
        return RowLabel.CARRIED
    if _SUBTOTAL_RE.match(spelt):
        return RowLabel.SUBTOTAL
    if any(p.match(spelt) for p in (_TOTAL_RE, _SHORT_TOTAL_RE, _GLUED)) or _is_all_total(spelt):
        return RowLabel.TOTAL
    return None


def _is_all_total(text: str) -> bool:
    """Say whether a text is made of nothing but words of totals: "Line total amount", "Value added tax (19.00 % of"."""
    spelt = re.findall(r"[^\W\d_]+", text)
    return 0 < len(spelt) <= 7 and all(w in _TOTAL_WORDS for w in spelt) and any(w in _TOTAL_CORE for w in spelt)


@lru_cache(maxsize=8192)
def is_allowance(text: str) -> bool:
    """Say whether a line's first or second word is an allowance or charge on the whole document: "Package discount"."""
    spelt = fold_words(text).split()
    return any(_ALLOWANCE_RE.match(" ".join(spelt[i:])) for i in range(min(2, len(spelt))))


def may_carry(text: str) -> bool:
    """Say whether a text is one word that heads an amount carried from page to page, but can be an item (freight)."""
    return fold_words(text) in ("transport", "report")
