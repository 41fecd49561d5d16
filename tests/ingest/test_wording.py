"""Whether a text is an order or invoice in itself, in the nine languages that are read."""

import time

import pytest

from pipeline.ingest.body import html_to_text
from pipeline.ingest.wording import looks_like_order, states_number

_TEXTS = """
== en
Dear sirs,
please supply against purchase order PO-1177:
- 12 pcs hex bolts M8
- 3 boxes of washers
Regards
== en_columns
Purchase order 88

Pos   Item          Qty   Price
1     Hex bolt M8    12    4.50
2     Washer         300   0.10
== da
Hej
Vi vil gerne bestille følgende:
10 stk. skruer 4x40
2 ruller tape
Leveringsadresse: Havnegade 1
== sv
Hej,
vi vill beställa:
Skruv M6, 200 st
Mutter M6, 200 st
Leveransadress: Storgatan 1
Inköpsorder 4711
== nb
Hei, vi ønsker å bestille:
5 esker A4-papir, 5 stk
2 stk toner
Leveringsadresse: Storgata 1
== de
Sehr geehrte Damen und Herren,
hiermit bestellen wir:
4 Stück Gummidichtung 20 mm
Lieferadresse: Hauptstraße 1
== fr
Bonjour,
nous commandons les articles suivants :
6 boîtes de vis
2 cartons de papier
Livraison: 1 rue de la Paix
== nl
Geachte heer, graag bestellen wij:
8 stuks filter F7
1 doos handschoenen
Afleveradres: Kade 3
Bestelling 9
== es
Estimados señores: adjuntamos pedido 331
15 uds tornillos M8
4 cajas de guantes
Dirección de entrega: Calle Mayor 1
== it
Buongiorno, vi ordiniamo quanto segue (ordine 12):
20 pz viti M8
3 scatole di guanti
Indirizzo di consegna: Via Roma 1
== invoice
Invoice 2026-17

Consulting in October   1,200.00 EUR
Travel   80.00 EUR
VAT 25%   320.00 EUR
Total   1,600.00 EUR
== da_invoice
Faktura nr. 553
Rengøring uge 44    2.400,00 kr.
Moms 25 %    600,00 kr.
I alt    3.000,00 kr.
"""
DOCUMENTS = dict(text.split("\n", 1) for text in _TEXTS.split("== ")[1:])
OTHERS = {
    "covering text": "Dear customer,\nplease find our invoice 4711 of 1,250.00 EUR attached.\nKind regards\nAnn",
    "thanks": "Thank you for your order! We will be back soon.",
    "reminder": "Faktura 4711 er forfalden. Venligst betal inden 8 dage.",
    "meeting": "Can we meet on 12 October at 10.30 to talk about the order? It takes 2 hours.",
    "holiday": "Jeg er på ferie til den 14. august. Ved ordre skriv til ordre@firma.example, tlf. 12 34 56 78.",
    "signature": "Best regards\nAnn Holm\nOrder desk\nTel +45 12 34 56 78\nVAT DK12345678",
    "quoted": "OK, thanks!\n\nOn 1 Nov 2026 at 10:00, Ann wrote:\nPlease send order 12:\n10 pcs bolts\n3 boxes of nuts",
    "empty": "",
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_an_order_or_invoice_is_told(case: str) -> None:
    assert looks_like_order(DOCUMENTS[case])


@pytest.mark.parametrize("case", OTHERS)
def test_talk_about_one_is_none(case: str) -> None:
    assert not looks_like_order(OTHERS[case], "Re: order")


def test_a_forwarded_order_counts_although_it_is_quoted() -> None:
    assert looks_like_order(OTHERS["quoted"], "Fwd: order")
    assert looks_like_order(OTHERS["quoted"], "VS: ordre")


def test_the_subject_may_name_the_document() -> None:
    text = "10 stk skruer\n5 stk bolte\nLevering uge 12"
    assert not looks_like_order(text, "Hej")
    assert looks_like_order(text, "Bestilling")


@pytest.mark.parametrize(
    "text", ["Order no. 4711", "Ordrenr.: 4711", "PO-1177", "Rechnung Nr. RE-2026", "Faktura 4711"]
)
def test_a_number_is_seen(text: str) -> None:
    assert states_number(text)


def test_a_sale_states_no_number() -> None:
    assert not states_number("Order now and save 50 %! Invoice later, 30 days free.")


def test_html_is_read_as_rows() -> None:
    html = "<style>x</style><p>Order&nbsp;1</p><table><tr><td>Bolt</td><td>12</td></tr><tr><td>Nut</td></tr></table>"
    assert html_to_text(html) == "Order 1\n\nBolt\t12\n\nNut"


@pytest.mark.parametrize(
    "html", ["", "<", "<![CDATA[x", "<p" * 5000, "<div>" * 5000 + "x", "\x00", "<!ENTITY x>", "&#xD800;"]
)
def test_broken_html_is_text(html: str) -> None:
    html_to_text(html).encode("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "order\n" + "- " * 90_000,
        "order\n" + "-" * 190_000,
        "order\n" + "•" * 190_000,
        "order\n" + " " * 190_000 + "x",
        "order total\n" + ("a 1.00" + " " * 90_000 + "x\n") * 2,
        "order total\n" + ("a 1.00" + " " * 190 + "x\n") * 900,
        "order\n" + "\x1f" * 190_000,
        "order\n" + ("- " * 99 + "\n") * 950,
    ],
    ids=["bullets", "dashes", "dots", "blanks", "long gap", "gaps", "separators", "many lines"],
)
def test_a_hostile_text_is_judged_quickly(text: str) -> None:
    began = time.process_time()
    looks_like_order(text)
    assert time.process_time() - began < 1


def test_an_indented_list_is_still_an_order() -> None:
    assert looks_like_order(
        "Bestilling\n" + " " * 30 + "- 10 stk skruer\n" + " " * 30 + "* 5 stk bolte\nLevering uge 12\n"
    )
    assert looks_like_order("Invoice\n  Bolts 12.00   \n  Nuts 3.50 EUR  \nTotal\n")
