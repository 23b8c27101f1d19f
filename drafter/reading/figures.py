"""One cell of a column of figures to a `Figure`, or to the problem that the officer must mend."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from drafter.errors import Problem
from drafter.reading import cells
from drafter.reading.cells import Typed
from drafter.reading.grids import GridCell
from drafter.records.indicator import Cell, FieldName, Figure
from drafter.records.quantity import Number, unit

_AMOUNT = "数字，如 208.6、1,234.5、近5亿元、13-17、1/3；没有则填“—”"
_CHANGE = "增减额，如 12.6、-3、持平；没有则填“—”"
_RATE = "百分数，如 8.7、+8.7%、↑8.7、-4.7、持平、2个百分点；没有则填“—”"
_RANK = "名次，如 2、第2、(2)、2/11；没有则填“—”"
_COUNT = "整数，如 11"

EXPECTED: dict[FieldName, str] = {
    "value": _AMOUNT,
    "prior": _AMOUNT,
    "target": _AMOUNT,
    "change": _CHANGE,
    "yoy": _RATE,
    "completion": _RATE,
    "schedule": _RATE,
    "share": _RATE,
    "rank": _RANK,
    "yoy_rank": _RANK,
    "rank_of": _COUNT,
}
_READERS: dict[FieldName, Callable[[str], Typed | None]] = {
    "value": cells.amount,
    "prior": cells.amount,
    "target": cells.amount,
    "change": cells.change,
    "yoy": cells.rate,
    "completion": cells.rate,
    "schedule": cells.rate,
    "share": cells.rate,
}
# Words that stand for a turn of sign: no rate can be given, the words are kept as a note.
_TURNS = frozenset({"由负转正", "由正转负", "扭亏为盈", "扭亏", "转盈", "转亏", "由盈转亏"})
# Results that are words; a row that holds one is an event without a number.
_RESULTS = frozenset(
    {"特等奖", "金奖", "银奖", "铜奖", "优秀", "优秀等次", "良好", "合格", "达标", "先进", "优秀奖"}
    | {"完成", "已完成", "未完成", "通过", "已通过", "是", "否", "零的突破"}
)


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """What a cell of a column of figures gave: a figure, words, a problem, or nothing."""

    figure: Figure | None = None
    unit: str = ""
    """Written in the cell."""
    words: str = ""
    """Kept as a note: 由负转正, 优秀."""
    status: str = ""
    scope: str = ""
    of: Figure | None = None
    rank: Figure | None = None
    """In brackets behind the number."""
    grade: Figure | None = None
    """一等奖 and the like."""
    problem: Problem | None = None


def place(cell: GridCell, file: str, sheet: str | None) -> Cell:
    """The address of a cell together with what it shows."""
    return Cell(file=file, sheet=sheet, cell=cell.address, value=cell.text, raw=cell.raw)


def read_figure(field: FieldName, cell: GridCell, file: str, sheet: str | None) -> ReadFigure:
    """A cell of a column of figures.

    Args:
        field: What the column holds.
        cell: The cell; a merged area's later cells hold nothing.
        file: Name of the file for addresses.
        sheet: Name of the sheet, None for csv and json.
    """
    if cell.spread or (not cell.fault and not cell.is_date and cells.is_absent(cell.text)):
        return ReadFigure()
    where = place(cell, file, sheet)
    problem = Problem(file, sheet, cell.address, cell.text, EXPECTED[field])
    if cell.fault:
        return ReadFigure(problem=replace(problem, expected=f"{_kind(field)}（{cell.fault}）"))
    if cell.is_date:
        reason = "单元格存的是日期，如原为 2/11、1-3 等，请先把单元格设为文本再重新输入"
        return ReadFigure(problem=replace(problem, expected=f"{_kind(field)}（{reason}）"))
    read = _read(field, cell.text, where)
    return read or _worded(field, cell.text, where) or ReadFigure(problem=problem)


def converted(figure: Figure, own: str, row: str) -> Figure | None:
    """A figure in its row's unit; None where the two units do not go together.

    Args:
        figure: As read.
        own: The unit written with it; '' for none.
        row: The unit of the row; '' where it has none.
    """
    if not own or own == row or same_unit(own, row):
        return figure
    there, here = unit(own), unit(row)
    if not row or there.dimension != here.dimension:
        return None
    ratio = there.factor * there.to_dimension / (here.factor * here.to_dimension)
    return replace(figure, number=_times(figure.number, ratio.normalize()))


def same_unit(first: str, second: str) -> bool:
    """Two written forms of one unit: 个百分点 and 百分点, 户 and 家, 万 for 万元."""
    if not second or (first in ("万", "亿") and second.startswith(first)):
        return bool(second)
    a, b = unit(first), unit(second)
    return (a.dimension, a.factor * a.to_dimension) == (b.dimension, b.factor * b.to_dimension)


def _kind(field: FieldName) -> str:
    return EXPECTED[field].partition("，")[0].partition("；")[0]


def _read(field: FieldName, text: str, where: Cell) -> ReadFigure | None:
    if field in ("rank", "yoy_rank"):
        return _read_rank(text, where)
    if field == "rank_of":
        found = cells.amount(text)
        if found is None or not _is_count(found.number) or found.approx:
            return None
        return ReadFigure(Figure(found.number, where))
    found = _READERS[field](text)
    if found is None or (found.rank is not None and field not in ("value", "yoy")):
        return None
    points = unit(found.unit).kind == "points"
    if points and field in ("completion", "share"):
        return None
    return ReadFigure(
        figure=Figure(found.number, where, approx=found.approx, points=points),
        unit=found.unit,
        words=found.remark,
        status=found.status,
        rank=Figure(found.rank, where) if found.rank is not None else None,
    )


def _read_rank(text: str, where: Cell) -> ReadFigure | None:
    found = cells.rank(text)
    if found is None:
        return None
    return ReadFigure(
        figure=Figure(found.number, where, approx=found.approx),
        scope=found.scope,
        of=Figure(found.of, where) if found.of is not None else None,
    )


def _worded(field: FieldName, text: str, where: Cell) -> ReadFigure | None:
    """Grades and the few results that are words."""
    ordinal = cells.grade(text) if field in ("value", "rank") else None
    if ordinal is not None:
        return ReadFigure(grade=Figure(ordinal, where))
    if field in ("yoy", "change") and text in _TURNS:
        return ReadFigure(words=text)
    if field in ("value", "rank", "completion") and text in _RESULTS:
        return ReadFigure(words=text)
    return None


def _is_count(number: Number) -> bool:
    whole = number.value == number.value.to_integral_value()
    return whole and number.upto is None and number.over is None and number.value > 0


def _times(number: Number, factor: Decimal) -> Number:
    upto = number.upto * factor if number.upto is not None else None
    return replace(number, value=number.value * factor, upto=upto)
