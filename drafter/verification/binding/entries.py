"""What a claim may speak of: the rows of a table and the numerals of facts, indexed by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from drafter.keeping import ByIdentity
from drafter.numerals.segments import clauses
from drafter.records.fact import Fact, FactFigure, FactList
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.records.mention import Mention
from drafter.verification.binding.names import NameIndex, normalise, normalise_name, pairs

NO_FACTS = FactList()
"""One value for all: an index is kept by the identity of its table and facts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, or one numeral of a fact."""

    position: int
    id: str
    row: Indicator | None
    fact: Fact | None = None
    figure: FactFigure | None = None
    section_pairs: frozenset[str] = frozenset()

    def in_section(self, heading: str) -> bool:
        """The heading above the claim names the row's 板块."""
        if not self.section_pairs or not heading:
            return False
        return len(self.section_pairs.intersection(pairs(normalise(heading)))) * 2 > len(
            self.section_pairs
        )

    def takes(self, mention: Mention) -> bool:
        """A fact's numeral is of the same kind of measure as the claim."""
        figure = self.figure
        if figure is None:
            return False
        if figure.quantity is None:
            return mention.number is None or mention.kind == "rank"
        if mention.unit is None:
            return False
        mine, said = figure.quantity.unit, mention.unit
        return mine.dimension == said.dimension or mine.kind == said.kind == "counter"


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Index:
    """All entries with their names, ready for many claims."""

    entries: tuple[Entry, ...]
    names: NameIndex
    position: dict[str, int]
    """Row id -> position of its entry."""


def index_of(table: IndicatorTable, facts: FactList) -> Index:
    """The index of a table and a fact list; overruled rows are no candidates."""
    return _index_of(ByIdentity(table), ByIdentity(facts))


@lru_cache(maxsize=16)
def _index_of(table: "ByIdentity[IndicatorTable]", facts: "ByIdentity[FactList]") -> Index:
    entries: list[Entry] = []
    names: list[tuple[str, ...]] = []
    overruled = table.value.overruled
    for row in table.value.rows:
        if row.id in overruled:
            continue
        section = frozenset(pairs(normalise(row.section)))
        entries.append(Entry(len(entries), row.id, row, section_pairs=section))
        names.append(_row_names(row))
    position = {entry.id: entry.position for entry in entries}
    for fact in facts.value.facts:
        for figure in fact.figures:
            entries.append(Entry(len(entries), fact.id, None, fact, figure))
            names.append((_around(fact, figure),))
    return Index(tuple(entries), NameIndex(names), position)


def rows_by_name(table: IndicatorTable) -> Mapping[str, tuple[Indicator, ...]]:
    """The rows that count, under each of their names and aliases."""
    return _rows_by_name(ByIdentity(table))


@lru_cache(maxsize=16)
def _rows_by_name(table: "ByIdentity[IndicatorTable]") -> Mapping[str, tuple[Indicator, ...]]:
    found: dict[str, list[Indicator]] = {}
    overruled = table.value.overruled
    for row in table.value.rows:
        if row.id not in overruled:
            for name in row.names:
                found.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _row_names(row: Indicator) -> tuple[str, ...]:
    names = list(row.names)
    if row.parent and row.parent not in row.name:
        names.append(f"{normalise_name(row.parent)}其中{row.name}")
    return tuple(names)


def _around(fact: Fact, figure: FactFigure) -> str:
    """The clause of a fact that holds the numeral, without its digits."""
    for start, end in clauses(fact.text):
        if start <= figure.start < end:
            return fact.text[start : figure.start] + " " + fact.text[figure.end : end]
    return fact.text
