"""What speaks for a value that was decoded, as numbers that a calibration turns into a probability."""

from dataclasses import astuple, dataclass, fields


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one value; all numbers are from 0 to 1, except those that count, which end at 3.

    `model` is the chance that the network gives the value's words (0 where it tags other words), `rules` the confidence
    of the rules in the same value (0 where they say another or none), `rival` the strongest support of any other value
    from either, `lead` how far the chosen value's weight is above the next one's. `held` and `broken` count the checks
    it takes part in (sums, checksums, order of dates) that hold or do not. `repeated` counts how often it is printed,
    `proven` says that it can be read one way only, `reader` is the mean confidence of its words' reader.
    """

    model: float = 0.0
    rules: float = 0.0
    rival: float = 0.0
    lead: float = 0.0
    held: float = 0.0
    broken: float = 0.0
    repeated: float = 0.0
    proven: float = 0.0
    reader: float = 1.0

    def numbers(self) -> tuple[float, ...]:
        """Return the numbers in the order of `EVIDENCE`."""
        return astuple(self)


EVIDENCE: tuple[str, ...] = tuple(f.name for f in fields(Evidence))
"""The names of the numbers, in the order that fixes a calibration's weights."""
