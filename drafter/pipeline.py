"""The stages of a draft in order: plan, write, render, verify, mend; values in, values out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from drafter.records.claim import Finding, Issue, Report
from drafter.records.draft import DraftSection, LeftOut, Rendering
from drafter.verification import Options, verify
from drafter.writing.mending import mend
from drafter.writing.offline import WrittenSection
from drafter.writing.references import Materials
from drafter.writing.rendering import render

ROUNDS = 4
"""Each round takes out what the last one left open; a section is settled long before."""

Steps = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """All sections rendered and judged together, as a reader has them before him."""

    renderings: tuple[Rendering, ...]
    findings: tuple[tuple[Finding, ...], ...]
    """By section; offsets in the section's text."""
    issues: tuple[Issue, ...]
    """Offsets in the whole text: headings and texts joined by newlines."""


def judge(
    sections: Sequence[WrittenSection], materials: Materials, options: Options | None = None
) -> Judged:
    """Renders all sections and reads the whole text as a stranger would."""
    renderings = tuple(render(one.template, materials, one.origins) for one in sections)
    text, starts = whole_text(
        [(one.heading, rendering.text) for one, rendering in zip(sections, renderings, strict=True)]
    )
    report = _verified(text, materials, options)
    findings = tuple(
        _agreed(_inside(report.findings, start, len(rendering.text)), rendering, materials)
        for start, rendering in zip(starts, renderings, strict=True)
    )
    of_headings = _heading_issues(report.findings, renderings, starts)
    return Judged(renderings, findings, (*report.issues, *of_headings))


def _verified(text: str, materials: Materials, options: Options | None) -> Report:
    """The verdict on title and text together, with places of the text alone.

    What is said of the title stands at the text's beginning.
    """
    title = materials.title + "\n" if materials.title else ""
    report = verify(
        title + text,
        materials.table,
        materials.facts,
        options=options,
        last_year=materials.last_year,
    )
    if not title:
        return report
    behind = len(title)
    findings = [
        replace(one, start=one.start - behind, end=one.end - behind)
        for one in report.findings
        if one.start >= behind
    ]
    return Report(tuple(findings), tuple(_moved(one, behind) for one in report.issues))


def _moved(issue: Issue, behind: int) -> Issue:
    """An issue with its places that much nearer to the beginning."""
    related = tuple((a - behind, b - behind) for a, b in issue.related if a >= behind)
    start, end = max(0, issue.start - behind), max(0, issue.end - behind)
    of_title = issue.start < behind and not issue.message.startswith("标题")
    message = f"标题：{issue.message}" if of_title else issue.message
    return replace(issue, start=start, end=end, related=related, message=message)


def whole_text(parts: Sequence[tuple[str, str]]) -> tuple[str, tuple[int, ...]]:
    """Headings and texts as one text, and where each section's text starts in it."""
    text, starts = "", []
    for heading, body in parts:
        if heading:
            text += heading + "\n"
        starts.append(len(text))
        text += body + "\n" if body else ""
    return text, tuple(starts)


def _heading_issues(
    findings: Sequence[Finding], renderings: Sequence[Rendering], starts: Sequence[int]
) -> tuple[Issue, ...]:
    """Open fact points of headings: a draft keeps findings for its texts alone."""
    texts = [
        (start, start + len(rendering.text))
        for start, rendering in zip(starts, renderings, strict=True)
    ]
    return tuple(
        Issue(
            rule=one.rule or "L01",
            level="error" if one.blocking else "warning",
            start=one.start,
            end=one.end,
            message=f"标题中的“{one.text}”：{one.message}",
        )
        for one in findings
        if one.kind == "fact"
        and one.is_open
        and not any(start <= one.start and one.end <= end for start, end in texts)
    )


def _inside(findings: Sequence[Finding], start: int, length: int) -> list[Finding]:
    return [
        replace(one, start=one.start - start, end=one.end - start)
        for one in findings
        if start <= one.start and one.end <= start + length
    ]


def _agreed(
    findings: Sequence[Finding], rendering: Rendering, materials: Materials
) -> tuple[Finding, ...]:
    """Two judges must agree: what was inserted, and what a reader takes it for.

    A number that the reader binds to another row than the one it was printed from is open,
    even where both rows hold the same value.
    """
    return tuple(_weighed(finding, rendering, materials) for finding in findings)


def _weighed(finding: Finding, rendering: Rendering, materials: Materials) -> Finding:
    inserted = [
        span
        for span in rendering.spans
        if span.kind == "cell" and span.start < finding.end and finding.start < span.end
    ]
    if not inserted or finding.is_open or finding.field == "period" or finding.kind == "fact":
        return finding
    names = {finding.indicator, *finding.also, *finding.candidates}
    if any(span.indicator in names for span in inserted):
        return finding
    row = materials.table.by_id(inserted[0].indicator or "")
    return replace(
        finding,
        verdict="unsupported",
        rule="disputed",
        message=f"此数取自“{row.name if row else inserted[0].indicator}”，"
        f"读起来却像是“{finding.indicator_name}”，请改写此句",
    )


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
            steps(turn + 1, ROUNDS, "核对")
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
    )
