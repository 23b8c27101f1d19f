"""A named person vouches for a claim that nothing proves: who, why, for which words.

An attestation holds for one claim in one sentence, as long as the sentence, and what the table
says beside it, stay as they were. What the table contradicts cannot be vouched for: there the text
or the table has to change.
"""

from collections.abc import Iterator
from dataclasses import replace

from drafter.errors import RefusedError, RequestError
from drafter.outcome import name_of
from drafter.records.claim import Finding, Issue
from drafter.records.draft import Attestation, Draft, DraftSection, Span
from drafter.writing.aligning import cut

_LONGEST = 500
_LISTED = 20


def attest(draft: Draft, claim: str, by: str, reason: str) -> Draft:
    """The draft with an attestation of a claim or of an objection that is an error.

    Args:
        draft: As it stands.
        claim: As `claims` has it: `s2:17` for a claim, `L22:104` for an objection.
        by: Who vouches.
        reason: On what ground.

    Raises:
        RequestError: no such open claim, no name or no reason.
        RefusedError: the table contradicts the claim.
    """
    if not by.strip() or not reason.strip():
        raise RequestError("请用 --by 写明由谁担保，用 --reason 写明理由")
    if len(by) > _LONGEST or len(reason) > _LONGEST:
        raise RequestError(f"姓名和理由各不超过{_LONGEST}字")
    made = _of_finding(draft, claim) or _of_issue(draft, claim)
    if made is None:
        listed = [f"  {name}　{said}" for name, said in claims(draft)]
        more = f"\n  ……另有{len(listed) - _LISTED}处" if len(listed) > _LISTED else ""
        shown = "\n".join(listed[:_LISTED]) + more if listed else "  没有未决之处"
        raise RequestError(f"没有编号为“{claim}”的未决之处；现有：\n{shown}")
    kept = replace(made, by=by.strip(), reason=reason.strip())
    return attested(replace(draft, attestations=(*draft.attestations, kept)))


def claims(draft: Draft) -> tuple[tuple[str, str], ...]:
    """What may be vouched for: its id and what it is, in the order of the text."""
    found = [
        (f"{section.id}:{one.start}", f"{name_of(section)}“{one.text}”：{one.message}")
        for section in draft.sections
        for one in section.findings
        if one.is_open
    ]
    found += [
        (f"{one.rule}:{one.start}", one.message) for one in draft.issues if one.level == "error"
    ]
    return tuple(found)


def _of_finding(draft: Draft, claim: str) -> Attestation | None:
    for section in draft.sections:
        for one in section.findings:
            if not one.is_open or f"{section.id}:{one.start}" != claim:
                continue
            if one.verdict == "contradicted":
                raise RefusedError(
                    f"“{one.text}”与表不符，不能担保：{one.message}。请改正文字，或更正指标表后 refresh",
                    open_points=[f"{name_of(section)}：“{one.text}”"],
                )
            return Attestation(
                section=section.id,
                sentence=_sentence(section, one),
                claim=one.text,
                beside=_beside(one),
                by="",
                reason="",
            )
    return None


def _of_issue(draft: Draft, claim: str) -> Attestation | None:
    for one in draft.issues:
        if one.level == "error" and f"{one.rule}:{one.start}" == claim:
            return Attestation(
                section="",
                sentence=one.message,
                claim=one.rule,
                beside=(),
                by="",
                reason="",
            )
    return None


def attested(draft: Draft) -> Draft:
    """The draft with its attestations on the claims that they still fit; the others end.

    Run on a draft that has just been judged.
    """
    if not draft.attestations:
        return draft
    held: list[Attestation] = []
    sections = []
    for section in draft.sections:
        own = [one for one in draft.attestations if one.section == section.id]
        fitted = [
            (finding, next((one for one in own if _fits(one, finding, section)), None))
            for finding in section.findings
        ]
        held += [one for _, one in fitted if one is not None]
        spans = [
            Span(start=finding.start, end=finding.end, kind="attested", indicator=finding.indicator)
            for finding, one in fitted
            if one is not None
        ]
        sections.append(
            replace(
                section,
                findings=tuple(_vouched(finding, one) for finding, one in fitted),
                spans=(*(one for one in section.spans if one.kind != "attested"), *spans),
            )
        )
    issues = []
    for issue in draft.issues:
        one = next((one for one in draft.attestations if _covers(one, issue)), None)
        held += [one] if one is not None else []
        issues.append(_allowed(issue, one) if one is not None else issue)
    kept = tuple(one for one in draft.attestations if one in held)
    return replace(draft, sections=tuple(sections), issues=tuple(issues), attestations=kept)


def ended(before: Draft, after: Draft) -> Iterator[str]:
    """What an officer is told of attestations that no longer hold."""
    for one in before.attestations:
        if one not in after.attestations:
            yield f"{one.by}对“{one.claim}”的担保已失效：文字或数据有改动，请重新核实"


def _fits(one: Attestation, finding: Finding, section: DraftSection) -> bool:
    return (
        finding.verdict == "unsupported"
        and one.claim == finding.text
        and one.beside == _beside(finding)
        and one.sentence == _sentence(section, finding)
    )


def _covers(one: Attestation, issue: Issue) -> bool:
    return not one.section and (one.claim, one.sentence) == (issue.rule, issue.message)


def _vouched(finding: Finding, one: Attestation | None) -> Finding:
    if one is None:
        return finding
    return replace(finding, verdict="attested", message=f"{one.by}担保：{one.reason}")


def _allowed(issue: Issue, one: Attestation) -> Issue:
    return replace(issue, level="info", message=f"{issue.message}（{one.by}担保：{one.reason}）")


def _sentence(section: DraftSection, finding: Finding) -> str:
    """The sentence that a claim stands in."""
    for start, end in cut(section.text):
        if start <= finding.start < end:
            return section.text[start:end].strip()
    return section.text.strip()


def _beside(finding: Finding) -> tuple[str, ...]:
    """What the table says beside the claim: its cells and the rows that competed for it."""
    cells = (f"{cell.place}={cell.value}" for cell in finding.evidence)
    return (*cells, finding.expected or "", *finding.candidates)
