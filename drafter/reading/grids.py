"""Files to plain grids of cells: what stands where, before anybody asks what it means.

A workbook gives one grid for each visible sheet, a csv or json file gives one. A cell holds the
text that an officer sees (an xlsx number is set in its number format), what the file stores
where that differs, and what is wrong with it: a formula nobody calculated, an error value.
Merged cells are spread over their area. What a column means is asked in `headers`.
"""

import csv
import io
import json
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from drafter.errors import UnreadableFileError
from drafter.reading.allowance import MOST_CELLS, Allowance
from drafter.reading.decoding import decode
from drafter.reading.limits import TABLE_BYTES, check_archive, check_file
from drafter.reading.number_formats import shown

_LONGEST_LINE = 200_000

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_ADVICE = {
    ".xls": "是旧版 Excel 文件，请另存为 .xlsx 后再试",
    ".et": "是 WPS 表格文件，请另存为 .xlsx 后再试",
    ".ods": "是 OpenDocument 表格，请另存为 .xlsx 后再试",
    ".xlsm": "带有宏，请另存为不带宏的 .xlsx 后再试",
    ".xlsb": "是二进制 Excel 文件，请另存为 .xlsx 后再试",
}


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: `text` as seen, `raw` as stored where that differs."""

    text: str
    address: str
    raw: str | None = None
    fault: str = ""
    """Why no number can be read from it, in Chinese; '' where nothing is wrong."""
    is_date: bool = False
    """Stored as a date: no number, whatever was typed."""
    indent: int = 0
    """White space before it and the alignment's indent, in half-width characters."""
    spread: bool = False
    """Belongs to a merged area whose first cell this is not."""

    @property
    def is_blank(self) -> bool:
        """Nothing to see and nothing wrong."""
        return not self.text and not self.fault


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet (None for csv and json): rows of equal length."""

    file: str
    sheet: str | None
    rows: tuple[tuple[GridCell, ...], ...]


def read_grids(path: Path | str, name: str = "") -> tuple[Grid, ...]:
    """The visible sheets of a table file.

    Args:
        path: An `.xlsx`, `.csv` (UTF-8 or GB18030) or `.json` file.
        name: What cells call the file; its own name by default.

    Raises:
        UnreadableFileError: The file cannot be used at all.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        advice = _ADVICE.get(path.suffix.lower(), "不是可读的表格类型，请提供 .xlsx、.csv 或 .json")
        raise UnreadableFileError(str(path), advice)
    check_file(path, most=TABLE_BYTES)
    return tuple(reader(path, name or path.name))


def clean(text: str) -> tuple[str, int]:
    """A cell's text without characters nobody sees and outer blanks; its indent."""
    seen = _INVISIBLE.sub("", text)
    bare = seen.lstrip()
    margin = seen[: len(seen) - len(bare)]
    return bare.rstrip(), sum(2 if char == "\u3000" else 1 for char in margin)


def column_letters(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _typed(text: str, address: str, allowance: Allowance) -> GridCell:
    """A cell of a text format: what was typed is what one sees."""
    allowance.text(text, address)
    seen, indent = clean(text)
    return GridCell(seen, address, raw=text if text.strip() != seen else None, indent=indent)


def _grid(name: str, sheet: str | None, rows: Sequence[Sequence[GridCell]], first: int = 1) -> Grid:
    width = max((len(row) for row in rows), default=0)
    filled = tuple(
        (*row, *(GridCell("", f"{column_letters(c)}{r}") for c in range(len(row), width)))
        for r, row in enumerate(rows, start=first)
    )
    return Grid(name, sheet, filled)


# --- csv ---------------------------------------------------------------------------------------


def _read_csv(path: Path, name: str) -> Iterator[Grid]:
    text = decode(path.read_bytes())
    if text is None or "\x00" in text:
        raise UnreadableFileError(str(path), "无法识别文字编码，请另存为 UTF-8 编码的 csv 后再试")
    delimiter, text, first = _delimiter(text)
    allowance, records = Allowance(path), []
    widest = 0
    try:
        for record in csv.reader(_lines(path, text), delimiter=delimiter):
            records.append(record)
            widest = max(widest, len(record))
            replace(allowance).area(len(records), widest)
    except csv.Error:
        raise UnreadableFileError(
            str(path), "csv 格式有误（引号不成对或单元格过长），请用 Excel 打开后另存再试"
        ) from None
    rows = [
        [_typed(field, f"{column_letters(c)}{r}", allowance) for c, field in enumerate(record)]
        for r, record in enumerate(records, start=first)
    ]
    if not any(cell.text for row in rows for cell in row):
        raise UnreadableFileError(str(path), "表格中没有内容")
    yield _grid(name, None, rows, first)


def _lines(path: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > _LONGEST_LINE:
            raise UnreadableFileError(
                str(path), f"第{number}行有{len(line)}字，不像一份表格，请检查换行和分隔符"
            )
        yield line


def _delimiter(text: str) -> tuple[str, str, int]:
    """Delimiter, the text after a `sep=` line, and the number of its first row."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest, 2
    lines = [line for line in text[:_LONGEST_LINE].splitlines()[:30] if line.strip()]
    counts = {mark: sum(line.count(mark) for line in lines) for mark in (",", "\t", ";", "，")}
    best = max(counts, key=lambda mark: counts[mark])
    return (best if counts[best] > counts[","] else ","), text, 1


# --- json --------------------------------------------------------------------------------------


class _Record(dict[str, Any]):
    """A JSON object whose keys were all different."""


def _read_json(path: Path, name: str) -> Iterator[Grid]:
    text = decode(path.read_bytes())
    if text is None:
        raise UnreadableFileError(str(path), "无法识别文字编码，请另存为 UTF-8 后再试")
    if sum(text.count(mark) for mark in "{[,") > 2 * MOST_CELLS:
        raise UnreadableFileError(str(path), f"json 超过{MOST_CELLS}个值的上限")
    try:
        # Numbers stay the text that was written: 8.70 keeps its zero.
        data = json.loads(
            text,
            parse_float=str,
            parse_int=str,
            parse_constant=_no_constant,
            object_pairs_hook=_record,
        )
    except (ValueError, RecursionError) as error:
        place = f"（第{error.lineno}行）" if isinstance(error, json.JSONDecodeError) else ""
        reason = str(error) if isinstance(error, _JsonError) else f"json 格式有误{place}"
        raise UnreadableFileError(str(path), reason) from None
    found, allowance = False, Allowance(path)
    for sheet, records in _record_lists(data):
        found = True
        yield _grid(name, sheet, _json_rows(records, sheet, allowance))
    if not found:
        raise UnreadableFileError(
            str(path), 'json 应为行的列表，如 [{"name": "工业投资", "value": "208.6"}]'
        )


class _JsonError(ValueError):
    """Valid JSON that says something unusable; the message is for the officer."""


def _no_constant(constant: str) -> str:
    raise _JsonError(f"json 中有无法使用的数值 {constant}")


def _record(pairs: list[tuple[str, Any]]) -> _Record:
    record = _Record(pairs)
    if len(record) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise _JsonError(f"json 的同一行中“{twice[:40]}”出现两次")
    return record


def _record_lists(data: Any) -> Iterator[tuple[str | None, list[_Record]]]:
    """The lists of rows in a document: the document itself, or the values of its object."""
    if isinstance(data, list) and data and all(isinstance(item, _Record) for item in data):
        yield None, data
    elif isinstance(data, _Record):
        for key, value in data.items():
            for _, records in _record_lists(value if isinstance(value, list) else None):
                yield key, records


def _json_rows(
    records: list[_Record], sheet: str | None, allowance: Allowance
) -> list[list[GridCell]]:
    keys = list(dict.fromkeys(key for record in records for key in record))
    allowance.area(len(records) + 1, len(keys), sheet)
    rows = [[_typed(key, key[:40], allowance) for key in keys]]
    for number, record in enumerate(records):
        rows.append([_json_cell(record.get(key), f"[{number}].{key}", allowance) for key in keys])
    return rows


def _json_cell(value: Any, address: str, allowance: Allowance) -> GridCell:
    if value is None:
        return GridCell("", address)
    if isinstance(value, str):
        return _typed(value, address, allowance)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _typed("、".join(value), address, allowance)
    written = json.dumps(value, ensure_ascii=False)
    allowance.text(written, address)
    return GridCell(written, address, fault="应为文字或数字，不能是嵌套结构或真假值")


# --- xlsx --------------------------------------------------------------------------------------


def _read_xlsx(path: Path, name: str) -> Iterator[Grid]:
    check_archive(path)
    _check_areas(path)
    allowance = Allowance(path)
    values = _load(path, data_only=True)
    formulas = _load(path, data_only=False) if _has_formulas(path) else None
    sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    if not any(_extent(sheet, None) > (0, 0) for sheet in sheets):
        raise UnreadableFileError(str(path), "没有可见的、有内容的工作表")
    for sheet in sheets:
        source = formulas[sheet.title] if formulas is not None else None
        yield _grid(name, sheet.title, _sheet_rows(sheet, source, allowance))


def _check_areas(path: Path) -> None:
    """Areas that openpyxl makes cells of, all of them: no more than a table may have."""
    from defusedxml.ElementTree import ParseError, iterparse  # noqa: PLC0415 -- as `_load`
    from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415 -- likewise

    area = 0
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if not any(mark in archive.read(entry) for mark in _AREAS):
                continue
            try:
                with archive.open(entry) as part:
                    for _, element in iterparse(part):
                        if element.tag.rpartition("}")[2].encode() in _AREAS:
                            left, top, right, bottom = range_boundaries(element.get("ref", "A1"))
                            # Whole columns and rows have no bounds of their own.
                            columns = (right or _LAST_COLUMN) - (left or 1) + 1
                            area += columns * ((bottom or _LAST_ROW) - (top or 1) + 1)
                        element.clear()
            except (ParseError, ValueError, TypeError):
                raise _damaged(path) from None
    if area > MOST_CELLS:
        raise UnreadableFileError(
            str(path), f"合并单元格、链接或批注的范围超过{MOST_CELLS}个单元格，请缩小后再试"
        )


_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_AREAS = (b"mergeCell", b"hyperlink", b"comment")


def _damaged(path: Path) -> UnreadableFileError:
    return UnreadableFileError(str(path), "工作簿内部有损坏，请用 Excel 或 WPS 打开后另存一份再试")


def _load(path: Path, *, data_only: bool) -> Any:
    # openpyxl costs 150 ms to import; csv and json do without. It parses with defusedxml.
    from openpyxl import load_workbook  # noqa: PLC0415 -- imported where it is used

    with warnings.catch_warnings():
        # It warns of features it would lose on saving; nothing is saved here.
        warnings.simplefilter("ignore")
        try:
            return load_workbook(path, data_only=data_only, keep_links=False)
        except Exception as error:
            raise _damaged(path) from error


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return any(
            re.search(rb"<(?:\w+:)?f[ >/]", archive.read(entry))
            for entry in archive.namelist()
            if entry.startswith("xl/worksheets/") and entry.endswith(".xml")
        )


def _sheet_rows(sheet: Any, formulas: Any, allowance: Allowance) -> list[list[GridCell]]:
    last_row, last_column = _extent(sheet, formulas)
    allowance.area(last_row, last_column, sheet.title)
    rows = [
        [
            _sheet_cell(_at(sheet, r, c), r, c, formulas, allowance)
            for c in range(1, last_column + 1)
        ]
        for r in range(1, last_row + 1)
    ]
    for area in sheet.merged_cells.ranges:
        _spread(rows, area)
    return rows


def _at(sheet: Any, row: int, column: int) -> Any:
    """The cell there, None where there is none: asking the sheet itself would make one."""
    return None if sheet is None else sheet._cells.get((row, column))  # noqa: SLF001 -- likewise


def _extent(sheet: Any, formulas: Any) -> tuple[int, int]:
    """Last row and column that hold anything; formatted empty cells do not count."""
    used = [
        place
        for source in (sheet, formulas)
        if source is not None
        for place, cell in source._cells.items()  # noqa: SLF001 -- no public view without creating cells
        if cell.value is not None
    ]
    return max((row for row, _ in used), default=0), max((column for _, column in used), default=0)


def _spread(rows: list[list[GridCell]], area: Any) -> None:
    """Give every cell of a merged area what its first cell holds."""
    if area.min_row > len(rows) or area.min_col > len(rows[0]):
        return
    first = rows[area.min_row - 1][area.min_col - 1]
    for r in range(area.min_row - 1, min(area.max_row, len(rows))):
        for c in range(area.min_col - 1, min(area.max_col, len(rows[r]))):
            if rows[r][c].is_blank:
                rows[r][c] = replace(first, spread=True)


def _sheet_cell(cell: Any, row: int, column: int, formulas: Any, allowance: Allowance) -> GridCell:
    address = f"{column_letters(column - 1)}{row}"
    value = None if cell is None else cell.value
    if value is None:
        formula = _at(formulas, row, column)
        return _uncalculated(None if formula is None else formula.value, address, allowance)
    if cell.data_type == "e":
        return GridCell(str(value), address, fault="公式结果是错误值，请改正公式")
    if isinstance(value, bool):
        return GridCell("是" if value else "否", address, raw=str(value).upper())
    if isinstance(value, int | float):
        return _number_cell(value, cell.number_format, address)
    if isinstance(value, datetime | date | time | timedelta):
        return _date_cell(value, cell.number_format, address)
    seen = _typed(str(value), address, allowance)
    alignment = int(cell.alignment.indent or 0) if cell.has_style else 0
    return replace(seen, indent=seen.indent + 2 * alignment)


def _uncalculated(source: Any, address: str, allowance: Allowance) -> GridCell:
    """A cell without a value: empty, or a formula that nobody calculated."""
    if source is None or (isinstance(source, str) and not source.startswith("=")):
        return GridCell("", address)
    written = source if isinstance(source, str) else "公式"
    allowance.text(written, address)
    return GridCell(written, address, fault="公式没有计算结果，请在 Excel 中打开并保存一次")


def _number_cell(value: float, number_format: str, address: str) -> GridCell:
    # A double carries 15 decimal digits; what follows them is noise of binary fractions.
    try:
        exact = Decimal(f"{value:.15g}")
        text = shown(exact, number_format).strip()
    except (ArithmeticError, ValueError):  # no double, or more digits than anybody prints
        return GridCell(str(value)[:40], address, fault="数值超出范围")
    raw = repr(value)
    return GridCell(text, address, raw=raw if raw != text else None)


def _date_cell(value: Any, number_format: str, address: str) -> GridCell:
    """A date as far as its format shows it: a format without days shows a month."""
    if not isinstance(value, datetime | date):
        return GridCell(str(value), address, is_date=True)
    codes = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower().partition(";")[0])
    day = f"{value.day}日" if "d" in codes or "m" not in codes else ""
    text = f"{value.year}年{value.month}月{day}"
    if "m" not in codes and "y" in codes:
        text = f"{value.year}年"
    return GridCell(text, address, raw=value.isoformat(), is_date=True)


_READERS: dict[str, Callable[[Path, str], Iterable[Grid]]] = {
    ".xlsx": _read_xlsx,
    ".csv": _read_csv,
    ".json": _read_json,
}
