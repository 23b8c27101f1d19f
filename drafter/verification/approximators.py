"""What approximators promise: 近 is below, 超 is above, 约 is about (DOMAIN §3.2 N25, N26).

>>> within(Decimal("96.1"), Fraction(37100, 386), leaning("超"))
True
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction


class Leaning(Enum):
    """On which side of the printed number the true one lies."""

    NONE = "as printed"
    ABOUT = "about"
    BELOW = "below"
    ABOVE = "above"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How far an approximate number may be from the true one; settings, our own proposal.

    Shares of the printed number; for 三成 and 三分之一 shares of the whole (0.025 = 2.5 points).
    """

    about: Decimal = Decimal("0.05")
    """约X: the true number lies within X ± 5 %."""
    below: Decimal = Decimal("0.9")
    """近X, 不足X: it lies below X, but not below 90 % of it."""
    at_most: Decimal = Decimal("0.5")
    """X以内, 不超过X: a bound says less than 近, yet no number far below is meant."""
    above: Decimal = Decimal("1.1")
    """超X, X余: it lies above X, up to 110 % of it or to the next round number."""
    fraction: Decimal = Decimal("0.025")
    """三成, 四分之一 without a word: that share, give or take."""
    fraction_below: Decimal = Decimal("0.034")
    """近三分之一 begins at 30 %."""
    fraction_above: Decimal = Decimal("0.1")
    """超三成 ends at four tenths, 过半 at six."""
    coarse: Decimal = Decimal("0.02")
    """Rounding of operands explains no more than this share of a quotient of theirs."""
    doubling: Decimal = Decimal("0.02")
    """翻一番: twice, give or take (N04)."""


DEFAULT = Tolerances()

_WORDS = (
    (Leaning.AT_MOST, re.compile("以下|以内|不超|不多于|不高于|不大于|至多|最多")),
    (Leaning.ABOUT, re.compile("约|左右|上下|大概|大致|大体|前后")),
    (Leaning.BELOW, re.compile("近|不足|不到|接近|将近")),
    (Leaning.AT_LEAST, re.compile("突破|以上|不少于|不低于|至少|不小于")),
    (Leaning.ABOVE, re.compile("超|逾|过$|余|多|大于|高于|开外|好几|几|数")),
)


def leaning(word: str | None) -> Leaning:
    """What an approximator as written promises; 达 and 达到 promise the number itself."""
    if not word:
        return Leaning.NONE
    for kind, pattern in _WORDS:
        if pattern.search(word):
            return kind
    return Leaning.NONE


def alike(one: Leaning, other: Leaning) -> bool:
    """Words that lean the same way are the same promise (突破, 超, 余)."""
    above = (Leaning.ABOVE, Leaning.AT_LEAST)
    return one is other or (one in above and other in above)


def within(
    said: Decimal, source: Decimal | Fraction, kind: Leaning, tolerances: Tolerances = DEFAULT
) -> bool:
    """The source keeps what `said` with such a word promises; both in the claim's unit."""
    printed, true = Fraction(said), Fraction(source)
    if kind is Leaning.ABOUT:
        return abs(printed - true) <= Fraction(tolerances.about) * abs(printed)
    if kind is Leaning.BELOW:
        return Fraction(tolerances.below) * printed <= true < printed
    if kind is Leaning.AT_MOST:
        return Fraction(tolerances.at_most) * printed <= true <= printed
    ceiling = max(printed + Fraction(round_step(said)), Fraction(tolerances.above) * printed)
    if kind is Leaning.ABOVE:
        return printed < true < ceiling
    if kind is Leaning.AT_LEAST:
        return printed <= true < ceiling
    return printed == true


def fraction_within(
    said: Fraction, source: Fraction, kind: Leaning, tolerances: Tolerances = DEFAULT
) -> bool:
    """The same for 三成, 三分之一 and 过半; both are shares of the whole (N06, N26)."""
    if kind in (Leaning.BELOW, Leaning.AT_MOST):
        floor = said - Fraction(tolerances.fraction_below)
        return floor <= source and (source < said or (kind is Leaning.AT_MOST and source == said))
    if kind in (Leaning.ABOVE, Leaning.AT_LEAST):
        reached = source > said or (kind is Leaning.AT_LEAST and source == said)
        return reached and source < said + Fraction(tolerances.fraction_above)
    return abs(source - said) <= Fraction(tolerances.fraction)


def round_step(value: Decimal) -> Decimal:
    """The next round step above a printed number: 100 for 400, 10 for 350, 1 for 36."""
    digits = value.normalize()
    exponent = digits.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounded to so many decimals as people do: a half goes away from nought.

    Decimals below nought round to tens and hundreds.
    """
    step = Fraction(1, 10**places) if places >= 0 else Fraction(10**-places)
    scaled = abs(value) / step
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (whole if value >= 0 else -whole) * step
