"""Is a mutant false? Decided from the table alone, with nothing of the verifier's code.

Where in doubt a mutant is called true and dropped: the proof counts only what nobody could defend.
"""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from drafter.records.indicator import Figure, Indicator, IndicatorTable
from eval.verifier.quantities import (
    Said,
    alike,
    half_place,
    keeps,
    measure_of,
    meets,
    read_claim,
)

PERCENT_FIELDS = frozenset({"yoy", "share", "completion", "schedule"})
RANK_FIELDS = frozenset({"rank", "yoy_rank"})
_NAMED = 0.6
"""Share of a name's characters from which on a clause may be speaking of that row."""

Interval = tuple[str, Fraction, Fraction]
"""A measure, and a value of it between two bounds."""


def is_true_of(said: Said, row: Indicator) -> bool:
    """The claim says a cell of the row, or a plain derivation from its cells."""
    return any(cell_says(said, row, field, figure) for field, figure in row.figures()) or any(
        alike(measure, said.measure) and (meets(said, low, high) or keeps(said, (low + high) / 2))
        for measure, low, high in derived_from(row)
    )


def cell_says(said: Said, row: Indicator, field: str, figure: Figure) -> bool:
    """The claim says what one cell says."""
    if figure.number.upto is not None or figure.number.over is not None:
        return True  # ranges and fractions are beyond this check: in doubt for the claim
    measure, many = cell_measure(row, field, figure)
    if not alike(measure, said.measure):
        return False
    value = Fraction(figure.number.value) * many
    if figure.approx:
        return said.amount == value  # 近5亿元 in the source: no other number is meant
    return keeps(said, value)


def cell_measure(row: Indicator, field: str, figure: Figure) -> tuple[str, Fraction]:
    """What a cell's number measures."""
    if field in RANK_FIELDS:
        return "第", Fraction(1)
    if field in PERCENT_FIELDS:
        return ("百分点" if figure.points else "%"), Fraction(1)
    if field == "rank_of":
        return "个", Fraction(1)
    return measure_of(figure.unit or row.unit)


def interval(row: Indicator, field: str, figure: Figure) -> Interval:
    """A cell with the rounding that may stand behind it; counts and targets are exact."""
    measure, many = cell_measure(row, field, figure)
    value = Fraction(figure.number.value)
    counted = measure in ("个", "人", "人次", "") and many == 1 and value.denominator == 1
    exact = field == "target" or counted
    half = Fraction(0) if exact else half_place(figure.number.value)
    return measure, (value - half) * many, (value + half) * many


def derived_from(row: Indicator) -> Iterator[Interval]:
    """What may plainly be computed from one row: change, growth, completion, excess, shortfall."""
    if row.value is None:
        return
    now = interval(row, "value", row.value)
    if row.prior is not None:
        yield from of_two(now, interval(row, "prior", row.prior))
    if row.target is not None:
        goal = interval(row, "target", row.target)
        yield from of_two(now, goal)
        for measure, low, high in of_two(now, goal):
            if measure == "%":  # completion in percent, ahead of the goal in points
                yield "百分点", low, high
    if row.completion is not None:
        yield _shifted(interval(row, "completion", row.completion), -100)
    if row.yoy is not None:
        yield _shifted(interval(row, "yoy", row.yoy), 100)


def _shifted(one: Interval, by: int) -> Interval:
    return one[0], one[1] + by, one[2] + by


def of_two(one: Interval, other: Interval) -> Iterator[Interval]:
    """Sum, difference, quotient, excess and rest of two figures, without sign."""
    if not alike(one[0], other[0]):
        return
    measure = one[0] or other[0]
    yield measure, one[1] + other[1], one[2] + other[2]
    for left, right in ((one, other), (other, one)):
        low, high = left[1] - right[2], left[2] - right[1]
        yield measure, low, high
        if measure == "%":
            yield "百分点", low, high
        if left[1] >= 0 and right[1] > 0:
            quotient = left[1] / right[2], left[2] / right[1]
            yield "倍", *quotient
            yield "倍", quotient[0] - 1, quotient[1] - 1
            for less in (0, 100):
                yield "%", quotient[0] * 100 - less, quotient[1] * 100 - less
                yield "%", less - quotient[1] * 100, less - quotient[0] * 100


def is_true_of_several(said: Said, rows: Sequence[Indicator]) -> bool:
    """The claim is a cell of one of the rows or plainly computed from two, or the sum of all."""
    if any(is_true_of(said, row) for row in rows):
        return True
    cells = [
        interval(row, field, figure)
        for row in rows
        for field, figure in row.figures()
        if figure.number.upto is None and figure.number.over is None and field not in RANK_FIELDS
    ]
    # A share's base and a schedule are figures that no row need hold: 序时 is months over twelve.
    cells += [("%", Fraction(100 * month, 12), Fraction(100 * month, 12)) for month in range(1, 12)]
    values = [interval(row, "value", row.value) for row in rows if row.value]
    sums = list(itertools.accumulate(values, lambda a, b: (a[0], a[1] + b[1], a[2] + b[2])))
    found = itertools.chain(
        sums, *(of_two(one, other) for one, other in itertools.combinations(cells, 2))
    )
    return any(
        alike(measure, said.measure) and meets(said, low, high) for measure, low, high in found
    )


def named_in(clause: str, row: Indicator) -> bool:
    """The clause has most characters of one of the row's names."""
    letters = set(clause)
    return any(len(letters & set(name)) >= _NAMED * len(set(name)) for name in row.names)


def number_is_false(words: str, clause: str, row: Indicator, table: IndicatorTable) -> bool:
    """The words are true of neither the row nor any row that the clause might be naming."""
    said = read_claim(words)
    if said is None or is_true_of(said, row):
        return False
    return not any(
        cell_says(said, other, field, figure)
        for other in table.rows
        if other.id != row.id and named_in(clause, other)
        for field, figure in other.figures()
    )
