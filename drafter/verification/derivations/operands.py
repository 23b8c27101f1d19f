"""Figures as intervals, and the arithmetic that derivations are made of (DOMAIN §3.2, §3.4).

A printed x with p decimals stands for [x − ½·10⁻ᵖ, x + ½·10⁻ᵖ]; counts and targets are exact. All in
`Fraction`: no rounding of our own gets between the cells and the verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction

from drafter.records.indicator import Cell, Figure, Indicator
from drafter.records.quantity import plain, unit
from drafter.verification.binding.fields import row_unit

_COUNTED = ("counter", "people", "visits", "none")
_DIGITS = 60
"""Of a root, which no fraction holds."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure as an interval in base units, exact for counts; rates are in percent."""

    label: str
    low: Fraction
    high: Fraction
    cells: tuple[Cell, ...]
    written: str
    dimension: str = ""
    """What its unit converts into; '' where it has none."""

    @property
    def told(self) -> str:
        """How a formula names it: `工业投资 208.6亿元`."""
        return f"{self.label} {self.written}"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A value computed from the table that the claim may be stating."""

    rule: str
    formula: str
    low: Fraction
    high: Fraction
    evidence: tuple[Cell, ...]
    percent: bool = False
    """In percent or points; otherwise in base units."""
    dimension: str = ""
    """What the base units measure: a sum of money is no number of days."""
    size: Fraction = Fraction(0)
    """Of a quotient: the quotient itself, in the value's own measure; else 0."""

    @property
    def middle(self) -> Fraction:
        """The value itself."""
        return (self.low + self.high) / 2

    def turned(self) -> "Derivation":
        """With the other sign: a fall is printed as a positive number."""
        return replace(self, low=-self.high, high=-self.low)


def usable(figure: Figure | None) -> bool:
    """One plain number in its row's unit: no range, no fraction, no 近 or 约, no unit of its own.

    A target of 8 % for an amount in 亿元 is a goal for its growth and divides nothing.
    """
    return (
        figure is not None
        and figure.number.upto is None
        and figure.number.over is None
        and not figure.approx
        and not figure.unit
    )


def operand(
    row: Indicator, figure: Figure, label: str = "", beside: Figure | None = None
) -> Operand:
    """A row's figure with the interval that its written digits stand for.

    A target is what it says: 8亿元 is set, not rounded. Of a row's own two years (and of `beside`, the
    same indicator in another year) the more exact tells how exact all are, since sheets drop a
    trailing nought (22 beside 26.4 is 22.0).
    """
    kept = row_unit(row)
    factor = Fraction(kept.factor) * Fraction(kept.to_dimension)
    value, places = Fraction(figure.number.value), _places(row, figure, beside)
    whole_number = kept.kind in _COUNTED and kept.factor == 1 and not places
    exact = whole_number or figure is row.target
    half = Fraction(0) if exact else Fraction(1, 2 * 10**places)
    return Operand(
        f"{row.name}{label}",
        (value - half) * factor,
        (value + half) * factor,
        (figure.cell,),
        f"{plain(figure.number.value)}{row.unit}",
        kept.dimension,
    )


def amount(row: Indicator) -> Operand | None:
    """A row's own amount, None where it is missing, approximate or a range."""
    if row.value is None or not usable(row.value):
        return None
    return operand(row, row.value)


def _places(row: Indicator, figure: Figure, beside: Figure | None) -> int:
    years = (row.value, row.prior, beside) if figure in (row.value, row.prior) else (figure, beside)
    return max(one.number.places for one in years if one is not None)


def rate(row: Indicator, figure: Figure, label: str, *, exact: bool = False) -> Operand:
    """A figure in percent or points; a goal that was set is exact."""
    value = Fraction(figure.number.value)
    half = Fraction(0) if exact else Fraction(1, 2 * 10**figure.number.places)
    mark = "个百分点" if figure.points or unit(figure.unit).kind == "points" else "%"
    written = f"{plain(figure.number.value)}{mark}"
    return Operand(f"{row.name}{label}", value - half, value + half, (figure.cell,), written)


def quotient(
    rule: str, top: Operand, bottom: Operand, shape: str, *, less: int = 0, times: int = 100
) -> Derivation | None:
    """(a ÷ b − less) · times; None where the divisor may be nought or the whole below it.

    `shape` is the formula with {a} and {b}. With `times` 100 the result is in percent.
    """
    if bottom.low <= 0 or top.high < 0:
        return None
    highest = bottom.high if top.low >= 0 else bottom.low
    low, high = top.low / highest - less, top.high / bottom.low - less
    return Derivation(
        rule,
        shape.format(a=top.told, b=bottom.told),
        low * times,
        high * times,
        top.cells + bottom.cells,
        percent=times == 100,
        size=(top.low + top.high) / (bottom.low + bottom.high) * times,
    )


def difference(rule: str, left: Operand, right: Operand, *, percent: bool = False) -> Derivation:
    """Left − right, in percent or points or in the operands' base unit."""
    return Derivation(
        rule,
        f"{left.told} − {right.told}",
        left.low - right.high,
        left.high - right.low,
        left.cells + right.cells,
        percent=percent,
        dimension="" if percent else left.dimension,
    )


def total(rule: str, parts: Sequence[Operand]) -> Derivation:
    """The sum of one or more amounts of one dimension."""
    return Derivation(
        rule,
        " + ".join(part.told for part in parts),
        sum((part.low for part in parts), Fraction(0)),
        sum((part.high for part in parts), Fraction(0)),
        tuple(cell for part in parts for cell in part.cells),
        dimension=parts[0].dimension,
    )


def remainder(rule: str, whole: Operand, parts: Sequence[Operand]) -> Derivation:
    """What is left of a whole when its parts are taken away."""
    taken = total(rule, parts)
    return Derivation(
        rule,
        " − ".join(one.told for one in (whole, *parts)),
        whole.low - taken.high,
        whole.high - taken.low,
        whole.cells + taken.evidence,
        dimension=whole.dimension,
    )


def root(value: Fraction, degree: int) -> Fraction:
    """The positive root of a positive number, to sixty digits."""
    with localcontext() as context:
        context.prec = _DIGITS
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return Fraction(exact ** (Decimal(1) / Decimal(degree)))
