"""What a message is: an order in its own words, or what a line of its own is titled; most are neither."""

import re

from pipeline.domain.extraction import KindGuess
from pipeline.domain.folding import fold
from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.header.kind import kind_and_title
from pipeline.extract.rules.labels.labels import Label
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.layout import Layout

# Sentences that place an order; the past tense ("I ordered"), questions and negations do not.
_ORDERS = re.compile(
    r"""\b(?:we|i)\ (?:would\ like|want|wish|need|hereby)\ (?:to\ )?(?:place\ an\ )?order\b
    |\b(?:we|i)\ order\ (?:the\ following|as\ follows)|\border\ the\ following\b|\bplease\ accept\ (?:this|our)\ order
    |\bplease\ (?:supply|deliver|ship|send\ us|process\ (?:this|the|our)\ order)\b
    |\b(?:find|is)\ our\ (?:purchase\ )?order\b
    |\b(?:vi|jeg|jag|eg)\ (?:\w+\ ){0,3}(?:bestille|bestalla)\b|\b(?:vi|jeg|jag)\ bestill?er\b
    |\bhermed\ (?:bestilles|bestilling|ordre)\b|\bharmed\ bestall\w+|\b(?:vi|jag)\ bestaller\b
    |\bbestaller\ (?:harmed|vi)\b|\bbestiller\ (?:hermed|vi)\b
    |\b(?:hiermit|wir|ich)\ (?:\w+\ ){0,4}bestellen\b|\bbestellen\ wir\b|\bbestelle\ ich\b
    |\bbitte\ liefern\ sie\b|\bwir\ bitten\ um\ lieferung\b
    |\bnous\ (?:vous\ )?(?:\w+\ ){0,2}command(?:er|ons)\b|\bpasser\ (?:la\ )?commande\b
    |\bje\ (?:souhaite|voudrais|desire)\ (?:vous\ )?commander\b
    |\b(?:wij|we|ik)\ (?:\w+\ ){0,3}bestellen\b|\bgraag\ (?:\w+\ ){0,4}bestellen\b
    |\bhierbij\ bestel\w+|\bbestellen\ wij\b
    |\b(?:queremos|deseamos|quisi(?:eramos|era)|(?:me|nos)\ gustaria)\ (?:\w+\ ){0,2}(?:pedir|encargar|pedido)\b
    |\b(?:vorremmo|vorrei|desideriamo)\ (?:\w+\ ){0,2}ordinare\b|\bordiniamo\b|\bhaluaisimme\ tilata\b|\btilaamme\b
    """,
    re.X,
)
_TITLE = 0.7  # a line of its own in the upper half
_NUMBERED = frozenset({Role.ORDER, Role.PURCHASE_ORDER_REFERENCE})


def kind_of_message(layout: Layout, labels: list[Label]) -> KindGuess:
    """Say what a message is; words such as "invoice" within its sentences make it none."""
    ordered = order_in_words(layout, labels)
    if ordered is not None:
        return ordered
    guess, title = kind_and_title(layout)
    return guess if title >= _TITLE else KindGuess(Kind.OTHER, 0.6)


def order_in_words(layout: Layout, labels: list[Label]) -> KindGuess | None:
    """Say that a message is an order where a sentence places one; surer where it is numbered and lists goods."""
    text = re.sub(r"\s+", " ", " ".join(fold(row.text) for row in layout.rows))
    if not any("?" not in text[m.end() : m.end() + 60].split(".")[0] for m in _ORDERS.finditer(text)):
        return None
    numbered = any(label.roles & _NUMBERED and label.is_heading for label in labels)
    listed = sum(Role.COLUMN in label.roles for label in labels) >= 2
    return KindGuess(Kind.PURCHASE_ORDER, 0.75 + 0.12 * numbered + 0.06 * listed)
