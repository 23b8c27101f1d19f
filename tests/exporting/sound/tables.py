"""Rules on tables and pictures."""

import struct
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from tests.exporting.opened import Opened, W, all_of, attribute, children
from tests.exporting.sound.page import type_height, type_width
from tests.exporting.sound.rule import held, rule, styles, whole

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU_A_TWIP = 635
_PNG = b"\x89PNG\r\n\x1a\n"


def _tables(opened: Opened) -> list[ET.Element]:
    return opened.document.findall(f"{W}body/{W}tbl")


def _grid(table: ET.Element) -> list[int]:
    return [whole(column.get(f"{W}w")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]


@rule()
def the_head_of_a_table_is_repeated(opened: Opened) -> Iterator[str]:
    """A table over several pages is unreadable without: w:tblHeader on the first row alone."""
    for number, table in enumerate(_tables(opened), 1):
        marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(f"{W}tr")]
        if marked != [place == 0 for place in range(len(marked))]:
            yield f"table {number}"


@rule()
def rows_are_never_cut_by_a_page(opened: Opened) -> Iterator[str]:
    """w:cantSplit on every row: a number and its source stay on one page."""
    for row in held(opened.document, "tr"):
        if row.find(f"{W}trPr/{W}cantSplit") is None:
            yield "".join(row.itertext())[:20]


@rule()
def rows_have_no_fixed_height(opened: Opened) -> Iterator[str]:
    """Trap: w:trHeight of the rule `exact` clips its cells."""
    for height in held(opened.document, "trHeight"):
        if height.get(f"{W}hRule") == "exact":
            yield str(height.get(f"{W}val"))


@rule()
def columns_add_up_to_the_table(opened: Opened) -> Iterator[str]:
    """Trap: LibreOffice takes w:tblW, Word the grid, WPS the cells: they must agree."""
    for number, table in enumerate(_tables(opened), 1):
        if sum(_grid(table)) != whole(attribute(table, "tblPr/tblW", "w")):
            yield f"table {number}: {_grid(table)}"


@rule()
def tables_stay_within_the_type_area(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.1: nothing is printed beyond 156 mm."""
    for number, table in enumerate(_tables(opened), 1):
        if (
            not 0
            < max(sum(_grid(table)), whole(attribute(table, "tblPr/tblW", "w")))
            <= type_width(opened)
        ):
            yield f"table {number}: {sum(_grid(table))}"


@rule()
def cells_have_the_width_of_their_column(opened: Opened) -> Iterator[str]:
    """Trap: WPS goes by w:tcW; each row has a cell for each column (or spans them)."""
    for number, table in enumerate(_tables(opened), 1):
        grid = _grid(table)
        for row in table.findall(f"{W}tr"):
            column = 0
            for cell in row.findall(f"{W}tc"):
                span = whole(attribute(cell, "tcPr/gridSpan")) or 1
                if whole(attribute(cell, "tcPr/tcW", "w")) != sum(grid[column : column + span]):
                    yield f"table {number}: column {column + 1}"
                column += span
            if column != len(grid):
                yield f"table {number}: {column} of {len(grid)} columns"


@rule()
def columns_are_wide_enough_to_read(opened: Opened) -> Iterator[str]:
    """A column narrower than two characters and its margins sets one character a line."""
    for number, table in enumerate(_tables(opened), 1):
        size = max((whole(item.get(f"{W}val")) for item in all_of(table, "sz")), default=0)
        if min(_grid(table), default=0) < 2 * 10 * size + 160:
            yield f"table {number}: {min(_grid(table), default=0)}"


@rule()
def tables_keep_their_columns(opened: Opened) -> Iterator[str]:
    """Trap: without w:tblLayout fixed Word widens columns by their content, over the edge."""
    for number, table in enumerate(_tables(opened), 1):
        if attribute(table, "tblPr/tblLayout", "type") != "fixed":
            yield f"table {number}"


@rule()
def widths_are_told_in_twips(opened: Opened) -> Iterator[str]:
    """Trap: pct and auto are read differently by each program."""
    for name in ("tblW", "tcW"):
        for width in held(opened.document, name):
            if width.get(f"{W}type") != "dxa":
                yield f"{name}: {width.get(f'{W}type')}"


@rule()
def tables_are_ruled_in_half_points(opened: Opened) -> Iterator[str]:
    """DOMAIN 2.2: lines of 0.5 pt all round, by the style that every table has."""
    borders = styles(opened)["TableGrid"].find(f"{W}tblPr/{W}tblBorders")
    sides = {} if borders is None else {item.tag: item.get(f"{W}sz") for item in borders}
    if len(sides) != 6 or set(sides.values()) != {"4"}:
        yield str(sides)
    for number, table in enumerate(_tables(opened), 1):
        if attribute(table, "tblPr/tblStyle") != "TableGrid":
            yield f"table {number}"


@rule()
def letters_of_a_table_are_small_but_legible(opened: Opened) -> Iterator[str]:
    """DOMAIN 2.2: 五号 to 四号 as in the samples, 小五 for 核对附页; never the size of the text."""
    for cell in held(opened.document, "tc"):
        for size in all_of(cell, "sz"):
            if not 18 <= whole(size.get(f"{W}val")) <= 28:
                yield str(size.get(f"{W}val"))


@rule()
def heads_of_tables_are_told_by_their_font(opened: Opened) -> Iterator[str]:
    """DOMAIN 2.2: the head in 黑体, centred, so that black-and-white print shows it."""
    heading = attribute(styles(opened)["Heading1"], "rPr/rFonts", "eastAsia")
    for table in _tables(opened):
        row = table.find(f"{W}tr")
        for paragraph in () if row is None else all_of(row, "p"):
            fonts = {attribute(run, "rPr/rFonts", "eastAsia") for run in all_of(paragraph, "r")}
            if fonts - {heading} or attribute(paragraph, "pPr/jc") != "center":
                yield "".join(paragraph.itertext())


@rule()
def tables_stand_in_no_table(opened: Opened) -> Iterator[str]:
    """Trap: nested tables are lost on the way back and clipped in WPS."""
    for cell in held(opened.document, "tc"):
        yield from (name for name in children(cell) if name == "tbl")


@rule()
def pictures_stand_in_the_line(opened: Opened) -> Iterator[str]:
    """Trap: floating pictures (wp:anchor, VML) wander over the text in WPS."""
    floating = (f"{_WP}anchor", f"{W}pict", f"{W}object")
    yield from (item.tag for item in opened.document.iter() if item.tag in floating)


@rule()
def pictures_stay_within_the_type_area(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.1: no wider than 156 mm, no higher than 225 mm."""
    for extent in opened.document.iter(f"{_WP}extent"):
        width, height = (whole(extent.get(side)) // _EMU_A_TWIP for side in ("cx", "cy"))
        if not (0 < width <= type_width(opened) and 0 < height <= type_height(opened)):
            yield f"{width} x {height}"


@rule()
def pictures_have_a_number_and_words(opened: Opened) -> Iterator[str]:
    """Trap: equal ids make Word repair the file; without descr a reader of the screen says nothing."""
    seen = set()
    for properties in opened.document.iter(f"{_WP}docPr"):
        number = properties.get("id", "")
        if number in seen or whole(number) < 1 or not properties.get("descr"):
            yield f"{number}: {properties.get('descr')}"
        seen.add(number)


@rule()
def pictures_are_what_they_say(opened: Opened) -> Iterator[str]:
    """Printable without converters: PNG, no metadata of a program, an edge of 100 dots at least."""
    for name, data in opened.media.items():
        if not data.startswith(_PNG) or b"tEXt" in data[:4000] or b"tIME" in data:
            yield name
        elif min(struct.unpack(">II", data[16:24])) < 100:
            yield f"{name}: too coarse"
