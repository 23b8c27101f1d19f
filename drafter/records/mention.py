"""Mentions: every numeral that stands in a text, with what it is and what it says."""

from typing import Literal, NamedTuple

from drafter.records.period import Period
from drafter.records.quantity import Number, Unit

MentionKind = Literal[
    "quantity",
    "percent",
    "rate_change",
    "points",
    "multiple",
    "fraction",
    "range",
    "rank",
    "date",
    "period",
    "enumerator",
    "name",
    "document_number",
    "noise",
]
Direction = Literal["up", "down", "flat"]


class Mention(NamedTuple):
    """A numeral of a text. Offsets are code points: `text == source[start:end]`.

    A named tuple, since a page reads its text anew at every keystroke and a frozen dataclass of
    this size takes six times as long to make.

    `text` takes in approximators that touch the numeral (近5亿元, 500多条, 3.4%左右);
    `core` is the numeral with its unit (5亿元), `core_start` where it begins.
    """

    start: int
    end: int
    text: str
    core: str
    core_start: int
    kind: MentionKind
    claim: bool
    """It asserts a fact that evidence must prove."""
    number: Number | None = None
    """None for dates, periods, names and the like."""
    unit: Unit | None = None
    """With implied 元 completed: `7.11亿` of 税金 has 亿元."""
    implied_unit: bool = False
    """元 was completed by us, not written."""
    approx: str | None = None
    """As written: 近, 约, 多, 左右, 以上…; two of them joined by … (约…左右)."""
    direction: Direction | None = None
    span: Period | None = None
    """What a date or period mention itself says."""
    period: Period | None = None
    """For a claim: the period that scopes it, inherited along its paragraph."""
    scope: str | None = None
    """For a rank: among whom (全市, 全省), as written."""
    reason: str = ""
    """Why it is no claim, or what is unclear about it; for people."""
    ambiguous: bool = False
