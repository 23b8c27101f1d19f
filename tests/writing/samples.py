"""A notation for rows of a table: `row("工业投资=208.6亿元", yoy="28.2", rank="5")`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from drafter.numerals.periods import read_period
from drafter.records.fact import Fact, FactFigure, FactList
from drafter.records.indicator import Cell, Conflict, Figure, Indicator, IndicatorTable
from drafter.records.naming import unique_refs
from drafter.records.quantity import Number
from drafter.writing.references import Materials

_NOTATION = re.compile(r"(?P<name>[^=]+)(?:=(?P<number>[-0-9./~]+)(?P<unit>.*))?")
_FIGURE = re.compile(r"([^-0-9]*)([-0-9./~]+)(点?)")
_FIGURES = ("prior", "change", "yoy", "rank", "yoy_rank", "target", "completion", "schedule")
CELL = Cell("表.csv", None, "C2", "")


def number(text: str) -> Number:
    """`208.6`, `1/3`, `13~17`."""
    if "/" in text:
        value, over = text.split("/")
        return Number(Decimal(value), over=Decimal(over))
    value, _, upto = text.partition("~")
    return Number(Decimal(value), upto=Decimal(upto) if upto else None)


def figure(text: str) -> Figure:
    """A number, with its approximator before it and 点 behind for 百分点: `约8.7点`."""
    parts = _FIGURE.fullmatch(text)
    assert parts
    return Figure(number(parts[2]), CELL, parts[1] or None, bool(parts[3]))


def row(
    notation: str, *, approx: str | None = None, period: str = "2024年", **more: Any
) -> Indicator:
    """A row: `name=numberunit`, or the bare name where there is no value."""
    parts = _NOTATION.fullmatch(notation)
    assert parts
    value = Figure(number(parts["number"]), CELL, approx) if parts["number"] else None
    figures = {k: figure(v) for k, v in more.items() if k in (*_FIGURES, "share")}
    unit = more.pop("unit", None) or parts["unit"] or ""
    return Indicator(
        id=parts["name"],
        ref=parts["name"],
        name=parts["name"],
        row=CELL,
        unit=unit,
        value=value,
        period=read_period(period) if period else None,
        period_written=period,
        **{**more, **figures},
    )


def materials(
    *rows: Indicator | str,
    facts: Sequence[Fact] = (),
    year: int | None = 2024,
    organisation: str = "云岭县科工局",
    conflicts: Sequence[Conflict] = (),
) -> Materials:
    """Materials over rows (or their notations), each row with the ref that its name gets."""
    given = [row(one) if isinstance(one, str) else one for one in rows]
    refs = unique_refs([one.name for one in given])
    named = tuple(replace(one, id=ref, ref=ref) for one, ref in zip(given, refs, strict=True))
    return Materials(
        IndicatorTable(named, conflicts=tuple(conflicts)),
        FactList(tuple(facts)),
        year=year,
        organisation=organisation,
    )


def fact(identifier: str, text: str, **more: Any) -> Fact:
    """A fact whose figures are the digits of its text with one letter of unit."""
    figures = tuple(
        FactFigure(f"n{index}", found.start(), found.end(), found[0], None)
        for index, found in enumerate(re.finditer(r"[0-9.]+[^，。]", text), start=1)
    )
    return Fact(id=identifier, text=text, cell=CELL, figures=figures, **more)
