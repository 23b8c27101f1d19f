"""One section that a model is to write: what it is told, and what stands in for it if it fails."""

from dataclasses import dataclass, replace

from drafter.records.outline import Outline, SectionPlan
from drafter.verification.facts.wordlists import Words
from drafter.writing.prompting.brief import Brief, section_brief
from drafter.writing.references import Materials
from drafter.writing.special import told_rows

WRITTEN_LAST = ("lead", "closing")
"""Kinds that are written with sight of the rest."""


@dataclass(frozen=True, slots=True)
class Task:
    """A section with its brief."""

    plan: SectionPlan
    """Its heading as it will be printed, with all rows and facts that it may tell."""
    brief: Brief

    @property
    def id(self) -> str:
        """Of the section."""
        return self.plan.section.id

    @property
    def has_material(self) -> bool:
        """There is something to write: without rows and facts a model could but invent."""
        kind = self.plan.section.kind
        return kind != "part" and bool(self.brief.rows or self.brief.facts)

    @property
    def name(self) -> str:
        """What an officer calls it."""
        names = {"lead": "导语", "closing": "结尾", "problems": "存在的问题", "plan": "下一步打算"}
        kind = self.plan.section.kind
        return self.plan.section.heading or names.get(kind, "正文")


def task_of(
    plan: SectionPlan, heading: str, outline: Outline, materials: Materials, words: Words
) -> Task:
    """The task of writing a section.

    Args:
        plan: As planned.
        heading: As it will be printed, without enumerator.
        outline: The headings of all sections, as they will be printed.
        materials: This year's rows and facts.
        words: The word lists.
    """
    section = replace(plan.section, heading=heading, inherited=False)
    own = replace(plan, section=section, indicators=told_rows(plan, materials))
    return Task(own, section_brief(own, outline, materials, words))
