"""How much a message may unpack into before the rest is left closed."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one message; sizes in bytes. What exceeds them is skipped with a sentence, never unpacked.

    `depth` counts nested containers of any kind, `ratio` is unpacked to packed size of one archive member and is only
    asked for above `ratio_from` bytes, since small text packs well.
    """

    depth: int = 12
    parts: int = 500
    archive_files: int = 200
    file_bytes: int = 100_000_000
    unpacked_bytes: int = 250_000_000
    ratio: int = 200
    ratio_from: int = 5_000_000


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one message is unpacked."""

    limits: Limits
    parts: int = field(init=False)
    unpacked_bytes: int = field(init=False)

    def __post_init__(self) -> None:
        self.parts = self.limits.parts
        self.unpacked_bytes = self.limits.unpacked_bytes
