"""Past text as a model may see it: how the house writes, not what happened then.

A figure becomes the placeholder of its type; a clause that a list knows as an event, a name,
policy wording, a problem or a goal becomes 〔往年事项〕. A model that copies what it is shown thus
copies placeholders, which no draft may keep.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from drafter.numerals.masking import mask
from drafter.records.indicator import Indicator
from drafter.records.outline import SectionPlan
from drafter.records.summary import Block
from drafter.verification.facts.wordlists import Words
from drafter.writing.clauses import licence_of, objection
from drafter.writing.precedent import Clause, read_clauses

HIDDEN: Final = "〔往年事项〕"


def past_texts(plan: SectionPlan, rows: Sequence[Indicator], words: Words) -> tuple[str, ...]:
    """The precedent's paragraphs of a section, then passages of older years, the nearest first.

    Args:
        plan: The section; lead, problems and plan show their passages too, with less left of them.
        rows: This year's rows of the section: their own words are let through.
        words: The lists.

    Returns:
        Paragraphs; one of which nothing may be shown is left out.
    """
    older = [
        Block("paragraph", passage.text, tuple(range(len(passage.text))))
        for passage in plan.passages
    ]
    licence = licence_of(rows)
    shown = [_shown(block, licence, words) for block in (*plan.section.source, *older)]
    return tuple(dict.fromkeys(text for text in shown if text))


def _shown(block: Block, licence: str, words: Words) -> str:
    """One paragraph; '' where every clause of it is hidden."""
    clauses = read_clauses("", (block,), None)
    pieces: list[str] = []
    for _, sentence in groupby(clauses, key=lambda clause: clause.sentence):
        pieces += _sentence(list(sentence), licence, words)
    return "".join(pieces)


def _sentence(clauses: Sequence[Clause], licence: str, words: Words) -> Iterable[str]:
    """A sentence clause by clause; nothing where all of it is hidden."""
    said = ["" if objection(one, words, licence) else mask(one.text) for one in clauses]
    if not any(said):
        return
    for text, run in groupby(zip(clauses, said, strict=True), key=lambda pair: pair[1]):
        members = [clause for clause, _ in run]
        # Hidden clauses in a row are one matter; the mark behind the last of them closes it.
        yield members[0].enumerator + (text or HIDDEN) + (members[-1].mark or "。")
