"""Verdicts: findings on single claims, issues of the whole text, and their report."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from drafter.records.indicator import Cell
from drafter.records.mention import Mention

Verdict = Literal["supported", "derived", "attested", "contradicted", "unsupported"]
Level = Literal["error", "warning", "info"]
VERDICTS: dict[Verdict, str] = {
    "supported": "有据",
    "derived": "推算有据",
    "attested": "专人担保",
    "contradicted": "与表不符",
    "unsupported": "无依据",
}
"""As an officer's papers call them."""
OPEN_VERDICTS: frozenset[Verdict] = frozenset({"contradicted", "unsupported"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the verifier says of one claim; offsets are those of the claim's text."""

    start: int
    end: int
    text: str
    verdict: Verdict
    indicator: str | None = None
    """Id of the row (or fact) that the claim speaks of."""
    indicator_name: str | None = None
    also: tuple[str, ...] = ()
    """Further rows that the claim equally speaks of and agrees with."""
    candidates: tuple[str, ...] = ()
    """Rows that competed for it."""
    field: str | None = None
    """Field of the row; of a fact point its kind (honour, title, person…)."""
    expected: str | None = None
    """What the table says there, in words."""
    rule: str | None = None
    formula: str | None = None
    evidence: tuple[Cell, ...] = ()
    message: str = ""
    kind: Literal["number", "fact"] = "number"
    blocking: bool = True
    """False for open claims that alone do not fail a text (dates of events by default)."""

    @property
    def is_open(self) -> bool:
        """Nobody and nothing proves it."""
        return self.verdict in OPEN_VERDICTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An objection to the text as a document; always has a place."""

    rule: str
    level: Level
    start: int
    end: int
    message: str
    related: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one text, in order of place."""

    findings: tuple[Finding, ...] = ()
    issues: tuple[Issue, ...] = ()
    mentions: tuple[Mention, ...] = field(default=(), repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings on numbers of each verdict."""
        return self._counted("number")

    @property
    def fact_counts(self) -> dict[str, int]:
        """How many findings on fact points of each verdict."""
        return self._counted("fact")

    def _counted(self, kind: str) -> dict[str, int]:
        return dict(Counter(one.verdict for one in self.findings if one.kind == kind))

    def verdict(self, *, with_issues: bool = True) -> Literal["pass", "fail"]:
        """Fail when a blocking claim is open or an issue is an error."""
        if any(finding.is_open and finding.blocking for finding in self.findings):
            return "fail"
        if with_issues and any(issue.level == "error" for issue in self.issues):
            return "fail"
        return "pass"
