"""Indicator tables: xlsx, csv and json files to one table of indicators with their cells.

The way of a file: `grids` (what stands where) -> `layout` and `headers` (what the columns mean)
-> `rows` and `figures` (what the cells say) -> here: ids, refs and conflicts over all files.
Problems of all files are collected and reported at once.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from drafter.errors import Problem, TableError
from drafter.reading.conflicts import DEFAULT, GOAL, Choice, find_conflicts
from drafter.reading.grids import Grid, read_grids
from drafter.reading.layout import FACT_TEXT
from drafter.reading.rows import ReadRow, read_rows
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.records.naming import unique_refs

_HEADER = (
    "含有表头的指标表：一列“指标名称”，另有本期、同比、排名、时期、目标、完成率、占比中的至少一列"
)


def read_tables(
    paths: Iterable[Path | str], *, lenient: bool = False, choice: Choice = DEFAULT
) -> IndicatorTable:
    """The indicators of one or several files.

    Args:
        paths: `.xlsx` (all visible sheets), `.csv` or `.json` files, in their order.
        lenient: Set rows with problems aside (`set_aside` says why) instead of refusing all.
        choice: Which of two conflicting rows counts.

    Returns:
        The table; rows of all files in their order, conflicts found and decided.

    Raises:
        UnreadableFileError: A file cannot be used at all.
        TableError: Something in a table is wrong; holds all problems of all files.
    """
    files = [Path(path) for path in paths]
    names = file_names(files)
    read: list[ReadRow] = []
    for path, name in zip(files, names, strict=True):
        read += _read_file(path, name)
    problems = [problem for row in read for problem in row.problems]
    rows = [indicator for row in read for indicator in row.indicators]
    clashes = _clashing_ids(rows)
    if not lenient and (problems or clashes):
        raise TableError([*problems, *clashes])
    if not rows:
        raise TableError(problems or [Problem("、".join(names), None, None, "没有数据行", _HEADER)])
    set_aside = tuple(str(problem) for problem in problems)
    numbered = _with_ids(_told_apart(rows))
    conflicts = find_conflicts(numbered, choice)
    return IndicatorTable(
        rows=_with_refs(numbered, {conflict.other for conflict in conflicts}),
        files=tuple(names),
        conflicts=conflicts,
        set_aside=set_aside,
    )


def file_names(paths: Sequence[Path]) -> tuple[str, ...]:
    """What cells call their files: the name, or the whole path where names repeat."""
    counts = Counter(path.name for path in paths)
    return tuple(path.name if counts[path.name] == 1 else str(path) for path in paths)


def _read_file(path: Path, name: str) -> list[ReadRow]:
    """The rows of a file; a file, or a sheet full of figures, without a head is a problem."""
    rows: list[ReadRow] = []
    headless: list[Grid] = []
    for grid in read_grids(path, name):
        found = read_rows(grid)
        if found is None:
            headless.append(grid)
        else:
            rows += found
    if not rows:
        headless = headless[:1] or []
        return [_headless(name, grid) for grid in headless] or [
            ReadRow(name, problems=(Problem(name, None, None, "没有数据行", _HEADER),))
        ]
    return rows + [_headless(name, grid) for grid in headless if _looks_like_table(grid)]


def _headless(name: str, grid: Grid) -> ReadRow:
    first = next((c for row in grid.rows for c in row if not c.is_blank), None)
    problem = Problem(
        name, grid.sheet, first.address if first else None, first.text if first else "空", _HEADER
    )
    return ReadRow(name, problems=(problem,))


def _looks_like_table(grid: Grid) -> bool:
    """A sheet beside a good one: its figures must not get lost because its head is not known."""
    texts = {cell.text.lower() for row in grid.rows for cell in row}
    figures = sum(
        cell.text.replace(".", "").replace("%", "").lstrip("-").isdecimal()
        for row in grid.rows
        for cell in row
    )
    return not texts & FACT_TEXT and figures >= 6


def _clashing_ids(rows: Sequence[Indicator]) -> list[Problem]:
    """One id for two different indicators of one sheet."""
    first: dict[tuple[str, str | None, str], Indicator] = {}
    problems = []
    for row in rows:
        if not row.id:
            continue
        other = first.setdefault((row.row.file, row.row.sheet, row.id), row)
        if other.name != row.name and other.row.cell != row.row.cell:
            place = row.row
            expected = f"不重复的编号（{other.row.cell}的“{other.name}”已用此编号）"
            problems.append(Problem(place.file, place.sheet, place.cell, row.id, expected))
    return problems


def _told_apart(rows: Sequence[Indicator]) -> list[Indicator]:
    """签约项目（个） and 签约项目（亿元） keep the bracket that tells them apart."""
    units: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        units.setdefault(row.key, set()).add(row.unit)
    return [
        replace(row, name=row.row.value)
        if len(units[row.key]) > 1 and row.row.value.startswith((f"{row.name}(", f"{row.name}（"))
        else row
        for row in rows
    ]


def _with_ids(rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Rows with unique ids; an id is made of the name where none is given."""
    telling = _telling(rows)
    taken = {row.id for row in rows}
    seen: set[str] = set()
    numbered: dict[str, Iterator[str]] = {}
    ids = []
    for row in rows:
        wanted = row.id or _made_id(row, telling[row.name, GOAL in row.status])
        is_first = bool(row.id) and wanted not in seen
        ids.append(wanted if is_first else _unused(wanted, taken, numbered))
        seen.add(wanted)
        taken.add(ids[-1])
    return tuple(replace(row, id=own) for row, own in zip(rows, ids, strict=True))


def _with_refs(rows: Sequence[Indicator], overruled: Collection[str]) -> tuple[Indicator, ...]:
    """Rows with template names; goals and overruled rows leave the plain name to the result."""
    order = sorted(
        range(len(rows)),
        key=lambda place: GOAL in rows[place].status or rows[place].id in overruled,
    )
    made = unique_refs([rows[place].name for place in order])
    by_place = dict(zip(order, made, strict=True))
    return tuple(replace(row, ref=by_place[place]) for place, row in enumerate(rows))


def _telling(rows: Sequence[Indicator]) -> dict[tuple[str, bool], list[int]]:
    """For each name, the places of the key in which its rows differ; results aside from goals."""
    keys: dict[tuple[str, bool], set[tuple[str, ...]]] = {}
    for row in rows:
        if not row.id:
            keys.setdefault((row.name, True), set()).add(row.key)
            if GOAL not in row.status:
                keys.setdefault((row.name, False), set()).add(row.key)
    return {
        name: [place for place, texts in enumerate(zip(*own, strict=True)) if len(set(texts)) > 1]
        for name, own in keys.items()
    }


def _made_id(row: Indicator, places: Sequence[int]) -> str:
    """The name, with what tells the row from others of its name."""
    return "·".join((row.name, *(row.key[place] for place in places if row.key[place])))


def _unused(wanted: str, taken: Collection[str], numbered: dict[str, Iterator[str]]) -> str:
    """What was numbered before stays taken, so that each id goes on where it was left."""
    forms = chain((wanted,), (f"{wanted}_{number}" for number in count(2)))
    candidates = numbered.setdefault(wanted, forms)
    return next(candidate for candidate in candidates if candidate not in taken)
