"""Families are never parted, sides never move, the real test stays frozen."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.index import entries
from training.dataset.kinship import leaks
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import read_shards, write_shards
from training.split import SIDES, BrokenDataset, Shares, freeze, main, split

EVEN = Shares(validation=0.2, calibration=0.2, test=0.2, real_validation=0.2, real_calibration=0.2, real_test=0.4)


def document(name: str, group: str, seller: str = "", origin: Origin = Origin.REAL, text: str = "") -> LabelledDocument:
    letters = name.translate({ord(digit): chr(97 + int(digit)) for digit in "0123456789"})
    words = text.split() or [f"{letters}{chr(97 + i)}" for i in range(26)]
    page = Page(1, 595.0, 842.0, tuple(Word(word, Box(0.1, 0.1, 0.2, 0.2)) for word in words))
    return LabelledDocument(
        id=name,
        origin=origin,
        licence="MIT",
        group=group,
        kind=Kind.INVOICE,
        language="en",
        words_from=WordsFrom.TEXT_LAYER,
        quality=QualityBand.CLEAN,
        pages=(page,),
        tags=("O",) * len(words),
        rows=(-1,) * len(words),
        fields={"seller_name": seller} if seller else {},
    )


def real(count: int) -> list[LabelledDocument]:
    return [document(f"real-{i}", f"group-{i % 20}", f"Company{chr(97 + i % 20)} Ltd") for i in range(count)]


def generated(count: int) -> list[LabelledDocument]:
    return [document(f"generated-{i}", f"generated-{i}", "Same Name", Origin.GENERATED) for i in range(count)]


def run(documents: Iterable[LabelledDocument], folder: Path, frozen: Path | None = None) -> dict[str, str]:
    """Split documents and return the side of each."""
    write_shards(documents, folder / "in", "x")
    split([folder / "in"], folder / "out", EVEN, frozen or folder / "none.json")
    return {
        found.id: side for side in SIDES for found in read_shards(sorted((folder / "out").glob(f"{side}-*.parquet")))
    }


def test_every_document_has_one_side_and_groups_are_whole(tmp_path: Path) -> None:
    documents = [*real(60), *generated(60)]
    sides = run(documents, tmp_path)
    assert sides.keys() == {d.id for d in documents}
    for group in {d.group for d in documents}:
        assert len({sides[d.id] for d in documents if d.group == group}) == 1
    assert {sides[d.id] for d in documents if d.origin is Origin.REAL} <= set(SIDES) - {"test"}
    assert {sides[d.id] for d in documents if d.origin is Origin.GENERATED} <= set(SIDES) - {"real_test"}
    assert set(sides.values()) == set(SIDES)


def test_a_document_stays_on_its_side_when_others_come(tmp_path: Path) -> None:
    before = run(generated(40), tmp_path)
    after = run(generated(80), tmp_path)
    assert before.items() <= after.items()


def test_one_sender_and_nearly_one_text_are_not_parted(tmp_path: Path) -> None:
    text = " ".join(f"word{chr(97 + i)}" for i in range(26))
    names = ("Nordholz", "Nordholz GmbH", "GLN 4300001000005 Nordholz GmbH")
    tied = [document(f"r{i}", f"g{i}", names[i % 3]) for i in range(9)]
    copies = [document(f"c{i}", f"h{i}", text=f"{text} {i}") for i in range(8)]
    sides = run([*tied, *copies], tmp_path)
    assert len({sides[d.id] for d in tied}) == 1
    assert len({sides[d.id] for d in copies}) == 1


def test_the_frozen_test_takes_no_more_and_lends_its_senders_to_no_one(tmp_path: Path) -> None:
    first = run(real(40), tmp_path)
    frozen = tmp_path / "frozen.json"
    assert freeze(tmp_path / "out", frozen) == list(first.values()).count("real_test") > 0
    own = next(d for d in real(40) if first[d.id] == "real_test")
    fresh = [document(f"late-{i}", f"late-{i}", f"Late{chr(97 + i)}") for i in range(26)]
    again = run([*real(40), *fresh, document("newcomer", own.group)], tmp_path, frozen)
    assert {name for name, side in again.items() if side == "real_test"} == {
        name for name, side in first.items() if side == "real_test"
    }
    assert "newcomer" not in again
    assert {d.id for d in fresh} <= again.keys()


def test_the_check_finds_what_stands_on_two_sides(tmp_path: Path) -> None:
    one, other = document("a", "g", "Nordholz"), document("b", "h", "Nordholz GmbH")
    copy = replace(document("c", "k"), pages=one.pages)
    left = list(entries(write_shards([one], tmp_path, "left")))
    right = list(entries(write_shards([other, copy], tmp_path, "right")))
    found = " ".join(leaks({"train": left, "test": right}))
    assert "sender “nordholz” is in test and train" in found
    assert "a in train and c in test have nearly the same text" in found
    assert leaks({"train": left, "test": []}) == []


def test_a_broken_document_stops_the_split(tmp_path: Path) -> None:
    with pytest.raises(BrokenDataset, match="no tag"):
        run([replace(document("a", "g"), tags=("B-colour",) * 26)], tmp_path)


def test_the_command_makes_valid_empty_sides_of_nothing(tmp_path: Path) -> None:
    main([str(tmp_path / "nowhere"), "--out", str(tmp_path / "out"), "--frozen", str(tmp_path / "none.json")])
    assert sorted(p.name for p in (tmp_path / "out").glob("*.parquet")) == sorted(f"{s}-00000.parquet" for s in SIDES)
