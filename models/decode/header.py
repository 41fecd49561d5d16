"""The header fields that are not totals, chosen so that no words serve two of them."""

from collections.abc import Mapping, Sequence

from models.decode.parties import BUYER, SELLER, as_ordered, choose_parties, whole
from models.decode.totals import Checks, Weighed
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, HeaderField

_MAY_SHARE = (
    frozenset({HeaderField.SELLER_REGISTRATION_ID, HeaderField.SELLER_VAT_ID}),
    frozenset({HeaderField.ISSUE_DATE, HeaderField.DELIVERY_DATE}),
)
"""Fields that one value may serve: a Danish CVR number is the VAT id without its prefix."""
_UNLIKE = (
    frozenset({HeaderField.SELLER_NAME, HeaderField.BUYER_NAME}),
    frozenset({HeaderField.SELLER_VAT_ID, HeaderField.BUYER_VAT_ID}),
    frozenset({HeaderField.SELLER_ADDRESS, HeaderField.BUYER_ADDRESS}),
)
"""Fields that never have the same value: nobody bills himself."""
_NAMES = (*SELLER[:2], *BUYER[:2])
_TOP = 4
_OUT_OF_ORDER = 3.0


def choose_header(
    options: Mapping[HeaderField, Sequence[Weighed]], *, ordered: bool = False
) -> dict[HeaderField, Weighed]:
    """Return the likeliest value of every field but the totals; one whose options all weigh too little is absent.

    `ordered` says that the document is a purchase order.
    """
    dates = choose_dates(options)
    options = {**options, **{name: whole(options.get(name, ())) for name in _NAMES}}
    options = as_ordered(options) if ordered else options
    parties = choose_parties(options)
    options = {**options, **{name: [parties[name]] if name in parties else [] for name in (*SELLER, *BUYER)}}
    rest = [
        w
        for name, ranked in options.items()
        if name not in AMOUNT_FIELDS and name not in DATE_FIELDS
        for w in ranked
        if w.weight > 0
    ]
    chosen = dict(dates)
    for weighed in sorted(rest, key=lambda w: -w.weight):
        name = HeaderField(weighed.option.name)
        if name not in chosen and not any(_conflict(weighed, other) for other in chosen.values()):
            chosen[name] = weighed
    return chosen


def choose_dates(options: Mapping[HeaderField, Sequence[Weighed]]) -> dict[HeaderField, Weighed]:
    """Return issue, due and delivery date: the likeliest of which nothing is due before it is issued."""
    best: dict[HeaderField, Weighed] = {}
    highest = float("-inf")
    issues, dues = (_tried(options, name) for name in (HeaderField.ISSUE_DATE, HeaderField.DUE_DATE))
    for issue in issues:
        for due in dues:
            weight = sum(w.weight for w in (issue, due) if w is not None)
            if issue and due:
                if due.option.value < issue.option.value:
                    weight -= _OUT_OF_ORDER
                if _same_words(issue, due):
                    weight -= _OUT_OF_ORDER
            if weight > highest:
                highest = weight
                both = ((HeaderField.ISSUE_DATE, issue), (HeaderField.DUE_DATE, due))
                best = {name: w for name, w in both if w is not None}
    due = best.get(HeaderField.DUE_DATE)
    delivered = (w for w in _tried(options, HeaderField.DELIVERY_DATE)[1:] if w and w.weight > 0)
    delivery = next((w for w in delivered if due is None or not _same_words(w, due)), None)
    return best if delivery is None else {**best, HeaderField.DELIVERY_DATE: delivery}


def date_checks(chosen: Mapping[HeaderField, Weighed]) -> dict[HeaderField, Checks]:
    """Return how the order of dates came out."""
    issue, due = chosen.get(HeaderField.ISSUE_DATE), chosen.get(HeaderField.DUE_DATE)
    if not (issue and due):
        return {}
    check = Checks(held=1) if issue.option.value <= due.option.value else Checks(broken=1)
    return {HeaderField.ISSUE_DATE: check, HeaderField.DUE_DATE: check}


def _tried(options: Mapping[HeaderField, Sequence[Weighed]], name: HeaderField) -> list[Weighed | None]:
    return [None, *sorted(options.get(name, ()), key=lambda w: -w.weight)[:_TOP]]


def _conflict(first: Weighed, second: Weighed) -> bool:
    names = frozenset({HeaderField(first.option.name), HeaderField(second.option.name)})
    if names in _UNLIKE and first.option.key == second.option.key:
        return True
    return names not in _MAY_SHARE and _same_words(first, second)


def _same_words(first: Weighed, second: Weighed) -> bool:
    return bool(set(first.option.words) & set(second.option.words))
