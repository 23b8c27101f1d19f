"""Past text as lists and questions may show it: numbers replaced by their type."""

from drafter.numerals import read_mentions
from drafter.records.mention import Mention


def masked(text: str) -> str:
    """The text with 〔数〕〔比率〕〔位次〕〔日期〕 for its figures; names keep their numerals."""
    pieces, at = [], 0
    for mention in read_mentions(text):
        if not (mention.claim or mention.kind in ("date", "period", "noise")):
            continue
        pieces += [text[at : mention.start], _placeholder(mention)]
        at = mention.end
    return "".join([*pieces, text[at:]])


def _placeholder(mention: Mention) -> str:
    if mention.kind in ("date", "period"):
        return "〔日期〕"
    if mention.kind == "rank":
        return "〔位次〕"
    rate = mention.kind in ("percent", "rate_change", "points", "multiple", "fraction")
    return "〔比率〕" if rate else "〔数〕"
