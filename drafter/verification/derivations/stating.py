"""Whether a claim, as it is printed, states a value that was computed."""

from fractions import Fraction

from drafter.records.mention import Mention
from drafter.verification.approximators import (
    DEFAULT,
    Leaning,
    Tolerances,
    fraction_within,
    half_up,
    leaning,
    within,
)
from drafter.verification.derivations.operands import Derivation


def states(mention: Mention, derivation: Derivation, tolerances: Tolerances = DEFAULT) -> bool:
    """The claim's printed interval meets the computed one; exact values are rounded half-up."""
    number = mention.number
    if number is None or number.upto is not None or not _of_one_measure(mention, derivation):
        return False
    if number.over is not None:
        share = Fraction(number.value) / Fraction(number.over)
        value = derivation.middle / 100
        return derivation.percent and fraction_within(
            share, value, leaning(mention.approx), tolerances
        )
    factor = _factor(mention, derivation)
    low, high = (one / factor for one in _believable(derivation, tolerances))
    said = Fraction(number.value)
    side = leaning(mention.approx)
    if "番" in mention.text:
        return _doubled(said, low, high, side, tolerances)
    if side is not Leaning.NONE:
        return within(number.value, (low + high) / 2, side, tolerances)
    if low == high:
        return half_up(low, number.places) == said
    half = Fraction(1, 2 * 10**number.places)
    return said - half <= high and low <= said + half


def _believable(derivation: Derivation, tolerances: Tolerances) -> tuple[Fraction, Fraction]:
    """Of a quotient of few digits (9亿 by 7亿) no more than a little about its middle is believed."""
    if not derivation.size:
        return derivation.low, derivation.high
    slack = Fraction(tolerances.coarse) * abs(derivation.size)
    middle = derivation.middle
    return max(derivation.low, middle - slack), min(derivation.high, middle + slack)


def _of_one_measure(mention: Mention, derivation: Derivation) -> bool:
    measure = mention.unit.dimension if mention.unit else ""
    return not (derivation.dimension and measure and derivation.dimension != measure)


def _factor(mention: Mention, derivation: Derivation) -> Fraction:
    """Base units to one unit of the claim; rates are in percent on both sides."""
    if derivation.percent or mention.unit is None:
        return Fraction(1)
    return Fraction(mention.unit.factor) * Fraction(mention.unit.to_dimension)


def _doubled(
    said: Fraction, low: Fraction, high: Fraction, side: Leaning, tolerances: Tolerances
) -> bool:
    """翻一番 is twice, give or take a little (N04); 超 asks for no less."""
    slack = 0 if side in (Leaning.ABOVE, Leaning.AT_LEAST) else Fraction(tolerances.doubling)
    above = side in (Leaning.ABOVE, Leaning.AT_LEAST)
    return high >= said * (1 - slack) and (above or low <= said * (1 + slack))
