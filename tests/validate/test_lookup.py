"""What the ERP is asked, and what comes back."""

from dataclasses import replace

from pipeline.adapters.erp.memory import MemoryErp
from pipeline.demo.company import COMPANY
from pipeline.domain.decision import ApprovedDocument
from pipeline.domain.policy import Policy
from pipeline.post.entry import entry_of
from pipeline.validate.decide import decide
from pipeline.validate.facts import EarlierDocument, SenderFacts
from pipeline.validate.lookup import gather
from pipeline.validate.validate import validate
from tests.validate.documents import TODAY, bill, customer_order

POLICY = Policy()


def test_the_orders_of_every_reference_are_found_by_number_or_variant() -> None:
    erp = MemoryErp.of(COMPANY)
    for reference, numbers in [
        ("PO-2043", ["PO-2043"]),
        ("po 2043", ["PO-2043"]),
        ("Bestellung Nr. 2043", ["PO-2043"]),
        ("PO-2041 / PO-2042", ["PO-2041", "PO-2042"]),
        ("Anna", []),
        ("PO-9999", []),
    ]:
        found = gather(bill(purchase_order_reference=reference), erp, POLICY).orders
        assert [order.number for order in found] == numbers, reference


def test_a_bill_booked_before_is_found_but_not_as_its_own_duplicate() -> None:
    erp = MemoryErp.of(COMPANY)
    first = bill()
    decided = decide(validate(first, gather(first, erp, POLICY), POLICY, TODAY), POLICY)
    assert isinstance(decided, ApprovedDocument), decided.decision.message
    erp.post(entry_of(decided))

    again = gather(first, erp, POLICY)
    assert again.own_record is not None
    assert "DUPLICATE" not in {f.code for f in validate(first, again, POLICY, TODAY).findings}

    scanned = replace(first, sha256="cd" * 32)
    known = gather(scanned, erp, POLICY)
    assert [b.number for b in known.bills] == ["RE-2026-0417"]
    assert "DUPLICATE" in {f.code for f in validate(scanned, known, POLICY, TODAY).findings}
    assert "PO_QUANTITY_EXCEEDED" in {f.code for f in validate(scanned, known, POLICY, TODAY).findings}


def test_a_customer_order_asks_for_customers_and_products() -> None:
    erp = MemoryErp.of(COMPANY)
    sender, earlier = SenderFacts("a@b.example"), (EarlierDocument("a.pdf", "cd" * 32, "posted"),)
    known = gather(customer_order(), erp, POLICY, sender=sender, earlier=earlier)
    assert len(known.customers) == len(COMPANY.customers)
    assert len(known.products) == len(COMPANY.products)
    assert (known.suppliers, known.orders, known.bills) == ((), (), ())
    assert (known.sender, known.earlier) == (sender, earlier)


def test_a_supplier_that_is_unknown_has_no_bills_to_ask_for() -> None:
    erp = MemoryErp.of(COMPANY)
    unknown = bill(seller_name="Nobody at all", without=["seller_vat_id", "iban"])
    assert gather(unknown, erp, POLICY).bills == ()
