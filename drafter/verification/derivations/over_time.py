"""Rules that reach over time: N16, N20, N21, N22.

Other years and months of an indicator are rows of the same name, scope and basis.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from drafter.records.indicator import Cell, Figure, Indicator
from drafter.records.quantity import plain
from drafter.verification.bases import is_flow
from drafter.verification.derivations.one_row import falls, is_place
from drafter.verification.derivations.operands import (
    Derivation,
    Operand,
    amount,
    difference,
    operand,
    rate,
    root,
    total,
    usable,
)
from drafter.verification.derivations.surroundings import Surroundings

_PLACES_LOST = re.compile("后移|下降|下滑|退后|后退|降低")


def places_gained(around: Surroundings) -> Iterator[Derivation]:
    """N20 rank then − rank now, in the same scope: 前移2位."""
    lost = _PLACES_LOST.search(around.context.before) is not None
    for row in around.subjects:
        for now, then, label in _ranks(row, around):
            a, b = _place(row, then, f"上年{label}"), _place(row, now, label)
            found = difference("N20", a, b)
            yield found.turned() if lost else found


def _ranks(row: Indicator, around: Surroundings) -> Iterator[tuple[Figure, Figure, str]]:
    if is_place(row) and usable(row.value) and usable(row.prior) and row.value and row.prior:
        yield row.value, row.prior, ""
    earlier = around.years_ago(row, 1)
    if earlier is None or earlier.rank_scope != row.rank_scope:
        return
    speaks_of_growth = re.search("增速|增幅", around.context.clause) is not None
    if speaks_of_growth and row.yoy_rank and earlier.yoy_rank:
        yield row.yoy_rank, earlier.yoy_rank, "增速位次"
    elif row.rank and earlier.rank:
        yield row.rank, earlier.rank, "位次"


def _place(row: Indicator, figure: Figure, label: str) -> Operand:
    value = Fraction(figure.number.value)
    written = f"第{plain(figure.number.value)}"
    return Operand(f"{row.name}{label}", value, value, (figure.cell,), written)


_YEARS = re.compile(r"(?<!\d)([两二三四五六七八九十]|\d{1,2})年(?:来|间)?(?:的)?(?:平均|年均)")
_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def yearly_growth(around: Surroundings) -> Iterator[Derivation]:
    """N16 ((a ÷ b)^(1/k) − 1) · 100 over k years, of levels or of stated growth rates."""
    for row in around.subjects:
        for years in _spans(around):
            for make in (_of_levels, _of_rates):
                found = make(row, years, around)
                if found is not None:
                    yield found.turned() if falls(around) else found


def _spans(around: Surroundings) -> tuple[int, ...]:
    """How many years are spoken of: 两年平均; 2021—2023年年均 counts from 2020 or from 2021."""
    match = _YEARS.search(around.context.before)
    if match is not None:
        return (_COUNT.get(match[1]) or int(match[1]),)
    period = around.context.mention.period
    if period is None or period.year is None or period.end_year is None:
        return ()
    span = period.end_year - period.year
    return tuple(years for years in (span + 1, span) if years > 1)


def _of_levels(row: Indicator, years: int, around: Surroundings) -> Derivation | None:
    base = around.years_ago(row, years)
    if (
        base is None
        or row.value is None
        or base.value is None
        or not around.may_compute_growth(row)
    ):
        return None
    if not usable(row.value) or not usable(base.value):
        return None
    top = operand(row, row.value, beside=base.value)
    bottom = operand(base, base.value, f"{years}年前", beside=row.value)
    if top.low <= 0 or bottom.low <= 0:
        return None
    low, high = top.low / bottom.high, top.high / bottom.low
    formula = f"(({top.told} ÷ {bottom.told})^(1/{years}) − 1) × 100%"
    return _rooted(formula, low, high, years, top.cells + bottom.cells)


def _of_rates(row: Indicator, years: int, around: Surroundings) -> Derivation | None:
    """The mean of stated growth rates: how offices give two-year averages of 增加值."""
    rows = [row, *(around.years_ago(row, ago) for ago in range(1, years))]
    rates = [one.yoy for one in rows if one is not None and one.yoy is not None]
    if len(rates) < years or any(one.points or one.approx for one in rates):
        return None
    low = high = Fraction(1)
    for one in rates:
        grown = rate(row, one, "")
        low, high = low * (1 + grown.low / 100), high * (1 + grown.high / 100)
    if low <= 0:
        return None
    product = " × ".join(f"(1 + {plain(one.number.value)}%)" for one in reversed(rates))
    formula = f"(({product})^(1/{years}) − 1) × 100%"
    return _rooted(formula, low, high, years, tuple(one.cell for one in rates))


def _rooted(
    formula: str, low: Fraction, high: Fraction, years: int, cells: tuple[Cell, ...]
) -> Derivation:
    bottom, top = (root(one, years) * 100 for one in (low, high))
    size = (bottom + top) / 2
    return Derivation("N16", formula, bottom - 100, top - 100, cells, percent=True, size=size)


def cumulation(around: Surroundings) -> Iterator[Derivation]:
    """N21, N22: 上半年 = 一季度 + 二季度; 全年 = 1—11月 + 12月. Flows only, every piece in the table."""
    said = around.context.mention.period
    if said is None:
        return
    wanted = (said.first or 1, said.last or 12) if not said.whole_year else (1, 12)
    for row in around.subjects:
        if not is_flow(row):
            continue
        same = [row, *around.other_times(row)]
        pieces = _pieces(same, said.year, wanted)
        parts = [one for one in map(amount, pieces) if one is not None]
        if len(parts) > 1 and len(parts) == len(pieces):
            labelled = [
                Operand(f"{piece.name}（{piece.period_written}）", one.low, one.high, one.cells,
                        one.written, one.dimension)
                for piece, one in zip(pieces, parts, strict=True)
            ]  # fmt: skip
            yield total("N22" if wanted == (1, 12) else "N21", labelled)


def _pieces(
    rows: Sequence[Indicator], year: int | None, wanted: tuple[int, int]
) -> Sequence[Indicator]:
    """Rows whose months follow one another and fill the span exactly; () if some are missing."""
    starts: dict[int, Indicator] = {}
    for row in rows:
        period = row.period
        if period is None or period.first is None or period.last is None or period.day is not None:
            continue
        if year is not None and period.year is not None and period.year != year:
            continue
        if (period.first, period.last) != wanted:
            held = starts.get(period.first)
            if held is None or (held.period and (held.period.last or 0) < period.last):
                starts[period.first] = row
    month, found = wanted[0], []
    while month <= wanted[1]:
        piece = starts.get(month)
        if piece is None or piece.period is None or piece.period.last is None:
            return ()
        found.append(piece)
        month = piece.period.last + 1
    return found if month == wanted[1] + 1 else ()
