"""Rules over the figures of one indicator: N01-N04, N07-N10.

The indicator is the one that the claim's clause names or that was told last.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from drafter.records.indicator import Indicator
from drafter.records.period import Period
from drafter.records.quantity import unit
from drafter.verification.bases import Completion, completion_rule
from drafter.verification.binding.fields import row_unit
from drafter.verification.derivations.operands import (
    Derivation,
    Operand,
    difference,
    operand,
    quotient,
    rate,
    usable,
)
from drafter.verification.derivations.surroundings import Surroundings

_FALLS = re.compile(r"(?:减少|净减|下降|降低|降幅|回落|放缓|收窄|缩小|减|降|少)[^，；]{0,6}$")
_BEHIND = re.compile(r"[低慢少]于|落后|滞后|[低慢少](?:出|了)?$")
_PLACE = re.compile("位次|排名|名次|位列")


def falls(around: Surroundings) -> bool:
    """The words say that something became less: it is printed without its sign."""
    context = around.context
    return context.mention.direction == "down" or bool(_FALLS.search(context.before))


def growth(around: Surroundings) -> Iterator[Derivation]:
    """N01 (a ÷ b − 1) · 100, where growth may be computed and the table does not state it."""
    for row in around.subjects:
        if row.yoy is None and (years := _two_years(row, around)) and not is_rate(row):
            found = quotient("N01", *years, "({a} ÷ {b} − 1) × 100%", less=1)
            if found is not None:
                yield found.turned() if falls(around) else found


def _two_years(row: Indicator, around: Surroundings) -> tuple[Operand, Operand] | None:
    """This year's and last year's figure of a row whose growth may be computed."""
    if row.value is None or row.prior is None or not around.may_compute_growth(row):
        return None
    if not usable(row.value) or not usable(row.prior):
        return None
    return operand(row, row.value), operand(row, row.prior, "上年同期")


def change(around: Surroundings) -> Iterator[Derivation]:
    """N02 a − b of a row's own two years; of rates in points."""
    for row in around.subjects:
        if row.change is not None or is_place(row):
            continue
        if row.value is None or row.prior is None or not around.has_one_base(row):
            continue
        if usable(row.value) and usable(row.prior):
            now, then = operand(row, row.value), operand(row, row.prior, "上年同期")
            found = difference("N02", now, then, percent=is_rate(row))
            yield found.turned() if falls(around) else found


def multiple(around: Surroundings) -> Iterator[Derivation]:
    """N03 and N04: a ÷ b of two years, or from the stated growth."""
    more = 1 if re.search(r"(?:增长|增加|提高|扩大)了?\s*$", around.context.before) else 0
    if "番" in around.context.mention.text:
        more = 0  # 增长了一番 is twice as much
    for row in around.subjects:
        if years := _two_years(row, around):
            shape = "{a} ÷ {b} − 1" if more else "{a} ÷ {b}"
            found = quotient("N03", *years, shape, less=more, times=1)
            if found is not None:
                yield found
        elif row.yoy is not None and not row.yoy.points and not row.yoy.approx:
            yield _multiple_of_rate(rate(row, row.yoy, "同比"), 0 if more else 100)


def _multiple_of_rate(grown: Operand, base: int) -> Derivation:
    formula = f"({base} + {grown.told}) ÷ 100" if base else f"{grown.told} ÷ 100"
    return Derivation(
        "N03", formula, (grown.low + base) / 100, (grown.high + base) / 100, grown.cells
    )


def completion(around: Surroundings) -> Iterator[Derivation]:
    """N07 a ÷ T · 100, where the target is a level and more is better."""
    if "超额" in around.context.clause:
        return
    for row in around.subjects:
        if row.completion is None:
            found = completed(row)
            if found is not None:
                yield found


def completed(row: Indicator) -> Derivation | None:
    """How much of its target a row reached, in percent; None where that is no quotient.

    A rate is compared with its target in points (N09); where less is better only a formula that
    the row itself declares counts.
    """
    if row.value is None or row.target is None or is_rate(row):
        return None
    if not usable(row.value) or not usable(row.target):
        return None
    rule = completion_rule(row)
    done, goal = operand(row, row.value), operand(row, row.target, "目标")
    if rule is Completion.DIRECT:
        return quotient("N07", done, goal, "{a} ÷ {b} × 100%")
    if rule is Completion.INVERSE:
        return quotient("N07", goal, done, "{a} ÷ {b} × 100%")
    if rule is Completion.MIRRORED:
        found = quotient("N07", done, goal, "(2 − {a} ÷ {b}) × 100%", less=2)
        return found.turned() if found is not None else None
    return None


def excess(around: Surroundings) -> Iterator[Derivation]:
    """N08 (a ÷ T − 1) · 100 or a − T."""
    in_percent = around.context.mention.kind in ("percent", "rate_change", "points")
    for row in around.subjects:
        if row.value is None or row.target is None or is_rate(row):
            continue
        if not usable(row.value) or not usable(row.target):
            continue
        if completion_rule(row) is not Completion.DIRECT:
            continue
        done, goal = operand(row, row.value), operand(row, row.target, "目标")
        if not in_percent:
            yield difference("N08", done, goal)
            continue
        found = quotient("N08", done, goal, "({a} ÷ {b} − 1) × 100%", less=1)
        if found is not None:
            yield found


def beside_goal(around: Surroundings) -> Iterator[Derivation]:
    """N09 a rate beside the rate that was set, in points: 增长8.7% of a goal of 8 % is 0.7 above."""
    for row in around.subjects:
        actual, goal = _actual_rate(row, around), _goal(row)
        if actual is not None and goal is not None:
            found = difference("N09", actual, goal, percent=True)
            yield found.turned() if is_behind(around) else found


def is_behind(around: Surroundings) -> bool:
    """低于, 慢于, 落后: the smaller is named first and the gap printed without a sign."""
    return around.context.mention.direction == "down" or bool(_BEHIND.search(around.context.before))


def _goal(row: Indicator) -> Operand | None:
    target = row.target
    if target is None or target.number.upto is not None or target.number.over is not None:
        return None
    of_growth = unit(target.unit).kind in ("percent", "points")
    if not of_growth and not is_rate(row) and row.value is not None:
        return None
    return rate(row, target, "目标", exact=True)


def _actual_rate(row: Indicator, around: Surroundings) -> Operand | None:
    """What a rate that was set is held against: the growth of an amount, a rate itself."""
    if is_rate(row) and row.value is not None:
        return rate(row, row.value, "") if usable(row.value) else None
    if row.yoy is not None:
        return None if row.yoy.points or row.yoy.approx else rate(row, row.yoy, "增速")
    years = _two_years(row, around)
    found = quotient("N01", *years, "({a} ÷ {b} − 1) × 100%", less=1) if years else None
    if found is None:
        return None
    told = f"({found.formula})"
    return Operand(f"{row.name}增速", found.low, found.high, found.evidence, told)


def ahead(around: Surroundings) -> Iterator[Derivation]:
    """N10 completion beside the share of the year that is over, in points."""
    for row in around.subjects:
        done, due = _done(row), _due(row, around.context.mention.period)
        if done is not None and due is not None:
            found = difference("N10", done, due, percent=True)
            yield found.turned() if is_behind(around) else found


def _done(row: Indicator) -> Operand | None:
    if row.completion is not None:
        return rate(row, row.completion, "完成率") if not row.completion.approx else None
    found = completed(row)
    if found is None:
        return None
    told = f"({found.formula})"
    return Operand(f"{row.name}完成率", found.low, found.high, found.evidence, told)


def _due(row: Indicator, said: Period | None) -> Operand | None:
    """The row's own 序时进度, else months over twelve as most bureaus reckon it."""
    if row.schedule is not None:
        return rate(row, row.schedule, "序时进度")
    period = row.period or said
    if period is None or period.last is None:
        return None
    share = Fraction(period.last, 12) * 100
    half = Fraction(1, 20)  # schedules are printed to one decimal
    return Operand("序时进度", share - half, share + half, (), f"{period.last}÷12")


def is_place(row: Indicator) -> bool:
    """The row's own value is a rank: less is better, and changes count in places."""
    return bool(_PLACE.search(row.name)) and row.unit.strip() in ("位", "名", "第", "")


def is_rate(row: Indicator) -> bool:
    """The row's own value is in percent."""
    return row_unit(row).kind == "percent"
