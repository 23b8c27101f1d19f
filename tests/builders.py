"""A small notation for tables and facts in tests.

    table("工业投资=208.6亿元 同比28.2 全市第5 期2022年1—11月", "新增企业=3家")

A row is `name=value unit`, then marks: 同比 上年 目标 完成率 序时 占比 增减 (number; 目标8% of an amount is
a goal for its growth), 全市第5/全省第2
(rank in a scope), 增速第3, 共11 (units ranked), 期… (period), 状态… 板块… 别名… 属… (parent)
口径… 备注… 采用… 约… (approximator of the value). A row without figure: `name`.
"""

import re
from dataclasses import replace
from decimal import Decimal

from drafter.numerals import read_mentions
from drafter.numerals.periods import read_period
from drafter.records.fact import Fact, FactFigure, FactList
from drafter.records.indicator import Cell, Figure, Indicator, IndicatorTable
from drafter.records.naming import unique_refs
from drafter.records.quantity import Number, Quantity

_NUMBER = re.compile(r"(-?[\d.]+)(?:/(\d+)|-(\d+))?(.*)")
_MARKS = {
    "同比": "yoy",
    "上年": "prior",
    "目标": "target",
    "完成率": "completion",
    "序时": "schedule",
    "占比": "share",
    "增减": "change",
    "增速第": "yoy_rank",
    "共": "rank_of",
}
_TEXTS = {
    "状态": "status",
    "板块": "section",
    "属": "parent",
    "口径": "basis",
    "备注": "note",
    "采用": "weight",
    "范围": "scope",
    "股室": "department",
}


def number(text: str) -> tuple[Number, str]:
    match = _NUMBER.fullmatch(text)
    assert match, text
    value, over, upto, rest = match.groups()
    return (
        Number(
            Decimal(value),
            upto=Decimal(upto) if upto else None,
            over=Decimal(over) if over else None,
            written=text.removesuffix(rest),
        ),
        rest,
    )


def _figure(text: str, address: str, *, approx: str | None = None, points: bool = False) -> Figure:
    parsed, _ = number(text)
    return Figure(parsed, Cell("表.xlsx", "Sheet1", address, text), approx, points)


def row(notation: str, position: int = 0) -> Indicator:
    head, *marks = notation.split()
    name, _, amount = head.partition("=")
    address = f"B{position + 2}"
    fields: dict[str, object] = {"unit": ""}
    approx = next((mark[1:] for mark in marks if mark.startswith("约")), None)
    if amount:
        parsed, unit = number(amount)
        fields["unit"] = unit
        fields["value"] = Figure(parsed, Cell("表.xlsx", "Sheet1", address, amount), approx)
    for mark in marks:
        fields |= _mark(mark, position)
    return Indicator(
        id=f"r{position + 1}",
        ref="",
        name=name,
        row=Cell("表.xlsx", "Sheet1", f"A{position + 2}", name),
        **fields,  # type: ignore[arg-type]
    )


def _mark(mark: str, position: int) -> dict[str, object]:
    rank = re.fullmatch(r"(全[国省市县区])第(\d+)", mark)
    if rank:
        return {"rank": _figure(rank[2], f"H{position + 2}"), "rank_scope": rank[1]}
    if mark.startswith("期"):
        return {"period": read_period(mark[1:]), "period_written": mark[1:]}
    if mark.startswith("别名"):
        return {"aliases": tuple(mark[2:].split("、"))}
    for word, field in _MARKS.items():
        if mark.startswith(word):
            text = mark.removeprefix(word)
            points = text.endswith("点")
            figure = _figure(text.rstrip("%点"), f"{field[0].upper()}{position + 2}", points=points)
            own = "%" if field == "target" and text.endswith("%") else ""
            return {field: replace(figure, unit=own)}
    for word, field in _TEXTS.items():
        if mark.startswith(word):
            return {field: mark.removeprefix(word)}
    return {}


def table(*notations: str) -> IndicatorTable:
    rows = [row(notation, position) for position, notation in enumerate(notations)]
    refs = unique_refs([one.name for one in rows])
    return IndicatorTable(
        tuple(replace(one, ref=ref) for one, ref in zip(rows, refs, strict=True)), ("表.xlsx",)
    )


def facts(*texts: str, **fields: str) -> FactList:
    return FactList(tuple(fact(text, position, **fields) for position, text in enumerate(texts)))


def fact(text: str, position: int = 0, **fields: str) -> Fact:
    claims = [one for one in read_mentions(text) if one.claim]
    figures = tuple(
        FactFigure(
            f"n{number}",
            one.start,
            one.end,
            one.text,
            Quantity(one.number, one.unit) if one.number and one.unit else None,
        )
        for number, one in enumerate(claims, 1)
    )
    return Fact(
        id=f"F{position + 1:02d}",
        text=text,
        cell=Cell("素材.xlsx", "Sheet1", f"D{position + 2}", text),
        figures=figures,
        **fields,  # type: ignore[arg-type]
    )
