"""How many words a reader got right: those that are printed, letter by letter, however often; where is not asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """Words printed, words read, and those that are both."""

    printed: int = 0
    read: int = 0
    right: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.printed + other.printed, self.read + other.read, self.right + other.right)

    @property
    def accuracy(self) -> float:
        """The harmonic mean of the parts of printed and of read words that are right; 0 where there are neither."""
        both = self.printed + self.read
        return 2 * self.right / both if both else 0.0


def counted(printed: Iterable[str], read: Iterable[str]) -> Counted:
    """Compare the words of one page as multisets: what was read twice and printed once is right once."""
    truth, found = Counter(printed), Counter(read)
    return Counted(truth.total(), found.total(), (truth & found).total())
