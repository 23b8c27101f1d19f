"""Document-level checks: what no single claim shows. Each returns issues with a place.

Rule ids are those of DOMAIN §7 and, from L33 on, of docs/verification.md. Mere rounding is
never accused. What repeats is told once, with a count.
"""

from collections.abc import Sequence

from drafter.records.claim import Finding, Issue
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.mention import Mention
from drafter.verification.arithmetic import arithmetic_issues
from drafter.verification.binding.candidates import Binding
from drafter.verification.lint.chronology import chronology_issues
from drafter.verification.lint.consistency import consistency_issues
from drafter.verification.lint.disclosure import disclosure_issues
from drafter.verification.lint.growth_checks import growth_issues
from drafter.verification.lint.issues import grouped
from drafter.verification.lint.layout import Layout
from drafter.verification.lint.lists import list_issues
from drafter.verification.lint.persons import naming_issues
from drafter.verification.lint.progress import progress_issues
from drafter.verification.lint.punctuation import punctuation_issues
from drafter.verification.lint.sameness import sameness_issues
from drafter.verification.lint.sequence import sequence_issues
from drafter.verification.lint.titles import title_issues
from drafter.verification.lint.wording import wording_issues


def document_issues(
    text: str,
    mentions: Sequence[Mention],
    bound: Sequence[Binding] = (),
    *,
    findings: Sequence[Finding] | None = None,
    table: IndicatorTable | None = None,
    facts: FactList | None = None,
) -> tuple[Issue, ...]:
    """All issues of a text, in order of place.

    Args:
        text: What is judged; offsets are its code points.
        mentions: Its census.
        bound: Its claims with the rows they speak of; empty without a table.
        findings: What the table says of its claims; None without a table.
        table: The rows, for their status.
        facts: The fact list, for stages and for grounds of superlatives.
    """
    layout = Layout(text, mentions)
    issues = [
        *arithmetic_issues(text, mentions),
        *consistency_issues(layout, bound, table),
        *growth_issues(layout),
        *sameness_issues(layout),
        *list_issues(layout),
        *sequence_issues(layout),
        *wording_issues(text, mentions),
        *punctuation_issues(layout),
        *title_issues(layout),
        *chronology_issues(layout),
        *naming_issues(layout),
        *disclosure_issues(layout),
        *progress_issues(layout, findings, facts or FactList()),
    ]
    return grouped(issues, text)
