"""Names, references, pairings and parties are compared as people would."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.legal_forms import company_core
from pipeline.domain.record import Party
from pipeline.validate.matching.assignment import best_pairs
from pipeline.validate.matching.names import company_similarity, contains_company, description_similarity
from pipeline.validate.matching.party_match import PartyEvidence, match_party
from pipeline.validate.matching.references import normal_number, references_in, variants


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Papirhuset Nord A/S", "papirhuset nord"),
        ("Lindemann Bürotechnik GmbH & Co. KG", "lindemann burotechnik"),
        ("Van der Meer Koffie B.V.", "van der meer koffie"),
        ("Atelier Lumière S.à r.l.", "atelier lumiere"),
        ("Brightwater Supplies Ltd.", "brightwater supplies"),
        ("AS Fjordtek", "fjordtek"),
        ("Łódź Papier Sp. z o.o.", "lodz papier"),
        ("A/S", "as"),
        ("  ", ""),
    ],
)
def test_company_core(name: str, core: str) -> None:
    assert company_core(name) == core


def test_company_similarity_ignores_form_and_blanks_but_not_words() -> None:
    assert company_similarity("Bright Water Supplies", "Brightwater Supplies Ltd") > 99
    assert company_similarity("Papirhuset Nord A/S", "Papirhuset Syd A/S") < 90
    assert company_similarity("Nord A/S", "Papirhuset Nord A/S") < 90
    assert company_similarity("GmbH", "") == 0


def test_contains_company() -> None:
    assert contains_company("Att. Anna, Nordlys Kontor ApS, Havnegade 12", "Nordlys Kontor ApS")
    assert not contains_company("Kontor", "Nordlys Kontor ApS")
    assert not contains_company("Sydlys Lager", "Nordlys Kontor ApS")


def test_description_similarity() -> None:
    assert description_similarity("Schreibtischlampe LED 7 W", "Desk lamp LED 7 W") > 0.5
    assert description_similarity("Desk lamp LED 7 W, black", "Desk lamp LED 7 W") > 0.9
    assert description_similarity("", "Desk lamp") == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PO-2041", ("PO-2041",)),
        ("PO-2041, PO-2042", ("PO-2041", "PO-2042")),
        ("2041 og 2042", ("2041", "2042")),
        ("PO-2041/3", ("PO-2041/3",)),
        ("Anna Berg", ()),
    ],
)
def test_references_in(text: str, found: tuple[str, ...]) -> None:
    assert references_in(text) == found


@pytest.mark.parametrize(
    ("reference", "variant"),
    [
        ("Your order no. 2041", "2041"),
        ("Bestellung Nr.: A-17", "A-17"),
        ("PO 2041", "PO-2041"),
        ("0002041", "2041"),
        ("2041", "PO-2041"),
    ],
)
def test_variants(reference: str, variant: str) -> None:
    assert variants(reference)[0] == reference
    assert variant in variants(reference)
    assert len(variants(reference)) <= 6


def test_normal_number() -> None:
    assert normal_number("re-2026/0417 ") == normal_number("RE 2026 0417") == "RE20260417"
    assert normal_number("000123") == "123"


scores = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from([0.5, 0.6, 0.75, 0.9, 1.0]), max_size=16
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(scores)
def test_pairs_are_one_to_one_and_as_good_as_any(scores: dict[tuple[int, int], float]) -> None:
    pairs = best_pairs(scores)
    assert len(set(pairs.values())) == len(pairs)
    assert all(pair in scores for pair in pairs.items())
    best = max(sum(scores.get((left, right), 0) for left, right in enumerate(p)) for p in permutations(range(5)))
    assert sum(scores[pair] for pair in pairs.items()) == pytest.approx(best)


def test_a_large_group_is_paired_quickly_and_one_to_one() -> None:
    size = 200
    scores = {(i, j): 1.0 if i == j else 0.5 for i in range(size) for j in range(size)}
    assert best_pairs(scores) == {i: i for i in range(size)}


ONE = Party("1", "Nordhavn Papir A/S", ("DK13585628",), "13585628", ("DK5000400440116243",), ("a@nordhavn.example",))
TWO = Party("2", "Sydhavn Papir A/S", ("DK25313763",), None, ("GB29NWBK60161331926819",))


@pytest.mark.parametrize(
    ("evidence", "party", "by", "doubtful"),
    [
        (PartyEvidence(vat_id="DK 13 58 56 28"), "1", "VAT id", False),
        (PartyEvidence(vat_id="13585628"), "1", "VAT id", False),
        (PartyEvidence(registration_id="13585628"), "1", "registration id", False),
        (PartyEvidence(iban="dk50 0040 0440 1162 43"), "1", "IBAN", False),
        (PartyEvidence(iban="DK5000400440116243", name="Somebody Else Ltd"), "1", "IBAN", True),
        (PartyEvidence(iban="DK5000400440116243", vat_id="DE136695976"), "1", "IBAN", True),
        (PartyEvidence(vat_id="DK13585628", iban="GB29NWBK60161331926819"), "1", "VAT id", True),
        (PartyEvidence(name="nordhavn papir"), "1", "name", False),
        (PartyEvidence(name="Nordhavn Papir", vat_id="DE136695976"), "1", "name", True),
        (PartyEvidence(name="Nordhavn Papir", email="x@y.example"), "1", "name", False),
        (PartyEvidence(email="A@nordhavn.example"), "1", "e-mail address", False),
        (PartyEvidence(email="b@nordhavn.example"), None, None, False),
        (PartyEvidence(name="Vesthavn Maskiner"), None, None, False),
        (PartyEvidence(), None, None, False),
    ],
)
def test_match_party(evidence: PartyEvidence, party: str | None, by: str | None, doubtful: bool) -> None:
    match = match_party(evidence, (ONE, TWO), 90)
    assert (match.party.id if match.party else None, match.by) == (party, by)
    assert (match.doubt is not None) == doubtful
