"""Typeface, size, ink and paper of a document."""

from dataclasses import dataclass

from training.synthesize.layout.design import Design
from training.synthesize.locales.countries import Country

# Families by look; the first installed one of a tuple is used, the last ones come with typst or every Debian.
_FACES: dict[str, tuple[tuple[str, ...], float]] = {
    "liberation_sans": (("Liberation Sans",), 9.0),
    "carlito": (("Carlito",), 4.0),
    "open_sans": (("Open Sans",), 3.0),
    "roboto": (("Roboto",), 3.0),
    "lato": (("Lato",), 3.0),
    "dejavu_sans": (("DejaVu Sans",), 2.5),
    "inter": (("Inter",), 2.0),
    "cabin": (("Cabin",), 1.0),
    "karla": (("Karla",), 1.0),
    "manrope": (("Manrope",), 1.0),
    "clear_sans": (("Clear Sans",), 1.0),
    "cantarell": (("Cantarell",), 0.7),
    "gillius": (("Gillius ADF",), 0.8),
    "universalis": (("Universalis ADF Std",), 0.8),
    "pt_sans": (("PT Sans",), 1.2),
    "free_sans": (("FreeSans",), 1.5),
    "quicksand": (("Quicksand",), 0.6),
    "dosis": (("Dosis",), 0.4),
    "narrow": (("Liberation Sans Narrow", "Roboto Condensed"), 1.5),
    "league_spartan": (("League Spartan",), 0.3),
    "liberation_serif": (("Liberation Serif",), 4.0),
    "caladea": (("Caladea",), 1.2),
    "libertinus": (("Libertinus Serif",), 1.5),
    "computer_modern": (("New Computer Modern",), 1.0),
    "garamond": (("EB Garamond",), 0.8),
    "accanthis": (("Accanthis ADF Std",), 0.5),
    "dejavu_serif": (("DejaVu Serif",), 0.8),
    "roboto_slab": (("Roboto Slab",), 0.6),
    "quattrocento": (("Quattrocento",), 0.4),
    "pt_serif": (("PT Serif",), 0.8),
}
_MONO: dict[str, tuple[tuple[str, ...], float]] = {
    "liberation_mono": (("Liberation Mono",), 3.0),
    "courier_prime": (("Courier Prime",), 2.0),
    "dejavu_mono": (("DejaVu Sans Mono",), 1.5),
    "free_mono": (("FreeMono",), 1.0),
    "inconsolata": (("Inconsolata",), 1.0),
    "ocr_b": (("OCR B",), 0.6),
    "jetbrains_mono": (("JetBrains Mono",), 0.5),
    "pt_mono": (("PT Mono",), 0.5),
}
_FALLBACK = ("Liberation Sans", "DejaVu Sans", "Libertinus Serif")
_ACCENTS = (
    "#1f4e79",
    "#b03a2e",
    "#0b6e4f",
    "#e67e22",
    "#5b2c6f",
    "#117a65",
    "#2e4053",
    "#c0392b",
    "#0077b6",
    "#6d4c41",
    "#ad1457",
    "#f9a825",
    "#00838f",
    "#33691e",
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is set. Lengths in points; `heading` is the typeface of titles; `accent` the brand's ink."""

    archetype: str
    fonts: tuple[str, ...]
    heading: tuple[str, ...]
    size: float
    leading: float
    accent: str
    paper: str
    flipped: bool
    margin: tuple[float, float, float, float]
    """Left, top, right, bottom."""
    spread: float
    """Factor on the space between blocks."""
    rule: float

    @property
    def width(self) -> float:
        """The width of the text area in points."""
        sizes = {"a4": (595.0, 842.0), "us-letter": (612.0, 792.0), "strip": (226.0, 800.0)}
        across = sizes[self.paper][1 if self.flipped else 0]
        return across - self.margin[0] - self.margin[2]


ARCHETYPES = {"business": 66.0, "plain": 10.0, "listing": 7.0, "word": 9.0, "sheet": 8.0}


def style(country: Country, design: Design) -> Style:
    """Draw a style."""
    archetype = design.choose("archetype", ARCHETYPES)
    loose = design.loose("style")
    faces = _MONO if archetype == "listing" else _FACES
    face = design.choose("typeface", {name: weight for name, (_, weight) in faces.items()})
    heading = face
    if archetype == "business" and design.flag("heading.other_face", 0.15):
        heading = design.choose("heading.typeface", {name: weight for name, (_, weight) in _FACES.items()})
    density = design.choose("density", {"dense": 3.0, "normal": 5.0, "airy": 2.5, "sparse": 1.5})
    size = {
        "dense": loose.fraction(6.8, 8.2),
        "normal": loose.fraction(8.2, 9.8),
        "airy": loose.fraction(9.2, 11),
        "sparse": loose.fraction(9.5, 12.5),
    }[density]
    flipped = design.choose("orientation", {"portrait": 97.0, "landscape": 3.0}) == "landscape"
    wide = {"dense": (28.0, 45.0), "normal": (36.0, 62.0), "airy": (48.0, 76.0), "sparse": (36.0, 84.0)}[density]
    left = loose.fraction(*wide)
    branded = (
        design.choose("ink", {"black": 4.0, "grey": 1.5, "brand": 5.0})
        if archetype in ("business", "sheet")
        else "black"
    )
    accent = {"black": "#000000", "grey": "#555555", "brand": loose.pick(_ACCENTS)}[branded]
    return Style(
        archetype=archetype,
        fonts=(*faces[face][0], *_FALLBACK),
        heading=(*(faces | _FACES)[heading][0], *_FALLBACK),
        size=round(size, 2),
        leading=round(loose.fraction(0.42, 0.62) + (0.06 if density in ("airy", "sparse") else 0), 3),
        accent=accent,
        paper=country.paper,
        flipped=flipped,
        margin=(
            left,
            loose.fraction(26, 60),
            left if loose.maybe(0.7) else loose.fraction(*wide),
            loose.fraction(40, 70),
        ),
        spread={
            "dense": loose.fraction(0.6, 0.9),
            "normal": loose.fraction(0.9, 1.25),
            "airy": loose.fraction(1.2, 1.8),
            "sparse": loose.fraction(1.8, 4.0),
        }[density],
        rule=loose.pick((0.3, 0.4, 0.5, 0.7, 1.0)),
    )


def strip_style(design: Design) -> Style:
    """Draw the style of a till's receipt: a narrow strip in one typeface."""
    loose = design.loose("strip")
    design.choose("density", {"normal": 1.0})
    faces = _MONO | {
        "narrow": _FACES["narrow"],
        "liberation_sans": _FACES["liberation_sans"],
        "dejavu_sans": _FACES["dejavu_sans"],
    }
    face = design.choose("typeface", {name: weight for name, (_, weight) in faces.items()})
    fonts = (*faces[face][0], *_FALLBACK)
    margin = loose.fraction(8, 16)
    return Style(
        "receipt",
        fonts,
        fonts,
        round(loose.fraction(7.2, 9), 2),
        round(loose.fraction(0.4, 0.6), 3),
        "#000000",
        "strip",
        False,
        (margin, loose.fraction(14, 40), margin, loose.fraction(14, 40)),
        1.0,
        0.5,
    )
