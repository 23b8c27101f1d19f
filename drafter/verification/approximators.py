"""What approximators promise: 近 is below, 超 is above, 约 is about (DOMAIN §3.2 N25)."""

import re
from decimal import Decimal
from enum import Enum


class Leaning(Enum):
    """On which side of the printed number the true one lies."""

    NONE = "as printed"
    ABOUT = "about"
    BELOW = "below"
    ABOVE = "above"
    AT_LEAST = "at least"
    AT_MOST = "at most"


_WORDS = (
    (Leaning.AT_MOST, re.compile("以下|以内|不超|不多于|至多|最多")),
    (Leaning.ABOUT, re.compile("约|左右|上下|大概|大致|大体|前后")),
    (Leaning.BELOW, re.compile("近|不足|不到|接近|将近")),
    (Leaning.AT_LEAST, re.compile("突破|以上|不少于|不低于|至少|不小于|过$")),
    (Leaning.ABOVE, re.compile("超|逾|余|多|大于|高于|开外|好几|几|数")),
)

ABOUT_SHARE = Decimal("0.05")
BELOW_SHARE = Decimal("0.9")


def leaning(word: str | None) -> Leaning:
    """What an approximator as written promises; 达 and 达到 promise the number itself."""
    if not word:
        return Leaning.NONE
    for kind, pattern in _WORDS:
        if pattern.search(word):
            return kind
    return Leaning.NONE


def alike(one: Leaning, other: Leaning) -> bool:
    """Words that lean the same way are the same promise (突破, 超, 余)."""
    above = (Leaning.ABOVE, Leaning.AT_LEAST)
    return one is other or (one in above and other in above)


def within(said: Decimal, source: Decimal, kind: Leaning) -> bool:
    """The source keeps what `said` with such a word promises (thresholds of N25)."""
    if kind is Leaning.ABOUT:
        return abs(said - source) <= ABOUT_SHARE * abs(source)
    if kind is Leaning.BELOW:
        return BELOW_SHARE * said <= source < said
    if kind is Leaning.ABOVE:
        return said < source < said + round_step(said)
    if kind is Leaning.AT_LEAST:
        return said <= source < said + round_step(said)
    if kind is Leaning.AT_MOST:
        return BELOW_SHARE * said <= source <= said
    return said == source


def round_step(value: Decimal) -> Decimal:
    """The next round step above a printed number: 100 for 400, 10 for 350, 1 for 36."""
    digits = value.normalize()
    exponent = digits.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
