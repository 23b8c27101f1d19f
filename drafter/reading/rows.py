"""The body of a sheet's table to rows of indicators, with everything that is wrong in it.

Knows section rows, notes below the table, 其中 and indented rows, events and grades. One row of
the sheet may give several indicators (a column for each period or state) or, if anything in it
is wrong, none. Ids and refs are given in `tables`, when all rows of all files are known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from drafter.errors import Problem
from drafter.numerals.periods import read_period
from drafter.reading.cells import half_width, is_absent, is_unit
from drafter.reading.conflicts import GOAL
from drafter.reading.figures import ReadFigure, converted, place, read_figure, same_unit
from drafter.reading.grids import Grid, GridCell
from drafter.reading.headers import APPROXIMATORS, NUMERIC
from drafter.reading.layout import Column, Layer, Layout, distinct, find_layouts
from drafter.records.indicator import FIELDS, FieldName, Figure, Indicator
from drafter.records.period import Period
from drafter.records.quantity import unit as known_unit

_SECTION_ROW = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]部分"
)
_NOTE_ROW = re.compile(
    r"(?:备?注|说明|填报人?|填表人?|审核人?|制表人?|单位负责人|负责人|数据来源|资料来源|联系人|联系电话)"
    r"[^:：]{0,6}[:：]|注[0-9]?[:：]"
)
_REMARK = re.compile(r".{40,}|.*。$", re.DOTALL)
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]?")
_PART = re.compile(r"(?:其中|#|＃|——|其[:：])\s*[:：,，、]?\s*")
_WHOLE_AND_PART = re.compile(r"(.+?)\s*[:：,，(（]\s*其中\s*[:：]?")
_UNIT_IN_NAME = re.compile(r"([^()]+)\((?:单位:)?([^()]{1,6})\)")
_SERIAL = re.compile(r"(?:[0-9]{1,3}|[(（][0-9]{1,3}[)）])\s*[、.．]\s*(?=\D)")
_YES = frozenset({"是", "√", "✓", "#", "其中", "y", "yes", "1"})
_LISTED = re.compile(r"[、，,;；/|\n]+")
_RATE_NAME = re.compile(r"(?:率|增速|增幅|占比|比重|比例|排名|位次)$")
_COUNT_NAME = re.compile(r"(?:数|人次|起数)$")
_ENOUGH: tuple[FieldName, ...] = (
    *("value", "yoy", "rank", "yoy_rank", "target", "completion", "share"),
)
# Fields whose figures are in the row's own unit.
_IN_UNIT = frozenset({"value", "prior", "change", "target"})


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What one row of a sheet gave: indicators, or the problems that kept it from giving any."""

    label: str
    """File, sheet, row and name, for people."""
    indicators: tuple[Indicator, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Above:
    """What the rows above say for those below them: a section, and wholes for their parts."""

    section: str = ""
    wholes: list[tuple[int, str, bool]] = field(default_factory=list)
    """Indent, name, and whether the row itself was marked as a part."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the body with what is needed to read it."""

    grid: Grid
    layout: Layout
    cells: tuple[GridCell, ...]
    year: int | None

    def text(self, name: str) -> str:
        """The text of a text field; '' where the cell is empty or shows a dash."""
        column = self.layout.text(name)
        cell = self.cells[column.index] if column else None
        if cell is None or column is None or is_absent(cell.text) or _from_left(cell, column):
            return ""
        return cell.text

    def cell(self, column: Column) -> GridCell:
        return self.cells[column.index]

    def named(self) -> str:
        """The cell of the name as it stands."""
        column = self.layout.text("name")
        return self.cells[column.index].text if column else ""

    def problem(self, cell: GridCell, expected: str, read: str = "") -> Problem:
        return Problem(self.grid.file, self.grid.sheet, cell.address, read or cell.text, expected)


def read_rows(grid: Grid) -> tuple[ReadRow, ...] | None:
    """All rows of a sheet's tables; None where it has no usable head."""
    layouts = find_layouts(grid)
    if not layouts:
        return None
    year = _year(grid, layouts)
    return tuple(row for layout in layouts for row in _body(grid, layout, year))


def _body(grid: Grid, layout: Layout, year: int | None) -> Iterator[ReadRow]:
    if layout.doubled:
        yield ReadRow(
            f"{grid.file}表头",
            problems=tuple(
                Problem(
                    grid.file,
                    grid.sheet,
                    cell.address,
                    column.head.header,
                    "与其他列不同的表头（有两列表示同一内容，请注明时期、范围或删去一列）",
                )
                for column, cell in layout.doubled
            ),
        )
    above = _Above()
    for cells in grid.rows[layout.start : layout.stop]:
        row = _Row(grid, layout, cells, year)
        shown = distinct(cells)
        if not shown or _is_note(shown):
            continue
        if _is_section_row(row, shown):
            above.section, above.wholes = shown[-1].text, []
            continue
        yield _read(row, above)


def _year(grid: Grid, layouts: Sequence[Layout]) -> int | None:
    """The year of a sheet: its title's, its heads', else the latest that a result names."""
    titles = [layout.period for layout in layouts]
    heads = [layer.period for layout in layouts for layer in layout.layers]
    cells = [text for layout in layouts for text in _result_periods(grid, layout)]
    for written in (titles, heads, cells):
        spans = [read_period(half_width(text)) for text in dict.fromkeys(written) if text]
        years = [span.year for span in spans if span and span.year]
        if years:
            return max(years)
    return None


def _result_periods(grid: Grid, layout: Layout) -> Iterator[str]:
    """What the period cells say, without those of goals."""
    column, status = layout.text("period"), layout.text("status")
    for cells in grid.rows[layout.start : layout.stop] if column else ():
        if column and not (status and GOAL in cells[status.index].text):
            yield cells[column.index].text


def _is_note(shown: Sequence[GridCell]) -> bool:
    """A line of who filled it in, or a sentence standing alone."""
    alone = len(shown) == 1 and _REMARK.fullmatch(shown[0].text)
    return bool(_NOTE_ROW.match(shown[0].text) or alone)


def _is_section_row(row: _Row, shown: Sequence[GridCell]) -> bool:
    """One cell alone, numbered like a heading or merged across the table."""
    if any(cell.fault for cell in shown):
        return False
    if len(shown) == 1:
        merged = sum(cell.address == shown[0].address for cell in row.cells) > 2
        return merged or _SECTION_ROW.match(shown[0].text) is not None
    return len(shown) == 2 and _ORDINAL.fullmatch(shown[0].text) is not None


def _from_left(cell: GridCell, column: Column) -> bool:
    """Spread sideways into this column by a merged area: it says nothing about it."""
    letters = cell.address.rstrip("0123456789")
    return (
        cell.spread and letters.isascii() and letters.isalpha() and _index(letters) != column.index
    )


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _read(row: _Row, above: _Above) -> ReadRow:
    column = row.layout.text("name")
    if column is None:  # a layout without names is none
        raise AssertionError(row)
    cell = row.cell(column)
    label = "，".join(
        part for part in (row.grid.file, row.grid.sheet, cell.address, cell.text) if part
    )
    name, written_parent = _name(cell, above)
    problems = _text_problems(row, column, name)
    rows: list[Indicator] = []
    layers = row.layout.layers
    for layer in layers:
        found, wrong = _layer_row(row, layer, name, cell)
        problems += wrong
        if found:
            rows.append(found)
    if not rows and not problems:
        problems.append(
            row.problem(cell, "有数值的行（本期、同比、排名、时期、目标、完成率、占比至少填一项）")
        )
    if problems:
        return ReadRow(label, problems=tuple(dict.fromkeys(problems)))
    parent = _parent(row, above, written_parent)
    section = row.text("section") or above.section
    _remember(above, cell, name)
    return ReadRow(
        label, indicators=tuple(replace(found, parent=parent, section=section) for found in rows)
    )


def _text_problems(row: _Row, column: Column, name: str) -> list[Problem]:
    cell = row.cell(column)
    problems = []
    if cell.fault:
        problems.append(row.problem(cell, f"指标名称（{cell.fault}）"))
    elif not name or is_absent(name):
        problems.append(row.problem(cell, "指标名称（这一行有内容但没有名称）", cell.text or "空"))
    elif cell.is_date or re.fullmatch(r"[-+0-9.,%]+", name):
        problems.append(row.problem(cell, "指标名称，不应是数字或日期"))
    for other in row.layout.texts:
        fault = row.cell(other).fault
        if fault and other is not column:
            problems.append(row.problem(row.cell(other), f"文字（{fault}）"))
    return problems


# --- names and wholes --------------------------------------------------------------------------


def _name(cell: GridCell, above: _Above) -> tuple[str, str]:
    """The name without marks of a part, and the whole that the name itself gives."""
    text = _SERIAL.sub("", re.sub(r"\s*\n\s*", "", cell.text), count=1)
    text = _without_unit(text)[0]
    mark = _PART.match(text)
    if mark and mark.end() < len(text):
        return text[mark.end() :].strip(), _whole(above, cell.indent, marked=True)
    known = {name for _, name, _ in above.wholes}
    inside = _WHOLE_AND_PART.match(text)
    if inside and inside[1] in known:
        return text, inside[1]
    return text, _whole(above, cell.indent, marked=False)


def _whole(above: _Above, indent: int, *, marked: bool) -> str:
    """The row that a marked or indented row is part of."""
    for depth, name, is_part in reversed(above.wholes):
        if marked and not is_part and depth <= indent:
            return name
        if not marked and depth < indent and not is_part:
            return name
    return ""


def _remember(above: _Above, cell: GridCell, name: str) -> None:
    is_part = _PART.match(cell.text) is not None
    above.wholes = [
        whole for whole in above.wholes if whole[0] < cell.indent or _keeps(whole, cell)
    ]
    above.wholes.append((cell.indent, name, is_part))


def _keeps(whole: tuple[int, str, bool], cell: GridCell) -> bool:
    """A whole stays for the marked rows below it, which may have its own indent."""
    return _PART.match(cell.text) is not None and not whole[2] and whole[0] <= cell.indent


def _parent(row: _Row, above: _Above, written: str) -> str:
    text = row.text("parent")
    if text.lower() in _YES:
        return next((name for _, name, is_part in reversed(above.wholes) if not is_part), "")
    return text or written


def _without_unit(text: str) -> tuple[str, str]:
    """工业投资（亿元） is 工业投资 in 亿元."""
    match = _UNIT_IN_NAME.fullmatch(half_width(text))
    if match is None or not is_unit(match[2]):
        return text, ""
    return text[: len(match[1])].strip(), match[2]


# --- figures -----------------------------------------------------------------------------------


def _layer_row(
    row: _Row, layer: Layer, name: str, cell: GridCell
) -> tuple[Indicator | None, list[Problem]]:
    """The indicator of one layer; None where the layer has nothing in this row."""
    read: dict[str, ReadFigure] = {
        column.head.field: _figure(row, column)
        for column in layer.columns
        if column.head.field in NUMERIC
    }
    problems = [found.problem for found in read.values() if found.problem]
    unit, wrong = _unit(row, layer, read, name)
    figures, mismatches = _in_unit(row, layer, read, unit)
    period, period_text, bad_period = _period(row, layer)
    problems += [*wrong, *mismatches, *bad_period]
    grade = next((found.grade for found in read.values() if found.grade), None)
    if grade:
        unit, figures["rank"] = "等奖", grade
    words = tuple(
        (column.head.header, read[column.head.field].words)
        for column in layer.columns
        if column.head.field in read and read[column.head.field].words
    )
    is_event = bool(row.text("period") or words or grade) and layer is row.layout.layers[0]
    if not problems and not is_event and not any(figures.get(field) for field in _ENOUGH):
        return None, []
    kept: dict[str, Any] = {**figures}
    indicator = Indicator(
        id=row.text("id"),
        ref="",
        name=_named(row, layer, name),
        row=place(cell, row.grid.file, row.grid.sheet),
        unit=unit,
        period=period,
        period_written=period_text,
        scope=row.text("scope") or layer.scope,
        rank_scope=_rank_scope(row, layer, read),
        target_of=row.text("target_of"),
        share_of=_share_of(row, layer),
        basis=row.text("basis"),
        status=row.text("status") or layer.status or _said_status(read),
        source=row.text("source"),
        department=row.text("department"),
        weight=row.text("weight"),
        aliases=_aliases(row),
        note=row.text("note"),
        extra=(*words, *_extra(row)),
        **kept,
    )
    return indicator, problems


def _figure(row: _Row, column: Column) -> ReadFigure:
    name = next(field for field in FIELDS if field == column.head.field)
    return read_figure(name, row.cell(column), row.grid.file, row.grid.sheet)


def _named(row: _Row, layer: Layer, name: str) -> str:
    """Several named columns of figures (投资, 税收) make rows of their own names."""
    labels = {other.label for other in row.layout.layers}
    return f"{name}{layer.label}" if len(labels) > 1 else name


def _unit(
    row: _Row, layer: Layer, read: dict[str, ReadFigure], name: str
) -> tuple[str, list[Problem]]:
    """The row's unit: its own column, else the cell, name or head, else the sheet's line."""
    value = read.get("value", ReadFigure())
    column = layer.column("value")
    own = row.text("unit")
    if own and value.unit and value.figure and column and not same_unit(value.unit, own):
        expected = f"以“{own}”为单位的数（单位列写的是“{own}”，两处不一致）"
        return own, [row.problem(row.cell(column), expected)]
    said = own or value.unit or _without_unit(row.named())[1]
    if not said and column:
        said = column.head.unit or ("%" if column.head.percent and value.figure else "")
    return said or _unit_nearby(row, layer, read, name), []


def _unit_nearby(row: _Row, layer: Layer, read: dict[str, ReadFigure], name: str) -> str:
    """A unit that a target or prior is written with, or that a line above the table declares."""
    value = read.get("value", ReadFigure()).figure
    if _RATE_NAME.search(name) or (value is not None and value.number.over is not None):
        return ""
    for field_name in ("prior", "target", "change"):
        column = layer.column(field_name)
        written = read.get(field_name, ReadFigure()).unit or (column.head.unit if column else "")
        if written and known_unit(written).kind not in ("percent", "points"):
            return written
    line = row.layout.unit
    return "" if _COUNT_NAME.search(name) and known_unit(line).kind == "money" else line


def _in_unit(
    row: _Row, layer: Layer, read: dict[str, ReadFigure], unit: str
) -> tuple[dict[str, Figure | None], list[Problem]]:
    """All figures of a layer, amounts in the row's unit, with approximators of their columns."""
    figures: dict[str, Figure | None] = dict.fromkeys(FIELDS)
    problems: list[Problem] = []
    for column in layer.columns:
        name = column.head.field
        found = read.get(name)
        if found is None or found.figure is None:
            continue
        own = found.unit or column.head.unit
        figure = _fitted(name, found.figure, own, unit)
        if figure is None:
            problems.append(row.problem(row.cell(column), f"以“{unit}”为单位的数"))
        else:
            points = figure.points or column.head.unit in ("百分点", "个百分点")
            figures[name] = replace(figure, points=points)
    for column in layer.columns:
        target = APPROXIMATORS.get(column.head.field)
        figure = figures.get(target) if target else None
        word = row.cell(column).text
        if target and figure and not is_absent(word):
            figures[target] = replace(figure, approx=word)
    return _with_ranks(figures, read), problems


def _fitted(name: str, figure: Figure, own: str, unit: str) -> Figure | None:
    """A figure in the row's unit; a target may be a rate where the row is an amount."""
    if name not in _IN_UNIT:
        return figure
    found = converted(figure, own, unit)
    if found is None and name == "target" and own in ("%", "个百分点", "百分点"):
        return replace(figure, unit=own)
    if found is None and name == "change" and own in ("个百分点", "百分点") and unit == "%":
        return figure
    if found is None and not unit:
        return replace(figure, unit=own)
    return found


def _with_ranks(
    figures: dict[str, Figure | None], read: dict[str, ReadFigure]
) -> dict[str, Figure | None]:
    """Ranks in brackets, and the number of ranked units of 2/11."""
    for name, target in (("value", "rank"), ("yoy", "yoy_rank")):
        found = read.get(name)
        if found and found.rank and figures[target] is None:
            figures[target] = found.rank
    for name in ("rank", "yoy_rank"):
        found = read.get(name)
        if found and found.of and figures["rank_of"] is None:
            figures["rank_of"] = found.of
    return figures


def _rank_scope(row: _Row, layer: Layer, read: dict[str, ReadFigure]) -> str:
    typed = [found.scope for name in ("rank", "yoy_rank") if (found := read.get(name))]
    heads = [
        column.head.scope
        for column in layer.columns
        if column.head.field in ("rank", "yoy_rank", "rank_of")
    ]
    return next((scope for scope in (*typed, row.text("rank_scope"), *heads) if scope), "")


def _share_of(row: _Row, layer: Layer) -> str:
    column = layer.column("share")
    return row.text("share_of") or (column.head.share_of if column else "")


def _said_status(read: dict[str, ReadFigure]) -> str:
    return next((found.status for found in read.values() if found.status), "")


# --- texts -------------------------------------------------------------------------------------


def _period(row: _Row, layer: Layer) -> tuple[Period | None, str, list[Problem]]:
    """The row's period: the layer's where columns differ in it, else the cell's, else the title's."""
    periods = {other.period for other in row.layout.layers}
    own = row.text("period")
    written = layer.period if len(periods) > 1 and layer.period else own
    written = written or layer.period or row.layout.period
    period = read_period(half_width(written)) if written else None
    column = row.layout.text("period")
    if period is None and written == own and column and re.search("[0-9]", half_width(own)):
        cell = row.cell(column)
        expected = "时期，如 2022年1—11月、截至2022年11月底、2022年7月"
        return None, written, [row.problem(cell, expected)]
    if period and period.year is None and row.year:
        period = replace(period, year=row.year)
    return period, written, []


def _aliases(row: _Row) -> tuple[str, ...]:
    return tuple(part.strip() for part in _LISTED.split(row.text("aliases")) if part.strip())


def _extra(row: _Row) -> tuple[tuple[str, str], ...]:
    return tuple(
        (column.head.header, cell.text)
        for column in row.layout.unknown
        if not (cell := row.cell(column)).is_blank and not _from_left(cell, column)
    )
