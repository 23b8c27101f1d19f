"""Rows that the precedent does not cover, in the words of an older summary.

The knowledge base finds passages near the section; a sentence of one is set anew when every
clause of it passes the whitelist and speaks of rows that nothing else has told. What it says
otherwise is never taken: rows without such a sentence get a plain frame.
"""

from collections.abc import Sequence
from dataclasses import replace

from drafter.records.indicator import Indicator
from drafter.records.passage import Passage
from drafter.records.summary import Block
from drafter.writing.assembling import Selection, paragraphs, select
from drafter.writing.carrying import Circumstances, carry
from drafter.writing.composing import Part, carried_part, joined
from drafter.writing.precedent import read_clauses
from drafter.writing.references import Materials


def recalled(
    rows: Sequence[Indicator],
    passages: Sequence[Passage],
    around: Circumstances,
    materials: Materials,
) -> Part:
    """Sentences of older years set with this year's values, for rows not told elsewhere.

    Args:
        rows: This year's rows without a sentence of the precedent.
        passages: The nearest first; only `text` is read here, numbers included.
        around: As for the precedent's own clauses.
        materials: This year's rows and facts.

    Returns:
        A part without origins: nothing of the precedent is replaced.
    """
    wanted = {row.id for row in rows}
    found: list[Part] = []
    for passage in passages:
        if not wanted:
            break
        part = _from_passage(passage, wanted, replace(around, past_year=passage.year), materials)
        wanted -= set(part.rows)
        found.append(part)
    whole = joined(found)
    return replace(whole, origins=(None,) * len(whole.origins))


def _from_passage(
    passage: Passage, wanted: set[str], around: Circumstances, materials: Materials
) -> Part:
    block = Block("paragraph", passage.text, tuple(range(len(passage.text))))
    clauses = read_clauses("", (block,), materials.table)
    outcomes = [carry(clause, around) for clause in clauses]
    selection = select(clauses, outcomes, around.words)
    whole = _whole_sentences(selection, wanted)
    parts = [carried_part(group, materials) for group in paragraphs(whole, around.words)]
    return joined(parts)


def _whole_sentences(selection: Selection, wanted: set[str]) -> Selection:
    """Sentences that lost no clause, have figures, and tell wanted rows only."""
    broken = {clause.sentence for clause, _ in selection.refused}
    told: dict[int, set[str]] = {}
    for kept in selection.kept:
        rows = {row.id for row in kept.carried.rows}
        told.setdefault(kept.clause.sentence, set()).update(rows)
        if not rows:
            broken.add(kept.clause.sentence)
    good, left = set(), set(wanted)
    for sentence, rows in told.items():
        if sentence not in broken and rows and rows <= left:
            good.add(sentence)
            left -= rows
    return Selection(
        tuple(
            replace(kept, clause=replace(kept.clause, enumerator=""))
            for kept in selection.kept
            if kept.clause.sentence in good
        ),
        (),
    )
