"""Documents become numbers, and come back from the disk as they were, whatever signs their words hold."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.features.texts import Vocabulary
from models.label_scheme import KINDS, TAGS
from pipeline.domain.vocabulary import Kind
from tests.training.train.papers import invoice, with_texts
from training.dataset.record import LabelledDocument
from training.dataset.shards import write_shards
from training.train import examples
from training.train.examples import IGNORED, Example, example_of, examples_of, prepared

ODD = ("\n", "one\ntwo", "\u2028", "\r\n", "", "\x00", "\u0085", "naïve", "\N{GRINNING FACE}", "\ufeff")


def texts_of(example: Example, vocabulary: Vocabulary) -> list[str]:
    known = list(vocabulary.ids)
    return [known[number] for number in example.features.words.tolist()]


def words_of(document: LabelledDocument) -> list[str]:
    return [word.text for page in document.pages for word in page.words]


def same(one: Example, other: Example) -> bool:
    pairs = [(getattr(one.features, name), getattr(other.features, name)) for name in examples._PARTS]
    pairs += [(one.tags, other.tags), (one.begins, other.begins)]
    return one.kind == other.kind and all(np.array_equal(a, b) and a.dtype == b.dtype for a, b in pairs)


def test_tags_rows_and_kind_are_numbered() -> None:
    document = invoice(1)
    tags = ("O", None, *document.tags[2:])
    made = example_of(replace(document, tags=tags), Vocabulary())
    assert made.tags.tolist() == [IGNORED if tag is None else TAGS.index(tag) for tag in tags]
    assert made.kind == KINDS.index(Kind.INVOICE)
    words = words_of(document)
    first = {name: words.index(name) for name in ("Oak", "Steel", "19", "Number:")}
    begins = dict(zip(words, made.begins.tolist(), strict=True))
    assert (begins["Oak"], begins["table"], begins["20.00"]) == (first["Oak"],) * 3
    assert begins["chair"] == begins["21.00"] == first["Steel"]
    assert begins["3.80"] == first["19"]  # the first tax row, not the first line item
    assert begins["Number:"] == begins["R-4001"] == IGNORED


def test_a_word_whose_tag_is_unknown_begins_no_row() -> None:
    document = invoice(1)
    oak = words_of(document).index("Oak")
    tags = tuple(None if number == oak else tag for number, tag in enumerate(document.tags))
    made = example_of(replace(document, tags=tags), Vocabulary())
    assert made.begins[oak] == IGNORED
    assert made.begins[oak + 1] == oak + 1


def test_documents_without_words_are_left_out() -> None:
    bare = replace(invoice(1), pages=(), tags=(), rows=())
    assert len(examples_of([bare, invoice(2)], Vocabulary())) == 1


def test_prepared_documents_are_those_of_the_shards(tmp_path: Path) -> None:
    documents = [with_texts(invoice(1), ODD), invoice(2), with_texts(invoice(3), reversed(ODD))]
    shards = [*write_shards(documents[:2], tmp_path, "a"), *write_shards(documents[2:], tmp_path, "b")]
    at_once = Vocabulary()
    expected = examples_of(documents, at_once)
    for _ in ("made", "read again"):
        found, vocabulary = prepared(shards, tmp_path / "prepared")
        assert [texts_of(e, vocabulary) for e in found] == [words_of(d) for d in documents]
        assert vocabulary.ids == at_once.ids
        assert all(same(*pair) for pair in zip(found, expected, strict=True))


def test_lone_surrogates_do_not_break_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = with_texts(invoice(1), ("\ud800", "a\udfffb", "\ud83d\ude00"))
    shards = write_shards([invoice(1)], tmp_path, "a")  # no shard can hold such words; other sources may

    def read(paths: Sequence[Path]) -> list[LabelledDocument]:
        return [document for _ in paths]

    monkeypatch.setattr(examples, "read_shards", read)
    (found,), vocabulary = prepared(shards, tmp_path / "prepared")
    assert texts_of(found, vocabulary) == words_of(document)


def test_an_empty_shard_is_prepared_as_well(tmp_path: Path) -> None:
    found, vocabulary = prepared(write_shards([], tmp_path, "a"), tmp_path / "prepared")
    assert (found, vocabulary.ids) == ([], {})


def test_only_what_changed_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = examples._write

    def write(shard: Path, path: Path) -> None:
        made.append(shard.name)
        real(shard, path)

    monkeypatch.setattr(examples, "_write", write)
    shards = [*write_shards([invoice(1)], tmp_path, "a"), *write_shards([invoice(2)], tmp_path, "b")]
    prepared(shards, tmp_path / "prepared")
    prepared(shards, tmp_path / "prepared")
    assert made == ["a-00000.parquet", "b-00000.parquet"]
    write_shards([invoice(3)], tmp_path, "b")
    prepared(shards, tmp_path / "prepared")
    assert made[2:] == ["b-00000.parquet"]
    monkeypatch.setattr(examples, "_code", lambda: b"other code")
    prepared(shards, tmp_path / "prepared")
    assert len(made) == 5


def test_a_write_that_is_cut_short_is_not_taken_for_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shards = write_shards([invoice(1)], tmp_path, "a")
    real = np.savez
    monkeypatch.setattr(np, "savez", lambda file, **arrays: (file.write(b"PK"), (_ for _ in ()).throw(OSError("full"))))
    with pytest.raises(OSError, match="full"):
        prepared(shards, tmp_path / "prepared")
    monkeypatch.setattr(np, "savez", real)
    assert len(prepared(shards, tmp_path / "prepared")[0]) == 1
