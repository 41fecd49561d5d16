"""Chooses among Tryton's purchase taxes by the rate that a document states."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipeline.adapters.erp.tryton_rpc import TrytonRpc
from pipeline.errors import Rejected


class PurchaseTaxes:
    """The company's purchase taxes, read once per bill."""

    def __init__(self, rpc: TrytonRpc, company_id: int) -> None:
        fields = ["name", "rate", "type", "parent", "group.kind"]
        found = rpc.search("account.tax", [("company", "=", company_id)], fields)
        self._all = {int(tax["id"]): tax for tax in found}

    def choose(self, rate: Decimal | None, proposed: Sequence[int]) -> tuple[int, ...]:
        """Return the taxes for a line that is taxed at `rate` percent.

        What Tryton proposes for the product and the supplier holds where the document states no rate or the same one;
        otherwise the one purchase tax with that rate. Raises `Rejected` where there is none, or several.
        """
        if rate is None or (proposed and self._rate(proposed) == rate):
            return tuple(proposed)
        fitting = [tax for tax in self._all.values() if _is_plain(tax) and tax["rate"] * 100 == rate]
        if len(fitting) == 1:
            return (int(fitting[0]["id"]),)
        if not fitting and rate == 0:
            return ()
        if not fitting:
            raise Rejected(
                f"Tryton has no purchase tax of {rate:f} %.",
                operator_hint="Create the tax in Tryton, or correct the rate in review.",
                vendor_code="tax_unknown",
            )
        names = ", ".join(sorted(tax["name"] for tax in fitting))
        raise Rejected(
            f"Tryton has several purchase taxes of {rate:f} %: {names}.",
            operator_hint="Set the right one on the product or in the supplier's tax rule in Tryton.",
            vendor_code="tax_ambiguous",
        )

    def _rate(self, taxes: Sequence[int]) -> Decimal | None:
        """Return the percentage that taxes come to; None where one is not a plain percentage."""
        known = [self._all.get(tax) for tax in taxes]
        if any(tax is None or tax["type"] != "percentage" for tax in known):
            return None
        return sum((tax["rate"] * 100 for tax in known if tax), Decimal(0))


def _is_plain(tax: Mapping[str, Any]) -> bool:
    group = tax["group."]
    return (
        tax["type"] == "percentage"
        and tax["parent"] is None
        and (group is None or group["kind"] in ("purchase", "both"))
    )
