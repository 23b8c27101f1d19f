"""Takes the figures out of past text before anything else sees it.

What a past summary claims (amounts, rates, ranks, dates) becomes a placeholder that says
only its type; names, enumerators and document numbers stay. Which numerals are claims is
decided in `census`, not here.

>>> mask("完成投资208.6亿元，增长28.2%。")
'完成投资〔数〕，增长〔比率〕。'
"""

import re

from drafter.numerals.census import read_mentions
from drafter.records.mention import Mention, MentionKind

NUMBER, RATIO, RANK, DATE = "〔数〕", "〔比率〕", "〔位次〕", "〔日期〕"
PLACEHOLDER = re.compile("〔(?:数|比率|位次|日期)〕")

# Names, enumerators and document numbers are no figures: what they say is in their words.
_KEPT: frozenset[MentionKind] = frozenset({"enumerator", "name", "document_number"})
# Masked whether or not they claim something: a year misleads as much as a figure does,
# and a damaged number (20230%) may still hold last year's digits.
_ALWAYS: frozenset[MentionKind] = frozenset({"date", "period", "noise"})
_RATIO_UNITS = frozenset({"percent", "points", "times"})


def mask(text: str) -> str:
    """The text with each claimed number, and each date and period, replaced by its type.

    Args:
        text: Running Chinese text, in which numerals are as people write them.

    Returns:
        The text with 〔数〕 for amounts and counts, 〔比率〕 for percentages, points, multiples
        and fractions, 〔位次〕 for ranks and grades, 〔日期〕 for dates, years and periods.
        Masking twice changes nothing more.
    """
    pieces, at = [], 0
    for mention in read_mentions(text):
        placeholder = _placeholder(mention)
        if placeholder is None:
            continue
        pieces += [text[at : mention.start], placeholder]
        at = mention.end
    return "".join([*pieces, text[at:]])


def _placeholder(mention: Mention) -> str | None:
    """What stands for the mention, or None where it stays."""
    if mention.kind in _KEPT or not (mention.claim or mention.kind in _ALWAYS):
        return None
    if mention.kind in ("date", "period"):
        return DATE
    if mention.kind == "rank":
        return RANK
    return RATIO if _is_ratio(mention) else NUMBER


def _is_ratio(mention: Mention) -> bool:
    if mention.kind in ("percent", "points", "multiple", "fraction"):
        return True
    if mention.unit is not None and mention.unit.kind != "none":
        return mention.unit.kind in _RATIO_UNITS
    return mention.kind == "rate_change"  # 持平 has neither number nor unit
