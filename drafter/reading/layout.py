"""Where a sheet's heads stand and how its columns belong together.

A sheet may open with a title, a `单位：` line and a line of who filled it in; its head may take
up to three rows; further tables with heads of their own may follow below. Columns that give one
field for several periods, scopes or states form *layers*: each layer makes a row of its own.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from drafter.numerals.periods import read_period
from drafter.reading.grids import Grid, GridCell
from drafter.reading.headers import (
    APPROXIMATORS,
    NUMERIC,
    REQUIRED,
    SERIAL,
    Head,
    meaning,
    names_names,
    period_in,
    unit_line,
)

DEEPEST = 3
SEARCHED = 60
"""How many rows may stand above the first head."""
FACT_TEXT = frozenset({"要点", "text", "素材要点", "素材内容", "素材", "主要内容", "事项内容"})
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*%?")
_FILLED_IN = re.compile(r"[:：].*\S")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet and what its head says."""

    index: int
    head: Head


@dataclass(frozen=True, slots=True)
class Layer:
    """Columns of figures that belong to one row: the same period, scope and status."""

    columns: tuple[Column, ...]
    period: str = ""
    scope: str = ""
    status: str = ""
    label: str = ""

    def column(self, field: str) -> Column | None:
        """The column of a field in this layer."""
        return next((column for column in self.columns if column.head.field == field), None)


@dataclass(frozen=True, slots=True)
class Layout:
    """One table of a sheet: its columns, its layers, and the rows of its body."""

    texts: tuple[Column, ...]
    """One column for each text field (name, unit, period…)."""
    layers: tuple[Layer, ...]
    unknown: tuple[Column, ...]
    doubled: tuple[tuple[Column, GridCell], ...]
    """Columns that say the same as another one, with the cell of their head."""
    start: int
    stop: int
    unit: str = ""
    """Of a `单位：亿元` line above the head."""
    period: str = ""
    """Of the title above the head."""

    def text(self, field: str) -> Column | None:
        """The column of a text field."""
        return next((column for column in self.texts if column.head.field == field), None)


def find_layouts(grid: Grid) -> tuple[Layout, ...]:
    """The tables of a sheet from top to bottom; none where no usable head is found."""
    heads: list[tuple[int, int, tuple[Head, ...]]] = []
    row = 0
    while row < len(grid.rows):
        found = _head_at(grid, row) if _worth_a_look(grid, row, found_any=bool(heads)) else None
        if found is None:
            row += 1
            continue
        heads.append((row, *found))
        row += found[0]
    return tuple(
        _layout(grid, row, depth, columns, _stop(grid, heads, index))
        for index, (row, depth, columns) in enumerate(heads)
    )


def head_texts(grid: Grid, row: int, depth: int) -> list[list[str]]:
    """For each column, the texts of its head from top to bottom."""
    rows = grid.rows[row : row + depth]
    upper = [_filled(rows[k], rows[k + 1 :]) for k in range(depth - 1)]
    last = [cell.text for cell in rows[-1]]
    return [list(texts) for texts in zip(*upper, last, strict=True)]


def distinct(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row that show something, a merged area once."""
    seen: dict[str, GridCell] = {}
    for cell in cells:
        if not cell.is_blank:
            seen.setdefault(cell.address, cell)
    return list(seen.values())


def _worth_a_look(grid: Grid, row: int, *, found_any: bool) -> bool:
    """The first head stands near the top; a further one repeats a word for the names."""
    if not found_any:
        return row < SEARCHED
    rows = grid.rows[row : row + DEEPEST]
    return any(names_names(cell.text) for cells in rows for cell in cells)


def _stop(grid: Grid, heads: list[tuple[int, int, tuple[Head, ...]]], index: int) -> int:
    return heads[index + 1][0] if index + 1 < len(heads) else len(grid.rows)


def _head_at(grid: Grid, row: int) -> tuple[int, tuple[Head, ...]] | None:
    """Depth and columns of the head that begins in a row; the depth that explains most."""
    if not _may_begin(grid.rows[row]):
        return None
    best: tuple[int, tuple[Head, ...]] | None = None
    most = 0
    for depth in range(1, min(DEEPEST, len(grid.rows) - row) + 1):
        if depth > 1 and not _may_continue(grid.rows[row + depth - 1]):
            break
        heads = tuple(meaning(texts) for texts in head_texts(grid, row, depth))
        known = _known(heads)
        if known > most and _name_ends(grid, row, depth, heads):
            best, most = (depth, heads), known
    return best


def _may_begin(cells: Sequence[GridCell]) -> bool:
    """Titles, unit lines and lines of who filled it in are no heads."""
    shown = distinct(cells)
    if len(shown) < 2 or any(_NUMBER.fullmatch(cell.text) or cell.fault for cell in shown):
        return False
    if {cell.text.lower() for cell in shown} & FACT_TEXT:
        return False
    return not any(_FILLED_IN.search(cell.text) for cell in shown)


def _may_continue(cells: Sequence[GridCell]) -> bool:
    shown = distinct(cells)
    return bool(shown) and not any(_NUMBER.fullmatch(cell.text) or cell.fault for cell in shown)


def _known(heads: Sequence[Head]) -> int:
    """How much a head says: its different fields and tags; 0 where it is not usable."""
    fields = {head.field for head in heads}
    named = "name" in fields
    usable = fields & REQUIRED or any(head.label and head.unit for head in heads)
    if not named or not usable:
        return 0
    tagged = {
        (head.field, head.unit, head.period, head.scope, head.status, head.label)
        for head in heads
        if head.field
    }
    return len(tagged)


def _name_ends(grid: Grid, row: int, depth: int, heads: Sequence[Head]) -> bool:
    """Below the word 指标名称 nothing else may stand within the head."""
    at = next(index for index, head in enumerate(heads) if head.field == "name")
    texts = [grid.rows[row + k][at] for k in range(depth)]
    shown = [cell for cell in texts if cell.text]
    return len({cell.address for cell in shown}) == 1


def _filled(cells: Sequence[GridCell], below: Sequence[Sequence[GridCell]]) -> list[str]:
    """The texts of an upper head row; a group's text reaches over the blanks to its right."""
    texts: list[str] = []
    reach = ""
    for index, cell in enumerate(cells):
        has_lower = any(row[index].text and not row[index].spread for row in below)
        if cell.text:
            reach = cell.text if has_lower else ""
        texts.append(cell.text or (reach if has_lower else ""))
    return texts


def _layout(grid: Grid, row: int, depth: int, heads: Sequence[Head], stop: int) -> Layout:
    columns = [Column(index, head) for index, head in enumerate(heads) if head.header]
    texts: dict[str, Column] = {}
    unknown: list[Column] = []
    figures: list[Column] = []
    for column in columns:
        field = column.head.field
        if field in NUMERIC or field in APPROXIMATORS:
            figures.append(column)
        elif field and field != SERIAL and field not in texts:
            texts[field] = column
        elif field != SERIAL:
            unknown.append(column)
    if not any(column.head.field == "value" for column in figures):
        figures += [_as_value(column) for column in unknown if column.head.unit]
        unknown = [column for column in unknown if not column.head.unit]
    above = [cell.text for cells in grid.rows[:row] for cell in distinct(cells)]
    layers, doubled = _layers(_with_changes(_with_years(figures)))
    return Layout(
        texts=tuple(texts.values()),
        layers=layers,
        unknown=tuple(unknown),
        doubled=tuple((column, grid.rows[row][column.index]) for column in doubled),
        start=row + depth,
        stop=stop,
        unit=_first(unit_line, above[-8:]),
        period=_first(period_in, above[-8:]),
    )


def _first(read: Callable[[str], str], texts: Sequence[str]) -> str:
    return next((found for text in texts if (found := read(text))), "")


def _as_value(column: Column) -> Column:
    """`投资(亿元)` of a sheet without a column of values is the column of values."""
    return replace(column, head=replace(column.head, field="value"))


def _with_years(columns: Sequence[Column]) -> list[Column]:
    """Columns of values a year apart: the earlier is the prior, a later target is a goal."""
    years = {
        column.index: span.year
        for column in columns
        if column.head.field in ("value", "target")
        and (span := read_period(column.head.period))
        and span.year
    }
    valued = [years[c.index] for c in columns if c.head.field == "value" and c.index in years]
    return [_in_year(column, years.get(column.index), valued) for column in columns]


def _in_year(column: Column, year: int | None, valued: Sequence[int]) -> Column:
    head = column.head
    if year is None or not valued:
        return column
    if head.field == "value" and len(valued) == 2 and year + 1 in valued:
        return replace(column, head=replace(head, field="prior", period=""))
    if head.field == "target" and year > max(valued):
        return replace(column, head=replace(head, field="value", status="目标"))
    return column


def _with_changes(columns: Sequence[Column]) -> list[Column]:
    """Beside 较上年增减%, a column 较上年增减 holds the amount."""
    rated = any(column.head.field == "yoy" and column.head.percent for column in columns)
    amounts = any(column.head.field == "change" for column in columns)
    if not rated or amounts:
        return list(columns)
    return [
        replace(column, head=replace(column.head, field="change"))
        if column.head.field == "yoy" and not column.head.percent and "增减" in column.head.header
        else column
        for column in columns
    ]


def _layers(columns: Sequence[Column]) -> tuple[tuple[Layer, ...], list[Column]]:
    """Columns sorted into layers; those that say the same as another are given apart."""
    tagged = dict.fromkeys(_tags(column) for column in columns if _splits(column))
    keys = [key for key in tagged if any(key)] or [("", "", "", "")]
    first_scope = next((c.head.scope for c in columns if _is_scoped_rank(c)), "")
    groups: dict[tuple[str, ...], list[Column]] = {(*key, ""): [] for key in keys}
    doubled: list[Column] = []
    nearest = keys[0]
    for column in columns:
        nearest = _tags(column) if _tags(column) in keys and _splits(column) else nearest
        key = _fitting(column, keys, nearest)
        apart = column.head.scope if _is_scoped_rank(column) else ""
        group = groups.setdefault((*key, apart if apart != first_scope else ""), [])
        if any(other.head.field == column.head.field for other in group):
            doubled.append(column)
        else:
            group.append(column)
    layers = [
        Layer(tuple(group), period=key[0], scope=key[1], status=key[2], label=key[3])
        for key, group in groups.items()
    ]
    return tuple(layers), doubled


def _splits(column: Column) -> bool:
    return column.head.field in ("value", "yoy", "change")


def _is_scoped_rank(column: Column) -> bool:
    return column.head.field in ("rank", "yoy_rank") and bool(column.head.scope)


def _tags(column: Column) -> tuple[str, str, str, str]:
    head = column.head
    return (head.period, head.scope, head.status, head.label)


def _fitting(
    column: Column, keys: Sequence[tuple[str, str, str, str]], nearest: tuple[str, str, str, str]
) -> tuple[str, str, str, str]:
    """The layer that a column belongs to: by its tags, else by its place."""
    tags = _tags(column)
    if _is_scoped_rank(column):
        tags = (tags[0], "", tags[2], tags[3])
    fits = [
        key for key in keys if all(tag in ("", own) for tag, own in zip(tags, key, strict=True))
    ]
    # Targets and shares are said once for the row; growth and ranks stand beside their figure.
    once = column.head.field in ("target", "completion", "schedule", "share", "approx")
    if not fits:
        return keys[0]
    return nearest if nearest in fits and not once else fits[0]
