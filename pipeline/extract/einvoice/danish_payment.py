"""Danish payment channels: bank transfer by registration and account number, FIK and giro cards.

Sources: OIOUBL 2.1 guideline G17 (PaymentMeans), Peppol BIS Billing 3 rules DK-R-005 to DK-R-013.
"""

import re
from typing import Final

from lxml import etree

from pipeline.extract.einvoice.tree import text

GIRO: Final = "50"
FIK: Final = "93"
_WITH_REFERENCE: Final = frozenset({"71", "75", "04", "15"})


def account_number(means: etree._Element) -> str | None:
    """Return the creditor's bank account as registration number and account, "1234 1234567890"."""
    account = text(means, "PayeeFinancialAccount/ID")
    branch = text(means, "PayeeFinancialAccount/FinancialInstitutionBranch/ID")
    if account and branch and re.fullmatch(r"\d{4}", branch) and account.isdigit():
        return f"{branch} {account}"
    return account


def is_card(means: etree._Element) -> bool:
    """Say whether a payment is made by FIK or giro card."""
    return text(means, "PaymentMeansCode") in (GIRO, FIK) and card_line(means) is not None


def card_line(means: etree._Element) -> str | None:
    """Return the line of a FIK or giro card as payers type it, "+71<123456789012345+87654321<"; None where it is
    incomplete.

    The card type stands in PaymentID, in Peppol with "#" and sometimes the payer's reference behind it.
    """
    kind, _, behind = (text(means, "PaymentID") or "").partition("#")
    reference = text(means, "InstructionID") or behind
    creditor = text(means, "CreditAccount/AccountID", "PayeeFinancialAccount/ID")
    if not re.fullmatch(r"\d{2}", kind) or not creditor:
        return None
    if kind in _WITH_REFERENCE and not reference:
        return None
    return f"+{kind}<{reference}+{creditor}<"
