"""Rows that the precedent does not cover, in the words of an older summary.

The knowledge base finds passages near the section; a statement of one (up to ； or 。) is set anew
when every clause of it passes the whitelist and speaks of rows that nothing else has told. What
it says otherwise is never taken: rows without such a statement get a plain frame.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.records.indicator import Indicator
from drafter.records.passage import Passage
from drafter.records.summary import Block
from drafter.writing.assembling import Kept, Selection, paragraphs, select
from drafter.writing.carrying import Circumstances, carry, is_time
from drafter.writing.composing import Origins, Part, carried_part, joined, replacing
from drafter.writing.precedent import Clause, read_clauses
from drafter.writing.references import Materials


def recalled(
    rows: Sequence[Indicator],
    passages: Sequence[Passage],
    around: Circumstances,
    origins: Origins,
    materials: Materials,
) -> Part:
    """Sentences of older years set with this year's values, for rows not told elsewhere.

    Args:
        rows: This year's rows without a sentence of the precedent.
        passages: The nearest first; only `text` is read here, numbers included.
        around: As for the precedent's own clauses.
        origins: Numerals of the precedent whose clauses were not carried.
        materials: This year's rows and facts.
    """
    wanted = {row.id for row in rows}
    found: list[Part] = []
    for passage in passages:
        if not wanted:
            break
        part = _from_passage(passage, wanted, replace(around, past_year=passage.year), materials)
        wanted -= set(part.rows)
        found.append(part)
    told = joined(found)
    noted = tuple(replace(one, origin=None) for one in told.wordings)
    return replace(replacing(told.template, origins, materials), wordings=noted)


def _from_passage(
    passage: Passage, wanted: set[str], around: Circumstances, materials: Materials
) -> Part:
    block = Block("paragraph", passage.text, tuple(range(len(passage.text))))
    clauses = read_clauses("", (block,), materials.table)
    outcomes = [carry(clause, around) for clause in clauses]
    selection = select(clauses, outcomes, around.words)
    whole = _whole_statements(clauses, selection, wanted)
    parts = [carried_part(group, materials) for group in paragraphs(whole, around.words)]
    return joined(parts)


def _whole_statements(
    clauses: Sequence[Clause], selection: Selection, wanted: set[str]
) -> Selection:
    """Statements (up to ； or 。) that lost no clause, have figures, and tell wanted rows only."""
    kept = {id(one.clause): one for one in selection.kept}
    good: list[Kept] = []
    left = set(wanted)
    for statement in _statements(clauses):
        # 1—11月, stands before its statement as a clause of its own; the row brings its period.
        members = [kept.get(id(clause)) for clause in statement if not is_time(clause)]
        whole = [one for one in members if one is not None]
        rows = {row.id for one in whole for row in one.carried.rows}
        stands = len(whole) == len(members) and all(one.carried.rows for one in whole)
        if stands and rows and rows <= left and not whole[0].carried.dependent:
            good += [
                replace(one, clause=replace(one.clause, enumerator=""), openers=()) for one in whole
            ]
            left -= rows
    return Selection(tuple(good), ())


def _statements(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    current: list[Clause] = []
    for clause in clauses:
        if current and clause.sentence != current[-1].sentence:
            yield current
            current = []
        current.append(clause)
        if clause.mark == "；":
            yield current
            current = []
    if current:
        yield current
