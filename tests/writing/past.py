"""A notation for precedents in tests: paragraphs as blocks, sections as plans."""

from collections.abc import Sequence

from drafter.records.outline import OutlineSection, SectionKind, SectionPlan
from drafter.records.summary import Block, PastSummary, SummarySection
from drafter.writing.references import Materials


def block(text: str, start: int = 0) -> Block:
    """A paragraph whose text stands at `start` of its file."""
    return Block("paragraph", text, tuple(range(start, start + len(text))))


def heading(text: str, level: int = 2, marker: str = "（一）", *, run_in: bool = False) -> Block:
    return Block("heading", text, tuple(range(len(text))), level, marker, run_in)


def plan(
    text: str,
    materials: Materials,
    *,
    title: str = "工业经济运行",
    kind: SectionKind = "achievements",
    facts: Sequence[str] | None = None,
    start: int = 0,
) -> SectionPlan:
    """A section with one paragraph of last year's and all rows and facts of the materials."""
    section = OutlineSection(
        "s01", title, 2, kind, "（一）", source=(block(text, start),) if text else ()
    )
    return SectionPlan(
        section,
        tuple(row.id for row in materials.table.rows),
        tuple(fact.id for fact in materials.facts.facts) if facts is None else tuple(facts),
    )


def summary(
    *sections: SummarySection,
    title: str = "云岭县科工局2023年工作总结及2024年工作思路",
    year: int = 2023,
) -> PastSummary:
    return PastSummary("往年.txt", "", title, year, "云岭县科工局", (), tuple(sections))


def section(
    text: str | None,
    *paragraphs: str,
    level: int = 2,
    marker: str = "（一）",
    children: Sequence[SummarySection] = (),
) -> SummarySection:
    head = heading(text, level, marker) if text is not None else None
    return SummarySection(head, level, tuple(map(block, paragraphs)), tuple(children))
