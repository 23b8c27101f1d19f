"""Document-level checks: what no single claim shows. Each returns issues with a place.

Rule ids are those of DOMAIN §7 and, from L33 on, of docs/verification.md. Mere rounding is
never accused. What repeats is told once, with a count.
"""

from collections.abc import Sequence

from drafter.records.claim import Issue
from drafter.records.mention import Mention
from drafter.verification.arithmetic import arithmetic_issues
from drafter.verification.candidates import Binding
from drafter.verification.chronology import chronology_issues
from drafter.verification.consistency import consistency_issues
from drafter.verification.issues import grouped
from drafter.verification.layout import Layout
from drafter.verification.punctuation import punctuation_issues
from drafter.verification.sequence import sequence_issues
from drafter.verification.titles import title_issues
from drafter.verification.wording import wording_issues


def document_issues(
    text: str, mentions: Sequence[Mention], bound: Sequence[Binding]
) -> tuple[Issue, ...]:
    """All issues of a text, in order of place; `bound` is empty without a table."""
    layout = Layout(text, mentions)
    issues = [
        *arithmetic_issues(text, mentions),
        *consistency_issues(bound),
        *sequence_issues(layout),
        *wording_issues(text, mentions),
        *punctuation_issues(layout),
        *title_issues(layout),
        *chronology_issues(layout),
    ]
    return grouped(issues, text)
