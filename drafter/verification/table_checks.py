"""Checks of an indicator table by itself: figures of one row, parts and wholes, equal values."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from drafter.records.claim import Issue, Level
from drafter.records.indicator import Figure, Indicator, IndicatorTable, children
from drafter.records.quantity import plain
from drafter.verification.arithmetic import is_bounded_rate, may_turn_negative
from drafter.verification.bases import Completion, completion_rule, may_recompute_growth
from drafter.verification.binding.fields import row_unit
from drafter.verification.derivations import Derivation, operand, usable


def check_table(table: IndicatorTable) -> tuple[Issue, ...]:
    """Issues of a table; they have no place in a text (0, 0): the message names the cells."""
    return tuple(
        [issue for row in table.rows for issue in _row_issues(row)]
        + list(_parts(table))
        + list(_equal_values(table))
    )


def _issue(rule: str, level: Level, message: str) -> Issue:
    return Issue(rule=rule, level=level, start=0, end=0, message=message)


def _at(row: Indicator, figure: Figure) -> str:
    sheet = f"{figure.cell.sheet}!" if figure.cell.sheet else ""
    return f"{figure.cell.file} {sheet}{figure.cell.cell}“{row.name}”"


def _row_issues(row: Indicator) -> Iterator[Issue]:
    yield from _completion(row)
    yield from _growth(row)
    if row.rank and row.rank_of and row.rank.number.value > row.rank_of.number.value:
        yield _issue(
            "L11",
            "error",
            f"{_at(row, row.rank)}：排名第{row.rank.number}，参排单位只有{row.rank_of.number}个",
        )
    if row.share and row.share.number.over is None and row.share.number.value > 100:
        yield _issue("L12", "error", f"{_at(row, row.share)}：占比{row.share.number}%超过100%")
    if row.yoy and row.yoy.number.value < -100 and not may_turn_negative(row.name):
        yield _issue("L12", "error", f"{_at(row, row.yoy)}：同比{row.yoy.number}%，降幅超过100%")
    percent = row.value is not None and row.unit in ("%", "％") and row.value.number.over is None
    if percent and row.value and is_bounded_rate(row.name) and row.value.number.value > 100:
        yield _issue("L12", "error", f"{_at(row, row.value)}：{row.value.number}%超过100%")


def _single(figure: Figure | None) -> bool:
    """A plain number in its row's unit: no range, no fraction, not approximate in its source."""
    return usable(figure)


def _misses(said: Figure, low: Fraction, high: Fraction) -> bool:
    value = Fraction(said.number.value)
    half = Fraction(1, 2 * 10**said.number.places)
    return value + half < low or high < value - half


def _completion(row: Indicator) -> Iterator[Issue]:
    if row.completion is None or row.value is None or row.target is None:
        return
    if not (_single(row.completion) and _single(row.value) and _single(row.target)):
        return
    reached = _reached(row, row.value, row.target)
    if reached is None or not _misses(row.completion, *reached):
        return
    low, high = reached
    said = f"{_at(row, row.completion)}：完成率填{row.completion.number}%，"
    said += f"按完成值与目标应为{float((low + high) / 2):.4g}%"
    if not _misses(row.completion, low - 100, high - 100):
        yield _issue("L07", "error", f"{said}，表中所填像是超额比例")
    elif _is_cut_off(row.completion, low, high):
        yield _issue("L26", "info", f"{said}，像是截尾而未四舍五入")
    else:
        yield _issue("L04", "error", said)


def _reached(row: Indicator, value: Figure, target: Figure) -> tuple[Fraction, Fraction] | None:
    """Between which percentages the completion lies; None where the row does not say how."""
    top, bottom = operand(row, value), operand(row, target)
    rule = completion_rule(row)
    if rule is Completion.UNKNOWN or top.low <= 0 or bottom.low <= 0:
        return None
    if rule is Completion.INVERSE:
        top, bottom = bottom, top
    low, high = top.low / bottom.high * 100, top.high / bottom.low * 100
    return (200 - high, 200 - low) if rule is Completion.MIRRORED else (low, high)


def _is_cut_off(said: Figure, low: Fraction, high: Fraction) -> bool:
    """The last printed place is one too low: cut off, not rounded."""
    value, step = Fraction(said.number.value), Fraction(1, 10**said.number.places)
    return value <= high and low < value + step


def _growth(row: Indicator) -> Iterator[Issue]:
    if row.yoy is None or row.yoy.points or row.value is None or row.prior is None:
        return
    if not may_recompute_growth(row) or row_unit(row).kind == "percent":
        return
    if not (_single(row.yoy) and _single(row.value) and _single(row.prior)):
        return
    top, bottom = operand(row, row.value), operand(row, row.prior)
    if bottom.low <= 0:
        return
    found = Derivation(
        "N01", "", (top.low / bottom.high - 1) * 100, (top.high / bottom.low - 1) * 100, ()
    )
    if _misses(row.yoy, found.low, found.high):
        true = f"{float(found.middle):.4g}%"
        yield _issue(
            "L04",
            "warning",
            f"{_at(row, row.yoy)}：同比填{row.yoy.number}%，按本期与上年同期为{true}；若口径有调整请注明",
        )


def _parts(table: IndicatorTable) -> Iterator[Issue]:
    for whole in table.rows:
        if not _single(whole.value) or whole.value is None:
            continue
        limit = operand(whole, whole.value)
        for part in children(table, whole):
            if part.value is None or not _single(part.value):
                continue
            if row_unit(part).dimension != row_unit(whole).dimension or part.period != whole.period:
                continue
            if operand(part, part.value).low > limit.high:
                yield _issue(
                    "L03",
                    "error",
                    f"{_at(part, part.value)}：其中数{part.value.number}{part.unit}"
                    f"大于“{whole.name}”{whole.value.number}{whole.unit}",
                )


def _equal_values(table: IndicatorTable) -> Iterator[Issue]:
    """Two different indicators with one full-digit value: perhaps a copy slip (L25)."""
    groups: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for row in table.rows:
        if row.value is not None and _single(row.value) and row.id not in table.overruled:
            digits = plain(row.value.number.value).replace(".", "").strip("0-")
            if len(digits) >= 4:
                groups[plain(row.value.number.value), row_unit(row).dimension].append(row)
    for same in groups.values():
        first = same[0]
        for other in same[1:]:
            if other.name != first.name and other.value is not None:
                yield _issue(
                    "L25",
                    "warning",
                    f"{_at(other, other.value)}：与“{first.name}”的值{other.value.number}{other.unit}"
                    "完全相同，请核对是否抄错行",
                )
