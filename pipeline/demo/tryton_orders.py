"""The demonstration company's purchase orders: placed, confirmed, and delivered as far as goods have arrived."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pipeline.demo.company import DemoOrder, DemoOrderLine

_BUTTONS = {"draft": (), "cancelled": ("quote", "cancel"), "open": ("quote", "confirm", "process")}


class OrderBuilder:
    """Makes purchase orders with the numbers they have on paper."""

    def __init__(
        self,
        model: Callable[[str], Any],
        parties: Mapping[str, Any],
        products: Mapping[str, Any],
        currency: Any,
        ordered_on: date,
    ) -> None:
        self._model = model
        self._parties = parties
        self._products = products
        self._currency = currency
        self._ordered_on = ordered_on

    def make(self, order: DemoOrder) -> None:
        """Place one order. Raises `ValueError` for a state it cannot make, or a number that does not end in digits."""
        if order.state not in _BUTTONS:
            raise ValueError(f"order {order.number}: a demonstration order cannot be {order.state!r}")
        supplier = self._parties[order.supplier]
        purchase = self._model("purchase.purchase")(party=supplier, purchase_date=self._ordered_on)
        for demo in order.lines:
            self._make_supplier_price(supplier, demo)
            line = purchase.lines.new()
            line.product = self._products[demo.product]
            line.quantity = float(demo.quantity)
            line.unit_price = demo.unit_price
        if order.state == "draft":
            # Tryton numbers an order only when it is quoted.
            purchase.reference = order.number
        else:
            self._number_next(order.number)
        purchase.save()
        for button in _BUTTONS[order.state]:
            purchase.click(button)
        if order.state == "open":
            self._receive(purchase, order)

    def _number_next(self, number: str) -> None:
        """Make Tryton call the next order what it is called on paper; only its sequence may number orders."""
        found = re.fullmatch(r"(.*?)(\d+)", number)
        if found is None:
            raise ValueError(f"order {number}: a number has to end in digits")
        (sequence,) = self._model("ir.sequence").find([("sequence_type.name", "=", "Purchase")], limit=1)
        sequence.prefix, digits = found.groups()
        sequence.padding, sequence.number_next = len(digits), int(digits)
        sequence.save()

    def _make_supplier_price(self, supplier: Any, demo: DemoOrderLine) -> None:
        product = self._products[demo.product]
        known = self._model("purchase.product_supplier")
        if known.find([("product", "=", product.id), ("party", "=", supplier.id)], limit=1):
            return
        price = known(template=product.template, product=product, party=supplier, currency=self._currency)
        price.prices.new(quantity=0, unit_price=demo.unit_price)
        price.save()

    def _receive(self, purchase: Any, order: DemoOrder) -> None:
        """Take delivery of what has arrived; what has not stays expected."""
        purchase.reload()
        arrived = {line.id: demo.received for line, demo in zip(purchase.lines, order.lines, strict=True)}
        shipment = self._model("stock.shipment.in")(supplier=purchase.party)
        moves = self._model("stock.move")
        for move in purchase.moves:
            if quantity := arrived[move.origin.id]:
                incoming = moves(move.id)
                incoming.quantity = float(quantity)
                incoming.save()
                shipment.incoming_moves.append(moves(move.id))
        if shipment.incoming_moves:
            for button in ("receive", "do"):
                shipment.click(button)
            purchase.click("process")
