"""An empty indicator table and fact sheet as one workbook: what a bureau fills in next year.

Made from a table, it carries names, sections, units and whatever else stays the same, and last
year's values as 上年同期. Reading it back with `reading` gives every column its meaning. No cell
that is written starts a formula.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from drafter.errors import RequestError
from drafter.exporting.package import write_atomically
from drafter.records.fact import KINDS, UNCONFIRMED
from drafter.records.indicator import Figure, Indicator, IndicatorTable

INDICATOR_SHEET = "指标表"
FACT_SHEET = "素材表"

# Heads of the contract in the order in which an officer fills them in, with column widths.
_INDICATOR_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("id", "编号", 10),
    ("section", "所属板块", 14),
    ("name", "指标名称", 34),
    ("parent", "所属指标", 18),
    ("unit", "单位", 10),
    ("period", "统计期", 18),
    ("value", "本期", 12),
    ("approx", "约数", 8),
    ("prior", "上年同期", 12),
    ("change", "增减额", 10),
    ("yoy", "同比(%)", 10),
    ("yoy_approx", "同比约数", 10),
    ("rank", "排名", 8),
    ("rank_approx", "排名约数", 10),
    ("yoy_rank", "增速排名", 10),
    ("rank_scope", "排名范围", 10),
    ("rank_of", "参排单位数", 12),
    ("target", "年度目标", 12),
    ("target_of", "任务来源", 12),
    ("completion", "完成率(%)", 11),
    ("schedule", "序时进度(%)", 12),
    ("share", "占比(%)", 10),
    ("share_of", "占何指标", 16),
    ("scope", "范围", 8),
    ("basis", "口径", 10),
    ("status", "状态", 8),
    ("source", "来源", 14),
    ("department", "责任股室", 14),
    ("weight", "采用", 8),
    ("aliases", "别名", 18),
    ("note", "备注", 24),
)
_FACT_COLUMNS: tuple[tuple[str, int], ...] = (
    ("编号", 8),
    ("板块", 14),
    ("类型", 12),
    ("要点", 60),
    ("全称", 30),
    ("时间", 16),
    ("主体", 16),
    ("级别", 10),
    ("阶段", 10),
    ("依据", 24),
    ("股室", 14),
    ("采用", 8),
    ("公开", 10),
    ("替代", 24),
    ("确认", 10),
)
_CHOICES = {
    "状态": ("上报", "快报", "核定", "预计", "目标"),
    "类型": KINDS,
    "公开": ("可公开", "脱敏", "内部"),
    "确认": ("待确认", "已确认"),
}
_WEIGHTS = {
    INDICATOR_SHEET: ("必报", "可报", "备查"),
    FACT_SHEET: ("亮点", "必写", "可写", "备查"),
}
# What stays true from year to year; everything else is asked for again.
_KEPT = (
    *("id", "section", "name", "parent", "unit", "rank_scope", "target_of", "share_of"),
    *("scope", "basis", "source", "department", "weight"),
)
_LAST_ROW = 1000
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")


def write_blank_table(path: Path | str, *, table: IndicatorTable | None = None) -> int:
    """Write the workbook to fill in.

    Args:
        path: Where the `.xlsx` goes.
        table: Last year's table: its rows that report a figure are listed with last values as
            上年同期. Events, goals and rows that lost a conflict are left out.

    Returns:
        How many rows of last year are listed.
    """
    book = Workbook()
    indicators = book.worksheets[0]
    indicators.title = INDICATOR_SHEET
    _head(indicators, [(header, width) for _, header, width in _INDICATOR_COLUMNS])
    rows = [] if table is None else [row for row in table.rows if _returns(row, table)]
    for number, row in enumerate(rows, start=2):
        _fill(indicators, number, row, keep_ids=_has_own_ids(rows))
    _head(book.create_sheet(FACT_SHEET), _FACT_COLUMNS)
    stream = BytesIO()
    book.save(stream)
    write_atomically(Path(path), stream.getvalue())
    return len(rows)


def write_proposals(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Writes proposed facts as a fact list, each row 待确认; an existing list grows.

    Args:
        path: Where the `.xlsx` goes. Where a list of this form stands there, its rows stay as the
            officers left them and the proposals go below.
        rows: By the heads of the fact list; 备注 holds what a person should look at.

    Raises:
        RequestError: The file exists and is no list of this form.
    """
    columns = (*_FACT_COLUMNS, ("备注", 30))
    if path.exists():
        book, sheet = _existing(path, [header for header, _ in columns])
    else:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = FACT_SHEET
        _head(sheet, columns)
    for number, row in enumerate(rows, start=sheet.max_row + 1):
        for index, (header, _) in enumerate(columns, start=1):
            text = UNCONFIRMED[0] if header == "确认" else row.get(header, "")
            if text:
                _cell(sheet, number, index).value = safe_text(text)
    stream = BytesIO()
    book.save(stream)
    write_atomically(path, stream.getvalue())


def _existing(path: Path, headers: Sequence[str]) -> tuple[Workbook, Worksheet]:
    try:
        book = load_workbook(path)
    except (InvalidFileException, BadZipFile, KeyError) as error:
        raise RequestError(f"{path.name}已存在，但不是 xlsx 文件，请换一个文件名") from error
    for sheet in book.worksheets:
        if [cell.value for cell in sheet[1]][: len(headers)] == list(headers):
            return book, sheet
    raise RequestError(f"{path.name}已存在，但不是摘录生成的素材表，请换一个文件名")


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what starts like one gets a blank before."""
    return f" {text}" if text.startswith(_STARTS_FORMULA) else text


def _returns(row: Indicator, table: IndicatorTable) -> bool:
    """A figure that will be reported again: no event, no goal, no overruled row, no grade."""
    reported = any(row.figure(field) for field in ("value", "yoy", "rank", "yoy_rank", "share"))
    once = row.unit == "等奖" or "目标" in row.status
    return reported and not once and row.id not in table.overruled


def _has_own_ids(rows: Sequence[Indicator]) -> bool:
    """Ids that were made of names say nothing; they are not written back."""
    return not all(row.id.startswith(row.name) for row in rows)


def _head(sheet: Worksheet, columns: Sequence[tuple[str, int]]) -> None:
    for index, (header, width) in enumerate(columns, start=1):
        cell = _cell(sheet, 1, index)
        cell.value = header
        cell.font = Font(bold=True)
        cell.fill = _HEAD_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = width
        choices = _WEIGHTS[sheet.title] if header == "采用" else _CHOICES.get(header)
        if choices:
            _offer(sheet, letter, choices)
    sheet.freeze_panes = "D2" if sheet.title == INDICATOR_SHEET else "E2"


def _offer(sheet: Worksheet, letter: str, choices: Sequence[str]) -> None:
    """A list to choose from; other words are allowed."""
    offer = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    offer.showErrorMessage = False
    offer.add(f"{letter}2:{letter}{_LAST_ROW}")
    sheet.add_data_validation(offer)


def _fill(sheet: Worksheet, number: int, row: Indicator, *, keep_ids: bool) -> None:
    texts = {name: getattr(row, name) for name in _KEPT}
    texts["aliases"] = "、".join(row.aliases)
    if not keep_ids:
        texts["id"] = ""
    for index, (field, _, _) in enumerate(_INDICATOR_COLUMNS, start=1):
        cell = _cell(sheet, number, index)
        if field == "prior" and row.value is not None:
            _put_figure(cell, row.value)
        elif texts.get(field):
            cell.value = safe_text(texts[field])


def _put_figure(cell: Cell, figure: Figure) -> None:
    """A figure as a number with its written decimals; ranges and fractions as text."""
    number = figure.number
    if number.upto is None and number.over is None:
        value: Any = number.value
        cell.value = value
        cell.number_format = "0" if not number.places else f"0.{'0' * number.places}"
    else:
        cell.number_format = "@"
        cell.value = str(number)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):  # only a merged area's later cells are none; here is no area
        raise TypeError(cell)
    return cell
