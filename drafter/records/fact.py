"""Fact lists: what happened this year, as the sections of a bureau put it down."""

from dataclasses import dataclass, field

from drafter.records.indicator import Cell
from drafter.records.period import Period
from drafter.records.quantity import Quantity

KINDS = (
    "举措",
    "活动",
    "荣誉",
    "获批试点",
    "项目",
    "制度文件",
    "案例",
    "名单",
    "人事机构",
    "问题",
    "打算",
    "提法",
)
UNCONFIRMED = ("待确认", "未确认", "待核实", "待核")


@dataclass(frozen=True, slots=True)
class FactFigure:
    """A numeral of a fact's text: `F07.n1` is the first."""

    name: str
    """`n1`, `n2`, …"""
    start: int
    end: int
    text: str
    """As written in the fact, with approximator and unit."""
    quantity: Quantity | None
    """None where the numeral is a date, a rank or the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row of a fact list. Texts are as written; '' where a cell is empty."""

    id: str
    """As in the list, else F01, F02, …; also the fact's name in templates."""
    text: str
    cell: Cell
    """The cell of the text."""
    section: str = ""
    kind: str = ""
    title: str = ""
    date: Period | None = None
    date_written: str = ""
    actor: str = ""
    level: str = ""
    stage: str = ""
    basis: str = ""
    department: str = ""
    weight: str = ""
    disclosure: str = ""
    supersedes: str = ""
    confirmation: str = ""
    """待确认 where nobody has vouched for the row yet; '' or anything else where somebody has."""
    figures: tuple[FactFigure, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def pending(self) -> bool:
        """Nobody has confirmed it: it is not printed and proves nothing."""
        return self.confirmation in UNCONFIRMED


@dataclass(frozen=True, slots=True)
class FactList:
    """All facts of one or several files, in their order."""

    facts: tuple[Fact, ...] = ()
    files: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    pending: tuple[Fact, ...] = ()
    """Rows still to be confirmed: no part of `facts`."""
    _by_id: dict[str, Fact] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {fact.id: fact for fact in self.facts})

    def by_id(self, identifier: str) -> Fact | None:
        """The fact of an id."""
        return self._by_id.get(identifier)
