"""Receipts as mails print them, and what documents say of their total again."""

from collections.abc import Iterator

from pipeline.domain.money import to_plain
from pipeline.domain.vocabulary import Kind
from training.synthesize.content.compose import compose
from training.synthesize.family import dice_of, family_of
from training.synthesize.generate import Draft, generate_with_proof
from training.synthesize.layout.page import lay_out


def _documents(**wanted: str) -> Iterator[Draft]:
    traits = {name.replace("__", "."): value for name, value in wanted.items()}
    for seed in range(1, 3000):
        dice = dice_of(seed, 0, family_of(seed))
        content = compose(dice.child("content"))
        _, sheet = lay_out(content, dice.child("layout"))
        if traits.items() <= sheet.design.traits.items():
            made, drafts = generate_with_proof(seed)
            if not drafts:
                yield made


def test_a_mailed_receipt_states_what_was_paid() -> None:
    for made, _ in zip(_documents(receipt__mailed="yes", mailed__amount_paid="yes"), range(5), strict=False):
        content = made.sheet.content
        assert made.document.kind is Kind.RECEIPT
        assert made.document.fields["prepaid_amount"] == to_plain(content.totals.gross)
        assert [line["description"] for line in made.document.lines] == [item.description for item in content.items]


def test_rides_and_subscriptions_are_of_one_each() -> None:
    found = 0
    for seed in range(1, 900):
        content = compose(dice_of(seed, 0, family_of(seed)).child("content"), kind=Kind.RECEIPT)
        fares = [item for item in content.items if item.quantity == 1 and item.net == item.price and not item.details]
        found += len(fares) == len(content.items) <= 4
        assert content.totals.gross > 0
    assert found > 100


def test_the_total_in_words_and_in_another_currency_is_no_field() -> None:
    for trait in ("total.in_words", "total.in_other_currency"):
        made = next(_documents(**{trait: "yes"}))
        currencies = {
            word.text
            for word, tag in zip((w for p in made.document.pages for w in p.words), made.document.tags, strict=True)
            if tag == "B-currency"
        }
        ways = made.sheet.content.convention
        assert currencies <= {ways.currency, ways.sign}
