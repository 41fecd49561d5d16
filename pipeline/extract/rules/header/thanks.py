"""Sentences by which a seller confirms an order to the customer who placed it, in twelve languages, folded."""

import re

CONFIRMS = re.compile(
    r"""\bthank(?:s|\ you)\ for\ (?:placing\ )?(?:your|the)\ (?:recent\ |online\ )?order\b
    |\byour\ order\ (?:\S+\ )?(?:is|was|has\ been)\ (?:now\ |successfully\ |being\ )?
        (?:received|processed|confirmed|placed|accepted|prepared)\b
    |\bwe(?:\ have|\ ve)?\ (?:received|accepted)\ your\ order\b|\bwe\ confirm\ your\ order\b
    |\bdank(?:e)?\ fur\ (?:ihre|deine|die|ihren|deinen)\ (?:bestellung|order|auftrag)\b
    |\bihre\ bestellung\ (?:\S+\ )?(?:ist|wurde)\ (?:\w+\ ){0,3}(?:eingegangen|bestatigt|entgegengenommen)\b
    |\bwir\ haben\ (?:ihre|deine)\ bestellung\ erhalten\b|\bwir\ bestatigen\ (?:ihnen\ )?(?:ihre|deine)\ bestellung\b
    |\b(?:merci|remercions)\ (?:pour|de)\ (?:votre|ta)\ commande\b
    |\bvotre\ commande\ (?:\S+\ ){0,2}(?:a\ (?:bien\ )?ete|est)\ (?:bien\ )?(?:enregistree|confirmee|recue|validee)\b
    |\bnous\ avons\ bien\ recu\ votre\ commande\b|\bnous\ confirmons\ votre\ commande\b
    |\bgracias\ por\ (?:su|tu)\ pedido\b|\bhemos\ recibido\ (?:su|tu)\ pedido\b
    |\b(?:su|tu)\ pedido\ (?:\S+\ ){0,2}ha\ sido\ (?:recibido|confirmado|procesado)\b
    |\bgrazie\ per\ (?:il\ (?:suo|tuo|vostro)|l)\ ordine\b
    |\babbiamo\ ricevuto\ il\ (?:suo|tuo|vostro)\ ordine\b
    |\b(?:suo|tuo|vostro)\ ordine\ (?:\S+\ )?e\ stato\ (?:ricevuto|confermato|elaborato)\b
    |\b(?:bedankt|dank\ (?:u|je)(?:\ wel)?)\ voor\ (?:je|jouw|uw)\ (?:bestelling|order)\b
    |\b(?:wij|we)\ hebben\ (?:je|jouw|uw)\ (?:bestelling|order)\ (?:goed\ )?ontvangen\b
    |\b(?:tak|takk)\ for\ (?:din\ |jeres\ |deres\ )?(?:bestilling|ordre)(?:en)?\b
    |\bvi\ har\ (?:modtaget|mottatt)\ (?:din|jeres|deres)\ (?:bestilling|ordre)\b
    |\btack\ for\ (?:din|er)\ (?:bestallning|order)\b
    |\bvi\ har\ (?:tagit\ emot|mottagit)\ (?:din|er)\ (?:bestallning|order)\b
    |\bkiitos\ tilauks\w+|\bolemme\ vastaanottaneet\ tilauks\w+
    |\bdziekujemy\ za\ (?:zlozenie\ )?zamowieni\w+|\botrzymalismy\ (?:twoje|panstwa)\ zamowienie\b
    |\bobrigad[oa]\ pel[oa]\ (?:sua|seu|tua|teu)\ (?:encomenda|pedido)\b
    |\brecebemos\ (?:a\ sua\ encomenda|o\ seu\ pedido)\b
    """,
    re.X,
)
"""A buyer speaks of his own order as "our order"; who thanks for "your order" sells."""
