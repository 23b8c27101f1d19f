"""The year's table as a Word table by the habits of bureaus (DOMAIN 2.2, 5).

Title above and centred, the unit at the top right where one holds for all, 0.5 pt lines, the head
repeated on each page, 其中 rows moved in, sources and dates of the data below. Only columns that
any row fills are printed; every number as the table has it, increments and shares left to the text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from drafter.exporting.grid import Column, table_xml
from drafter.exporting.ooxml import Paragraph, run
from drafter.exporting.styles import Look
from drafter.records.indicator import Figure, Indicator, IndicatorTable
from drafter.records.printable import clean

_HIDDEN_WEIGHT = "备查"
_MOST_SOURCES = 6


@dataclass(frozen=True, slots=True)
class _Field:
    head: str
    share: int
    shown: Callable[[Indicator], str]


def year_table_xml(table: IndicatorTable, year: int, look: Look) -> str:
    """The unit line, the table and the note below it.

    Args:
        table: All rows; goals, rows that lost a conflict and 备查 rows are not printed.
        year: The one that the title names.
        look: Faces of the page.
    """
    rows = [row for row in table.rows if _is_printed(row, table)]
    unit, period = _common(row.unit for row in rows), _common(row.period_written for row in rows)
    fields = [one for one in _fields(unit, period, year) if any(one.shown(row) for row in rows)]
    columns = [
        Column("指标名称", 28),
        *(Column(one.head, one.share, "c") for one in fields),
    ]
    lines = list(_lines(rows, table, fields))
    parts = []
    if unit:
        setting = replace(look.cell_setting, align="right", keep_next=True)
        parts.append(Paragraph(setting, look.table, run(f"单位：{clean(unit)}", look.table)).xml)
    parts.append(table_xml(columns, lines, look))
    # A table without a note has an empty line: Word wants a paragraph behind each table.
    parts += [
        Paragraph(look.cell_setting, look.table, run(clean(said), look.table)).xml
        for said in tuple(_notes(rows, period)) or ("",)
    ]
    return "".join(parts)


def _is_printed(row: Indicator, table: IndicatorTable) -> bool:
    """A result of the year that may be seen: no goal, no row that lost a conflict, none 备查."""
    return (
        row.id not in table.overruled
        and "目标" not in row.status
        and row.weight != _HIDDEN_WEIGHT
        and any(True for _ in row.figures())
    )


def _common(values: Iterator[str]) -> str:
    """The one value that all share; '' where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _fields(unit: str, period: str, year: int) -> Iterator[_Field]:
    if not unit:
        yield _Field("单位", 8, lambda row: row.unit)
    if not period:
        yield _Field("统计期", 11, lambda row: _months(row, year))
    yield _Field("完成", 11, _with_status)
    yield _Field("上年同期", 10, lambda row: _said(row.prior))
    yield _Field("同比%", 9, lambda row: _said(row.yoy))
    yield _Field("位次", 12, _ranks)
    yield _Field("年度目标", 10, lambda row: _said(row.target))
    yield _Field("完成率%", 10, lambda row: _said(row.completion))


def _months(row: Indicator, year: int) -> str:
    """The period without the year that the title names."""
    said = row.period_written.strip()
    rest = said.replace(f"{year}年", "", 1)
    return rest or ("全年" if said else "")


def _said(figure: Figure | None) -> str:
    """The figure as the table has it, with its own approximator and unit."""
    if figure is None:
        return ""
    before = (
        figure.approx if figure.approx and figure.approx not in ("左右", "多", "余", "以上") else ""
    )
    after = figure.approx if figure.approx and not before else ""
    unit = "个百分点" if figure.points else figure.unit
    return f"{before}{figure.number}{unit}{after}"


def _with_status(row: Indicator) -> str:
    said = _said(row.value)
    return f"{said}（预计）" if said and "预计" in row.status else said


def _ranks(row: Indicator) -> str:
    """Of the amount and of the growth, a line each."""
    ranks = (("", row.rank), ("增速", row.yoy_rank))
    return "\n".join(f"{kind}{row.rank_scope}第{one.number}" for kind, one in ranks if one)


def _lines(
    rows: Sequence[Indicator], table: IndicatorTable, fields: Sequence[_Field]
) -> Iterator[list[str]]:
    """The rows by section, a line with its name above each."""
    sections = [row.section for row in rows]
    named = len(set(sections)) > 1
    for section, held in groupby(rows, key=lambda row: row.section):
        if named and section:
            yield [section, *[""] * len(fields)]
        for row in held:
            whole = bool(row.parent) and any(row.parent in one.names for one in table.rows)
            name = f"\u3000其中：{row.name}" if whole else row.name
            yield [name, *(one.shown(row) or "—" for one in fields)]


def _notes(rows: Sequence[Indicator], period: str) -> Iterator[str]:
    if period:
        yield f"注：统计期为{period}。"
    sources = list(dict.fromkeys(row.source for row in rows if row.source))
    if sources:
        more = "等" if len(sources) > _MOST_SOURCES else ""
        yield f"数据来源：{'、'.join(sources[:_MOST_SOURCES])}{more}。"
