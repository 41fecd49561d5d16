"""Seller and buyer: by their labels first, then by the letterhead and the window of the envelope."""

from dataclasses import dataclass, field, replace

from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.candidates import Candidate
from pipeline.extract.rules.layout import Layout
from pipeline.extract.rules.letterhead import Letterhead
from pipeline.extract.rules.linking import Linker
from pipeline.extract.rules.party import Party, same_name
from pipeline.extract.rules.party_labels import PartyHeading, PartyLabels
from pipeline.extract.rules.wordings import Role


@dataclass(frozen=True)
class Parties:
    """The parties of a document, those that were found, and the labels that announce them."""

    seller: Party | None = None
    buyer: Party | None = None
    delivery: Party | None = None
    headings: tuple[PartyHeading, ...] = field(default_factory=tuple)


def parties_of(layout: Layout, linker: Linker, candidates: list[Candidate], kind: Kind) -> Parties:
    """Find the labelled parties first; the others must differ from them.

    The letterhead is the issuer's: the buyer's on a purchase order, else the seller's.
    """
    labels = PartyLabels(layout, linker)
    headings = tuple(labels.headings())
    seller, buyer, delivery = (labels.labelled(headings, role) for role in (Role.SELLER, Role.BUYER, Role.SHIP_TO))
    if seller and buyer and same_name(seller.name, buyer.name):
        seller = None
    letterhead = Letterhead(layout, linker, candidates)
    if kind is Kind.PURCHASE_ORDER:
        seller, buyer = _completed(letterhead, addressee=seller, issuer=buyer, delivery=None)
    else:
        buyer, seller = _completed(letterhead, addressee=buyer, issuer=seller, delivery=delivery)
    return Parties(seller, buyer, delivery, headings)


def _completed(
    letterhead: Letterhead, addressee: Party | None, issuer: Party | None, delivery: Party | None
) -> tuple[Party | None, Party | None]:
    """Complete addressee and issuer by the window and the letterhead."""
    if addressee is None:
        addressee = letterhead.window(issuer)
    if addressee is None and delivery:
        addressee = replace(delivery, confidence=0.5)
    if issuer is None:
        issuer = letterhead.issuer(addressee, delivery)
    if issuer and not issuer.address:
        issuer = letterhead.with_address(issuer, addressee)
    return addressee, issuer
