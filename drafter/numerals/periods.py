"""Reads dates and spans of time: 2022年1—11月, 截至2022年11月底, 12月29日, 上半年, 今年以来.

`read_period` takes a cell or phrase that is nothing but a period. `TIME` and `span_of` are the
same grammar for the scanner of running text. What a period scopes is asked in `scoping`.

>>> read_period("2022年1—11月").iso
('2022-01', '2022-11')
"""

import re
from calendar import monthrange
from dataclasses import replace

from drafter.numerals.chinese import parse_chinese
from drafter.records.period import Period

RELATIVE = "今年|去年|上年|前年|明年|本年|当年|同年|次年"
_YEAR = r"(?:(?:19|20)[0-9]{2}(?![0-9])|[一二][〇零○一二三四五六七八九]{3})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DASH = r"\ ?(?:—{1,2}|–|-{1,2}|－|―|─|~|～|至|到)\ ?"

# Matches nothing at all where no period begins; `span_of` then says None. Group names say the form.
TIME = re.compile(
    rf"""
    (?P<ys>{_YEAR})\ ?年?{_DASH}(?P<ye>{_YEAR})\ ?年(?!\ ?{_MONTH}\ ?月)
  | (?:(?P<y>{_YEAR})\ ?年(?!代|[以之]?[内间久]|[来期])(?:度(?=\ ?[前第上下1-9一二三四]))?)?
    (?:\ ?(?:
        (?P<m1>{_MONTH})\ ?月份?\ ?(?P<d1>{_DAY})\ ?[日号](?!线)
            (?:{_DASH}(?:(?P<m2>{_MONTH})\ ?月\ ?)?(?P<d2>{_DAY})\ ?[日号])?
      | (?P<m3>{_MONTH})(?:\ ?月份?)?{_DASH}(?:(?P<y4>{_YEAR})\ ?年\ ?)?(?P<m4>{_MONTH})\ ?月份?
      | (?P<m5>{_MONTH})\ ?月份?
      | (?P<front>前)?第?(?P<q1>[一二三四1-4])(?:[、至—－-]?第?(?P<q2>[二三四2-4]))?(?(front)个?)季度
      | (?P<half>[上下])半年
    ))?""",
    re.VERBOSE,
)
_NUMERIC = re.compile(
    r"""(?P<y>(?:19|20)[0-9]{2})
    (?:(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])
        (?:(?P=sep)(?P<d>3[01]|[12][0-9]|0?[1-9])(?:[T\ ][0-9:.]+)?|(?:-|—|～|~|至)(?P<m2>1[0-2]|0?[1-9]))?
      | (?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12][0-9]|3[01])?
      | [年\ ]?[Qq](?P<q>[1-4]))?""",
    re.VERBOSE,
)
_HEAD = re.compile(rf"(?P<as_of>截[至止]到?)?(?:(?:{RELATIVE})的?)?(?:全年)?")
_TAIL = re.compile(
    r"年?度?(?:全年)?(?:[底末初前内]|以来|来|[上中下]旬)?止?(?P<now>[（(]?截[至止](?:目前|当前|今)[）)]?)?累?计?"
)
_OPEN = re.compile(
    rf"(?P<now>(?:截[至止]到?)?(?:目前|当前|现在|今))"
    rf"|(?P<as_of>截[至止]到?)?(?:{RELATIVE}|全年|年)度?(?P<since>以来|来)?(?:同期|全年|[底末初内])?"
)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．／　", "0123456789./ ")


def read_period(text: str) -> Period | None:
    """The period that a cell or phrase stands for.

    Args:
        text: Nothing but the period: 2022年1—11月, 2022-07, 截至2022年11月底, 全年, 上半年.

    Returns:
        The period with `written` set; parts that are not said are None. None where the text is
        no period or an impossible one (13月, 2月30日).
    """
    written = text.strip()
    plain = written.translate(_HALF_WIDTH)
    period = _numeric(plain) or _worded(plain) or _open(plain)
    return replace(period, written=written) if period else None


def span_of(match: re.Match[str]) -> Period | None:
    """The period of a match of `TIME`, `written` being the matched text; None if impossible."""
    period = _years(match) or _months(match) or _quarters(match)
    if period is None and match["y"]:
        period = Period(year=_number(match["y"]), written=match[0])
    if period is None or not _possible(period):
        return None
    return period


def _numeric(text: str) -> Period | None:
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match["y"]), match["m"] or match["cm"], match["d"] or match["cd"]
    if match["q"]:
        return Period(year=year, first=3 * int(match["q"]) - 2, last=3 * int(match["q"]))
    if month is None:
        return Period(year=year)
    last = int(match["m2"] or month)
    period = Period(year=year, first=int(month), last=last, day=int(day) if day else None)
    return period if _possible(period) else None


def _worded(text: str) -> Period | None:
    head = _HEAD.match(text)
    body = TIME.match(text, head.end()) if head else None
    period = span_of(body) if body else None
    tail = _TAIL.fullmatch(text, body.end()) if body and period else None
    if head is None or period is None or tail is None:
        return None
    if tail["now"]:
        return replace(period, as_of=True, open_ended=True)
    return replace(period, as_of=bool(head["as_of"]), open_ended=text.endswith("来"))


def _open(text: str) -> Period | None:
    match = _OPEN.fullmatch(text)
    if match is None or text == "年":
        return None
    now, since = bool(match["now"]), bool(match["since"])
    return Period(as_of=now or bool(match["as_of"]), open_ended=now or since)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else int(parse_chinese(text) or 0)


def _years(match: re.Match[str]) -> Period | None:
    if not match["ys"]:
        return None
    first, last = _number(match["ys"]), _number(match["ye"])
    return Period(year=first, end_year=last, written=match[0]) if first < last else None


def _months(match: re.Match[str]) -> Period | None:
    year = _number(match["y"]) if match["y"] else None
    if match["m1"]:
        month = _number(match["m1"])
        until = _number(match["m2"]) if match["m2"] else month
        last_day = _number(match["d2"]) if match["d2"] else None
        day = _number(match["d1"])
        return Period(
            year=year, first=month, last=until, day=day, last_day=last_day, written=match[0]
        )
    if match["m3"]:
        end_year = _number(match["y4"]) if match["y4"] else None
        end_year = end_year if end_year != year else None
        first, last = _number(match["m3"]), _number(match["m4"])
        return Period(year=year, first=first, last=last, end_year=end_year, written=match[0])
    if match["m5"]:
        month = _number(match["m5"])
        return Period(year=year, first=month, last=month, written=match[0])
    return None


def _quarters(match: re.Match[str]) -> Period | None:
    year = _number(match["y"]) if match["y"] else None
    if match["half"]:
        first = 1 if match["half"] == "上" else 7
        return Period(year=year, first=first, last=first + 5, written=match[0])
    if not match["q1"]:
        return None
    quarter = _number(match["q1"])
    until = _number(match["q2"]) if match["q2"] else quarter
    first = 1 if match["front"] else 3 * quarter - 2
    return Period(year=year, first=first, last=3 * until, written=match[0])


def _possible(period: Period) -> bool:
    if period.first is not None and period.last is not None and period.first > period.last:
        return period.end_year is not None
    if period.day is None or period.first is None:
        return True
    year = period.year or 2024  # without a year 2月29日 may exist
    if period.last_day is not None:
        last = period.last or period.first
        if period.last_day > monthrange(year, last)[1] or (
            (last, period.last_day) <= (period.first, period.day)
        ):
            return False
    return period.day <= monthrange(year, period.first)[1]
