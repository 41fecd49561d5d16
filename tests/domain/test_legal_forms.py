import pytest

from pipeline.domain.legal_forms import company_core, has_legal_form, is_legal_form


@pytest.mark.parametrize(
    "word", ["ApS", "A/S", "AS", "GmbH", "gmbh", "B.V.", "bv", "S.p.A.", "s.r.l.", "Ltd.", "AB", "Co."]
)
def test_printed_legal_forms(word: str) -> None:
    assert is_legal_form(word)


@pytest.mark.parametrize("word", ["as", "da", "sa", "ag", "ab", "e.g.", "private", "is", "Co", "Nordlys", "&", ""])
def test_words_that_only_look_like_legal_forms(word: str) -> None:
    assert not is_legal_form(word)


def test_a_legal_form_follows_a_name() -> None:
    assert has_legal_form("Papirhuset Nord A/S")
    assert not has_legal_form("GmbH")
    assert not has_legal_form("12 AB")


def test_forms_and_case_do_not_count_when_names_are_compared() -> None:
    assert company_core("Lindemann Bürotechnik GmbH & Co. KG") == company_core("LINDEMANN BUROTECHNIK")
    assert company_core("Au bon moulin S.A.R.L.") == "au bon moulin"
    assert company_core("GmbH") == "gmbh"
