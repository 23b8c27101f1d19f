"""Dates and spans of time inside running text: 截至2022年11月底, 今年7月, 1—11月, 上半年."""

import re
from dataclasses import replace

from drafter.numerals import build
from drafter.numerals.page import Page
from drafter.numerals.periods import RELATIVE, TIME, span_of
from drafter.records.mention import Mention
from drafter.records.period import Period

# After a span: the edge of it, or a bracketed 截至目前.
_TAIL = re.compile(
    r"(?:年?度?(?:全年|年?[底末初内](?![级段期部])|[上中下]旬|以来|前夕)|度|(?:[（(]截[至止](?:目前|当前|今)[）)]))?"
)
_HEAD = re.compile(rf"(?P<as_of>截[至止]到?)?(?:(?:{RELATIVE})的?)?\Z")
_SOON = re.compile(r"[0-9〇零○一二三四五六七八九十 ]{1,6}(?:[年月季、至—－–~～到-]|月份|个季)")
_NUMERIC_DATE = re.compile(
    r"(?P<y>20[0-9]{2})(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9./-])"
)
_DAY = re.compile(r"(?P<d>3[01]|[12][0-9]|0?[1-9])日(?![元产均])")
_DAY_OR_CLOCK = re.compile(r"[0-9]{1,2}[日:：点时]")
_CLOCK = re.compile(
    r"(?:[01]?[0-9]|2[0-4])(?:[:：][0-5][0-9](?![0-9:：.])|[点时](?:[0-5]?[0-9]分|整|半)?(?=[许前后至起开到—，,。；）)]|$))"
)


def read_time(page: Page, start: int, floor: int, before: Mention | None) -> Mention | None:
    """The date or period whose first numeral stands at `start`.

    Args:
        page: The text.
        start: Place of the first numeral character (or of 上 and 下 before 半年).
        floor: Where the previous mention ends.
        before: The previous mention: 12月5日、8日 shares its month.
    """
    norm = page.norm
    first = start
    if start > floor and norm[start - 1] in "前第":
        first = start - 1 - (start - 1 > floor and norm[start - 2] == "前")
    match = TIME.match(norm, first) if _SOON.match(norm, start) or norm[start] == "半" else None
    if match is not None and match.end() == first and first != start:
        first = start
        match = TIME.match(norm, first)
    span = span_of(match) if match and match.end() > start else None
    if match and span:
        return _dated(page, first, match.end(), floor, span)
    if norm.startswith("20", start) and (found := _numeric(page, start)):
        return found
    if _DAY_OR_CLOCK.match(norm, start):
        return _day(page, start, before) or _clock(page, start)
    return None


def read_half_year(page: Page, half: int, floor: int) -> Mention | None:
    """上半年 whose 半 stands at `half`."""
    match = TIME.match(page.norm, half - 1) if half > floor else None
    span = span_of(match) if match and match.end() > half else None
    return _dated(page, half - 1, match.end(), floor, span) if match and span else None


def _dated(page: Page, start: int, end: int, floor: int, span: Period) -> Mention:
    norm = page.norm
    tail = _TAIL.match(norm, end)
    close = tail.end() if tail else end
    head = _HEAD.search(norm, max(floor, start - 8), start)
    begin = head.start() if head else start
    if span.written != page.text[begin:close]:
        ended = norm[end:close]
        span = replace(
            span,
            as_of=bool(head and head["as_of"]) or "截" in ended,
            open_ended="来" in ended or "截" in ended,
            written=page.text[begin:close],
        )
    pair = span.day is None and (span.first is None or span.first != span.last)
    return build.mention(
        page,
        build.Place(begin, start, close, close),
        "period" if pair else "date",
        claim=True,
        span=span,
    )


def _numeric(page: Page, start: int) -> Mention | None:
    match = _NUMERIC_DATE.match(page.norm, start)
    if match is None:
        return None
    month, day = int(match["m"]), int(match["d"])
    span = Period(int(match["y"]), month, month, day, written=match[0])
    return build.mention(page, build.at(start, match.end()), "date", claim=True, span=span)


def _day(page: Page, start: int, before: Mention | None) -> Mention | None:
    match = _DAY.match(page.norm, start)
    if match is None:
        return None
    span: Period | None = None
    month = before.span if before and start - before.end <= 3 else None
    if month and month.day is not None:
        span = replace(month, day=int(match["d"]), written=match[0])
    return build.mention(
        page, build.at(start, match.end()), "date", claim=True, span=span,
        ambiguous=span is None, reason="" if span else "只有日，没有月份",
    )  # fmt: skip


def _clock(page: Page, start: int) -> Mention | None:
    match = _CLOCK.match(page.norm, start)
    if match is None:
        return None
    return build.mention(
        page, build.at(start, match.end()), "date", claim=False, reason="钟点", ambiguous=True
    )
