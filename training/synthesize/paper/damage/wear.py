"""What happens to paper before it meets a device: offices use it, and it ages."""

from collections.abc import Iterator

from training.synthesize.paper.damage import light, marks, toner, warps
from training.synthesize.paper.damage.draws import between, either, grey, often
from training.synthesize.paper.damage.picture import Chance, Component

_INKS = ((30, 40, 130), (25, 25, 35), (150, 25, 40), (20, 90, 60))
_STAMPS = (
    ("PAID",),
    ("BETALT",),
    ("BEZAHLT",),
    ("PAYE",),
    ("BETAALD",),
    ("PAGADO",),
    ("COPY",),
    ("KOPI",),
    ("ORIGINAL",),
    ("RECEIVED", "{day} {month} {year}"),
    ("MODTAGET", "{day} {month} {year}"),
    ("EINGEGANGEN", "{day}. {month}. {year}"),
    ("RECU LE", "{day} {month} {year}"),
    ("ONTVANGEN", "{day}-{month}-{year}"),
    ("ANKOM", "{year}-{month}-{day}"),
    ("BOOKED", "{day}/{month}/{year}", "No. {number}"),
    ("Geprueft", "Konto {number}"),
    ("GODKENDT", "Konto {number}", "{day}.{month}.{year}"),
)


def used(chance: Chance, harm: float) -> Iterator[Component]:
    """What offices do to paper: stamps, notes, ticks, holes, staples."""
    if often(chance, 0.22):
        yield _stamp(chance)
    if often(chance, 0.08):
        yield _stamp(chance)
    ink = _INKS[int(chance.integers(len(_INKS)))]
    if often(chance, 0.2):
        yield _note(chance, ink)
    if often(chance, 0.12):
        first = between(chance, 0.25, 0.6)
        x = between(chance, 0.05, 0.95)
        places = tuple((x + either(chance, 0.02), first + i * 0.03) for i in range(int(chance.integers(1, 7))))
        shape = ("tick", "cross", "ring")[int(chance.integers(3))]
        yield marks.Ticks(places, between(chance, 7, 14), shape, ink)
    if often(chance, 0.15):
        heights = ((0.43, 0.57), (0.165, 0.43, 0.57, 0.835))[int(chance.integers(2))]
        dark = grey(between(chance, 10, 60)) if often(chance, 0.5) else grey(between(chance, 215, 245))
        yield marks.PunchHoles(heights, between(chance, 26, 36), dark)
    if often(chance, 0.12):
        at = (between(chance, 0.03, 0.08), between(chance, 0.02, 0.05))
        yield marks.Staple(at, between(chance, -60, 20), often(chance, 0.5))
    if often(chance, 0.03):
        at = (between(chance, 0, 1), between(chance, 0, 1))
        yield marks.CupRing(at, between(chance, 90, 120), between(chance, 0.2, 0.6))
    if often(chance, 0.12):
        yield marks.BleedThrough(
            between(chance, 0.04, 0.1 + 0.2 * harm), (between(chance, 0, 0.1), between(chance, 0, 0.1))
        )


def _stamp(chance: Chance) -> marks.Stamp:
    filling = {
        "day": f"{chance.integers(1, 29):02d}",
        "month": f"{chance.integers(1, 13):02d}",
        "year": str(chance.integers(2009, 2028)),
        "number": str(chance.integers(1000, 99999)),
    }
    lines = tuple(line.format(**filling) for line in _STAMPS[int(chance.integers(len(_STAMPS)))])
    return marks.Stamp(
        lines,
        _INKS[int(chance.integers(len(_INKS)))],
        (between(chance, 0.15, 0.85), between(chance, 0.08, 0.92)),
        either(chance, 25),
        between(chance, 14, 30),
        ring=often(chance, 0.2),
    )


def _note(chance: Chance, ink: tuple[int, int, int]) -> marks.Handwriting:
    return marks.Handwriting(
        (between(chance, 0.05, 0.75), between(chance, 0.04, 0.95)),
        tuple(int(n) for n in chance.integers(2, 9, int(chance.integers(1, 4)))),
        between(chance, 9, 17),
        either(chance, 12),
        ink,
        underlined=often(chance, 0.25),
    )


def aged(chance: Chance, harm: float) -> Iterator[Component]:
    """What printing, folding and time do."""
    if often(chance, 0.3):
        pale = between(chance, 0, 60 + 90 * harm)
        yellow = between(chance, 0, 26)
        yield light.Tone((252, int(252 - yellow / 3), int(250 - yellow)), grey(pale))
    if often(chance, 0.1 + 0.25 * harm):
        yield toner.WornInk(between(chance, 0.05, 0.15 + 0.5 * harm))
    if often(chance, 0.35 * harm + 0.1):
        for at in ((0.333, 0.667), (0.5,), (0.25, 0.5, 0.75))[int(chance.integers(3))]:
            yield warps.Fold(
                at + either(chance, 0.02), either(chance, 0.001 + 0.003 * harm), between(chance, 0.05, 0.35)
            )
        if often(chance, 0.25):
            yield warps.Fold(0.5, either(chance, 0.002), between(chance, 0.05, 0.3), level=False)
