"""What a field of a row prints: a phrase with direction, approximator, 预计 and unit inside.

>>> from drafter.records.quantity import Number
>>> growth(Number(Decimal("-4.7")), None, points=False)
'下降4.7%'
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from drafter.records.indicator import FieldName, Figure, Indicator
from drafter.records.quantity import Number, unit
from drafter.verification.bases import may_recompute_growth
from drafter.writing.references import Materials
from drafter.writing.wording import amount, in_unit, ordinal, ordinal_digit, period_phrase

ESTIMATE: Final = "预计"

FIELD_NAMES: Final = {
    "值": "value",
    "增长": "yoy",
    "增速": "yoy",
    "位次": "rank",
    "增速位次": "yoy_rank",
    "完成率": "completion",
    "占比": "share",
    "时期": "period",
    "上年": "prior",
    "目标": "target",
    "增减": "change",
    "序时": "schedule",
    "名称": "name",
}
"""Template field -> field of the contract."""

# Ranks and last year's figures are what they are; these are what an estimate may still change.
_ESTIMATED: Final = ("值", "增长", "增速", "占比", "完成率", "增减")
_GROWTH_ROW = re.compile(r"(?:增速|增幅|增长率|增长速度)$")
_UNITED = {"值": "value", "上年": "prior", "目标": "target"}
_PERCENT = {"增速": "yoy", "完成率": "completion", "占比": "share", "序时": "schedule"}
_SCOPE_OF_GRADE = {"全市": "市", "全省": "省", "全县": "县", "全区": "区", "全国": "国家"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A phrase, the field of the contract that it comes from, and how it was calculated if it was."""

    text: str
    field: str
    formula: str | None = None
    estimated: bool = False
    """The row is 预计: the word stands before the phrase unless its sentence has it already."""


def phrase(
    row: Indicator,
    field: str,
    materials: Materials,
    *,
    unit_asked: str | None = None,
    estimate: bool = True,
) -> str | None:
    """The phrase that `{{ row.field }}` prints.

    Args:
        row: A row of the table.
        field: A field of the template grammar (值, 增长, …).
        materials: For the draft's year.
        unit_asked: The unit asked for by `.值("亿元")`.
        estimate: Whether 预计 is printed where the row has that status.

    Returns:
        The phrase; None where the row's cell is empty.
    """
    printed = printed_field(row, field, materials, unit_asked=unit_asked)
    if printed is None:
        return None
    head = ESTIMATE if estimate and printed.estimated else ""
    return head + printed.text


def printed_field(
    row: Indicator, field: str, materials: Materials, *, unit_asked: str | None = None
) -> Printed | None:
    """The phrase with its origin; 预计 is not in its text. None where the cell is empty."""
    printed = _printed(row, field, materials, unit_asked)
    if printed is None:
        return None
    return replace(printed, estimated=is_estimate(row) and field in _ESTIMATED)


def is_estimate(row: Indicator) -> bool:
    """The row is no result yet: 预计, 预测, 预估."""
    return row.status.startswith("预")


def _printed(row: Indicator, field: str, materials: Materials, asked: str | None) -> Printed | None:
    if field == "名称":
        return Printed(noun(row), "name")
    if field == "未发生":
        return _happened(row)
    if field == "时期":
        period = row.period
        return Printed(period_phrase(period, materials.year), "period") if period else None
    if field in _UNITED:
        return _united(row, field, asked)
    if field in ("增长", "增速"):
        return _grown(row, field)
    if field in ("位次", "增速位次"):
        return _ranked(row, field)
    if field == "增减":
        return _changed(row, asked)
    return _percent(row, _PERCENT[field])


def is_mishap(row: Indicator) -> bool:
    """A row that counts what nobody wants: its nought is worth a sentence."""
    return row.unit in _OF_MISHAPS and bool(_MISHAP.search(noun(row)))


def _happened(row: Indicator) -> Printed | None:
    """未发生一起较大事故 for a nought; 发生较大事故2起 once there are some."""
    figure = row.value
    if figure is None or not is_mishap(row) or figure.approx:
        return None
    said = noun(row)
    if figure.number.value == 0:
        return Printed(f"未发生一{row.unit}{said}", "value")
    return Printed(f"发生{said}{amount(figure.number, row.unit)}", "value")


def _united(row: Indicator, field: str, asked: str | None) -> Printed | None:
    name = _UNITED[field]
    figure = _figure(row, name)
    if figure is None and field == "值" and is_grade(row) and row.rank is not None:
        return Printed(amount(row.rank.number, row.unit), "rank")
    if figure is None:
        return None
    written = row.unit
    if field == "目标" and not written and row.value is None and row.yoy is not None:
        written = "%"  # a rate-only row: its target is a rate too
    return Printed(_amount(figure, written, asked), name)


def _amount(figure: Figure, written: str, asked: str | None) -> str:
    if figure.points:
        written = "个百分点"
    moved = in_unit(figure.number, written, asked, exact=bool(figure.approx))
    return amount(moved.number, moved.unit, figure.approx)


def _grown(row: Indicator, field: str) -> Printed | None:
    figure, name = row.yoy, "yoy"
    if figure is None and row.value is not None and is_growth_rate(row):
        figure, name = row.value, "value"
    if figure is None:
        return None
    if field == "增速":
        text = amount(figure.number, "个百分点" if figure.points else "%", figure.approx)
        return Printed(text, name)
    falls_back = figure.points and is_growth_rate(row) and name == "yoy"
    text = growth(
        figure.number, figure.approx, points=figure.points, down="回落" if falls_back else "下降"
    )
    return Printed(text, name)


def growth(number: Number, approx: str | None, *, points: bool, down: str = "下降") -> str:
    """增长28.2%, 下降4.7%, 持平; of a rate 提高8.7个百分点."""
    if number.value == 0 and number.upto is None:
        return "持平"
    upward = "提高" if points else "增长"
    size = Number(abs(number.value), abs(number.upto) if number.upto is not None else None)
    word = upward if number.value > 0 else down
    return word + amount(size, "个百分点" if points else "%", approx)


def is_growth_rate(row: Indicator) -> bool:
    """The row's own value is a growth rate (…增速)."""
    return unit(row.unit).kind == "percent" and bool(_GROWTH_ROW.search(row.name))


def is_grade(row: Indicator) -> bool:
    """The row is a grade of an award: 一等奖."""
    return row.unit in ("等奖", "等", "等次")


def _ranked(row: Indicator, field: str) -> Printed | None:
    name: FieldName = "rank" if field == "位次" else "yoy_rank"
    figure = row.figure(name)
    if figure is None:
        return None
    if is_grade(row) and field == "位次":
        scope = _SCOPE_OF_GRADE.get(row.rank_scope, row.rank_scope)
        return Printed(scope + amount(figure.number, row.unit), name)
    return Printed(row.rank_scope + _rank(figure), name)


def _rank(figure: Figure) -> str:
    """第二; with 前 or 以内 in the cell 前三, 前12位."""
    value, approx = figure.number.value, figure.approx or ""
    if approx in ("前", "以内", "前列", "进入前"):
        digit = ordinal_digit(value)
        return f"前{digit}" if digit != f"{value:f}" else f"前{digit}位"
    if figure.number.upto is not None:
        return f"第{value:f}至{figure.number.upto:f}位"
    return ordinal(value)


def _percent(row: Indicator, name: str) -> Printed | None:
    figure = _figure(row, name)
    return None if figure is None else Printed(amount(figure.number, "%", figure.approx), name)


def _changed(row: Indicator, asked: str | None) -> Printed | None:
    if row.change is not None:
        return Printed(_change(row, row.change, asked), "change")
    if row.value is None or row.prior is None or row.value.approx or row.prior.approx:
        return None
    single = all(f.number.upto is None and f.number.over is None for f in (row.value, row.prior))
    rate = unit(row.unit).kind == "percent"
    if not single or is_grade(row) or not (rate or may_recompute_growth(row)):
        return None
    difference = Number(row.value.number.value - row.prior.number.value)
    figure = replace(row.value, number=difference, points=rate)
    formula = f"{row.name}：{row.value.number}−{row.prior.number}={difference}{row.unit}"
    return Printed(_change(row, figure, asked), "change", formula)


def _change(row: Indicator, figure: Figure, asked: str | None) -> str:
    """增加3家, 减少2家, 提高0.5个百分点, 持平."""
    number = figure.number
    if number.value == 0:
        return "持平"
    rate = figure.points or unit(row.unit).kind == "percent"
    up, down = ("提高", "下降") if rate else ("增加", "减少")
    size = Number(abs(number.value), abs(number.upto) if number.upto is not None else None)
    written = "个百分点" if rate else row.unit
    text = _amount(replace(figure, number=size, points=rate), written, asked)
    return (up if number.value > Decimal(0) else down) + text


def _figure(row: Indicator, name: str) -> Figure | None:
    figure: Figure | None = getattr(row, name)
    return figure


_OF_MISHAPS = ("起", "件", "例", "宗", "次")
_MISHAP = re.compile(
    "(?:事故|火灾|火情|险情|疫情|灾害|(?:网络安全|群体性?|突发|安全|舆情|涉稳|责任)事件|案件|刑案|命案|死亡|溺亡|越级上访|集体上访)$"
)
_BRACKETED_UNIT = re.compile(r"\s*[(（][^()（）]{1,8}[)）]$")
_ITEMS = ("稿件", "文件", "案件", "事件", "条件", "零件", "软件", "邮件", "配件", "部件", "信件")
_PERSONS = ("名", "人", "位", "员")


def noun(row: Indicator) -> str:
    """The row's name as a sentence says it: …企业数 is 企业, …登记件数 (件) is 登记."""
    counted = row.value is not None or row.prior is not None
    return bare(row.name, row.unit) if counted else _BRACKETED_UNIT.sub("", row.name).strip()


def bare(name: str, written: str) -> str:
    """A name without the ending that only announces its number; `written` is the unit."""
    name = _BRACKETED_UNIT.sub("", name).strip()
    for tail in _count_tails(written):
        if len(name) > len(tail) + 1 and name.endswith(tail):
            return _without(name, tail)
    return name


def _count_tails(written: str) -> tuple[str, ...]:
    """Endings that only announce the number, longest first."""
    kind = unit(written).kind
    if kind in ("money", "percent", "points"):
        return ("融资额", "贷款额") if kind == "money" else ()
    ends = ("数", "数量", "次", "次数", "")
    tails = [written + end for end in ends] if written else []
    if written in _PERSONS:
        tails += ["人数", "人员数"]
    if written == "类":
        tails.append("类别数")
    return (*sorted(tails, key=len, reverse=True), "数量", "个数", "数")


def _without(name: str, tail: str) -> str:
    if tail in ("融资额", "贷款额"):
        return name[:-1]
    short = name[: -len(tail)]
    if short.endswith("总"):
        return name  # 总数 is a word of its own
    if tail.startswith("件") and f"{short[-1:]}件" in _ITEMS:
        return short + "件"
    return short
