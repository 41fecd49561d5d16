"""Near-duplicates are found, others are not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from training.dataset.likeness import alike, resemblance, shingles, signatures

SENTENCE = "please pay the amount of 200 euros within 14 days of the date of this invoice to the account below"
TEXT = SENTENCE.split()


def changed(words: list[str], *places: int) -> list[str]:
    return [f"other{i}" if i in places else word for i, word in enumerate(words)]


def test_texts_that_differ_in_numbers_only_are_the_same() -> None:
    other = ["350" if word == "200" else word for word in TEXT]
    assert resemblance(shingles(TEXT), shingles(other)) == 1.0


def test_pairs_of_near_duplicates_are_found_among_others() -> None:
    long = [f"{word}{i}" for i in range(12) for word in ("alpha", "beta", "gamma", "delta", "epsilon")]
    words = [word.translate({ord(c): chr(97 + int(c)) for c in "0123456789"}) for word in long]
    texts = [words, changed(words, 59), TEXT, list(reversed(words))]
    assert list(alike(signatures(texts), 0.7)) == [(0, 1)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=6, max_size=40), min_size=2, max_size=6))
def test_a_signature_agrees_with_itself_and_every_reported_pair_is_alike(texts: list[list[str]]) -> None:
    found = signatures([*texts, texts[0]])
    pairs = list(alike(found, 0.95))
    assert any({0, len(texts)} == {a, b} or a == 0 for a, b in pairs)
    for a, b in pairs:
        assert float((found[a] == found[b]).mean()) >= 0.95
