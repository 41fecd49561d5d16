"""Components of the layouts: where their words stand and what is marked."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Box
from training.synthesize.content.party import party
from training.synthesize.generate import Draft, draft
from training.synthesize.layout.others import _OTHERS
from training.synthesize.variety import traits_of

SEEDS = range(260)


@pytest.fixture(scope="module")
def traits() -> list[dict[str, str]]:
    return [traits_of(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def drafts_with(traits: list[dict[str, str]]) -> Callable[..., list[Draft]]:
    """Return a way to get up to four drafts whose layout made given choices and that can be read back."""

    def found(**wanted: str) -> list[Draft]:
        names = {name.replace("__", "."): value for name, value in wanted.items()}
        seeds = [s for s, t in zip(SEEDS, traits, strict=True) if all(t.get(n) == v for n, v in names.items())]
        made = [made for seed in seeds[:6] if not (made := draft(seed)).mistakes][:4]
        assert made, f"no document of {len(SEEDS)} with {names}"
        return made

    return found


def boxes(made: Draft, span: str, row: int = -1) -> list[tuple[int, Box]]:
    """Return page and place of each word that begins a value of `span`, in reading order."""
    words = [(page.number, word.box) for page in made.document.pages for word in page.words]
    document = made.document
    tagged = zip(words, document.tags, document.rows, strict=True)
    return [place for place, tag, at in tagged if tag == f"B-{span}" and row in (-1, at)]


def test_a_strip_has_its_totals_in_one_row(drafts_with: Callable[..., list[Draft]]) -> None:
    seen = 0
    for made in drafts_with(totals__shape="strip", strip__place="full"):
        spans = ("net_total", "tax_total", "gross_total")
        if not all(boxes(made, span) for span in spans):
            continue  # a listing or a statement, which have no strip
        rows = [{(page, round(box.centre[1], 2)) for page, box in boxes(made, span)} for span in spans]
        seen += bool(rows[0] & rows[1] & rows[2])
    assert seen


def test_a_senders_line_is_small_and_above_the_recipient(drafts_with: Callable[..., list[Draft]]) -> None:
    seen = 0
    for made in drafts_with(sender_line="yes", parties__shape="recipient_left"):
        content = made.sheet.content
        role, other = ("seller", "buyer") if content.issuer is content.seller else ("buyer", "seller")
        to = boxes(made, f"{other}_name")[0][1]
        near = [b for page, b in boxes(made, f"{role}_name") if page == 1 and 0 < to.centre[1] - b.centre[1] < 0.1]
        assert near
        seen += any(box.height < to.height for box in near)
    assert seen


def test_ids_of_further_parties_are_nobodys(drafts_with: Callable[..., list[Draft]]) -> None:
    for made in drafts_with(parties__others="yes"):
        content, design = made.sheet.content, made.sheet.design
        words = [word.text for page in made.document.pages for word in page.words]
        for name in _OTHERS:
            if name not in design.traits["parties.which"]:
                continue
            other = party(content.seller.country, content.language, design.loose(f"party/{name}"))
            registered = other.identity.registration
            number = other.identity.vat_id or (registered.number if registered is not None else None)
            if number is None:
                continue
            last = number.text.split()[-1]
            at = [index for index, word in enumerate(words) if last in word]
            assert at
            assert any(made.document.tags[index] == "O" for index in at)


def test_a_listing_states_each_line_below_the_other(drafts_with: Callable[..., list[Draft]]) -> None:
    for made in drafts_with(page__listing="yes"):
        content = made.sheet.content
        assert len(made.document.lines) == len(content.items)
        assert all({"description", "net_amount", "quantity"} <= set(line) for line in made.document.lines)
        if made.sheet.design.traits["listing.lines"] == "table":
            continue
        (page, text), (other, amount) = (boxes(made, f"line.{n}", 0)[0] for n in ("description", "net_amount"))
        assert page != other or abs(text.centre[1] - amount.centre[1]) > text.height / 2


def test_side_columns_stand_beside_the_text(drafts_with: Callable[..., list[Draft]]) -> None:
    for made in drafts_with(page__side="yes"):
        left = made.sheet.design.traits["side.at"] == "left"
        style = made.sheet.style
        edge = style.margin[0] if left else style.margin[0] + style.width
        wide = style.width + style.margin[0] + style.margin[2]
        dates = [box.x0 * wide for page, box in boxes(made, "issue_date") if page == 1]
        if dates and "number" not in made.sheet.design.traits.get("title.shape", ""):
            assert any(x < edge if left else x > edge for x in dates)


def test_due_dates_stand_at_the_foot(drafts_with: Callable[..., list[Draft]]) -> None:
    for made in drafts_with(due__at_foot="yes"):
        if made.sheet.design.traits.get("page.listing") == "yes":
            continue
        due, issued = boxes(made, "due_date"), boxes(made, "issue_date")
        assert due
        assert all((page, box.y0) < (due[-1][0], due[-1][1].y0) for page, box in issued[:1])


def test_rows_of_the_totals_add_up_when_charges_follow_the_tax(drafts_with: Callable[..., list[Draft]]) -> None:
    for made in drafts_with(totals__charges_after_tax="yes"):
        content = made.sheet.content
        if content.faults:
            continue
        charged = sum(charge.amount for charge in content.charges)
        assert content.totals.items + charged + content.totals.tax == content.totals.gross
        assert "net_total" not in made.document.fields or made.sheet.design.traits["totals.shape"] == "strip"
