"""Which language a document is written in, told by the words that business papers cannot do without."""

from collections.abc import Iterable

from pipeline.domain.folding import fold

_WORDS: dict[str, str] = {
    "en": """
        invoice date total due amount bill payment number quantity qty description price subtotal tax terms ship
        unit the of and order balance thank you your please net gross from within days customer account bank
        address
    """,
    "da": """
        faktura fakturadato fakturanr fakturanummer moms belob dato antal pris betaling betalingsfrist forfald
        forfaldsdato ialt kunde kundenr kundenummer vare varenr beskrivelse og til konto kontonr inkl ekskl bedes
        venligst stk cvr kreditnota ordrenr levering leveringsadresse senest betales dage netto rykker bestilling
        indkobsordre at tekst enhed subtotal belobet momsfri betalingsbetingelser reg kr forbehold ved dkk telefon
        danmark
    """,
    "no": """
        faktura fakturadato fakturanummer fakturanr mva belop dato antall pris betaling forfallsdato forfall
        kundenr kundenummer kontonummer kontonr kid orgnr og til sum varenr beskrivelse utestaende betales eks
        inkl dager netto foretaksregisteret ordrenr levering leveringsadresse kreditnota beloop var deres
        referanse merverdiavgift enhet stk betalingsfrist bestilling innkjopsordre kr nok telefon norge
        betalingsbetingelser ma
    """,
    "sv": """
        faktura fakturadatum fakturanummer fakturanr moms belopp datum antal pris forfallodatum forfallodag
        betalningsvillkor att betala kundnummer kundnr bankgiro bg plusgiro pg och er var referens summa exkl inkl
        organisationsnr organisationsnummer orgnr momsreg artikel artikelnr benamning oresavrundning dagar netto
        enhet st leveransadress kreditfaktura bestallning inkopsorder drojsmalsranta skatt fskatt f-skatt ordernr
        sek telefon sverige
    """,
    "de": """
        rechnung rechnungsnummer rechnungsnr rechnungsdatum datum betrag menge preis gesamt gesamtbetrag mwst ust
        umsatzsteuer und der die das fur netto brutto kunde kundennummer einzelpreis summe steuer zahlbar
        lieferung bestellung ihr ihre wir bitte bezeichnung artikel nr zu von mit ist sind den dem des ein eine
        lieferdatum stuck gutschrift bestellnummer steuernummer tage innerhalb ohne abzug gesamtpreis pos
        zwischensumme bankverbindung
    """,
    "fr": """
        facture date montant total tva ht ttc quantite prix unitaire client commande numero echeance paiement
        reglement net payer de la le les des du pour adresse designation livraison siret siren vente avoir votre
        nous au aux et en par sur conditions remise reference qte vendeur acheteur intracommunautaire somme jours
        taux
    """,
    "nl": """
        factuur factuurnummer factuurnr factuurdatum datum bedrag aantal prijs totaal btw vervaldatum klantnummer
        klant en het van een te betalen omschrijving betaling excl incl kvk subtotaal uw wij levering bestelling
        bestelnummer creditnota de voor op met binnen dagen stuk eenheid ons rekeningnummer inkooporder
        ordernummer
    """,
    "es": """
        factura fecha importe cantidad precio total iva vencimiento numero cliente base imponible descripcion pago
        de la el los y para unidad forma cif nif subtotal del pedido albaran direccion por su domicilio dias cuota
        concepto rectificativa abono entrega condiciones ud uds emision tipo unitario
    """,
    "it": """
        fattura data importo quantita prezzo totale iva scadenza numero cliente imponibile descrizione pagamento
        di del della il per unitario aliquota partita codice fiscale spett ordine consegna nota credito imposta
        giorni da con bonifico banca sconto um articolo dal e le documento destinatario modalita
    """,
    "pt": """
        fatura factura data valor quantidade qtd preco unitario total iva vencimento numero cliente contribuinte nif
        nipc descricao pagamento pagar de da do das dos para por com sem unidade subtotal encomenda guia morada
        entrega condicoes recibo talao credito nota artigo desconto incidencia taxa base imposto referencia dias
        fornecedor documento obrigado e em pronto designacao euros liquido banco
    """,
    "fi": """
        lasku laskun paivays numero paivamaara erapaiva maksuehto summa yhteensa alv maara kpl hinta yksikkohinta
        veroton verollinen vero tilaus tilausnumero tilausnro viite viitenumero asiakas asiakasnumero y-tunnus
        toimitus toimitusosoite toimituspaiva maksettava maksu saaja tilinumero hyvityslasku kuvaus nimike tuote
        tuotenumero tuotenro netto paivaa pv ja osoite puh myyja ostaja laskutusosoite laskunumero kuitti
        tilausvahvistus veron peruste eraantyy loppusumma huomautusaika viivastyskorko yhteyshenkilo
    """,
    "pl": """
        faktura data wystawienia sprzedazy termin platnosci sposob zaplaty nip nabywca sprzedawca ilosc cena
        jednostkowa wartosc netto brutto vat stawka razem kwota do dni numer konta rachunek bankowy zamowienie
        zamowienia opis nazwa towaru uslugi lub jm szt lp suma naleznosc klient odbiorca adres dostawy dostawa
        korygujaca faktury nr i z w na od przelew slownie potwierdzenie paragon podatku podatek regon uwagi dnia
    """,
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _WORDS.items():
    for _word in set(_words.split()):
        _LANGUAGES_OF.setdefault(_word, []).append(_language)


def language_of(words: Iterable[str]) -> str | None:
    """Return the ISO 639-1 code of the language most of the telling words belong to, None where too few tell.

    Every word counts once, and the less the more languages share it.
    """
    scores: dict[str, float] = {}
    for word in {fold(w).strip(".,:;()*#") for w in words}:
        languages = _LANGUAGES_OF.get(word, ())
        for language in languages:
            scores[language] = scores.get(language, 0.0) + 1 / len(languages) ** 1.5
    if not scores:
        return None
    best, *others = sorted(scores, key=lambda k: scores[k], reverse=True)
    second = scores[others[0]] if others else 0.0
    return best if scores[best] >= 1.5 and scores[best] > second else None
