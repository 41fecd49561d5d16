"""Who sent it, who is to be paid, and to which account."""

from dataclasses import replace

from pipeline.domain.mail import Authentication, AuthenticationVerdict
from pipeline.validate.facts import ErpFacts, SenderFacts
from tests.validate.documents import (
    SUPPLIERS,
    bill,
    facts,
    field,
)
from tests.validate.situations.row import NO_PO, Row, block, warn

LINDEMANN = SUPPLIERS[1]


def from_sender(address: str, **checks: AuthenticationVerdict) -> ErpFacts:
    """Return the facts of a message from this address."""
    return facts(sender=SenderFacts(address, Authentication(**checks)))


SUPPLIER = [
    Row(
        "unknown supplier",
        bill(seller_name="Fjordtek AS", without=["seller_vat_id", "iban"]),
        (block("SUPPLIER_UNKNOWN"),),
    ),
    Row("nothing says who sent it", bill(without=["seller_name", "seller_vat_id", "iban"]), (block("FIELD_MISSING"),)),
    Row("our own VAT id read as the seller's", bill(seller_vat_id="DK10150817"), told=("SUPPLIER_MATCHED",)),
    Row("known by name in other words", bill(seller_name="LINDEMANN BUEROTECHNIK", without=["seller_vat_id", "iban"])),
    Row(
        "similar name, nothing else",
        bill(seller_name="Lindeman Burotechnik", without=["seller_vat_id", "iban", "purchase_order_reference"]),
        (warn("SUPPLIER_AMBIGUOUS"),),
        facts(orders=()),
        NO_PO,
    ),
    Row(
        "similar name, and the supplier's own address wrote",
        bill(seller_name="Lindeman Burotechnik", without=["seller_vat_id", "iban", "purchase_order_reference"]),
        (),
        facts(orders=(), sender=SenderFacts("Rechnung@lindemann-buero.example")),
        NO_PO,
    ),
    Row(
        "two suppliers of one name",
        bill(without=["seller_vat_id", "iban"]),
        (block("SUPPLIER_AMBIGUOUS"),),
        facts(suppliers=(*SUPPLIERS, replace(LINDEMANN, id="S9", name="Lindemann Bürotechnik AG"))),
    ),
    Row(
        "two suppliers of one VAT id, told apart by the account",
        bill(),
        (),
        facts(suppliers=(replace(LINDEMANN, id="S0", ibans=()), *SUPPLIERS)),
    ),
    Row(
        "VAT id of one, account of another",
        bill(iban="DK5000400440116243"),
        (block("SUPPLIER_AMBIGUOUS"), block("IBAN_CHANGED")),
    ),
    Row("account changed", bill(iban="GB33BUKB20201555555555"), (block("IBAN_CHANGED"),)),
    Row(
        "one reading of the account is the known one",
        bill(iban=field("GB33BUKB20201555555555", 0.9, field("DE89370400440532013000", 0.1))),
    ),
    Row(
        "the ERP has no account",
        bill(),
        (warn("IBAN_UNKNOWN"),),
        facts(suppliers=(replace(LINDEMANN, ibans=()),)),
    ),
    Row("domestic account of the IBAN", bill(account_number="0532013000", without=["iban"])),
    Row("another domestic account", bill(account_number="0532013111", without=["iban"]), (block("IBAN_CHANGED"),)),
    Row("made out to somebody else", bill(buyer_name="Sydlys Lager A/S"), (block("NOT_ADDRESSED_TO_US"),)),
    Row("buyer's VAT id is another's", bill(buyer_vat_id="DK13585628"), (block("NOT_ADDRESSED_TO_US"),)),
    Row("addressed to a person with us", bill(buyer_name="Nordlys Kontor ApS, Att. Bogholderiet")),
    Row(
        "our own invoice",
        bill(seller_name="Nordlys Kontor ApS", without=["seller_vat_id", "iban"]),
        (block("NOT_ADDRESSED_TO_US"), block("SUPPLIER_UNKNOWN")),
    ),
]

SENDER = [
    Row("trusted domain", bill(), (), from_sender("rechnung@lindemann-buero.example")),
    Row("our own people forward", bill(), (), from_sender("anna@nordlys-kontor.example")),
    Row(
        "DMARC failed",
        bill(),
        (block("SENDER_UNTRUSTED"),),
        from_sender("rechnung@lindemann-buero.example", dmarc=AuthenticationVerdict.FAIL),
    ),
    Row(
        "SPF failed, no DKIM",
        bill(),
        (block("SENDER_UNTRUSTED"),),
        from_sender("a@lindemann-buero.example", spf=AuthenticationVerdict.FAIL),
    ),
    Row(
        "SPF failed by forwarding, DKIM holds",
        bill(),
        (),
        from_sender("a@lindemann-buero.example", spf=AuthenticationVerdict.FAIL, dkim=AuthenticationVerdict.PASS),
    ),
    Row("look-alike domain", bill(), (block("SENDER_UNTRUSTED"),), from_sender("rechnung@lindernann-buero.example")),
    Row("same name, other ending", bill(), (block("SENDER_UNTRUSTED"),), from_sender("rechnung@lindemann-buero.co")),
    Row("another supplier's domain", bill(), (warn("SENDER_UNTRUSTED"),), from_sender("billing@brightwater.example")),
    Row("a platform", bill(), (), from_sender("noreply@billing-platform.example"), told=("SENDER_UNTRUSTED",)),
    Row(
        "named as trusted",
        bill(),
        (),
        facts(
            sender=SenderFacts(
                "x@lindernann-buero.example", Authentication(dmarc=AuthenticationVerdict.FAIL), trusted=True
            )
        ),
    ),
]

ROWS = [*SUPPLIER, *SENDER]
