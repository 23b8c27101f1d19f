"""Tables in a Word copy: ruled, their head repeated on each page, their rows never clipped.

Cells have single spacing of their own: the exact pitch of the page would cut them off.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.exporting.ooxml import Face, Paragraph, element, run
from drafter.exporting.styles import Look
from drafter.records.printable import clean

_ALIGNMENT = {"c": "center", "l": "left", "r": "right"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the width, and where its text stands (c, l, r)."""

    head: str
    share: int
    align: str = "l"


def table_xml(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look, *, small: bool = False
) -> str:
    """A `w:tbl` over the whole width of the type area; cells may hold several lines.

    Args:
        columns: Heads, shares of the width, alignment.
        rows: Texts, one for each column.
        look: Faces of the page.
        small: Set in 小五 instead of the profile's size.
    """
    face, head = (look.small, look.small_head) if small else (look.table, look.table_head)
    widths = _widths(columns, look.profile.text_width)
    properties = element(
        "tblPr",
        element("tblStyle", val="TableGrid"),
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    heads = _row(
        [
            _cell(column.head, width, "c", head, look)
            for column, width in zip(columns, widths, strict=True)
        ],
        head=True,
    )
    lines = [
        _row(
            [
                _cell(text, width, column.align, face, look)
                for text, column, width in zip(row, columns, widths, strict=True)
            ]
        )
        for row in rows
    ]
    return element("tbl", properties, grid, heads, *lines)


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    total = sum(column.share for column in columns)
    widths = [width * column.share // total for column in columns]
    widths[-1] += width - sum(widths)
    return widths


def _row(cells: Sequence[str], *, head: bool = False) -> str:
    repeated = (element("tblHeader"),) if head else ()
    return element("tr", element("trPr", element("cantSplit"), *repeated), *cells)


def _cell(text: str, width: int, align: str, face: Face, look: Look) -> str:
    setting = replace(look.cell_setting, align=_ALIGNMENT[align])
    lines = [Paragraph(setting, face, run(line, face)).xml for line in clean(text).split("\n")]
    properties = element(
        "tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center")
    )
    return element("tc", properties, *lines)
