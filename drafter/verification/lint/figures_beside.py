"""Figures that stand beside each other in a sentence, as values that rounding leaves open.

A printed amount with p decimals stands for an interval of half a unit of its last place on
either side; counts are exact (DOMAIN §3.2). Sizes are in the unit's own dimension.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from drafter.records.mention import Mention
from drafter.verification.lint.layout import Layout, Stretch

_EXACT = frozenset({"counter", "people", "visits"})


@dataclass(frozen=True, slots=True)
class Interval:
    """What a printed number may stand for, both ends included."""

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        """The printed value."""
        return (self.low + self.high) / 2

    def meets(self, other: "Interval") -> bool:
        """Some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def plus(self, other: "Interval") -> "Interval":
        """All sums."""
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: "Interval") -> "Interval":
        """All differences."""
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: "Interval") -> "Interval | None":
        """All quotients, as a percentage; None where the divisor may be nothing or less."""
        if other.low <= 0:
            return None
        return Interval(self.low / other.high * 100, self.high / other.low * 100)


def interval(claim: Mention) -> Interval:
    """What a claim's number may stand for; its approximator is left out of account."""
    assert claim.number is not None  # noqa: S101 - callers chose claims with a number
    factor = Fraction(claim.unit.factor * claim.unit.to_dimension) if claim.unit else Fraction(1)
    value = Fraction(claim.number.value)
    whole = claim.unit is not None and claim.unit.kind in _EXACT and claim.unit.factor == 1
    half = Fraction(0) if whole else Fraction(1, 2 * 10**claim.number.places)
    return Interval((value - half) * factor, (value + half) * factor)


def plain_numbers(mentions: Sequence[Mention]) -> list[Mention]:
    """Claims with one plain number: no range, no fraction, no date."""
    return [
        one
        for one in mentions
        if one.claim
        and one.number is not None
        and one.number.upto is None
        and one.number.over is None
        and one.kind not in ("date", "period")
    ]


def by_sentence(layout: Layout) -> Iterator[tuple[Stretch, list[Mention]]]:
    """Each sentence that holds plain numbers, with them."""
    claims, at = plain_numbers(layout.mentions), 0
    for start, end in layout.sentences:
        inside = []
        while at < len(claims) and claims[at].start < end:
            inside.append(claims[at])
            at += 1
        if inside:
            yield (start, end), inside


def alike(one: Mention, other: Mention) -> bool:
    """Amounts that may be added and compared."""
    return (
        one.unit is not None
        and other.unit is not None
        and one.kind == other.kind == "quantity"
        and one.unit.dimension == other.unit.dimension
    )


def of_one_counter(claims: Sequence[Mention]) -> bool:
    """Counted in one and the same word: 6个项目 has no part of 142家企业."""
    return len({one.unit.base for one in claims if one.unit is not None}) == 1


def is_cut_off(said: Mention, true: Interval) -> bool:
    """The last printed place is one too low: cut off, not rounded."""
    assert said.number is not None  # noqa: S101 - callers chose claims with a number
    step = Fraction(1, 10**said.number.places)
    value = Fraction(said.number.value)
    return value <= true.high and true.low < value + step


def percent(value: Fraction) -> str:
    """A percentage for a message, to four digits."""
    return f"{float(value):.4g}%"
