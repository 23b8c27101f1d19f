"""Lead, problems and plan, assembled from this year's rows and facts.

Nothing of the precedent's wording is used there: policy wording, problems and goals are this
year's or are asked for. The closing formula of the lead (现将…总结如下) is the house's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.records.draft import Question
from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.records.outline import SectionPlan
from drafter.verification.facts.judgements import in_first_third, rises
from drafter.verification.facts.trends import falls, misses
from drafter.writing.assembling import chinese
from drafter.writing.composing import Origins, Part, fact_part, framed_part, joined, plain
from drafter.writing.grouping import is_event, is_goal, is_printable
from drafter.writing.precedent import Clause
from drafter.writing.references import Materials

_CLOSING = re.compile(r"现将.*?(?P<how>总结汇报|总结报告|总结|汇报|报告)?如下")
_HEADLINES = 3
_MOST_ADVERSE = 6


@dataclass(frozen=True, slots=True)
class Made:
    """A part and what is still to be asked."""

    part: Part
    questions: tuple[Question, ...] = ()


def lead_text(
    plan: SectionPlan,
    rows: Sequence[Indicator],
    facts: Sequence[Fact],
    materials: Materials,
    origins: Origins,
    clauses: Sequence[Clause] = (),
) -> Made:
    """Time, policy wording, overall judgement, highlights, transition."""
    wording = [fact for fact in facts if fact.kind == "提法"]
    told = [fact for fact in facts if fact.kind not in ("提法", "问题", "打算")]
    questions = (
        () if wording else (_ask(plan, "今年的指导思想和工作思路（提法），须与文件一字不差"),)
    )
    listed = [row for row in rows if _prints(row, materials) and not _named(row, told)]
    headlines = [row for row in _headlines(materials) if row not in listed]
    parts = [
        _wording(wording, materials),
        _judgement(materials),
        framed_part([*listed, *headlines], materials, origins),
        *(fact_part(fact, materials) for fact in told),
        plain(f"现将{{{{ 年份 }}}}年工作{_how(clauses)}如下。", materials),
    ]
    return Made(joined(parts), questions)


def _how(clauses: Sequence[Clause]) -> str:
    """总结, 汇报 or 报告, as the precedent said."""
    for clause in clauses:
        found = _CLOSING.search(clause.text)
        if found:
            return found["how"] or "总结"
    return "总结"


def _wording(facts: Sequence[Fact], materials: Materials) -> Part:
    """The year and its policy wording: 2024年，我局坚持…，认真落实…."""
    if not facts:
        return Part("")
    refs = [materials.fact_ref(fact.id) for fact in facts]
    said = "，".join(f"{{{{ {ref}.要点 }}}}{{{{ 据.{ref} }}}}" for ref in refs)
    end = "" if facts[-1].text.endswith("。") else "。"
    return plain(f"{{{{ 年份 }}}}年，我局{said}{end}", materials)


OVERALL = "主要指标保持增长"
"""The lead's judgement of the year: every figure that must be reported rises."""


def overall_rows(materials: Materials) -> tuple[Indicator, ...]:
    """The rows that bear the overall judgement; () where they do not."""
    required = tuple(row for row in materials.table.rows if row.weight == "必报")
    return required if required and rises(required) else ()


def _judgement(materials: Materials) -> Part:
    """An overall word only where it holds."""
    return plain(f"{OVERALL}。", materials) if overall_rows(materials) else Part("")


def _headlines(materials: Materials) -> list[Indicator]:
    """Up to three figures that must be reported and stand in the first third of their units."""
    found = [
        row
        for row in materials.table.rows
        if row.weight == "必报"
        and _prints(row, materials)
        and in_first_third(row)
        and not falls(row)
    ]
    return found[:_HEADLINES]


def _prints(row: Indicator, materials: Materials) -> bool:
    quiet = row.weight == "备查" or row.id in materials.table.overruled or is_goal(row)
    return not quiet and is_printable(row)


def told_rows(plan: SectionPlan, materials: Materials) -> tuple[str, ...]:
    """Ids of the rows that a section may tell: a lead the headlines too, problems what fell."""
    further: Sequence[Indicator] = ()
    if plan.section.kind == "lead":
        further = _headlines(materials)
    elif plan.section.kind == "problems":
        further = _adverse(materials)
    return tuple(dict.fromkeys((*plan.indicators, *(row.id for row in further))))


def _named(row: Indicator, facts: Sequence[Fact]) -> bool:
    return is_event(row) and any(row.name in fact.text for fact in facts)


def problems_text(plan: SectionPlan, facts: Sequence[Fact], materials: Materials) -> Made:
    """Facts of kind 问题, then figures that fell or missed their target."""
    told = [fact_part(fact, materials) for fact in facts]
    rows = _adverse(materials)
    framed = framed_part(rows, materials, {})
    if framed:
        head = "部分指标没有达到预期。"
        told.append(joined([plain(head, materials), framed]))
    if not told:
        return Made(Part(""), (_ask(plan, "今年存在的主要问题和不足"),))
    intro = plain("对照目标任务，工作中还存在一些困难和不足。", materials)
    questions = () if facts else (_ask(plan, "今年存在的主要问题和不足（表中未列问题类素材）"),)
    return Made(joined([intro, *_listed(told)]), questions)


def _adverse(materials: Materials) -> list[Indicator]:
    """Rows that must be reported first; a person may strike what does not belong here."""
    rows = [
        row
        for row in materials.table.rows
        if _prints(row, materials) and (misses(row) or _weighs(row))
    ]
    rows.sort(key=lambda row: row.weight != "必报")
    return rows[:_MOST_ADVERSE]


def _weighs(row: Indicator) -> bool:
    """A fall that is a problem: of a figure that must be reported or that has a growth rate.

    One study meeting fewer than last year is listed for a person, it is no problem of the year.
    """
    stated = row.weight == "必报" or row.yoy is not None or row.change is not None
    return falls(row) and stated


def plan_text(
    plan: SectionPlan, rows: Sequence[Indicator], facts: Sequence[Fact], materials: Materials
) -> Made:
    """Next year's target rows, then facts of kind 打算."""
    goals = [row for row in rows if is_goal(row) and is_printable(row)]
    told = [fact_part(fact, materials) for fact in facts]
    framed = framed_part(goals, materials, {})
    if not told and not framed:
        return Made(Part(""), (_ask(plan, "明年的工作打算和目标"),))
    return Made(joined([framed, *_listed(told)]))


def _listed(parts: Sequence[Part]) -> list[Part]:
    """一是, 二是 … before two and more."""
    if len(parts) < 2:
        return list(parts)
    return [
        Part(f"{chinese(number)}是{part.template}", part.origins, part.rows)
        for number, part in enumerate(parts, start=1)
    ]


def _ask(plan: SectionPlan, text: str) -> Question:
    return Question(section=plan.section.id, text=text)
