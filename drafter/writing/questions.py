"""What was not taken over, as a list for the editor and as questions for the 股室.

A question names what is needed and what last year had there, numbers masked. One question stands
for all clauses of a sentence or 一是 item, so that a section asks few things, not thirty.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from drafter.records.draft import LeftOut, Question
from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.records.outline import SectionPlan
from drafter.writing.assembling import Selection
from drafter.writing.clauses import Refusal
from drafter.writing.precedent import Clause

Refused = tuple[Clause, Refusal]

_ASKED = ("E", "P", "D")
_LONGEST = 80


def left_out_clauses(
    section: str, refused: Sequence[Refused], mask: Callable[[str], str]
) -> tuple[LeftOut, ...]:
    """Every clause that was not carried, with its class and reason, in the text's order."""
    ordered = sorted(refused, key=lambda one: one[0].origin)
    return tuple(
        LeftOut(
            section=section,
            text=mask(clause.text),
            reason=refusal.reason,
            label=refusal.label,
            origin=clause.origin,
        )
        for clause, refusal in ordered
    )


def questions_for(
    plan: SectionPlan,
    selection: Selection,
    rows: Sequence[Indicator],
    facts: Sequence[Fact],
    mask: Callable[[str], str],
) -> tuple[Question, ...]:
    """What a 股室 must supply because last year's clause cannot stand."""
    asked = [one for one in selection.refused if _asks(one)]
    asked.sort(key=lambda one: one[0].origin)
    departments = [one.department for one in rows] + [one.department for one in facts]
    department = next(filter(None, departments), "")
    whole = {(id(kept.clause.block), kept.clause.sentence) for kept in selection.kept}
    groups = [
        list(group)
        for _, group in groupby(asked, key=lambda one: (id(one[0].block), one[0].sentence))
    ]
    return tuple(
        _question(plan, group, department, mask)
        for group in groups
        if _is_worth_asking(group, whole)
    )


def _is_worth_asking(group: Sequence[Refused], kept: set[tuple[int, int]]) -> bool:
    """Flourishes beside a kept sentence are not asked for; events, wording and figures are."""
    clause = group[0][0]
    if (id(clause.block), clause.sentence) not in kept:
        return True
    return any(one.claims or not refusal.vague for one, refusal in group)


def _asks(one: Refused) -> bool:
    """Data whose row exists is reported elsewhere in the section; nothing is missing there."""
    clause, refusal = one
    if refusal.label not in _ASKED:
        return False
    if clause.claims:
        return any(claim.row is None for claim in clause.claims)
    return True


def _question(
    plan: SectionPlan, group: Sequence[Refused], department: str, mask: Callable[[str], str]
) -> Question:
    missing = [
        claim.past_name or claim.mention.text
        for clause, _ in group
        for claim in clause.claims
        if claim.row is None and claim.past_name
    ]
    labels = {refusal.label for _, refusal in group}
    if missing:
        what = f"今年“{'”“'.join(dict.fromkeys(missing))}”的数据，没有则不写"
    elif labels == {"P"}:
        what = "今年的提法"
    else:
        what = "今年的同类工作、活动、文件或荣誉（名称、时间、级别、阶段），没有则不写"
    previous = mask("，".join(clause.text for clause, _ in group))
    return Question(
        section=plan.section.id,
        text=what,
        department=department,
        previous=previous if len(previous) <= _LONGEST else f"{previous[: _LONGEST - 1]}…",
    )
