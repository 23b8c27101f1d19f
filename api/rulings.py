"""What people ruled on a draft's materials, applied wherever these are read.

Which of two rows counts, which fact is sure, what the answer to a question is. A ruling speaks of cells as they then were: where the table or the list says something else now, it
has ended.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from api.service import facts_of
from drafter.errors import RefusedError, RequestError
from drafter.records.fact import FactList
from drafter.records.indicator import Cell, Conflict, Indicator, IndicatorTable

_FILE = "答复.json"
"""The name under which answers are cited as evidence."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """All of one draft, as its inputs keep them (JSON)."""

    conflicts: tuple[dict[str, Any], ...] = ()
    confirmed: tuple[dict[str, Any], ...] = ()
    answers: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> "Rulings":
        """Those of a draft's inputs."""
        held = inputs.get("rulings", {})
        return cls(*(tuple(held.get(name, ())) for name in ("conflicts", "confirmed", "answers")))

    def kept(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs with these rulings."""
        held = {
            "conflicts": list(self.conflicts),
            "confirmed": list(self.confirmed),
            "answers": list(self.answers),
        }
        return {**inputs, "rulings": held}


NO_RULINGS = Rulings()


@dataclass(frozen=True, slots=True)
class Ruled:
    """The materials as they stand after the rulings, and what of these has ended."""

    table: IndicatorTable
    facts: FactList
    standing: Rulings
    ended: tuple[str, ...]


def applied(table: IndicatorTable, facts: FactList, rulings: Rulings) -> Ruled:
    """The materials as people ruled them."""
    ended, conflicts, confirmed = [], [], []
    for ruling in rulings.conflicts:
        found = _conflict_of(table, ruling)
        if found is None:
            ended.append(f"{ruling['by']}对“{ruling['name']}”取数的决定已失效：表已改动")
        else:
            table = _with_choice(table, found, ruling)
            conflicts.append(ruling)
    for ruling in rulings.confirmed:
        fact = next((one for one in facts.pending if one.id == ruling["fact"]), None)
        if fact is None or fact.text != ruling["text"]:
            ended.append(f"{ruling['by']}对素材{ruling['fact']}的确认已失效：素材已改动")
        else:
            sure = replace(fact, confirmation=f"{ruling['by']}确认")
            rest = tuple(one for one in facts.pending if one is not fact)
            facts = replace(facts, facts=(*facts.facts, sure), pending=rest)
            confirmed.append(ruling)
    if rulings.answers:
        told = _facts_of(rulings.answers)
        files = (*facts.files, *told.files)
        facts = replace(facts, facts=(*facts.facts, *told.facts), files=files)
    standing = Rulings(tuple(conflicts), tuple(confirmed), rulings.answers)
    return Ruled(table, facts, standing, tuple(ended))


def choice(table: IndicatorTable, item: str, by: str, reason: str) -> dict[str, Any]:
    """The ruling that a row counts which a conflict has overruled.

    Args:
        table: As it stands after the rulings so far.
        item: Id of the row that is to count.
        by: Who decides.
        reason: On what ground.

    Raises:
        RequestError: there is no conflict with such a row.
    """
    for one in table.conflicts:
        if item in (one.chosen, one.other):
            row = table.by_id(item)
            return {
                "name": row.name if row else item,
                "cells": _marks(one),
                "cell": _mark(one.cells[0] if item == one.chosen else one.cells[1]),
                "by": by,
                "reason": reason,
            }
    listed = "、".join(f"{one.chosen}与{one.other}" for one in table.conflicts)
    raise RequestError(f"没有涉及“{item}”的冲突；现有：{listed or '无'}")


def confirmation(facts: FactList, item: str, by: str, reason: str) -> dict[str, Any]:
    """The ruling that a fact which waited to be confirmed is sure.

    Raises:
        RequestError: no such fact waits.
    """
    fact = next((one for one in facts.pending if one.id == item), None)
    if fact is None:
        listed = "、".join(one.id for one in facts.pending)
        raise RequestError(f"没有待确认的素材“{item}”；现有：{listed or '无'}")
    return {"fact": fact.id, "text": fact.text, "by": by, "reason": reason}


def answer(
    rulings: Rulings, question: str, section: str, text: str, kind: str, by: str
) -> dict[str, Any]:
    """The ruling that answers a question: a fact of this year, cited as said by whom.

    Raises:
        RefusedError: the answer is no fact as the fact list would take it.
    """
    number = len(rulings.answers) + 1
    made = {
        "id": f"答{number}",
        "question": question,
        "section": section,
        "text": text,
        "kind": kind,
        "by": by,
    }
    if not _facts_of((made,)).facts:
        raise RefusedError("这个答复不能作为素材", open_points=[text[:40]])
    return made


def _facts_of(answers: Sequence[Mapping[str, Any]]) -> FactList:
    rows = [
        {
            "编号": one["id"],
            "板块": one["section"],
            "类型": one["kind"],
            "要点": one["text"],
            "依据": f"{one['by']}答复",
        }
        for one in answers
    ]
    return facts_of(_FILE, json.dumps(rows, ensure_ascii=False).encode())


def _conflict_of(table: IndicatorTable, ruling: Mapping[str, Any]) -> Conflict | None:
    return next((one for one in table.conflicts if _marks(one) == ruling["cells"]), None)


def _marks(conflict: Conflict) -> list[str]:
    """Both cells, in an order that does not depend on who won."""
    return sorted(_mark(cell) for cell in conflict.cells)


def _mark(cell: Cell) -> str:
    return f"{cell.place}={cell.value}"


def _with_choice(
    table: IndicatorTable, conflict: Conflict, ruling: Mapping[str, Any]
) -> IndicatorTable:
    """The table in which the row of the ruling's cell counts, and its rivals do not."""
    wins = conflict.chosen if _mark(conflict.cells[0]) == ruling["cell"] else conflict.other
    former = conflict.chosen
    reason = (
        f"{ruling['by']}决定：{ruling['reason']}" if ruling["reason"] else f"{ruling['by']}决定"
    )
    rows = {row.id: row for row in table.rows}

    def turned(one: Conflict) -> Conflict:
        if one.chosen != former:
            return one
        if wins == former:
            return replace(one, reason=reason)
        if one.other == wins:
            cells = (one.cells[1], one.cells[0])
            return replace(one, chosen=wins, other=former, cells=cells, reason=reason)
        cells = (_cell(rows[wins], one), one.cells[1])
        return replace(one, chosen=wins, cells=cells, reason=reason)

    return replace(table, conflicts=tuple(turned(one) for one in table.conflicts))


def _cell(row: Indicator, conflict: Conflict) -> Cell:
    figures = dict(row.figures())
    found = figures.get(conflict.field)
    return found.cell if found else row.row
