"""Document-level checks: what no single claim shows. Each returns issues with a place.

Rule ids are those of DOMAIN §7. Mere rounding is never accused.
"""

from collections.abc import Sequence

from drafter.records.claim import Issue
from drafter.records.mention import Mention
from drafter.verification.arithmetic import arithmetic_issues
from drafter.verification.binding import Binding
from drafter.verification.consistency import consistency_issues
from drafter.verification.sequence import sequence_issues
from drafter.verification.wording import wording_issues


def document_issues(
    text: str, mentions: Sequence[Mention], bound: Sequence[Binding]
) -> tuple[Issue, ...]:
    """All issues of a text, in order of place; `bound` is empty without a table."""
    issues = [
        *arithmetic_issues(text, mentions),
        *consistency_issues(bound),
        *sequence_issues(text),
        *wording_issues(text, mentions),
    ]
    return tuple(sorted(issues, key=lambda issue: (issue.start, issue.end, issue.rule)))
