"""How each language of the demonstration names the parts of a paper."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language names the parts of a paper."""

    titles: dict[str, str]
    number: str
    order_own_number: str
    date: str
    due: str
    order: str
    preceding: str
    bill_to: str
    supplier: str
    order_date: str
    columns: tuple[str, str, str, str, str]
    net: str
    tax: str
    gross: str
    pay_to: str
    vat_id: str
    no_tax: str


WORDINGS = {
    "da": Wording(
        {"invoice": "Faktura", "credit_note": "Kreditnota", "purchase_order": "Ordre", "statement": "Kontoudtog"},
        "Fakturanr.",
        "Ordrenr.",
        "Fakturadato",
        "Forfaldsdato",
        "Rekvisitionsnr.",
        "Vedr. faktura",
        "Kunde",
        "Leverandør",
        "Ordredato",
        ("Varenr.", "Beskrivelse", "Antal", "Stk. pris", "Beløb"),
        "Subtotal",
        "Moms",
        "I alt",
        "Betaling til konto",
        "CVR/moms-nr.",
        "Momsfri",
    ),
    "de": Wording(
        {
            "invoice": "Rechnung",
            "credit_note": "Gutschrift",
            "purchase_order": "Bestellung",
            "statement": "Kontoauszug",
        },
        "Rechnungsnummer",
        "Bestellnummer",
        "Rechnungsdatum",
        "Fällig am",
        "Ihre Bestellnummer",
        "Zu Rechnung",
        "Rechnung an",
        "Lieferant",
        "Bestelldatum",
        ("Art.-Nr.", "Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis"),
        "Summe netto",
        "MwSt.",
        "Rechnungsbetrag",
        "Bankverbindung",
        "USt-IdNr.",
        "Steuerfreie innergemeinschaftliche Lieferung, Steuerschuldnerschaft des Leistungsempfängers.",
    ),
    "nl": Wording(
        {
            "invoice": "Factuur",
            "credit_note": "Creditnota",
            "purchase_order": "Bestelling",
            "statement": "Rekeningoverzicht",
        },
        "Factuurnummer",
        "Bestelnummer",
        "Factuurdatum",
        "Vervaldatum",
        "Uw ordernummer",
        "Betreft factuur",
        "Factuuradres",
        "Leverancier",
        "Besteldatum",
        ("Artikel", "Omschrijving", "Aantal", "Prijs", "Bedrag"),
        "Totaal excl. btw",
        "Btw",
        "Totaal te betalen",
        "Te betalen op rekening",
        "Btw-nummer",
        "Btw verlegd, intracommunautaire levering.",
    ),
    "fr": Wording(
        {"invoice": "Facture", "credit_note": "Avoir", "purchase_order": "Commande", "statement": "Relevé de compte"},
        "Facture n°",
        "Commande n°",
        "Date de facture",
        "Échéance",
        "Votre commande",
        "Facture d'origine",
        "Facturé à",
        "Fournisseur",
        "Date de commande",
        ("Référence", "Désignation", "Quantité", "Prix unitaire", "Montant HT"),
        "Total HT",
        "TVA",
        "Total TTC",
        "Règlement par virement",
        "N° TVA",
        "Autoliquidation, livraison intracommunautaire exonérée de TVA.",
    ),
    "no": Wording(
        {
            "invoice": "Faktura",
            "credit_note": "Kreditnota",
            "purchase_order": "Bestilling",
            "statement": "Kontoutskrift",
        },
        "Fakturanummer",
        "Ordrenummer",
        "Fakturadato",
        "Forfallsdato",
        "Deres ordrenr.",
        "Gjelder faktura",
        "Kunde",
        "Leverandør",
        "Ordredato",
        ("Varenr", "Beskrivelse", "Antall", "Enhetspris", "Beløp"),
        "Sum eks. mva",
        "Mva",
        "Å betale",
        "Betales til konto",
        "Org.nr.",
        "Avgiftsfri",
    ),
    "en": Wording(
        {
            "invoice": "Invoice",
            "credit_note": "Credit note",
            "purchase_order": "Purchase order",
            "statement": "Statement",
        },
        "Invoice no.",
        "Order no.",
        "Invoice date",
        "Due date",
        "Your order",
        "Original invoice",
        "Bill to",
        "Supplier",
        "Order date",
        ("Item", "Description", "Qty", "Unit price", "Amount"),
        "Subtotal",
        "VAT",
        "Total",
        "Please pay to",
        "VAT no.",
        "Zero-rated export.",
    ),
}
