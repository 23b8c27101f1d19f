"""What was not taken over, as a list for the editor and as questions for the 股室.

A question names what is needed and what last year had there, numbers masked. One question stands
for all clauses of a sentence or 一是 item, so that a section asks few things, not thirty.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from drafter.records.draft import LeftOut, Question
from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.records.outline import SectionPlan
from drafter.writing.assembling import Selection
from drafter.writing.clauses import Refusal
from drafter.writing.phrases import is_mishap
from drafter.writing.precedent import Clause

Refused = tuple[Clause, Refusal]

_ASKED = ("E", "P", "D")
_LONGEST = 80
_NOTHING = re.compile("(?:未|没有)(?:再)?发生")


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
        if _is_worth_asking(group, whole) and not _is_counted(group, rows)
    )


def _is_worth_asking(group: Sequence[Refused], kept: set[tuple[int, int]]) -> bool:
    """Flourishes beside a kept sentence are not asked for; events, wording and figures are."""
    clause = group[0][0]
    if (id(clause.block), clause.sentence) not in kept:
        return True
    return any(one.claims or not refusal.vague for one, refusal in group)


def _is_counted(group: Sequence[Refused], rows: Sequence[Indicator]) -> bool:
    """全年未发生…事故 where a row of the section counts what did not happen."""
    said = all(_NOTHING.search(clause.text) for clause, _ in group)
    return said and any(is_mishap(row) and row.value is not None for row in rows)


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
        what = (
            f"今年{'、'.join(_quoted(name) for name in dict.fromkeys(missing))}的数据，没有则不写"
        )
    elif labels == {"P"}:
        what = "今年的提法"
    elif any(clause.claims for clause, _ in group):
        what = "今年相应的数据，没有则不写"
    else:
        what = f"{_kind_of(group)}，没有则不写"
    previous = mask("，".join(clause.text for clause, _ in group))
    return Question(
        section=plan.section.id,
        text=what,
        department=department,
        previous=previous if len(previous) <= _LONGEST else f"{previous[: _LONGEST - 1]}…",
    )


_KINDS: Final = (
    (
        re.compile("《|〔|印发|出台|制定|修订|办法|方案|意见|细则"),
        "今年的制度文件（全称、印发单位、时间）",
    ),
    (
        re.compile("荣获|获评|评为|授予|入选|上榜|公示|列入|认定|试点|示范|称号|先进"),
        "今年的荣誉和获批事项（全称、级别、阶段、时间）",
    ),
    (
        re.compile("举办|承办|召开|组织.{0,8}(?:活动|大赛|会)|对接会|博览会|论坛"),
        "今年的活动和会议（名称、时间、规模）",
    ),
    (re.compile("开工|竣工|投产|签约|落地|项目"), "今年的项目进展（名称、阶段、投资、时间）"),
    (re.compile("任命|调整|机构|成立|设立|编制|同志"), "今年的人事和机构变动（名称、依据、时间）"),
)


def _kind_of(group: Sequence[Refused]) -> str:
    """What to send, by the first cue that a clause has."""
    text = "，".join(clause.text for clause, _ in group)
    for pattern, what in _KINDS:
        if pattern.search(text):
            return what
    return "今年的同类工作（做法、时间、成效数据）"


def _quoted(name: str) -> str:
    """A name in quotes; one that has quotes of its own gets none around them."""
    return name if "“" in name else f"“{name}”"
