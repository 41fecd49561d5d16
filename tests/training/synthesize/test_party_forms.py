"""Names and address blocks as others set them: close together, over two lines, under a trade name."""

from collections.abc import Callable, Iterator

from training.synthesize.content.compose import compose
from training.synthesize.content.content import Content
from training.synthesize.family import dice_of, family_of
from training.synthesize.generate import Draft, generate_with_proof
from training.synthesize.layout.page import lay_out


def _documents(fits: Callable[[Content, dict[str, str]], bool]) -> Iterator[Draft]:
    for seed in range(1, 3000):
        dice = dice_of(seed, 0, family_of(seed))
        content = compose(dice.child("content"))
        _, sheet = lay_out(content, dice.child("layout"))
        if fits(content, sheet.design.traits):
            made, drafts = generate_with_proof(seed)
            if not drafts:
                yield made


def test_lines_of_two_parties_are_a_blank_or_three_apart() -> None:
    gaps = []
    for made, _ in zip(
        _documents(lambda c, t: t.get("parties.shape") == "close" and c.variant == "invoice"), range(6), strict=False
    ):
        page = made.document.pages[0]
        tagged = zip(page.words, made.document.tags, strict=False)
        words = [(word.box, tag[2:].partition("_")[0]) for word, tag in tagged if tag and tag != "O"]
        parties = [(box, role) for box, role in words if role in ("seller", "buyer", "delivery")]
        gaps += [
            (right.x0 - left.x1) * page.width / made.sheet.style.size
            for left, one in parties
            for right, other in parties
            if one != other and abs(left.centre[1] - right.centre[1]) < left.height / 2 and right.x0 > left.x1
        ]
    assert gaps
    assert min(gaps) < 1.2


def test_a_name_in_two_lines_is_one_value() -> None:
    def fits(content: Content, traits: dict[str, str]) -> bool:
        wrapped = traits.get("buyer.name_in_two") == "yes" and traits.get("page.listing") != "yes"
        return wrapped and content.variant == "invoice" and " " in content.buyer.name and traits.get("slip") != "slip"

    made = next(_documents(fits))
    words = [word for page in made.document.pages for word in page.words]
    tagged = list(zip(words, made.document.tags, strict=True))
    first = next(index for index, (_, tag) in enumerate(tagged) if tag == "B-buyer_name")
    assert first
    tops = [round(word.box.y0, 2) for word, tag in tagged if tag and tag.endswith("-buyer_name")]
    assert len(set(tops)) > 1
    assert made.document.fields["buyer_name"] == made.sheet.content.buyer.name


def test_a_trade_name_is_nobodys_and_the_legal_name_is_the_sellers() -> None:
    made = next(_documents(lambda c, t: bool(c.seller.trade) and c.variant == "invoice" and "logo" not in str(t)))
    seller = made.sheet.content.seller
    trade = seller.trade.split()[0]
    assert trade.lower() not in seller.name.lower().split()
    texts = [word.text for page in made.document.pages for word in page.words]
    tags = [tag for text, tag in zip(texts, made.document.tags, strict=True) if text == trade]
    assert "B-seller_name" not in tags
    assert made.document.fields["seller_name"] == seller.name
