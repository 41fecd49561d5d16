"""Documents of one sender share its layout and its name, and nothing else."""

from collections import defaultdict

from training.synthesize.family import family_of
from training.synthesize.generate import draft


def test_a_fifth_of_the_documents_is_of_a_family() -> None:
    assert 0.16 < sum(family_of(seed) is not None for seed in range(3000)) / 3000 < 0.24


def test_families_have_several_documents() -> None:
    members: dict[str, int] = defaultdict(int)
    for seed in range(3000):
        family = family_of(seed)
        if family is not None:
            members[family.name] += 1
    assert sum(members.values()) / len(members) > 2.5


def test_members_share_seller_and_layout_and_group() -> None:
    by_name = defaultdict(list)
    for seed in range(60):
        family = family_of(seed)
        if family is not None:
            by_name[family.name].append(seed)
    name, seeds = max(by_name.items(), key=lambda item: len(item[1]))
    made = [draft(seed) for seed in seeds[:3]]
    assert len(made) == 3
    assert {m.document.group for m in made} == {name}
    assert len({m.sheet.content.issuer.name for m in made}) == 1
    assert len({m.sheet.content.language for m in made}) == 1
    assert (
        len({m.sheet.content.meta[0].value.text for m in made})
        == len({m.sheet.content.recipient.name for m in made})
        == 3
    )
    first, *rest = (m.sheet.design.traits for m in made)
    for other in rest:
        both = [
            n for n in ("archetype", "typeface", "density", "label.case", "head.order") if n in first and n in other
        ]
        assert len(both) >= 2
        assert all(first[n] == other[n] for n in both)


def test_others_stand_alone() -> None:
    alone = next(seed for seed in range(100) if family_of(seed) is None)
    assert draft(alone).document.group == f"generated-{alone:08d}"
    member = next(seed for seed in range(100) if family_of(seed) is not None)
    assert draft(member, 4).document.group == f"generated-{member:08d}"
