"""Seller and buyer: by their labels first, then by the letterhead and the window of the envelope."""

from dataclasses import dataclass, field, replace

from pipeline.domain.legal_forms import has_legal_form
from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.labels.labels import ALONE
from pipeline.extract.rules.labels.linking import Linker
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.candidates import Candidate
from pipeline.extract.rules.page.layout import Layout
from pipeline.extract.rules.parties.letterhead import Letterhead
from pipeline.extract.rules.parties.party import Party, same_name
from pipeline.extract.rules.parties.party_labels import PartyHeading, PartyLabels
from pipeline.extract.rules.parties.signature import signed_by

_SURE = 0.6  # of a name in the letterhead


@dataclass(frozen=True)
class Parties:
    """The parties of a document, those that were found, and the labels that announce them."""

    seller: Party | None = None
    buyer: Party | None = None
    delivery: Party | None = None
    headings: tuple[PartyHeading, ...] = field(default_factory=tuple)


def parties_of(
    layout: Layout, linker: Linker, candidates: list[Candidate], kind: Kind, *, written: bool = False
) -> Parties:
    """Find the labelled parties first; the others must differ from them.

    The letterhead is the issuer's: the buyer's on a purchase order, else the seller's. A message (`written`) has no
    letterhead: its issuer is who signed it.
    """
    labels = PartyLabels(layout, linker, kind)
    headings = tuple(labels.headings())
    seller, buyer, delivery = (labels.labelled(headings, role) for role in (Role.SELLER, Role.BUYER, Role.SHIP_TO))
    if seller and buyer and same_name(seller.name, buyer.name):
        seller = None
    if written:
        signed = signed_by(layout, linker)
        if kind is Kind.PURCHASE_ORDER:
            return Parties(seller, buyer or signed, delivery, headings)
        return Parties(seller or signed, buyer, delivery, headings)
    letterhead = Letterhead(layout, linker, candidates)
    if kind is Kind.PURCHASE_ORDER:
        if seller and not buyer and letterhead.heads(seller.name) and (other := letterhead.window(seller, delivery)):
            seller, buyer = other, seller
        seller, buyer = _completed(letterhead, addressee=seller, issuer=buyer, delivery=delivery, own_goods=True)
    else:
        person = seller if seller and not seller.address and not has_legal_form(seller.name) else None
        seller = None if person else seller  # "Vendedor: Ana García" is a person who sells
        unsure = any(role is Role.BUYER and label.phrase in ALONE for label, role in headings)
        heads = buyer is not None and not seller and unsure and letterhead.heads(buyer.name)
        if buyer and heads and (other := letterhead.window(buyer, delivery)):
            seller, buyer = buyer, other  # "Firma" over the sender's own address
        receipt = kind is Kind.RECEIPT
        buyer, seller = _completed(letterhead, addressee=buyer, issuer=seller, delivery=delivery, receipt=receipt)
        if person and (seller is None or seller.confidence < _SURE):
            seller = person
    return Parties(seller, buyer, delivery, headings)


def _completed(
    letterhead: Letterhead,
    addressee: Party | None,
    issuer: Party | None,
    delivery: Party | None,
    *,
    own_goods: bool = False,
    receipt: bool = False,
) -> tuple[Party | None, Party | None]:
    """Complete addressee and issuer by the window and the letterhead.

    Goods are delivered to the issuer of an order (`own_goods`), else to the addressee. Most receipts name no buyer.
    """
    if addressee is None:
        addressee = letterhead.window(issuer, delivery, any_block=not receipt)
    if addressee is None and delivery and not own_goods and not (issuer and same_name(issuer.name, delivery.name)):
        addressee = replace(delivery, confidence=0.5)
    if issuer is None:
        issuer = letterhead.issuer(addressee, None if own_goods else delivery)
    if issuer and not issuer.address:
        issuer = letterhead.with_address(issuer, addressee)
    return addressee, issuer
