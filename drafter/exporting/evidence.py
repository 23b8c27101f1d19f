"""What proves each number of a draft, in words: for the comments and for 核对附页.

Takes the verifier's findings as they are and fills in names and cells from the tables; numbers
that were inserted but not judged speak through their span. Judges nothing itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafter.records.claim import VERDICTS, Finding, Verdict
from drafter.records.draft import Draft, DraftSection, Span
from drafter.records.fact import Fact, FactList
from drafter.records.indicator import FIELDS, Cell, FieldName, Indicator, IndicatorTable

FIELD_NAMES: dict[str, str] = {
    "value": "本期值",
    "prior": "上年同期",
    "change": "增减额",
    "yoy": "同比",
    "rank": "位次",
    "rank_of": "参排单位数",
    "yoy_rank": "增速位次",
    "target": "年度目标",
    "completion": "完成率",
    "schedule": "序时进度",
    "share": "占比",
    "period": "统计期",
    "date": "时间",
    "status": "状态",
    "title": "全称",
    "actor": "主体",
    "document": "文号",
    "quoted": "引用名称",
    "list": "名单",
    "honour": "荣誉",
    "meeting": "会议",
    "person": "人员",
    "event": "事项",
    "quantifier": "范围",
    "judgement": "评价",
    "wording": "提法",
}
"""Fields of rows and facts, and kinds of fact points, as an officer calls them."""
_FIELD_OF_REFERENCE: dict[str, FieldName] = {
    "值": "value",
    "增长": "yoy",
    "增速": "yoy",
    "位次": "rank",
    "增速位次": "yoy_rank",
    "完成率": "completion",
    "占比": "share",
    "上年": "prior",
    "目标": "target",
    "增减": "change",
    "序时": "schedule",
}
# What such a span prints is a name or the document's own year, no number; a fact set as written
# is proven whole by the tie of its sentence.
_NAMING_FIELDS = frozenset({"名称", "name", "全称", "主体", "title", "actor", "text", "document"})


_FIGURE = re.compile(r"n([0-9]+)")


@dataclass(frozen=True, slots=True)
class Sources:
    """The tables that a draft was written from; either may be absent."""

    table: IndicatorTable = field(default_factory=lambda: IndicatorTable(()))
    facts: FactList = field(default_factory=FactList)

    def row(self, identifier: str | None) -> Indicator | None:
        """The row of an id."""
        return self.table.by_id(identifier) if identifier else None

    def fact(self, identifier: str | None) -> Fact | None:
        """The fact of an id."""
        return self.facts.by_id(identifier) if identifier else None

    def name(self, identifier: str | None) -> str:
        """What people call a row or a fact; the id itself where no table is at hand."""
        if row := self.row(identifier):
            return row.name
        if fact := self.fact(identifier):
            return f"素材{fact.id}" + (f"（{fact.title}）" if fact.title else "")
        return identifier or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The evidence of one stretch of a section's text; offsets are those of the text."""

    start: int
    end: int
    text: str
    subject: str
    """Name of the indicator or fact; '' where none was found."""
    field: str = ""
    cells: tuple[Cell, ...] = ()
    formula: str = ""
    rule: str = ""
    verdict: str
    """In Chinese."""
    message: str = ""
    is_open: bool = False
    blocking: bool = False
    basis: str = ""
    """For facts: the document it rests on, and the 股室."""
    of_fact: bool = False
    """A fact bears it, and no row."""
    department: str = ""
    """The 股室 of the row or fact."""


def field_name(field: str | None) -> str:
    """A field in Chinese; the second number of a fact (`n2`) is 第2个数."""
    name = field or ""
    if figure := _FIGURE.fullmatch(name):
        return f"第{figure[1]}个数"
    return FIELD_NAMES.get(_FIELD_OF_REFERENCE.get(name, name), name)


def proofs(section: DraftSection, sources: Sources) -> tuple[Proof, ...]:
    """All evidence of a section in the order of its text."""
    judged = [_of_finding(finding, section, sources) for finding in section.findings]
    inserted = [_of_span(span, section, sources) for span in _unjudged(section)]
    return tuple(sorted((*judged, *inserted), key=lambda proof: (proof.start, -proof.end)))


def all_proofs(draft: Draft, sources: Sources) -> Iterator[tuple[DraftSection, Proof]]:
    """The evidence of a draft in the order of its pages."""
    for section in draft.sections:
        for proof in proofs(section, sources):
            yield section, proof


def _of_finding(finding: Finding, section: DraftSection, sources: Sources) -> Proof:
    name = finding.indicator_name or sources.name(finding.indicator)
    also = [sources.name(identifier) for identifier in finding.also]
    notes = [finding.message]
    if finding.is_open and finding.expected and finding.expected not in finding.message:
        notes.append(f"表中为{finding.expected}")
    if also:
        notes.append(f"同样符合：{'、'.join(also)}")
    if finding.is_open and finding.candidates:
        rivals = "、".join(sources.name(identifier) for identifier in finding.candidates)
        notes.append(f"可能所指：{rivals}")
    fact = sources.fact(finding.indicator)
    return Proof(
        start=finding.start,
        end=finding.end,
        text=section.text[finding.start : finding.end],
        subject=name,
        field=field_name(finding.field),
        cells=finding.evidence,
        formula=finding.formula or "",
        rule=finding.rule or "",
        verdict=VERDICTS[finding.verdict],
        message="；".join(note.rstrip("。；") for note in notes if note),
        is_open=finding.is_open,
        blocking=finding.is_open and finding.blocking,
        basis=_basis(fact),
        of_fact=fact is not None,
        department=_department(finding.indicator, sources),
    )


def _unjudged(section: DraftSection) -> Iterator[Span]:
    """Spans of cells, formulas and facts that no finding touches."""
    for span in section.spans:
        proving = span.kind in ("cell", "formula", "fact", "attested")
        if not proving or span.start >= span.end or span.field in _NAMING_FIELDS:
            continue
        # A fact's span covers its sentence and leaves the numbers in it to their own findings.
        kind = "fact" if span.kind == "fact" and span.field is None else "number"
        if not any(
            finding.kind == kind and finding.start < span.end and span.start < finding.end
            for finding in section.findings
        ):
            yield span


def _of_span(span: Span, section: DraftSection, sources: Sources) -> Proof:
    fact = sources.fact(span.indicator)
    verdict: Verdict = "supported"
    if span.kind in ("formula", "attested"):
        verdict = "derived" if span.kind == "formula" else "attested"
    return Proof(
        start=span.start,
        end=span.end,
        text=section.text[span.start : span.end],
        subject=sources.name(span.indicator),
        field=field_name(span.field),
        cells=_cells(span, sources),
        formula=span.formula or "",
        verdict=VERDICTS[verdict],
        basis=_basis(fact),
        of_fact=fact is not None,
        department=_department(span.indicator, sources),
    )


def _department(identifier: str | None, sources: Sources) -> str:
    found = sources.row(identifier) or sources.fact(identifier)
    return found.department if found is not None else ""


def _cells(span: Span, sources: Sources) -> tuple[Cell, ...]:
    if fact := sources.fact(span.indicator):
        return (fact.cell,)
    row = sources.row(span.indicator)
    if row is None:
        return ()
    written = span.field or ""
    name = _FIELD_OF_REFERENCE.get(written) or next(
        (item for item in FIELDS if item == written), None
    )
    figure = row.figure(name) if name else None
    if figure is not None:
        return (figure.cell,)
    if written in ("period", "时期"):
        return (replace(row.row, value=row.period_written),)
    return (row.row,)


def _basis(fact: Fact | None) -> str:
    if fact is None:
        return ""
    return "；".join(part for part in (fact.basis, fact.department) if part)
