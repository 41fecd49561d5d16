"""A reading without the rules: only their typed candidates and the document's habits are left."""

from dataclasses import replace

from models.decode.decode import Ruled
from pipeline.domain.extraction import KindGuess
from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.header.header import Header


def nothing_ruled(ruled: Ruled) -> Ruled:
    """Return what the rules read, without any field, line or kind."""
    return replace(ruled, header=Header(KindGuess(Kind.OTHER, 0.0), {}, ()), lines=())
