"""Gaps between rates, in percentage points: N05."""

import re
from collections.abc import Iterator, Sequence

from drafter.records.indicator import Figure, Indicator
from drafter.verification.derivations.one_row import change, falls, is_rate
from drafter.verification.derivations.operands import Derivation, difference, rate, usable
from drafter.verification.derivations.surroundings import Surroundings, same_time

_COMPARED = re.compile(
    r"(?P<word>高于|高出|快于|领先于?|超过|多于|低于|慢于|落后于?|少于|超)(?P<what>[^，,；;。]*)$"
)
_COMPARED_WITH = re.compile(
    r"[比较与和同](?P<what>[^，,；;。]*?)(?P<word>高|快|多|低|慢|少|相差|差距?)[出了为达到]*$"
)
_LOWER = re.compile("低|慢|落后|少")
_APART = re.compile("差")
_LEVEL = re.compile("全[国省市州区县盟旗]|[国省市州区县]里?平均|平均")
_SCOPE = re.compile(
    r"^(?:全[国省市州区县盟旗]|[国省市州区县]里?)(?:平均)?|平均(?:水平|增速|数|值)?$"
)


def points(around: Surroundings) -> Iterator[Derivation]:
    """N05 one rate beside another of the same kind, in points: 高于社零增速3.6个百分点."""
    yield from points_gained(around)
    before = around.context.before
    match = _COMPARED.search(before) or _COMPARED_WITH.search(before)
    if match is None:
        return
    others = around.named(match["what"])
    lead = before[: match.start()]
    for row in _compared(around, lead, others):
        for other in others or _of_level(row, match["what"], around):
            yield from _gaps(row, other, match["word"])


def _compared(around: Surroundings, lead: str, others: Sequence[Indicator]) -> Sequence[Indicator]:
    """What is held against the other: named in front of 高于, else what was told last."""
    taken = {row.id for row in others}
    named = [row for row in around.named(lead) if row.id not in taken]
    if named:
        return named
    start = around.context.mention.start
    told = [one.row for one in around.told if one.start < start and one.row.id not in taken]
    nearest = [row for row in around.rows if row.id not in taken]
    return told[-1:] or nearest[:1]


def _of_level(row: Indicator, what: str, around: Surroundings) -> Iterator[Indicator]:
    """全市平均: the row of the same indicator for the wider area."""
    level = _LEVEL.search(what)
    if level is None:
        return
    area = level[0].removesuffix("平均").removesuffix("里")[-1:]
    own = _SCOPE.sub("", row.name)
    for name in (f"全{area}{own}", f"{area}{own}", f"全{area}平均{own}", f"{own}全{area}平均", own):
        for other in around.by_name.get(name, ()):
            wider = name != own or (area and area in other.scope and other.scope != row.scope)
            if other.id != row.id and wider:
                yield other


def _gaps(row: Indicator, other: Indicator, word: str) -> Iterator[Derivation]:
    for mine, my_label, kind in _rates(row):
        for theirs, label, their_kind in _rates(other):
            if kind != their_kind or not same_time(row, other):
                continue
            a, b = rate(row, mine, my_label), rate(other, theirs, label)
            first_is_less = a.low < b.low if _APART.search(word) else bool(_LOWER.search(word))
            if first_is_less:
                a, b = b, a
            yield difference("N05", a, b, percent=True)


def _rates(row: Indicator) -> Iterator[tuple[Figure, str, str]]:
    """The rates of a row that compare with another's: its growth, or itself."""
    if row.yoy is not None and not row.yoy.points and usable(row.yoy):
        yield row.yoy, "增速", "growth"
    if row.value is not None and is_rate(row) and usable(row.value):
        grows = re.search("增速|增长率|增幅|增长", row.name)
        yield row.value, "", "growth" if grows else "level"


def points_gained(around: Surroundings) -> Iterator[Derivation]:
    """N05 within one row: a rate beside itself a year ago, growth beside last year's growth."""
    for row in around.subjects:
        earlier = around.years_ago(row, 1)
        if earlier is None or row.yoy is None or earlier.yoy is None:
            continue
        if row.yoy.points or earlier.yoy.points:
            continue
        now, then = rate(row, row.yoy, "增速"), rate(earlier, earlier.yoy, "上年增速")
        found = difference("N05", now, then, percent=True)
        yield found.turned() if falls(around) else found
    for found in change(around):
        if found.percent:
            yield found
