"""Interval arithmetic: what was rounded is accepted, what no rounding explains is not."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from drafter.numerals import read_mentions
from drafter.records.mention import Mention
from drafter.verification.approximators import DEFAULT, half_up
from drafter.verification.derivations.operands import (
    difference,
    operand,
    quotient,
    remainder,
    root,
    total,
)
from drafter.verification.derivations.stating import states
from tests.builders import row

places = st.integers(0, 3)
amounts = st.fractions(Fraction(20), Fraction(9000), max_denominator=9973)
counts = st.integers(1, 5000)


def printed(value: Fraction, decimals: int) -> str:
    rounded = half_up(value, decimals)
    whole = Decimal(rounded.numerator) / Decimal(rounded.denominator)
    return f"{whole:.{decimals}f}"


def claim(words: str) -> Mention:
    (mention,) = [one for one in read_mentions(words) if one.claim]
    return mention


def percent(value: Fraction, decimals: int) -> Mention:
    return claim(f"占比{printed(value, decimals)}%。")


def money(value: Fraction, decimals: int) -> Mention:
    return claim(f"投资{printed(value, decimals)}亿元。")


def cell(value: Fraction, decimals: int) -> str:
    return f"投资={printed(value, decimals)}亿元"


def amount(value: Fraction, decimals: int):
    kept = row(cell(value, decimals))
    assert kept.value is not None
    return operand(kept, kept.value)


def count(value: int):
    kept = row(f"企业={value}家")
    assert kept.value is not None
    return operand(kept, kept.value)


@given(counts, counts, places)
def test_a_share_of_counts_is_accepted_rounded_half_up_and_not_a_step_beside(
    part: int, more: int, decimals: int
):
    whole = part + more
    found = quotient("N13", count(part), count(whole), "{a}{b}")
    assert found is not None
    true = Fraction(part, whole) * 100
    step = Fraction(1, 10**decimals)
    assume(half_up(true, decimals) - step > 0)
    assert states(percent(true, decimals), found)
    assert not states(percent(half_up(true, decimals) + step, decimals), found)
    assert not states(percent(half_up(true, decimals) - step, decimals), found)


@given(amounts, amounts, places, places)
def test_a_share_of_rounded_amounts_is_accepted(
    one: Fraction, other: Fraction, decimals: int, said: int
):
    part, whole = sorted((one, other))
    found = quotient("N06", amount(part, decimals), amount(whole, decimals), "{a}{b}")
    assert found is not None
    true = part / whole * 100
    # Two per cent is what coarse operands may explain; from two digits on they never need as much.
    assume(decimals or part > 100)
    assert states(percent(true, said), found)


@given(amounts, amounts, places, places, st.sampled_from([-1, 1]))
def test_a_share_beyond_what_rounding_explains_is_not(
    one: Fraction, other: Fraction, decimals: int, said: int, side: int
):
    part, whole = sorted((one, other))
    found = quotient("N06", amount(part, decimals), amount(whole, decimals), "{a}{b}")
    assert found is not None
    edge = found.high if side > 0 else found.low
    wrong = edge + side * 2 * Fraction(1, 10**said)
    assume(wrong > 0)
    assert not states(percent(wrong, said), found)


@given(st.lists(amounts, min_size=2, max_size=6), places)
def test_sums_of_rounded_amounts_allow_half_a_step_for_each_part(
    parts: list[Fraction], decimals: int
):
    found = total("N11", [amount(part, decimals) for part in parts])
    step = Fraction(1, 10**decimals)
    exact = sum(parts, Fraction(0))
    assert states(money(exact, decimals), found)
    shown = sum((half_up(part, decimals) for part in parts), Fraction(0))
    # |Σ − t| ≤ ½·10⁻ᵖ·(n + 1): DOMAIN N11
    widest = step * (len(parts) + 1) / 2
    assert not states(money(shown + widest + step, decimals), found)
    assert not states(money(shown - widest - step, decimals), found)


@given(amounts, amounts, places)
def test_differences_and_rests_are_one_arithmetic(one: Fraction, other: Fraction, decimals: int):
    small, large = sorted((one, other))
    gap = difference("N02", amount(large, decimals), amount(small, decimals))
    left = remainder("N12", amount(large, decimals), [amount(small, decimals)])
    assert (gap.low, gap.high) == (left.low, left.high)
    assume(large - small > Fraction(1, 10**decimals))
    assert states(money(large - small, decimals), gap)


@given(st.integers(1, 400), st.integers(1, 400))
def test_counts_add_up_to_the_unit(one: int, other: int):
    found = total("N11", [count(one), count(other)])
    assert states(claim(f"企业{one + other}家。"), found)
    assert not states(claim(f"企业{one + other + 1}家。"), found)
    assert not states(claim(f"投资{one + other}亿元。"), found)


@given(st.fractions(Fraction(1, 10), Fraction(50), max_denominator=999), st.integers(2, 6))
def test_a_root_taken_back_is_the_number(value: Fraction, degree: int):
    assert abs(root(value, degree) ** degree - value) < Fraction(1, 10**40)


@given(st.integers(1, 9), st.integers(1, 9))
def test_figures_of_one_digit_prove_no_wide_range(top: int, bottom: int):
    found = quotient("N06", amount(Fraction(top), 0), amount(Fraction(bottom), 0), "{a}{b}")
    assert found is not None
    middle = Fraction(top, bottom) * 100
    slack = Fraction(DEFAULT.coarse) * middle + (found.middle - middle)
    assert not states(percent(middle + 2 * abs(slack) + 2, 1), found)
