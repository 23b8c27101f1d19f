"""All sections of a draft, written so that what one carries is not told again by another.

A row's section is guessed from its name; the precedent may speak of it elsewhere. Where its
clause lives on, no other section sets the row in a frame of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from drafter.records.outline import SectionPlan
from drafter.writing.offline import Writing, WrittenSection, write


def write_all(
    plans: Sequence[SectionPlan], writing: Writing, step: Callable[[int], None] | None = None
) -> tuple[WrittenSection, ...]:
    """The sections in order.

    Args:
        plans: One a section.
        writing: What they share.
        step: Told the number of the section that is begun.
    """
    written = []
    for number, plan in enumerate(plans):
        if step:
            step(number)
        written.append(write(plan, writing))
    return tuple(
        _without_doubles(plan, one, written, writing)
        for plan, one in zip(plans, written, strict=True)
    )


def _without_doubles(
    plan: SectionPlan,
    section: WrittenSection,
    all_sections: Sequence[WrittenSection],
    writing: Writing,
) -> WrittenSection:
    """The section without frames for rows that another section carries."""
    if section.kind != "achievements":
        return section
    carried = {row for one in all_sections if one is not section for row in one.carried}
    framed = set(section.rows) - set(section.carried)
    doubled = frozenset(framed & carried)
    return write(plan, replace(writing, elsewhere=doubled)) if doubled else section
