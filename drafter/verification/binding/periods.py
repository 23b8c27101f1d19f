"""Whether the period that a text names fits the period of a row."""

import re

from drafter.records.period import Period

OTHER_YEAR = 0.4
"""Factor for a claim of another year: the row says nothing of it."""


# 五年累计, 近三年来, “十四五”期间: figures of several years together.
_SEVERAL_YEARS = re.compile(
    r"(?<![第续])(?:[二两三四五六七八九十几]|[2-9])年(?:来|间|共|累计|以来|时间|新增|建成|新建|完成|实施|办理|发放|投入|投资)|近[二两三四五2-5]年|[\"“]?十[一二三四五]五[\"”]?(?:期间|时期|以来|规划以来)"
)
_ONE_YEAR = re.compile(r"(?:19|20)\d\d年|[今本去上]年|全年|当年")


# 由“十三五”末的63家: what it was then, until the clause comes to what it is now.
_LONG_AGO = re.compile(r"十[一二三四五]五[\"”]?期?[末初](?!.*(?:到|至))")


def over_years(said: str) -> bool:
    """The figure behind such words is of several years together, or of the end of a plan."""
    if _LONG_AGO.search(said):
        return True
    last = None
    for last in _SEVERAL_YEARS.finditer(said):  # noqa: B007 - the last one counts
        pass
    return last is not None and not _ONE_YEAR.search(said, last.end())


def agreement(said: Period | None, kept: Period | None, *, other_year: float = OTHER_YEAR) -> float:
    """Factor for binding: 1 fits or cannot be told, below 1 speaks of another time."""
    if said is None or kept is None:
        return 1.0
    if fits(said, kept):
        return 1.0
    if said.year is not None and kept.year is not None and said.year != kept.year:
        return other_year
    return 0.85


def fits(said: Period, kept: Period) -> bool:
    """A reader of `said` would take a row of `kept` for the same span of time.

    Unknown parts fit anything; 截至目前 and 今年以来 fit every span of their year, and a
    whole-year row fits a text that only says 截至11月底 of a count (the ledger's closing day).
    """
    if said.year is not None and kept.year is not None and not _years_meet(said, kept):
        return False
    if said.open_ended or kept.open_ended:
        return True
    if said.whole_year or kept.whole_year:
        return _whole_years_fit(said, kept)
    if said.day is not None and kept.day is not None and said.day != kept.day:
        return False
    if said.as_of or kept.as_of:
        return said.last == kept.last
    return (said.first, said.last) == (kept.first, kept.last)


def _years_meet(said: Period, kept: Period) -> bool:
    said_last = said.end_year or said.year
    kept_last = kept.end_year or kept.year
    return said.year == kept.year and said_last == kept_last


def _whole_years_fit(said: Period, kept: Period) -> bool:
    if said.whole_year and kept.whole_year:
        return True
    other = kept if said.whole_year else said
    # 1—12月 is the whole year; a bare date or span within it is not.
    return (other.first, other.last) == (1, 12) or other.as_of
