"""What posting needs survives its way through the engine's JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.decision import ApprovedDocument, Decision, LineMatch, Route, ValidatedDocument
from pipeline.domain.document import WordsFrom
from pipeline.domain.extraction import Extraction, KindGuess, ModelVersion
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.steps.approval import approval_of, approve

EXTRACTION = Extraction(
    "a.pdf", "0" * 64, 1, WordsFrom.EINVOICE, KindGuess(Kind.INVOICE, 1.0), ModelVersion("bilag-rules", "1")
)


def decision(route: Route) -> Decision:
    return Decision(route, "CHECKS_PASSED", "Every check passed.", (), {}, "default", None)


ids = st.none() | st.text(min_size=1, max_size=5)
matches = st.builds(LineMatch, st.integers(0, 99), order_line_id=ids, product_id=ids)
documents = st.builds(
    ValidatedDocument,
    st.just(EXTRACTION),
    st.just(()),
    party_id=ids,
    purchase_order_id=ids,
    line_matches=st.lists(matches, max_size=4).map(tuple),
    assumed=st.dictionaries(st.sampled_from(HeaderField), st.text(max_size=8), max_size=3),
)


@given(documents)
def test_an_approved_document_is_put_together_again(document: ValidatedDocument) -> None:
    approved = ApprovedDocument(document, decision(Route.POST))

    kept = json.loads(json.dumps(approval_of(approved)))

    assert approve(EXTRACTION, approved.decision, kept) == approved


@pytest.mark.parametrize("route", [Route.REVIEW, Route.DEAD_LETTER])
def test_what_was_not_approved_cannot_be(route: Route) -> None:
    approval = approval_of(ApprovedDocument(ValidatedDocument(EXTRACTION, ()), decision(Route.POST)))
    with pytest.raises(ValueError, match="cannot be approved"):
        approve(EXTRACTION, decision(route), approval)
