"""Years, dates and their order: stale years (L14), impossible or reversed dates (L15), L13."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from drafter.records.claim import Issue
from drafter.records.mention import Mention
from drafter.records.period import Period
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Layout, Stretch
from drafter.verification.lint.titles import title_years

_MONTH = re.compile(r"(?<![0-9.])([0-9]{1,2})月(?:份|([0-9]{1,2})[日号])?(?![型亮饼龄])")
_WEEKDAY = re.compile(
    r"(?:(20[0-9]{2})年)?([0-9]{1,2})月([0-9]{1,2})日[ 　]?[（(]?(?:星期|周|礼拜)([一二三四五六日天])"
)
_DAYS = "一二三四五六日"
_BACK = re.compile(
    r"[自从由较比与同据对至到在截]$|^(?:以来|起|开始|[至到—]|底?的?同期|相比|之前|以前|前|版|级|届|修订|发布|出台|印发|成立|建成|启动)"
)
_STAGES = (
    (0, re.compile(r"签约|签订(?:合同|协议)|立项|备案")),
    (1, re.compile(r"开工|动工|奠基|破土")),
    (2, re.compile(r"竣工|完工|建成|封顶")),
    (3, re.compile(r"投产|投用|投入使用|通车|开园|开馆|运营|验收")),
)
_NEXT_THING = re.compile(r"[；;、]|项目")
_GOAL = re.compile(r"预计|计划|力争|争取|将|拟|确保|预期|目标")
_OPENING_YEAR = re.compile(r"现将[^，。]{0,12}?(20[0-9]{2})年[^，。]{0,20}(?:总结|汇报|报告|情况)")
_HEADING_YEAR = re.compile(r"(?<![自从])(20[0-9]{2})年(?!以来|起)")


class _Event(NamedTuple):
    sentence: Stretch
    stage: int
    when: tuple[int, int, int]
    """Year, month and day; 0 for a day that is not said."""
    place: Stretch


def chronology_issues(layout: Layout) -> Iterator[Issue]:
    """L13, L14 and L15, as far as the text itself tells."""
    yield from _impossible(layout.text)
    yield from _weekdays(layout)
    yield from _order(layout)
    yield from _stale(layout)
    yield from _after_signature(layout)


def _impossible(text: str) -> Iterator[Issue]:
    for match in _MONTH.finditer(text):
        month, day = int(match[1]), int(match[2] or 1)
        if not 1 <= month <= 12:
            yield issue("L15", "error", match.span(), f"没有“{match[1]}月”这个月份")
        elif not 1 <= day <= monthrange(2024, month)[1]:
            yield issue("L15", "error", match.span(), f"{month}月没有{day}日")


def _weekdays(layout: Layout) -> Iterator[Issue]:
    years = title_years(layout)
    for match in _WEEKDAY.finditer(layout.text):
        said = _DAYS.index(match[4].replace("天", "日"))
        if match[1]:
            possible = [int(match[1])]
        else:  # a summary may also tell of the weeks in which it is written
            possible = [years.reported, years.reported + 1] if years and years.reported else []
        days = [day for year in possible if (day := _day(year, int(match[2]), int(match[3])))]
        if days and all(day.weekday() != said for day in days):
            right = days[0]
            message = f"{right.year}年{right.month}月{right.day}日是星期{_DAYS[right.weekday()]}"
            yield issue("L15", "error", match.span(), message)


def _day(year: int, month: int, day: int) -> date | None:
    """None for a day that does not exist, which is told as such."""
    possible = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return date(year, month, day) if possible else None


def _order(layout: Layout) -> Iterator[Issue]:
    """签约 is before 开工, 开工 before 竣工: dates of one thing told in one sentence."""
    for one, other in pairwise(_events(layout)):
        between = layout.text[one.place[1] : other.place[0]]
        if one.sentence != other.sentence or _NEXT_THING.search(between):
            continue
        exact = bool(one.when[2] and other.when[2])
        before, after = (one, other) if one.stage < other.stage else (other, one)
        earlier, later = (before.when, after.when) if exact else (before.when[:2], after.when[:2])
        if one.stage != other.stage and later < earlier:
            said, here = layout.text[slice(*one.place)], layout.text[slice(*other.place)]
            message = f"时间先后颠倒：前文“{said}”、此处“{here}”，与所说的先后阶段不符"
            yield issue("L15", "error", other.place, message, [one.place])


def _events(layout: Layout) -> list[_Event]:
    """Dates with the stage that follows each in its clause; goals are no events."""
    text, events = layout.text, []
    dates = [one for one in layout.mentions if one.kind in ("date", "period") and one.span]
    year = None
    for at, mention in enumerate(dates):
        assert mention.span is not None  # noqa: S101 - chosen above
        year = mention.span.year or year
        following = dates[at + 1].start if at + 1 < len(dates) else len(text)
        words = text[mention.end : min(layout.clause_at(mention.start)[1], following)]
        stage = _stage(words)
        if stage is None or mention.span.first is None or year is None or _GOAL.search(words):
            continue
        when = (year, mention.span.first, mention.span.day or 0)
        place = (mention.start, mention.end)
        events.append(_Event(layout.sentence_at(mention.start), stage, when, place))
    return events


def _stage(words: str) -> int | None:
    found = [number for number, pattern in _STAGES if pattern.search(words)]
    return found[0] if len(found) == 1 else None


def _stale(layout: Layout) -> Iterator[Issue]:
    """L14: years of headings, of the opening and of figures against the year of the title."""
    years = title_years(layout)
    if years is None or years.reported is None:
        return
    year = years.reported
    said = {place: int(told) for place, told in _said_years(layout)}
    for place, told in said.items():
        if told not in (year, year + 1):
            message = f"标题是{year}年的总结，此处写{told}年，请确认年份已更新"
            yield issue("L14", "warning", place, message)
    for mention in layout.mentions:
        span = mention.span
        if span is None or span.year is None or not mention.claim or span.end_year:
            continue
        inside = any(start <= mention.start < end for start, end in said)
        if not inside and _is_stale(layout.text, mention, span, year):
            message = f"{year}年的总结里出现{span.year}年的数据或事项，请确认年份没有写错"
            yield issue("L14", "warning", (mention.start, mention.end), message)


def _said_years(layout: Layout) -> Iterator[tuple[Stretch, str]]:
    for heading in layout.headings:
        match = _HEADING_YEAR.search(layout.text, heading.start, heading.end)
        if heading.level == 1 and match:
            yield match.span(), match[1]
    opening = _OPENING_YEAR.search(layout.text)
    if opening:
        yield opening.span(1), opening[1]


def _is_stale(text: str, mention: Mention, span: Period, year: int) -> bool:
    """Neither this year nor its neighbours, and not told on purpose (自2019年以来, 到2030年)."""
    assert span.year is not None  # noqa: S101 - the caller looked
    if year - 1 <= span.year <= year + 1:
        return False
    before, after = text[max(0, mention.start - 2) : mention.start], text[mention.end :][:4]
    return not _BACK.search(before) and not _BACK.search(after)


def _after_signature(layout: Layout) -> Iterator[Issue]:
    """Data later than the date under the text: the one or the other is wrong."""
    if layout.signed is None:
        return
    place, (year, month, day) = layout.signed
    if day > monthrange(year, month)[1]:
        yield issue("L15", "error", place, f"{year}年{month}月没有{day}日")
        return
    years = title_years(layout)
    if years and years.reported and year not in (years.reported, years.reported + 1):
        message = f"落款是{year}年，标题是{years.reported}年的总结，请核对"
        yield issue("L14", "warning", place, message)
    for mention in layout.mentions:
        span = mention.span
        if span is None or not mention.claim or span.year is None or span.end_year:
            continue
        last = (span.year, span.last or 0, span.day or 0)
        told = (year, month, day if span.day else 0)
        clause = layout.text[slice(*layout.clause_at(mention.start))]
        if span.last and last > told and span.year <= year and not _GOAL.search(clause):
            message = f"落款日期为{year}年{month}月{day}日，早于此处数据的时点"
            yield issue("L14", "warning", (mention.start, mention.end), message, [place])
