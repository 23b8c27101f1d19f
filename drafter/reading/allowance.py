"""How much of a table file is read: rows, columns, cells and characters, counted as it goes.

What a parser keeps of a byte can be hundreds of times as large: a repeated string, an empty cell
far away, a line of commas. So the allowance is asked before anything is built.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from drafter.errors import UnreadableFileError

MOST_ROWS = 5_000
"""Of a sheet; a table of 5,000 rows takes some seconds."""
MOST_COLUMNS = 300
MOST_CELLS = 100_000
"""Of a file, empty ones within its rows and columns too; the largest real tables have 3,000."""
MOST_CHARACTERS = 3_000_000
"""Of all cells of a file; a string that is stored once may be shown by every cell."""
LONGEST_CELL = 32_767
"""As Excel has it."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, as only escapes and damage leave it."""


@dataclass(slots=True)
class Allowance:
    """How much of a file may still be read: asked before anything is built of it."""

    path: Path
    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS

    def area(self, rows: int, columns: int, sheet: str | None = None) -> None:
        """Takes a sheet of so many rows and columns."""
        place = f"工作表“{sheet}”" if sheet else "表格"
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            raise UnreadableFileError(
                str(self.path),
                f"{place}有{rows}行{columns}列，超过{MOST_ROWS}行{MOST_COLUMNS}列的上限",
            )
        self.cells -= rows * columns
        if self.cells < 0:
            raise UnreadableFileError(
                str(self.path),
                f"{place}有{rows}行{columns}列，全文件超过{MOST_CELLS}个单元格的上限，请删去多余的行列",
            )

    def text(self, text: str, address: str) -> None:
        """Takes a cell's text, all of whose characters can be written."""
        characters = len(text)
        if not text.isascii() and _HALF.search(text):
            raise UnreadableFileError(
                str(self.path), f"单元格{_HALF.sub('?', address)}中有无法识别的字符，请改正后再试"
            )
        if characters > LONGEST_CELL:
            raise UnreadableFileError(
                str(self.path),
                f"单元格{address}有{characters}字，超过{LONGEST_CELL}字的上限",
            )
        self.characters -= characters
        if self.characters < 0:
            raise UnreadableFileError(
                str(self.path), f"全部单元格超过{MOST_CHARACTERS // 10_000}万字的上限"
            )
