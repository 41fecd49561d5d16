"""Whether a text is itself an order or invoice: its wording, and lines that carry quantities and amounts."""

import re
import unicodedata

# Words for order, invoice and credit note as written in en, da, sv, nb, de, fr, nl, es and it; accents are folded.
_KINDS = re.compile(
    r"\b(?:purchase orders?|order(?:s|ed|ing)?|po (?:no|number|nr)|invoices?|credit notes?|"
    r"ordre[rn]?|indkobsordre|kobsordre|bestiller?|bestilling(?:en|er)?|bestilt|rekvisition|fakturaer|faktura(?:en|nr)?|kreditnota|"
    r"innkjopsordre|bestallning(?:en|ar)?|bestaller|inkopsorder|ordernummer|kreditfaktura|"
    r"bestellung(?:en)?|bestellen|auftrag|rechnung(?:en)?|gutschrift|"
    r"commandes?|commandons|commander|bon de commande|factures?|avoir|"
    r"bestelling(?:en)?|inkooporder|facturen|factuur|creditnota|"
    r"pedidos?|orden de compra|encargar|facturas?|nota de credito|"
    r"ordin[ei]|ordinare|ordiniamo|fattur[ae]|nota di credito)\b"
)
# A request or a statement of sums: what tells an order or invoice from talk about one.
_ACTS = re.compile(
    r"\b(?:please (?:send|supply|deliver|ship)|we (?:hereby |would like to )?order|i (?:hereby |would like to )?order|"
    r"(?:to be )?delivered? to|delivery (?:address|date)|ship to|amount due|total|subtotal|vat|"
    r"vi bestiller|vil gerne bestille|onsker at bestille|bedes levere|send venligst|"
    r"levering(?:sadresse|sdato)?|leveres|"
    r"i alt|moms|at betale|"
    r"vi (?:vill|onskar) bestalla|leveransadress|leverans|att betala|summa|"
    r"vi onsker a bestille|leveringsadresse|mva|a betale|"
    r"(?:hiermit )?bestellen wir|wir bestellen|bitte liefern|lieferadresse|lieferung|liefertermin|"
    r"gesamt(?:betrag)?|summe|mwst|"
    r"nous commandons|veuillez (?:livrer|envoyer)|adresse de livraison|livraison|montant|tva|"
    r"wij bestellen|graag bestellen|gelieve te leveren|afleveradres|leveradres|totaal|btw|"
    r"solicitamos|rogamos|direccion de entrega|entrega|importe|iva|"
    r"vi ordiniamo|ordiniamo|si prega di|vogliate|indirizzo di consegna|consegna|totale|imponibile)\b"
)
_UNITS = (
    r"(?:\s*(?:pcs?|pieces?|units?|boxes|box|packs?|pkt|pairs?|sets?|ea|each|rolls?|bags?|stk|styk|kasser?|kartoner?|"
    r"pk|ruller?|poser?|saet|forp|stuck|stck|packungen|packung|kartons?|rollen?|paar|boites?|cartons?|rouleaux?|"
    r"stuks?|dozen|doos|uds?|unidades|cajas?|rollos?|pz|pezzi|scatole|confezioni|rotoli|kg|ltr|m2|m3)|\s+st)\b"
)
_QUANTITY_LINE = re.compile(
    rf"[\s\-*•·]{{0,12}}+(?:"
    rf"\d{{1,6}}(?:[.,]\d{{1,3}})?(?:\s*[x×*]\s|{_UNITS})\.?\s*\S+"
    rf"|\S.{{1,150}}?[\s:x]\d{{1,6}}(?:[.,]\d{{1,3}})?{_UNITS}"
    rf"|\S.{{1,150}}?\s(?:qty|antal|quantity|quantite|menge|anzahl|aantal|cantidad|quantita)[.:\s]+\d{{1,6}}\b"
    rf")"
)
_CURRENCY = r"(?:kr|eur|euros?|dkk|sek|nok|usd|gbp|chf|€|\$|£)"
_AMOUNT = re.compile(
    rf"(?<![\d.,])\d{{1,3}}(?:[.,'\s]?\d{{3}}){{0,3}}[.,]\d{{2}}(?![.,]?\d)|{_CURRENCY}\s?\d|\d\s?{_CURRENCY}(?!\w)"
)
_AMOUNT_LINE = re.compile(rf"[^\W\d].{{2,200}}?(?:\d[.,]\d{{2}}|\d\s?{_CURRENCY})\s{{0,5}}(?:{_CURRENCY}\.?)?$")
_NUMBER = re.compile(
    r"\b(?:order|po|invoice|ordre|bestillings?|rekvisitions?|faktura|bestallnings?|inkopsorder|bestell|auftrags?|"
    r"rechnungs?|commande|facture|bestel|factuur|pedido|factura|ordine|fattura)[\s-]?"
    r"(?:no|nr|number|nummer|id|ref|n|num|numero|#|°|º)?[\s.:#°º]{0,5}[a-z]{0,4}[-/]?\d{3,}"
)
_CELLS = re.compile(r"[\t|;]| {3,}")
_NUMBER_CELL = re.compile(r"[€$£]?\s?-?\d[\d.,'\s]{0,14}(?:\s?[a-z€$£%]{1,5}\.?)?")
_FORWARDED = re.compile(r"^\s*(?:fwd?|vs|vb|wg|tr|rv|rif|i|doorst|videresendt|vidarebefordrat)\s*:", re.IGNORECASE)
_REPLY = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:original message|oprindelig meddelelse|ursprungligt meddelande|opprinnelig melding|"
    r"ursprungliche nachricht|"
    r"message d'origine|oorspronkelijk bericht|mensaje original|messaggio originale)[ \t]*-{2,}"
    r"|(?:on|den|am|le|op|el|il) .{5,120}(?:wrote|skrev|schrieb|a ecrit|schreef|escribio|ha scritto)\b"
    r".{0,120}:[ \t]*$)",
    re.MULTILINE,
)
_MAX_TEXT = 200_000


def looks_like_order(text: str, subject: str = "") -> bool:
    """Say whether the text is itself an order or invoice, and not talk about one; quoted replies do not count.

    Its wording must name such a document; its lines must carry quantities (with an act of ordering, with amounts, or
    three of them) or at least two amounts together with the words of a sum.
    """
    lines = _own_lines(_fold(text[:_MAX_TEXT]), subject)
    words = "\n".join(lines)
    if not _KINDS.search(f"{_fold(subject)}\n{words}"):
        return False
    acts = _ACTS.search(words) is not None
    quantities = sum(1 for line in lines if _QUANTITY_LINE.match(line.lstrip()) or _is_table_row(line))
    if quantities and (acts or quantities >= 3):
        return True
    if quantities >= 2 and _AMOUNT.search(words):
        return True
    return acts and sum(1 for line in lines if _AMOUNT_LINE.match(line.strip())) >= 2


def states_number(text: str) -> bool:
    """Say whether the text gives the number of an order or invoice, as mass mail hardly does."""
    return _NUMBER.search(_fold(text[:_MAX_TEXT])) is not None


def _own_lines(folded: str, subject: str) -> list[str]:
    if _FORWARDED.match(subject):
        return [line.lstrip("> ") for line in folded.splitlines()]
    kept = "\n".join(line for line in folded.splitlines() if not line.lstrip().startswith(">"))
    quoted = _REPLY.search(kept)
    return (kept[: quoted.start()] if quoted else kept).splitlines()


def _is_table_row(line: str) -> bool:
    """Say whether a line is a row of cells of which two or more are numbers and one is words."""
    cells = [cell.strip() for cell in _CELLS.split(line.strip()) if cell.strip()]
    numbers = sum(1 for cell in cells if _NUMBER_CELL.fullmatch(cell))
    words = sum(1 for cell in cells if re.search(r"[a-z]{3}", cell) and not _NUMBER_CELL.fullmatch(cell))
    return numbers >= 2 and words >= 1


def _fold(text: str) -> str:
    lowered = text.lower().replace("ø", "o").replace("æ", "ae").replace("ß", "ss").replace("å", "a")
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
