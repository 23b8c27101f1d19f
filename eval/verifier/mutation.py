"""What an operator does to a text: one change, and whether it makes the text false."""

from collections.abc import Callable
from dataclasses import dataclass

from eval.verifier.scenes import Case


@dataclass(frozen=True, slots=True)
class Change:
    """`text[start:end]` becomes `words`."""

    start: int
    end: int
    words: str

    def apply(self, text: str) -> str:
        """The changed text."""
        return text[: self.start] + self.words + text[self.end :]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change, and whether the changed text is false by the proof's own check."""

    change: Change
    false: bool


Corruption = Callable[[Case], Mutation | None]
"""A corruption of one claim; None where the operator does not apply to it."""


def replaced(case: Case, words: str, *, false: bool) -> Mutation:
    """The claim's own words become others."""
    return Mutation(Change(case.claim.start, case.claim.end, words), false)


def from_before(case: Case, place: int, words: str, *, false: bool) -> Mutation:
    """From a place before the claim to its end the text becomes other words."""
    return Mutation(Change(place, case.claim.end, words), false)
