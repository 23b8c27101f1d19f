"""承诺兑现表 as a workbook: goals and problems of last year, this year's result, the evidence."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from drafter.exporting.blank_table import safe_text
from drafter.exporting.package import write_atomically
from drafter.records.promise import Promise

_COLUMNS = (
    ("类别", 8),
    ("去年所提", 50),
    ("去年总结段落", 14),
    ("指标", 26),
    ("所提的数", 14),
    ("今年结果", 18),
    ("结论", 10),
    ("依据", 30),
    ("说明", 36),
)


def write_promises(path: Path, found: Sequence[Promise]) -> None:
    """Writes the table; no cell starts a formula.

    Raises:
        OperatorError: the file cannot be written.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "承诺兑现表"
    sheet.append([name for name, _ in _COLUMNS])
    for index, (_, width) in enumerate(_COLUMNS):
        letter = "ABCDEFGHI"[index]
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    for one in found:
        sheet.append([safe_text(text) for text in _row(one)])
    for cells in sheet.iter_rows(min_row=1):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "A2"
    stream = BytesIO()
    book.save(stream)
    write_atomically(path, stream.getvalue())


def _row(one: Promise) -> tuple[str, ...]:
    return (
        "目标" if one.kind == "goal" else "问题",
        one.text,
        f"第{one.paragraph}段",
        one.indicator_name,
        one.promised,
        one.result,
        one.in_words,
        "\n".join(cell.place for cell in one.evidence),
        one.message,
    )
