"""The stages of a draft in order: plan, write, render, verify, mend; values in, values out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from drafter.records.claim import Finding
from drafter.records.draft import DraftSection, LeftOut, Rendering
from drafter.records.step import Step, Steps
from drafter.verification import Options
from drafter.writing.mending import mend
from drafter.writing.offline import WrittenSection
from drafter.writing.proving import Judged, judge
from drafter.writing.references import Materials

ROUNDS = 4
"""Each round takes out what the last one left open; a section is settled long before."""


def settle(
    sections: Sequence[WrittenSection],
    materials: Materials,
    masked: Callable[[str], str],
    options: Options | None = None,
    steps: Steps | None = None,
) -> tuple[tuple[WrittenSection, ...], Judged]:
    """Judges and mends until no sentence of the writer's own stands open.

    Args:
        sections: As written.
        materials: This year's rows and facts.
        masked: Hides the numbers of what is listed as left out.
        options: How strictly to judge.
        steps: Told of each round.
    """
    current = tuple(sections)
    tried: dict[str, frozenset[str]] = {}
    judged = judge(current, materials, options)
    for turn in range(ROUNDS):
        if steps:
            steps(Step(turn + 1, ROUNDS, "核对"))
        mended = tuple(
            _mended(one, findings, materials, masked, tried)
            for one, findings in zip(current, judged.findings, strict=True)
        )
        if mended == current:
            break
        current = mended
        judged = judge(current, materials, options)
    return current, judged


def _mended(
    section: WrittenSection,
    findings: Sequence[Finding],
    materials: Materials,
    masked: Callable[[str], str],
    tried: dict[str, frozenset[str]],
) -> WrittenSection:
    if not any(one.is_open and one.blocking for one in findings):
        return section
    before = tried.get(section.id, frozenset())
    outcome = mend(section.template, section.origins, findings, materials, tried=before)
    tried[section.id] = before | set(outcome.told_again)
    reason = "核对未通过，已改用表中数据另写或列出"
    listed = tuple(
        LeftOut(section=section.id, text=masked(text), reason=reason, label="V")
        for text in outcome.removed
    )
    return replace(
        section,
        template=outcome.template,
        origins=outcome.origins,
        left_out=(*section.left_out, *listed),
    )


def finished(
    section: WrittenSection, rendering: Rendering, findings: Sequence[Finding]
) -> DraftSection:
    """The section as it stands in the draft."""
    return DraftSection(
        id=section.id,
        heading=section.heading,
        level=section.level,
        template=section.template,
        text=rendering.text,
        spans=rendering.spans,
        findings=tuple(findings),
        run_in=section.run_in,
        kind=section.kind,
        calls=section.calls,
        by_model=section.by_model,
    )
