"""Indicator tables: rows of figures, each figure with the cell it stands in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from drafter.records.period import Period
from drafter.records.quantity import Number

FieldName = Literal[
    "value",
    "prior",
    "change",
    "yoy",
    "rank",
    "rank_of",
    "yoy_rank",
    "target",
    "completion",
    "schedule",
    "share",
]
FIELDS: tuple[FieldName, ...] = (
    "value",
    "prior",
    "change",
    "yoy",
    "rank",
    "rank_of",
    "yoy_rank",
    "target",
    "completion",
    "schedule",
    "share",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where something stands: the file's name, sheet, address (`F7`) and what one sees there."""

    file: str
    sheet: str | None
    cell: str
    value: str
    raw: str | None = None
    """What the file stores where that differs from what the officer sees."""

    @property
    def place(self) -> str:
        """`2024年指标表.xlsx 指标 F7`, for people."""
        return " ".join(part for part in (self.file, self.sheet, self.cell) if part)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a row with its cell; falls in `change` and `yoy` are negative."""

    number: Number
    cell: Cell
    approx: str | None = None
    """The source's own approximator, in its text form: 近, 约, 左右, 多, 以上, 突破."""
    points: bool = False
    """The figure is in 百分点, not in %."""
    unit: str = ""
    """Its own unit where that is not the row's: a target of 8 % for an amount in 亿元."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One row of an indicator table. Texts are as written; '' where a cell is empty."""

    id: str
    ref: str
    """The row's name in templates: a valid identifier, unique in its table."""
    name: str
    row: Cell
    """The cell of the name: the address of the row as a whole."""
    section: str = ""
    unit: str = ""
    period: Period | None = None
    period_written: str = ""
    scope: str = ""
    value: Figure | None = None
    prior: Figure | None = None
    change: Figure | None = None
    yoy: Figure | None = None
    rank: Figure | None = None
    rank_of: Figure | None = None
    yoy_rank: Figure | None = None
    rank_scope: str = ""
    target: Figure | None = None
    target_of: str = ""
    completion: Figure | None = None
    schedule: Figure | None = None
    share: Figure | None = None
    share_of: str = ""
    parent: str = ""
    """Name of the row that this one is part of (其中)."""
    basis: str = ""
    status: str = ""
    source: str = ""
    department: str = ""
    weight: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    """Columns the contract does not know, kept as (header, text)."""

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What makes a row the same row in the next revision of its table."""
        return (
            self.name,
            self.section,
            self.period_written,
            self.scope,
            self.basis,
            self.status,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    def figure(self, name: FieldName) -> Figure | None:
        """The figure of a field, None where the cell is empty."""
        figure: Figure | None = getattr(self, name)
        return figure

    def figures(self) -> Iterator[tuple[FieldName, Figure]]:
        """All figures that the row holds, in the order of the contract."""
        for name in FIELDS:
            figure = self.figure(name)
            if figure is not None:
                yield name, figure


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows that say different things of one quantity, and which one was chosen."""

    chosen: str
    """Id of the row that counts."""
    other: str
    field: FieldName
    cells: tuple[Cell, Cell]
    """The chosen cell, the other cell."""
    reason: str
    """The rule that chose, in Chinese."""


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """All rows of one or several files, in their order."""

    rows: tuple[Indicator, ...]
    files: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    set_aside: tuple[str, ...] = ()
    """With --lenient: what was wrong with the rows left out."""
    _by_id: dict[str, Indicator] = field(init=False, repr=False, compare=False)
    _by_ref: dict[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {row.id: row for row in self.rows})
        object.__setattr__(self, "_by_ref", {row.ref: row for row in self.rows})

    def by_id(self, identifier: str) -> Indicator | None:
        """The row of an id."""
        return self._by_id.get(identifier)

    def by_ref(self, ref: str) -> Indicator | None:
        """The row of a template reference."""
        return self._by_ref.get(ref)

    @property
    def overruled(self) -> frozenset[str]:
        """Ids of rows that lost a conflict: they prove nothing and are not printed."""
        return frozenset(conflict.other for conflict in self.conflicts)

    @property
    def year(self) -> int | None:
        """The latest year that any result's period names; goals of next year do not count."""
        years = [
            row.period.year
            for row in self.rows
            if row.period and row.period.year and "目标" not in row.status
        ]
        return max(years, default=None)


def children(table: IndicatorTable, row: Indicator) -> Sequence[Indicator]:
    """The rows that name `row` as their whole."""
    return [other for other in table.rows if other.parent and other.parent in row.names]
