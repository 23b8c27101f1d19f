"""The calculations that a template may ask for, each with its formula or the reason of refusal.

Decimal throughout, rounded half up. Refused where the arithmetic would be no fact: different
units or periods, a part larger than its whole, approximate operands, growth of rows whose
comparison base is not printed (DOMAIN §3.3). What may be *accepted* in a text is asked in
`verification`; here is only what the house itself is ready to print.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from drafter.records.indicator import Figure, Indicator
from drafter.records.quantity import Number, unit
from drafter.verification.bases import may_recompute_growth
from drafter.writing.phrases import Printed, is_estimate, is_grade
from drafter.writing.wording import amount, half_up, trimmed

PLACES = 1
"""Decimals of a calculated percentage or multiple."""

_LOWER_IS_BETTER = ("能耗", "事故", "投诉", "死亡", "PM2.5", "排放", "降低率", "失业率")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a calculation is not carried out, in Chinese."""

    reason: str


def derive(call: str, rows: Sequence[Indicator]) -> Printed | Refusal:
    """Carries out a call of the grammar.

    Args:
        call: 占比(part, whole), 合计(…), 相差(a, b), 其余(whole, part…), 完成率(a), 倍数(a).
        rows: The rows named, in order; as many as the grammar admits.

    Returns:
        The phrase with its formula, or why there is none.
    """
    done = _CALLS[call](rows)
    if isinstance(done, Refusal):
        return done
    text, field, formula = done
    return Printed(text, field, formula, estimated=any(map(is_estimate, rows)))


_Done = tuple[str, str, str] | Refusal


def _share(rows: Sequence[Indicator]) -> _Done:
    part, whole = rows
    hindrance = _hindrance(rows) or _of_one_kind(rows)
    if hindrance:
        return hindrance
    over, under = _base(part), _base(whole)
    if under <= 0 or not 0 <= over <= under:
        return Refusal(f"“{part.name}”大于“{whole.name}”，不能计算占比")
    text = _percent(over / under * 100)
    return text, "share", f"{_operand(part)}÷{_operand(whole)}×100%={text}"


def _total(rows: Sequence[Indicator]) -> _Done:
    hindrance = _hindrance(rows) or _same_unit(rows)
    if hindrance:
        return hindrance
    total = sum((_value(row) for row in rows), Decimal(0))
    text = amount(Number(total), rows[0].unit)
    return text, "value", f"{'+'.join(map(_operand, rows))}={text}"


def _difference(rows: Sequence[Indicator]) -> _Done:
    hindrance = _hindrance(rows) or _same_unit(rows)
    if hindrance:
        return hindrance
    high, low = sorted(rows, key=_value, reverse=True)
    written = "个百分点" if unit(high.unit).kind == "percent" else high.unit
    text = amount(Number(_value(high) - _value(low)), written)
    return text, "value", f"{_operand(high)}−{_operand(low)}={text}"


def _remainder(rows: Sequence[Indicator]) -> _Done:
    hindrance = _hindrance(rows) or _same_unit(rows)
    if hindrance:
        return hindrance
    whole, *parts = rows
    rest = _value(whole) - sum((_value(part) for part in parts), Decimal(0))
    if rest < 0:
        return Refusal(f"各部分之和大于“{whole.name}”，不能计算其余")
    text = amount(Number(rest), whole.unit)
    return text, "value", f"{'−'.join(map(_operand, rows))}={text}"


def _completion(rows: Sequence[Indicator]) -> _Done:
    (row,) = rows
    hindrance = _hindrance(rows) or _plain(row, row.target, "年度目标")
    if hindrance:
        return hindrance
    target = _number(row.target)
    if unit(row.unit).kind in ("percent", "points"):
        return Refusal(f"“{row.name}”的目标是比率，不能计算完成率")
    if any(word in row.name for word in _LOWER_IS_BETTER) or target <= 0:
        return Refusal(f"“{row.name}”不能按“完成值÷目标”计算完成率")
    text = _percent(_value(row) / target * 100)
    return text, "completion", f"{_operand(row)}÷目标{target:f}{row.unit}×100%={text}"


def _times(rows: Sequence[Indicator]) -> _Done:
    (row,) = rows
    hindrance = _hindrance(rows) or _plain(row, row.prior, "上年同期")
    if hindrance:
        return hindrance
    if not may_recompute_growth(row):
        return Refusal(f"“{row.name}”的增长须引用来源，不能自行计算")
    prior = _number(row.prior)
    if prior <= 0 or _value(row) < prior:
        return Refusal(f"“{row.name}”未比上年同期增加，不能计算倍数")
    text = f"{trimmed(half_up(_value(row) / prior, PLACES)):f}倍"
    return text, "value", f"{_operand(row)}÷上年同期{prior:f}{row.unit}={text}"


_CALLS: dict[str, Callable[[Sequence[Indicator]], _Done]] = {
    "占比": _share,
    "合计": _total,
    "相差": _difference,
    "其余": _remainder,
    "完成率": _completion,
    "倍数": _times,
}


def _hindrance(rows: Sequence[Indicator]) -> Refusal | None:
    """What forbids any calculation with these rows."""
    for row in rows:
        problem = _plain(row, row.value, "本期值")
        if problem:
            return problem
    periods = {row.period.iso for row in rows if row.period}
    if len(periods) > 1:
        return Refusal(f"{_listed(rows)}的统计期不同，不能一起计算")
    return None


def _plain(row: Indicator, figure: Figure | None, what: str) -> Refusal | None:
    if figure is None:
        return Refusal(f"“{row.name}”没有{what}")
    if figure.number.upto is not None or figure.number.over is not None or is_grade(row):
        return Refusal(f"“{row.name}”的{what}不是单一数值，不能计算")
    if figure.approx:
        return Refusal(f"“{row.name}”的{what}是约数（{figure.approx}），不能计算")
    return None


def _of_one_kind(rows: Sequence[Indicator]) -> Refusal | None:
    """Amounts that convert into each other; shares of shares are none."""
    units = [unit(row.unit) for row in rows]
    if len({one.dimension for one in units}) > 1 or units[0].kind in ("percent", "points"):
        return Refusal(f"{_listed(rows)}的单位不同类，不能计算")
    return None


def _same_unit(rows: Sequence[Indicator]) -> Refusal | None:
    """The very same unit: its sum is printed with it."""
    if len({row.unit for row in rows}) > 1:
        return Refusal(f"{_listed(rows)}的单位不同，不能直接相加减")
    return None


def _number(figure: Figure | None) -> Decimal:
    return figure.number.value if figure else Decimal(0)


def _value(row: Indicator) -> Decimal:
    return _number(row.value)


def _base(row: Indicator) -> Decimal:
    one = unit(row.unit)
    return _value(row) * one.factor * one.to_dimension


def _percent(value: Decimal) -> str:
    return f"{trimmed(half_up(value, PLACES)):f}%"


def _operand(row: Indicator) -> str:
    return f"{row.name}{_value(row):f}{row.unit}"


def _listed(rows: Sequence[Indicator]) -> str:
    return "、".join(f"“{row.name}”" for row in rows)
