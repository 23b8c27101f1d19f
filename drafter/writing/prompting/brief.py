"""A section's brief: everything that a model may know of it, and nothing else.

Rows and facts come as references with what they print; past text comes as `past` lets it through.
What is 内部, still to be confirmed or 备查 is not told: a model cannot leak what it never saw.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.records.outline import Outline, SectionPlan
from drafter.verification.facts.trends import falls, misses
from drafter.verification.facts.wordlists import Words
from drafter.writing.grouping import is_goal
from drafter.writing.phrases import phrase
from drafter.writing.prompting.past import past_texts
from drafter.writing.references import Materials

FIELDS: Final = (
    *("时期", "值", "增长", "增减", "位次", "增速位次"),
    *("目标", "完成率", "占比", "上年"),
)
"""Fields of a row that a model is offered, in the order in which a sentence uses them."""
_OPEN: Final = ("", "可公开")
_FIRST: Final = ("必写", "亮点")
_LENGTH_OF_ROW: Final = 35
_LENGTH_OF_FACT: Final = 55
_SHORTEST, _LONGEST = 80, 1_500


@dataclass(frozen=True, slots=True)
class Offered:
    """A reference and what it prints."""

    reference: str
    """`{{ 工业投资.值 }}`."""
    prints: str


@dataclass(frozen=True, slots=True)
class RowBrief:
    """A row of the table as a model is told of it."""

    id: str
    name: str
    notes: tuple[str, ...]
    """必报, 年度目标, 下降, 其中于…: what to mind when writing of it."""
    offered: tuple[Offered, ...]
    required: bool
    """必报: never dropped for want of room before the others."""


@dataclass(frozen=True, slots=True)
class FactBrief:
    """A fact as a model is told of it."""

    id: str
    notes: tuple[str, ...]
    text: str
    offered: tuple[Offered, ...]
    tie: str
    """`{{ 据.F07 }}`: prints nothing, ties its sentence to the fact."""
    required: bool
    """必写 or 亮点."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that a section is written from."""

    organisation: str
    year: int
    headings: tuple[str, ...]
    """Of the whole text, in order."""
    heading: str
    kind: str
    rows: tuple[RowBrief, ...]
    facts: tuple[FactBrief, ...]
    past: tuple[str, ...]
    """Past paragraphs of the section: figures masked, matters of their year taken out."""
    target: int
    """Characters to write."""
    standing: tuple[str, ...] = ()
    """Names that may be used in any year."""


def section_brief(plan: SectionPlan, outline: Outline, materials: Materials, words: Words) -> Brief:
    """The brief of one section.

    Args:
        plan: Its heading, rows, facts and passages.
        outline: For the headings of the others.
        materials: This year's rows and facts.
        words: The lists by which past clauses are let through.
    """
    rows = [row for row in map(materials.table.by_id, plan.indicators) if row is not None]
    facts = [fact for fact in map(materials.facts.by_id, plan.facts) if fact is not None]
    told_rows = tuple(filter(None, (_row(row, materials) for row in _tellable(rows, materials))))
    told_facts = tuple(_fact(fact, materials) for fact in _weightiest(facts))
    source = sum(len(block.text) for block in plan.section.source)
    return Brief(
        organisation=materials.organisation,
        year=materials.year or 0,
        headings=tuple(one.heading for one in outline.sections if one.heading),
        heading=plan.section.heading,
        kind=plan.section.kind,
        rows=told_rows,
        facts=told_facts,
        past=past_texts(plan, rows, words),
        target=_target(source, len(told_rows), len(told_facts)),
        standing=words.standing,
    )


def _tellable(rows: Iterable[Indicator], materials: Materials) -> list[Indicator]:
    return [row for row in rows if row.weight != "备查" and row.id not in materials.table.overruled]


def _row(row: Indicator, materials: Materials) -> RowBrief | None:
    offered = []
    for field in FIELDS:
        printed = phrase(row, field, materials)
        if printed:
            offered.append(Offered(f"{{{{ {row.ref}.{field} }}}}", printed))
    if not offered:
        return None
    return RowBrief(row.id, row.name, _row_notes(row), tuple(offered), row.weight == "必报")


def _row_notes(row: Indicator) -> tuple[str, ...]:
    notes = [row.scope, row.weight if row.weight == "必报" else ""]
    if row.parent:
        notes.append(f"其中于“{row.parent}”")
    if row.value is not None and row.value.number.value == 0:
        notes.append("今年为零，一般不写")
    if is_goal(row):
        notes.append("是目标，不是成绩")
    elif falls(row):
        notes.append("下降，不得说成增长或成绩")
    elif misses(row):
        notes.append("未完成目标，不得说成完成")
    return tuple(note for note in notes if note)


def tellable_facts(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that a model may be told and may tell: public ones that are not kept for reference."""
    return [fact for fact in facts if fact.disclosure in _OPEN and fact.weight != "备查"]


def _weightiest(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(tellable_facts(facts), key=lambda fact: fact.weight not in _FIRST)


def _fact(fact: Fact, materials: Materials) -> FactBrief:
    ref = materials.fact_ref(fact.id)
    offered = [Offered(f"{{{{ {ref}.要点 }}}}", "照原文写出整句")]
    fields = (("全称", fact.title), ("时间", fact.date_written), ("主体", fact.actor))
    offered += [Offered(f"{{{{ {ref}.{field} }}}}", said) for field, said in fields if said]
    offered += [Offered(f"{{{{ {ref}.{figure.name} }}}}", figure.text) for figure in fact.figures]
    stage = f"阶段：{fact.stage}" if fact.stage else ""
    level = f"级别：{fact.level}" if fact.level else ""
    exact = "一字不改" if fact.kind == "提法" else ""
    notes = (fact.kind, fact.weight if fact.weight in _FIRST else "", level, stage, exact)
    return FactBrief(
        fact.id,
        tuple(note for note in notes if note),
        fact.text,
        tuple(offered),
        f"{{{{ 据.{ref} }}}}",
        fact.weight in _FIRST,
    )


def _target(source: int, rows: int, facts: int) -> int:
    """As long as last year's, but no longer than this year's material carries."""
    carried = rows * _LENGTH_OF_ROW + facts * _LENGTH_OF_FACT
    wanted = min(source, carried * 2) if source else carried
    return max(_SHORTEST, min(_LONGEST, round(wanted, -1)))
