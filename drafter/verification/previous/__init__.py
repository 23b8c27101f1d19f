"""Last year beside this year: what of an older text was left standing in a newer one.

Knows sentences, shingles and claims; needs no table. Where a text's sections begin is told by the
caller (`Writing`), since files and headings belong to `reading`. Rules, in addition to L14:

    P01  a number of last year in a like sentence (warning; info where recurring is common)
    P02  a problem in last year's words        (warning)
    P03  a plan or goal in last year's words   (warning)
    P04  a heading in last year's words        (info)
    P05  other sentences in last year's words  (info: standing measures rightly recur)
    P06  a section that is mostly last year's  (info)

Numbers and dates take no part in likeness: 完成208.6亿元 and 完成230亿元 are one sentence, told twice.
"""

from collections.abc import Collection

from drafter.verification.previous.kept import unchanged
from drafter.verification.previous.likeness import like_pairs
from drafter.verification.previous.numbers import numbers_left
from drafter.verification.previous.pages import read
from drafter.verification.previous.sections import mostly_old, section_likeness
from drafter.verification.previous.writings import (
    Comparison,
    Likelihood,
    Part,
    SectionLikeness,
    Stretch,
    Writing,
)
from drafter.verification.previous.years import old_headings, old_years

__all__ = ["Comparison", "Likelihood", "Part", "SectionLikeness", "Writing", "compare"]


def compare(
    new: Writing,
    old: Writing,
    *,
    proven: Collection[Stretch] = (),
    likelihood: Likelihood | None = None,
) -> Comparison:
    """Issues on `new` (offsets of its text) and the likeness of each of its sections.

    Args:
        new: This year's text.
        old: The text of an earlier year.
        proven: Places of claims of `new` that this year's table bears out; that such a number is
            last year's too is then mere chance and not reported.
        likelihood: The thresholds.
    """
    chosen = likelihood or Likelihood()
    ours, theirs = read(new), read(old)
    pairs = list(like_pairs(ours.sentences, theirs.sentences, chosen))
    numbers = list(numbers_left(pairs, ours, theirs, set(proven), chosen))
    kept = list(unchanged(pairs, new.text, chosen))
    sections = tuple(section_likeness(ours, theirs, chosen))
    issues = [
        *numbers,
        *kept,
        *old_years(pairs, new, old),
        *old_headings(new, old),
        *mostly_old(new, sections, chosen),
    ]
    ordered = sorted(issues, key=lambda issue: (issue.start, issue.end, issue.rule))
    return Comparison(tuple(ordered), sections)
