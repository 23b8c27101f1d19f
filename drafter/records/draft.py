"""Drafts: sections as templates with their renderings, findings and what remains to be done."""

from dataclasses import dataclass, field
from typing import Literal

from drafter.records.claim import Finding, Issue
from drafter.records.indicator import Cell, Conflict

SpanKind = Literal["cell", "formula", "fact", "attested", "open", "carried"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a section's text and where it comes from."""

    start: int
    end: int
    kind: SpanKind
    indicator: str | None = None
    """Id of the row or fact."""
    field: str | None = None
    formula: str | None = None
    origin: tuple[int, int] | None = None
    """Place of the precedent's numeral that this span replaces, in the precedent's own text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A template set with values: the text and the spans that were inserted."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a 股室 must supply: 【请补：…】. No text of the draft."""

    section: str
    """Id of the section."""
    text: str
    """What is needed, in Chinese."""
    department: str = ""
    previous: str = ""
    """What last year had there, numbers masked."""
    blocking: bool = False
    """Only for material marked 必写 or 必报."""
    after: int = 0
    """Place in the section's text where the review copy shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A piece of the precedent, a row or a fact that the draft does not carry, and why."""

    section: str
    text: str
    """Numbers of the precedent masked."""
    reason: str
    label: str = ""
    """Class of the clause: D R E P Q G J, or the kind of row."""
    origin: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseFigure:
    """A fall, a missed target or a poor rank: a person decides where it goes."""

    indicator: str
    indicator_name: str
    text: str
    section: str
    """Where it stands now; '' if it was left out."""
    cell: Cell | None = None
    """The row."""


BLANK = "【数】"
"""Stands in a wording for what a reference prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words of a draft that stem from a past text."""

    section: str = ""
    text: str
    """As the writer took them over, BLANK for each reference."""
    past: str
    """The past clause, numbers masked."""
    origin: tuple[int, int] | None = None
    """Its place in the precedent's own text; None for a text of the knowledge base."""
    indicators: tuple[str, ...] = ()
    """Rows whose figures it prints; () for a routine measure."""


DECISIONS = ("写入成绩", "写入问题", "不写")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where a named person wants an adverse figure."""

    item: str
    """Id of its row."""
    decided: str
    """One of DECISIONS."""
    by: str
    reason: str = ""
    text: str = ""
    """The figure as it was then: another one asks for a new decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingFact:
    """A row of the fact list that nobody has confirmed: not printed, proves nothing."""

    id: str
    kind: str
    text: str
    section: str
    weight: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedRow:
    """A row that goes by another name than last year."""

    indicator: str
    name: str
    former: str
    cell: Cell
    former_cell: Cell
    sure: bool
    """By alias; else the names are merely alike and a person has to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedBasis:
    """A row whose basis, unit or last year's figure is not what last year's table has."""

    indicator: str
    name: str
    what: str
    """口径, 单位 or 上年数."""
    now: str
    before: str
    cell: Cell
    former_cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSection:
    """A section of a draft; offsets of spans and findings are those of `text`."""

    id: str
    heading: str
    """With its regenerated enumerator: （一）党建工作…"""
    level: int
    """0 for lead and closing, which have no heading."""
    template: str
    text: str
    spans: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()
    run_in: bool = False
    calls: tuple[dict[str, object], ...] = ()
    """Requests to a model, as `records.call.as_record` has them."""
    kind: str = "achievements"
    by_model: bool = False
    """A model's text, taken over sentence by sentence as it was proven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerSection:
    """A section as it was before a recast or rewrite: what it takes to set it again."""

    id: str
    heading: str
    level: int
    kind: str
    template: str
    run_in: bool = False
    origins: tuple[tuple[str, str, int, int], ...] = ()
    """Row, field, start and end of the precedent's numeral that its reference replaces."""
    calls: tuple[dict[str, object], ...] = ()
    by_model: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """What a recast or rewrite changed, so that it can be put back whole."""

    asked: str
    """What the recast was asked for, in Chinese."""
    sections: tuple[FormerSection, ...]
    left_out: tuple[LeftOut, ...]
    questions: tuple[Question, ...]
    made: dict[str, str]
    """Section id -> digest of the template that the recast made: later edits are not undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A named person vouches for a claim; it ends when the text or the table changes."""

    section: str
    """Id of the section; '' for an objection to the whole text."""
    sentence: str
    """The sentence as it then was; of an objection its message."""
    claim: str
    """The words that are vouched for; of an objection its rule."""
    beside: tuple[str, ...]
    """What the table said beside it."""
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change that came back with an edited copy."""

    section: str
    """Id of the section."""
    kinds: tuple[str, ...]
    """改标题, 改数, 改事, 改字, 新增, 删除, 移动."""
    before: str
    after: str
    by: str = ""
    """Who made it; '' where nobody is named."""
    reason: str = ""
    """领导意见, 股室更正 or in other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft whole; frozen: every change makes a new one."""

    title: str
    year: int
    organisation: str
    sections: tuple[DraftSection, ...]
    date: str = ""
    """Date of the signature as printed; '' leaves the line out."""
    issues: tuple[Issue, ...] = ()
    unused_indicators: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    questions: tuple[Question, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    adverse: tuple[AdverseFigure, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """On adverse figures, one a row."""
    pending: tuple[PendingFact, ...] = ()
    renamed: tuple[RenamedRow, ...] = ()
    changed_basis: tuple[ChangedBasis, ...] = ()
    refs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Template reference -> key of the row: a refresh goes by key, never by order."""
    settings: dict[str, object] = field(default_factory=dict)
    wordings: tuple[Wording, ...] = ()
    """Which past clause the words between the figures stem from."""
    former: tuple[Former, ...] = ()
    """States before its recasts, the last one last."""
    attestations: tuple[Attestation, ...] = ()
    """What people vouch for, as far as it still holds."""
    edits: tuple[Edit, ...] = ()
    """What people changed in copies that came back, the latest last."""

    def decision_on(self, figure: AdverseFigure) -> str:
        """What a person decided on an adverse figure, in words; '' where nobody has."""
        for one in self.decisions:
            if one.item == figure.indicator:
                stale = "" if one.text == figure.text else f"（当时为{one.text}，请重新定夺）"
                return f"{one.by}：{one.decided}{stale}"
        return ""

    @property
    def open_points(self) -> tuple[str, ...]:
        """What stands against a clean copy, one Chinese line each."""
        lines = [
            f"{section.heading or '导语'}：“{finding.text}”——{finding.message}"
            for section in self.sections
            for finding in section.findings
            if finding.is_open and finding.blocking
        ]
        lines += [
            f"{issue.rule}：{issue.message}" for issue in self.issues if issue.level == "error"
        ]
        lines += [f"请补：{question.text}" for question in self.questions if question.blocking]
        lines += [
            f"待确认：素材{fact.id}（必写）“{fact.text}”"
            for fact in self.pending
            if fact.weight == "必写"
        ]
        return tuple(lines)
