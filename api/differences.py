"""What a new upload of a table or a fact list changes, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from drafter.records.fact import Fact, FactList
from drafter.records.indicator import Cell, Figure, Indicator, IndicatorTable

_ROW_TEXTS = (
    *("name", "section", "unit", "period_written", "scope", "rank_scope", "target_of", "parent"),
    *("basis", "status", "source", "department", "weight", "note"),
)
_FACT_TEXTS = tuple(
    one.name for one in fields(Fact) if one.name not in ("id", "cell", "date", "figures", "extra")
)


@dataclass(frozen=True, slots=True)
class CellChange:
    """One field of one row; `before` and `after` are as the files show them, None for absent."""

    row: str
    """Id of the row or fact in the newer revision, else in the older one."""
    name: str
    field: str
    before: str | None
    after: str | None
    cell: str
    """Where the newer one stands; '' where it is gone."""


def of_tables(before: IndicatorTable, after: IndicatorTable) -> tuple[CellChange, ...]:
    """Changed cells of rows with one key, then rows that came and went."""
    olds, news = {row.key: row for row in before.rows}, {row.key: row for row in after.rows}
    found: list[CellChange] = []
    for key, row in news.items():
        old = olds.get(key)
        found += _changes(row.id, row.name, _row(old) if old else {}, _row(row))
    for key, row in olds.items():
        if key not in news:
            found += _changes(row.id, row.name, _row(row), {})
    return tuple(found)


def of_facts(before: FactList, after: FactList) -> tuple[CellChange, ...]:
    """The same for facts, which go by their ids."""
    olds = {one.id: one for one in (*before.facts, *before.pending)}
    news = {one.id: one for one in (*after.facts, *after.pending)}
    found: list[CellChange] = []
    for name, fact in news.items():
        old = olds.get(name)
        found += _changes(
            name, fact.title or fact.text[:20], _fact(old) if old else {}, _fact(fact)
        )
    for name, fact in olds.items():
        if name not in news:
            found += _changes(name, fact.title or fact.text[:20], _fact(fact), {})
    return tuple(found)


def _row(row: Indicator) -> dict[str, Cell]:
    said = {
        name: Cell(row.row.file, row.row.sheet, row.row.cell, value)
        for name in _ROW_TEXTS
        if (value := getattr(row, name))
    }
    figures: Mapping[str, Figure] = dict(row.figures())
    return said | {name: figure.cell for name, figure in figures.items()}


def _fact(fact: Fact) -> dict[str, Cell]:
    return {
        name: Cell(fact.cell.file, fact.cell.sheet, fact.cell.cell, value)
        for name in _FACT_TEXTS
        if isinstance(value := getattr(fact, name), str) and value
    }


def _changes(
    row: str, name: str, before: Mapping[str, Cell], after: Mapping[str, Cell]
) -> list[CellChange]:
    found = []
    for field in dict.fromkeys((*before, *after)):
        old, new = before.get(field), after.get(field)
        if (old.value if old else None) != (new.value if new else None):
            found.append(
                CellChange(
                    row,
                    name,
                    field,
                    old.value if old else None,
                    new.value if new else None,
                    new.place if new else "",
                )
            )
    return found
