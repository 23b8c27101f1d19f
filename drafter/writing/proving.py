"""Sections set and read as a stranger would: renderings, findings and issues of the whole text.

Two judges must agree on each number: the span says which row it was printed from, the verifier
which row a reader takes it for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.records.claim import Finding, Issue, Report
from drafter.records.draft import Rendering
from drafter.verification import Options, verify
from drafter.writing.offline import WrittenSection
from drafter.writing.references import Materials
from drafter.writing.rendering import render

OF_TITLE = "标题："
"""Begins what is said of the title; it stands at the text's beginning."""


@dataclass(frozen=True, slots=True)
class Judged:
    """All sections rendered and judged together, as a reader has them before him."""

    renderings: tuple[Rendering, ...]
    findings: tuple[tuple[Finding, ...], ...]
    """By section; offsets in the section's text."""
    issues: tuple[Issue, ...]
    """Offsets in the whole text: headings and texts joined by newlines."""
    starts: tuple[int, ...]
    """Where each section's text starts in the whole."""


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
    return Judged(renderings, findings, (*report.issues, *of_headings), starts)


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
    message = f"{OF_TITLE}{issue.message}" if of_title else issue.message
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
