"""What a new upload of a table or a fact list changes, cell by cell; what a version changes, word by word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Literal

from drafter.records.fact import Fact, FactList
from drafter.records.indicator import Cell, Figure, Indicator, IndicatorTable
from drafter.records.outline import Outline
from drafter.writing.aligning import tokens

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


def of_outlines(before: Outline, after: Outline) -> tuple[CellChange, ...]:
    """Sections that came, went, or stand elsewhere."""
    olds = {one.heading: number for number, one in enumerate(before.sections, 1)}
    news = {one.heading: number for number, one in enumerate(after.sections, 1)}
    found = []
    for heading in dict.fromkeys((*news, *olds)):
        old, new = olds.get(heading), news.get(heading)
        if old != new:
            was = None if old is None else f"第{old}节"
            now = None if new is None else f"第{new}节"
            found.append(CellChange(heading, heading, "position", was, now, now or ""))
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


_CLAUSE = re.compile(r"[^，。；！？：\n]*[，。；！？：\n]+|[^，。；！？：\n]+\Z")
_LONGEST = 2_000
"""Tokens of a stretch that is still compared within."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts side by side."""

    kind: Literal["same", "removed", "added"]
    text: str


def of_texts(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one: the same and the removed pieces are the former, the same and added the latter.

    Numbers are exchanged whole.
    """
    old, new = _CLAUSE.findall(before), _CLAUSE.findall(after)
    found: list[Piece] = []
    for kind, start, end, begin, stop in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[start:end])))
        else:
            found += _within(tokens("".join(old[start:end])), tokens("".join(new[begin:stop])))
    return tuple(_joined(found))


def _within(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if max(len(old), len(new)) > _LONGEST:
        yield Piece("removed", "".join(old))
        yield Piece("added", "".join(new))
        return
    for kind, start, end, begin, stop in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[start:end]))
        else:
            yield Piece("removed", "".join(old[start:end]))
            yield Piece("added", "".join(new[begin:stop]))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Without empty pieces, neighbours of one kind together."""
    held: Piece | None = None
    for one in pieces:
        if not one.text:
            continue
        if held is not None and held.kind == one.kind:
            held = Piece(one.kind, held.text + one.text)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held
