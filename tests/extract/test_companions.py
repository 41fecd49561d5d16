"""The same invoice as XML and as PDF in one message: the XML counts, and only a true picture of it is set aside."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.document import WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, ModelVersion, Source
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.extract.companions import companions

NATIVE, PAGE = WordsFrom.EINVOICE, WordsFrom.TEXT_LAYER


def read(words_from: WordsFrom, number: str | None = "471102", gross: str | None = "125.00") -> Extraction:
    said = {HeaderField.INVOICE_NUMBER: number, HeaderField.GROSS_TOTAL: gross}
    return Extraction(
        file="a",
        sha256="0" * 64,
        pages=1,
        words_from=words_from,
        kind=KindGuess(Kind.INVOICE, 1.0),
        model=ModelVersion("test", "1"),
        fields={name: Field(value, value, 1.0, Source.RULE) for name, value in said.items() if value is not None},
    )


def test_a_page_with_the_same_number_and_total_is_a_picture() -> None:
    assert companions([read(PAGE), read(NATIVE)]) == {0: 1}
    assert companions([read(NATIVE), read(WordsFrom.OCR)]) == {1: 0}


def test_an_einvoice_takes_any_number_of_pictures() -> None:
    assert companions([read(PAGE), read(NATIVE), read(PAGE)]) == {0: 1, 2: 1}


def test_each_picture_goes_with_its_own_einvoice() -> None:
    other = "471103"
    assert companions([read(NATIVE), read(PAGE, other), read(NATIVE, other), read(PAGE)]) == {1: 2, 3: 0}


def test_another_number_or_total_is_another_document() -> None:
    assert companions([read(PAGE, "471103"), read(NATIVE)]) == {}
    assert companions([read(PAGE, gross="126.00"), read(NATIVE)]) == {}


def test_a_sign_is_how_credit_notes_are_written_and_a_zero_more_is_the_same_amount() -> None:
    assert companions([read(PAGE, gross="-125"), read(NATIVE)]) == {0: 1}


def test_a_total_that_was_not_found_contradicts_nothing() -> None:
    assert companions([read(PAGE, gross=None), read(NATIVE)]) == {0: 1}
    assert companions([read(PAGE), read(NATIVE, gross=None)]) == {0: 1}


def test_without_a_number_nothing_is_known_to_be_the_same() -> None:
    assert companions([read(PAGE, None), read(NATIVE, None)]) == {}


def test_two_einvoices_are_never_pictures_of_each_other() -> None:
    assert companions([read(NATIVE), read(NATIVE)]) == {}


def test_two_pages_without_an_einvoice_are_both_judged() -> None:
    assert companions([read(PAGE), read(PAGE)]) == {}


@given(
    st.lists(
        st.builds(
            read,
            st.sampled_from([NATIVE, PAGE]),
            st.sampled_from([None, "1", "2"]),
            st.sampled_from([None, "1.00", "2.00"]),
        ),
        max_size=8,
    )
)
def test_every_picture_has_an_einvoice_that_stays(extractions: list[Extraction]) -> None:
    found = companions(extractions)
    for picture, native in found.items():
        assert extractions[picture].words_from is not NATIVE
        assert extractions[native].words_from is NATIVE
        assert native not in found
