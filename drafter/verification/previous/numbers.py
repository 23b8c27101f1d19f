"""P01: numbers that are last year's, in like clauses of like sentences."""

import re
from collections.abc import Iterator, Sequence

from drafter.records.claim import Issue, Level
from drafter.records.mention import Mention
from drafter.verification.previous.kept import is_plan_kept
from drafter.verification.previous.likeness import alike
from drafter.verification.previous.pages import Pages, Sentence, said
from drafter.verification.previous.writings import Likelihood, Stretch, Writing

_OF_LAST_YEAR = re.compile(r"(?:上年|去年|同期|上一年|前年)[^，；。]{0,12}$")


def numbers_left(
    pairs: Sequence[tuple[Sentence, Sentence, float]],
    ours: Pages,
    theirs: Pages,
    proven: set[Stretch],
    chosen: Likelihood,
) -> Iterator[Issue]:
    """P01: numbers that are the same as last year's, in like clauses of like sentences."""
    for sentence, older, _ in pairs:
        if is_plan_kept(sentence, older, chosen):
            continue
        for claim in sentence.claims:
            if (claim.start, claim.end) in proven or _tells_last_year(claim, ours.writing):
                continue
            about = ours.clauses[claim.start]
            same = any(
                said(claim) == said(other)
                and alike(about, theirs.clauses[other.start]) >= chosen.near
                for other in older.claims
            )
            if same:
                yield Issue(
                    rule="P01",
                    level=_weight(claim),
                    start=claim.start,
                    end=claim.end,
                    message=f"与上年总结中的数字相同：“{_quoted(older.text)}”，请确认是今年的数",
                )


def _tells_last_year(claim: Mention, writing: Writing) -> bool:
    """The number is said of the year before: there it ought to be last year's."""
    if writing.year and claim.period and claim.period.year:
        return claim.period.year < writing.year
    return bool(_OF_LAST_YEAR.search(writing.text[max(0, claim.start - 20) : claim.start]))


def _weight(claim: Mention) -> Level:
    """Ranks, small counts, 0 and 100 % are often the same two years running."""
    digits = re.sub(r"\D", "", str(claim.number or "")).strip("0")
    by_chance = claim.kind == "rank" or digits in ("", "1")
    small = len(digits) == 1 and claim.kind not in ("percent", "rate_change", "points")
    return "info" if by_chance or small else "warning"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
