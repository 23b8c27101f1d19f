"""The evidence page of a whole draft: its text as a reader has it, each number with what proves it."""

from collections.abc import Sequence
from dataclasses import replace

from drafter.exporting.evidence_page import evidence_page
from drafter.records.claim import Report
from drafter.records.draft import Draft
from drafter.writing.proving import whole_text


def draft_page(draft: Draft, tables: Sequence[str] = ()) -> str:
    """The page as HTML, complete in itself.

    Args:
        draft: As it stands; its findings are shown, nothing is judged again.
        tables: Names of the files that it was made from.
    """
    text, starts = whole_text([(one.heading, one.text) for one in draft.sections])
    findings = tuple(
        replace(finding, start=finding.start + start, end=finding.end + start)
        for section, start in zip(draft.sections, starts, strict=True)
        for finding in section.findings
    )
    report = Report(findings, draft.issues)
    return evidence_page(text, report, file=draft.title, tables=tables)
