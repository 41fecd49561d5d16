"""Seller and buyer, chosen together: nobody bills himself, and an address stands under the name that it belongs to."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from models.decode.options import Option
from models.decode.totals import Weighed
from pipeline.domain.folding import fold
from pipeline.domain.vocabulary import HeaderField

Options = Mapping[HeaderField, Sequence[Weighed]]
Chosen = dict[HeaderField, Weighed]

SELLER = (HeaderField.SELLER_NAME, HeaderField.SELLER_ADDRESS, HeaderField.SELLER_VAT_ID)
BUYER = (HeaderField.BUYER_NAME, HeaderField.BUYER_ADDRESS, HeaderField.BUYER_VAT_ID)
_OTHER_SIDE = dict(zip((*SELLER, *BUYER), (*BUYER, *SELLER), strict=True))
_ADDRESSES = frozenset({SELLER[1], BUYER[1]})
_ISSUERS = frozenset({HeaderField.SELLER_EMAIL})
_TOP = 4
_ADJOINS = 0.8
"""What it adds to an address's log odds to stand under the name of its party, and takes away to stand under the
other's."""
_APART = 2.5
"""How many line heights under a name its address begins, at most."""
_SURE = 0.6
"""How sure the rules are of a value of which the network's tags give a part only."""
_CONTRARY = 0.5
"""The chance from which the network says that a name is the other party's."""


def choose_parties(options: Options) -> Chosen:
    """Return the likeliest names, addresses and VAT ids of both parties; what weighs too little is absent."""
    best: Chosen = {}
    highest = float("-inf")
    for names in _pairs(options, 0):
        for addresses in _pairs(options, 1):
            chosen = (*names, *addresses)
            if any(n and a and _share(n.option, a.option) for n, a in product(names, addresses)):
                continue
            weight = sum(w.weight for w in chosen if w) + _stand(names, addresses)
            if weight > highest:
                highest = weight
                fields = (SELLER[0], BUYER[0], SELLER[1], BUYER[1])
                best = {name: w for name, w in zip(fields, chosen, strict=True) if w}
    ids = max(_pairs(options, 2), key=lambda pair: sum(w.weight for w in pair if w))
    return best | {name: w for name, w in zip((SELLER[2], BUYER[2]), ids, strict=True) if w}


def whole(ranked: Sequence[Weighed]) -> list[Weighed]:
    """Return options without those that are a part of what the rules surely read: they speak for the whole of it."""
    sure = max(ranked, key=lambda w: w.option.rules, default=None)
    if sure is None or sure.option.rules < _SURE:
        return list(ranked)
    parts = [w for w in ranked if not w.option.rules and w.option.words and _within(w.option, sure.option)]
    lifted = Weighed(sure.option, max(w.weight for w in (sure, *parts)))
    return [lifted, *(w for w in ranked if w is not sure and w not in parts)]


def as_ordered(options: Options) -> dict[HeaderField, Sequence[Weighed]]:
    """Return the options of a purchase order, by the rules alone where the network takes both parties for each other.

    An order is the buyer's paper; a letterhead that bills have taught to be the seller's misleads the network.
    """
    named = [_ruled(options, name) for name in (SELLER[0], BUYER[0])]
    if not all(w and _model_of(options, _OTHER_SIDE[_field(w)], w) > _CONTRARY for w in named):
        return dict(options)
    sides = {name: [w for w in options.get(name, ()) if w.option.rules] for name in (*_OTHER_SIDE, *_ISSUERS)}
    return {**options, **{name: [Weighed(w.option, max(w.weight, 0.1)) for w in ws[:1]] for name, ws in sides.items()}}


def _ruled(options: Options, name: HeaderField) -> Weighed | None:
    ruled = [w for w in options.get(name, ()) if w.option.rules]
    return max(ruled, key=lambda w: w.option.rules, default=None)


def _model_of(options: Options, name: HeaderField, weighed: Weighed) -> float:
    """Return the chance that the network gives a value to be another field."""
    same = (w.option.model for w in options.get(name, ()) if w.option.key == weighed.option.key)
    return max(same, default=0.0)


def _field(weighed: Weighed) -> HeaderField:
    return HeaderField(weighed.option.name)


def _pairs(options: Options, kind: int) -> Iterator[tuple[Weighed | None, Weighed | None]]:
    """Yield what seller and buyer may have of one kind of value, never the same."""
    sellers, buyers = (_tried(options, side[kind]) for side in (SELLER, BUYER))
    for seller, buyer in product(sellers, buyers):
        if seller and buyer and (seller.option.key == buyer.option.key or _share(seller.option, buyer.option)):
            continue
        yield seller, buyer


def _tried(options: Options, name: HeaderField) -> list[Weighed | None]:
    ranked = sorted(options.get(name, ()), key=lambda w: -w.weight)
    likely = [w for w in ranked if w.weight > -_ADJOINS]
    return [None, *likely[:_TOP]]


def _within(part: Option, whole: Option) -> bool:
    """Say whether an option is some of the words of another, or begins or ends as it does wherever it stands.

    Of an address only the beginning counts: what the rules put before it may be the name's.
    """
    words, some = (fold(o.value).replace(",", " ").split() for o in (whole, part))
    if part.name in _ADDRESSES:
        return 0 < len(some) < len(words) and words[: len(some)] == some
    ends = 0 < len(some) < len(words) and some in (words[: len(some)], words[-len(some) :])
    return set(part.words) < set(whole.words) or ends


def _share(first: Option, second: Option) -> bool:
    return bool(set(first.words) & set(second.words))


def _stand(names: Sequence[Weighed | None], addresses: Sequence[Weighed | None]) -> float:
    """Return what it says that each address stands under its party's name or the other's."""
    weight = 0.0
    for side, address in enumerate(addresses):
        own, other = names[side], names[1 - side]
        if address:
            weight += _ADJOINS * (_adjoins(own, address) - _adjoins(other, address))
    return weight


def _adjoins(name: Weighed | None, address: Weighed) -> bool:
    """Say whether an address begins right under a name, in the same column."""
    if name is None or name.option.box is None or address.option.box is None:
        return False
    if name.option.page != address.option.page:
        return False
    upper, lower = name.option.box, address.option.box
    below = -0.5 * upper.height <= lower.y0 - upper.y1 <= _APART * upper.height
    return below and lower.x0 < upper.x1 and upper.x0 < lower.x1
